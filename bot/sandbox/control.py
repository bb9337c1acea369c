"""The route by which another process plays the people of a simulation.

``POST /control`` takes ``{"act": name, …}`` and answers with JSON. Guilds, channels, roles and
members are named by the ids that their making answers with.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.channels import Channel, Thread
from bot.sandbox.form import Form
from bot.sandbox.guild_handle import GuildHandle
from bot.sandbox.guilds import Role
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.sandbox.permissions import ALL, Permission
from bot.sandbox.seam import ApiError, JsonObject, json_response
from bot.sandbox.simulation import Simulation

LONGEST = 4000
"""Characters of any text that is taken; more than Discord takes, so that its own errors show."""


class Control:
    """Plays the people as told by HTTP."""

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim
        self._acts: dict[str, Callable[[Form], Awaitable[JsonObject]]] = {
            "guild": self._guild,
            "role": self._role,
            "channel": self._channel,
            "member": self._member,
            "says": self._says,
            "edits": self._edits,
            "deletes": self._deletes,
            "leaves": self._leaves,
            "dms": self._dms,
            "closes_dms": self._closes_dms,
            "history": self._history,
            "audit_log": self._audit_log,
            "advance": self._advance,
            "connected": self._connected,
            "settled": self._settled,
            "outlook": self._outlook,
        }

    @property
    def acts(self) -> list[str]:
        """What can be asked for, by name."""
        return sorted(self._acts)

    async def serve(self, request: web.Request) -> web.Response:
        """Do one act."""
        try:
            form = Form(await request.json())
        except ValueError:
            return errors.invalid_json().response()
        name = form.text("act", 40)
        act = self._acts.get(name or "")
        if act is None:
            known = ", ".join(self.acts)
            return json_response({"message": f"act={name!r}, but expected one of {known}"}, 400)
        try:
            return json_response(await act(form))
        except ApiError as error:
            return error.response()
        except TimeoutError as error:
            return json_response({"message": str(error)}, 408)

    async def _guild(self, form: Form) -> JsonObject:
        name = self._text(form, "name")
        guild = await self._sim.guild(name)
        if form.flag("bot") is not False:
            await guild.invite_bot()
        return {"id": str(guild.id), "owner": str(guild.owner.id)}

    async def _role(self, form: Form) -> JsonObject:
        guild = self._find_guild(form)
        bits = form.number("permissions", 0, int(ALL)) or 0
        position = form.number("position", 1, 250) or 1
        role = await guild.role(self._text(form, "name"), Permission(bits), position=position)
        return {"id": str(role.id)}

    async def _channel(self, form: Form) -> JsonObject:
        guild = self._find_guild(form)
        name = self._text(form, "name")
        if form.flag("staff"):
            channel = await guild.staff_channel(name, *self._find_roles(form, guild))
        else:
            channel = await guild.channel(name)
        return {"id": str(channel.id)}

    async def _member(self, form: Form) -> JsonObject:
        guild = self._find_guild(form)
        roles = self._find_roles(form, guild)
        member = await guild.member(self._text(form, "name"), roles=roles)
        return {"id": str(member.id)}

    async def _says(self, form: Form) -> JsonObject:
        channel = self._find_channel(form)
        member = self._find_member(form, channel.guild)
        reply_to = None
        if "reply_to" in form:
            reply_to = channel.state.history.get(form.snowflake("reply_to") or 0)
        message = await member.says(channel, self._text(form, "content"), reply_to=reply_to)
        return {"id": str(message.id)}

    async def _edits(self, form: Form) -> JsonObject:
        message, member = self._find_message(form)
        await member.edits(message, self._text(form, "content"))
        return {}

    async def _deletes(self, form: Form) -> JsonObject:
        message, member = self._find_message(form)
        await member.deletes(message)
        return {}

    async def _leaves(self, form: Form) -> JsonObject:
        await self._find_member(form, self._find_guild(form)).leaves()
        return {}

    async def _dms(self, form: Form) -> JsonObject:
        member = self._find_member(form, self._find_guild(form))
        return {"messages": [message.payload() for message in member.dms()]}

    async def _closes_dms(self, form: Form) -> JsonObject:
        await self._find_member(form, self._find_guild(form)).closes_dms()
        return {}

    async def _history(self, form: Form) -> JsonObject:
        messages = self._find_channel(form).messages()
        return {"messages": [message.payload() for message in messages]}

    async def _audit_log(self, form: Form) -> JsonObject:
        return {"entries": self._find_guild(form).audit_log()}

    async def _advance(self, form: Form) -> JsonObject:
        seconds = form.number("seconds", 0, int(timedelta(days=3650).total_seconds()))
        form.check()
        await self._sim.advance(seconds=seconds or 0)
        return {"now_ms": self._sim.clock.now_ms()}

    async def _connected(self, _form: Form) -> JsonObject:
        await self._sim.connected()
        return {}

    async def _settled(self, form: Form) -> JsonObject:
        await self._sim.settled(form.number("timeout", 1, 600) or 20)
        return {}

    async def _outlook(self, _form: Form) -> JsonObject:
        sim = self._sim
        return {
            "outlook": sim.outlook(),
            "refused": sim.refused,
            "bugs": sim.bugs,
            "requests": len(sim.requests),
        }

    def _text(self, form: Form, key: str) -> str:
        text = form.text(key, LONGEST)
        if text is None and not form.errors:
            form.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
        return text or ""

    def _find_guild(self, form: Form) -> GuildHandle:
        guild = self._sim.world.guilds.get(form.snowflake("guild") or 0)
        if guild is None:
            raise errors.unknown_guild()
        return GuildHandle(self._sim, guild)

    def _find_roles(self, form: Form, guild: GuildHandle) -> list[Role]:
        role_ids = form.snowflakes("roles", 50) or []
        form.check()
        if any(role_id not in guild.state.roles for role_id in role_ids):
            raise errors.unknown_role()
        return [guild.state.roles[role_id] for role_id in role_ids]

    def _find_channel(self, form: Form) -> ChannelHandle:
        state = self._sim.world.channels.get(form.snowflake("channel") or 0)
        if not isinstance(state, Channel | Thread):
            raise errors.unknown_channel()
        return ChannelHandle(GuildHandle(self._sim, self._sim.world.guilds[state.guild_id]), state)

    def _find_member(self, form: Form, guild: GuildHandle) -> MemberHandle:
        user = self._sim.world.users.get(form.snowflake("member") or 0)
        if user is None or user.id not in guild.state.members:
            raise errors.unknown_member()
        return MemberHandle(guild, user)

    def _find_message(self, form: Form) -> tuple[Message, MemberHandle]:
        channel = self._find_channel(form)
        message = channel.state.history.get(form.snowflake("message") or 0)
        if message is None:
            raise errors.unknown_message()
        return message, self._find_member(form, channel.guild)
