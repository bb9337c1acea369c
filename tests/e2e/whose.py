"""Which guild a request of the bot concerns: its address or its body names something of it."""

import json
import re
from dataclasses import dataclass, field

from aiohttp import web

from bot.sandbox.channels import DirectChannel
from bot.sandbox.world import World

_IDS = re.compile(r"\d{17,20}")


@dataclass(repr=False)
class Whose:
    """Knows the guild of everything that requests name: channels, members, interactions."""

    world: World
    _homes: dict[int, int] = field(default_factory=dict)
    _last: tuple[web.Request | None, int | None] = (None, None)

    def lives(self, user: int, guild: int) -> None:
        """Remember where somebody is a member, or was; one guild each."""
        self._homes[user] = guild

    def guild(self, request: web.Request, body: object) -> int | None:
        """Return the guild's id; None where nothing of one guild is named."""
        if request is not self._last[0]:  # many faults ask about the same request
            self._last = (request, self._guild(request, body))
        return self._last[1]

    def _guild(self, request: web.Request, body: object) -> int | None:
        interactions = self.world.interactions
        token = request.match_info.get("webhook_token")
        asked = interactions.by_token(token) if token else None
        number = request.match_info.get("interaction_id")
        asked = asked or (interactions.get(int(number)) if number else None)
        if asked is not None:
            return asked.guild_id
        text = request.path if body is None else f"{request.path} {json.dumps(body)}"
        for one in _IDS.findall(text):
            home = self._home(int(one))
            if home is not None:
                return home
        return None

    def _home(self, identity: int) -> int | None:
        if identity in self.world.guilds:
            return identity
        channel = self.world.channels.get(identity)
        if isinstance(channel, DirectChannel):
            return self._homes.get(channel.recipient.id)
        if channel is not None:
            return channel.guild_id
        return self._homes.get(identity)
