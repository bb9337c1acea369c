"""What moderators do by hand stands; what bots and members undo is done again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.upholding.hands import Hand, hand_on_board, hand_on_role, hand_on_timeout
from tests.making import NOON

HOUR = timedelta(hours=1)
ends = st.integers(1, 1000).map(lambda hours: NOON + hours * HOUR)


@pytest.mark.parametrize(
    ("asked", "left", "seen", "hand"),
    [
        (NOON + 2 * HOUR, NOON + 2 * HOUR, NOON + 2 * HOUR, Hand.NOTHING),
        (NOON + 2 * HOUR, NOON + 2 * HOUR, None, Hand.LIFTED),
        (NOON + 2 * HOUR, NOON + 2 * HOUR, NOON + HOUR, Hand.LIFTED),
        (NOON + 2 * HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR, Hand.LONGER),
        # Longer than Discord takes at once: what Concord left is what counts.
        (None, NOON + 600 * HOUR, NOON + 600 * HOUR, Hand.NOTHING),
        (None, NOON + 600 * HOUR, NOON + 300 * HOUR, Hand.LIFTED),
        (None, NOON + 600 * HOUR, NOON + 650 * HOUR, Hand.LONGER),
        (NOON + 900 * HOUR, NOON + 600 * HOUR, NOON + 650 * HOUR, Hand.LONGER),
        (None, None, NOON + HOUR, Hand.NOTHING),
    ],
)
def test_what_a_changed_timeout_means(
    asked: datetime | None, left: datetime | None, seen: datetime | None, hand: Hand
) -> None:
    """Ended or shortened it counts as lifted, longer it is a decision of its own."""
    assert hand_on_timeout(asked, left, seen) is hand


@given(asked=st.none() | ends, left=st.none() | ends, seen=ends)
def test_a_timeout_that_is_longer_than_asked_is_never_called_lifted(
    asked: datetime | None, left: datetime | None, seen: datetime
) -> None:
    """Whoever lengthens a timeout has not ended it."""
    if asked is not None and seen >= asked:
        assert hand_on_timeout(asked, min(left or asked, asked), seen) is not Hand.LIFTED


@pytest.mark.parametrize(("staff", "hand"), [(True, Hand.ASK), (False, Hand.AGAIN)])
def test_what_is_given_back(hand: Hand, *, staff: bool) -> None:
    """By a moderator it stays and the case asks; by a bot or the member it is taken again."""
    assert hand_on_role(staff=staff) is hand
    assert hand_on_board(staff=staff) is hand
