"""What of a ruling's changes is somebody's words, and goes when words are erased.

The rest names people, roles, channels and permissions: Concord wrote it and reads it again.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, and_, or_, update

from bot.model.ruling import (
    ACCESS_BACK,
    BY_BOT,
    CONFIRMED,
    DENIED,
    GIVEN_BACK,
    TRACES,
    Change,
)
from bot.storage.ruling_tables import ruling_changes

_IDS_AFTER: Final = frozenset({CONFIRMED, BY_BOT}) | GIVEN_BACK | TRACES
"""Changes whose ``after`` is an id, or empty."""
_PERMISSIONS_BEFORE: Final = frozenset({ACCESS_BACK, DENIED})
"""Changes whose ``before`` names permissions of Discord's."""

_BEFORE = and_(
    ruling_changes.c.before != "", ruling_changes.c.what.not_in(sorted(_PERMISSIONS_BEFORE))
)
_AFTER = and_(ruling_changes.c.after != "", ruling_changes.c.what.not_in(sorted(_IDS_AFTER)))

HOLDS_WORDS: Final = or_(_BEFORE, _AFTER)
"""Which rows hold words; the same as :func:`holds_words` says of them read back."""


def holds_words(change: Change) -> bool:
    """Whether a change holds words that an erasure takes."""
    before = change.before != "" and change.what not in _PERMISSIONS_BEFORE
    return before or (change.after != "" and change.what not in _IDS_AFTER)


def erase_words(connection: Connection, erased: Sequence[int]) -> None:
    """Erase the words in the changes of some rulings, by id."""
    of_them = ruling_changes.c.ruling.in_(erased)
    connection.execute(update(ruling_changes).where(of_them, _BEFORE).values(before=""))
    connection.execute(update(ruling_changes).where(of_them, _AFTER).values(after=""))
