"""Sanctions in words for previews and for where they stand."""

from dataclasses import replace

import pytest

from bot.model.sanction import SanctionKind, SanctionState
from bot.wording.consequences import GRAVEST_FIRST, NAMES, standing
from tests.making import NOON
from tests.wording.samples import (
    BAN,
    BOARD,
    DAY,
    GROUP,
    TIMEOUT,
    WARNING,
    WORDING,
    counting,
    draft,
    sanction,
    stamp,
)

WEEK = f"until {stamp(NOON + 7 * DAY)} (7 days)"


@pytest.mark.parametrize(
    ("ordered", "line"),
    [
        (draft(TIMEOUT, 7), f"Timeout {WEEK}."),
        (
            counting(WARNING),
            f"Warning; counts 2 points until {stamp(NOON + 30 * DAY, 'D')}.",
        ),
        (draft(WARNING, points=1), "Warning; counts 1 point."),
        (draft(BOARD, 7), f"Board removal (Art) {WEEK}."),
        (draft(GROUP, group="*Painters*"), r"Group removal (\*Painters\*) without end."),
        (
            draft(BAN, delete_message_seconds=86_400),
            "Ban without end, with what they wrote in the last 1 day.",
        ),
    ],
)
def test_a_preview_says_what_will_happen(ordered, line: str) -> None:
    """One plain line for each, with its end and what it counts."""
    assert WORDING.happens(ordered, NOON) == line


@pytest.mark.parametrize(
    ("state", "of_timeout", "of_warning"),
    [
        (SanctionState.ORDERED, "not in force yet", "not known to have worked yet"),
        (SanctionState.ACTIVE, "in force", "given"),
        (SanctionState.EXPIRED, f"over since {stamp(NOON)}", f"over since {stamp(NOON)}"),
        (SanctionState.LIFTED, f"lifted {stamp(NOON)}", f"lifted {stamp(NOON)}"),
        (
            SanctionState.VOIDED,
            f"voided {stamp(NOON)}, counts for nothing",
            f"voided {stamp(NOON)}, counts for nothing",
        ),
        (SanctionState.FAILED, "could not be put in force", "could not be put in force"),
    ],
)
def test_every_state_has_its_words(state: SanctionState, of_timeout: str, of_warning: str) -> None:
    """What lasts is in force; what happens once is given."""
    ended = None if state in (SanctionState.ORDERED, SanctionState.ACTIVE) else NOON

    for kind, words in ((TIMEOUT, of_timeout), (WARNING, of_warning)):
        assert standing(replace(sanction(draft(kind, 7), state=state), ended_at=ended)) == words


def test_what_somebody_set_by_hand_says_so() -> None:
    """So that nobody looks for it in the moderators' log."""
    assert standing(sanction(draft(BAN, by_hand=True))) == "in force, by hand"


def test_every_kind_has_a_name_and_a_place() -> None:
    """No text can meet a kind it has no word for."""
    assert set(NAMES) == set(GRAVEST_FIRST) == set(SanctionKind)
    assert len(GRAVEST_FIRST) == len(SanctionKind)
