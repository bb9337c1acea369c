"""What the core needs of the world outside, as protocols; adapters implement them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.model.action import Action
from bot.model.case import Case, CasePost
from bot.model.community import Community
from bot.model.evidence import Finding
from bot.model.intent import Intent, IntentDraft
from bot.model.post import AuthorKind

Result = TypeVar("Result")


class Clock(Protocol):
    """The time, and every wait of ours."""

    def now(self) -> datetime:
        """Return the present, aware UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return once the clock has reached a moment; at once if it has."""
        ...


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What is to be committed about one version of one post, at least REVIEW.

    Laws: a message that has a case already adds this version to that case; else, with ``joins``
    given, the post joins that case; else a new case is opened.
    """

    guild: int
    author: int
    author_kind: AuthorKind
    post: CasePost
    opened_at: datetime
    guidelines_version: str
    screening_version: str
    joins: int | None
    """Id of the case of the burst it belongs to."""
    intents: tuple[IntentDraft, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """A finding that stays without consequence; listed for moderators on request."""

    guild: int
    message: int
    channel: int
    author: int
    at: datetime
    finding: Finding


@dataclass(frozen=True, slots=True)
class RemovedPost:
    """A post that Concord removed, as memory is rebuilt from it after a restart."""

    author: int
    author_kind: AuthorKind
    post: CasePost


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
        notice that was dropped, a removal that did not work. Any other is left alone.
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

    async def forget(self, user: int) -> None:
        """Erase what a person wrote, in every table; commitments and counts stay."""
        ...

    async def expire(self, now: datetime, evidence_days: int, observation_days: int) -> None:
        """Erase evidence and observations whose time has run out."""
        ...


class Store(Protocol):
    """The one home of everything that outlives the process."""

    async def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run one use case's writes and return once they are committed.

        Waiting calls may share one commit; one that raises undoes its own writes only and raises
        to its own caller.
        """
        ...

    async def case(self, case: int) -> Case | None:
        """Return a case by id."""
        ...

    async def case_of(self, message: int) -> Case | None:
        """Return the case a message belongs to."""
        ...

    async def cases(self, guild: int, limit: int) -> tuple[Case, ...]:
        """Return a guild's cases, newest first."""
        ...

    async def digest_of(self, message: int) -> str | None:
        """Return the digest of the latest judged version of a message that has a case."""
        ...

    async def latest_case(self, guild: int, author: int, rule: str, least: Action) -> Case | None:
        """Return an author's newest case with a finding of that rule asking for ``least`` or more.

        The newest is the one with the newest post.
        """
        ...

    async def unsettled(self) -> tuple[Intent, ...]:
        """Return all intents still to be carried out, in the order they were decided."""
        ...

    async def intents(self, case: int) -> tuple[Intent, ...]:
        """Return a case's intents in the order they were decided."""
        ...

    async def judged_until(self, guild: int) -> Mapping[int, int]:
        """Return, per channel, the highest message id up to which everything has been judged."""
        ...

    async def removed_since(self, guild: int, since: datetime) -> tuple[RemovedPost, ...]:
        """Return posts that Concord removed and whose evidence is still held, oldest first."""
        ...

    async def community(self, guild: int) -> Community | None:
        """Return a guild's community, or None if no admin has set one."""
        ...

    async def community_since(self, guild: int) -> datetime | None:
        """Return since when what is screened now is screened: earlier posts are nobody's business.

        The moment the community was first set, or last changed so that more is screened: a board
        more, an exclusion less, unmapped channels too. What was screened before and has been judged
        up to some message goes on from there.
        """
        ...

    async def guilds(self) -> Iterable[int]:
        """Return the guilds that have a community."""
        ...

    async def observations(
        self, guild: int, since: datetime, limit: int
    ) -> tuple[Observation, ...]:
        """Return a guild's observations, newest first."""
        ...


class Delivery(StrEnum):
    """What became of one request to Discord."""

    DONE = "done"
    """It is as it was meant to be, whether this request did it or an earlier one."""
    REFUSED = "refused"
    """Discord said no, and asking again would not change that."""
    UNCERTAIN = "uncertain"
    """No answer came back: it may have happened."""
    LATER = "later"
    """It did not happen, and may be tried again later."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request, in words fit for a moderator."""

    delivery: Delivery
    words: str
    result: int | None = None
    """The id of the message it made, if it made one."""


GONE_ALREADY = "it was gone already"
"""The words of a removal that found no post: somebody else removed it, or an earlier attempt of
ours that got no answer. Nobody can tell which, so nothing may be said that needs either."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text to be sent, before Discord's own forms."""

    title: str
    paragraphs: tuple[str, ...]
    """Markdown that is safe to send: what members wrote is already escaped."""
    reference: str
    """Visible under the text; names the case and holds the token it can be found again by."""
    alert: bool = False
    """Whether it asks a moderator for something, or says that something failed."""


class Enforcer(Protocol):
    """What Concord does on Discord. Every method may be called again for the same intent."""

    async def delete(self, intent: Intent) -> Outcome:
        """Remove a post; one that is gone already counts as done, with GONE_ALREADY as words."""
        ...

    async def tell(self, intent: Intent, case: Case, words: Words) -> Outcome:
        """Send a notice to a member: by direct message, else in a private thread of the board."""
        ...

    async def find_notice(self, intent: Intent, case: Case) -> Outcome:
        """Look whether a notice has arrived: DONE, LATER (it has not), REFUSED (cannot be read)."""
        ...

    async def log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line in the moderators' log."""
        ...

    async def find_log(self, intent: Intent) -> Outcome:
        """Look whether a line of the log has arrived; answers as :meth:`find_notice`."""
        ...

    async def edit_log(self, intent: Intent, message: int, words: Words) -> Outcome:
        """Replace a line of the log; done again, it changes nothing."""
        ...

    async def announce(self, guild: int, words: Words, key: str) -> Outcome:
        """Write a line in the moderators' log that belongs to no case, unless it is there already.

        Args:
            guild: whose log.
            words: the line.
            key: at most 25 characters; the same for every attempt at the same line.
        """
        ...
