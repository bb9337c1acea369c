"""Removal from a Community Group: its role is taken, and given back only to who had it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.model.intent import IntentKind
from bot.ports import ROLE_GONE, ROLE_HELD, Absent, Delivery, Outcome
from bot.upholding.matter import Matter, Upheld, is_done, unless_done

HAD, HAD_NOT, TAKEN = "had", "had not", "taken"
"""What a hold says of a role: before, and after."""

_GIVEN: Final = "a moderator has given the role back, and it stays so"

_AWAY: Final = "it holds if they come back"


async def uphold(matter: Matter) -> Upheld:
    """Bring the member's role to what is asked for."""
    role = matter.sanction.ordered.role
    assert role is not None, "BUG: a group removal without its role"
    asked = {one.ordered.role for one in matter.asking}
    done = await (_take(matter, role) if role in asked else _give_back(matter, role))
    if done.outcome.delivery is not Delivery.DONE:
        return done
    for former in await _former(matter, asked | {role}):
        back = await _give_back(matter, former)
        if back.outcome.delivery is not Delivery.DONE:
            return back
        done = replace(done, released=(*done.released, *back.released))
    return done


async def _former(matter: Matter, now: Collection[int | None]) -> list[int]:
    """Return roles that were taken and are no group's any more: an admin gave it another one."""
    held = [hold.target for hold in matter.holds if hold.target not in now]
    community = await matter.store.community(matter.guild) if held else None
    groups = community.groups if community is not None else ()
    return [one for one in held if all(one != group.role.id for group in groups)]


async def _take(matter: Matter, role: int) -> Upheld:
    hold = matter.hold_on(role)
    seen = await matter.measures.member(matter.guild, matter.user)
    if isinstance(seen, Outcome):
        return Upheld(seen)
    if isinstance(seen, Absent):
        return Upheld(is_done(f"{seen.what}; {_AWAY}"))
    had = role in seen.roles
    ours = matter.holding(HAD if had else HAD_NOT, TAKEN, role)
    if hold is None or (had and hold.before == HAD_NOT and _is_new(matter)):
        await matter.hold(ours)
    if not had:
        return Upheld(is_done("they do not have the group's role"))
    if not matter.insists_on(role, role):
        return Upheld(is_done(_GIVEN))
    outcome = unless_done(
        await matter.measures.set_role(
            matter.guild, matter.user, role, held=False, reason=matter.reason
        )
    )
    # They have the role, and what is refused or put off did not take it.
    untaken = outcome.delivery in (Delivery.REFUSED, Delivery.LATER)
    alone = sum(one.ordered.role == role for one in matter.asking) == 1
    return Upheld(outcome, needless=(ours,) if untaken and alone else ())


def _is_new(matter: Matter) -> bool:
    """Whether another sanction held the role before: what they have now was given to them since."""
    return matter.intent.kind is IntentKind.APPLY and len(matter.asking) > 1


async def _give_back(matter: Matter, role: int) -> Upheld:
    hold = matter.hold_on(role)
    by_hand = hold is None and matter.sanction.ordered.by_hand
    had = by_hand or (hold is not None and hold.before == HAD)
    released = (hold,) if hold is not None else ()
    if not had:
        return Upheld(is_done("they did not have the role before"), released=released)
    seen = await matter.measures.member(matter.guild, matter.user)
    if isinstance(seen, Outcome):
        return Upheld(seen)
    if isinstance(seen, Absent):
        return Upheld(is_done(f"{seen.what}; there is no role to give back"), released=released)
    if role in seen.roles:
        return Upheld(is_done(ROLE_HELD), released=released)
    outcome = await matter.measures.set_role(
        matter.guild, matter.user, role, held=True, reason=matter.reason
    )
    if outcome.delivery is not Delivery.DONE:
        return Upheld(outcome)
    words = ROLE_GONE if outcome.words == ROLE_GONE else ""
    return Upheld(is_done(words), released=released)
