"""Moving a post to another board: Discord cannot, so it is quoted there and removed here.

Steps, each of which leaves nothing lost if it is the last: the quote is posted, the original is
removed, its author is told where it is. The quote carries a nonce made of the command, so that a
repeated request does not post it twice.
"""

import io

import discord
import structlog

from bot.discord_io.interactions.answers import (
    Answer,
    Interaction,
    done,
    hold,
    refused,
    said,
    show,
    view_of,
)
from bot.discord_io.interactions.controls import MOVED, button
from bot.discord_io.interactions.people import Here, as_staff, here
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.references import OptionError
from bot.discord_io.render import NOBODY
from bot.discord_io.requests import GONE, UNANSWERED, repeatedly
from bot.text.escaping import escaped

_log = structlog.get_logger(__name__)

FILES = 10
"""Files that one message of Discord's holds."""

BYTES = 10_000_000
"""Of all files of a moved post together; what one message takes on any server."""

_QUOTE = discord.Colour(0x5B6EAE)


async def move(
    interaction: Interaction, place: Here, message: discord.Message, board: str
) -> Answer:
    """Quote a post on another board, remove it here, and tell its author.

    Args:
        interaction: held already.
        place: who moves it, and where.
        message: the post.
        board: the name of the board.

    Raises:
        OptionError: if it cannot be moved, in words that say why.
    """
    target = _target(place, message, board)
    files = await _files(message)
    try:
        copy = await target.send(
            embed=_quote(message),
            files=files,
            view=view_of((button("Delete (author only)", f"moved:{message.author.id}"),)),
            nonce=f"move-{interaction.id}"[:25],
            allowed_mentions=NOBODY,
        )
    except discord.Forbidden:
        raise OptionError(
            f"Concord may not post in <#{target.id}>: give its role View Channel, Send Messages, "
            "Embed Links and Attach Files there. Nothing was moved."
        ) from None
    trouble = await _remove(interaction, message, target)
    if trouble is not None:
        return refused(
            (f"It was quoted in {copy.jump_url}, but the original stays: {trouble}",), "Half done"
        )
    told = await _tell(message, copy)
    answer = f"It is quoted in {copy.jump_url}, and the original is removed. {told}"
    return done(answer, f"Moved to {board}")


class MovedPress(Press, template=MOVED):
    """Lets the author of a moved post, or a moderator, take the quote away."""

    async def pressed(self, interaction: Interaction) -> None:
        """Delete the quote."""
        place = await here(interaction)
        if place.person.user != int(self.match["author"]):
            await as_staff(interaction)
        message = interaction.message
        assert message is not None, "BUG: a button without a message"
        if await hold(interaction):
            await repeatedly(interaction.client.app.clock, lambda: _deleted(message))
            await show(interaction, said("The post is deleted."))


def _target(place: Here, message: discord.Message, board: str) -> discord.TextChannel:
    known = place.community.board(board)
    channel = place.guild.get_channel((known.channel.id or 0) if known is not None else 0)
    if not isinstance(channel, discord.TextChannel):
        raise OptionError(
            f"Posts cannot be moved to {escaped(board)}: only text channels take them. Please ask "
            "the author to post it there themselves."
        )
    if channel.id == message.channel.id:
        raise OptionError("The post stands on that board already.")
    if not channel.permissions_for(place.member).send_messages:
        raise OptionError(f"You may not post in <#{channel.id}> yourself.")
    return channel


async def _files(message: discord.Message) -> list[discord.File]:
    size = sum(one.size for one in message.attachments)
    if len(message.attachments) > FILES or size > BYTES:
        raise OptionError(
            "Its files are too large for Concord to post again, so it was not moved. Please ask "
            "the author to post it there themselves."
        )
    files = []
    for one in message.attachments:
        try:
            content = await one.read()
        except (discord.HTTPException, *UNANSWERED):
            raise OptionError(
                "One of its files could not be fetched, so it was not moved. Please try again."
            ) from None
        files.append(discord.File(io.BytesIO(content), filename=one.filename))
    return files


def _quote(message: discord.Message) -> discord.Embed:
    embed = discord.Embed(
        description=message.content or "(no text)", colour=_QUOTE, timestamp=message.created_at
    )
    embed.set_author(
        name=f"{message.author.display_name} wrote"[:256],
        icon_url=message.author.display_avatar.url,
    )
    embed.set_footer(text="Moved here by the moderators")
    return embed


async def _remove(
    interaction: Interaction, message: discord.Message, target: discord.TextChannel
) -> str | None:
    """Remove the original; return why it stays, if it does."""
    reason = f"Concord · moved to #{target.name}"[:512]
    client = interaction.client
    try:
        await repeatedly(
            client.app.clock,
            lambda: client.http.delete_message(message.channel.id, message.id, reason=reason),
        )
    except discord.NotFound as error:
        if error.code not in GONE:
            return "Discord does not find its channel."
    except discord.Forbidden:
        return "Concord lacks Manage Messages there. Give it to its role, and remove the post."
    except (discord.HTTPException, *UNANSWERED):
        return "Discord did not do it. Please remove it by hand."
    return None


async def _tell(message: discord.Message, copy: discord.Message) -> str:
    assert message.guild is not None, "BUG: a post outside of servers"
    embed = discord.Embed(
        title="A post of yours was moved",
        description=f"It fits another board better, so you find it there now: {copy.jump_url}\n\n"
        "This is no warning and counts for nothing. Discord cannot move posts, so Concord quotes "
        "it; to take it away, press Delete under it.",
        colour=_QUOTE,
    )
    embed.set_author(name=message.guild.name[:256])
    try:
        await message.author.send(embed=embed, allowed_mentions=NOBODY)
    except (discord.HTTPException, *UNANSWERED):
        return "Its author could not be told: their direct messages are closed."
    return "Its author was told."


async def _deleted(message: discord.Message) -> None:
    try:
        await message.delete()
    except discord.NotFound as error:
        if error.code not in GONE:
            raise
