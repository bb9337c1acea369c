"""Erasures that a person asked for: what was there then goes, as soon as nothing waits for it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, or_, select
from sqlalchemy.dialects.sqlite import insert

from bot.model.case import CaseState
from bot.model.intent import IntentKind
from bot.storage.intents import add_intents, read_intents
from bot.storage.ruling_tables import erasures_asked, rulings
from bot.storage.tables import case_posts, cases, intents, post_versions

_asking = insert(erasures_asked)
_ASKED = _asking.on_conflict_do_update(
    index_elements=["guild", "user"], set_={"asked_at": _asking.excluded.asked_at}
)

_BY_WHOM = and_(erasures_asked.c.guild == cases.c.guild, erasures_asked.c.user == cases.c.author)


def ask_erasure(connection: Connection, guild: int, user: int, at: datetime) -> None:
    """Remember that a person wants their words on a guild erased; the last time counts."""
    connection.execute(_ASKED, {"guild": guild, "user": user, "asked_at": at})


def versions_asked(waits: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return which versions of posts go: judged before it was asked, of cases that do not wait.

    What comes into such a case later, by an edit or a further post, was not there to be erased.
    """
    return exists().where(
        case_posts.c.message == post_versions.c.message,
        cases.c.id == case_posts.c.case_id,
        cases.c.state != CaseState.OPEN,
        _BY_WHOM,
        erasures_asked.c.asked_at >= post_versions.c.judged_at,
        ~waits,
    )


def rulings_asked(waits: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return which rulings lose their words: made before it was asked, of cases likewise."""
    return rulings.c.id.in_(
        select(rulings.c.id)
        .join(cases, cases.c.id == rulings.c.case_id)
        .join(erasures_asked, _BY_WHOM)
        .where(
            cases.c.state != CaseState.OPEN,
            erasures_asked.c.asked_at >= rulings.c.ruled_at,
            ~waits,
        )
    )


def forget_done(connection: Connection, waits: ColumnElement[bool]) -> None:
    """Forget that it was asked where nothing waits any more: all that was there then is erased."""
    connection.execute(
        delete(erasures_asked).where(
            ~exists().where(
                _BY_WHOM,
                cases.c.opened_at <= erasures_asked.c.asked_at,
                or_(cases.c.state == CaseState.OPEN, waits),
            )
        )
    )


def take_quotes(
    connection: Connection, of_cases: Select[tuple[int]], at: datetime
) -> tuple[int, ...]:
    """Have posts that were posted again taken away, also where all else expired; return the cases.

    When evidence expires they stay: they are the member's own again.
    """
    redacting = intents.alias()
    quoted = select(intents.c.id, intents.c.case_id).where(
        intents.c.kind == IntentKind.RESTORE,
        intents.c.case_id.in_(of_cases),
        ~exists().where(
            redacting.c.case_id == intents.c.case_id,
            redacting.c.kind == IntentKind.REDACT,
            redacting.c.target == intents.c.id,
        ),
    )
    touched = []
    for row in connection.execute(quoted).all():
        every = read_intents(connection, row.case_id)
        drafts = [one.redaction() for one in every if one.id == row.id and one.may_be_seen]
        add_intents(connection, row.case_id, drafts, at)
        if drafts:
            touched.append(row.case_id)
    return tuple(touched)
