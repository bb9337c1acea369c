"""The permissions with which a member writes on a board, by name, as bits of Discord."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

WRITING: Mapping[str, int] = MappingProxyType(
    {
        "add_reactions": 1 << 6,
        "stream": 1 << 9,
        "send_messages": 1 << 11,
        "embed_links": 1 << 14,
        "attach_files": 1 << 15,
        "connect": 1 << 20,
        "speak": 1 << 21,
        "use_application_commands": 1 << 31,
        "request_to_speak": 1 << 32,
        "create_public_threads": 1 << 35,
        "create_private_threads": 1 << 36,
        "send_messages_in_threads": 1 << 38,
        "use_embedded_activities": 1 << 39,
        "use_soundboard": 1 << 42,
        "create_events": 1 << 44,
        "send_voice_messages": 1 << 46,
        "send_polls": 1 << 49,
        "use_external_apps": 1 << 50,
    }
)
"""What a board removal may take (Discord's documentation of permissions, November 2026)."""

SENDING = WRITING["send_messages"]
"""To write at all; in a forum, to create posts."""

SPEAKING = sum(
    WRITING[name] for name in ("connect", "speak", "stream", "request_to_speak", "use_soundboard")
)
"""What means something in voice and stage channels alone (the same documentation)."""

THREADS = sum(
    WRITING[name]
    for name in ("create_public_threads", "create_private_threads", "send_messages_in_threads")
)
"""What means nothing in them."""

SEEING = 1 << 10
"""``view_channel``: taken as well where a board removal hides the board."""


def bits(names: Iterable[str]) -> int:
    """Return permissions as Discord's bits.

    Raises:
        KeyError: if a name is not in :data:`WRITING`.
    """
    together = 0
    for name in names:
        together |= WRITING[name]
    return together
