"""REST: a channel's overwrites, one at a time."""

from aiohttp import web

from bot.sandbox import access, errors, overwrites
from bot.sandbox.channels import Channel
from bot.sandbox.form import Form
from bot.sandbox.overwrite_form import read_overwrite
from bot.sandbox.requests import path_id, reason_of
from bot.sandbox.seam import API_PREFIX
from bot.sandbox.world import World

_OVERWRITE = API_PREFIX + "/channels/{channel_id}/permissions/{overwrite_id}"


class OverwriteRoutes:
    """Set and delete an overwrite."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.put(_OVERWRITE, self.put), web.delete(_OVERWRITE, self.delete)]

    async def put(self, request: web.Request) -> web.Response:
        """Set an overwrite whole: bits that are not named are neither allowed nor denied."""
        channel, target_id = self._channel(request), path_id(request, "overwrite_id")
        form = Form(request["payload"])
        overwrite = read_overwrite(form, target_id)
        form.check()
        overwrites.set_overwrite(
            self._world, self._world.bot, channel, overwrite, reason_of(request)
        )
        return web.Response(status=204)

    async def delete(self, request: web.Request) -> web.Response:
        """Delete an overwrite."""
        channel, target_id = self._channel(request), path_id(request, "overwrite_id")
        overwrites.delete_overwrite(
            self._world, self._world.bot, channel, target_id, reason_of(request)
        )
        return web.Response(status=204)

    def _channel(self, request: web.Request) -> Channel:
        channel = access.visible(self._world, self._world.bot.id, path_id(request, "channel_id"))
        if not isinstance(channel, Channel):
            raise errors.wrong_channel_type()
        return channel
