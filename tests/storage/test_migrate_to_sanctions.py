"""A database of the schema before sanctions is brought to them with all its data."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.community import Place
from bot.model.intent import IntentKind, IntentState
from bot.model.post import Part, Surface
from bot.model.ruling import RulingKind
from bot.storage import open_store
from bot.storage.migrate import MIGRATIONS, migrate
from bot.storage.verifying import verify_chains
from tests.storage.samples import AUTHOR, CHANNEL, GUILD, NOON, draft, look, post, ruling
from tests.storage.test_migrate import KILLER, dump

FULL = os.environ.get("CONCORD_LONG") == "1"
AT = round(NOON.timestamp() * 1_000_000)

CASE = """
INSERT INTO cases VALUES
    ({id}, 10, {id}, 20, 'member', '{state}', {action}, {at}, {at}, {closed}, '2026-03', '7', 4);
INSERT INTO case_posts VALUES ({id}, {id}, 30, 1, 1, {closed});
INSERT INTO post_versions VALUES
    ({id}, 1, 'd{id}', {at}, {at}, {action}, 0, '2026-03', '7', 1);
INSERT INTO post_parts VALUES ({id}, 1, 0, 'content', 'text {id}');
INSERT INTO findings VALUES
    ({id}0, {id}, 1, 0, 'vulgarity', 'word', 5, 0.5, 'content', 0, 0, 3, 'a word', 0, {action},
    NULL, NULL, NULL, NULL);
"""
"""A case with a post; a closed one's post was deleted by somebody else."""

OTHERS = """
INSERT INTO case_numbers VALUES (10, 3);
INSERT INTO intents VALUES
    (7, 2, 'delete', 'delete:2', 30, 2, NULL, 'done', 1, {at}, {at}, {at}, {at}, 'removed', NULL,
    3),
    (8, 2, 'notice', 'notice', 30, NULL, 20, 'attempted', 1, {at}, {at}, {at}, NULL, '', NULL, 2);
INSERT INTO observations VALUES
    (5, 10, 90, 30, 20, {at}, 'hate', 'word', 5, 0.5, 'content', 0, 0, 3, 'a word', 0, 1, NULL);
INSERT INTO channel_progress VALUES (10, 30, 99);
INSERT INTO guilds VALUES (10, 'ours', 'act', 'mod-log', 44, 0, {at}, {at});
INSERT INTO boards VALUES (10, 0, 'General', 'general', 30, '');
INSERT INTO guild_modes VALUES (10, 'hate', 2);
"""


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A filled database of the schema before: an open case, one acted on, and a closed one."""
    steps = Path(shutil.copytree(MIGRATIONS, tmp_path / "steps"))
    for path in (steps / "versions").glob("r*.py"):
        if path.name > "r0002~":
            path.unlink()
    database = tmp_path / "concord.db"
    migrate(database, steps)
    with closing(sqlite3.connect(database)) as connection:
        for case, (state, action) in enumerate((("open", 2), ("acted", 3), ("closed", 3)), 1):
            closed = AT if state == "closed" else "NULL"
            connection.executescript(
                CASE.format(id=case, state=state, action=action, closed=closed, at=AT)
            )
        connection.executescript(OTHERS.format(at=AT))
    return database


def rows(database: Path, table: str) -> list[dict[str, object]]:
    """All rows of a table, by column."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]


def test_every_row_keeps_every_value(earlier: Path) -> None:
    """What is new is empty, or says what held until now."""
    names = [
        str(name)
        for (name,) in look(earlier, "SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in ("alembic_version", "sqlite_sequence", "intent_kinds")
    ]
    before = {name: rows(earlier, name) for name in names}
    sequence = look(earlier, "SELECT * FROM sqlite_sequence ORDER BY name")

    migrate(earlier)

    for name, old in before.items():
        new = rows(earlier, name)
        assert [{key: row[key] for key in was} for was, row in zip(old, new, strict=True)] == old
    assert {row["origin"] for row in rows(earlier, "cases")} == {"screening"}
    assert {row["ruling"] for row in rows(earlier, "case_posts")} == {None}
    assert {row["target"] for row in rows(earlier, "intents")} == {None}
    assert look(earlier, "SELECT * FROM sqlite_sequence ORDER BY name") == sequence
    assert look(earlier, "PRAGMA integrity_check") == [("ok",)]
    assert look(earlier, "PRAGMA foreign_key_check") == []


async def test_what_was_there_is_read_and_decided_on(earlier: Path) -> None:
    """Its chain begins with what is decided from now on."""
    async with open_store(earlier) as store:
        first, second, third = reversed(await store.cases(GUILD, 9))
        assert [one.state for one in (first, second, third)] == [
            CaseState.OPEN,
            CaseState.ACTED,
            CaseState.CLOSED,
        ]
        assert (third.closed_at, third.origin) == (NOON, CaseOrigin.SCREENING)
        assert [one.action for one in second.posts] == [Action.REMOVE]
        assert second.posts[0].parts == (Part(Surface.CONTENT, "text 2"),)
        assert [(one.kind, one.state) for one in await store.intents(2)] == [
            (IntentKind.DELETE, IntentState.DONE),
            (IntentKind.NOTICE, IntentState.ATTEMPTED),
        ]
        assert await store.judged_until(GUILD) == {CHANNEL: 99}
        community = await store.community(GUILD)
        assert (community.log, community.public_log) == (Place("mod-log", 44), None)
        assert len(await store.observations(GUILD, NOON, 9)) == 1
        assert await store.chain_head(GUILD) is None
        found = await store.automatic_removals(GUILD, None, NOON, 9)
        assert [one.case.id for one in found] == [3, 2]

        done = await store.write(lambda tx: tx.rule(ruling(case=1, removes=(1,))))
        further = await store.write(lambda tx: tx.record(draft(post(4))))

        assert (done.case, (await store.case(1)).state) == (1, CaseState.CLOSED)
        assert (await store.case(further)).number == 4
        assert [one.kind for one in await store.chain(GUILD, 0, 9)] == [
            RulingKind.DECIDED,
            RulingKind.REMOVED,
        ]
        assert (await store.case(1)).author == AUTHOR
    assert all(one.is_sound for one in verify_chains(earlier))


@pytest.mark.long
def test_a_kill_before_any_statement_leaves_the_old_schema(earlier: Path) -> None:
    """After kill -9 in this very migration the old data is all there; the next start completes."""
    old = dump(earlier)
    stride = 1 if FULL else 9
    killing = [sys.executable, "-c", KILLER, str(earlier), str(MIGRATIONS), "1", str(stride)]
    subprocess.run(killing, check=True)
    expected = Path(shutil.copy(earlier, earlier.with_name("expected.db")))
    migrate(expected)
    new = dump(expected)

    victims = sorted(earlier.parent.glob("killed-*.db"))

    assert len(victims) >= (60 if FULL else 6)
    for victim in victims:
        assert dump(victim) == old, victim.name
        migrate(victim)
        assert dump(victim) == new, victim.name
