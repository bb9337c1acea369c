"""Values to store, each with a sensible default, and raw looks into the file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine

from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.evidence import Evidence, Finding
from bot.model.intent import IntentDraft, IntentKind
from bot.model.post import AuthorKind, Part, Surface
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind
from bot.ports import CaseDraft, Observation, RulingDraft

NOON = datetime(2026, 3, 1, 12, 0, 0, 123457, tzinfo=UTC)
GUILD = 10
AUTHOR = 20
CHANNEL = 30
MODERATOR = 40


def finding(
    action: Action = Action.REMOVE, rule: str = "vulgarity", start: int = 0, **changes: object
) -> Finding:
    """A finding of three letters in the first part."""
    values: dict[str, object] = {
        "rule": rule,
        "part": 0,
        "surface": Surface.CONTENT,
        "start": start,
        "end": start + 3,
        "confidence": 0.87,
        "kind": "word",
        "reason": "a vulgar word",
    }
    return Finding(Evidence(**{**values, **changes}), 5, action)


def post(
    message: int = 1,
    digest: str = "first",
    action: Action = Action.REMOVE,
    text: str = "some words",
    rule: str = "vulgarity",
    at: datetime = NOON,
    degraded: bool = False,
) -> CasePost:
    """A post of one part with one finding."""
    return CasePost(
        message=message,
        channel=CHANNEL,
        at=at,
        action=action,
        parts=(Part(Surface.CONTENT, text),),
        findings=(finding(action, rule),),
        digest=digest,
        degraded=degraded,
    )


def intents_for(message: int) -> tuple[IntentDraft, ...]:
    """What a removal asks for."""
    return (
        IntentDraft(IntentKind.DELETE, f"delete:{message}", CHANNEL, message),
        IntentDraft(IntentKind.NOTICE, "notice", user=AUTHOR),
        IntentDraft(IntentKind.LOG, "log", channel=99),
    )


def draft(
    case_post: CasePost | None = None,
    *,
    guild: int = GUILD,
    author: int = AUTHOR,
    joins: int | None = None,
    intents: tuple[IntentDraft, ...] | None = None,
    opened_at: datetime = NOON,
) -> CaseDraft:
    """What is to be committed about a post."""
    case_post = post() if case_post is None else case_post
    return CaseDraft(
        guild=guild,
        author=author,
        author_kind=AuthorKind.MEMBER,
        post=case_post,
        opened_at=opened_at,
        guidelines_version="2026-03",
        screening_version="7",
        joins=joins,
        intents=intents_for(case_post.message) if intents is None else intents,
    )


def ruling(key: str = "order:1", **changes: object) -> RulingDraft:
    """A moderator's decision about the author, without a post unless one is given."""
    values: dict[str, object] = {
        "guild": GUILD,
        "key": key,
        "kind": RulingKind.DECIDED,
        "at": NOON + timedelta(minutes=5),
        "by": MODERATOR,
        "subject": AUTHOR,
        "rule": "vulgarity",
        "guidelines_version": "2026-03",
        "screening_version": "7",
    }
    return RulingDraft(**{**values, **changes})


def timeout(hours: float = 24, **changes: object) -> SanctionDraft:
    """A timeout of so many hours from noon."""
    until = NOON + timedelta(hours=hours)
    return replace(SanctionDraft(SanctionKind.TIMEOUT, points=3, until=until), **changes)


def observation(
    message: int = 1, start: int = 0, author: int = AUTHOR, at: datetime = NOON
) -> Observation:
    """A finding that is only noted."""
    return Observation(GUILD, message, CHANNEL, author, at, finding(Action.NOTE, start=start))


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def look(database: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the file itself, past all of ours."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def change(database: Path, *statements: str) -> None:
    """Change the file itself, past all of ours."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def undone(engine: Engine) -> Iterator[Connection]:
    """A transaction for one example of a property, undone after it."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield connection
        connection.rollback()
