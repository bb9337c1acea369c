"""kill -9 while cases are committed: what was acknowledged is there, and nothing is half."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.storage import open_store
from bot.storage.verifying import verify_chains
from tests.storage.samples import GUILD, intents_for, look, post

ROUNDS = 60 if os.environ.get("CONCORD_LONG") == "1" else 4

WRITER = """
import asyncio, sys
from pathlib import Path
from bot.storage import open_store
from tests.storage.samples import draft, observation, post

async def main():
    first = int(sys.argv[2])
    async with open_store(Path(sys.argv[1])) as store:
        async def one(message):
            async def work(tx):
                await tx.record(draft(post(message)))
                await tx.observe(observation(message))
                await tx.advance(10, 30, message)
            await store.write(work)
            print(message, flush=True)
        for start in range(first, first + 100_000, 20):
            await asyncio.gather(*map(one, range(start, start + 20)))

asyncio.run(main())
"""


@pytest.mark.long
async def test_what_was_acknowledged_survives_a_kill(database: Path) -> None:
    """Killed again and again on one file; each time every acknowledged case is whole."""
    chance = random.Random(5)
    acknowledged: set[int] = set()
    for number in range(ROUNDS):
        process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in this loop
            [sys.executable, "-c", WRITER, str(database), str(1 + number * 100_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))  # noqa: ASYNC251 - the moment of the kill
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        whole_lines = (first + rest).rpartition("\n")[0]
        acknowledged |= {int(line) for line in whole_lines.split()}

        async with open_store(database) as store:
            cases = await store.cases(GUILD, 1_000_000)
            waiting = await store.unsettled()
            progress = await store.judged_until(GUILD)

        stored = {case.posts[0].message for case in cases}
        assert acknowledged <= stored
        assert [case.number for case in cases] == list(range(len(cases), 0, -1))
        assert all(case.posts == (post(case.posts[0].message),) for case in cases)
        assert [one.key for one in waiting] == [
            draft.key for case in reversed(cases) for draft in intents_for(case.posts[0].message)
        ]
        assert look(database, "SELECT count(*) FROM observations") == [(len(cases),)]
        assert progress == {30: max(stored)}
        assert look(database, "PRAGMA integrity_check") == [("ok",)]
        assert look(database, "PRAGMA foreign_key_check") == []


RULER = """
import asyncio, sys
from pathlib import Path
from bot.model.sanction import SanctionDraft, SanctionKind
from bot.storage import open_store
from tests.storage.samples import post, ruling, timeout

async def main():
    async with open_store(Path(sys.argv[1])) as store:
        async def one(number):
            wanted = ruling(
                f"order:{number}",
                posts=(post(number),),
                removes=(number,),
                words=f"words {number}",
                sanctions=(timeout(), SanctionDraft(SanctionKind.WARNING)),
            )
            done = await store.write(lambda tx: tx.rule(wanted))
            print(number, done.case, done.ruling, *done.sanctions, flush=True)
        for start in range(1, 100_000, 10):
            await asyncio.gather(*map(one, range(start, start + 10)))

asyncio.run(main())
"""
"""Orders the same again from the first at each start, as a moderator whose answer was lost."""


@pytest.mark.long
async def test_an_order_that_is_repeated_after_a_kill_is_ruled_once(database: Path) -> None:
    """Whatever was acknowledged is the answer to every later try, and the chain stays whole."""
    chance = random.Random(7)
    answers: dict[str, str] = {}
    for _ in range(ROUNDS):
        process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in this loop
            [sys.executable, "-c", RULER, str(database)], stdout=subprocess.PIPE, text=True
        )
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))  # noqa: ASYNC251 - the moment of the kill
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        for line in (first + rest).rpartition("\n")[0].splitlines():
            order, _, answer = line.partition(" ")
            assert answers.setdefault(order, answer) == answer

        async with open_store(database):
            pass  # what the write-ahead log holds is folded into the file

        (seen,) = verify_chains(database)
        ruled = look(database, "SELECT count(*), count(DISTINCT key) FROM rulings")[0]
        assert seen.is_sound
        assert ruled == (seen.inspection.last, seen.inspection.last)
        assert seen.inspection.last >= len(answers)
        assert look(database, "SELECT count(*) FROM sanctions") == [(2 * seen.inspection.last,)]
        assert look(database, "PRAGMA foreign_key_check") == []
