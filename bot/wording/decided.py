"""A ruling in a few words: who, what, when. For moderators only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.model.ruling import (
    ACCESS_BACK,
    BY_AUTOMOD,
    BY_BOT,
    BY_NOBODY_KNOWN,
    CONFIRMED,
    DENIED,
    KEPT_BACK,
    KICKED,
    NO_MODERATOR,
    POSTS_DELETED,
    ROLE_BACK,
    TRACES,
    Change,
    Ruling,
    RulingKind,
)
from bot.text.escaping import escaped
from bot.wording.parts import moment

VERBS: Mapping[RulingKind, str] = MappingProxyType(
    {
        RulingKind.REMOVED: "Removed",
        RulingKind.DECIDED: "Decided",
        RulingKind.BY_HAND: "Done by hand",
        RulingKind.LIFTED: "Lifted",
        RulingKind.VOIDED: "Voided",
        RulingKind.EDITED: "Changed",
        RulingKind.NOTED: "Noted",
        RulingKind.KEPT: "Looked at",
    }
)
"""What was done, at the beginning of a line."""


def who(ruling: Ruling) -> str:
    """Return who decided, as moderators read it."""
    if (other := no_moderator(ruling.changes)) is not None:
        return other
    if ruling.by is not None:
        return f"<@{ruling.by}>"
    return "Discord's AutoMod" if ruling.kind is RulingKind.BY_HAND else "Concord"


def no_moderator(made: Iterable[Change]) -> str | None:
    """Return who did something in Discord itself that no moderator did; None where one did."""
    for one in made:
        if one.what == BY_BOT:
            return f"another bot (<@{one.after}>)" if one.after.isdecimal() else "another bot"
        if one.what == BY_AUTOMOD:
            return "Discord's AutoMod"
        if one.what == BY_NOBODY_KNOWN:
            return "somebody whom Discord does not name"
    return None


def verb(ruling: Ruling) -> str:
    """Return what was done, at the beginning of a line."""
    if ruling.asks_to_lift:
        return "Given back by hand"
    traces = any(one.what in TRACES for one in ruling.changes)
    return VERBS[RulingKind.BY_HAND if traces else ruling.kind]


def is_voided(rulings: Sequence[Ruling]) -> bool:
    """Whether what was decided last was a mistake; what is noted or changed later hides nothing."""
    last = next((one.kind for one in reversed(rulings) if one.kind in _DECIDES), None)
    return last is RulingKind.VOIDED


_DECIDES = frozenset(
    {RulingKind.REMOVED, RulingKind.DECIDED, RulingKind.BY_HAND, RulingKind.VOIDED}
)


def changes(ruling: Ruling) -> Iterator[str]:
    """Yield what a ruling changed, who confirmed it, and what was given back by hand."""
    for one in ruling.changes:
        if one.what in NO_MODERATOR:  # said where it is said who did it
            continue
        known = one.after.isdecimal()  # not once it is erased
        if one.what == CONFIRMED:
            yield f"• Confirmed by {f'<@{one.after}>' if known else 'an admin'}"
        elif one.what == ROLE_BACK:
            yield f"• {f'The role <@&{one.after}>' if known else 'A role'} {_BACK}"
        elif one.what in TRACES:
            yield f"• {_trace(one)}"
        elif one.what == ACCESS_BACK:
            where = f"<#{one.after}> ({escaped(one.before, 200)})" if known else "a channel"
            yield f"• What they may do in {where} {_BACK}"
        else:
            before, after = escaped(one.before, 200), escaped(one.after, 200)
            what = f"{before or 'nothing'} → {after or 'nothing'}" if before or after else "erased"
            yield f"• {escaped(one.what, 100)}: {what}"


_BACK = "was given back by hand"


def left_behind(rulings: Iterable[Ruling]) -> str:
    """Return what was done by hand and is upheld by nobody: "posts deleted"; empty if nothing."""
    made = (one.what for ruling in rulings for one in ruling.changes)
    return next((_TRACES[what] for what in made if what in _TRACES), "")


_TRACES: Mapping[str, str] = MappingProxyType(
    {
        POSTS_DELETED: "posts deleted",
        KEPT_BACK: "a message kept back",
        DENIED: "permissions denied",
        KICKED: "kicked",
    }
)


def _trace(one: Change) -> str:
    if one.what == KICKED:
        return "Kicked: they may come back"
    where = f"<#{one.after}>" if one.after.isdecimal() else "a channel"  # erased
    named = escaped(one.before, 200)
    if one.what == POSTS_DELETED:
        return f"Posts of theirs in {where} were deleted by hand"
    if one.what == DENIED:
        return f"Denied to them in {where}: {named or 'erased'}"
    rule = f' (its rule "{named}")' if named else ""
    return f"Discord's AutoMod kept a message in {where} from appearing{rule}"


def decided_by(ruling: Ruling) -> str:
    """Return a ruling as one line: "Voided by <@5> <t:…:R>"."""
    return f"{verb(ruling)} by {who(ruling)} {moment(ruling.at, 'R')}"
