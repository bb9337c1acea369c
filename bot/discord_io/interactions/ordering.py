"""From the options of a command to an order: its post read, its length settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.deciding import key_of
from bot.discord_io.interactions.lengths import usual_length
from bot.discord_io.interactions.people import Here
from bot.discord_io.interactions.posts import Found, as_it_may_be_shown, find
from bot.discord_io.interactions.references import PostPlace
from bot.model.order import Order, Wanted
from bot.model.sanction import ENDLESS
from bot.text.durations import Length


@dataclass(frozen=True, slots=True)
class Said:
    """What a moderator said along with a sanction."""

    rule: str
    words: str = ""
    internal: str = ""
    because: str = ""
    silent: bool = False

    @classmethod
    def along(
        cls,
        rule: str,
        note: str | None,
        internal: str | None,
        because: str | None,
        silent: bool,
    ) -> Self:
        """Return what the options of a command said; None where one was left out."""
        return cls(rule, note or "", internal or "", because or "", silent)


async def order_about(
    interaction: Interaction,
    here: Here,
    subject: int,
    said: Said,
    wanted: Sequence[Wanted] = (),
    *,
    length: Length | None = None,
    post: PostPlace | None = None,
    removed: Sequence[Found] = (),
    spam: bool = False,
) -> Order:
    """Return the order of a command.

    Args:
        interaction: held already: a post is asked of Discord.
        here: who orders, and where.
        subject: whom it is about.
        said: what was said along with it.
        wanted: sanctions; those with a length get it here.
        length: what was named; None takes the ladder's, else the usual one.
        post: a post it is about that stays.
        removed: posts that go.
        spam: banned as a spam account.

    Raises:
        OptionError: if there is no such post.
    """
    evidence = (await find(interaction, here, post)).post if post is not None else None
    posts = tuple(one.post for one in removed) or (() if evidence is None else (evidence,))
    app = interaction.client.app
    settled = []
    for one in wanted:
        if one.kind in ENDLESS:
            settled.append(one)
        elif length is not None:
            settled.append(replace(one, duration=length.lasts, until=length.until))
        else:
            lasts = await usual_length(app, here.guild.id, subject, one.kind, said.rule, posts)
            settled.append(replace(one, duration=lasts))
    return Order(
        key=key_of(interaction),
        guild=here.guild.id,
        by=here.person.user,
        subject=subject,
        sanctions=tuple(settled),
        removes=tuple(
            [await as_it_may_be_shown(interaction, one.post) for one in removed if not one.gone]
        ),
        evidence=() if evidence is None else (evidence,),
        rule=said.rule,
        words=said.words,
        internal=said.internal,
        because=said.because,
        silent=said.silent,
        spam=spam,
    )
