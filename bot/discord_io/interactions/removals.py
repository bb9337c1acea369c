"""Orders to remove posts: which posts they are, and what follows beside."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Literal

from bot.discord_io.interactions.answers import Interaction, show
from bot.discord_io.interactions.answers import said as saying
from bot.discord_io.interactions.ordering import Said, order_about
from bot.discord_io.interactions.people import Here
from bot.discord_io.interactions.posts import Found, Room, burst_round, find, last_of, rooms_of
from bot.discord_io.interactions.references import OptionError, PostPlace
from bot.model.case import CasePost
from bot.model.order import REMINDER, Order, Wanted
from bot.model.post import AuthorKind
from bot.model.sanction import SanctionKind

Also = Literal["nothing more", "a warning", "what the ladder proposes"]
"""What follows beside a removal."""

MOST = 100
"""Posts that one order removes at most; chosen: more is for a second look."""

PROGRESS_EVERY = 5
"""Channels between two words on how far the reading has come; chosen."""


async def one_post(
    interaction: Interaction, here: Here, where: PostPlace, said: Said, also: Also
) -> Order:
    """Return the order to remove one post."""
    found = await find(interaction, here, where)
    if found.gone:
        raise OptionError("This post is gone already; its case still stands.")
    return await _order(interaction, here, found.author, (found,), said, also)


async def last_posts(
    interaction: Interaction,
    here: Here,
    member: int,
    count: int,
    said: Said,
    also: Also,
    *,
    everywhere: bool,
) -> Order:
    """Return the order to remove the last posts of a member."""
    rooms = _rooms(interaction, here, everywhere=everywhere)
    posts = await last_of(here, member, count, rooms, _telling(interaction))
    if not posts:
        where = "in the channels that we both can see" if everywhere else "in this channel"
        raise OptionError(f"<@{member}> has written nothing lately {where}.")
    account = here.guild.get_member(member)
    kind = AuthorKind.APP if account is not None and account.bot else AuthorKind.MEMBER
    return await _order(interaction, here, member, _founds(posts, member, kind), said, also)


async def burst(
    interaction: Interaction,
    here: Here,
    where: PostPlace,
    said: Said,
    also: Also,
    *,
    everywhere: bool,
) -> Order:
    """Return the order to remove what somebody wrote shortly before and after a post."""
    found = await find(interaction, here, where)
    time = interaction.client.app.policy.burst
    only = None if everywhere else here.guild.get_channel_or_thread(found.post.channel)
    rooms = rooms_of(here, only)
    posts = await burst_round(here, found, time, rooms, MOST, _telling(interaction))
    if not posts:
        raise OptionError("These posts are gone already.")
    founds = _founds(posts, found.author, found.author_kind)
    return await _order(interaction, here, found.author, founds, said, also)


async def _order(
    interaction: Interaction,
    here: Here,
    subject: int,
    removed: Sequence[Found],
    said: Said,
    also: Also,
) -> Order:
    wanted: tuple[Wanted, ...] = ()
    if also == "a warning":
        wanted = (Wanted(SanctionKind.WARNING),)
    order = await order_about(interaction, here, subject, said, wanted, removed=removed)
    if also != "what the ladder proposes" or removed[0].author_kind is AuthorKind.APP:
        return order
    return await with_the_ladder(interaction, order)


async def with_the_ladder(interaction: Interaction, order: Order) -> Order:
    """Return an order with what the ladder proposes for it: where nothing goes, also a reminder."""
    assert order.rule is not None, "BUG: the ladder needs a rule"
    suggestion = await interaction.client.app.moderation.suggestion(
        order.guild, order.subject, order.rule, (*order.removes, *order.evidence)
    )
    wanted = tuple(step.wanted for step in suggestion.steps)
    if suggestion.reminds and not order.removes:
        wanted = (REMINDER,)
    return replace(order, sanctions=wanted)


def _founds(posts: Sequence[CasePost], author: int, kind: AuthorKind) -> tuple[Found, ...]:
    return tuple(Found(post, author, kind) for post in posts)


def _rooms(interaction: Interaction, here: Here, *, everywhere: bool) -> list[Room]:
    return rooms_of(here, None if everywhere else interaction.channel)


def _telling(interaction: Interaction) -> Callable[[int, int], Awaitable[None]]:
    async def tell(done: int, of: int) -> None:
        if of > PROGRESS_EVERY and done % PROGRESS_EVERY == 0 and done < of:
            await show(interaction, saying(f"Reading: {done} of {of} channels…"))

    return tell
