"""A simulated Discord on loopback: REST, gateway and people who write, for tests and the demo.

It imports neither discord.py nor any other part of this package, so that nothing of the bot can
make it agree with the bot's own mistakes.
"""

from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.contract import Contract
from bot.sandbox.drafts import File
from bot.sandbox.guild_handle import BOT_PERMISSIONS, GuildHandle
from bot.sandbox.interactions.interaction import Choice, Modal
from bot.sandbox.interactions.outcome import InteractionHandle, NotAnsweredError
from bot.sandbox.interactions.refusals import InteractionRefusedError
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Overwrite, OverwriteKind, Permission
from bot.sandbox.seam import ApiError
from bot.sandbox.simulation import TOKEN, Simulation, SimulationBugError

__all__ = [
    "BOT_PERMISSIONS",
    "TOKEN",
    "ApiError",
    "ChannelHandle",
    "Choice",
    "Contract",
    "File",
    "GuildHandle",
    "InteractionHandle",
    "InteractionRefusedError",
    "MemberHandle",
    "Message",
    "Modal",
    "NotAnsweredError",
    "Overwrite",
    "OverwriteKind",
    "Permission",
    "Simulation",
    "SimulationBugError",
]
