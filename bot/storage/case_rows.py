"""Opening a case: its number, and its row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.post import AuthorKind
from bot.storage.tables import case_numbers, cases

_NEXT_NUMBER = (
    upsert(case_numbers)
    .values(guild=bindparam("guild"), last=1)
    .on_conflict_do_update(index_elements=["guild"], set_={"last": case_numbers.c.last + 1})
    .returning(case_numbers.c.last)
)

_OPEN = insert(cases).returning(cases.c.id)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case as it begins."""

    guild: int
    author: int
    author_kind: AuthorKind
    origin: CaseOrigin
    state: CaseState
    action: Action
    opened_at: datetime
    newest_post_at: datetime
    guidelines_version: str
    screening_version: str


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that was just opened."""

    id: int
    number: int


def open_case(connection: Connection, new: NewCase) -> OpenedCase:
    """Store a case under its guild's next number."""
    number: int = connection.execute(_NEXT_NUMBER, {"guild": new.guild}).scalar_one()
    case: int = connection.execute(
        _OPEN,
        {
            "guild": new.guild,
            "number": number,
            "author": new.author,
            "author_kind": new.author_kind,
            "origin": new.origin,
            "state": new.state,
            "action": new.action,
            "opened_at": new.opened_at,
            "newest_post_at": new.newest_post_at,
            "guidelines_version": new.guidelines_version,
            "screening_version": new.screening_version,
            "version": 1,
        },
    ).scalar_one()
    return OpenedCase(case, number)
