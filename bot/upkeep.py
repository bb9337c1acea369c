"""Keeps sanctions in force through what changes round them: a return, a role given, a channel."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import StaleVersionError
from bot.model.intent import Intent, IntentDraft, IntentKind
from bot.model.sanction import Sanction, SanctionKind
from bot.outlook import waits_for_more
from bot.ports import Clock, Measures, Outcome, Store, Transaction
from bot.retelling import Retelling
from bot.upholding import boards
from bot.upholding.matter import AGAIN, CHANNELS, MOVED, RETURNED, asks, keeps_out
from bot.upholding.moved import as_now
from bot.upholding.reach import Reach, reach_of

LASTING = (SanctionKind.TIMEOUT, SanctionKind.BOARD_REMOVAL, SanctionKind.GROUP_REMOVAL)
"""Kinds that Discord may lose when a member leaves; a ban keeps its member away."""

SOON = timedelta(seconds=10)
"""How long what waits goes on waiting once Concord may do more: an admin who gives a permission or
moves a role makes several changes, and all of them count as one. Chosen."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Orders that sanctions be put in force again; each reason is obeyed once."""

    store: Store
    measures: Measures
    clock: Clock
    carry_out: Callable[[Iterable[int]], None]
    """Begins to carry out what is unsettled in these cases."""

    async def watched(self, guild: int) -> frozenset[int]:
        """Return the members whose return matters.

        Those with a lasting sanction in force, and those whom some notice did not reach.
        """
        in_force = await self.store.sanctions_in_force(guild)
        lasting = frozenset(one.user for one in in_force if one.kind in LASTING)
        return lasting | await self._retelling.waiting(guild)

    async def returned(self, guild: int, user: int, joined_at: datetime) -> None:
        """Put a member's sanctions in force again after they came back; once for each return.

        What ended while they were away is not put in force again; what Discord still shows of it,
        as Concord left it, is ended.

        Args:
            guild: where.
            user: the member.
            joined_at: when they came back, aware UTC; a return before a sanction was decided does
                not matter to it.
        """
        latest: dict[tuple[SanctionKind, int | None], Sanction] = {}
        for one in await self.store.sanctions_of(guild, user):
            if one.kind in LASTING and one.at <= joined_at and keeps_out(one):
                held = latest.get((one.kind, _target(one)))
                # One in force stands for all that hold the same; else the last of them.
                if held is None or one.in_force or not held.in_force:
                    latest[one.kind, _target(one)] = one
        held_kinds = {hold.kind for hold in await self.store.holds_of(guild, user)}
        now = self.clock.now()
        serial = f"{RETURNED}-{int(joined_at.timestamp())}"
        again = [one for one in latest.values() if asks(one, now) or one.kind in held_kinds]
        await self._order(again, serial)
        await self._retelling.returned(guild, user, joined_at, serial)

    @property
    def _retelling(self) -> Retelling:
        return Retelling(self.store, self.clock, self.carry_out)

    async def take_again(self, guild: int, user: int, role: int, serial: str) -> None:
        """Take a role again that a bot or the member's own choice gave back.

        Args:
            guild: where.
            user: the member.
            role: the group's role.
            serial: names the giving: the same twice is one.
        """
        sanctions = await self.store.sanctions_of(guild, user)
        now = self.clock.now()
        community = await self.store.community(guild)
        held = (
            one
            for one in sanctions
            if as_now(one, community).ordered.role == role and keeps_out(one)
        )
        taken = [one for one in held if asks(one, now)]
        await self._order(taken[-1:], f"{AGAIN}-{serial}")

    async def deny_again(self, guild: int, user: int, channel: int, serial: str) -> None:
        """Deny again what a bot gave back to a member in a channel of a board; as above."""
        sanctions = await self.store.sanctions_of(guild, user)
        now = self.clock.now()
        if all(hold.target != channel for hold in await self.store.holds_of(guild, user)):
            return
        kind = SanctionKind.BOARD_REMOVAL
        removals = [one for one in sanctions if one.kind is kind and asks(one, now)]
        await self._order(removals[-1:], f"{AGAIN}-{serial}")

    async def channels_changed(self, guild: int) -> None:
        """Bring removals from boards to the channels that boards have now."""
        removals = await self.store.sanctions_in_force(guild, SanctionKind.BOARD_REMOVAL)
        now = self.clock.now()
        by_user: dict[int, list[Sanction]] = {}
        for one in removals:
            if asks(one, now):
                by_user.setdefault(one.user, []).append(one)
        if not by_user:
            return
        rooms = await self.measures.rooms(guild)
        if isinstance(rooms, Outcome):
            return  # asked again at the next change, or after the next READY
        known: dict[frozenset[tuple[str | None, int | None]], Reach] = {}
        wrong = []
        for user, theirs in by_user.items():
            places = frozenset((one.ordered.board, one.ordered.channel) for one in theirs)
            if places not in known:
                reach = await reach_of(guild, theirs, self.measures, self.store, rooms)
                if isinstance(reach, Outcome):
                    return
                known[places] = reach
            reach = known[places]
            kind = SanctionKind.BOARD_REMOVAL
            holds = [one for one in await self.store.holds_of(guild, user) if one.kind is kind]
            held = {one.target for one in holds}
            if held != reach.channels or boards.strays_of(user, holds, reach):
                wrong.append(theirs[-1])
        await self._order(wrong, f"{CHANNELS}-{int(now.timestamp() * 1000)}")

    async def groups_changed(self, guild: int) -> None:
        """Bring removals from groups to the roles that groups have now; once for each role."""
        community = await self.store.community(guild)
        now = self.clock.now()
        for one in await self.store.sanctions_in_force(guild, SanctionKind.GROUP_REMOVAL):
            role = as_now(one, community).ordered.role
            if role != one.ordered.role and asks(one, now) and keeps_out(one):
                await self._order((one,), f"{MOVED}-{role}")

    async def may_do_more(self, guild: int) -> None:
        """Try again what waits since it did not work: Concord may be allowed by now to do it.

        However often it is called within :data:`SOON`, each is tried once.
        """
        soon = self.clock.now() + SOON
        waiting = [
            one
            for one in await self.store.unsettled()
            if one.guild == guild and waits_for_more(one) and one.not_before > soon
        ]
        for one in waiting:
            await self._hasten(one, soon)
        self.carry_out(dict.fromkeys(one.case for one in waiting))

    async def _hasten(self, intent: Intent, until: datetime) -> None:
        with suppress(StaleVersionError):  # somebody has decided about it meanwhile
            await self.store.write(lambda tx: tx.reschedule(intent, until))

    async def _order(self, sanctions: Iterable[Sanction], serial: str) -> None:
        wanted = list(sanctions)
        if not wanted:
            return

        async def work(tx: Transaction) -> None:
            for one in wanted:
                key = f"keep:{one.id}:{serial}"
                draft = IntentDraft(
                    IntentKind.KEEP, key, user=one.user, sanction=one.id, ruling=one.ruling
                )
                await tx.add_intent(one.case, draft, self.clock.now())

        await self.store.write(work)
        self.carry_out(dict.fromkeys(one.case for one in wanted))


def _target(sanction: Sanction) -> int | None:
    """Return what a sanction holds, beside its kind: a board's channel, or a role."""
    return sanction.ordered.channel or sanction.ordered.role
