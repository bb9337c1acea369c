"""What somebody did in Discord itself and Concord does not uphold, as the member reads it."""

from collections.abc import Iterable, Iterator

from bot.model.ruling import DENIED, KEPT_BACK, KICKED, POSTS_DELETED, TRACES, Change
from bot.text.escaping import escaped

STAYS_CLOSED = (
    "What is closed to you was closed in Discord itself: "
    "there a moderator can open it to you again."
)


def done_to_them(made: Iterable[Change]) -> Iterator[str]:
    """Yield a sentence for each: "Posts of yours in <#5> were deleted."."""
    for one in made:
        where = f"in <#{one.after}>" if one.after.isdecimal() else "on a board"
        if one.what == POSTS_DELETED:
            yield f"Posts of yours {where} were deleted."
        elif one.what == KEPT_BACK:
            yield f"A message of yours {where} was kept from appearing."
        elif one.what == KICKED:
            yield "You were made to leave; you may join again with an invitation."
        elif one.what == DENIED:
            named = escaped(one.before, 200) or "something"
            yield f"{where.capitalize()} this is closed to you: {named}."


def is_left(made: Iterable[Change]) -> bool:
    """Whether it was something that Concord cannot undo."""
    return any(one.what in TRACES for one in made)


def stays_closed(made: Iterable[Change]) -> bool:
    """Whether something is closed to the member until somebody opens it in Discord."""
    return any(one.what == DENIED for one in made)
