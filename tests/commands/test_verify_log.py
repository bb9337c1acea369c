"""``verify-log`` says in words what became of the log of decisions."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.errors import ConcordError
from bot.model.ruling import RulingKind
from bot.ports import RulingDraft
from bot.storage import open_store
from tests.making import ADA, GUILD, NOON

Verify = Callable[..., Result]


async def decide(database: Path, count: int, guild: int = GUILD) -> Sequence[str]:
    """Commit decisions, each with words, and return the head after each."""
    async with open_store(database) as store:
        for number in range(1, count + 1):
            wanted = RulingDraft(
                guild,
                f"order:{number}",
                RulingKind.DECIDED,
                NOON,
                5,
                ADA + number % 2,
                rule="hate",
                words=f"words {number}",
            )
            await store.write(lambda tx, wanted=wanted: tx.rule(wanted))
        return [link.hash for link in await store.chain(guild, 0, count)]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the settings say the database is."""
    return tmp_path / "concord.db"


@pytest.fixture
def verify(database: Path) -> Verify:
    """Run the command."""
    settings = database.with_name("settings.env")
    settings.write_text(f"CONCORD_DATABASE={database}\n")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["verify-log", "--env", str(settings), *arguments])

    return run


def change(database: Path, *statements: str) -> None:
    """Change the tables as somebody with the file would."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_an_untouched_log_is_intact(database: Path, verify: Verify) -> None:
    """Exit status 0; each server by itself."""
    heads = asyncio.run(decide(database, 3))
    others = asyncio.run(decide(database, 1, GUILD + 1))

    both, one = verify(), verify("--guild", str(GUILD))

    assert (both.exit_code, one.exit_code) == (0, 0)
    assert one.output == f"Server {GUILD}: 3 decisions, head {heads[-1]}\n  intact: 3\n"
    assert both.output == (
        one.output + f"Server {GUILD + 1}: 1 decision, head {others[0]}\n  intact: 1\n"
    )


def test_what_was_altered_erased_or_cut_out_is_named_by_number(
    database: Path, verify: Verify
) -> None:
    """Exit status 1, but not for what was only erased."""
    asyncio.run(decide(database, 8))

    async def erase() -> None:
        async with open_store(database) as store:
            await store.write(lambda tx: tx.forget(GUILD, ADA, NOON))

    asyncio.run(erase())
    erased = verify()
    change(
        database,
        "UPDATE rulings SET words = 'other' WHERE id IN (1, 3)",
        "UPDATE rulings SET rule = 'threat' WHERE id = 4",
        "DELETE FROM chain_links WHERE number IN (6, 7)",
    )
    altered = verify()

    assert erased.exit_code == 0
    assert "  erased: 4 (number 2, 4, 6, 8)\n" in erased.output
    assert altered.exit_code == 1
    assert "  altered: 3 (number 1, 3 to 4)\n" in altered.output
    assert "  missing: number 6 to 7\n" in altered.output
    assert "  in the tables, but not in the log: 2\n" in altered.output


def test_a_posted_head_is_found_with_its_number(database: Path, verify: Verify) -> None:
    """And what came later does not matter to it."""
    heads = asyncio.run(decide(database, 3))

    found = verify("--head", f" {heads[1].upper()} ")
    change(database, "UPDATE rulings SET words = 'other' WHERE id = 3")
    later = verify("--head", heads[1])
    change(database, "UPDATE rulings SET words = 'other' WHERE id = 1")
    before = verify("--head", heads[1])

    assert found.exit_code == 0
    assert "The head asked for is decision 2: all up to it are unaltered." in found.output
    assert later.exit_code == 1
    assert "decision 2: all up to it are unaltered." in later.output
    assert before.exit_code == 1
    assert "decision 2, but not all up to it are unaltered." in before.output


def test_a_head_that_is_not_there_means_that_something_was_cut_or_rewritten(
    database: Path, verify: Verify
) -> None:
    """The chain by itself may be sound: that is what posting heads is for."""
    heads = asyncio.run(decide(database, 3))
    change(database, "DELETE FROM chain_links WHERE number = 3", "DELETE FROM rulings WHERE id = 3")

    by_itself, asked = verify(), verify("--head", heads[2])

    assert by_itself.exit_code == 0
    assert asked.exit_code == 1
    assert f"The head {heads[2]} is in no log here" in asked.output


def test_what_was_cut_off_or_written_anew_shows_against_the_heads_that_concord_remembers(
    database: Path, verify: Verify
) -> None:
    """Without anybody asking for one: it posted them itself."""

    async def post(number: int) -> None:
        async with open_store(database) as store:
            (head,) = await store.chain(GUILD, number - 1, 1)
            await store.write(lambda tx: tx.head_posted(head, NOON + timedelta(days=number)))

    asyncio.run(decide(database, 3))
    for number in (1, 3):
        asyncio.run(post(number))
    untouched = verify()
    change(
        database, "DELETE FROM chain_links WHERE number >= 2", "DELETE FROM rulings WHERE id > 1"
    )

    cut = verify()
    asyncio.run(decide_anew(database, 3))
    anew = verify()
    change(database, "DELETE FROM chain_links", "DELETE FROM rulings")
    gone = verify()

    assert untouched.exit_code == 0
    assert (cut.exit_code, anew.exit_code, gone.exit_code) == (1, 1, 1)
    assert "  missing: number 2 to 3\n" in cut.output
    assert "  not as their heads were posted: number 3\n" in anew.output
    assert "missing" not in anew.output
    assert gone.output == f"Server {GUILD}: no decisions.\n  missing: number 1 to 3\n"


async def decide_anew(database: Path, count: int) -> None:
    """Commit other decisions than those that were there."""
    async with open_store(database) as store:
        for number in range(count):
            wanted = RulingDraft(GUILD, f"anew:{number}", RulingKind.NOTED, NOON, 5, ADA)
            await store.write(lambda tx, wanted=wanted: tx.rule(wanted))


def test_it_works_while_the_bot_runs(database: Path, verify: Verify) -> None:
    """Also with decisions that stand in the write-ahead log only."""

    async def during() -> Result:
        await decide(database, 2)
        async with open_store(database) as store:
            wanted = RulingDraft(GUILD, "late", RulingKind.NOTED, NOON, 5, ADA)
            await store.write(lambda tx: tx.rule(wanted))
            return await asyncio.to_thread(verify)

    seen = asyncio.run(during())

    assert seen.exit_code == 0
    assert "3 decisions" in seen.output


def test_nothing_is_changed_by_looking(database: Path, verify: Verify) -> None:
    """The file stays as it is, byte for byte."""
    asyncio.run(decide(database, 2))
    before = database.read_bytes()

    verify()

    assert database.read_bytes() == before


def test_what_no_ruling_can_hold_is_altered_and_not_a_crash(database: Path, verify: Verify) -> None:
    """Whoever got past the checks of the schema is told apart from a defect of ours."""
    asyncio.run(decide(database, 3))
    change(
        database,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE rulings SET kind = 'nonsense' WHERE id = 2",
        "UPDATE chain_links SET salt = 'no key' WHERE number = 3",
    )

    seen = verify()

    assert seen.exit_code == 1
    assert "  altered: 2 (number 2 to 3)" in seen.output


def test_an_empty_database_has_no_decisions(database: Path, verify: Verify) -> None:
    """That is no error, unless a head was posted."""
    asyncio.run(decide(database, 0))

    assert (verify().exit_code, verify().output) == (0, "No decisions yet.\n")
    assert verify("--guild", "7").output == "Server 7: no decisions.\n"
    assert verify("--head", "a" * 64).exit_code == 1


@pytest.mark.parametrize("head", ["abc", "g" * 64, "a" * 65])
def test_a_head_that_is_none_is_refused(database: Path, verify: Verify, head: str) -> None:
    """In words, before anything is opened."""
    refused = verify("--head", head)

    assert refused.exit_code == 2
    assert "expected the 64 digits and letters that Concord posted" in refused.output


def test_a_file_that_is_no_database_of_ours_is_said(database: Path, verify: Verify) -> None:
    """Missing, another program's, or of another schema."""
    missing = verify().exception
    database.touch()
    other = verify().exception
    database.unlink()
    asyncio.run(decide(database, 1))
    old = Path(shutil.copy(database, database.with_name("old.db")))
    change(old, "UPDATE alembic_version SET version_num = '0002'")
    shutil.move(old, database)
    earlier = verify().exception

    said = [str(error) for error in (missing, other, earlier) if isinstance(error, ConcordError)]
    assert [one[:20] for one in said] == [
        "There is no database",
        "The file " + str(database)[:11],
        "The database " + str(database)[:7],
    ]
