"""REST: guilds, their roles, members and audit log."""

from aiohttp import web

from bot.sandbox import access, errors, member_roles, membership
from bot.sandbox.form import Form
from bot.sandbox.guilds import Guild, Member
from bot.sandbox.intents import Intent
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id, query_id, query_number, reason_of
from bot.sandbox.seam import API_PREFIX, Handler, json_response
from bot.sandbox.world import World

_GUILD = API_PREFIX + "/guilds/{guild_id}"
_MEMBER = _GUILD + "/members/{user_id}"
_MEMBER_ROLE = _MEMBER + "/roles/{role_id}"


class GuildRoutes:
    """Read a guild; change its members."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        reads: dict[str, Handler] = {
            _GUILD: self.guild,
            _GUILD + "/channels": self.channels,
            _GUILD + "/roles": self.roles,
            _GUILD + "/members": self.members,
            _MEMBER: self.member,
            _GUILD + "/audit-logs": self.audit_log,
            API_PREFIX + "/users/@me/guilds": self.mine,
        }
        return [
            *(web.get(path, handler, allow_head=False) for path, handler in reads.items()),
            web.patch(_MEMBER, self.edit_member),
            web.delete(_MEMBER, self.kick),
            web.put(_MEMBER_ROLE, self.add_role),
            web.delete(_MEMBER_ROLE, self.remove_role),
        ]

    async def guild(self, request: web.Request) -> web.Response:
        """Return the guild."""
        guild = self._guild(request)
        payload = guild.payload()
        if request.query.get("with_counts") in {"true", "True", "1"}:
            payload["approximate_member_count"] = len(guild.members)
            payload["approximate_presence_count"] = 0
        return json_response(payload)

    async def mine(self, request: web.Request) -> web.Response:
        """Return the guilds that the bot is in, by id."""
        limit = query_number(request, "limit", 200, 1, 200)
        after = query_id(request, "after") or 0
        bot = self._world.bot
        now = self._world.clock.now()
        found = sorted(
            (g for g in self._world.guilds.values() if bot.id in g.members and g.id > after),
            key=lambda guild: guild.id,
        )
        return json_response(
            [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "icon": None,
                    "banner": None,
                    "owner": guild.owner_id == bot.id,
                    "permissions": str(int(guild.permissions_of(bot.id, now))),
                    "features": [],
                }
                for guild in found[:limit]
            ]
        )

    async def channels(self, request: web.Request) -> web.Response:
        """Return all channels, without threads."""
        return json_response([c.payload() for c in self._guild(request).channels.values()])

    async def roles(self, request: web.Request) -> web.Response:
        """Return all roles."""
        return json_response([role.payload() for role in self._guild(request).roles.values()])

    async def members(self, request: web.Request) -> web.Response:
        """Return members by id; the app needs the privileged intent for it."""
        guild = self._guild(request)
        if not self._world.app.allowed_intents & Intent.GUILD_MEMBERS:
            raise errors.missing_access()
        limit = query_number(request, "limit", 1, 1, 1000)
        after = query_id(request, "after") or 0
        ids = sorted(user_id for user_id in guild.members if user_id > after)[:limit]
        return json_response([guild.members[user_id].payload() for user_id in ids])

    async def member(self, request: web.Request) -> web.Response:
        """Return one member."""
        return json_response(self._member(request)[1].payload())

    async def edit_member(self, request: web.Request) -> web.Response:
        """Change a member's nickname, roles or timeout."""
        guild, member = self._member(request)
        world, reason = self._world, reason_of(request)
        form = Form(request["payload"])
        nick = form.text("nick", 32)
        role_ids = form.snowflakes("roles", 350)
        until = form.moment("communication_disabled_until")
        for key in ("mute", "deaf", "channel_id", "flags"):
            if form.raw(key) is not None:
                form.fail(key, "UNKNOWN", "the simulated Discord does not know this yet")
        form.check()
        if "nick" in form:
            membership.rename(world, world.bot, guild, member, nick, reason)
        if "roles" in form:
            member_roles.set_roles(world, world.bot, guild, member, role_ids or [], reason)
        if "communication_disabled_until" in form:
            membership.time_out(world, world.bot, guild, member, until, reason)
        return json_response(member.payload())

    async def kick(self, request: web.Request) -> web.Response:
        """Remove a member."""
        guild, member = self._member(request)
        membership.kick(self._world, self._world.bot, guild, member, reason_of(request))
        return web.Response(status=204)

    async def add_role(self, request: web.Request) -> web.Response:
        """Give a member a role."""
        guild, member = self._member(request)
        role_id = path_id(request, "role_id")
        self._set_roles(guild, member, [*member.role_ids, role_id], reason_of(request))
        return web.Response(status=204)

    async def remove_role(self, request: web.Request) -> web.Response:
        """Take a role from a member."""
        guild, member = self._member(request)
        role_id = path_id(request, "role_id")
        if role_id not in guild.roles:
            raise errors.unknown_role()
        kept = [each for each in member.role_ids if each != role_id]
        self._set_roles(guild, member, kept, reason_of(request))
        return web.Response(status=204)

    async def audit_log(self, request: web.Request) -> web.Response:
        """Return entries of the audit log, newest first (with ``after``: oldest first)."""
        guild, world = self._guild(request), self._world
        access.require_in_guild(world, world.bot.id, guild, Permission.VIEW_AUDIT_LOG)
        limit = query_number(request, "limit", 50, 1, 100)
        before, after = query_id(request, "before"), query_id(request, "after")
        user_id = query_id(request, "user_id")
        target_id = query_id(request, "target_id")
        action = query_number(request, "action_type", 0, 0, 1000)
        entries = [
            entry
            for entry in world.audit.kept(guild.id, world.clock.now_ms())
            if (before is None or entry.id < before)
            and (after is None or entry.id > after)
            and (user_id is None or entry.user_id == user_id)
            and (target_id is None or entry.target_id == target_id)
            and action in {0, entry.action}
        ]
        if after is None:
            entries.reverse()
        entries = entries[:limit]
        named = {entry.user_id for entry in entries} | {entry.target_id or 0 for entry in entries}
        payload: dict[str, object] = {
            key: []
            for key in (
                "integrations",
                "webhooks",
                "guild_scheduled_events",
                "threads",
                "application_commands",
                "auto_moderation_rules",
            )
        }
        payload["audit_log_entries"] = [entry.payload() for entry in entries]
        payload["users"] = [
            world.users[user_id].payload() for user_id in sorted(named) if user_id in world.users
        ]
        return json_response(payload)

    def _set_roles(
        self, guild: Guild, member: Member, role_ids: list[int], reason: str | None
    ) -> None:
        member_roles.set_roles(self._world, self._world.bot, guild, member, role_ids, reason)

    def _guild(self, request: web.Request) -> Guild:
        return access.guild_for(self._world, self._world.bot.id, path_id(request, "guild_id"))

    def _member(self, request: web.Request) -> tuple[Guild, Member]:
        guild = self._guild(request)
        return guild, membership.member_of(guild, path_id(request, "user_id"))
