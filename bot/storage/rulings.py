"""Committing a ruling: its case, its posts, its sanctions, and its link in the chain.

One path from the draft to the rows, in the order the rows need each other; it is long because
each kind of row has its few lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.errors import StaleVersionError
from bot.model.action import Action
from bot.model.case import CaseOrigin, CasePost, CaseState
from bot.model.ruling import RulingKind
from bot.model.sealed import SealedPost
from bot.model.unechoed import UNECHOED_RULES
from bot.model.verdict import Verdict
from bot.ports import Ruled, RulingDraft
from bot.storage import ruling_reading, sanctions
from bot.storage.case_rows import NewCase, open_case
from bot.storage.chain_rows import add_link
from bot.storage.column_types import Moment
from bot.storage.keepsakes import discard_holding
from bot.storage.post_rows import EFFECTIVE, SHOWN_VERSION, Judged, add_post, add_version
from bot.storage.ruling_tables import (
    ruling_changes,
    ruling_endings,
    ruling_recounts,
    rulings,
)
from bot.storage.seals import drop_words_of, seal_shown
from bot.storage.tables import (
    case_posts,
    cases,
    findings,
    post_files,
    post_parts,
    post_versions,
)

_OF_SHOWN = and_(
    findings.c.message == case_posts.c.message, findings.c.serial == case_posts.c.shown
)


@dataclass(frozen=True, slots=True)
class _Post:
    """What is stored of a post that a ruling is about."""

    message: int
    case: int
    action: Action
    """What holds for it."""


def rule(connection: Connection, draft: RulingDraft) -> tuple[Ruled, bool]:
    """Store a ruling with all that it says, unless its key is known.

    Returns:
        What became of it, and whether words were dropped that it lets nobody keep.

    Raises:
        StaleVersionError: if the case has changed since it was seen; nothing is stored then.
    """
    known = ruling_reading.read_rulings(connection, ruling_reading.keyed(draft.guild, draft.key))
    if known:
        return Ruled(known[0].case, known[0].id, known[0].sanctions, repeated=True), False
    case = _case_for(connection, draft)
    _check_version(connection, case, draft)
    ruling: int = connection.execute(
        insert(rulings).returning(rulings.c.id),
        {
            "guild": draft.guild,
            "key": draft.key,
            "case_id": case,
            "kind": draft.kind,
            "ruled_at": draft.at,
            "moderator": draft.by,
            "rule": draft.rule,
            "words": draft.words,
            "internal": draft.internal,
            "because": draft.because,
            "silent": draft.silent,
            "tells": draft.tells,
        },
    ).scalar_one()
    _rule_on_posts(connection, draft, case, ruling)
    dropped = draft.rule in UNECHOED_RULES and _keep_nothing_of(connection, draft.guild, case)
    ordered = sanctions.order(connection, case, ruling, draft)
    for ending in draft.endings:
        sanctions.end(connection, draft.guild, ending, draft.at)
    if draft.kind is RulingKind.EDITED and draft.rule is not None:
        named = [ending.sanction for ending in draft.endings]
        sanctions.rest_on(connection, case, named, draft.rule)
    sealed = seal_shown(connection, ruling, draft.removes)
    _add_lists(connection, draft, ruling)
    _chain(connection, case, ruling, sealed)
    return Ruled(case, ruling, ordered, repeated=False), dropped


def _case_for(connection: Connection, draft: RulingDraft) -> int:
    """Return the case a ruling is about; a new one where there is none."""
    if draft.case is not None:
        return draft.case
    messages = [*(post.message for post in draft.posts), *draft.removes]
    known = {one.message: one.case for one in _read_posts(connection, messages)}
    for message in messages:
        if message in known:
            return known[message]
    by_hand = draft.kind is RulingKind.BY_HAND
    return open_case(
        connection,
        NewCase(
            guild=draft.guild,
            author=draft.subject,
            author_kind=draft.subject_kind,
            origin=CaseOrigin.BY_HAND if by_hand else CaseOrigin.MODERATOR,
            state=CaseState.OPEN,
            action=Action.ALLOW,
            opened_at=draft.at,
            newest_post_at=max((post.at for post in draft.posts), default=draft.at),
            guidelines_version=draft.guidelines_version,
            screening_version=draft.screening_version,
        ),
    ).id


def _check_version(connection: Connection, case: int, draft: RulingDraft) -> None:
    seen = connection.execute(
        select(cases.c.guild, cases.c.version).where(cases.c.id == case)
    ).one_or_none()
    assert seen is not None, f"BUG: there is no case {case} to rule on"
    assert seen.guild == draft.guild, f"BUG: case {case} is another server's"
    if draft.case_version is not None and seen.version != draft.case_version:
        raise StaleVersionError(
            f"Case {case} is no longer as it was read (version {draft.case_version}, now "
            f"{seen.version}); read it again."
        )


def _rule_on_posts(connection: Connection, draft: RulingDraft, case: int, ruling: int) -> None:
    """Store new posts and versions, and what holds for each post from now on."""
    judged = Judged(draft.at, draft.guidelines_version, draft.screening_version)
    messages = [*(post.message for post in draft.posts), *draft.removes]
    before = {one.message: one for one in _read_posts(connection, messages)}
    for post in draft.posts:
        if post.message not in before:
            add_post(connection, case, _undecided(post), judged)
        else:
            _add_version_seen(connection, post, judged)
    unknown = set(draft.removes) - set(before) - {post.message for post in draft.posts}
    assert not unknown, f"BUG: a ruling removes posts that nobody gave it: {unknown}"
    ruled = dict.fromkeys(draft.removes, _action_of(draft.kind))
    for post in draft.posts:
        if post.message in ruled:
            continue
        asked = before[post.message].action if post.message in before else Action.REVIEW
        if asked is Action.REVIEW and draft.closes:
            ruled[post.message] = Action.ALLOW
    if draft.kind is RulingKind.KEPT:
        ruled |= dict.fromkeys(_asked_about(connection, case), Action.ALLOW)
    _mark_posts(connection, ruled, ruling)
    if draft.by is not None:
        _give_verdicts(connection, draft, ruled)
    touched = {before[message].case for message in ruled if message in before} - {case}
    _update_case(connection, case, draft.at, closes=draft.closes)
    for other in sorted(touched):  # a post of another case was decided with this one's
        _update_case(connection, other, draft.at, closes=_is_decided(connection, other))


def _keep_nothing_of(connection: Connection, guild: int, case: int) -> bool:
    """Drop the words of a case's posts and what leads to their files; ids, sizes, digests stay.

    Returns:
        Whether there was anything to drop.
    """
    of_case = select(case_posts.c.message).where(case_posts.c.case_id == case)
    words = connection.execute(delete(post_parts).where(post_parts.c.message.in_(of_case)))
    files = connection.execute(
        update(post_files)
        .where(
            post_files.c.message.in_(of_case),
            or_(post_files.c.name != "", post_files.c.address != ""),
        )
        .values(name="", address="")
    )
    if not (words.rowcount or files.rowcount):
        return False
    versions = select(post_versions.c.message, post_versions.c.serial)
    drop_words_of(connection, versions.where(post_versions.c.message.in_(of_case)))
    discard_holding(connection, guild, (case,))
    return True


def _action_of(kind: RulingKind) -> Action:
    """Return what holds for posts that a ruling names; a voided one gives them back."""
    return Action.ALLOW if kind is RulingKind.VOIDED else Action.REMOVE


def _undecided(post: CasePost) -> CasePost:
    """Return a post that a moderator brought as nothing Concord has decided about."""
    return CasePost(
        message=post.message,
        channel=post.channel,
        at=post.at,
        action=Action.ALLOW,
        parts=post.parts,
        findings=post.findings,
        digest=post.digest,
        degraded=post.degraded,
        files=post.files,
    )


def _add_version_seen(connection: Connection, post: CasePost, judged: Judged) -> None:
    """Keep the version of a known post that a moderator decided on, if it is a new one."""
    rows = connection.execute(
        select(post_versions.c.serial, post_versions.c.digest).where(
            post_versions.c.message == post.message
        )
    ).all()
    if any(row.digest == post.digest for row in rows):
        return
    serial = max(row.serial for row in rows) + 1
    add_version(connection, _undecided(post), serial, judged)
    connection.execute(
        update(case_posts)
        .where(case_posts.c.message == post.message)
        .values(shown=serial, latest=serial)
    )


def _read_posts(connection: Connection, messages: Sequence[int]) -> list[_Post]:
    if not messages:
        return []
    rows = connection.execute(
        select(case_posts.c.message, case_posts.c.case_id, EFFECTIVE.label("effective"))
        .join(post_versions, SHOWN_VERSION)
        .where(case_posts.c.message.in_(messages))
    )
    return [_Post(row.message, row.case_id, row.effective) for row in rows]


def _asked_about(connection: Connection, case: int) -> Sequence[int]:
    """Return the posts of a case that a moderator is asked about."""
    return (
        connection.scalars(
            select(case_posts.c.message)
            .join(post_versions, SHOWN_VERSION)
            .where(case_posts.c.case_id == case, EFFECTIVE == Action.REVIEW)
        )
    ).all()


def _mark_posts(connection: Connection, ruled: dict[int, Action], ruling: int) -> None:
    for message, action in ruled.items():
        connection.execute(
            update(case_posts)
            .where(case_posts.c.message == message)
            .values(ruling=ruling, ruled_action=action)
        )


def _give_verdicts(connection: Connection, draft: RulingDraft, ruled: dict[int, Action]) -> None:
    """Say of what was found in posts that were decided about whether it was right.

    A removal confirms findings of its own rule, or all where it names none: a moderator who removed
    a post for something else has said nothing of the others.
    """
    verdicts = {
        RulingKind.DECIDED: Verdict.CONFIRMED,
        RulingKind.VOIDED: Verdict.WRONG,
        RulingKind.KEPT: Verdict.NOT_CONFIRMED,
    }
    verdict = verdicts.get(draft.kind)
    about = list(ruled) if draft.kind is RulingKind.KEPT else list(draft.removes)
    if verdict is None or not about:
        return
    shown = exists().where(_OF_SHOWN)
    query = update(findings).where(
        findings.c.message.in_(about), findings.c.action >= Action.REVIEW, shown
    )
    if verdict is Verdict.CONFIRMED and draft.rule is not None:
        query = query.where(findings.c.rule == draft.rule)
    connection.execute(query.values(verdict=verdict, verdict_by=draft.by, verdict_at=draft.at))


def _update_case(connection: Connection, case: int, at: datetime, *, closes: bool) -> None:
    """Bring a case up to what holds for its posts now, and close it if it is decided."""
    strongest = connection.scalar(
        select(func.max(EFFECTIVE))
        .select_from(case_posts)
        .join(post_versions, SHOWN_VERSION)
        .where(case_posts.c.case_id == case)
    )
    values: dict[str, object] = {
        "action": Action.ALLOW if strongest is None else Action(strongest),
        "version": cases.c.version + 1,
    }
    if closes:
        closed_at = func.coalesce(cases.c.closed_at, literal(at, Moment))
        values |= {"state": CaseState.CLOSED, "closed_at": closed_at}
    connection.execute(update(cases).where(cases.c.id == case).values(**values))


def _is_decided(connection: Connection, case: int) -> bool:
    """Whether moderators have ruled on every post of a case."""
    return not connection.scalar(
        select(func.count()).where(case_posts.c.case_id == case, case_posts.c.ruling.is_(None))
    )


def _add_lists(connection: Connection, draft: RulingDraft, ruling: int) -> None:
    rows: list[tuple[Table, list[dict[str, object]]]] = [
        (
            ruling_endings,
            [
                {"sanction": one.sanction, "state": one.state, "until_at": one.until}
                for one in draft.endings
            ],
        ),
        (
            ruling_changes,
            [{"what": one.what, "before": one.before, "after": one.after} for one in draft.changes],
        ),
    ]
    if draft.recounts:
        connection.execute(
            insert(ruling_recounts),
            [
                {
                    "ruling": ruling,
                    "sanction": sanction,
                    "points": one.points,
                    "until_at": one.until,
                }
                for sanction, one in draft.recounts
            ],
        )
    for table, values in rows:
        if values:
            connection.execute(
                insert(table),
                [
                    {"ruling": ruling, "position": position, **one}
                    for position, one in enumerate(values)
                ],
            )


def _chain(connection: Connection, case: int, ruling: int, sealed: Sequence[SealedPost]) -> None:
    """Add the ruling, as its rows hold it, to the chain."""
    (stored,) = ruling_reading.read_rulings(connection, [ruling])
    ordered = sanctions.read_sanctions(connection, sanctions.of_ruling(ruling))
    head = connection.execute(
        select(cases.c.number, cases.c.author).where(cases.c.id == case)
    ).one()
    add_link(connection, stored, head.number, head.author, ordered, sealed)
