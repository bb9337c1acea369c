"""Writing what was judged about a post: a case, a further version, or a further post of a burst."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.model.action import Action
from bot.model.case import CaseState
from bot.ports import CaseDraft
from bot.storage.finding_rows import values_of
from bot.storage.intents import add_intents
from bot.storage.tables import (
    case_numbers,
    case_posts,
    cases,
    findings,
    post_parts,
    post_versions,
)


@dataclass(frozen=True, slots=True)
class _KnownPost:
    """What is stored of a post that has a case; versions count from 1 as they were judged."""

    case: int
    shown: int
    latest: int
    actions: Mapping[int, Action]
    serials: Mapping[str, int]
    """By digest."""


_VERSIONS = (
    select(
        case_posts.c.case_id,
        case_posts.c.shown,
        case_posts.c.latest,
        post_versions.c.serial,
        post_versions.c.digest,
        post_versions.c.action,
    )
    .join(post_versions, post_versions.c.message == case_posts.c.message)
    .where(case_posts.c.message == bindparam("post_message"))
)

_NEXT_NUMBER = (
    upsert(case_numbers)
    .values(guild=bindparam("guild"), last=1)
    .on_conflict_do_update(index_elements=["guild"], set_={"last": case_numbers.c.last + 1})
    .returning(case_numbers.c.last)
)


def record(connection: Connection, draft: CaseDraft) -> int:
    """Store a post's case and its intents, and return the case's id.

    Every version of a post is kept; the one a case shows is the version with the strongest
    action, the latest judged among equals.
    """
    assert draft.post.action >= Action.REVIEW, "BUG: only what acts or asks becomes a case"
    known = _known(connection, draft.post.message)
    if known is None:
        case = _case_for(connection, draft)
        connection.execute(
            insert(case_posts),
            {
                "message": draft.post.message,
                "case_id": case,
                "channel": draft.post.channel,
                "shown": 1,
                "latest": 1,
            },
        )
        _add_version(connection, draft, serial=1)
    elif _add_to_known(connection, draft, known):
        case = known.case
    else:
        return known.case
    add_intents(connection, case, draft.intents, draft.opened_at)
    return case


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
        case=rows[0].case_id,
        shown=rows[0].shown,
        latest=rows[0].latest,
        actions={row.serial: row.action for row in rows},
        serials={row.digest: row.serial for row in rows},
    )


def _case_for(connection: Connection, draft: CaseDraft) -> int:
    if draft.joins is not None:
        _strengthen(connection, draft.joins, draft)
        return draft.joins
    number = connection.execute(_NEXT_NUMBER, {"guild": draft.guild}).scalar_one()
    opened = connection.execute(
        insert(cases).returning(cases.c.id),
        {
            "guild": draft.guild,
            "number": number,
            "author": draft.author,
            "author_kind": draft.author_kind,
            "state": _state_by(draft.post.action),
            "action": draft.post.action,
            "opened_at": draft.opened_at,
            "newest_post_at": draft.post.at,
            "guidelines_version": draft.guidelines_version,
            "screening_version": draft.screening_version,
            "version": 1,
        },
    )
    case: int = opened.scalar_one()
    return case


def _add_to_known(connection: Connection, draft: CaseDraft, known: _KnownPost) -> bool:
    """Add a version to a post that has a case, and return whether it is a new one."""
    serial = known.serials.get(draft.post.digest)
    if serial is not None and serial == known.latest:
        return False
    is_new = serial is None
    if serial is None:
        serial = max(known.actions) + 1
        _add_version(connection, draft, serial)
    action = draft.post.action if is_new else known.actions[serial]
    shown = serial if action >= known.actions[known.shown] else known.shown
    connection.execute(
        update(case_posts)
        .where(case_posts.c.message == draft.post.message)
        .values(latest=serial, shown=shown)
    )
    if is_new:
        _strengthen(connection, known.case, draft)
    elif shown != known.shown:
        connection.execute(
            update(cases).where(cases.c.id == known.case).values(version=cases.c.version + 1)
        )
    return is_new


def _strengthen(connection: Connection, case: int, draft: CaseDraft) -> None:
    """Bring a case up to a further post or version."""
    present = connection.execute(
        select(
            cases.c.guild,
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
    action = max(present.action, draft.post.action)
    connection.execute(
        update(cases)
        .where(cases.c.id == case)
        .values(
            action=action,
            state=present.state if present.state is CaseState.CLOSED else _state_by(action),
            newest_post_at=max(present.newest_post_at, draft.post.at),
            version=cases.c.version + 1,
        )
    )


def _add_version(connection: Connection, draft: CaseDraft, serial: int) -> None:
    post = draft.post
    key = {"message": post.message, "serial": serial}
    connection.execute(
        insert(post_versions),
        {
            **key,
            "digest": post.digest,
            "posted_at": post.at,
            "judged_at": draft.opened_at,
            "action": post.action,
            "degraded": post.degraded,
            "guidelines_version": draft.guidelines_version,
            "screening_version": draft.screening_version,
            "held": True,
        },
    )
    if post.parts:
        connection.execute(
            insert(post_parts),
            [
                {**key, "position": position, "surface": part.surface, "text": part.text}
                for position, part in enumerate(post.parts)
            ],
        )
    if post.findings:
        connection.execute(
            insert(findings),
            [
                {**key, "position": position, **values_of(finding)}
                for position, finding in enumerate(post.findings)
            ],
        )


def _state_by(action: Action) -> CaseState:
    return CaseState.ACTED if action is Action.REMOVE else CaseState.OPEN
