"""Tells who came back what no message told them while they were away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.agenda import last_notice
from bot.corrections import is_correction
from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind
from bot.model.ruling import Ruling, RulingKind
from bot.ports import Clock, Store, Transaction
from bot.telling import first_told, overruled
from bot.upholding.matter import matters


@dataclass(frozen=True, slots=True)
class Retelling:
    """Orders notices once more for who has come back; once for each return."""

    store: Store
    clock: Clock
    carry_out: Callable[[Iterable[int]], None]
    """Begins to carry out what is unsettled in these cases."""

    async def waiting(self, guild: int) -> frozenset[int]:
        """Return the members whom some notice did not reach."""
        untold = await self.store.untold(guild)
        return frozenset(one.user for one in untold if one.user is not None)

    async def returned(self, guild: int, user: int, joined_at: datetime, serial: str) -> None:
        """Tell a member what still holds or counts, and what is over that they had read of.

        What they could not be told after their return is not tried again: they were there.

        Args:
            guild: where.
            user: the member.
            joined_at: when they came back, aware UTC.
            serial: names the return: the same twice is one.
        """
        last: dict[int, dict[int, Intent]] = {}
        for one in await self.store.untold(guild, user):
            tried = one.attempted_at is not None and one.attempted_at <= joined_at
            if tried and not is_correction(one) and one.ruling is not None:
                last.setdefault(one.case, {})[one.ruling] = one
        wanted: list[Intent] = []
        for case, notices in last.items():
            dossier = await self.store.dossier(case)
            if dossier is not None:
                wanted.extend(self._still_news(notices, dossier))
        await self._send(wanted, serial)

    def _still_news(self, notices: dict[int, Intent], dossier: Dossier) -> list[Intent]:
        """Return the notices of one case that are worth reading now, in order.

        None of which a later one that says the same is on its way, as from an earlier return.
        """
        now, known = self.clock.now(), {one.id: one for one in dossier.intents}
        news: list[Intent] = []
        under_way = False
        for number, notice in sorted(notices.items()):
            ruling = dossier.ruling(number)
            if _is_under_way(notice, ruling, dossier.intents):
                under_way = True
                continue
            counts = any(matters(dossier.sanction(one), now) for one in ruling.sanctions)
            if ruling.kind is RulingKind.DECIDED:
                if counts and not overruled(dossier, ruling):
                    news.append(notice)
            elif (
                last_notice(known, notice) is not None
                or news
                or under_way
                or _is_first(dossier, ruling, now)
            ):
                news.append(notice)
        return news

    async def _send(self, notices: Sequence[Intent], serial: str) -> None:
        if not notices:
            return

        async def work(tx: Transaction) -> None:
            for one in notices:
                draft = IntentDraft(
                    IntentKind.NOTICE,
                    f"notice:ruling:{one.ruling}:{serial}",
                    one.channel,
                    user=one.user,
                    ruling=one.ruling,
                )
                await tx.add_intent(one.case, draft, self.clock.now())

        await self.store.write(work)
        self.carry_out(dict.fromkeys(one.case for one in notices))


def _is_under_way(untold: Intent, ruling: Ruling, intents: Iterable[Intent]) -> bool:
    """Whether a later notice that says what one could not say is not settled yet.

    Of a decision only another notice of it says the same; what changed one is said by any later
    notice of its case.
    """
    return any(
        one.kind is IntentKind.NOTICE
        and not is_correction(one)
        and one.state not in SETTLED
        and one.id > untold.id
        and (one.ruling == ruling.id or ruling.kind is not RulingKind.DECIDED)
        for one in intents
    )


def _is_first(dossier: Dossier, ruling: Ruling, now: datetime) -> bool:
    """Whether an edit would be the first that a member reads of what holds, or counts, still."""
    edited = ruling.kind is RulingKind.EDITED and first_told(dossier, ruling) is not None
    return edited and any(matters(one, now) for one in dossier.sanctions)
