"""A stream of posts by simulated members, and what one uninterrupted run decides about it."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.detectors import discover
from bot.files.folder import config_folder
from bot.files.rulebook import read_rulebook
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.post import Part, Post, Surface
from bot.model.snowflake import time_of
from bot.placing import Location, Written, place
from bot.policy.terms import terms_for
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.screening import Screener
from tests.e2e.town import Town

ORDINARY = (
    "Has anyone tried the new time tracker on Linux yet?",
    "I finished my first contract this week, thank you all for the advice.",
    "How long do you usually wait before following up on a proposal?",
    "My cover letters got shorter and the answers got better.",
    "Good morning everyone, what are you working on today?",
    "The invoice page shows the wrong month for me, is it only me?",
    "I raised my rate after the third project and nobody minded.",
    "Which fonts do you like for a plain landing page?",
)
VULGAR = (
    "this whole thing is fucking useless, what a bunch of bullshit",
    "oh fuck off with these fees",
    "I am so fucking tired of this shit",
)
CONTACT = (
    "just write to me at marta.kowalska@gmail.com and we can talk",
    "my address is jonas.berg@outlook.com, mail me there",
)
REPEATED = (
    "Come and look at my new collection of templates, I made forty of them over the summer and "
    "they cover invoices, proposals and weekly reports for every kind of small business."
)


@dataclass
class Stream:
    """Posts of several members on the boards of a town, from a seed."""

    town: Town
    members: list[MemberHandle]
    chance: random.Random

    async def next(self) -> Message:
        """Have somebody say something."""
        member = self.chance.choice(self.members)
        board: ChannelHandle = self.chance.choice([self.town.general, self.town.showcase])
        kind = self.chance.random()
        number = self.chance.randrange(10_000)
        if kind < 0.55:
            text = f"{self.chance.choice(ORDINARY)} ({number})"
        elif kind < 0.75:
            text = f"{self.chance.choice(VULGAR)} {number}"
        elif kind < 0.9:
            text = f"{self.chance.choice(CONTACT)} {number}"
        else:
            text = REPEATED
        return await member.says(board, text)


def uninterrupted(town: Town, posts: Iterable[Message]) -> Mapping[int, Action]:
    """Return what one run without interruptions decides for each post, by message id."""
    rulebook = read_rulebook(config_folder(), discover())
    screener = Screener(rulebook.guidelines, rulebook.policy, rulebook.detectors)
    memory = GuildMemory(rulebook.policy.memory, rulebook.policy.memory_posts)
    decided: dict[int, Action] = {}
    for message in sorted(posts, key=lambda one: one.id):
        at = time_of(message.id)
        written = Written(
            Post(
                id=message.id,
                guild=town.guild.id,
                channel=message.channel_id,
                author=message.author.id,
                parts=(Part(Surface.CONTENT, message.content),),
                at=at,
            ),
            Location((message.channel_id,), public=True),
        )
        post = place(written, town.community)
        assert post is not None, "the stream writes on boards only"
        terms = terms_for(post, town.community, rulebook.guidelines, at)
        decided[message.id] = screener.screen(post, memory, terms).decision.action
    return decided
