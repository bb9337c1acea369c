"""Reading cases and their posts back as values."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, and_, exists, select

from bot.model.action import Action
from bot.model.case import Case, CasePost
from bot.model.evidence import Finding
from bot.model.post import Part, PostFile
from bot.storage.finding_rows import finding_of
from bot.storage.post_rows import SHOWN_VERSION
from bot.storage.tables import (
    case_posts,
    cases,
    findings,
    post_files,
    post_parts,
    post_versions,
)

_MESSAGES_AT_ONCE = 500
"""Well below the 32,766 values SQLite takes in one statement (sqlite.org/limits.html)."""


def one(case: int) -> Select[tuple[int]]:
    """Select a case by id."""
    return select(cases.c.id).where(cases.c.id == case)


def holding(message: int) -> Select[tuple[int]]:
    """Select the case a message belongs to."""
    return select(case_posts.c.case_id).where(case_posts.c.message == message)


def newest(guild: int, limit: int) -> Select[tuple[int]]:
    """Select a guild's newest cases."""
    return (
        select(cases.c.id)
        .where(cases.c.guild == guild)
        .order_by(cases.c.number.desc())
        .limit(limit)
    )


def newest_about(guild: int, author: int, rule: str, least: Action) -> Select[tuple[int]]:
    """Select an author's case with the newest post, among those where a rule led to so much."""
    found = exists().where(
        case_posts.c.case_id == cases.c.id,
        findings.c.message == case_posts.c.message,
        findings.c.serial == case_posts.c.shown,
        findings.c.rule == rule,
        findings.c.action >= least,
    )
    return (
        select(cases.c.id)
        .where(cases.c.author == author, cases.c.guild == guild, found)
        .order_by(cases.c.newest_post_at.desc(), cases.c.id.desc())
        .limit(1)
    )


def numbered(guild: int, number: int) -> Select[tuple[int]]:
    """Select the case of a number on a guild."""
    return select(cases.c.id).where(cases.c.guild == guild, cases.c.number == number)


def read_cases(
    connection: Connection, chosen: Select[tuple[int]] | Sequence[int]
) -> tuple[Case, ...]:
    """Return the cases a query chooses, newest first."""
    heads = connection.execute(
        select(cases).where(cases.c.id.in_(chosen)).order_by(cases.c.number.desc())
    )
    posts = connection.execute(
        select(case_posts, post_versions)
        .join(post_versions, SHOWN_VERSION)
        .where(case_posts.c.case_id.in_(chosen))
        .order_by(case_posts.c.message)
    )
    by_case: defaultdict[int, list[CasePost]] = defaultdict(list)
    rows = posts.all()
    posts_of_cases = whole_posts(connection, rows)
    for row, post in zip(rows, posts_of_cases, strict=True):
        by_case[row.case_id].append(post)
    return tuple(
        Case(
            id=head.id,
            number=head.number,
            guild=head.guild,
            author=head.author,
            author_kind=head.author_kind,
            state=head.state,
            action=head.action,
            opened_at=head.opened_at,
            guidelines_version=head.guidelines_version,
            screening_version=head.screening_version,
            posts=tuple(by_case[head.id]),
            version=head.version,
            origin=head.origin,
            closed_at=head.closed_at,
        )
        for head in heads
    )


def read_digest(connection: Connection, message: int) -> str | None:
    """Return the digest of the latest judged version of a message."""
    digest: str | None = connection.scalar(
        select(post_versions.c.digest)
        .join(
            case_posts,
            and_(
                case_posts.c.message == post_versions.c.message,
                case_posts.c.latest == post_versions.c.serial,
            ),
        )
        .where(post_versions.c.message == message)
    )
    return digest


def whole_posts(
    connection: Connection, versions: Sequence[Row[tuple[object, ...]]]
) -> tuple[CasePost, ...]:
    """Return the posts of these versions, in their order, with texts, files and findings.

    Args:
        connection: in one state of the database.
        versions: rows of a post joined to the version that its case shows.
    """
    parts: defaultdict[tuple[int, int], list[Part]] = defaultdict(list)
    files: defaultdict[tuple[int, int], list[PostFile]] = defaultdict(list)
    found: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
    messages = [row.message for row in versions]
    for start in range(0, len(messages), _MESSAGES_AT_ONCE):
        some = messages[start : start + _MESSAGES_AT_ONCE]
        for row in connection.execute(
            select(post_parts)
            .where(post_parts.c.message.in_(some))
            .order_by(post_parts.c.message, post_parts.c.serial, post_parts.c.position)
        ):
            parts[row.message, row.serial].append(Part(row.surface, row.text))
        for row in connection.execute(
            select(post_files)
            .where(post_files.c.message.in_(some))
            .order_by(post_files.c.message, post_files.c.serial, post_files.c.position)
        ):
            files[row.message, row.serial].append(
                PostFile(row.file, row.name, row.address, row.size, row.kind)
            )
        for row in connection.execute(
            select(findings)
            .where(findings.c.message.in_(some))
            .order_by(findings.c.message, findings.c.serial, findings.c.position)
        ):
            found[row.message, row.serial].append(finding_of(row))
    return tuple(
        CasePost(
            message=row.message,
            channel=row.channel,
            at=row.posted_at,
            action=row.action if row.ruled_action is None else row.ruled_action,
            parts=tuple(parts[row.message, row.serial]),
            findings=tuple(found[row.message, row.serial]),
            digest=row.digest,
            degraded=row.degraded,
            ruling=row.ruling,
            files=tuple(files[row.message, row.serial]),
            erased=not row.held,
        )
        for row in versions
    )
