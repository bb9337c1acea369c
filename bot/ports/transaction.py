"""One use case's writes, committed together or not at all."""

from datetime import datetime
from typing import Protocol

from bot.model.community import Community
from bot.model.intent import Intent, IntentDraft
from bot.model.move import Move, MoveDraft
from bot.model.sanction import Hold, Sanction, SanctionState
from bot.ports.drafts import CaseDraft, Link, Observation, Pause, Restoration, Ruled, RulingDraft


class Transaction(Protocol):
    """Writes that are committed together or not at all."""

    async def record(self, draft: CaseDraft) -> int:
        """Store a post's case and its intents, and return the case's id.

        The same version of the same message twice changes nothing. Intents are added as by
        :meth:`add_intent`.
        """
        ...

    async def observe(self, observation: Observation) -> None:
        """Store an observation, once per message, rule and span."""
        ...

    async def advance(self, guild: int, channel: int, message: int) -> None:
        """Remember that a channel has been judged up to a message; never goes back."""
        ...

    async def add_intent(self, case: int, draft: IntentDraft, at: datetime) -> None:
        """Store a further intent of a case, unless the case has one of its key.

        The one it has is pending again if it came to nothing and may safely be done after all: a
        notice that was dropped, a removal that was not done. Any other is left alone.
        """
        ...

    async def attempt(self, intent: Intent, at: datetime) -> Intent:
        """Mark an intent as about to be tried, and return it as it is then.

        Raises:
            StaleVersionError: if it has changed since it was read.
        """
        ...

    async def postpone(self, intent: Intent, until: datetime, outcome: str) -> Intent:
        """Keep an attempted or pending intent for a later attempt, and return it as it is then.

        Raises:
            StaleVersionError: if it has changed since it was read.
        """
        ...

    async def settle(self, intent: Intent, at: datetime) -> Intent:
        """Store the state, outcome and result that ``intent`` carries, and return it as it is then.

        Raises:
            StaleVersionError: if it has changed since it was read.
        """
        ...

    async def set_community(self, guild: int, community: Community, at: datetime) -> None:
        """Replace a guild's boards, groups, exceptions and modes in one step.

        A channel that is screened from now on counts as judged up to ``at``.
        """
        ...

    async def post_deleted(self, message: int, at: datetime) -> None:
        """Remember that a post of a case was deleted by somebody else."""
        ...

    async def forget(self, guild: int, user: int, at: datetime) -> tuple[int, ...]:
        """Erase what a person wrote on a guild and what was written about them there.

        Commitments and counts stay, and so does all that other guilds hold.

        A case that waits for a moderator keeps its words; :meth:`ask_erasure` has them erased once
        it is decided. Each message of ours that shows erased words gets its REDACT intent, which
        comes last: also one that is still to be sent.

        Returns:
            The cases whose intents are to be carried out now.
        """
        ...

    async def begin_move(self, draft: MoveDraft) -> tuple[Move, bool]:
        """Store a move, or find the one of the same post; return it, and whether it was there."""
        ...

    async def quoted(self, move: Move, quote: int) -> Move | None:
        """Remember that a move's quote stands, and return it as it is then; None if it is gone."""
        ...

    async def moved(self, move: Move) -> None:
        """Remember that nothing is left to be done about a move."""
        ...

    async def drop_move(self, move: Move) -> None:
        """Forget a move; one that is gone already changes nothing."""
        ...

    async def expire(
        self, now: datetime, evidence_days: int, observation_days: int
    ) -> tuple[int, ...]:
        """Erase evidence, observations and keepsakes whose time has run out.

        What somebody wanted erased, and that had to wait for its case, goes as well.

        Returns:
            The cases whose intents are to be carried out now: redactions of messages of ours.
        """
        ...

    async def rule(self, draft: RulingDraft) -> Ruled:
        """Store a ruling with its sanctions, and add it to the guild's chain of decisions.

        Posts it removes count as removed from then on; posts it voids count as permitted, and so do
        posts that a moderator was asked about where nothing follows. An EDITED one with a rule lets
        the sanctions of its endings, or all of the case where it has none, rest on that rule. What
        its sanctions and messages ask of Discord is added by the caller, as intents.

        Raises:
            StaleVersionError: if ``case_version`` is given and the case has changed since.
        """
        ...

    async def move_sanction(
        self, sanction: Sanction, state: SanctionState, until: datetime | None, at: datetime
    ) -> Sanction:
        """Store where a sanction stands and when it ends, and return it as it is then.

        Raises:
            StaleVersionError: if it has changed since it was read.
        """
        ...

    async def reschedule(self, intent: Intent, not_before: datetime) -> Intent:
        """Move the time of a pending intent, and return it as it is then.

        Raises:
            StaleVersionError: if it has changed since it was read, or is settled.
        """
        ...

    async def hold(self, hold: Hold) -> None:
        """Remember how something was before Concord changed it; replaces what is known of it."""
        ...

    async def release(self, hold: Hold) -> None:
        """Forget a hold: it was given back."""
        ...

    async def keep(
        self, guild: int, user: int, purpose: str, text: str, at: datetime, until: datetime
    ) -> int:
        """Keep a draft or a view for whoever may press it, and return its id.

        A text that holds words about a member names them by id: that is how it is found when they
        want their words erased.
        """
        ...

    async def discard(self, keepsake: int) -> None:
        """Drop a draft or a view; one that is gone already changes nothing."""
        ...

    async def ask_instead(self, case: int, messages: tuple[int, ...], because: str) -> None:
        """Have moderators asked about posts that were to be removed and still stand.

        Args:
            case: theirs; it is open from then on.
            messages: the posts.
            because: why, in words that stand with what was found.
        """
        ...

    async def pause(self, pause: Pause) -> None:
        """Turn enforcement into review; again, it changes nothing."""
        ...

    async def resume(self, guild: int, rule: str | None) -> None:
        """End a pause."""
        ...

    async def begin_restoration(
        self, guild: int, rule: str | None, since: datetime, by: int, at: datetime
    ) -> Restoration:
        """Remember that what was removed by itself is to be given back."""
        ...

    async def gave_back(self, restoration: Restoration, posts: int) -> None:
        """Count a case that a restoration has given back, with so many posts."""
        ...

    async def end_restoration(self, restoration: Restoration) -> None:
        """Forget a restoration: it is done."""
        ...

    async def read_audit_log(self, guild: int, entry: int) -> None:
        """Remember that a guild's audit log has been read up to an entry; never goes back."""
        ...

    async def ask_erasure(self, guild: int, user: int, at: datetime) -> None:
        """Remember that a member wants their words on a guild erased.

        Open cases follow once they close; cases opened later are not meant.
        """
        ...

    async def head_posted(self, head: Link, at: datetime) -> None:
        """Remember that a link was posted as the head of its guild's chain."""
        ...
