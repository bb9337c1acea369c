"""Threads that are locked: for good reason, or because the question was asked before."""

import re
from hashlib import blake2b
from typing import Final

import discord

from bot.discord_io.interactions.answers import (
    Answer,
    Interaction,
    done,
    hold,
    refused,
    said,
    show,
)
from bot.discord_io.interactions.controls import UNLOCK, button
from bot.discord_io.interactions.fields import NOTE_LENGTH
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.posts import Room, message_at, room_of
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.references import OptionError
from bot.discord_io.render import NOBODY, panel
from bot.discord_io.requests import repeatedly
from bot.policy.authority import refusals
from bot.text.escaping import quoted

_PLACE: Final = re.compile(
    r"<?https?://(?:(?:ptb|canary)\.)?discord(?:app)?\.com"
    r"/channels/(?P<guild>[0-9]{15,20})/(?P<channel>[0-9]{15,20})(?:/(?P<message>[0-9]{15,20}))?/?>?"
)
"""A link to a thread, or to a post in it."""

NEEDS: Final = (
    "Concord lacks Manage Threads there: give it to its role in the server's or the channel's "
    "settings. Nothing was changed."
)


async def lock(
    interaction: Interaction, here: Here, thread: discord.Thread, note: str | None
) -> Answer:
    """Lock a thread, with a word to those who read it.

    Raises:
        OptionError: if Concord may not.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say
            whose thread it is.
    """
    if (answer := await _kept_open(here, thread)) is not None:
        return answer
    words = "The moderators have locked this thread. It stays readable."
    whole = words if note is None else f"{words}\n\n{quoted(note, NOTE_LENGTH)}"
    await _say(interaction, thread, "Locked", whole)
    await _set_locked(interaction, thread, locked=True)
    return _locked(thread)


async def close_duplicate(
    interaction: Interaction, here: Here, thread: discord.Thread, earlier: str
) -> Answer:
    """Point to where the same was asked before, and lock the thread.

    Args:
        interaction: held already.
        here: who closes it, and where.
        thread: the later one.
        earlier: the link to the earlier one, or to a post.

    Raises:
        OptionError: if the link leads nowhere here, or not everybody who reads the thread can
            follow it, or Concord may not.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say
            whose thread it is, or what is there.
    """
    if (answer := await _kept_open(here, thread)) is not None:
        return answer
    address = await _address(here, thread, earlier)
    await _say(
        interaction,
        thread,
        "Asked before",
        f"This was asked before: {address}\nPlease go on there, so that answers stay together.",
    )
    await _set_locked(interaction, thread, locked=True)
    return _locked(thread)


async def _kept_open(here: Here, thread: discord.Thread) -> Answer | None:
    """Return why a thread is not locked by this moderator; None if it may be.

    Nobody acts on staff, the owner, or who stands above; one's own thread is one's own.
    """
    if thread.locked:
        return said(f"<#{thread.id}> is locked already.")
    if thread.owner_id == here.person.user:
        return None
    reasons = refusals(await here.standing(thread.owner_id))
    return refused(reasons) if reasons else None


async def _address(here: Here, thread: discord.Thread, earlier: str) -> str:
    """Return the address of what was asked before, where all readers of a thread can follow it."""
    link = _PLACE.fullmatch(earlier.strip())
    if link is None or int(link["guild"]) != here.guild.id or _is_within(thread, link):
        raise OptionError(
            "Please paste the link of the earlier thread of this server, or of a post in it."
        )
    room = await room_of(here, int(link["channel"]))
    post = link["message"]
    if post is None:
        found = isinstance(room, discord.Thread)
    else:
        found = await message_at(here, int(link["channel"]), int(post)) is not None
    if room is None or not found:
        raise OptionError("This link leads nowhere that both of us can see. Nothing was changed.")
    if not _all_can_follow(thread, room):
        raise OptionError(
            "Some who read this thread cannot see what the link leads to. Nothing was changed."
        )
    return earlier.strip().strip("<>")


def _is_within(thread: discord.Thread, link: re.Match[str]) -> bool:
    """Whether a link leads to the thread itself, or to the post that it hangs on."""
    return str(thread.id) in (link["channel"], link["message"])


def _all_can_follow(thread: discord.Thread, room: Room) -> bool:
    """Whether every role that opens the one opens the other; single members are not looked at."""
    if isinstance(room, discord.Thread) and room.is_private():
        return False
    before, after = _parent(thread), _parent(room)
    if before is None or after is None:
        return False
    return before == after or all(
        after.permissions_for(role).view_channel
        and after.permissions_for(role).read_message_history
        for role in thread.guild.roles
        if before.permissions_for(role).view_channel
    )


def _parent(room: Room) -> discord.abc.GuildChannel | None:
    return room.parent if isinstance(room, discord.Thread) else room


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
    """Return a thread of the server that the moderator can see.

    Raises:
        OptionError: if there is none.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say.
    """
    found = await room_of(here, channel)
    if not isinstance(found, discord.Thread):
        raise OptionError("This works in a thread or a forum post; name one, or go there first.")
    return found


def _locked(thread: discord.Thread) -> Answer:
    answer = done(f"<#{thread.id}> is locked. It can still be read.", "Locked")
    return Answer(answer.embeds, (button("Unlock", f"unlock:{thread.id}"),))


async def _say(interaction: Interaction, thread: discord.Thread, title: str, words: str) -> None:
    """Say a word in a thread; the same again within minutes, for want of an answer, is one."""
    # Before anything is written: words about a lock that does not follow would be no help.
    if not thread.permissions_for(thread.guild.me).manage_threads:
        raise OptionError(NEEDS)
    embed = panel(title, words, discord.Colour(0x5B6EAE))
    # Discord makes one message of all with the same nonce; also of those of a further command.
    nonce = blake2b(f"{thread.id}/{title}/{words}".encode(), digest_size=12).hexdigest()

    async def send() -> None:
        await thread.send(embed=embed, nonce=nonce, allowed_mentions=NOBODY)

    try:
        await repeatedly(interaction.client.app.clock, send)
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
