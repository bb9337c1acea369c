"""Real lines posted by simulated members: counts per rule, delays and memory of the whole bot."""

import gzip
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

import psutil
import pytest

from bot.model.action import Action
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.messages import Message
from tests.e2e.bot_process import BotProcess
from tests.e2e.stream import uninterrupted
from tests.e2e.town import Town, opened
from tests.shared import DATA, need

LINES = 2_000 if os.environ.get("CONCORD_LONG") == "1" else 240
MEMBERS = 200
AT_ONCE = 20
"""Lines posted at once before the bot is waited for; a busy minute of a large community."""
SEED = 20261122
LONGEST = 2_000
"""Characters of a Discord message."""

SOURCES = (
    "i_benign/irc_ubuntu_support",
    "i_benign/webtext_firefox_wine",
    "i_benign/quora_questions",
    "a_language/hinglish_chat",
    "b_solicitation/sms_spam",
    "b_solicitation/youtube_comment_spam",
    "c_contact/presidio_synth_v2",
    "d_toxicity/conda_dota_chat",
    "d_toxicity/toxic_spans_civil_comments",
    "f_constructive/complaint_tweets",
)
"""Ten sources, as many lines of each."""


def lines(count: int) -> list[str]:
    """Return so many real lines, mixed, the same each time."""
    chance = random.Random(SEED)
    picked: list[str] = []
    for source in SOURCES:
        rows = list(_rows(need(DATA / f"{source}.jsonl.gz")))
        picked.extend(chance.sample(rows, count // len(SOURCES)))
    chance.shuffle(picked)
    return picked


def _rows(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as handle:
        for line in handle:
            text = json.loads(line)["text"].strip()
            if text:
                yield text[:LONGEST]


def _write(file: Path, texts: list[str]) -> None:
    file.write_text("\n---\n".join(texts), encoding="utf-8", errors="replace")


@pytest.mark.long
@pytest.mark.shared
async def test_real_lines_are_judged_as_the_pipeline_alone_would(
    folder: Path, contract: Callable[[], Contract | None]
) -> None:
    """Each post meets the fate that screening alone gives it, and nothing else happens."""
    chance = random.Random(SEED)
    texts = lines(LINES)
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        members = [await town.guild.member(f"Member {number}") for number in range(MEMBERS)]
        await bot.start()
        posts: list[Message] = []
        for number, text in enumerate(texts):
            board = chance.choice([town.general, town.showcase])
            posts.append(await chance.choice(members).says(board, text))
            if number % AT_ONCE == AT_ONCE - 1:
                await sim.settled(timeout=60)
        await sim.settled(timeout=300)
        memory = psutil.Process(bot.pid).memory_info().rss / 2**20
        assert await bot.stop() == 0, bot.log()[-4000:]

        decided = uninterrupted(town, posts)
        due = {message for message, action in decided.items() if action is Action.REMOVE}
        assert {post.id for post in posts if post.deleted} == due
        async with opened(bot.database) as store:
            cases = await store.cases(town.guild.id, 100_000)
        rules = Counter(
            (finding.evidence.rule, finding.action.word)
            for case in cases
            for post in case.posts
            for finding in post.findings
        )
        waited = list(sim.deletion_delays().values())
        cuts = quantiles(waited, n=100) if len(waited) > 1 else [0.0] * 99
        print(  # noqa: T201 - the figures are the point
            f"\n{len(posts)} real lines, {len(due)} removed, {len(cases)} cases, findings {rules}\n"
            f"event to delete request: p50 {cuts[49] * 1e3:.0f} ms, p99 {cuts[98] * 1e3:.0f} ms; "
            f"memory {memory:.0f} MiB"
        )
        if report := os.environ.get("CONCORD_REMOVED_TO"):
            removed = [post.content for post in posts if post.id in due]
            _write(Path(report), removed)
        assert sim.refused == []
        assert check is None or check.violations == []
