"""From evidence to findings: permitted evidence stays listed, caps only lower."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.model.action import Action
from bot.model.evidence import Evidence, Finding
from bot.model.mode import Mode
from bot.policy.judge import DEGRADED, judge
from bot.policy.terms import Permission, Terms
from bot.policy.weigh import weigh
from tests.making import THRESHOLDS, evidence, guidelines, policy
from tests.model.strategies import RULES, actions, evidences

permissions = st.builds(
    Permission,
    rule=st.sampled_from(RULES),
    because=st.just("allowed: here"),
    kinds=st.frozensets(st.sampled_from(("word", "es")), max_size=1),
)


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    """Any permissions and caps."""
    modes = draw(
        st.one_of(st.none(), st.fixed_dictionaries({rule: st.sampled_from(Mode) for rule in RULES}))
    )
    return Terms(tuple(draw(st.lists(permissions, max_size=2))), modes, draw(actions), "a ceiling")


many = st.lists(evidences(), max_size=5)


def judged(
    found: list[Evidence], terms: Terms | None = None, *, degraded: bool = False
) -> tuple[Finding, ...]:
    """Return the findings of the small rule book."""
    return judge(found, guidelines(), policy(), terms or Terms(), degraded=degraded)


@given(many, all_terms(), st.booleans())
def test_every_piece_of_evidence_is_listed_once_and_no_cap_raises(
    found: list[Evidence], terms: Terms, degraded: bool
) -> None:
    """One finding each; never above its worth, the ceiling, the mode, or REVIEW if degraded."""
    findings = judged(found, terms, degraded=degraded)

    assert sorted(f.evidence for f in findings) == sorted(found)
    for one in findings:
        rule = guidelines().rule(one.evidence.rule)
        worth = weigh(one.evidence, rule, THRESHOLDS)
        assert one.guideline == rule.guideline
        assert one.action <= min(worth, terms.ceiling)
        if terms.modes is not None:
            assert one.action <= terms.modes[rule.id].cap
        if degraded:
            assert one.action <= Action.REVIEW
        if one.action < worth:
            assert one.because, "what lowered an action stands in because"


@given(many, all_terms(), permissions, st.booleans())
def test_a_permission_changes_findings_of_its_own_rule_only(
    found: list[Evidence], terms: Terms, permission: Permission, degraded: bool
) -> None:
    """Every finding of another rule is the same with and without it."""
    with_it = replace(terms, permissions=(*terms.permissions, permission))

    before = judged(found, terms, degraded=degraded)
    after = judged(found, with_it, degraded=degraded)

    others = [f for f in before if not permission.covers(f.evidence)]
    assert [f for f in after if not permission.covers(f.evidence)] == others
    permitted = [f for f in after if permission.covers(f.evidence)]
    assert all((f.action, f.because) == (Action.ALLOW, "allowed: here") for f in permitted)


@given(st.permutations([evidence(start=s, end=s + 1, part=p) for s in (0, 5) for p in (0, 1)]))
def test_the_order_of_detectors_does_not_matter(found: list[Evidence]) -> None:
    """Findings come by part, start and rule, whatever order the evidence came in."""
    places = [(f.evidence.part, f.evidence.start) for f in judged(found)]
    assert places == [(0, 0), (0, 5), (1, 0), (1, 5)]


def test_a_finding_that_nothing_lowered_has_no_because() -> None:
    """Its worth is its action."""
    (found,) = judged([evidence()])
    assert (found.action, found.because) == (Action.REMOVE, None)


def test_a_mode_lowers_and_says_so() -> None:
    """The words name rule and mode."""
    modes = dict.fromkeys(RULES, Mode.REVIEW)
    (found,) = judged([evidence()], Terms(modes=modes))
    assert (found.action, found.because) == (
        Action.REVIEW,
        "the mode of vulgarity here is review",
    )


def test_a_degraded_report_asks_at_most_and_says_why() -> None:
    """Nothing automatic happens on a post that was not read whole."""
    (found,) = judged([evidence()], degraded=True)
    assert (found.action, found.because) == (Action.REVIEW, DEGRADED)


def test_the_lowest_cap_is_the_one_that_is_named() -> None:
    """With several caps the reason is that of the strongest."""
    terms = Terms(modes=dict.fromkeys(RULES, Mode.REVIEW)).capped(Action.NOTE, "staff")
    (found,) = judged([evidence()], terms, degraded=True)
    assert (found.action, found.because) == (Action.NOTE, "staff")


def test_a_cap_above_the_worth_is_not_named() -> None:
    """What would have been a question anyway was not lowered."""
    terms = Terms(modes=dict.fromkeys(RULES, Mode.REVIEW))
    (found,) = judged([evidence(confidence=0.6)], terms)
    assert (found.action, found.because) == (Action.REVIEW, None)
