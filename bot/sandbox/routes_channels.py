"""REST: channels themselves, and the typing indicator."""

from aiohttp import web

from bot.sandbox import access, errors, rooms, threads
from bot.sandbox.channel_form import read_edit
from bot.sandbox.channels import AnyChannel, DirectChannel, Thread
from bot.sandbox.form import Form
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id, reason_of
from bot.sandbox.seam import API_PREFIX, json_response
from bot.sandbox.world import World

_CHANNEL = API_PREFIX + "/channels/{channel_id}"


class ChannelRoutes:
    """Read, change and delete a channel or a thread."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(_CHANNEL, self.fetch, allow_head=False),
            web.patch(_CHANNEL, self.edit),
            web.delete(_CHANNEL, self.delete),
            web.post(_CHANNEL + "/typing", self.typing),
        ]

    async def fetch(self, request: web.Request) -> web.Response:
        """Return a channel."""
        return json_response(self._show(self._channel(request)))

    async def edit(self, request: web.Request) -> web.Response:
        """Change a thread or a channel."""
        channel, reason = self._channel(request), reason_of(request)
        form = Form(request["payload"])
        if isinstance(channel, DirectChannel):
            raise errors.wrong_in_direct_messages()
        if isinstance(channel, Thread):
            self._edit_thread(channel, form, reason)
        else:
            edit = read_edit(form, request["payload"])
            rooms.change_channel(self._world, self._world.bot, channel, edit, reason)
        return json_response(self._show(channel))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a channel or a thread."""
        channel, reason = self._channel(request), reason_of(request)
        if isinstance(channel, DirectChannel):
            raise errors.wrong_in_direct_messages()
        payload = self._show(channel)
        if isinstance(channel, Thread):
            threads.delete(self._world, self._world.bot, channel, reason)
        else:
            rooms.delete_channel(self._world, self._world.bot, channel, reason)
        return json_response(payload)

    async def typing(self, request: web.Request) -> web.Response:
        """Take note of nothing: nobody watches the typing indicator."""
        channel = self._channel(request)
        access.require(self._world, self._world.bot.id, channel, Permission.SEND_MESSAGES)
        return web.Response(status=204)

    def _edit_thread(self, thread: Thread, form: Form, reason: str | None) -> None:
        name = form.text("name", 100, 1)
        slowmode = form.number("rate_limit_per_user", 0, 21_600)
        archived, locked = form.flag("archived"), form.flag("locked")
        invitable = form.flag("invitable")
        minutes = form.number("auto_archive_duration", 60, 10080)
        form.check()
        threads.change_thread(
            self._world,
            self._world.bot,
            thread,
            name=name,
            archived=archived,
            locked=locked,
            invitable=invitable,
            auto_archive_minutes=minutes,
            slowmode_seconds=slowmode,
            reason=reason,
        )

    def _show(self, channel: AnyChannel) -> dict[str, object]:
        if isinstance(channel, Thread):
            return channel.payload(self._world.bot.id)
        return channel.payload()

    def _channel(self, request: web.Request) -> AnyChannel:
        return access.visible(self._world, self._world.bot.id, path_id(request, "channel_id"))
