"""Posts that were removed: by Concord itself, or by moderators."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, exists, literal_column, select

from bot.model.action import Action
from bot.model.intent import IntentKind, IntentState
from bot.ports import RemovedPost
from bot.storage.case_reading import whole_posts
from bot.storage.post_rows import EFFECTIVE, SHOWN_VERSION
from bot.storage.tables import case_posts, cases, findings, intents, post_versions

_HELD = post_versions.c.held == literal_column("1")

_GIVEN_UP = exists().where(
    intents.c.case_id == case_posts.c.case_id,
    intents.c.message == case_posts.c.message,
    intents.c.kind == IntentKind.DELETE,
    intents.c.state.in_((IntentState.FAILED, IntentState.DROPPED)),
)


def read_removed(connection: Connection, guild: int, since: datetime) -> tuple[RemovedPost, ...]:
    """Return the posts that were removed and whose evidence is held, oldest first.

    A post counts unless somebody else deleted it, or Concord gave up on removing it.
    """
    return _read(
        connection,
        cases.c.guild == guild,
        EFFECTIVE == Action.REMOVE,
        post_versions.c.posted_at >= since,
        case_posts.c.deleted_at.is_(None),
        _HELD,
        ~_GIVEN_UP,
    )


def read_ruled_on(connection: Connection, guild: int, user: int) -> tuple[RemovedPost, ...]:
    """Return the posts of a member that moderators removed, or whose removal they confirmed."""
    return _read(
        connection,
        cases.c.author == user,
        cases.c.guild == guild,
        case_posts.c.ruled_action == Action.REMOVE,
    )


def automatic(
    guild: int, rule: str | None, since: datetime, limit: int, until: datetime | None = None
) -> Select[tuple[int]]:
    """Select the newest cases with a removal that stands and that no moderator has ruled on.

    Args:
        guild: whose cases.
        rule: only removals for which this rule asked; None for any.
        since: when they were decided, at the earliest.
        limit: how many at most.
        until: when they were decided, at the latest; None for now.
    """
    stands: list[ColumnElement[bool]] = [
        case_posts.c.case_id == cases.c.id,
        SHOWN_VERSION,
        post_versions.c.action == Action.REMOVE,
        post_versions.c.judged_at >= since,
        case_posts.c.ruling.is_(None),
        ~_GIVEN_UP,
    ]
    if until is not None:
        stands.append(post_versions.c.judged_at <= until)
    if rule is not None:
        stands += [
            findings.c.message == post_versions.c.message,
            findings.c.serial == post_versions.c.serial,
            findings.c.rule == rule,
            findings.c.action == Action.REMOVE,
        ]
    return (
        select(cases.c.id)
        .where(cases.c.guild == guild, exists().where(*stands))
        .order_by(cases.c.number.desc())
        .limit(limit)
    )


def _read(connection: Connection, *which: ColumnElement[bool]) -> tuple[RemovedPost, ...]:
    found = connection.execute(
        select(case_posts, post_versions, cases.c.author.label("author"), cases.c.author_kind)
        .join(post_versions, SHOWN_VERSION)
        .join(cases, cases.c.id == case_posts.c.case_id)
        .where(*which)
        .order_by(post_versions.c.posted_at, post_versions.c.message)
    )
    rows = found.all()
    return tuple(
        RemovedPost(author=row.author, author_kind=row.author_kind, post=post)
        for row, post in zip(rows, whole_posts(connection, rows), strict=True)
    )
