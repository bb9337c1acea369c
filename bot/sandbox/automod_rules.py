"""Discord's own AutoMod: its rules for words, and what of a text they match.

Source: Discord's documentation, resource "Auto Moderation" (2026-08). Only keyword rules for
messages are simulated.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bot.sandbox.seam import JsonObject

KEYWORD_TRIGGER = 1
"""The trigger type of keyword rules."""

PROFILE_TRIGGER = 6
"""The trigger type of rules for names and profiles."""

MESSAGE_SEND = 1
"""The event type of rules for messages, sent or edited."""


class AutomodActionKind(IntEnum):
    """What a rule does."""

    BLOCK_MESSAGE = 1
    SEND_ALERT_MESSAGE = 2
    TIMEOUT = 3


@dataclass(frozen=True, slots=True)
class AutomodAction:
    """One thing that a rule does when it is triggered.

    Attributes:
        custom_message: what a blocked author reads beside Discord's own words.
        channel_id: where an alert goes.
        duration: of a timeout; at most 28 days.
    """

    kind: AutomodActionKind
    custom_message: str | None = None
    channel_id: int | None = None
    duration: timedelta | None = None

    def payload(self) -> JsonObject:
        """Return the action as Discord writes it."""
        metadata: JsonObject = {}
        if self.custom_message is not None:
            metadata["custom_message"] = self.custom_message
        if self.channel_id is not None:
            metadata["channel_id"] = str(self.channel_id)
        if self.duration is not None:
            metadata["duration_seconds"] = int(self.duration.total_seconds())
        return {"type": int(self.kind), "metadata": metadata}


@dataclass(frozen=True, slots=True)
class AutomodMatch:
    """What in a text triggered a rule: the keyword or pattern, and the words it found."""

    keyword: str
    content: str


@dataclass(frozen=True, slots=True)
class AutomodRule:
    """A keyword rule of a guild.

    Attributes:
        keywords: each may begin or end with ``*``; a keyword without matches whole words only.
        allowed: words that never trigger the rule.
    """

    id: int
    guild_id: int
    name: str
    creator_id: int
    actions: tuple[AutomodAction, ...]
    keywords: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    exempt_role_ids: frozenset[int] = frozenset()
    exempt_channel_ids: frozenset[int] = frozenset()
    enabled: bool = True

    @property
    def blocks(self) -> bool:
        """Whether a message that triggers it is never posted."""
        return any(action.kind is AutomodActionKind.BLOCK_MESSAGE for action in self.actions)

    def match(self, text: str) -> AutomodMatch | None:
        """Return the first thing in a text that triggers the rule."""
        for word in self.allowed:
            text = _pattern_of(word).sub(" ", text)
        for keyword in self.keywords:
            found = _pattern_of(keyword).search(text)
            if found is not None:
                return AutomodMatch(keyword, found[0])
        for pattern in self.patterns:
            found = re.search(pattern, text, re.IGNORECASE)
            if found is not None:
                return AutomodMatch(pattern, found[0])
        return None

    def payload(self) -> JsonObject:
        """Return the rule as Discord writes it."""
        return {
            "id": str(self.id),
            "guild_id": str(self.guild_id),
            "name": self.name,
            "creator_id": str(self.creator_id),
            "event_type": MESSAGE_SEND,
            "trigger_type": KEYWORD_TRIGGER,
            "trigger_metadata": {
                "keyword_filter": list(self.keywords),
                "regex_patterns": list(self.patterns),
                "allow_list": list(self.allowed),
            },
            "actions": [action.payload() for action in self.actions],
            "enabled": self.enabled,
            "exempt_roles": [str(role_id) for role_id in sorted(self.exempt_role_ids)],
            "exempt_channels": [str(each) for each in sorted(self.exempt_channel_ids)],
        }


def _pattern_of(keyword: str) -> re.Pattern[str]:
    before = "" if keyword.startswith("*") else r"(?<!\S)"
    after = "" if keyword.endswith("*") else r"(?!\S)"
    return re.compile(before + re.escape(keyword.strip("*")) + after, re.IGNORECASE)
