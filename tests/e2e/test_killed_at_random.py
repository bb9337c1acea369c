"""kill -9 at random moments while posts stream in: nothing is lost, nothing is done twice."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.model.action import Action
from bot.model.intent import IntentKind, IntentState
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.messages import Message
from tests.e2e.bot_process import BotProcess
from tests.e2e.stream import Stream, uninterrupted
from tests.e2e.town import Town, opened

LONG = os.environ.get("CONCORD_LONG") == "1"
KILLS = 200 if LONG else 6
SEED = 20261122


def _tokens(messages: list[Message], me: int) -> list[str]:
    return [
        embed["footer"]["text"].rsplit(" · ", 1)[1]
        for message in messages
        if message.author.id == me and not message.deleted
        for embed in message.embeds
    ]


@pytest.mark.long
async def test_what_had_to_go_is_gone_and_nothing_happened_twice(
    folder: Path, contract: Callable[[], Contract | None]
) -> None:
    """After many kills the end is that of one uninterrupted run; each notice is there once."""
    chance = random.Random(SEED)
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        members = [await town.guild.member(f"Member {number}") for number in range(40)]
        stream = Stream(town, members, chance)
        posts: list[Message] = []

        for _ in range(KILLS):
            posts.extend([await stream.next() for _ in range(chance.randrange(4))])
            await bot.start(wait=False)
            # The moment of the kill: after so many requests of this life, and a little more.
            requests = len(sim.requests) + chance.choice([0, 3, 4, 5, 6, 7, 8, 10, 13, 17, 25])
            while len(sim.requests) < requests and bot.running:
                posts.append(await stream.next())
                await asyncio.sleep(chance.uniform(0.02, 0.15))
            await asyncio.sleep(chance.uniform(0, 0.05))
            assert bot.running, bot.log()[-4000:]
            await bot.kill()
        posts.extend([await stream.next() for _ in range(3)])
        await bot.start(wait=False)
        await sim.connected()
        await sim.settled(timeout=900)
        assert await bot.stop() == 0, bot.log()[-4000:]

        decided = uninterrupted(town, posts)
        due = {message for message, action in decided.items() if action is Action.REMOVE}
        asked = {message for message, action in decided.items() if action is Action.REVIEW}
        gone = {message.id for message in posts if message.deleted}
        assert gone == due, f"{len(gone - due)} wrongly gone, {len(due - gone)} still there"
        assert due, "the stream must hold something to remove"

        async with opened(bot.database) as store:
            cases = await store.cases(town.guild.id, 100_000)
            intents = {case.id: await store.intents(case.id) for case in cases}
        owners = Counter(post.message for case in cases for post in case.posts)
        assert set(owners) == due | asked
        assert set(owners.values()) == {1}

        told = Counter(token for member in members for token in _tokens(member.dms(), sim.bot.id))
        lines = Counter(_tokens(town.log.messages(), sim.bot.id))
        assert max((told + lines).values()) == 1, "a notice or a line of the log came twice"
        for case in cases:
            for intent in intents[case.id]:
                assert intent.state is not IntentState.PENDING, intent
                seen = told if intent.kind is IntentKind.NOTICE else lines
                if intent.kind in (IntentKind.NOTICE, IntentKind.LOG):
                    missing_is_said = intent.state in (IntentState.UNKNOWN, IntentState.FAILED)
                    assert seen[intent.token] == 1 or missing_is_said, intent
        touched = {
            request.path
            for request in sim.requests
            if request.method in ("DELETE", "PUT", "PATCH")
            and not request.path.startswith("/applications/")  # its commands are told at a start
        }
        assert len([path for path in touched if "/messages/" not in path]) == 0
        unknown = sum(
            intent.state is IntentState.UNKNOWN for case in cases for intent in intents[case.id]
        )
        print(  # noqa: T201 - the figures are the point
            f"\n{KILLS} kills, {len(posts)} posts, {len(due)} removed, {len(asked)} asked about, "
            f"{len(cases)} cases, {sum(told.values())} notices, {sum(lines.values())} lines, "
            f"{unknown} unknown"
        )
        assert sim.refused == []
        assert check is None or check.violations == []
