"""What somebody did by hand to something Concord upholds, and what follows: never a fight."""

from datetime import datetime, timedelta
from enum import Enum

_ALIKE = timedelta(seconds=1)


class Hand(Enum):
    """What a change by hand means for a sanction of Concord's."""

    NOTHING = "nothing"
    """It is as it was asked for."""
    LIFTED = "lifted"
    """The sanction counts as lifted by hand."""
    LONGER = "longer"
    """It lasts longer now, by somebody else's decision: a sanction of theirs beside ours."""
    ASK = "ask"
    """It stays as they left it, and the case asks whether to lift the sanction."""
    AGAIN = "again"
    """It is put in force again."""


def hand_on_timeout(asked: datetime | None, left: datetime | None, seen: datetime | None) -> Hand:
    """Return what it means that somebody changed a timeout.

    Args:
        asked: the end of the sanction; None means without end.
        left: the end that Concord had set on Discord; None if that is not known.
        seen: its end now; None for no timeout.
    """
    if seen is None:
        return Hand.LIFTED
    if asked is not None and seen > asked + _ALIKE:
        return Hand.LONGER
    expected = left if left is not None else asked
    if expected is None or abs(seen - expected) <= _ALIKE:
        return Hand.NOTHING
    # Discord shows a long one in parts: later than the part that Concord set is longer by hand.
    return Hand.LONGER if seen > expected else Hand.LIFTED


def hand_on_role(*, staff: bool) -> Hand:
    """Return what it means that somebody gave back a role that Concord took.

    Args:
        staff: whether a moderator did it; anything else is a bot or the member's own choice.
    """
    return Hand.ASK if staff else Hand.AGAIN


def hand_on_ban() -> Hand:
    """Return what it means that somebody ended a ban of Concord's."""
    return Hand.LIFTED


def hand_on_board(*, staff: bool) -> Hand:
    """Return what it means that somebody gave back a permission that Concord denied.

    Args:
        staff: whether a moderator did it.
    """
    return Hand.ASK if staff else Hand.AGAIN
