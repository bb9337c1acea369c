"""What waits for an admin: asked in the moderators' log, where admins can look and decide."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import discord
import structlog

from bot.discord_io.interactions.answers import Answer, Control, Interaction, refused, view_of
from bot.discord_io.interactions.controls import asking_admins
from bot.discord_io.interactions.ordered import Ordered, in_short
from bot.discord_io.interactions.people import Here
from bot.discord_io.render import NOBODY, panel
from bot.discord_io.requests import UNANSWERED
from bot.drafts import WAITS
from bot.model.order import Refusal
from bot.wording.parts import moment

_log = structlog.get_logger(__name__)

_ASKING = discord.Colour(0xC98A1B)


_LAPSES = (
    "It can be confirmed until {until}; if nobody has done so by then, nothing of it is done, and "
    "it has to be ordered again."
)


def waits_no_longer(asked_at: datetime) -> str:
    """Return what is read by who presses under a line that asked the admins and waits no longer.

    Args:
        asked_at: when the line was sent, aware UTC.
    """
    return (
        f"This waits no longer: it could be confirmed until {moment(asked_at + WAITS)}. If nobody "
        "has done so, nothing of it was done, and whoever wanted it can order it again."
    )


async def ask_an_admin(
    interaction: Interaction, here: Here, order: Ordered, why: Refusal
) -> Answer:
    """Ask the admins to confirm an order, and return what its moderator reads."""
    app = interaction.client.app
    order = replace(order, shown_at=order.shown_at or app.clock.now())

    async def controls() -> tuple[str, tuple[Control, ...]]:
        draft = await app.drafts.put(order, interaction.user.id, for_admin=True)
        return f"admin-{draft}", asking_admins(draft)

    until = app.clock.now() + WAITS
    return await ask_the_admins(interaction, here, in_short(order), why, controls, until=until)


async def ask_the_admins(
    interaction: Interaction,
    here: Here,
    wanted: str,
    why: Refusal,
    controls: Callable[[], Awaitable[tuple[str, tuple[Control, ...]]]],
    *,
    until: datetime | None = None,
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
        until: when it lapses, if nobody confirms it; None where it does not.
    """
    log = here.community.log
    channel = here.guild.get_channel(log.id) if log is not None and log.id is not None else None
    if not isinstance(channel, discord.abc.Messageable):
        return refused((*why.reasons, "Please ask an admin to do it."))
    nonce, under = await controls()
    lapses = () if until is None else (_LAPSES.format(until=moment(until)),)
    text = f"<@{interaction.user.id}> wants this:\n{wanted}\n\n" + "\n".join(
        (*why.reasons, *lapses)
    )
    embed = panel("An admin is asked", text, _ASKING)
    view = view_of(under)
    try:
        await channel.send(embed=embed, view=view, nonce=nonce, allowed_mentions=NOBODY)
    except (discord.HTTPException, *UNANSWERED) as error:
        _log.warning("an admin could not be asked", error=type(error).__name__)
        return refused((*why.reasons, "The admins could not be asked; please tell one yourself."))
    asked = f"The admins have been asked in <#{channel.id}>."
    return refused((*why.reasons, asked, *lapses), "This waits for an admin")
