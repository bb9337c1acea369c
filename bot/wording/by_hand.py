"""What somebody did in Discord itself and Concord does not uphold, as people read it."""

from collections.abc import Iterable, Iterator

from bot.model.ruling import (
    DENIED,
    KEPT_BACK,
    KICKED,
    POSTS_DELETED,
    TRACES,
    Change,
    Ruling,
    RulingKind,
)
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


def left_to_undo(rulings: Iterable[Ruling]) -> Iterator[str]:
    """Yield what a moderator who voids it has to know: Concord gives back nothing of it."""
    by_hand = (one for one in rulings if one.kind is RulingKind.BY_HAND)
    made = [change for one in by_hand for change in one.changes if change.what in TRACES]
    if made:
        yield "What was done by hand counts for nothing. Concord can undo nothing of it."
    for one in made:
        if one.what == DENIED:
            where = f"<#{one.after}>" if one.after.isdecimal() else "a channel"
            what = escaped(one.before, 200)
            yield (
                f"{where} stays closed to them{f' ({what})' if what else ''}: to open it, please "
                "remove them from the channel's permissions in Discord."
            )
