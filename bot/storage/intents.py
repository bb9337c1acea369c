"""Intents: storing them, moving them on, and reading what is still to be done."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, and_, exists, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.errors import StaleVersionError
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.storage.ruling_tables import rulings
from bot.storage.tables import cases, intents

_INTENTS = (
    select(intents, cases.c.guild)
    .join(cases, cases.c.id == intents.c.case_id)
    .order_by(intents.c.id)
)

_TAKEN_UP_AGAIN = or_(
    and_(intents.c.kind == IntentKind.NOTICE, intents.c.state == IntentState.DROPPED),
    and_(
        intents.c.kind == IntentKind.DELETE,
        or_(
            intents.c.state == IntentState.FAILED,
            intents.c.state == IntentState.UNKNOWN,
            intents.c.state == IntentState.DROPPED,
        ),
    ),
    and_(intents.c.kind == IntentKind.REDACT, intents.c.settled_at.is_not(None)),
)
"""What may safely be done after all: a notice that was never sent; a removal, which done twice is
done once, also one that was called off; a redaction, since the message may have been brought up to
date with later words. A message that may have arrived is never among them."""

_offered = insert(intents)
_ADD = _offered.on_conflict_do_update(
    index_elements=["case_id", "key"],
    set_={
        "channel": _offered.excluded.channel,
        "state": IntentState.PENDING,
        "attempts": 0,
        "not_before": _offered.excluded.not_before,
        "attempted_at": None,
        "settled_at": None,
        "outcome": "",
        "result": None,
        "ruling": _offered.excluded.ruling,
        "version": intents.c.version + 1,
    },
    where=_TAKEN_UP_AGAIN,
)


def add_intents(
    connection: Connection, case: int, drafts: Iterable[IntentDraft], at: datetime
) -> None:
    """Store intents of a case in their order.

    Of one whose key the case has, a dropped notice, a removal that was not done and a redaction are
    pending again; all others are left alone.
    """
    rows = [
        {
            "case_id": case,
            "kind": draft.kind,
            "key": draft.key,
            "channel": draft.channel,
            "message": draft.message,
            "user": draft.user,
            "state": IntentState.PENDING,
            "attempts": 0,
            "created_at": at,
            "not_before": draft.not_before or at,
            "outcome": "",
            "version": 1,
            "sanction": draft.sanction,
            "ruling": draft.ruling,
            "target": draft.target,
        }
        for draft in drafts
    ]
    if rows:
        connection.execute(_ADD, rows)


def attempt(connection: Connection, intent: Intent, at: datetime) -> Intent:
    """Mark an intent as about to be tried."""
    after = replace(
        intent,
        state=IntentState.ATTEMPTED,
        attempts=intent.attempts + 1,
        attempted_at=intent.attempted_at or at,
        version=intent.version + 1,
    )
    _change(
        connection,
        intent,
        {
            "state": after.state,
            "attempts": after.attempts,
            "attempted_at": after.attempted_at,
        },
    )
    return after


def postpone(connection: Connection, intent: Intent, until: datetime, outcome: str) -> Intent:
    """Keep an intent for later; an attempted one stays attempted, to be read back first."""
    _change(connection, intent, {"not_before": until, "outcome": outcome})
    return replace(intent, not_before=until, outcome=outcome, version=intent.version + 1)


def settle(connection: Connection, intent: Intent, at: datetime) -> Intent:
    """Store the state, outcome and result that an intent carries."""
    _change(
        connection,
        intent,
        {
            "state": intent.state,
            "outcome": intent.outcome,
            "result": intent.result,
            "settled_at": at if intent.state in SETTLED else None,
        },
    )
    return replace(intent, version=intent.version + 1)


def reschedule(connection: Connection, intent: Intent, not_before: datetime) -> Intent:
    """Move the time of an intent that is not settled."""
    _change(connection, intent, {"not_before": not_before})
    return replace(intent, not_before=not_before, version=intent.version + 1)


def read_unsettled(connection: Connection) -> tuple[Intent, ...]:
    """Return all intents still to be carried out, in the order they were decided."""
    rows = connection.execute(_INTENTS.where(intents.c.settled_at.is_(None)))
    return tuple(_intent_of(row) for row in rows)


def read_intents(connection: Connection, case: int) -> tuple[Intent, ...]:
    """Return a case's intents in the order they were decided."""
    rows = connection.execute(_INTENTS.where(intents.c.case_id == case))
    return tuple(_intent_of(row) for row in rows)


def read_intents_of(connection: Connection, some: Sequence[int]) -> tuple[Intent, ...]:
    """Return the intents of some cases in the order they were decided."""
    rows = connection.execute(_INTENTS.where(intents.c.case_id.in_(some)))
    return tuple(_intent_of(row) for row in rows)


def read_intents_of_ruling(connection: Connection, ruling: int) -> tuple[Intent, ...]:
    """Return what a ruling asks of Discord, in the order it was decided."""
    rows = connection.execute(_INTENTS.where(intents.c.ruling == ruling))
    return tuple(_intent_of(row) for row in rows)


def read_untold(connection: Connection, guild: int, user: int | None = None) -> tuple[Intent, ...]:
    """Return the notices of rulings that reached nobody, and that none since made needless.

    Of a decision only another notice of it says the same; what changed one is said by any later
    notice of its case.

    Args:
        connection: in a transaction.
        guild: where.
        user: whose; None for everybody's.
    """
    later = intents.alias()
    arrived = exists().where(
        later.c.case_id == intents.c.case_id,
        later.c.kind == IntentKind.NOTICE,
        later.c.state == IntentState.DONE,
        later.c.id > intents.c.id,
        or_(later.c.ruling == intents.c.ruling, rulings.c.kind != RulingKind.DECIDED),
    )
    query = _INTENTS.join(rulings, rulings.c.id == intents.c.ruling).where(
        cases.c.guild == guild,
        intents.c.kind == IntentKind.NOTICE,
        intents.c.state == IntentState.FAILED,
        ~arrived,
    )
    if user is not None:
        query = query.where(cases.c.author == user)
    return tuple(_intent_of(row) for row in connection.execute(query))


def _change(connection: Connection, seen: Intent, values: dict[str, object]) -> None:
    """Change an unsettled intent that is still as it was seen.

    Raises:
        StaleVersionError: if it has changed since, or is settled.
    """
    changed = connection.execute(
        update(intents)
        .where(
            intents.c.id == seen.id,
            intents.c.version == seen.version,
            intents.c.settled_at.is_(None),
        )
        .values(**values, version=seen.version + 1)
    )
    if changed.rowcount != 1:
        raise StaleVersionError(
            f"The intent {seen.key} of case {seen.case} is no longer as it was read "
            f"(version {seen.version}); read it again."
        )


def _intent_of(row: Row[tuple[object, ...]]) -> Intent:
    return Intent(
        id=row.id,
        case=row.case_id,
        guild=row.guild,
        kind=row.kind,
        key=row.key,
        channel=row.channel,
        message=row.message,
        user=row.user,
        state=row.state,
        attempts=row.attempts,
        not_before=row.not_before,
        outcome=row.outcome,
        result=row.result,
        version=row.version,
        attempted_at=row.attempted_at,
        sanction=row.sanction,
        ruling=row.ruling,
        target=row.target,
    )
