"""REST: making a guild's channels, and moving several at once."""

from aiohttp import web

from bot.sandbox import access, errors, rooms
from bot.sandbox.channel_form import MOST_POSITIONS, read_edit
from bot.sandbox.channels import Channel, ChannelType
from bot.sandbox.form import Form
from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id, reason_of
from bot.sandbox.rooms import ChannelEdit
from bot.sandbox.seam import API_PREFIX, json_response
from bot.sandbox.world import World

_CHANNELS = API_PREFIX + "/guilds/{guild_id}/channels"

_MADE = {int(kind): kind for kind in (ChannelType.TEXT, ChannelType.CATEGORY)}


class RoomRoutes:
    """Make channels; move them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.post(_CHANNELS, self.create), web.patch(_CHANNELS, self.move)]

    async def create(self, request: web.Request) -> web.Response:
        """Make a text channel or a category; an empty list of overwrites counts as none.

        discord.py sends one and documents that the channel then is in step with its category
        (``guild.py``, create_text_channel).
        """
        guild, reason = self._guild(request), reason_of(request)
        form = Form(request["payload"])
        number = form.number("type", 0, 15)
        kind = ChannelType.TEXT if number is None else _MADE.get(number)
        if kind is None:
            form.fail("type", "UNKNOWN", "the simulated Discord does not know this yet")
        edit = read_edit(form, request["payload"], also=frozenset({"type"}))
        if edit.name is None:
            form.fail("name", "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
        category = guild.channels.get(edit.category_id or 0)
        if edit.category_id and (category is None or category.type is not ChannelType.CATEGORY):
            raise errors.invalid_form(
                {"parent_id": errors.leaf("CHANNEL_PARENT_INVALID", "Category does not exist")}
            )
        channel = rooms.create_channel(
            self._world,
            self._world.bot,
            guild,
            edit.name or "",
            kind=kind or ChannelType.TEXT,
            category=category,
            overwrites=edit.overwrites.values() if edit.overwrites else None,
            topic=edit.topic,
            reason=reason,
        )
        return json_response(channel.payload(), status=201)

    async def move(self, request: web.Request) -> web.Response:
        """Give channels positions and categories, with the category's overwrites where asked."""
        guild, reason = self._guild(request), reason_of(request)
        access.require_in_guild(self._world, self._world.bot.id, guild, Permission.MANAGE_CHANNELS)
        form = Form({"channels": request["payload"]})
        items = form.objects("channels", MOST_POSITIONS)
        form.check()
        moves = [self._read(guild, item) for item in items or []]
        for channel, edit in moves:
            rooms.change_channel(self._world, self._world.bot, channel, edit, reason)
        return web.Response(status=204)

    def _read(self, guild: Guild, item: dict[str, object]) -> tuple[Channel, ChannelEdit]:
        form = Form(item)
        channel_id, category_id = form.snowflake("id"), form.snowflake("parent_id")
        position = form.number("position", 0, MOST_POSITIONS)
        synced = form.flag("lock_permissions")
        form.check()
        channel = guild.channels.get(channel_id or 0)
        if channel is None:
            raise errors.unknown_channel()
        moves = "parent_id" in form
        category = (
            rooms.require_category(guild, channel, category_id)
            if category_id
            else guild.channels.get(0 if moves else channel.parent_id or 0)
        )
        return channel, ChannelEdit(
            position=position,
            category_id=(category_id or 0) if moves else None,
            overwrites=dict(category.overwrites) if synced and category is not None else None,
        )

    def _guild(self, request: web.Request) -> Guild:
        return access.guild_for(self._world, self._world.bot.id, path_id(request, "guild_id"))
