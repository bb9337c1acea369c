"""The ladder: what it proposes, why, and its laws over any history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detectors import discover
from bot.files.folder import config_folder
from bot.files.guidelines import read_guidelines
from bot.files.policy import read_policy
from bot.model.guidelines import Guidelines, Rule, Severity
from bot.model.sanction import SanctionKind
from bot.policy.ladder import Advice, Breach, propose, spoken, unpunished
from bot.policy.rungs import Consequence, Ladder, RuleRungs, Rung
from tests.making import NOON, ladder, rule

DAY = timedelta(days=1)
CONTACT = rule("contact-info", 3)
RUDE = replace(rule("vulgarity", 5), severity=Severity.MINOR)
GRAVE = replace(rule("threat", 5), severity=Severity.CRITICAL)
CARE = rule("self-harm", None)


def breach(days_ago: float = 1, *, matter: int = 1, of: str = "contact-info", **changes) -> Breach:
    """Return a decision some days before noon that still counts for two points."""
    made = Breach(matter, of, NOON - days_ago * DAY, 2, NOON + 30 * DAY)
    return replace(made, **changes)


def advice(history: Sequence[Breach] = (), of: Rule = CONTACT, **changes) -> Advice:
    """Return what the small ladder proposes at noon."""
    return propose(history, of, NOON, ladder(), **changes)


def kinds(one: Advice) -> list[SanctionKind]:
    """Return the kinds that are proposed."""
    return [step.wanted.kind for step in one.steps]


def test_a_second_breach_climbs_a_rung_and_says_why() -> None:
    """As a moderator reads it."""
    second = advice([breach(29.5)])

    assert kinds(second) == [SanctionKind.TIMEOUT]
    assert second.steps[0].wanted.duration == DAY
    assert second.steps[0].because == "2nd contact-info in 30 days, 4 points in all"
    assert second.line == "2nd contact-info in 30 days, 4 points in all: timeout, 1 day"


def test_a_first_breach_says_only_that_it_is_the_first() -> None:
    """Nothing is added up where there is nothing to add."""
    first = advice()

    assert (kinds(first), first.because) == ([SanctionKind.WARNING], "1st contact-info")
    assert (first.points, first.total, first.points_until) == (2, 2, NOON + 30 * DAY)


def test_other_breaches_count_and_are_named() -> None:
    """They are not called the same."""
    mixed = advice([breach(1, of="spam-repeat"), breach(2, matter=2, of="hate")])

    assert mixed.because == "1st contact-info, 2 earlier matters of another kind, 6 points in all"


def test_the_first_minor_breach_is_a_reminder_without_points() -> None:
    """Nobody is warned for one swear word; what it would be worth is still known."""
    first = advice(of=RUDE)

    assert (first.steps, first.rung, first.total, first.points) == ((), 0, 0, 1)
    assert first.line == "1st vulgarity: a reminder, no points"


def test_a_reminder_is_given_once() -> None:
    """A removal without points is remembered for as long as points would be, and no longer."""
    reminded = unpunished(1, RUDE, NOON - DAY, ladder())
    forgotten = unpunished(1, RUDE, NOON - 30 * DAY, ladder())

    assert kinds(advice([reminded], RUDE)) == [SanctionKind.WARNING]
    assert advice([forgotten], RUDE).steps == ()


def test_all_decisions_about_one_matter_count_once() -> None:
    """A removal, a warning and a timeout in one case are one breach, worth the most of them."""
    one = advice([breach(2, points=0), breach(2, points=2), breach(1, points=4)])

    assert one.because == "2nd contact-info in 2 days, 6 points in all"


def test_what_was_decided_in_the_same_case_is_not_counted_against_it() -> None:
    """A moderator who decides again about a case judges the same breach."""
    again = advice([breach(1, matter=7)], matter=7)

    assert again.because == "1st contact-info"
    assert advice([breach(1, matter=7)], RUDE, matter=7).steps == ()


def test_care_never_leads_to_a_sanction() -> None:
    """However much counts against somebody in distress."""
    assert advice([breach(1, points=900)], CARE).steps == ()


def test_without_a_board_the_rung_below_is_proposed() -> None:
    """There is nothing to be removed from."""
    numbers = replace(
        ladder(),
        rungs=(
            Rung(1, (Consequence(SanctionKind.TIMEOUT, DAY),)),
            Rung(2, (Consequence(SanctionKind.BOARD_REMOVAL, 7 * DAY),)),
            Rung(3, (Consequence(SanctionKind.GROUP_REMOVAL, 7 * DAY),)),
        ),
    )
    high = [breach(1, points=9)]

    nowhere = propose(high, CONTACT, NOON, numbers)
    on_board = propose(high, CONTACT, NOON, numbers, board="Art")
    in_group = propose(high, CONTACT, NOON, numbers, board="Art", group="Painters")

    assert kinds(nowhere) == [SanctionKind.TIMEOUT]
    assert spoken(on_board.steps[0].wanted) == "removal from the board 'Art', 7 days"
    assert spoken(in_group.steps[0].wanted) == "removal from the group 'Painters', 7 days"


def test_a_rule_may_have_points_and_rungs_of_its_own() -> None:
    """What it leaves out is as for every rule."""
    own = RuleRungs(points=3, expires=DAY, rungs=(Rung(3, (Consequence(SanctionKind.BAN),)),))
    numbers = replace(ladder(), rules=MappingProxyType({"contact-info": own}))

    one = propose((), CONTACT, NOON, numbers)

    assert (kinds(one), one.points, one.points_until) == ([SanctionKind.BAN], 3, NOON + DAY)
    assert kinds(propose((), rule("hate", 5), NOON, numbers)) == [SanctionKind.WARNING]


def test_floor_and_ceiling_hold_whatever_the_points_say() -> None:
    """A floor also means that there is no reminder."""
    own = {"vulgarity": RuleRungs(floor=2), "contact-info": RuleRungs(ceiling=1)}
    numbers = replace(ladder(), rules=MappingProxyType(own))

    assert kinds(propose((), RUDE, NOON, numbers)) == [SanctionKind.TIMEOUT]
    assert kinds(propose([breach(1, points=90)], CONTACT, NOON, numbers)) == [SanctionKind.WARNING]


def test_a_rule_may_have_or_refuse_the_reminder() -> None:
    """Whatever its severity."""
    own = {"vulgarity": RuleRungs(reminder=False), "contact-info": RuleRungs(reminder=True)}
    numbers = replace(ladder(), rules=MappingProxyType(own))

    assert kinds(propose((), RUDE, NOON, numbers)) == [SanctionKind.WARNING]
    assert propose((), CONTACT, NOON, numbers).steps == ()


@pytest.mark.parametrize(
    ("number", "word"),
    [(2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_breaches_are_counted_in_english(number: int, word: str) -> None:
    """Also the eleventh."""
    earlier = [breach(1, matter=matter, points=0) for matter in range(number - 1)]
    assert advice(earlier).because.startswith(f"{word} contact-info in 1 day")


@pytest.mark.parametrize(
    "changes",
    [
        {"points": {Severity.MINOR: 1}},
        {"rungs": ()},
        {"rungs": (Rung(2, ()), Rung(2, ()))},
        {"rungs": (Rung(3, ()), Rung(2, ()))},
        {"rules": {"hate": RuleRungs(floor=4)}},
        {"rules": {"hate": RuleRungs(floor=2, ceiling=1)}},
        {"rules": {"hate": RuleRungs(rungs=(Rung(2, ()), Rung(1, ())))}},
    ],
)
def test_a_ladder_that_does_not_rise_is_refused(changes) -> None:
    """By the value itself, wherever it comes from."""
    with pytest.raises(ValueError):
        replace(ladder(), **changes)


breaches = st.builds(
    Breach,
    matter=st.integers(1, 6),
    rule=st.sampled_from(["contact-info", "vulgarity", "threat", None]),
    at=st.integers(0, 400).map(lambda days: NOON - days * DAY),
    points=st.integers(0, 12),
    points_until=st.one_of(st.none(), st.integers(-200, 200).map(lambda days: NOON + days * DAY)),
    voided=st.booleans(),
)
histories = st.lists(breaches, max_size=8)
rules = st.sampled_from([CONTACT, RUDE, GRAVE, CARE])


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Any ladder that the file could hold, with and without rungs that need a board."""
    rungs, points = [], 0
    for length in range(1, draw(st.integers(1, 6)) + 1):
        points += draw(st.integers(1, 5))
        kind = draw(st.sampled_from([SanctionKind.TIMEOUT, SanctionKind.BOARD_REMOVAL]))
        rungs.append(Rung(points, (Consequence(kind, length * DAY),)))
    ends = sorted(draw(st.tuples(st.integers(1, len(rungs)), st.integers(1, len(rungs)))))
    own = RuleRungs(
        floor=draw(st.sampled_from([None, ends[0]])),
        ceiling=draw(st.sampled_from([None, ends[1]])),
        reminder=draw(st.sampled_from([None, False])),
    )
    named = draw(st.sampled_from(["contact-info", "vulgarity", "threat"]))
    return replace(ladder(), rungs=tuple(rungs), rules=MappingProxyType({named: own}))


boards = st.sampled_from([None, "Art"])
matters = st.sampled_from([None, 1])


@given(histories, breaches, rules, ladders(), boards, matters)
def test_a_further_breach_never_makes_it_milder(
    history: list[Breach], more: Breach, of: Rule, numbers: Ladder, board: str | None, matter: int
) -> None:
    """Monotone in the history: rung, points in all, and the length of what is proposed."""
    before = propose(history, of, NOON, numbers, board=board, matter=matter)
    after = propose([*history, more], of, NOON, numbers, board=board, matter=matter)

    assert after.rung >= before.rung
    assert after.total >= before.total
    assert _length(after) >= _length(before)


def _length(one: Advice) -> timedelta:
    return max((step.wanted.duration or timedelta() for step in one.steps), default=timedelta())


@given(histories, rules, ladders(), st.randoms())
def test_the_order_of_the_history_does_not_matter(
    history: list[Breach], of: Rule, numbers: Ladder, chance
) -> None:
    """The same proposal with the same reasons, every time."""
    shuffled = list(history)
    chance.shuffle(shuffled)

    assert propose(shuffled, of, NOON, numbers) == propose(history, of, NOON, numbers)


@given(histories, st.integers(0, 7), rules, ladders())
def test_voiding_removes_exactly_its_own_effect(
    history: list[Breach], place: int, of: Rule, numbers: Ladder
) -> None:
    """As if that one had never been decided, and all others had."""
    if place >= len(history):
        return
    without = [one for number, one in enumerate(history) if number != place]
    voided = [*history[:place], replace(history[place], voided=True), *history[place + 1 :]]

    assert propose(voided, of, NOON, numbers) == propose(without, of, NOON, numbers)


@given(histories, rules, ladders())
def test_what_has_run_out_counts_for_nothing(
    history: list[Breach], of: Rule, numbers: Ladder
) -> None:
    """Neither points nor as an earlier breach."""
    fresh = [one for one in history if one.points_until is None or one.points_until > NOON]

    assert propose(history, of, NOON, numbers) == propose(fresh, of, NOON, numbers)


def shipped() -> tuple[Guidelines, Ladder]:
    """Return what ships."""
    guidelines, _ = read_guidelines(config_folder() / "guidelines.toml")
    assert guidelines is not None
    path = config_folder() / "policy.toml"
    reads = {detector.rule: detector.numbers for detector in discover()}
    policy, problems = read_policy(path, reads)
    assert policy is not None, problems
    return guidelines, policy.ladder


def climb(rule_id: str, board: str | None = "Art") -> list[str]:
    """Return what the shipped ladder proposes for one breach after the other, ten days apart."""
    guidelines, numbers = shipped()
    one = guidelines.rule(rule_id)
    history: list[Breach] = []
    lines = []
    for count in range(6):
        at: datetime = NOON + 10 * count * DAY
        step = propose(history, one, at, numbers, board=board)
        lines.append(" and ".join(spoken(step.wanted) for step in step.steps) or "reminder")
        worth = step.points if step.steps else 0
        history.append(Breach(count, rule_id, at, worth, step.points_until))
    return lines


def test_the_shipped_ladder_climbs_as_its_comments_say() -> None:
    """Advertising again and again: from a warning to a removal from the community."""
    assert climb("solicitation") == [
        "warning",
        "timeout, 1 day",
        "timeout, 7 days",
        "removal from the board 'Art', 30 days",
        "timeout, 30 days",
        "timeout, 30 days",
    ]


def test_the_shipped_ladder_is_kind_to_small_things_and_clear_about_grave_ones() -> None:
    """A swear word a month is a reminder; a threat is a month; a child at risk is the end."""
    assert climb("vulgarity")[:4] == ["reminder", "warning", "warning", "warning"]
    assert climb("threat")[:2] == ["timeout, 30 days", "removal from the community, without end"]
    assert climb("minor-safety")[0] == "removal from the community, without end"
    assert set(climb("self-harm")) == {"reminder"}


def test_every_shipped_rule_is_proposed_something_at_last() -> None:
    """But for care, where nobody is sanctioned."""
    guidelines, _ = shipped()
    assert [
        one.id
        for one in guidelines.rules()
        if one.guideline is not None and climb(one.id, None)[-1] == "reminder"
    ] == []
