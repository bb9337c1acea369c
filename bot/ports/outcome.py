"""What became of one request to the world outside."""

from dataclasses import dataclass
from enum import StrEnum


class Delivery(StrEnum):
    """What became of one request to Discord."""

    DONE = "done"
    """It is as it was meant to be, whether this request did it or an earlier one."""
    REFUSED = "refused"
    """Discord said no, and asking again would not change that."""
    UNCERTAIN = "uncertain"
    """No answer came back: it may have happened."""
    LATER = "later"
    """It did not happen, and may be tried again later."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request, in words fit for a moderator."""

    delivery: Delivery
    words: str
    result: int | None = None
    """The id of the message it made, if it made one."""


GONE_ALREADY = "it was gone already"
"""The words of a removal that found no post: somebody else removed it, or an earlier attempt of
ours that got no answer. Nobody can tell which, so nothing may be said that needs either."""

ROLE_GONE = "the role is no longer there"
"""The words of a role given or taken that has been deleted: there is nothing left to do."""

ROLE_HELD = "they have the group's role already"
"""The words of a role given back to who has it: they are in the group."""

WITHOUT_FILES = "not with all of its files, for not all of them are kept"
"""The words of a post that was posted again, but not as whole as it was."""

IN_THREAD = "in a private thread, for their direct messages are closed"
"""The words of a notice in a thread on the server: who is banned from there cannot open it."""

IN_PLACE = "by changing what they read last: nothing new arrives"
"""The words of a notice that took the place of an earlier one in the direct messages."""

IN_PLACE_IN_THREAD = "by changing what they read last, in a private thread: nothing new arrives"
"""The same on the server, of who is still there."""

STANDS_IN_THREAD = frozenset({IN_THREAD, IN_PLACE_IN_THREAD})
"""The words of notices that only who is on the server can open."""
