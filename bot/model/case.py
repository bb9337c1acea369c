"""A case: one matter, from what was seen to what was done about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.action import Action
from bot.model.evidence import Finding
from bot.model.post import AuthorKind, Part, PostFile


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    """A moderator is asked."""
    ACTED = "acted"
    """Concord removed the post by itself; no moderator has confirmed it yet."""
    CLOSED = "closed"
    """A moderator has decided, or nothing is left to decide."""


class CaseOrigin(StrEnum):
    """Who began a case."""

    SCREENING = "screening"
    MODERATOR = "moderator"
    BY_HAND = "by-hand"
    """Somebody acted in Discord itself; learnt from the audit log."""


@dataclass(frozen=True, slots=True)
class CasePost:
    """A post that belongs to a case, with what was found in that version of it."""

    message: int
    channel: int
    at: datetime
    action: Action
    """What was decided for this post."""
    parts: tuple[Part, ...]
    """The text as evidence; empty once it has been erased."""
    findings: tuple[Finding, ...]
    digest: str
    """Of the screened parts, so that the same version is never judged twice."""
    degraded: bool = False
    ruling: int | None = None
    """The moderator's ruling that ``action`` comes from; None where Concord decided it."""
    files: tuple[PostFile, ...] = ()
    erased: bool = False
    """Whether words were kept of it and have been erased, on request or in time."""


@dataclass(frozen=True, slots=True)
class Case:
    """One matter about one author's post, or about a burst of them.

    Invariants: ``number`` counts from 1 in each guild; a message belongs to one case at most.
    """

    id: int
    number: int
    guild: int
    author: int
    author_kind: AuthorKind
    state: CaseState
    action: Action
    """The strongest decision over its posts."""
    opened_at: datetime
    guidelines_version: str
    screening_version: str
    posts: tuple[CasePost, ...]
    """In the order of their message ids; empty only where a moderator acted without a post."""
    version: int
    """Grows with every change; a change names the version it saw."""
    origin: CaseOrigin = CaseOrigin.SCREENING
    closed_at: datetime | None = None

    @property
    def reference(self) -> str:
        """What members and moderators call the case."""
        return f"C-{self.number}"

    def findings(self) -> tuple[Finding, ...]:
        """All findings over its posts, in order."""
        return tuple(finding for post in self.posts for finding in post.findings)
