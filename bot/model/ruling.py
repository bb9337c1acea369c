"""A ruling: one decision about a case, by a moderator or by Concord itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.case import CasePost
from bot.model.sanction import Recount, SanctionDraft, SanctionState


class RulingKind(StrEnum):
    """What was decided."""

    REMOVED = "removed"
    """Concord removed a post by itself."""
    DECIDED = "decided"
    """A moderator removed posts, sanctioned, or both."""
    BY_HAND = "by-hand"
    """Somebody acted in Discord itself; learnt from the audit log."""
    LIFTED = "lifted"
    """Sanctions ended early."""
    VOIDED = "voided"
    """It was wrong; all of it counts for nothing and is undone."""
    EDITED = "edited"
    """Rule, end or words were changed; what was before stays readable."""
    NOTED = "noted"
    """A moderator added a note for moderators."""
    KEPT = "kept"
    """A moderator looked and nothing follows."""


RULE = "rule"
"""What a change of the rule is called; notices cite the guideline anew for it."""


POINTS = "points"
"""What it is called that a case counts for more or less, since it rests on another rule."""

CONFIRMED = "confirmed by"
"""What it is called that an admin confirmed what a moderator ordered: ``after`` is their id."""

ROLE_BACK = "role given back by hand"
"""What it is called that a moderator gave back a group's role: ``after`` is the role's id."""

ACCESS_BACK = "permissions given back by hand"
"""The same of what may be done on a board: ``before`` names it, ``after`` is the channel's id."""

BY_BOT = "done by another bot"
"""What it is called that a bot or an integration did it in Discord: ``after`` is its id."""

BY_AUTOMOD = "done by Discord's AutoMod"
BY_NOBODY_KNOWN = "done by somebody whom Discord does not name"

NO_MODERATOR = frozenset({BY_BOT, BY_AUTOMOD, BY_NOBODY_KNOWN})
"""Who else may have done something in Discord itself; without one of these a moderator did."""

POSTS_DELETED = "posts deleted by hand"
"""What it is called that somebody deleted a member's posts: ``after`` is the channel's id."""

KEPT_BACK = "message kept back by Discord's AutoMod"
"""The same of a message that never appeared: ``before`` names AutoMod's rule."""

DENIED = "permissions denied by hand"
"""The same of what a member may do no more there: ``before`` names it."""

KICKED = "kicked by hand"
"""The same of a member who was made to leave, and may come back."""

TRACES = frozenset({POSTS_DELETED, KEPT_BACK, DENIED, KICKED})
"""What was done by hand and left nothing that Concord upholds."""

GIVEN_BACK = frozenset({ROLE_BACK, ACCESS_BACK})

PROPOSED = "The ladder proposed: "
"""What stands in ``because`` before what the ladder proposed, where something else was decided."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of the history of a case, for moderators: what an edit changed, who confirmed it.

    What Concord itself says of people, roles and channels stands here by id, and not in a note:
    notes are escaped, for people write them.
    """

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A sanction that a ruling ends, or whose end it moves."""

    sanction: int
    state: SanctionState
    """LIFTED or VOIDED; ACTIVE where only its end is moved."""
    until: datetime | None = None
    """The new end where it is moved; None means without end."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A committed ruling. It never changes: an edit is a further ruling."""

    id: int
    case: int
    guild: int
    kind: RulingKind
    at: datetime
    by: int | None
    """The moderator; None for Concord itself. Members never see it."""
    rule: str | None
    """The rule it rests on."""
    words: str
    """A note to the member; empty if none, or erased."""
    internal: str
    """A note for moderators; empty if none, or erased."""
    because: str
    """Why the moderator decided so; where the ladder proposed something else, with what."""
    silent: bool
    """Whether the public log stays without a line of it."""
    tells: bool
    """Whether the member is told; False only for accounts banned as spam."""
    removes: tuple[int, ...]
    """Messages that it removes or, when voided, gives back."""
    sanctions: tuple[int, ...]
    """Sanctions it ordered."""
    endings: tuple[Ending, ...]
    changes: tuple[Change, ...]
    recounts: tuple[tuple[int, Recount], ...] = ()
    """Sanctions, by id, and what they count for from then on."""
    key: str = ""
    """What it was committed under; empty for what Concord did by itself."""

    @property
    def deviates(self) -> bool:
        """Whether it was not what the ladder proposed, where it proposed anything."""
        return PROPOSED in self.because

    @property
    def asks_to_lift(self) -> bool:
        """Whether it says that something was given back by hand, and asks what was meant."""
        return any(one.what in GIVEN_BACK for one in self.changes)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a notice about a ruling has to say: known before it is committed, for the preview."""

    kind: RulingKind
    at: datetime
    rule: str | None = None
    words: str = ""
    sanctions: tuple[SanctionDraft, ...] = ()
    """What begins."""
    ended: tuple[SanctionDraft, ...] = ()
    """What ends, or ends at another time."""
    removed: tuple[CasePost, ...] = ()
    """Posts that were removed, or are given back where it was voided."""
    ours: bool = True
    """Whether it is known that Concord removed them all; if not, nothing is said of who did."""
    reference: str | None = None
    """The case, as members and moderators call it; None before there is one."""
    changes: tuple[Change, ...] = ()
    about: tuple[CasePost, ...] = ()
    """Posts it is about that stay."""
    restored: bool = False
    """For a void: whether the removed posts are posted again."""
    again: int | None = None
    """How many of them are; None before it is known: then all of them are to be."""
    bare: int = 0
    """How many of those are posted without all of their files, since not all were kept."""
    still: tuple[SanctionDraft, ...] = ()
    """What other decisions hold of the member then, with the ends they have then: the later end of
    two that hold the same is what the member lives with."""
    back: frozenset[int] = frozenset()
    """Roles of groups among what ends that they have again. Empty while it is not known."""
    not_back: frozenset[int] = frozenset()
    """Those that they were not given: they had not had them, are away, or the role is deleted."""
    counts: tuple[SanctionDraft, ...] = ()
    """What an edit lets count for more or less, as it counts from then on."""
    unfinished: bool = False
    """Whether some of it does not go through yet: that is left out, and the member is told so."""
    finished: bool = False
    """Whether they were told before that some of it did not go through yet: nothing of it is open
    any more."""
    missed: bool = False
    """Whether something of that did not come about, as far as is known."""
