"""REST: messages of a channel."""

from aiohttp import web

from bot.sandbox import access, errors, posting, removal
from bot.sandbox.channels import AnyChannel, Channel, ChannelType
from bot.sandbox.form import Form
from bot.sandbox.intents import Intent, reads_anyway, without_content
from bot.sandbox.message_form import apply_edit, read_draft
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id, query_id, query_number, reason_of
from bot.sandbox.seam import API_PREFIX, JsonObject, json_response
from bot.sandbox.world import World

_MESSAGES = API_PREFIX + "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"


class MessageRoutes:
    """Read, post, edit and delete messages."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(_MESSAGES, self.history, allow_head=False),
            web.post(_MESSAGES, self.create),
            web.post(_MESSAGES + "/bulk-delete", self.bulk_delete),
            web.get(_MESSAGE, self.fetch, allow_head=False),
            web.patch(_MESSAGE, self.edit),
            web.delete(_MESSAGE, self.delete),
        ]

    async def history(self, request: web.Request) -> web.Response:
        """List messages, newest first; none for who may not read the history."""
        channel = self._channel(request)
        limit = query_number(request, "limit", 50, 1, 100)
        before, after, around = (query_id(request, name) for name in ("before", "after", "around"))
        granted = access.permissions(self._world, self._world.bot.id, channel)
        if not granted & Permission.READ_MESSAGE_HISTORY:
            found: list[Message] = []
        elif around is not None:
            found = channel.history.around(around, limit)
        elif after is not None:
            found = channel.history.after(after, limit)
        else:
            found = channel.history.before(before, limit)
        return json_response([self._show(message) for message in found])

    async def fetch(self, request: web.Request) -> web.Response:
        """Return one message."""
        channel = self._channel(request)
        access.require(self._world, self._world.bot.id, channel, Permission.READ_MESSAGE_HISTORY)
        return json_response(self._show(self._message(request, channel)))

    async def create(self, request: web.Request) -> web.Response:
        """Post a message as the bot."""
        channel = self._channel(request)
        if isinstance(channel, Channel) and channel.type is ChannelType.CATEGORY:
            raise errors.not_a_text_channel()
        # Whether the bot may post at all comes before what is wrong with the post.
        access.require(self._world, self._world.bot.id, channel, Permission.SEND_MESSAGES)
        draft = read_draft(self._world, channel, request["payload"], request["files"])
        message = posting.post(self._world, self._world.bot, channel, draft)
        payload = self._show(message)
        if message.nonce is not None:
            payload["nonce"] = message.nonce
        return json_response(payload)

    async def edit(self, request: web.Request) -> web.Response:
        """Change a message of the bot's own."""
        channel = self._channel(request)
        message = self._message(request, channel)
        apply_edit(self._world, message, request["payload"], request["files"])
        return json_response(self._show(message))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a message."""
        channel = self._channel(request)
        message = self._message(request, channel)
        removal.delete(self._world, self._world.bot, message, reason_of(request))
        return web.Response(status=204)

    async def bulk_delete(self, request: web.Request) -> web.Response:
        """Delete several messages at once."""
        channel = self._channel(request)
        form = Form(request["payload"])
        ids = form.snowflakes("messages", 1000)
        if ids is None and not form.errors:
            form.fail("messages", "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
        removal.delete_bulk(self._world, self._world.bot, channel, ids or [], reason_of(request))
        return web.Response(status=204)

    def _channel(self, request: web.Request) -> AnyChannel:
        return access.visible(self._world, self._world.bot.id, path_id(request, "channel_id"))

    def _message(self, request: web.Request, channel: AnyChannel) -> Message:
        message = channel.history.get(path_id(request, "message_id"))
        if message is None:
            raise errors.unknown_message()
        return message

    def _show(self, message: Message) -> JsonObject:
        payload = self._world.message_payload(message)
        if self._world.app.allowed_intents & Intent.MESSAGE_CONTENT or reads_anyway(
            payload, self._world.bot.id, in_guild=message.guild_id is not None
        ):
            return payload
        return without_content(payload)
