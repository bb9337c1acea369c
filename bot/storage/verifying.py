"""Looking through the chains of decisions of a database that may be in use by a running bot.

The file is opened for reading only. Each step sees one state of it and lets go at once, so that the
bot can erase meanwhile what it must.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from bot.chain import Inspection, inspect
from bot.errors import ConcordError
from bot.ports import Link
from bot.storage.chain_rows import (
    chained_guilds,
    count_outside,
    read_chain,
    read_numbers,
    unreadable,
)
from bot.storage.engines import reading_engine
from bot.storage.failure import telling_failures_apart
from bot.storage.migrate import known_revisions
from bot.storage.posted_heads import read_all_posted

_AT_ONCE = 500
"""Links read in one step; well below the 32,766 values SQLite takes in one statement."""


@dataclass(frozen=True, slots=True)
class VerifiedChain:
    """What a look through one guild's decisions has shown."""

    guild: int
    inspection: Inspection
    outside: int
    """Decisions in the tables that stand in no chain; Concord leaves none out."""

    @property
    def is_sound(self) -> bool:
        """Whether everything is as Concord left it."""
        return self.inspection.is_sound and self.outside == 0


def verify_chains(
    database: Path, guild: int | None = None, head: str | None = None
) -> tuple[VerifiedChain, ...]:
    """Look through the chains of a database, by guild.

    Args:
        database: the file; a bot may be using it.
        guild: only that guild's chain; None for all.
        head: a hash that is looked for; None for none.

    Raises:
        ConcordError: if the file is not there, is no database of Concord, or has another schema.
        StorageError: if the database refuses.
    """
    with telling_failures_apart(), _opened(database) as connection:
        guilds = chained_guilds(connection) if guild is None else (guild,)
        return tuple(_verify(connection, one, head) for one in guilds)


def _verify(connection: Connection, guild: int, head: str | None) -> VerifiedChain:
    # What is posted while the links are read is of later ones.
    posted = read_all_posted(connection, guild)
    walk = _Walk(connection, guild)
    # The walk first: only then is it known how far it must reach.
    inspection = inspect(walk, head, posted)
    reaches = max((walk.newest, *(number for number, _ in posted)))
    if reaches > inspection.last:
        gap = (inspection.last + 1, reaches)
        inspection = replace(inspection, missing=(*inspection.missing, gap))
    return VerifiedChain(guild, inspection, count_outside(connection, guild))


@dataclass
class _Walk:
    """The links of a chain in order, some at a time; remembers the newest number it met."""

    connection: Connection
    guild: int
    newest: int = 0

    def __iter__(self) -> Iterator[Link]:
        while True:
            with self._one_state():
                numbers = read_numbers(self.connection, self.guild, self.newest, _AT_ONCE)
                links = self._read(numbers)
            if not numbers:
                return
            self.newest = numbers[-1]
            yield from links

    def _read(self, numbers: Sequence[int]) -> Sequence[Link]:
        try:
            return self._links(numbers)
        except (ValueError, OverflowError):  # in one of them stands what no ruling can hold
            return [link for number in numbers for link in self._one(number)]

    def _one(self, number: int) -> Sequence[Link]:
        try:
            return self._links((number,))
        except (ValueError, OverflowError):
            return (unreadable(self.connection, self.guild, number),)

    def _links(self, numbers: Sequence[int]) -> Sequence[Link]:
        if not numbers:
            return ()
        found = read_chain(self.connection, self.guild, numbers[0] - 1, len(numbers))
        return [link for link in found if link.number <= numbers[-1]]

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        self.connection.exec_driver_sql("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()


@contextmanager
def _opened(database: Path) -> Iterator[Connection]:
    if not database.is_file():
        raise ConcordError(f"There is no database at {database}.")
    address = f"{database.resolve().as_uri()}?mode=ro"
    engine = reading_engine(lambda: sqlite3.connect(address, uri=True, isolation_level=None))
    try:
        with engine.connect() as connection:
            _check_schema(connection, database)
            yield connection
    finally:
        engine.dispose()


def _check_schema(connection: Connection, database: Path) -> None:
    tables = set(
        connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    )
    if "alembic_version" not in tables:
        raise ConcordError(f"The file {database} is no database of Concord.")
    present = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    newest = list(known_revisions())[-1]
    if present != newest:
        raise ConcordError(
            f"The database {database} has schema {present}, this Concord knows {newest}: verify it "
            "with the Concord that uses it, or start this one with it once."
        )
