"""From evidence to findings: weigh each, exempt what is permitted, cap the rest."""

from collections.abc import Iterable

from bot.model.action import Action
from bot.model.evidence import Evidence, Finding
from bot.model.guidelines import Guidelines
from bot.policy.policy import Policy
from bot.policy.terms import Terms
from bot.policy.weigh import weigh

DEGRADED = "something in this post could not be checked, so a moderator decides"


def judge(
    evidence: Iterable[Evidence],
    guidelines: Guidelines,
    policy: Policy,
    terms: Terms,
    *,
    degraded: bool,
) -> tuple[Finding, ...]:
    """Return one finding for each piece of evidence, sorted by (part, start, rule).

    Laws: a permission changes findings of its own rule only, and they stay listed; no cap ever
    raises an action; what lowered an action stands in ``because``.
    """
    findings = (_judge_one(one, guidelines, policy, terms, degraded=degraded) for one in evidence)
    return tuple(
        sorted(
            findings,
            key=lambda f: (f.evidence.part, f.evidence.start, f.evidence.rule, f.evidence),
        )
    )


def _judge_one(
    evidence: Evidence, guidelines: Guidelines, policy: Policy, terms: Terms, *, degraded: bool
) -> Finding:
    rule = guidelines.rule(evidence.rule)
    worth = weigh(evidence, rule, policy.thresholds_of(rule.id))
    for permission in terms.permissions:
        if permission.covers(evidence):
            return Finding(evidence, rule.guideline, Action.ALLOW, permission.because)
    caps = [(terms.ceiling, terms.ceiling_because)]
    if degraded:
        caps.append((Action.REVIEW, DEGRADED))
    if rule.id in terms.asking:
        caps.append((Action.REVIEW, terms.asking[rule.id]))
    if terms.modes is not None:
        mode = terms.modes[rule.id]
        caps.append((mode.cap, f"the mode of {rule.id} here is {mode.word}"))
    cap, because = min(caps, key=lambda pair: pair[0])
    if cap < worth:
        return Finding(evidence, rule.guideline, cap, because)
    return Finding(evidence, rule.guideline, worth)
