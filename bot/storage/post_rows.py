"""A version of a post as rows: its texts, its files and its findings."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert

from bot.model.case import CasePost
from bot.storage.finding_rows import values_of
from bot.storage.tables import case_posts, findings, post_files, post_parts, post_versions

SHOWN_VERSION = and_(
    post_versions.c.message == case_posts.c.message,
    post_versions.c.serial == case_posts.c.shown,
)
"""Joins a post to the version that its case shows."""

EFFECTIVE = func.coalesce(case_posts.c.ruled_action, post_versions.c.action)
"""What holds for a post: what a moderator has ruled, else what Concord decided."""

# Made once: SQLAlchemy takes longer to make a statement than SQLite to run it.
_ADD_POST = insert(case_posts)
_ADD_VERSION = insert(post_versions)
_ADD_PARTS = insert(post_parts)
_ADD_FILES = insert(post_files)
_ADD_FINDINGS = insert(findings)


@dataclass(frozen=True, slots=True)
class Judged:
    """When and by what a version was judged."""

    at: datetime
    guidelines_version: str
    screening_version: str


def add_post(connection: Connection, case_id: int, post: CasePost, judged: Judged) -> None:
    """Store a post that no case has, with its first version."""
    connection.execute(
        _ADD_POST,
        {
            "message": post.message,
            "case_id": case_id,
            "channel": post.channel,
            "shown": 1,
            "latest": 1,
        },
    )
    add_version(connection, post, 1, judged)


def add_version(connection: Connection, post: CasePost, serial: int, judged: Judged) -> None:
    """Store a further version of a post."""
    key = {"message": post.message, "serial": serial}
    connection.execute(
        _ADD_VERSION,
        {
            **key,
            "digest": post.digest,
            "posted_at": post.at,
            "judged_at": judged.at,
            "action": post.action,
            "degraded": post.degraded,
            "guidelines_version": judged.guidelines_version,
            "screening_version": judged.screening_version,
            "held": True,
        },
    )
    if post.parts:
        connection.execute(
            _ADD_PARTS,
            [
                {**key, "position": position, "surface": part.surface, "text": part.text}
                for position, part in enumerate(post.parts)
            ],
        )
    if post.files:
        connection.execute(
            _ADD_FILES,
            [
                {
                    **key,
                    "position": position,
                    "file": one.id,
                    "name": one.name,
                    "address": one.address,
                    "size": one.size,
                    "kind": one.kind,
                }
                for position, one in enumerate(post.files)
            ],
        )
    if post.findings:
        connection.execute(
            _ADD_FINDINGS,
            [
                {**key, "position": position, **values_of(finding)}
                for position, finding in enumerate(post.findings)
            ],
        )
