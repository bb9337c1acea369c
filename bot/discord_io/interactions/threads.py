"""Threads that are locked: for good reason, or because the question was asked before."""

import re
from typing import Final

import discord

from bot.discord_io.interactions.answers import Answer, Interaction, done, hold, said, show
from bot.discord_io.interactions.controls import UNLOCK, button
from bot.discord_io.interactions.fields import NOTE_LENGTH
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.references import OptionError
from bot.discord_io.render import NOBODY
from bot.discord_io.requests import repeatedly
from bot.text.escaping import quoted

_PLACE: Final = re.compile(
    r"<?https?://(?:(?:ptb|canary)\.)?discord(?:app)?\.com"
    r"/channels/(?P<guild>[0-9]{15,20})/(?P<channel>[0-9]{15,20})(?:/[0-9]{15,20})?/?>?"
)
"""A link to a thread, or to a post in it."""

NEEDS: Final = (
    "Concord lacks Manage Threads there: give it to its role in the server's or the channel's "
    "settings. Nothing was changed."
)


async def lock(interaction: Interaction, thread: discord.Thread, note: str | None) -> Answer:
    """Lock a thread, with a word to those who read it.

    Raises:
        OptionError: if Concord may not.
    """
    if thread.locked:
        return said(f"<#{thread.id}> is locked already.")
    words = "The moderators have locked this thread. It stays readable."
    await _say(
        thread, "Locked", words if note is None else f"{words}\n\n{quoted(note, NOTE_LENGTH)}"
    )
    await _set_locked(interaction, thread, locked=True)
    return _locked(thread)


async def close_duplicate(interaction: Interaction, thread: discord.Thread, earlier: str) -> Answer:
    """Point to where the same was asked before, and lock the thread.

    Args:
        interaction: held already.
        thread: the later one.
        earlier: the link to the earlier one.

    Raises:
        OptionError: if the link leads nowhere here, or Concord may not.
    """
    link = _PLACE.fullmatch(earlier.strip())
    guild = thread.guild
    if link is None or int(link["guild"]) != guild.id or int(link["channel"]) == thread.id:
        raise OptionError(
            "Please paste the link of the earlier thread of this server, or of a post in it."
        )
    address = earlier.strip().strip("<>")
    await _say(
        thread,
        "Asked before",
        f"This was asked before: {address}\nPlease go on there, so that answers stay together.",
    )
    await _set_locked(interaction, thread, locked=True)
    return _locked(thread)


class UnlockPress(Press, template=UNLOCK):
    """Unlocks a thread that was locked."""

    async def pressed(self, interaction: Interaction) -> None:
        """Unlock it."""
        if not await hold(interaction, anew=False):
            return
        here = await as_staff(interaction)
        thread = await thread_of(here, int(self.match["thread"]))
        await _set_locked(interaction, thread, locked=False)
        await show(interaction, done(f"<#{thread.id}> is open again.", "Unlocked"))


async def thread_of(here: Here, channel: int) -> discord.Thread:
    """Return a thread of the server.

    Raises:
        OptionError: if there is none.
    """
    known = here.guild.get_thread(channel)
    if known is not None:
        return known
    try:
        found = await here.guild.fetch_channel(channel)
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        found = None
    if not isinstance(found, discord.Thread):
        raise OptionError("This works in a thread or a forum post; name one, or go there first.")
    return found


def _locked(thread: discord.Thread) -> Answer:
    answer = done(f"<#{thread.id}> is locked. It can still be read.", "Locked")
    return Answer(answer.embeds, (button("Unlock", f"unlock:{thread.id}"),))


async def _say(thread: discord.Thread, title: str, words: str) -> None:
    # Before anything is written: words about a lock that does not follow would be no help.
    if not thread.permissions_for(thread.guild.me).manage_threads:
        raise OptionError(NEEDS)
    embed = discord.Embed(title=title, description=words, colour=discord.Colour(0x5B6EAE))
    try:
        await thread.send(embed=embed, allowed_mentions=NOBODY)
    except discord.Forbidden:
        raise OptionError(
            "Concord may not write in this thread: give its role Send Messages in Threads there. "
            "Nothing was changed."
        ) from None


async def _set_locked(interaction: Interaction, thread: discord.Thread, *, locked: bool) -> None:
    async def edit() -> None:
        reason = f"Concord · {'locked' if locked else 'unlocked'} by a moderator"
        await thread.edit(locked=locked, archived=False, reason=reason)

    try:
        await repeatedly(interaction.client.app.clock, edit)
    except discord.Forbidden:
        raise OptionError(NEEDS) from None
