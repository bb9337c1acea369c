"""Bans, for a time or not, also of who has left; a ban that somebody else made is never lifted."""

from typing import Final

from bot.ports import Absent, BanSeen, Delivery, Outcome
from bot.upholding.matter import Matter, Upheld, is_done, unless_done
from bot.upholding.reasons import token_named

THEIRS: Final = "theirs"
"""What a hold says where somebody else had banned the account before."""

_THEIRS_ALREADY: Final = "somebody else had banned them already"

_NOTHING_DELETED: Final = "nothing was deleted, for they were banned already"

_OTHERS: Final = "somebody else banned them, and that ban stays"


def is_ours(seen: BanSeen, tokens: str) -> bool:
    """Whether a ban is one that Concord made.

    Args:
        seen: the ban.
        tokens: of the intents that made it, with blanks between them, as a hold keeps them.
    """
    return token_named(seen.reason) in tokens.split()


async def uphold(matter: Matter) -> Upheld:
    """Bring the account's ban to what is asked for."""
    if matter.asking:
        return await _ban(matter)
    return await _unban(matter)


async def _ban(matter: Matter) -> Upheld:
    hold = matter.hold_on()
    seen = await matter.measures.ban_of(matter.guild, matter.user)
    if isinstance(seen, Outcome):
        return Upheld(seen)
    if isinstance(seen, BanSeen):
        # Discord deletes nothing with a ban that is there; one that this very intent made did so.
        deletes = matter.sanction.ordered.delete_message_seconds > 0
        undone = deletes and token_named(seen.reason) != matter.intent.token
        if hold is not None and is_ours(seen, hold.after):
            return Upheld(is_done(_NOTHING_DELETED if undone else ""))
        words = f"{_THEIRS_ALREADY}, so nothing was deleted" if undone else _THEIRS_ALREADY
        return Upheld(is_done(words), left=(matter.holding(THEIRS, ""),))
    tokens = dict.fromkeys([*(hold.after.split() if hold is not None else ()), matter.intent.token])
    await matter.hold(matter.holding("", " ".join(tokens)))
    seconds = matter.sanction.ordered.delete_message_seconds
    outcome = await matter.measures.ban(matter.guild, matter.user, seconds, matter.reason)
    return Upheld(unless_done(outcome))


async def _unban(matter: Matter) -> Upheld:
    hold = matter.hold_on()
    by_hand = matter.sanction.ordered.by_hand
    released = (hold,) if hold is not None else ()
    if hold is None and not by_hand:
        return Upheld(is_done("there is no ban of Concord's"))
    seen = await matter.measures.ban_of(matter.guild, matter.user)
    if isinstance(seen, Outcome):
        return Upheld(seen)
    if isinstance(seen, Absent):
        return Upheld(is_done("they are not banned any more"), released=released)
    ours = hold is not None and is_ours(seen, hold.after)
    # A moderator who lifts a case about a ban made by hand means that very ban.
    if not ours and not by_hand:
        return Upheld(is_done(_OTHERS), released=released)
    outcome = await matter.measures.unban(matter.guild, matter.user, matter.reason)
    done = outcome.delivery is Delivery.DONE
    return Upheld(unless_done(outcome), released=released if done else ())
