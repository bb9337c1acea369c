"""One use case's writes, on the one connection that writes."""

from datetime import datetime, timedelta

from bot.model.community import Community
from bot.model.intent import Intent, IntentDraft
from bot.model.move import Move, MoveDraft
from bot.model.sanction import Hold, Sanction, SanctionState
from bot.ports import CaseDraft, Link, Observation, Pause, Restoration, Ruled, RulingDraft
from bot.storage import (
    asked_erasures,
    asking,
    communities,
    erasure,
    holds,
    intents,
    keepsakes,
    moves,
    observations,
    pauses,
    posted_heads,
    progress,
    recording,
    restorations,
    rulings,
    sanctions,
)
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

    async def forget(self, guild: int, user: int, at: datetime) -> tuple[int, ...]:
        """Erase what a person wrote and what was written about them, and all copies of it."""
        redacting = await self._thread.run(erasure.forget, guild, user, at)
        self.erased = erasure.Erased(copies_before=None, on_request=True)
        return redacting

    async def ask_erasure(self, guild: int, user: int, at: datetime) -> None:
        """Remember that a person wants their words on a guild erased; the last time counts."""
        await self._thread.run(asked_erasures.ask_erasure, guild, user, at)

    async def begin_move(self, draft: MoveDraft) -> tuple[Move, bool]:
        """Store a move, or find the one of the same post; return it, and whether it was there."""
        return await self._thread.run(moves.begin, draft)

    async def quoted(self, move: Move, quote: int) -> Move | None:
        """Remember that a move's quote stands, and return the move as it is then."""
        return await self._thread.run(moves.change, move.id, {"quote": quote})

    async def moved(self, move: Move) -> None:
        """Remember that nothing is left to be done about a move."""
        await self._thread.run(moves.change, move.id, {"done": True})

    async def drop_move(self, move: Move) -> None:
        """Forget a move, if it is still known."""
        await self._thread.run(moves.drop, move.id)

    async def expire(
        self, now: datetime, evidence_days: int, observation_days: int
    ) -> tuple[int, ...]:
        """Erase what has been kept long enough, and old copies."""
        redacting = await self._thread.run(erasure.expire, now, evidence_days, observation_days)
        self.erased = erasure.Erased(
            copies_before=now - timedelta(days=observation_days), on_request=False
        )
        return redacting

    async def rule(self, draft: RulingDraft) -> Ruled:
        """Store a ruling with its sanctions, and add it to the guild's chain of decisions."""
        ruled, dropped = await self._thread.run(rulings.rule, draft)
        if dropped:
            self.erased = erasure.Erased(copies_before=None, on_request=False)
        return ruled

    async def move_sanction(
        self, sanction: Sanction, state: SanctionState, until: datetime | None, at: datetime
    ) -> Sanction:
        """Store where a sanction stands and when it ends, and return it as it is then."""
        return await self._thread.run(sanctions.move, sanction, state, until, at)

    async def reschedule(self, intent: Intent, not_before: datetime) -> Intent:
        """Move the time of an intent that is not settled, and return it as it is then."""
        return await self._thread.run(intents.reschedule, intent, not_before)

    async def hold(self, hold: Hold) -> None:
        """Remember how something was before Concord changed it."""
        await self._thread.run(holds.put, hold)

    async def release(self, hold: Hold) -> None:
        """Forget a hold: it was given back."""
        await self._thread.run(holds.release, hold)

    async def keep(
        self, guild: int, user: int, purpose: str, text: str, at: datetime, until: datetime
    ) -> int:
        """Keep a draft or a view for whoever may press it, and return its id."""
        return await self._thread.run(keepsakes.keep, guild, user, purpose, text, at, until)

    async def discard(self, keepsake: int) -> None:
        """Drop a draft or a view, if it is still there."""
        await self._thread.run(keepsakes.discard, keepsake)

    async def ask_instead(self, case: int, messages: tuple[int, ...], because: str) -> None:
        """Have moderators asked about posts that were to be removed and still stand."""
        await self._thread.run(asking.ask_instead, case, messages, because)

    async def pause(self, pause: Pause) -> None:
        """Turn enforcement into review; again, it changes nothing."""
        await self._thread.run(pauses.pause, pause)

    async def resume(self, guild: int, rule: str | None) -> None:
        """End a pause."""
        await self._thread.run(pauses.resume, guild, rule)

    async def begin_restoration(
        self, guild: int, rule: str | None, since: datetime, by: int, at: datetime
    ) -> Restoration:
        """Remember that what was removed by itself is to be given back."""
        return await self._thread.run(restorations.begin, guild, rule, since, by, at)

    async def gave_back(self, restoration: Restoration, posts: int) -> None:
        """Count a case that a restoration has given back, with so many posts."""
        await self._thread.run(restorations.count, restoration.id, posts)

    async def end_restoration(self, restoration: Restoration) -> None:
        """Forget a restoration: it is done."""
        await self._thread.run(restorations.end, restoration.id)

    async def read_audit_log(self, guild: int, entry: int) -> None:
        """Remember that a guild's audit log has been read up to an entry; never goes back."""
        await self._thread.run(progress.advance_audit_log, guild, entry)

    async def head_posted(self, head: Link, at: datetime) -> None:
        """Remember that a link was posted as the head of its guild's chain."""
        await self._thread.run(posted_heads.mark_posted, head, at)
