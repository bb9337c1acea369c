"""Moderators' decisions: proposed, ruled once, amended; no Discord, no rendering."""

from bot.moderation.moderation import Moderation

__all__ = ["Moderation"]
