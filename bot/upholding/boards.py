"""Removal from a board: the few permissions it needs, and each given back as it was before."""

from collections.abc import Sequence
from typing import Final

from bot.model.intent import IntentKind
from bot.model.sanction import Hold
from bot.policy.writing import SENDING
from bot.ports import Absent, Delivery, Outcome, OverwriteSeen
from bot.upholding.denials import Mark, denied, given_back, is_undone, named, taken
from bot.upholding.matter import Matter, Upheld, is_done
from bot.upholding.reach import Reach, leads, reach_of

TRIES_FOR_ABSENT: Final = 3
"""Attempts to deny something to somebody who has left, before that is left to their return."""


async def uphold(matter: Matter) -> Upheld:
    """Bring the member's overwrites on all their boards to what is asked for."""
    rooms = await matter.measures.rooms(matter.guild)
    if isinstance(rooms, Outcome):
        return Upheld(rooms)
    reach = await reach_of(matter.guild, matter.asking, matter.measures, matter.store, rooms)
    if isinstance(reach, Outcome):
        return Upheld(reach)
    work = _Work(matter, reach)
    for channel, place in reach.deciding.items():
        await work.take(channel, place)
    over = [hold for hold in matter.holds if hold.target not in reach.channels]
    led = {hold.target: leads(rooms, hold.target) for hold in over}
    followers = [hold for hold in over if led[hold.target] in led]
    for hold in over:
        if hold not in followers:
            await work.give_back(hold)
    for channel, mark in strays_of(matter.user, matter.holds, reach):
        await work.give_back(matter.holding(mark.before_text, mark.after_text, channel))
    await work.let_go(followers)
    return work.upheld()


def strays_of(user: int, holds: Sequence[Hold], reach: Reach) -> list[tuple[int, Mark]]:
    """Return channels where nobody saw that a denial was taken along, each with how it was.

    Args:
        user: the member.
        holds: what is held of them by removals from boards.
        reach: where their removals reach.
    """
    marks = {mark.after: mark for mark in map(Mark.of, holds) if mark is not None and mark.taken}
    known = [hold.target for hold in holds]
    return [(channel, marks[seen]) for channel, seen in reach.strays(user, marks, known)]


class _Work:
    """Channels one after the other, and what came of them."""

    def __init__(self, matter: Matter, reach: Reach) -> None:
        self._matter = matter
        self._reach = reach
        self._marks = {hold.target: Mark.of(hold) for hold in matter.holds}
        self._released: list[Hold] = []
        self._said: list[str] = []
        self._failed: list[tuple[int, Outcome]] = []
        self._done = 0

    async def take(self, channel: int, place: int) -> None:
        """Deny the bits in one channel."""
        matter, mark = self._matter, self._marks.get(channel)
        deniable = await matter.measures.deniable(matter.guild, channel, matter.board_bits)
        # Without this it would be no removal: then Discord says why it does not let Concord.
        bits = deniable.bits | (matter.board_bits & SENDING)
        seen = await matter.measures.overwrite(matter.guild, channel, matter.user)
        if isinstance(seen, Outcome):
            self._failed.append((channel, seen))
            return
        there = None if isinstance(seen, Absent) else seen
        insists = matter.insists_on(channel, place)
        if mark is not None and not insists and is_undone(there, mark, bits):
            self._said.append(f"in <#{channel}> somebody has changed it by hand, and it stays so")
            self._done += 1
            await self._remember(channel, mark)
            return
        next_mark = taken(there, mark or self._as_its_category(there, channel, place), bits)
        await self._remember(channel, next_mark)
        if denied(there, bits) == there:
            self._has_taken(channel, deniable.lacking)
            return
        outcome = await matter.measures.set_overwrite(
            matter.guild, channel, matter.user, next_mark.after, matter.reason
        )
        if outcome.delivery is not Delivery.DONE:
            if not await self._is_for_their_return(outcome):
                self._failed.append((channel, outcome))
                return
            self._said.append("they are no member now; it holds if they come back")
        else:
            await self._remember(channel, next_mark.confirmed())
        self._has_taken(channel, deniable.lacking)

    async def give_back(self, hold: Hold) -> None:
        """Give back in one channel what is still as Concord left it."""
        matter, channel, mark = self._matter, hold.target, Mark.of(hold)
        assert mark is not None, "BUG: a hold without a mark"
        seen = await matter.measures.overwrite(matter.guild, channel, matter.user)
        if isinstance(seen, Outcome):
            self._failed.append((channel, seen))
            return
        there = None if isinstance(seen, Absent) else seen
        back, alone = given_back(there, mark)
        if back != there:
            outcome = await matter.measures.set_overwrite(
                matter.guild, channel, matter.user, back, matter.reason
            )
            if outcome.delivery is not Delivery.DONE:
                self._failed.append((channel, outcome))
                return
        if alone:
            self._said.append(f"in <#{channel}> somebody has changed {named(alone)}, which stays")
        self._released.append(hold)

    async def let_go(self, followers: Sequence[Hold]) -> None:
        """Forget what followed categories that were given back; give back what did not follow."""
        if not followers:
            return
        rooms = await self._matter.measures.rooms(self._matter.guild)
        released = {hold.target for hold in self._released}
        for hold in followers:
            if isinstance(rooms, Outcome):
                self._failed.append((hold.target, rooms))
            elif leads(rooms, hold.target) in released:
                self._released.append(hold)
            else:
                await self.give_back(hold)

    def upheld(self) -> Upheld:
        """Return what came of all channels together."""
        for delivery in (Delivery.UNCERTAIN, Delivery.LATER):
            for channel, outcome in self._failed:
                if outcome.delivery is delivery:
                    said = Outcome(delivery, f"in <#{channel}>: {outcome.words}")
                    return Upheld(said, in_part=self._done > 0)
        released = tuple(self._released)
        if self._failed:
            self._said.extend(f"in <#{channel}>: {one.words}" for channel, one in self._failed)
            words = "; ".join(self._said)
            outcome = Outcome(Delivery.REFUSED, words)
            return Upheld(outcome, in_part=self._done > 0, released=released)
        if self._matter.asking and not self._reach.deciding:
            # To order that is an error; what was in force has nothing left to be kept in.
            ordered = self._matter.intent.kind is IntentKind.APPLY
            delivery = Delivery.REFUSED if ordered else Delivery.DONE
            return Upheld(
                Outcome(delivery, "the board's channel is no longer there"), released=released
            )
        return Upheld(is_done("; ".join(dict.fromkeys(self._said))), released=released)

    async def _remember(self, channel: int, mark: Mark) -> None:
        """Commit how a channel, and each that follows it, was and is to be left."""
        followers = self._reach.followers_of(channel)
        new = [one for one in (channel, *followers) if self._marks.get(one) != mark]
        before, after = mark.before_text, mark.after_text
        await self._matter.hold(*(self._matter.holding(before, after, one) for one in new))
        self._marks.update(dict.fromkeys(new, mark))

    def _has_taken(self, channel: int, lacking: int) -> None:
        """Count a channel as done, and say what could not be denied there."""
        self._done += 1
        if lacking:
            self._said.append(
                f"in <#{channel}> {named(lacking)} could not be denied, since Concord may not do "
                "it itself: give its role that permission, on the server and there"
            )

    async def _is_for_their_return(self, outcome: Outcome) -> bool:
        """Whether nothing can be denied to somebody because they have left.

        Discord may know no overwrites of who is no member; an outage looks alike, so that it is
        tried some times before.
        """
        matter = self._matter
        tried = matter.intent.attempts >= TRIES_FOR_ABSENT
        if outcome.delivery is not Delivery.REFUSED and not (
            outcome.delivery is Delivery.LATER and tried
        ):
            return False
        return isinstance(await matter.measures.member(matter.guild, matter.user), Absent)

    def _as_its_category(
        self, there: OverwriteSeen | None, channel: int, place: int
    ) -> Mark | None:
        """Return the category's mark for a channel that followed it until now.

        Its overwrite is the category's, as Concord left that: what was before in the category was
        before here too.
        """
        held = (hold for hold in self._matter.holds if channel != place and hold.target == place)
        mark = Mark.of(next(held, None))
        return mark if mark is not None and there == mark.after else None
