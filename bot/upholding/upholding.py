"""Carries out what an intent about a sanction asks for, one member at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bot.model.case import Case
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind
from bot.model.sanction import Sanction, SanctionKind
from bot.ports import Clock, Measures, Referrals, Store
from bot.upholding import bans, boards, groups, referral, timeouts
from bot.upholding.handed_back import handed_back
from bot.upholding.matter import Matter, Upheld, asking, asks, is_done
from bot.upholding.moved import as_now
from bot.upholding.reasons import reason_of

Result = TypeVar("Result")


@dataclass
class Upholding:
    """Brings members to what all their sanctions in force ask for together.

    Laws: what was before is committed before anything is changed; safe to repeat, for the present
    state is asked for first; only what is as Concord left it is given back; of two intents about
    one member the second begins when what came of the first is committed.
    """

    store: Store
    measures: Measures
    referrals: Referrals
    clock: Clock
    guidelines: Guidelines
    board_bits: int
    """What a removal from a board denies, as bits of Discord's permissions."""
    _members: dict[tuple[int, int], "_Turn"] = field(default_factory=dict)

    async def carry_out(
        self,
        intent: Intent,
        case: Case,
        conclude: Callable[[Sanction, Upheld | None], Awaitable[Result]],
    ) -> Result:
        """Carry out an APPLY, KEEP or END, and conclude it before another begins on that member.

        Args:
            intent: what is asked.
            case: its case.
            conclude: commits what came of it; None where there is nothing to do any more, or not
                yet, which the sanction says.
        """
        assert intent.sanction is not None, "BUG: an intent about no sanction"
        sanction = await self._sanction(intent.sanction)
        async with self._turn(sanction.guild, sanction.user):
            sanction = await self._sanction(intent.sanction)
            now = self.clock.now()
            wanted = asks(sanction, now)
            if wanted is (intent.kind is IntentKind.END) and intent.kind is not IntentKind.KEEP:
                return await conclude(sanction, None)
            sanctions = await self.store.sanctions_of(sanction.guild, sanction.user)
            holds = await self.store.holds_of(sanction.guild, sanction.user)
            community = await self.store.community(sanction.guild)
            asked = tuple(as_now(one, community) for one in asking(sanctions, sanction, now))
            kin = [one for one in sanctions if one.kind is sanction.kind]
            matter = Matter(
                intent=intent,
                case=case,
                sanction=as_now(sanction, community),
                asking=asked,
                holds=tuple(one for one in holds if one.kind is sanction.kind),
                now=now,
                reason=reason_of(case, intent.token, sanction.rule, self.guidelines),
                board_bits=self.board_bits,
                store=self.store,
                measures=self.measures,
                handed_back=await handed_back(intent, kin, self.store),
            )
            return await conclude(sanction, await self._uphold(matter))

    async def _uphold(self, matter: Matter) -> Upheld:
        match matter.sanction.kind:
            case SanctionKind.WARNING:
                return Upheld(is_done(""))
            case SanctionKind.TIMEOUT:
                return await timeouts.uphold(matter)
            case SanctionKind.BOARD_REMOVAL:
                return await boards.uphold(matter)
            case SanctionKind.GROUP_REMOVAL:
                return await groups.uphold(matter)
            case SanctionKind.BAN:
                return await bans.uphold(matter)
            case SanctionKind.REFERRAL:
                return await referral.uphold(matter, self.referrals, self.guidelines)

    async def _sanction(self, sanction: int) -> Sanction:
        found = await self.store.sanction(sanction)
        assert found is not None, "BUG: an intent about a sanction that is not there"
        return found

    @asynccontextmanager
    async def _turn(self, guild: int, user: int) -> AsyncIterator[None]:
        turn = self._members.setdefault((guild, user), _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._members[guild, user]


@dataclass
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
