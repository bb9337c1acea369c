"""Moderators' decisions: proposed, ruled once, amended; no Discord, no rendering."""

from bot.moderation.moderation import Moderation
from bot.moderation.setting import Setting

__all__ = ["Moderation", "Setting"]
