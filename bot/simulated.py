"""What is different where settings name a simulated Discord: addresses, clock, first login."""

from datetime import datetime

import discord
import yarl

from bot.activity import Activity
from bot.clock import SystemClock
from bot.discord_io.client import ConcordClient
from bot.discord_io.simulation import SimulatedClock, SimulationLink, root_of
from bot.settings import Settings


def point_at(settings: Settings) -> None:
    """Point discord.py at a simulated Discord, where the settings name one."""
    if settings.api_base is not None:
        discord.http.Route.BASE = settings.api_base
        discord.asset.Asset.BASE = root_of(settings.api_base) + "/cdn"
    if settings.gateway_url is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)


async def present(settings: Settings) -> datetime:
    """Return the present by the clock the bot will run on: the world's, or a simulation's."""
    if settings.api_base is None:
        return SystemClock().now()
    clock = SimulatedClock()
    token = settings.require_token().get_secret_value()
    await SimulationLink(settings.api_base, token, clock, Activity()).fetch_clock()
    return clock.now()


async def linked(client: ConcordClient, link: SimulationLink) -> None:
    """Set the clock to the simulation's, and let the client follow it from its first login on."""
    await link.fetch_clock()
    link.attach(client)
    client.before_identify_hook = _at_once  # type: ignore[method-assign, assignment]


async def _at_once(_shard: int | None, *, initial: bool = False) -> None:
    """Identify without the five seconds that Discord asks for between shards."""
