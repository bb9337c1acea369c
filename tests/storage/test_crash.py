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
