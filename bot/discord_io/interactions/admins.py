"""What waits for an admin: asked in the moderators' log, where admins can look and decide."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord
import structlog

from bot.discord_io.interactions.answers import Answer, Control, Interaction, refused, view_of
from bot.discord_io.interactions.controls import asking_admins
from bot.discord_io.interactions.ordered import Ordered, in_short
from bot.discord_io.interactions.people import Here
from bot.discord_io.render import NOBODY, panel
from bot.discord_io.requests import UNANSWERED
from bot.model.order import Order, Refusal

_log = structlog.get_logger(__name__)

_ASKING = discord.Colour(0xC98A1B)


async def ask_an_admin(
    interaction: Interaction, here: Here, order: Ordered, why: Refusal
) -> Answer:
    """Ask the admins to confirm an order, and return what its moderator reads."""
    app = interaction.client.app
    if isinstance(order, Order):
        order = replace(order, shown_at=app.clock.now())

    async def controls() -> tuple[str, tuple[Control, ...]]:
        draft = await app.drafts.put(order, interaction.user.id, for_admin=True)
        return f"admin-{draft}", asking_admins(draft)

    return await ask_the_admins(interaction, here, in_short(order), why, controls)


async def ask_the_admins(
    interaction: Interaction,
    here: Here,
    wanted: str,
    why: Refusal,
    controls: Callable[[], Awaitable[tuple[str, tuple[Control, ...]]]],
) -> Answer:
    """Ask the admins for something, and return what its moderator reads.

    The line with its button is sent once: where Discord does not answer, the moderator is told.

    Args:
        interaction: a moderator's.
        here: where.
        wanted: what they want, in one line.
        why: why it needs an admin.
        controls: returns the line's nonce, of at most 25 characters, and what is under it; awaited
            only where there is a log to ask in.
    """
    log = here.community.log
    channel = here.guild.get_channel(log.id) if log is not None and log.id is not None else None
    if not isinstance(channel, discord.abc.Messageable):
        return refused((*why.reasons, "Please ask an admin to do it."))
    nonce, under = await controls()
    text = f"<@{interaction.user.id}> wants this:\n{wanted}\n\n" + "\n".join(why.reasons)
    embed = panel("An admin is asked", text, _ASKING)
    view = view_of(under)
    try:
        await channel.send(embed=embed, view=view, nonce=nonce, allowed_mentions=NOBODY)
    except (discord.HTTPException, *UNANSWERED) as error:
        _log.warning("an admin could not be asked", error=type(error).__name__)
        return refused((*why.reasons, "The admins could not be asked; please tell one yourself."))
    return refused(
        (*why.reasons, f"The admins have been asked in <#{channel.id}>."), "This waits for an admin"
    )
