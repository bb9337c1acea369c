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


@dataclass(frozen=True, slots=True)
class Judged:
    """When and by what a version was judged."""

    at: datetime
    guidelines_version: str
    screening_version: str


def add_post(connection: Connection, case_id: int, post: CasePost, judged: Judged) -> None:
    """Store a post that no case has, with its first version."""
    connection.execute(
        insert(case_posts),
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
        insert(post_versions),
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
            insert(post_parts),
            [
                {**key, "position": position, "surface": part.surface, "text": part.text}
                for position, part in enumerate(post.parts)
            ],
        )
    if post.files:
        connection.execute(
            insert(post_files),
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
            insert(findings),
            [
                {**key, "position": position, **values_of(finding)}
                for position, finding in enumerate(post.findings)
            ],
        )
