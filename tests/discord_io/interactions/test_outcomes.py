"""How far a decision has come, as the moderator who made it is told."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.discord_io.interactions.outcomes import MANY, Outcome, outcome_of, outcomes
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.order import Carried
from bot.model.ruling import Ruling, RulingKind
from tests.discord_io.simulated import Hasty
from tests.making import CYD, GUILD, NOON, case

RULING = Ruling(
    id=3, case=7, guild=GUILD, kind=RulingKind.DECIDED, at=NOON, by=CYD, rule="vulgarity",
    words="", internal="", because="", silent=False, tells=True, removes=(11,), sanctions=(5,),
    endings=(), changes=(),
)  # fmt: skip
CARRIED = Carried(7, 12, 3, RulingKind.DECIDED, (), None, repeated=False)

APPLY = Intent(
    id=1, case=7, guild=GUILD, kind=IntentKind.APPLY, key="apply:5", channel=None, message=None,
    user=None, state=IntentState.DONE, attempts=1, not_before=NOON, outcome="", result=None,
    version=1, sanction=5, ruling=3,
)  # fmt: skip
NOTICE = replace(
    APPLY, id=2, kind=IntentKind.NOTICE, key="notice:ruling:3", sanction=None, outcome="by hand"
)
DELETE = replace(APPLY, id=3, kind=IntentKind.DELETE, key="delete:11", sanction=None, message=11)


def of(*intents: Intent) -> Outcome:
    """Return how far the ruling has come with these intents."""
    return outcome_of(Dossier(case(), (RULING,), (), intents), 3, NOON)


def test_what_is_done_is_done_and_how_the_member_was_told_is_said() -> None:
    """One line, no trouble."""
    assert of(APPLY, DELETE, NOTICE) == Outcome(
        ("The member was told: by hand.",), trouble=False, told=True, open=0, of=3
    )


@pytest.mark.parametrize("state", [IntentState.PENDING, IntentState.ATTEMPTED])
def test_what_discord_has_not_answered_yet_is_open(state: IntentState) -> None:
    """Nothing is said of it."""
    assert of(replace(APPLY, state=state), DELETE) == Outcome(open=1, of=2)


def test_what_did_not_work_is_trouble_and_open_no_longer() -> None:
    """Given up, or to be tried again later: both have a sentence."""
    failed = of(replace(APPLY, state=IntentState.FAILED, outcome="the role is too low"))
    later = replace(APPLY, state=IntentState.PENDING, outcome="Discord had an outage (500)")

    assert failed.trouble
    assert "the role is too low" in failed.lines[0]
    assert of(later).trouble
    assert of(later).open == 0


def test_the_end_of_what_has_just_begun_is_nobodys_business_yet() -> None:
    """It would be open for days."""
    end = replace(
        APPLY,
        kind=IntentKind.END,
        key="end:5",
        state=IntentState.PENDING,
        attempts=0,
        not_before=NOON + timedelta(days=3),
    )

    assert of(APPLY, end) == Outcome(of=1)


def test_lines_of_logs_and_other_rulings_are_not_waited_for() -> None:
    """A moderator waits for what they ordered."""
    line = replace(APPLY, kind=IntentKind.LOG, key="log:ruling:3", state=IntentState.PENDING)
    other = replace(NOTICE, ruling=2, key="notice:ruling:2", state=IntentState.PENDING, outcome="")

    assert of(APPLY, line, other) == Outcome(of=1)


def test_that_a_member_could_not_be_told_is_said_and_is_no_failure() -> None:
    """Who has left cannot be reached; the decision stands all the same."""
    closed = replace(NOTICE, state=IntentState.FAILED, outcome="they have left")

    assert not of(APPLY, closed).trouble
    assert "they have left" in of(APPLY, closed).lines[0]


async def test_a_short_decision_is_told_once_and_a_long_removal_again_and_again() -> None:
    """Until it is through."""
    deletes = [
        replace(DELETE, id=100 + number, key=f"delete:{number}", state=IntentState.PENDING)
        for number in range(MANY)
    ]
    states = [
        tuple(deletes),
        *[tuple(deletes)] * 5,  # what the first looks see
        (replace(deletes[0], state=IntentState.DONE), *deletes[1:]),
        tuple(replace(one, state=IntentState.DONE) for one in deletes),
    ]
    seen = iter(states)

    async def dossier(_case: int) -> Dossier:
        return Dossier(case(), (replace(RULING, tells=False),), (), next(seen))

    app = SimpleNamespace(clock=Hasty(), store=SimpleNamespace(dossier=dossier))
    told = [one.open async for one in outcomes(app, CARRIED)]  # type: ignore[arg-type]

    assert told == [MANY, MANY - 1, 0]


async def test_a_case_that_was_erased_meanwhile_has_no_outcome() -> None:
    """Nothing to say, and nothing breaks."""

    async def dossier(_case: int) -> None:
        return None

    app = SimpleNamespace(clock=Hasty(), store=SimpleNamespace(dossier=dossier))

    assert [one async for one in outcomes(app, CARRIED)] == [Outcome()]  # type: ignore[arg-type]
