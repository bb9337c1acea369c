"""REST: the rules of Discord's own AutoMod, to read."""

from aiohttp import web

from bot.sandbox import access, errors
from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id
from bot.sandbox.seam import API_PREFIX, json_response
from bot.sandbox.world import World

_RULES = API_PREFIX + "/guilds/{guild_id}/auto-moderation/rules"


class AutomodRoutes:
    """List the rules; read one."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(_RULES, self.every, allow_head=False),
            web.get(_RULES + "/{rule_id}", self.one, allow_head=False),
        ]

    async def every(self, request: web.Request) -> web.Response:
        """Return all rules, oldest first."""
        guild = self._guild(request)
        return json_response([rule.payload() for rule in guild.automod_rules.values()])

    async def one(self, request: web.Request) -> web.Response:
        """Return a rule."""
        rule = self._guild(request).automod_rules.get(path_id(request, "rule_id"))
        if rule is None:
            raise errors.unknown_automod_rule()
        return json_response(rule.payload())

    def _guild(self, request: web.Request) -> Guild:
        world, guild_id = self._world, path_id(request, "guild_id")
        guild = access.guild_for(world, world.bot.id, guild_id)
        access.require_in_guild(world, world.bot.id, guild, Permission.MANAGE_GUILD)
        return guild
