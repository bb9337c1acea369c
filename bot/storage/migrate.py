"""Bringing a database file to the schema this Concord knows, whole or not at all."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from bot.errors import ConcordError, StorageError
from bot.storage.backups import back_up, create_private
from bot.storage.engines import migrating_engine

MIGRATIONS = Path(__file__).with_name("migrations")
OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with this version (sqlite.org/stricttables.html)."""

_REVISION_FILE_RE = re.compile(
    r"r(?P<revision>\d{4})"  # revisions are numbered, so that names sort as they apply
    r"_\w+\.py"  # what it brings
)


def known_revisions(migrations: Path = MIGRATIONS) -> Mapping[str, Path]:
    """Return the files of all revisions by revision, oldest first; never empty.

    Reading names is enough: alembic takes half a second to import and is not needed where
    nothing is to be done.
    """
    found = {}
    for path in sorted((migrations / "versions").iterdir()):
        match = _REVISION_FILE_RE.fullmatch(path.name)
        if match is not None:
            found[match["revision"]] = path
    assert found, f"BUG: no migrations in {migrations}"
    return found


def migrate(
    database: Path,
    migrations: Path = MIGRATIONS,
    on_statement: Callable[[str], None] | None = None,
) -> None:
    """Create a database, or bring it to the newest schema, in one transaction.

    A crash at any moment leaves the old schema with all its data. A database that holds anything
    is copied first. Whoever calls holds the database's lock.

    Args:
        database: the file; its folder must exist.
        migrations: the folder of the steps.
        on_statement: told of each statement of the transaction just before it is run; for tests.

    Raises:
        ConcordError: if the file is no database, is another program's, or is newer than this
            Concord; nothing has been changed then.
        StorageError: if the copy or a step fails; everything is as before then.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise ConcordError(
            f"This Python brings SQLite {sqlite3.sqlite_version}; Concord needs {oldest} or newer."
        )
    revisions = tuple(known_revisions(migrations))
    _create(database)
    present = _present_revision(database)
    if present == revisions[-1]:
        return
    if present is not None and present not in revisions:
        raise ConcordError(
            f"The database {database} was written by a newer Concord (its schema is {present}, "
            f"this Concord knows up to {revisions[-1]}). Start the newer Concord, or go back to "
            f"the copy it made, {database.name}.before-…, if it is still there."
        )
    if present is not None:
        try:
            back_up(database, revisions[-1])
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                f"The database {database} must be brought up to date, and no copy of it could be "
                f"made first: {error}. It is as it was."
            ) from error
    _upgrade(database, migrations, on_statement)


def _create(database: Path) -> None:
    try:
        create_private(database)
    except OSError as error:
        raise ConcordError(
            f"The database {database} cannot be opened: {error.strerror}."
        ) from error


def _present_revision(database: Path) -> str | None:
    """Return the revision a database is at, None for an empty one."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if not tables:
                return None
            if "alembic_version" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if row is not None:
                    return str(row[0])
    except sqlite3.Error as error:
        raise ConcordError(f"The file {database} is no database of Concord: {error}.") from error
    raise ConcordError(
        f"The file {database} is a database of another program; name one of Concord's own, or one "
        "that does not exist yet."
    )


def _upgrade(database: Path, migrations: Path, on_statement: Callable[[str], None] | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    engine = migrating_engine(database)
    try:
        with engine.connect() as connection:
            if on_statement is not None:
                _tell(connection, on_statement)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if orphans:
                raise StorageError(
                    f"The database {database} could not be brought up to date: rows of "
                    f"{', '.join(sorted({str(row[0]) for row in orphans}))} would refer to "
                    "nothing. It is as it was."
                )
            connection.exec_driver_sql("COMMIT")
    except DBAPIError as error:
        raise StorageError(
            f"The database {database} could not be brought up to date: {error.orig}. It is as "
            "it was."
        ) from error
    finally:
        engine.dispose()


def _tell(connection: Connection, on_statement: Callable[[str], None]) -> None:
    @event.listens_for(connection, "before_cursor_execute")
    def tell(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        on_statement(statement)
