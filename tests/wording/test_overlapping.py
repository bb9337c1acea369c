"""What a member reads of a sanction while another decision holds the same: what they live with."""

from dataclasses import replace

import pytest

from bot.model.ruling import RulingKind, Telling
from bot.model.sanction import SanctionDraft, SanctionKind
from tests.making import NOON
from tests.wording.samples import (
    BAN,
    BOARD,
    CASE,
    DAY,
    GROUP,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
    draft,
    stamp,
)

LATER = stamp(NOON + 40 * DAY)
STAYS = {
    TIMEOUT: f"you stay timed out until {LATER}.",
    BOARD: f"the board **Art** stays closed to you until {LATER}.",
    GROUP: f"the group **Painters** stays closed to you until {LATER}.",
    BAN: f"you stay removed from this community until {LATER}.",
}


def read(kind: RulingKind, own: SanctionDraft, *still: SanctionDraft) -> str:
    """Return a notice about one sanction, with its title."""
    about = {"sanctions": (own,)} if kind is RulingKind.DECIDED else {"ended": (own,)}
    telling = Telling(kind, NOON, "contact-info", reference=CASE, still=still, **about)  # type: ignore[arg-type]
    words = WORDING.ruling_notice(telling, TOKEN)
    return "\n".join((words.title, *words.paragraphs))


@pytest.mark.parametrize("kind", STAYS)
@pytest.mark.parametrize("ruled", [RulingKind.LIFTED, RulingKind.VOIDED])
def test_what_another_decision_still_holds_is_not_said_to_be_over(
    kind: SanctionKind, ruled: RulingKind
) -> None:
    """Neither in the title nor in the lines."""
    said = read(ruled, draft(kind, 7), draft(kind, 40))
    alone = read(ruled, draft(kind, 7))

    assert f"One decision is over, but another still holds: {STAYS[kind]}" in said
    assert "again" not in said.replace("looked again", "")
    assert "another" not in alone


@pytest.mark.parametrize("kind", STAYS)
@pytest.mark.parametrize("ruled", [RulingKind.DECIDED, RulingKind.EDITED])
def test_a_shorter_one_beside_a_longer_one_names_the_longer_end(
    kind: SanctionKind, ruled: RulingKind
) -> None:
    """Nobody is told that they may write again before they may."""
    said = read(ruled, draft(kind, 1), draft(kind, 40))

    assert f"Another decision lasts longer: {STAYS[kind]}" in said
    assert "ends by itself" not in said


def test_one_without_end_outlasts_all() -> None:
    """And is said to have none."""
    said = read(RulingKind.LIFTED, draft(TIMEOUT, 7), draft(TIMEOUT, 40), draft(TIMEOUT))

    assert "another still holds: you stay timed out without end." in said


@pytest.mark.parametrize(
    "still",
    [
        draft(TIMEOUT, 1),
        draft(BAN, 40),
        draft(WARNING),
        replace(draft(BOARD, 40), board="Elsewhere"),
    ],
)
def test_what_is_shorter_or_of_another_kind_or_place_changes_nothing(still: SanctionDraft) -> None:
    """It is a matter of its own."""
    for own in (draft(TIMEOUT, 7), draft(BOARD, 7)):
        assert read(RulingKind.DECIDED, own, still) == read(RulingKind.DECIDED, own)


def test_a_timeout_that_was_shortened_by_hand_is_not_said_to_be_over() -> None:
    """It ends earlier, and that is what the member reads."""
    by_hand = draft(TIMEOUT, 1, by_hand=True)

    said = read(RulingKind.LIFTED, draft(TIMEOUT, 40), by_hand)

    assert f"Your timeout now lasts until {stamp(NOON + DAY)}." in said
    assert "over" not in said
    assert "another" not in said


@pytest.mark.parametrize("ruled", [RulingKind.LIFTED, RulingKind.VOIDED])
@pytest.mark.parametrize(
    ("own", "other", "line"),
    [
        (BOARD, TIMEOUT, "The board **Art** is open to you again, but "),
        (TIMEOUT, BOARD, "Your timeout is over: you can write again, but "),
        (BOARD, BAN, "The board **Art** is open to you again, but "),
        (GROUP, BAN, "The group **Painters** is open to you again, but "),
        (TIMEOUT, BAN, "Your timeout is over, but "),
    ],
)
def test_what_is_over_is_not_said_to_be_possible_while_something_else_forbids_it(
    own: SanctionKind, other: SanctionKind, line: str, ruled: RulingKind
) -> None:
    """Until when that lasts is said with it; of two, the later end."""
    said = read(ruled, draft(own, 7), draft(other, 3), draft(other, 40))

    assert line + STAYS[other] in said
    assert said.count(" but ") == 1


def test_who_can_write_again_reads_of_every_board_that_stays_closed() -> None:
    """Each with its own end."""
    elsewhere = replace(draft(BOARD), board="Elsewhere")

    said = read(RulingKind.LIFTED, draft(TIMEOUT, 7), draft(BOARD, 40), elsewhere)

    closed = f"the board **Art** stays closed to you until {LATER}, and the board **Elsewhere** "
    assert f"you can write again, but {closed}stays closed to you without end." in said


@pytest.mark.parametrize(
    ("own", "other"),
    [(BOARD, GROUP), (GROUP, TIMEOUT), (TIMEOUT, GROUP), (TIMEOUT, WARNING), (BAN, TIMEOUT)],
)
def test_what_forbids_nothing_of_what_is_over_is_not_named(
    own: SanctionKind, other: SanctionKind
) -> None:
    """It is a matter of its own."""
    lifted = RulingKind.LIFTED

    assert read(lifted, draft(own, 7), draft(other, 40)) == read(lifted, draft(own, 7))
