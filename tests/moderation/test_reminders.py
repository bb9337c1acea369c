"""Reminders: kind words without points, for a first breach of a minor rule where the post stays."""

import pytest

from bot.model.order import REMINDER, Amendment, Carried, Order, Proposal, Wanted
from bot.model.sanction import SanctionKind, SanctionState
from tests.making import ADA, GUILD
from tests.moderating import TIMEOUT, WARNING, Office, order, rude, standing

CRUMB = "crumb"
"""A minor rule, of which the first breach is a reminder."""


def reminder(**changes: object) -> Order:
    """Return the order of a reminder about a post that stays."""
    return order(REMINDER, rule=CRUMB, because="", **{"evidence": (rude(),), **changes})


async def test_a_reminder_is_what_the_ladder_proposes_for_a_first_minor_breach(
    office: Office,
) -> None:
    """Nothing is asked; a warning would be more than is proposed, and says why."""
    suggestion = await office.moderation.suggestion(GUILD, ADA, CRUMB, (rude(),))
    asked = await office.moderation.propose(reminder(), standing())
    warning = await office.moderation.propose(order(WARNING, rule=CRUMB, because=""), standing())

    assert (suggestion.steps, suggestion.reminds) == ((), True)
    assert isinstance(asked, Proposal)
    assert isinstance(warning, Proposal)
    assert (asked.deviates, asked.warnings, asked.irreversible) == (False, (), False)
    assert asked.happens == ("Reminder; counts no points.",)
    assert warning.unexplained


async def test_the_member_reads_kind_words_and_that_nothing_follows(office: Office) -> None:
    """No warning, and no points."""
    asked = await office.moderation.propose(
        reminder(words="Please use the other board."), standing()
    )

    assert isinstance(asked, Proposal)
    text = "\n".join(asked.member_reads)
    assert asked.member_reads[0] == "A reminder"
    assert "This is a reminder, and no warning." in text
    assert "Please use the other board." in text
    assert "Nothing more: no warning and no points." in text
    assert "counts" not in text


async def test_a_reminder_is_a_case_that_weighs_nothing_and_is_remembered(office: Office) -> None:
    """The next breach is no first one any more."""
    done = await office.carried(reminder())

    dossier = await office.dossier(done.case)
    after = await office.moderation.suggestion(GUILD, ADA, CRUMB, ())
    (one,) = dossier.sanctions
    assert one.ordered.is_reminder
    assert (one.points, dossier.rulings[-1].tells) == (0, True)
    assert (after.points, after.reminds) == (0, False)
    assert "2nd crumb" in after.steps[0].because


async def test_a_reminder_where_a_warning_is_proposed_is_a_deviation(office: Office) -> None:
    """Milder is other, too."""
    asked = await office.moderation.propose(order(REMINDER, because=""), standing())

    assert isinstance(asked, Proposal)
    assert asked.unexplained


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (order(REMINDER, TIMEOUT), "instead of a sanction"),
        (order(Wanted(SanctionKind.BAN, reminder=True)), "is no reminder"),
    ],
)
async def test_a_reminder_stands_alone(office: Office, wanted: Order, words: str) -> None:
    """Nobody is reminded and sanctioned at once; a post may go with it."""
    refusal = await office.refused(wanted)

    assert any(words in one for one in refusal.reasons)
    await office.carried(order(REMINDER, removes=(rude(),)))


async def test_another_rule_lets_a_reminder_count_nothing_still(office: Office) -> None:
    """An edit makes no warning of it; voided, it is no first breach that was."""
    done = await office.carried(reminder())

    edited = await office.amended(done.case, Amendment.EDIT, rule="vulgarity")
    counted = (await office.sanctions())[0]
    await office.amended(done.case, Amendment.VOID, key="a2")

    assert isinstance(edited, Carried)
    assert (counted.rule, counted.points, counted.ordered.is_reminder) == ("vulgarity", 0, True)
    assert (await office.sanctions())[0].state is SanctionState.VOIDED
    assert (await office.moderation.suggestion(GUILD, ADA, CRUMB, ())).reminds
