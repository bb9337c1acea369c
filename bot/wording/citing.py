"""Guidelines as texts cite them: number and title, our wording, the official page."""

from collections.abc import Iterable, Iterator, Sequence

from bot.model.case import CasePost
from bot.model.evidence import Finding
from bot.model.guidelines import Guidelines, Rule
from bot.model.unechoed import is_unechoed
from bot.text.escaping import escaped
from bot.wording.parts import REASONS


def rule_of(guidelines: Guidelines, rule_id: str | None) -> Rule | None:
    """Return a rule, or None where none is named or it is no longer written."""
    return next((rule for rule in guidelines.rules() if rule.id == rule_id), None)


def cited_rule(guidelines: Guidelines, rule_id: str | None) -> str:
    """Return a rule as moderators read it: "**vulgarity** (guideline 5: Keep it decent)"."""
    if rule_id is None:
        return "no guideline named"
    rule = rule_of(guidelines, rule_id)
    if rule is None:
        return f"**{rule_id}** (no longer in the guidelines)"
    if rule.guideline is None:
        return f"**{rule_id}** (care)"
    return f"**{rule_id}** (guideline {numbered(guidelines, rule.guideline)})"


def numbered(guidelines: Guidelines, number: int) -> str:
    """Return a guideline by number and title: "5: Keep it decent and safe"."""
    return f"{number}: {guidelines.guideline(number).title}"


def cited_finding(guidelines: Guidelines, finding: Finding) -> str:
    """Return a finding as moderators read it: rule, reason, how sure, what lowered it."""
    guideline = "care"
    if finding.guideline is not None:
        guideline = f"guideline {numbered(guidelines, finding.guideline)}"
    certainty = f"{finding.evidence.confidence:.0%}"
    cited = f"**{finding.evidence.rule}** ({guideline}): {finding.evidence.reason}, {certainty}"
    return f"{cited}; {escaped(finding.because)}" if finding.because else cited


def broken(guidelines: Guidelines, rule_ids: Iterable[str]) -> Iterator[str]:
    """Yield the guidelines that were broken and what to do instead; the first ones in full."""
    # A case outlives wordings: a rule that is no longer written cannot be cited.
    known = (rule_of(guidelines, rule_id) for rule_id in dict.fromkeys(rule_ids))
    rules = [rule for rule in known if rule is not None]
    cited: set[int] = set()
    for rule in rules[:REASONS]:
        said = ""
        if rule.guideline is not None and rule.guideline not in cited:
            cited.add(rule.guideline)
            guideline = guidelines.guideline(rule.guideline)
            said = f"**Guideline {guideline.number}: {guideline.title}**\n{guideline.wording}\n"
        yield f"{said}{rule.instead} {rule.permitted}"
    others = {rule.guideline for rule in rules if rule.guideline is not None} - cited
    if others:
        yield f"Guidelines that matter too: {', '.join(map(str, sorted(others)))}"


def all_of_them(guidelines: Guidelines) -> str:
    """Return where the whole document can be read, and its version."""
    page = guidelines.page("guidelines")
    where = f"All guidelines: {page}" if page is not None else "Our guidelines"
    return f"{where} (version {guidelines.version})"


def where_to_report(
    guidelines: Guidelines, posts: Iterable[CasePost], rule: str | None = None
) -> str:
    """Return to moderators where posts are to be reported that may show a child; else nothing."""
    if not any(is_unechoed(post, rule) for post in posts):
        return ""
    page = guidelines.page("report")
    where = page if page is not None else f"to {guidelines.platform}"
    return (
        f"**A child may be at risk.** Please report this at once: {where}; to Discord; and where "
        "a child is in danger, to the authorities where you live. Nothing of what was posted is "
        "kept or shown here; the ids above are what they need."
    )


def decisive(*posts: CasePost) -> list[Finding]:
    """Return the findings that asked for what was decided, the surest of each reason first."""
    asked = [one for post in posts for one in post.findings if one.action is post.action]
    return _surest(asked)


def supporting(posts: Sequence[CasePost], rule: str | None) -> list[Finding]:
    """Return what was found in posts by the rule that a moderator applied, the surest first."""
    found = [one for post in posts for one in post.findings if one.evidence.rule == rule]
    return _surest(found)


def _surest(findings: list[Finding]) -> list[Finding]:
    seen: dict[tuple[str, str], Finding] = {}
    for finding in sorted(findings, key=lambda one: -one.evidence.confidence):
        seen.setdefault((finding.evidence.rule, finding.evidence.reason), finding)
    return list(seen.values())
