"""Gateway intents: which session hears of what, and who may read messages.

Source: Discord's documentation, topic "Gateway", section "Gateway Intents" (2026-08).
"""

from enum import IntFlag

from bot.sandbox.seam import JsonObject


class Intent(IntFlag):
    """The intents of the events that the simulation sends."""

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21


KNOWN = (1 << 26) - 1
"""Bits that Discord had given out by August 2026 (up to DIRECT_MESSAGE_POLLS, bit 25)."""

PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
"""Intents that have to be switched on for the app."""

_IN_GUILDS = {
    "GUILD_MEMBER_ADD": Intent.GUILD_MEMBERS,
    "GUILD_MEMBER_UPDATE": Intent.GUILD_MEMBERS,
    "GUILD_MEMBER_REMOVE": Intent.GUILD_MEMBERS,
    "GUILD_BAN_ADD": Intent.GUILD_MODERATION,
    "GUILD_BAN_REMOVE": Intent.GUILD_MODERATION,
    "GUILD_AUDIT_LOG_ENTRY_CREATE": Intent.GUILD_MODERATION,
    "MESSAGE_CREATE": Intent.GUILD_MESSAGES,
    "MESSAGE_UPDATE": Intent.GUILD_MESSAGES,
    "MESSAGE_DELETE": Intent.GUILD_MESSAGES,
    "MESSAGE_DELETE_BULK": Intent.GUILD_MESSAGES,
    "AUTO_MODERATION_RULE_CREATE": Intent.AUTO_MODERATION_CONFIGURATION,
    "AUTO_MODERATION_RULE_DELETE": Intent.AUTO_MODERATION_CONFIGURATION,
    "AUTO_MODERATION_ACTION_EXECUTION": Intent.AUTO_MODERATION_EXECUTION,
}

MESSAGE_EVENTS = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE"})
"""The events that carry a message."""

_ALWAYS = frozenset({"USER_UPDATE", "INTERACTION_CREATE", "SANDBOX_CLOCK"})


def hears(intents: Intent, event_name: str, *, in_guild: bool) -> bool:
    """Say whether a session with these intents is sent an event of this name."""
    if event_name in _ALWAYS:
        return True
    if not in_guild:
        return bool(intents & Intent.DIRECT_MESSAGES)
    return bool(intents & _IN_GUILDS.get(event_name, Intent.GUILDS))


def without_content(message: JsonObject) -> JsonObject:
    """Return a message as an app without MESSAGE_CONTENT gets it."""
    blank: JsonObject = {
        **message,
        "content": "",
        "embeds": [],
        "attachments": [],
        "components": [],
    }
    blank.pop("poll", None)
    snapshots = message.get("message_snapshots")
    if isinstance(snapshots, list):
        blank["message_snapshots"] = [
            {"message": without_content(snapshot["message"])} for snapshot in snapshots
        ]
    referenced = message.get("referenced_message")
    if isinstance(referenced, dict):
        blank["referenced_message"] = without_content(referenced)
    return blank


def as_told(
    intents: Intent, event_name: str, payload: JsonObject, bot_id: int, *, in_guild: bool
) -> JsonObject:
    """Return an event's data as a session with these intents is told of it."""
    if intents & Intent.MESSAGE_CONTENT:
        return payload
    if event_name == "AUTO_MODERATION_ACTION_EXECUTION":
        return {**payload, "content": "", "matched_content": ""}
    if event_name in MESSAGE_EVENTS and not reads_anyway(payload, bot_id, in_guild=in_guild):
        return without_content(payload)
    return payload


def reads_anyway(message: JsonObject, bot_id: int, *, in_guild: bool) -> bool:
    """Say whether the app gets this message's content without the intent.

    So it is in direct messages, for its own messages and for those that mention it.
    """
    author = message.get("author")
    if not in_guild or (isinstance(author, dict) and author.get("id") == str(bot_id)):
        return True
    mentions = message.get("mentions")
    return isinstance(mentions, list) and any(
        isinstance(user, dict) and user.get("id") == str(bot_id) for user in mentions
    )
