"""A raid: many accounts post much at once that has to go, and what of it is decided."""

import random
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.model.action import Action
from bot.model.case import Case
from bot.sandbox import Simulation
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.sandbox.rate_limit_rules import (
    DELETE_MESSAGE_RULE,
    DELETE_YOUNG_MESSAGE,
    YOUNG_MESSAGE_SECONDS,
)
from bot.sandbox.requests import RequestRecord
from tests.e2e.stream import CONTACT, ORDINARY, REPEATED, VULGAR
from tests.e2e.town import Town

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"

WORSE = frozenset({"contact-info", "solicitation"})
"""Rules of the raid whose severity is moderate; that of the others is minor."""


@dataclass
class Raid:
    """Accounts that post on the boards of a town, from a seed."""

    town: Town
    accounts: Sequence[MemberHandle]
    boards: Sequence[ChannelHandle]
    chance: random.Random

    async def says(self, count: int) -> list[Message]:
        """Have them say so much at once; who has been banned meanwhile says nothing."""
        posts: list[Message] = []
        while len(posts) < count:
            account = self.chance.choice(self.accounts)
            if account.is_member:
                posts.append(await account.says(self.chance.choice(self.boards), self._text()))
        return posts

    def _text(self) -> str:
        kind, number = self.chance.random(), self.chance.randrange(100_000)
        if kind < 0.4:
            return f"{self.chance.choice(CONTACT)} {number}"
        if kind < 0.8:
            return f"{self.chance.choice(VULGAR)} {number}"
        if kind < 0.9:
            return REPEATED
        return f"{self.chance.choice(ORDINARY)} ({number})"


def removed_first(sim: Simulation) -> Mapping[int, RequestRecord]:
    """Return, by message, the bot's first call to delete it; in the order of the calls."""
    calls: dict[int, RequestRecord] = {}
    for record in sim.requests_to(DELETE):
        calls.setdefault(int(record.path.rpartition("/")[2]), record)
    return calls


def due(cases: Sequence[Case]) -> Mapping[int, bool]:
    """Return the posts that were to be removed, and whether for one of the worse rules."""
    return {
        post.message: any(
            finding.evidence.rule in WORSE
            for finding in post.findings
            if finding.action is post.action
        )
        for case in cases
        for post in case.posts
        if post.action is Action.REMOVE
    }


def theoretical_seconds(messages: Sequence[Message], age: float) -> float:
    """Return how long removals take at least: those of the fullest channel, at Discord's pace.

    Args:
        messages: what is removed.
        age: of the messages when it begins, in seconds; from some age on a faster bucket holds.
    """
    young, older = DELETE_YOUNG_MESSAGE, DELETE_MESSAGE_RULE
    fullest = max(Counter(one.channel_id for one in messages).values(), default=0)
    slow = max(0.0, YOUNG_MESSAGE_SECONDS - age) * young.limit / young.window
    fresh = min(fullest, round(slow))
    return fresh * young.window / young.limit + (fullest - fresh) * older.window / older.limit


def out_of_turn(calls: Mapping[int, RequestRecord], worse: Mapping[int, bool]) -> list[int]:
    """Return, for each channel, how many milder posts went where its worse ones had had room.

    Each channel has a limit of its own: what is done in one takes nothing from the others.

    Args:
        calls: first calls to delete, by message, in their order.
        worse: whether a post was removed for one of the worse rules.
    """
    channels: dict[str, list[int]] = {}
    for message, call in calls.items():
        channels.setdefault(call.path.split("/")[2], []).append(message)
    return [
        sum(not worse[one] for one in order[: sum(worse[one] for one in order)])
        for order in channels.values()
    ]


def judged_until(database: Path) -> int:
    """Return the last message of any channel that a running bot has judged."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        [(message,)] = connection.execute("SELECT max(message) FROM channel_progress")
    return int(message or 0)
