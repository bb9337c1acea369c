"""Where discord.py and Discord's contract document are known to differ, each with its reason.

A deviation changes the document before it is used, on the side of the requests or of the answers
only. Everything that is not listed here is a violation.
"""

from dataclasses import dataclass
from enum import Enum, auto

from bot.sandbox.contract_closing import JsonValue


class Side(Enum):
    """What a deviation changes the contract of."""

    REQUESTS = auto()
    ANSWERS = auto()


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place of the document that is read differently, and why."""

    side: Side
    at: tuple[str, ...]
    """The path into the document; ``-`` at its end appends to an array."""
    value: JsonValue
    """What stands there instead."""
    reason: str

    def apply(self, document: JsonValue) -> None:
        """Change the document.

        Raises:
            ValueError: the document has no such place.
        """
        place = document
        for key in self.at[:-1]:
            place = place.get(key) if isinstance(place, dict) else None
        last = self.at[-1]
        if isinstance(place, dict):
            place[last] = self.value
        elif isinstance(place, list) and last == "-":
            place.append(self.value)
        else:
            raise ValueError(f"the contract has no {'/'.join(self.at)} (a deviation names it)")


def _property(schema: str, name: str) -> tuple[str, ...]:
    return ("components", "schemas", schema, "properties", name)


_BAN = ("paths", "/guilds/{guild_id}/bans/{user_id}")
_OVERWRITE = (
    *("paths", "/channels/{channel_id}/permissions/{overwrite_id}", "put", "requestBody"),
    *("content", "application/json", "schema", "properties"),
)
_PERMISSIONS: JsonValue = {"type": ["integer", "string", "null"], "pattern": "^[0-9]+$"}
_PERMISSIONS_AS_TEXT = (
    "discord.py writes permissions as numerals in a string, as Discord's documentation has it"
    " (Permissions, 2026-08-06); the contract says integer"
)

_TTS_ALWAYS = (
    "discord.py writes tts with every message, edits included (http.py,"
    " handle_message_parameters); Discord ignores it there"
)

DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(
        Side.REQUESTS,
        ("components", "schemas", "SnowflakeType"),
        {
            "anyOf": [
                {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
                {"type": "integer", "minimum": 0, "maximum": (1 << 64) - 1},
            ]
        },
        "discord.py writes ids as JSON integers (bulk delete, bulk ban, create DM, attachments,"
        " message_reference, allowed_mentions, roles of a member); Discord has always taken both",
    ),
    Deviation(
        Side.REQUESTS,
        (*_BAN, "put", "requestBody", "required"),
        False,
        "discord.py bans without a body (http.py, ban); Discord has accepted it for years",
    ),
    Deviation(
        Side.REQUESTS,
        (*_BAN, "put", "parameters"),
        [
            {
                "name": "delete_message_seconds",
                "in": "query",
                "schema": {"type": "integer", "minimum": 0, "maximum": 604_800},
            }
        ],
        "discord.py says in the query how far back a ban deletes (http.py, ban)",
    ),
    Deviation(
        Side.REQUESTS,
        (*_BAN, "delete", "requestBody", "required"),
        False,
        "discord.py lifts a ban without a body (http.py, unban), as Discord documents it",
    ),
    Deviation(Side.REQUESTS, (*_OVERWRITE, "allow"), _PERMISSIONS, _PERMISSIONS_AS_TEXT),
    Deviation(Side.REQUESTS, (*_OVERWRITE, "deny"), _PERMISSIONS, _PERMISSIONS_AS_TEXT),
    Deviation(
        Side.REQUESTS,
        (*_OVERWRITE, "id"),
        {"$ref": "#/components/schemas/SnowflakeType"},
        "discord.py repeats the id of the path in the body (http.py, edit_channel_permissions)",
    ),
    Deviation(
        Side.REQUESTS,
        _property("ChannelPermissionOverwriteRequest", "allow"),
        _PERMISSIONS,
        _PERMISSIONS_AS_TEXT,
    ),
    Deviation(
        Side.REQUESTS,
        _property("ChannelPermissionOverwriteRequest", "deny"),
        _PERMISSIONS,
        _PERMISSIONS_AS_TEXT,
    ),
    Deviation(
        Side.REQUESTS,
        _property("CreateRoleRequest", "permissions"),
        _PERMISSIONS,
        _PERMISSIONS_AS_TEXT,
    ),
    Deviation(
        Side.REQUESTS,
        _property("UpdateRoleRequestPartial", "permissions"),
        _PERMISSIONS,
        _PERMISSIONS_AS_TEXT,
    ),
    Deviation(
        Side.REQUESTS,
        _property("MessageEditRequestPartial", "tts"),
        {"type": "boolean"},
        _TTS_ALWAYS,
    ),
    Deviation(
        Side.REQUESTS,
        _property("IncomingWebhookUpdateRequestPartial", "tts"),
        {"type": "boolean"},
        _TTS_ALWAYS,
    ),
    Deviation(
        Side.REQUESTS,
        _property("IncomingWebhookUpdateForInteractionCallbackRequestPartial", "tts"),
        {"type": "boolean"},
        _TTS_ALWAYS,
    ),
    Deviation(
        Side.REQUESTS,
        _property("BaseCreateMessageCreateRequest", "tts"),
        {"type": "boolean"},
        _TTS_ALWAYS,
    ),
    Deviation(
        Side.REQUESTS,
        _property("ApplicationCommandUpdateRequest", "nsfw"),
        {"type": "boolean"},
        "discord.py writes nsfw of every command (app_commands/commands.py, to_dict), as Discord"
        " documents it; the contract knows it in answers only",
    ),
    Deviation(
        Side.REQUESTS,
        _property("ApplicationCommandCreateRequest", "nsfw"),
        {"type": "boolean"},
        "the same field where one command is created",
    ),
    Deviation(
        Side.REQUESTS,
        ("paths", "/channels/{channel_id}/threads", "post", "parameters"),
        [{"name": "use_nested_fields", "in": "query", "schema": {"type": "boolean"}}],
        "discord.py asks for nested fields when it opens a forum post (http.py,"
        " start_thread_in_forum)",
    ),
    Deviation(
        Side.REQUESTS,
        _property("RichEmbed", "flags"),
        {"type": "integer"},
        "discord.py has written the flags of an embed since 2.5 (embeds.py, to_dict)",
    ),
    Deviation(
        Side.ANSWERS,
        ("components", "schemas", "RatelimitedResponse", "allOf"),
        [
            {
                "type": "object",
                "properties": {
                    "message": {"type": "string"},
                    "code": {"type": "integer"},
                    "retry_after": {"type": "number"},
                    "global": {"type": "boolean"},
                },
                "required": ["message", "retry_after", "global"],
            }
        ],
        "the code of a 429 is optional (Discord's documentation, Rate Limits, 2026-08-06)",
    ),
    Deviation(
        Side.ANSWERS,
        ("components", "schemas", "MessageReferenceType", "oneOf"),
        [{"const": 0, "title": "DEFAULT"}, {"const": 1, "title": "FORWARD"}],
        "forwards have type 1 (Discord's documentation, Message, Message Reference Types,"
        " 2026-08-06); the contract lists replies only",
    ),
    Deviation(
        Side.ANSWERS,
        ("components", "schemas", "InnerErrors", "properties", "_errors", "items"),
        {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        },
        "the code of an error inside a form is a word, such as BASE_TYPE_REQUIRED (Discord's"
        " documentation, Reference, Error Messages, 2026-08-06); the contract says integer",
    ),
)
