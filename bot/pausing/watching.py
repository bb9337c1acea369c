"""Watches over what rules remove by themselves, and lets one ask that shows it should."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Final

import structlog

from bot.activity import Activity
from bot.errors import StorageError
from bot.model.dossier import Dossier
from bot.model.intent import Intent
from bot.model.ruling import RulingKind
from bot.moderation.carrying import Carrying
from bot.policy.brake import Brake
from bot.policy.falling_back import FallingBack
from bot.ports import CaseQuery, Clock, Store

_log = structlog.get_logger(__name__)

LOOKED_AT: Final = 1000
"""Cases of a rule that are counted at most; chosen, not measured."""

FallBack = Callable[[int, str, str], Awaitable[None]]
"""Pauses a rule on a server, for a reason in words."""


class Watching(Carrying):
    """Hands cases on to who carries them out, and looks afterwards at what rules did.

    What is counted of removals is kept in memory, and begins anew with the process; what was given
    back is read from the store.
    """

    def __init__(
        self,
        carrying: Carrying,
        store: Store,
        clock: Clock,
        limits: FallingBack,
        brake: Brake,
        activity: Activity,
    ) -> None:
        self._carrying = carrying
        self._store = store
        self._clock = clock
        self._limits = limits
        self._brake = brake
        self._activity = activity
        self._waiting: asyncio.Queue[int] = asyncio.Queue()
        self._removed: defaultdict[tuple[int, str], dict[int, tuple[datetime, int]]] = defaultdict(
            dict
        )
        """Per server and rule, by message: when it was removed, and whose it was."""
        self._resumed: dict[tuple[int, str | None], datetime] = {}

    def carry_out(self, cases: Iterable[int]) -> None:
        """Begin to carry out what is unsettled in these cases, and look at them afterwards."""
        some = tuple(cases)
        self._carrying.carry_out(some)
        for case in some:
            self._activity.begin()
            self._waiting.put_nowait(case)

    def call_off(self, intents: Iterable[Intent]) -> frozenset[int]:
        """Begin none of these intents any more."""
        return self._carrying.call_off(intents)

    def call_back(self, intents: Iterable[Intent]) -> None:
        """Let intents be begun again that were called off."""
        self._carrying.call_back(intents)

    def resumed(self, guild: int, rule: str | None) -> None:
        """Begin to count anew: a moderator has looked, and lets the rule act again."""
        self._resumed[guild, rule] = self._clock.now()
        for key in list(self._removed):
            if key[0] == guild and rule in (None, key[1]):
                del self._removed[key]

    async def run(self, fall_back: FallBack) -> None:
        """Look at cases until cancelled."""
        while True:
            case = await self._waiting.get()
            try:
                await self._look(case, fall_back)
            except StorageError as error:  # the next case is counted again
                _log.error("what rules remove could not be looked at", words=str(error))
            finally:
                self._activity.end()

    async def _look(self, case: int, fall_back: FallBack) -> None:
        dossier = await self._store.dossier(case)
        if dossier is None:
            return
        guild = dossier.case.guild
        for rule in sorted(_rules(dossier)):
            if self._brake.covers(guild, rule):
                continue
            why = self._removes_too_much(dossier, rule) or await self._given_back(dossier, rule)
            if why is not None:
                await fall_back(guild, rule, why)

    def _removes_too_much(self, dossier: Dossier, rule: str) -> str | None:
        now = self._clock.now()
        removed = self._removed[dossier.case.guild, rule]
        for one in dossier.rulings:
            if one.kind is RulingKind.REMOVED and one.rule == rule:
                for message in one.removes:
                    removed.setdefault(message, (one.at, dossier.case.author))
        since = now - self._limits.within
        for message in [key for key, (at, _) in removed.items() if at <= since]:
            del removed[message]
        if not self._limits.removes_too_much(removed.values(), now):
            return None
        minutes = int(self._limits.within.total_seconds() // 60)
        return (
            f"It removed posts of more than {self._limits.members} members within {minutes} "
            "minutes."
        )

    async def _given_back(self, dossier: Dossier, rule: str) -> str | None:
        if not any(one.kind is RulingKind.VOIDED and one.by is not None for one in dossier.rulings):
            return None
        guild = dossier.case.guild
        looked = (self._resumed.get((guild, one)) for one in (None, rule))
        start = self._clock.now() - self._limits.restored_within
        since = max([start, *(one for one in looked if one is not None)])
        page = await self._store.find_cases(CaseQuery(guild, rule=rule, since=since), 0, LOOKED_AT)
        removed = restored = 0
        for one in page.cases:
            own = _removed_by_itself(one, rule)
            removed += len(own)
            restored += len(own & _voided(one, by_moderators=True))
        if not self._limits.is_given_back_too_often(removed, restored):
            return None
        return f"Of {removed} posts that it removed, moderators gave {restored} back."


def _rules(dossier: Dossier) -> frozenset[str]:
    """Return the rules by which Concord removed posts of a case by itself."""
    return frozenset(
        one.rule
        for one in dossier.rulings
        if one.kind is RulingKind.REMOVED and one.rule is not None
    )


def _removed_by_itself(dossier: Dossier, rule: str) -> frozenset[int]:
    """Return the posts of a case that a rule had removed; what was held back is none."""
    removed = {
        message
        for one in dossier.rulings
        if one.kind is RulingKind.REMOVED and one.rule == rule
        for message in one.removes
    }
    return frozenset(removed) - _voided(dossier, by_moderators=False)


def _voided(dossier: Dossier, *, by_moderators: bool) -> frozenset[int]:
    return frozenset(
        message
        for one in dossier.rulings
        if one.kind is RulingKind.VOIDED and (one.by is not None) is by_moderators
        for message in one.removes
    )
