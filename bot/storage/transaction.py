"""One use case's writes, on the one connection that writes."""

from datetime import datetime, timedelta

from bot.model.community import Community
from bot.model.intent import Intent, IntentDraft
from bot.ports import CaseDraft, Observation
from bot.storage import communities, erasure, intents, observations, progress, recording
from bot.storage.threads import WriterThread


class SqlTransaction:
    """Implements :class:`bot.ports.Transaction`; the writer begins and ends what it does."""

    def __init__(self, thread: WriterThread) -> None:
        """Write on a connection whose transaction has begun."""
        self._thread = thread
        self.erased: erasure.Erased | None = None
        """What has to follow the commit, if anything was erased."""

    async def record(self, draft: CaseDraft) -> int:
        """Store a post's case and its intents, and return the case's id."""
        return await self._thread.run(recording.record, draft)

    async def observe(self, observation: Observation) -> None:
        """Store an observation, once per message, rule and span."""
        await self._thread.run(observations.add_observation, observation)

    async def advance(self, guild: int, channel: int, message: int) -> None:
        """Remember that everything in a channel up to a message has been judged."""
        await self._thread.run(progress.advance, guild, channel, message)

    async def add_intent(self, case: int, draft: IntentDraft, at: datetime) -> None:
        """Store a further intent of a case, or take up one of its key that came to nothing."""
        await self._thread.run(intents.add_intents, case, (draft,), at)

    async def attempt(self, intent: Intent, at: datetime) -> Intent:
        """Mark an intent as about to be tried, and return it as it is then."""
        return await self._thread.run(intents.attempt, intent, at)

    async def postpone(self, intent: Intent, until: datetime, outcome: str) -> Intent:
        """Keep an intent for a later attempt, and return it as it is then."""
        return await self._thread.run(intents.postpone, intent, until, outcome)

    async def settle(self, intent: Intent, at: datetime) -> Intent:
        """Store the state, outcome and result an intent carries, and return it as it is then."""
        return await self._thread.run(intents.settle, intent, at)

    async def set_community(self, guild: int, community: Community, at: datetime) -> None:
        """Replace a guild's boards, groups, exceptions and modes in one step."""
        await self._thread.run(communities.replace_community, guild, community, at)

    async def post_deleted(self, message: int, at: datetime) -> None:
        """Remember that a post of a case was deleted by somebody else; the first time counts."""
        await self._thread.run(recording.mark_deleted, message, at)

    async def forget(self, user: int) -> None:
        """Erase what a person wrote, in every table and every copy of the database."""
        await self._thread.run(erasure.forget, user)
        self.erased = erasure.Erased(copies_before=None, on_request=True)

    async def expire(self, now: datetime, evidence_days: int, observation_days: int) -> None:
        """Erase evidence and observations whose time has run out, and old copies."""
        await self._thread.run(erasure.expire, now, evidence_days, observation_days)
        self.erased = erasure.Erased(
            copies_before=now - timedelta(days=observation_days), on_request=False
        )
