"""Writing what was judged about a post: a case, a further version, or a further post of a burst."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.ruling import Ruling, RulingKind
from bot.ports import CaseDraft
from bot.storage.case_rows import NewCase, OpenedCase, open_case
from bot.storage.chain_rows import add_link
from bot.storage.intents import add_intents
from bot.storage.post_rows import Judged, add_post, add_version
from bot.storage.ruling_tables import rulings
from bot.storage.seals import add_sealed
from bot.storage.tables import case_posts, cases, post_versions


@dataclass(frozen=True, slots=True)
class _KnownPost:
    """What is stored of a post that has a case; versions count from 1 as they were judged."""

    case: OpenedCase
    shown: int
    latest: int
    actions: Mapping[int, Action]
    serials: Mapping[str, int]
    """By digest."""
    ruled: Action | None
    """What a moderator has ruled; None if nobody has."""

    @property
    def effective(self) -> Action:
        """What holds for it."""
        return self.actions[self.shown] if self.ruled is None else self.ruled

    @property
    def next_serial(self) -> int:
        """The serial of a further version."""
        return max(self.actions) + 1


_VERSIONS = (
    select(
        case_posts.c.case_id,
        cases.c.number,
        case_posts.c.shown,
        case_posts.c.latest,
        case_posts.c.ruled_action,
        post_versions.c.serial,
        post_versions.c.digest,
        post_versions.c.action,
    )
    .join(cases, cases.c.id == case_posts.c.case_id)
    .join(post_versions, post_versions.c.message == case_posts.c.message)
    .where(case_posts.c.message == bindparam("post_message"))
)

_ADD_RULING = insert(rulings).returning(rulings.c.id)


def record(connection: Connection, draft: CaseDraft) -> int:
    """Store a post's case and its intents, and return the case's id.

    Every version of a post is kept; the one a case shows is the version with the strongest
    action, the latest judged among equals. What a moderator has ruled on a post holds until a
    version comes that asks for more: then that one is shown, and the case is open again. A post
    that is removed from then on is a ruling of Concord's own, and a link in the chain.
    """
    assert draft.post.action >= Action.REVIEW, "BUG: only what acts or asks becomes a case"
    known = _known(connection, draft.post.message)
    if known is None:
        case = _case_for(connection, draft)
        add_post(connection, case.id, draft.post, _judged(draft))
        before, serial = Action.ALLOW, 1
    elif _add_to_known(connection, draft, known):
        case, before, serial = known.case, known.effective, known.next_serial
    else:
        return known.case.id
    if draft.post.action is Action.REMOVE and before is not Action.REMOVE:
        _rule_by_itself(connection, draft, case, serial)
    add_intents(connection, case.id, draft.intents, draft.opened_at)
    return case.id


def mark_deleted(connection: Connection, message: int, at: datetime) -> None:
    """Remember that a post of a case was deleted by somebody else; the first time counts."""
    connection.execute(
        update(case_posts)
        .where(case_posts.c.message == message, case_posts.c.deleted_at.is_(None))
        .values(deleted_at=at)
    )


def _known(connection: Connection, message: int) -> _KnownPost | None:
    rows = connection.execute(_VERSIONS, {"post_message": message}).all()
    if not rows:
        return None
    return _KnownPost(
        case=OpenedCase(rows[0].case_id, rows[0].number),
        shown=rows[0].shown,
        latest=rows[0].latest,
        actions={row.serial: row.action for row in rows},
        serials={row.digest: row.serial for row in rows},
        ruled=rows[0].ruled_action,
    )


def _case_for(connection: Connection, draft: CaseDraft) -> OpenedCase:
    if draft.joins is not None:
        return _strengthen(connection, draft.joins, draft, reopens=True)
    return open_case(
        connection,
        NewCase(
            guild=draft.guild,
            author=draft.author,
            author_kind=draft.author_kind,
            origin=CaseOrigin.SCREENING,
            state=_state_by(draft.post.action),
            action=draft.post.action,
            opened_at=draft.opened_at,
            newest_post_at=draft.post.at,
            guidelines_version=draft.guidelines_version,
            screening_version=draft.screening_version,
        ),
    )


def _add_to_known(connection: Connection, draft: CaseDraft, known: _KnownPost) -> bool:
    """Add a version to a post that has a case, and return whether it is a new one."""
    serial = known.serials.get(draft.post.digest)
    if serial is not None and serial == known.latest:
        return False
    is_new = serial is None
    if serial is None:
        serial = known.next_serial
        add_version(connection, draft.post, serial, _judged(draft))
    action = draft.post.action if is_new else known.actions[serial]
    overruled = is_new and known.ruled is not None and action > known.ruled
    shown = serial if overruled or action >= known.actions[known.shown] else known.shown
    values: dict[str, object] = {"latest": serial, "shown": shown}
    if overruled:
        values |= {"ruling": None, "ruled_action": None}
    connection.execute(
        update(case_posts).where(case_posts.c.message == draft.post.message).values(**values)
    )
    if is_new:
        _strengthen(connection, known.case.id, draft, reopens=overruled)
    elif shown != known.shown:
        connection.execute(
            update(cases).where(cases.c.id == known.case.id).values(version=cases.c.version + 1)
        )
    return is_new


def _strengthen(
    connection: Connection, case: int, draft: CaseDraft, *, reopens: bool
) -> OpenedCase:
    """Bring a case up to a further post or version."""
    present = connection.execute(
        select(
            cases.c.guild,
            cases.c.number,
            cases.c.author,
            cases.c.state,
            cases.c.action,
            cases.c.newest_post_at,
        ).where(cases.c.id == case)
    ).one_or_none()
    assert present is not None, f"BUG: there is no case {case} to join"
    assert (present.guild, present.author) == (draft.guild, draft.author), (
        f"BUG: case {case} is about somebody else"
    )
    was_closed = present.state is CaseState.CLOSED
    action = max(present.action, draft.post.action)
    values: dict[str, object] = {
        "action": action,
        "newest_post_at": max(present.newest_post_at, draft.post.at),
        "version": cases.c.version + 1,
    }
    if reopens and was_closed:  # what is asked now is about the new post alone
        values |= {"state": _state_by(draft.post.action), "closed_at": None}
    elif not was_closed:
        values["state"] = _state_by(action)
    connection.execute(update(cases).where(cases.c.id == case).values(**values))
    return OpenedCase(case, present.number)


def _rule_by_itself(
    connection: Connection, draft: CaseDraft, case: OpenedCase, serial: int
) -> None:
    """Store that Concord removed a post, and add it to the chain of decisions."""
    message = draft.post.message
    rule = _decisive_rule(draft)
    ruling: int = connection.execute(
        _ADD_RULING,
        {
            "guild": draft.guild,
            "key": f"removed:{message}:{draft.post.digest}",
            "case_id": case.id,
            "kind": RulingKind.REMOVED,
            "ruled_at": draft.opened_at,
            "moderator": None,
            "rule": rule,
            "words": "",
            "internal": "",
            "because": "",
            "silent": True,
            "tells": True,
        },
    ).scalar_one()
    sealed = add_sealed(connection, ruling, [(draft.post, serial, case.number)])
    stored = Ruling(
        id=ruling,
        case=case.id,
        guild=draft.guild,
        kind=RulingKind.REMOVED,
        at=draft.opened_at,
        by=None,
        rule=rule,
        words="",
        internal="",
        because="",
        silent=True,
        tells=True,
        removes=(message,),
        sanctions=(),
        endings=(),
        changes=(),
    )
    add_link(connection, stored, case.number, draft.author, posts=sealed)


def _decisive_rule(draft: CaseDraft) -> str | None:
    """Return the rule a removal rests on most: the surest of its findings, then by name."""
    asked = [one.evidence for one in draft.post.findings if one.action is Action.REMOVE]
    best = min(asked, key=lambda one: (-one.confidence, one.rule), default=None)
    return None if best is None else best.rule


def _judged(draft: CaseDraft) -> Judged:
    return Judged(draft.opened_at, draft.guidelines_version, draft.screening_version)


def _state_by(action: Action) -> CaseState:
    return CaseState.ACTED if action is Action.REMOVE else CaseState.OPEN
