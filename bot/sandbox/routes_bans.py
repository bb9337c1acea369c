"""REST: a guild's bans."""

from datetime import timedelta

from aiohttp import web

from bot.sandbox import access, bans, errors
from bot.sandbox.form import Form
from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id, query_id, query_number, reason_of
from bot.sandbox.seam import API_PREFIX, JsonObject, json_response
from bot.sandbox.world import World

_GUILD = API_PREFIX + "/guilds/{guild_id}"
_BAN = _GUILD + "/bans/{user_id}"
_SECONDS = "delete_message_seconds"
_MOST_SECONDS = int(bans.LONGEST_DELETION.total_seconds())
_DAY = 86_400


class BanRoutes:
    """Ban, lift, and read who is banned."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(_GUILD + "/bans", self.every, allow_head=False),
            web.post(_GUILD + "/bulk-ban", self.add_many),
            web.get(_BAN, self.one, allow_head=False),
            web.put(_BAN, self.add),
            web.delete(_BAN, self.remove),
        ]

    async def every(self, request: web.Request) -> web.Response:
        """Return bans by rising user id; of `before` and `after` the first is heeded."""
        guild = self._guild(request)
        self._require(guild)
        limit = query_number(request, "limit", 1000, 1, 1000)
        before, after = query_id(request, "before"), query_id(request, "after")
        ids = sorted(guild.bans)
        if before is not None:
            ids = [user_id for user_id in ids if user_id < before][-limit:]
        elif after is not None:
            ids = [user_id for user_id in ids if user_id > after][:limit]
        return json_response([self._show(guild, user_id) for user_id in ids[:limit]])

    async def one(self, request: web.Request) -> web.Response:
        """Return one ban with its reason."""
        guild, user_id = self._guild(request), path_id(request, "user_id")
        self._require(guild)
        if user_id not in guild.bans:
            raise errors.unknown_ban()
        return json_response(self._show(guild, user_id))

    async def add(self, request: web.Request) -> web.Response:
        """Ban a user; how far back messages go is said in the body or, as by some, in the query."""
        guild, user_id = self._guild(request), path_id(request, "user_id")
        form = Form(request["payload"])
        days = form.number("delete_message_days", 0, _MOST_SECONDS // _DAY) or 0
        seconds = form.number(_SECONDS, 0, _MOST_SECONDS)
        form.check()
        if seconds is None:
            seconds = query_number(request, _SECONDS, days * _DAY, 0, _MOST_SECONDS)
        bans.ban(
            self._world,
            self._world.bot,
            guild,
            user_id,
            reason_of(request),
            timedelta(seconds=seconds),
        )
        return web.Response(status=204)

    async def add_many(self, request: web.Request) -> web.Response:
        """Ban up to 200 users."""
        guild = self._guild(request)
        form = Form(request["payload"])
        user_ids = form.snowflakes("user_ids", bans.MOST_AT_ONCE)
        seconds = form.number(_SECONDS, 0, _MOST_SECONDS) or 0
        if user_ids is None and not form.errors:
            form.fail("user_ids", "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
        banned, failed = bans.ban_many(
            self._world,
            self._world.bot,
            guild,
            list(dict.fromkeys(user_ids or [])),
            reason_of(request),
            timedelta(seconds=seconds),
        )
        return json_response(
            {"banned_users": [str(each) for each in banned], "failed_users": list(map(str, failed))}
        )

    async def remove(self, request: web.Request) -> web.Response:
        """Lift a ban."""
        guild, user_id = self._guild(request), path_id(request, "user_id")
        bans.unban(self._world, self._world.bot, guild, user_id, reason_of(request))
        return web.Response(status=204)

    def _show(self, guild: Guild, user_id: int) -> JsonObject:
        return {"user": self._world.users[user_id].payload(), "reason": guild.bans[user_id]}

    def _require(self, guild: Guild) -> None:
        access.require_in_guild(self._world, self._world.bot.id, guild, Permission.BAN_MEMBERS)

    def _guild(self, request: web.Request) -> Guild:
        return access.guild_for(self._world, self._world.bot.id, path_id(request, "guild_id"))
