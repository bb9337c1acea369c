"""The tables of the migrations, the tables as queries name them, and the enums agree."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Engine, Float, Integer, Text, TypeDecorator, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.post import Surface
from bot.model.sanction import SanctionKind
from bot.ports import CaseQuery, Store
from bot.storage.case_reading import newest_about
from bot.storage.column_types import (
    AdminWords,
    MemberWords,
    Moment,
    Named,
    OurWords,
    Ranked,
)
from bot.storage.recording import record
from bot.storage.tables import METADATA
from tests.storage.samples import AUTHOR, GUILD, NOON, draft, look, post, ruling, timeout, undone

REFERENCE_TABLES = {"case_origins", "intent_kinds", "ruling_kinds", "surfaces"}
COLUMNS = [(table, column) for table in METADATA.sorted_tables for column in table.c]


def stored_as(kind: TypeEngine[object]) -> str:
    """The type of a STRICT table's column."""
    inner = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    names = {Boolean: "INTEGER", Integer: "INTEGER", Text: "TEXT", Float: "REAL"}
    return names[type(inner)]


def test_the_tables_are_those_of_the_migrations(migrated: Path) -> None:
    """Every table and column, its type and whether it may be empty: nothing more, nothing less."""
    named = {
        table.name: {
            (column.name, stored_as(column.type), column.nullable) for column in table.columns
        }
        for table in METADATA.sorted_tables
    }

    made = {
        str(name): {
            # An INTEGER PRIMARY KEY is never empty though SQLite does not say so.
            (column, kind, not required and not key)
            for _, column, kind, required, _, key in look(migrated, f"PRAGMA table_info({name})")
        }
        for (name,) in look(migrated, "SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in REFERENCE_TABLES | {"alembic_version", "sqlite_sequence"}
    }

    assert made == named


def test_every_table_is_strict(migrated: Path) -> None:
    """A column holds its own type only; alembic's one table is its own business."""
    loose = look(
        migrated,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict "
        "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'",
    )

    assert loose == []


def test_every_text_says_whose_words_it_holds() -> None:
    """So that whoever adds a column decides whether it must be erased."""
    kinds = (MemberWords, AdminWords, OurWords, Named)

    undecided = [
        f"{table.name}.{column.name}"
        for table, column in COLUMNS
        if stored_as(column.type) == "TEXT" and not isinstance(column.type, kinds)
    ]

    assert undecided == []


def test_times_are_named_for_what_they_are() -> None:
    """A column is a time if and only if its name ends in ``_at``, but for one word of ours."""
    misnamed = [
        column.name
        for _, column in COLUMNS
        if column.name.endswith("_at") != isinstance(column.type, Moment)
    ]

    assert misnamed == ["not_before"]


@pytest.mark.parametrize(
    ("table", "column"),
    [pair for pair in COLUMNS if isinstance(pair[1].type, Moment)],
    ids=str,
)
def test_every_time_is_checked(migrated: Path, table: object, column: object) -> None:
    """No number gets in that no datetime can hold."""
    (sql,) = look(migrated, f"SELECT sql FROM sqlite_master WHERE name = '{table.name}'")[0]

    assert f"CHECK ({column.name} BETWEEN -62135596800000000 AND 253402300799999999)" in sql


@pytest.mark.parametrize(
    ("table", "column"),
    [pair for pair in COLUMNS if isinstance(pair[1].type, Named)],
    ids=str,
)
def test_every_word_of_an_enum_is_known_to_the_schema(
    migrated: Path, table: object, column: object
) -> None:
    """By a CHECK or by a reference table: the same words, none missing, none too many."""
    (sql,) = look(migrated, f"SELECT sql FROM sqlite_master WHERE name = '{table.name}'")[0]
    reference = re.search(rf"\b{column.name} TEXT NOT NULL REFERENCES (\w+)", sql)
    if reference is not None:
        words = {word for (word,) in look(migrated, f"SELECT word FROM {reference[1]}")}
    else:
        check = re.search(rf"CHECK \(\s*{column.name} IN \(([^)]*)\)\s*\)", sql)
        assert check is not None, f"{column} is not checked"
        words = set(re.findall(r"'([^']*)'", check[1]))

    assert words == set(column.type.names)


@pytest.mark.parametrize(
    ("table", "column"),
    [pair for pair in COLUMNS if isinstance(pair[1].type, Ranked)],
    ids=str,
)
def test_every_rank_is_checked(migrated: Path, table: object, column: object) -> None:
    """No number gets in that the enum does not have."""
    (sql,) = look(migrated, f"SELECT sql FROM sqlite_master WHERE name = '{table.name}'")[0]

    bounds = re.search(rf"CHECK \({column.name} BETWEEN (\d) AND (\d)\)", sql)

    assert bounds is not None, f"{column} is not checked"
    ranks = range(int(bounds[1]), int(bounds[2]) + 1)
    assert set(ranks) <= {int(rank) for rank in column.type.ranks}
    assert max(ranks) == max(column.type.ranks)


BROKEN = {
    "a message in two cases": "INSERT INTO case_posts VALUES (1, 1, 1, 1, 1, NULL, NULL, NULL)",
    "a number twice in a guild": (
        "INSERT INTO cases SELECT 99, guild, number, author, author_kind, origin, state, action, "
        "opened_at, newest_post_at, closed_at, guidelines_version, screening_version, version "
        "FROM cases"
    ),
    "a key twice in a case": (
        "INSERT INTO intents (case_id, kind, key, state, attempts, created_at, not_before, "
        "outcome, version) VALUES (1, 'log', 'log', 'pending', 0, 0, 0, '', 1)"
    ),
    "closed without a time": "UPDATE cases SET state = 'closed'",
    "a time of closing though open": "UPDATE cases SET closed_at = 5",
    "settled without a time": "UPDATE intents SET state = 'done'",
    "attempted without an attempt": "UPDATE intents SET state = 'attempted'",
    "a span that is empty": "UPDATE findings SET span_end = span_start",
    "a confidence over one": "UPDATE findings SET confidence = 1.01",
    "a confidence of nothing": "UPDATE findings SET confidence = 0",
    "a surface nobody knows": "UPDATE post_parts SET surface = 'wall'",
    "a removal on a degraded report": "UPDATE post_versions SET degraded = 1",
    "a verdict by nobody": "UPDATE findings SET verdict = 'right', verdict_at = 5",
    "text in a number": "UPDATE cases SET author = 'me'",
    "an exception for nobody": (
        "INSERT INTO exceptions VALUES (1, 0, 'hate', NULL, NULL, NULL, '')"
    ),
}


@pytest.mark.parametrize("statement", BROKEN.values(), ids=BROKEN)
def test_the_schema_refuses(scratch: Engine, statement: str) -> None:
    """What the classes promise holds in the file too, whoever writes to it."""
    with undone(scratch) as connection:
        record(connection, draft())

        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(statement)


async def test_every_read_finds_its_rows_by_an_index(store: Store) -> None:
    """No read walks through a whole table that grows with the community."""
    asked: list[tuple[str, object]] = []

    def listen(_connection, _cursor, statement, parameters, *_rest) -> None:
        asked.append((statement, parameters))

    for thread in store._readers._threads:
        event.listen(thread._connection, "before_cursor_execute", listen)

    await store.write(lambda tx: tx.record(draft()))
    wanted = ruling(posts=(post(2),), removes=(2,), sanctions=(timeout(),))
    await store.write(lambda tx: tx.rule(wanted))
    await store.case(1)
    await store.case_of(1)
    await store.cases(GUILD, 5)
    await store.digest_of(1)
    await store.latest_case(GUILD, AUTHOR, "vulgarity", Action.REMOVE)
    await store.unsettled()
    await store.intents(1)
    await store.judged_until(GUILD)
    await store.removed_since(GUILD, NOON)
    await store.community(GUILD)
    await store.community_since(GUILD)
    await store.observations(GUILD, NOON, 5)
    await store.dossier(1)
    await store.dossier_numbered(GUILD, 1)
    await store.find_cases(
        CaseQuery(
            GUILD,
            member=AUTHOR,
            moderator=1,
            rule="vulgarity",
            kind=SanctionKind.TIMEOUT,
            state=CaseState.CLOSED,
            in_force=True,
            since=NOON,
            until=NOON,
            text="so",
        ),
        0,
        5,
    )
    await store.sanction(1)
    await store.sanctions_of(GUILD, AUTHOR)
    await store.sanctions_in_force(GUILD)
    await store.sanctions_in_force(GUILD, SanctionKind.TIMEOUT)
    await store.removals_of(GUILD, AUTHOR)
    await store.ruling_keyed(GUILD, "order:1")
    await store.latest_ruling(GUILD, AUTHOR, NOON)
    await store.automatic_removals(GUILD, None, NOON, 5)
    await store.automatic_removals(GUILD, "vulgarity", NOON, 5)
    await store.members_ruled_on(GUILD, 1, NOON)
    await store.holds_of(GUILD, AUTHOR)
    await store.holds_on(GUILD, 5)
    await store.keepsake(1)
    await store.audit_log_read(GUILD)
    await store.chain(GUILD, 0, 5)
    await store.chain_head(GUILD)
    await store.chain_head(GUILD, NOON)
    await store.posted_head(GUILD)
    await store.intents_of_ruling(1)

    selects = [pair for pair in asked if pair[0].startswith("SELECT")]
    assert len(selects) > 60

    def explain(connection) -> list[str]:
        return [
            f"{row[3]} in {statement}"
            for statement, parameters in selects
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            if re.match(r"SCAN (?!intents USING INDEX intents_unsettled)", row[3])
        ]

    assert await store._read(explain) == []


def test_an_authors_cases_are_found_by_their_author(scratch: Engine) -> None:
    """A burst is looked for at every removal, in a guild that may have a great many cases."""
    chosen = newest_about(GUILD, AUTHOR, "vulgarity", Action.REVIEW)
    query = chosen.compile(dialect=scratch.dialect)

    with undone(scratch) as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {query}", tuple(query.params[key] for key in query.positiontup)
        ).all()

    assert "INDEX cases_of_author (author=? AND guild=?)" in plan[0][3]


def test_the_enums_that_matter_are_stored_as_their_words(scratch: Engine) -> None:
    """What stands in the file can be read without this code."""
    with undone(scratch) as connection:
        record(connection, draft())

        part = connection.exec_driver_sql("SELECT surface FROM post_parts").scalar()
        action = connection.exec_driver_sql("SELECT action FROM cases").scalar()

    assert (part, action) == (Surface.CONTENT.value, Action.REMOVE.value)
