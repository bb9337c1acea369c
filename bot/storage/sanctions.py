"""Sanctions: ordering them, moving them on, reading them back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from bot.errors import StaleVersionError
from bot.model.ruling import Ending
from bot.model.sanction import (
    IN_FORCE,
    Recount,
    Sanction,
    SanctionDraft,
    SanctionKind,
    SanctionState,
)
from bot.ports import RulingDraft
from bot.storage.ruling_tables import ruling_recounts, rulings, sanctions

_COUNTED = ruling_recounts.alias()
_LAST_COUNTED = (
    select(func.max(_COUNTED.c.ruling))
    .join(rulings, rulings.c.id == _COUNTED.c.ruling)  # only what a chain can show
    .where(_COUNTED.c.sanction == sanctions.c.id)
    .correlate(sanctions)
    .scalar_subquery()
)
_SANCTIONS = select(
    sanctions,
    ruling_recounts.c.points.label("recounted"),
    ruling_recounts.c.until_at.label("recounted_until"),
).select_from(
    sanctions.outerjoin(
        ruling_recounts,
        (ruling_recounts.c.sanction == sanctions.c.id)
        & (ruling_recounts.c.ruling == _LAST_COUNTED),
    )
)
"""With what the last ruling that counted them anew has made of their points."""

_IN_FORCE = sanctions.c.state.in_(sorted(IN_FORCE))


def one(sanction: int) -> ColumnElement[bool]:
    """Choose a sanction by id."""
    return sanctions.c.id == sanction


def of_member(guild: int, user: int) -> ColumnElement[bool]:
    """Choose all sanctions of a member."""
    return (sanctions.c.user == user) & (sanctions.c.guild == guild)


def of_cases(chosen: Select[tuple[int]] | Sequence[int]) -> ColumnElement[bool]:
    """Choose the sanctions of some cases."""
    return sanctions.c.case_id.in_(chosen)


def of_ruling(ruling: int) -> ColumnElement[bool]:
    """Choose the sanctions that a ruling ordered."""
    return sanctions.c.ruling == ruling


def in_force(guild: int, kind: SanctionKind | None) -> ColumnElement[bool]:
    """Choose a guild's sanctions in force, of one kind or of all."""
    those = (sanctions.c.guild == guild) & _IN_FORCE
    return those if kind is None else those & (sanctions.c.kind == kind)


def read_sanctions(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Sanction, ...]:
    """Return the sanctions that are chosen, in the order they were decided."""
    rows = connection.execute(_SANCTIONS.where(chosen).order_by(sanctions.c.id))
    return tuple(_sanction_of(row) for row in rows)


def order(connection: Connection, case: int, ruling: int, draft: RulingDraft) -> tuple[int, ...]:
    """Store the sanctions that a ruling orders, and return their ids in order."""
    rows = (
        {
            "case_id": case,
            "ruling": ruling,
            "guild": draft.guild,
            "user": draft.subject,
            "rule": draft.rule,
            "decided_at": draft.at,
            "kind": wanted.kind,
            "points": wanted.points,
            "points_until_at": wanted.points_until,
            "ordered_until_at": wanted.until,
            "board": wanted.board,
            "channel": wanted.channel,
            "community_group": wanted.group,
            "role": wanted.role,
            "delete_message_seconds": wanted.delete_message_seconds,
            "by_hand": wanted.by_hand,
            "state": SanctionState.ACTIVE if wanted.by_hand else SanctionState.ORDERED,
            "until_at": wanted.until,
            "ended_at": None,
            "version": 1,
        }
        for wanted in draft.sanctions
    )
    add = insert(sanctions).returning(sanctions.c.id)
    return tuple(connection.execute(add, row).scalar_one() for row in rows)


def end(connection: Connection, guild: int, ending: Ending, at: datetime) -> None:
    """Do to a sanction what a ruling says.

    A lifted one that is over already, and an end moved of one that is over, stay as they are; a
    void counts whenever it comes.
    """
    known = connection.execute(
        select(sanctions.c.guild, sanctions.c.state, sanctions.c.ended_at).where(
            sanctions.c.id == ending.sanction
        )
    ).one_or_none()
    assert known is not None, f"BUG: there is no sanction {ending.sanction} to end"
    assert known.guild == guild, f"BUG: sanction {ending.sanction} is another server's"
    values: dict[str, object]
    if ending.state is SanctionState.VOIDED:
        values = {"state": ending.state, "ended_at": known.ended_at or at}
    elif known.state not in IN_FORCE:
        return
    elif ending.state in IN_FORCE:
        values = {"until_at": ending.until}
    else:
        values = {"state": ending.state, "ended_at": at}
    connection.execute(
        update(sanctions)
        .where(sanctions.c.id == ending.sanction)
        .values(**values, version=sanctions.c.version + 1)
    )


def rest_on(connection: Connection, case: int, some: Sequence[int], rule: str) -> None:
    """Let sanctions of a case rest on another rule from now on: these, or all where none is named.

    Voided ones keep theirs: they count for nothing.
    """
    those = [sanctions.c.case_id == case, sanctions.c.state != SanctionState.VOIDED]
    if some:
        those.append(sanctions.c.id.in_(some))
    connection.execute(
        update(sanctions).where(*those).values(rule=rule, version=sanctions.c.version + 1)
    )


def move(
    connection: Connection,
    seen: Sanction,
    state: SanctionState,
    until: datetime | None,
    at: datetime,
) -> Sanction:
    """Store where a sanction stands and when it ends.

    Raises:
        StaleVersionError: if it has changed since it was read.
    """
    ended_at = None if state in IN_FORCE else (seen.ended_at or at)
    changed = connection.execute(
        update(sanctions)
        .where(sanctions.c.id == seen.id, sanctions.c.version == seen.version)
        .values(state=state, until_at=until, ended_at=ended_at, version=seen.version + 1)
    )
    if changed.rowcount != 1:
        raise StaleVersionError(
            f"Sanction {seen.id} of case {seen.case} is no longer as it was read "
            f"(version {seen.version}); read it again."
        )
    return replace(seen, state=state, until=until, ended_at=ended_at, version=seen.version + 1)


def _sanction_of(row: Row[tuple[object, ...]]) -> Sanction:
    return Sanction(
        id=row.id,
        case=row.case_id,
        ruling=row.ruling,
        guild=row.guild,
        user=row.user,
        rule=row.rule,
        at=row.decided_at,
        ordered=SanctionDraft(
            kind=row.kind,
            points=row.points,
            points_until=row.points_until_at,
            until=row.ordered_until_at,
            board=row.board,
            channel=row.channel,
            group=row.community_group,
            role=row.role,
            delete_message_seconds=row.delete_message_seconds,
            by_hand=row.by_hand,
        ),
        state=row.state,
        until=row.until_at,
        ended_at=row.ended_at,
        version=row.version,
        recounted=(None if row.recounted is None else Recount(row.recounted, row.recounted_until)),
    )
