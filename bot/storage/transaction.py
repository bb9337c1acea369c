"""One use case's writes, on the one connection that writes."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.community import Community
from bot.model.intent import Intent, IntentDraft
from bot.ports import CaseDraft, Observation
from bot.storage import communities, erasure, intents, observations, progress, recording
from bot.storage.tables import case_posts


class SqlTransaction:
    """Implements :class:`bot.ports.Transaction`; the writer begins and ends what it does."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Write on a connection whose transaction has begun."""
        self._connection = connection
        self.erased: erasure.Erased | None = None
        """What has to follow the commit, if anything was erased."""

    async def record(self, draft: CaseDraft) -> int:
        """Store a post's case and its intents, and return the case's id."""
        return await recording.record(self._connection, draft)

    async def observe(self, observation: Observation) -> None:
        """Store an observation, once per message, rule and span."""
        await observations.add_observation(self._connection, observation)

    async def advance(self, guild: int, channel: int, message: int) -> None:
        """Remember that everything in a channel up to a message has been judged."""
        await progress.advance(self._connection, guild, channel, message)

    async def add_intent(self, case: int, draft: IntentDraft, at: datetime) -> None:
        """Store a further intent of a case; one whose key the case already has is left alone."""
        await intents.add_intents(self._connection, case, (draft,), at)

    async def attempt(self, intent: Intent, at: datetime) -> Intent:
        """Mark an intent as about to be tried, and return it as it is then."""
        return await intents.attempt(self._connection, intent, at)

    async def postpone(self, intent: Intent, until: datetime, outcome: str) -> Intent:
        """Keep an intent for a later attempt, and return it as it is then."""
        return await intents.postpone(self._connection, intent, until, outcome)

    async def settle(self, intent: Intent, at: datetime) -> Intent:
        """Store the state, outcome and result an intent carries, and return it as it is then."""
        return await intents.settle(self._connection, intent, at)

    async def set_community(self, guild: int, community: Community, at: datetime) -> None:
        """Replace a guild's boards, groups, exceptions and modes in one step."""
        await communities.replace_community(self._connection, guild, community, at)

    async def post_deleted(self, message: int, at: datetime) -> None:
        """Remember that a post of a case was deleted by somebody else; the first time counts."""
        await self._connection.execute(
            update(case_posts)
            .where(case_posts.c.message == message, case_posts.c.deleted_at.is_(None))
            .values(deleted_at=at)
        )

    async def forget(self, user: int) -> None:
        """Erase what a person wrote, in every table and every copy of the database."""
        await erasure.forget(self._connection, user)
        self.erased = erasure.Erased(copies_before=None)

    async def expire(self, now: datetime, evidence_days: int, observation_days: int) -> None:
        """Erase evidence and observations whose time has run out, and old copies."""
        await erasure.expire(self._connection, now, evidence_days, observation_days)
        self.erased = erasure.Erased(copies_before=now - timedelta(days=observation_days))
