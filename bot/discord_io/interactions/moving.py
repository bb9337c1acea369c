"""Moving a post to another board: Discord cannot, so it is quoted there and removed here."""

import io

import discord

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
from bot.discord_io.interactions.post_card import look_at
from bot.discord_io.interactions.posts import of_message
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.references import OptionError
from bot.discord_io.quotes import MARK, is_quote
from bot.discord_io.render import NOBODY, panel
from bot.discord_io.requests import GONE, UNANSWERED, outcome_of, repeatedly
from bot.model.move import Move, MoveDraft
from bot.moves import HalfMoved, NotMoved
from bot.ports import Delivery, Outcome
from bot.text.escaping import escaped

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
    moves = interaction.client.app.moves
    seen = await look_at(interaction.client.app, place, of_message(message, place))
    standing = await place.standing(message.author.id)
    reasons = await moves.refusals(place.guild.id, standing, seen.found.post)
    if reasons:
        return refused(reasons)
    target = _target(place, message, board)
    _require_quotable(message)
    files = await _files(message)

    async def post(move: Move) -> Outcome:
        try:
            copy = await target.send(
                embed=_quote(message, move),
                files=files,
                view=view_of((button("Delete (author only)", f"moved:{message.author.id}"),)),
                nonce=move.nonce("quote"),
                allowed_mentions=NOBODY,
            )
        except discord.Forbidden:
            words = (
                f"Concord may not post in <#{target.id}>: give its role View Channel, Send "
                "Messages, Embed Links and Attach Files there"
            )
            return Outcome(Delivery.REFUSED, words)
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages")
        return Outcome(Delivery.DONE, "posted", copy.id)

    draft = MoveDraft(
        guild=place.guild.id,
        message=message.id,
        author=message.author.id,
        origin=message.channel.id,
        target=target.id,
        by=place.member.id,
        at=interaction.client.app.clock.now(),
    )
    what = await moves.move(draft, post)
    if isinstance(what, NotMoved):
        return refused((what.why, "Nothing was moved."))
    address = (
        f"https://discord.com/channels/{place.guild.id}/{what.move.draft.target}/{what.move.quote}"
    )
    if isinstance(what, HalfMoved):
        half = (
            f"It was quoted in {address}, but the original stays: {what.why}. Please remove it by "
            "hand, or give Concord what it needs and move it once more."
        )
        return refused((half,), "Half done")
    told = "Its author was told." if what.told else _UNTOLD
    return done(
        f"It is quoted in {address}, and the original is removed. {told}", f"Moved to {board}"
    )


_UNTOLD = "Its author could not be told: their direct messages are closed."


class MovedPress(Press, template=MOVED):
    """Lets the author of a moved post, or a moderator, take the quote away."""

    async def pressed(self, interaction: Interaction) -> None:
        """Delete the quote."""
        place = await here(interaction)
        message = interaction.message
        assert message is not None, "BUG: a button without a message"
        if place.person.user != int(self.match["author"]):
            await as_staff(interaction)
        if not await hold(interaction):
            return
        if not is_quote(message, place.guild.me.id):
            await show(interaction, refused(("This is no quote of a moved post.",)))
            return
        await repeatedly(interaction.client.app.clock, lambda: _deleted(message))
        await interaction.client.app.moves.withdrawn(message.id)
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


def _require_quotable(message: discord.Message) -> None:
    """Refuse what would be lost.

    Raises:
        OptionError: in words that say what.
    """
    held = {
        "a poll": message.poll is not None,
        "stickers": bool(message.stickers),
        "a forwarded post": bool(message.message_snapshots),
        "an app's embeds": message.author.bot and bool(message.embeds),
        "an app's buttons": bool(message.components),
        "a voice message": message.flags.voice,
        "a post without text": not (message.content or message.attachments),
    }
    lost = next((what for what, is_there in held.items() if is_there), None)
    if lost is not None:
        raise OptionError(
            f"Concord cannot quote {lost}, so it was not moved. Please ask the author to post it "
            "there themselves."
        )


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


def _quote(message: discord.Message, move: Move) -> discord.Embed:
    text, footer = message.content or "(no text)", f"{MARK} · {move.token}"
    author = f"{message.author.display_name} wrote"
    embed = panel(None, text, _QUOTE, author=author, footer=footer)
    embed.timestamp = message.created_at
    face = message.author.display_avatar.url
    return embed.set_author(name=embed.author.name, icon_url=face)


async def _deleted(message: discord.Message) -> None:
    try:
        await message.delete()
    except discord.NotFound as error:
        if error.code not in GONE:
            raise
