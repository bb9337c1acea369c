"""Real discord.py objects made from payloads as Discord sends them, without a connection."""

from typing import Any

import discord

from bot.model.snowflake import first_at
from tests.making import ADA, ART, GENERAL, GUILD, LOG, LOUNGE, MODERATORS, NOON, PAINTERS

ME, OWNER, BOT, MANAGER = 599, 598, 597, 596
CATEGORY, THREAD, SECRET_THREAD, VOICE = 701, 702, 703, 704
EVERYONE = GUILD
VIEW = discord.Permissions(view_channel=True).value
ALL_OF_OURS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    read_message_history=True,
    manage_messages=True,
    create_private_threads=True,
    send_messages_in_threads=True,
    attach_files=True,
    moderate_members=True,
    ban_members=True,
    manage_roles=True,
    manage_threads=True,
    view_audit_log=True,
).value


def role(identity: int, permissions: int = 0, position: int = 1) -> dict[str, Any]:
    """Return a role's payload."""
    return {
        "id": str(identity),
        "name": str(identity),
        "color": 0,
        "hoist": False,
        "position": position,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
    }


def member(identity: int, *roles: int, bot: bool = False) -> dict[str, Any]:
    """Return a member's payload."""
    return {
        "user": user(identity, bot=bot),
        "roles": [str(one) for one in roles],
        "joined_at": NOON.isoformat(),
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def user(identity: int, *, bot: bool = False) -> dict[str, Any]:
    """Return a user's payload."""
    return {
        "id": str(identity),
        "username": str(identity),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
    }


def channel(
    identity: int, kind: int = 0, *, parent: int | None = None, hidden: bool = False, **deny: bool
) -> dict[str, Any]:
    """Return a channel's payload; ``deny`` takes permissions away from Concord's role."""
    overwrites = []
    if hidden:
        overwrites.append({"id": str(EVERYONE), "type": 0, "allow": "0", "deny": str(VIEW)})
        overwrites.append({"id": str(ME), "type": 1, "allow": str(VIEW), "deny": "0"})
    if deny:
        taken = discord.Permissions(**deny).value
        overwrites.append({"id": str(ME), "type": 1, "allow": "0", "deny": str(taken)})
    return {
        "id": str(identity),
        "type": kind,
        "guild_id": str(GUILD),
        "name": str(identity),
        "position": 0,
        "parent_id": str(parent) if parent is not None else None,
        "permission_overwrites": overwrites,
        "bitrate": 64000,
        "user_limit": 0,
    }


def thread(identity: int, parent: int, *, private: bool = False) -> dict[str, Any]:
    """Return a thread's payload."""
    return {
        "id": str(identity),
        "type": 12 if private else 11,
        "guild_id": str(GUILD),
        "parent_id": str(parent),
        "owner_id": str(ADA),
        "name": str(identity),
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": NOON.isoformat(),
            "locked": False,
        },
    }


CHANNELS = (
    channel(CATEGORY, 4),
    channel(GENERAL, parent=CATEGORY),
    channel(ART),
    channel(LOUNGE, hidden=True),
    channel(LOG),
    channel(VOICE, 2),
)


def client() -> discord.Client:
    """Return a client that knows itself and has never connected."""
    one = discord.Client(intents=discord.Intents(guilds=True, members=True, guild_messages=True))
    one._connection.user = discord.ClientUser(  # the seam that READY fills
        state=one._connection,
        data={**user(ME, bot=True), "verified": True, "mfa_enabled": False},  # type: ignore[arg-type]
    )
    return one


def guild(
    one: discord.Client, *channels: dict[str, Any], ours: int = ALL_OF_OURS, rank: int = 2
) -> discord.Guild:
    """Return a guild as GUILD_CREATE brings it, known to the client.

    Args:
        one: the client.
        channels: payloads; none for :data:`CHANNELS`.
        ours: what Concord's role permits.
        rank: the position of Concord's role; all others stand at 1.
    """
    known = discord.Guild(
        state=one._connection,
        data={
            "id": str(GUILD),
            "name": "Freelance Community",
            "owner_id": str(OWNER),
            "roles": [
                role(EVERYONE, VIEW, 0),
                role(MODERATORS),
                role(PAINTERS),
                role(111, ours, rank),
                role(112, discord.Permissions(manage_guild=True).value),
            ],
            "channels": list(channels or CHANNELS),
            "threads": [thread(THREAD, GENERAL), thread(SECRET_THREAD, GENERAL, private=True)],
            "members": [
                member(ME, 111, bot=True),
                member(ADA, PAINTERS),
                member(OWNER),
                member(MANAGER, 112),
            ],
            "emojis": [],
            "stickers": [],
            "features": [],
            "member_count": 4,
        },  # type: ignore[typeddict-item]
    )
    one._connection._add_guild(known)
    return known


def message(known: discord.Guild, where: int = GENERAL, **changes: Any) -> discord.Message:
    """Return a message as MESSAGE_CREATE brings it."""
    payload: dict[str, Any] = {
        "id": str(first_at(NOON) + 1),
        "channel_id": str(where),
        "guild_id": str(known.id),
        "author": user(ADA),
        "content": "hello",
        "timestamp": NOON.isoformat(),
        "edited_timestamp": None,
        "type": 0,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
    }
    payload.update(changes)
    place = known.get_channel_or_thread(where)
    assert place is not None
    return discord.Message(state=known._state, channel=place, data=payload)  # type: ignore[arg-type]
