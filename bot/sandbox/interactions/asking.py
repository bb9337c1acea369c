"""Telling the bot what somebody set in motion: the event INTERACTION_CREATE.

Fields: Discord's documentation, topic "Receiving and Responding", section "Interaction Structure"
(2026-08).
"""

import secrets
import time

from bot.sandbox import access
from bot.sandbox.channels import AnyChannel, DirectChannel
from bot.sandbox.interactions.commands import ContextKind
from bot.sandbox.interactions.interaction import Interaction, InteractionKind
from bot.sandbox.messages import Message
from bot.sandbox.requests import FILE_LIMIT
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import Event, World

LOCALE = "en-US"
"""What the simulated people and guilds speak."""


def open_interaction(
    world: World, kind: InteractionKind, user: User, channel: AnyChannel, *, name: str = ""
) -> Interaction:
    """Make an interaction that the bot has not been told of yet."""
    guild = world.guild_of(channel)
    interaction_id = world.snowflakes.next()
    now = time.monotonic()
    return Interaction(
        id=interaction_id,
        kind=kind,
        token=secrets.token_urlsafe(64),
        user=user,
        channel=channel,
        guild_id=None if guild is None else guild.id,
        at=world.clock.now(),
        asked_at=now,
        due_at=now + world.interactions.answer_seconds,
        metadata={
            "id": str(interaction_id),
            "type": int(kind),
            "user": user.payload(),
            "authorizing_integration_owners": _owners(world, channel),
        },
        name=name,
    )


def ask(world: World, interaction: Interaction, data: JsonObject) -> None:
    """Tell the bot of an interaction; whether anybody listens shows in the answer."""
    world.interactions.add(interaction)
    guild_id = interaction.guild_id
    if guild_id is not None and world.bot.id not in world.guilds[guild_id].members:
        return
    world.announce(
        Event("INTERACTION_CREATE", _payload(world, interaction, data), guild_id, interaction.id)
    )


def member_payload(world: World, guild_id: int, user_id: int, channel: AnyChannel) -> JsonObject:
    """Return a member with permissions in a channel, without the user."""
    member = world.guilds[guild_id].members[user_id]
    return {
        **member.partial_payload(),
        "permissions": str(int(access.permissions(world, user_id, channel))),
    }


def channel_payload(world: World, channel: AnyChannel, user_id: int) -> JsonObject:
    """Return a channel as interactions show it: with what its viewer may do there."""
    payload = channel.payload()
    payload.pop("permission_overwrites", None)
    payload["permissions"] = str(int(access.permissions(world, user_id, channel)))
    return payload


def shown_message(world: World, message: Message) -> JsonObject:
    """Return a message as an interaction carries it; its content needs no intent."""
    return world.message_payload(message)


def _owners(world: World, channel: AnyChannel) -> JsonObject:
    guild = world.guild_of(channel)
    # In direct messages with the bot the id is 0 (same source).
    return {"0": "0" if guild is None else str(guild.id)}


def _payload(world: World, interaction: Interaction, data: JsonObject) -> JsonObject:
    channel, user = interaction.channel, interaction.user
    direct = isinstance(channel, DirectChannel)
    payload: JsonObject = {
        "id": str(interaction.id),
        "application_id": str(world.app.id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": channel_payload(world, channel, user.id),
        "app_permissions": str(int(access.permissions(world, world.bot.id, channel))),
        "locale": LOCALE,
        "entitlements": [],
        "authorizing_integration_owners": _owners(world, channel),
        "context": int(ContextKind.BOT_DM if direct else ContextKind.GUILD),
        "attachment_size_limit": FILE_LIMIT,
    }
    if interaction.source is not None:
        payload["message"] = shown_message(world, interaction.source)
    if interaction.guild_id is None:
        payload["user"] = user.payload()
    else:
        payload["guild_id"] = str(interaction.guild_id)
        payload["guild"] = {
            "id": str(interaction.guild_id),
            "locale": LOCALE,
            "features": [],
        }
        payload["guild_locale"] = LOCALE
        payload["member"] = {
            "user": user.payload(),
            **member_payload(world, interaction.guild_id, user.id, channel),
        }
    return payload
