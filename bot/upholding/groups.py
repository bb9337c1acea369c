"""Removal from a Community Group: its role is taken, and given back only to who had it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.model.intent import IntentKind, IntentState
from bot.ports import ROLE_GONE, ROLE_HELD, Absent, Delivery, Outcome
from bot.upholding.matter import Matter, Upheld, asks, is_done, unless_done
from bot.upholding.moved import as_now

HAD, HAD_NOT, TAKEN = "had", "had not", "taken"
"""What a hold says of a role: before, and after."""

_GIVEN: Final = "a moderator has given the role back, and it stays so"

_NEVER_HAD: Final = "they did not have the role before"

_ANOTHER: Final = "the group has another role now, and they did not have that one"

_AWAY: Final = "it holds if they come back"


async def uphold(matter: Matter) -> Upheld:
    """Bring the member's role to what is asked for."""
    role = matter.sanction.ordered.role
    assert role is not None, "BUG: a group removal without its role"
    asked = {one.ordered.role for one in matter.asking}
    done = await (_take(matter, role) if role in asked else _give_back(matter, role))
    # An order takes; what waits for anything else does not hold it up.
    if done.outcome.delivery is not Delivery.DONE or matter.intent.kind is IntentKind.APPLY:
        return done
    for former in await _former(matter, asked | {role}):
        back = await _give_back(matter, former)
        if back.outcome.delivery is not Delivery.DONE:
            return back
        done = replace(done, released=(*done.released, *back.released))
    return done


async def _former(matter: Matter, now: Collection[int | None]) -> list[int]:
    """Return roles that were taken and that nothing asks for: an admin gave a group another one.

    Whosever role it is now. Not what the end of another removal gives back, or could not.
    """
    held = [hold.target for hold in matter.holds if hold.target not in now]
    left = await _left_to_ends(matter) if held else frozenset()
    return [one for one in held if one not in left]


async def _left_to_ends(matter: Matter) -> frozenset[int | None]:
    """Return the roles of removals that are over, and whose end has not worked."""
    store, over = matter.store, set()
    community = await store.community(matter.guild)
    for one in await store.sanctions_of(matter.guild, matter.user):
        if one.kind is matter.sanction.kind and not asks(one, matter.now):
            ends = [
                each.state
                for each in await store.intents(one.case)
                if each.kind is IntentKind.END and each.sanction == one.id
            ]
            if ends and ends[-1] not in (IntentState.DONE, IntentState.DROPPED):
                over.add(as_now(one, community).ordered.role)
    return frozenset(over)


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


async def _has_moved(matter: Matter) -> bool:
    """Whether the group has another role now than it had when the removal was ordered."""
    ordered = await matter.store.sanction(matter.sanction.id)
    return ordered is not None and ordered.ordered.role != matter.sanction.ordered.role


async def _give_back(matter: Matter, role: int) -> Upheld:
    hold = matter.hold_on(role)
    by_hand = hold is None and matter.sanction.ordered.by_hand
    had = by_hand or (hold is not None and hold.before == HAD)
    released = (hold,) if hold is not None else ()
    if not had:
        moved = role == matter.sanction.ordered.role and await _has_moved(matter)
        return Upheld(is_done(_ANOTHER if moved else _NEVER_HAD), released=released)
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
