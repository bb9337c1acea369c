"""What is committed and read back, as values: drafts on the way in, pages on the way out."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import CasePost, CaseState
from bot.model.dossier import Dossier
from bot.model.evidence import Finding
from bot.model.intent import IntentDraft
from bot.model.post import AuthorKind
from bot.model.ruling import Change, Ending, RulingKind
from bot.model.sanction import Recount, SanctionDraft, SanctionKind
from bot.model.sealed import SealedPost


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


@dataclass(frozen=True, slots=True)
class RulingDraft:
    """A ruling to be committed, with the sanctions it orders and ends.

    Laws: the same ``key`` twice in a guild changes nothing; ``case`` names the case it is about,
    else the case of the first of its posts that has one, else a new case is opened.
    """

    guild: int
    key: str
    kind: RulingKind
    at: datetime
    by: int | None
    subject: int
    subject_kind: AuthorKind = AuthorKind.MEMBER
    case: int | None = None
    case_version: int | None = None
    """The version of the case that was seen when it was decided; None does not compare."""
    posts: tuple[CasePost, ...] = ()
    """Posts it is about, with texts; those that ``removes`` names are removed by it."""
    removes: tuple[int, ...] = ()
    """Messages it removes, or gives back where it voids."""
    rule: str | None = None
    words: str = ""
    internal: str = ""
    because: str = ""
    silent: bool = False
    tells: bool = True
    sanctions: tuple[SanctionDraft, ...] = ()
    endings: tuple[Ending, ...] = ()
    changes: tuple[Change, ...] = ()
    recounts: tuple[tuple[int, Recount], ...] = ()
    """Sanctions, by id, and what they count for from now on."""
    closes: bool = True
    """Whether the case is decided with it."""
    guidelines_version: str = ""
    screening_version: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What became of a ruling's draft."""

    case: int
    ruling: int
    sanctions: tuple[int, ...]
    repeated: bool
    """Whether the key was known: then nothing has changed, and these are the ids of then."""


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What a moderator looks for among a guild's cases; what is None or empty does not matter."""

    guild: int
    member: int | None = None
    moderator: int | None = None
    rule: str | None = None
    kind: SanctionKind | None = None
    state: CaseState | None = None
    in_force: bool = False
    """Only cases with a sanction in force that lasts: a warning is none of them."""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    """Occurs in the evidence, the notes or the reasons; case does not matter."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the cases found, newest first."""

    cases: tuple[Dossier, ...]
    first: int
    """How many found cases come before this page."""
    total: int


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Something a moderator or member has been shown and may yet press: a draft, or a paged view.

    Its text is JSON of the caller's own making; it outlives restarts and is erased after its time.
    """

    id: int
    guild: int
    user: int
    purpose: str
    text: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Enforcement turned into review, for one rule or for all."""

    guild: int
    rule: str | None
    """None pauses every rule."""
    by: int
    """The moderator, or :data:`BY_ITSELF`."""
    at: datetime


BY_ITSELF = 0
"""Who paused a rule that fell back to review because of what it did: no account has this id."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """What Concord removed by itself, being given back; it outlives restarts until it is done."""

    id: int
    guild: int
    rule: str | None
    """None for removals by any rule."""
    since: datetime
    """Removals decided from then on."""
    by: int
    """The moderator who ordered it."""
    at: datetime
    """When; what is removed later is not given back."""
    cases: int = 0
    """So many are given back by now."""
    posts: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a guild's chain of decisions.

    Law: ``hash`` follows from the others; ``content`` and ``salt`` are there or erased together.
    """

    guild: int
    number: int
    """From 1, without gaps."""
    at: datetime
    kind: RulingKind
    rule: str | None
    previous: str
    commitment: str
    salt: str | None
    content: str | None
    """The decision in canonical JSON, as it is held in the tables now; None once erased."""
    hash: str
    posts: tuple[SealedPost, ...] = ()
    """What it removed or gave back, as the tables hold it now."""


@dataclass(frozen=True, slots=True)
class PostedHead:
    """The head of a guild's chain that was posted last in the moderators' log."""

    guild: int
    number: int
    """Of its link: so many decisions there were."""
    at: datetime
    """When it was known to be posted."""
    hash: str
    """Of its link, in hexadecimal digits."""
