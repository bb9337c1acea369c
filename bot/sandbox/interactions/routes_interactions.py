"""REST: answering interactions. Their tokens stand for the bot's own, which these do not need."""

from aiohttp import web

from bot.sandbox.interactions import replies
from bot.sandbox.interactions.answering import answer, callback_payload, open_one
from bot.sandbox.interactions.interaction import Interaction
from bot.sandbox.messages import Message
from bot.sandbox.requests import path_id
from bot.sandbox.seam import API_PREFIX, JsonObject, json_response
from bot.sandbox.world import World

_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = _WEBHOOK + "/messages/@original"
_MESSAGE = _WEBHOOK + "/messages/{message_id}"

OPEN_ROUTES = frozenset({_CALLBACK, _WEBHOOK, _ORIGINAL, _MESSAGE})
"""Route templates that need no token of the bot."""


class InteractionRoutes:
    """The first answer, and what follows it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.post(API_PREFIX + _CALLBACK, self.callback),
            web.post(API_PREFIX + _WEBHOOK, self.follow_up),
            # In this order: aiohttp takes the first that fits.
            web.get(API_PREFIX + _ORIGINAL, self.original, allow_head=False),
            web.patch(API_PREFIX + _ORIGINAL, self.edit_original),
            web.delete(API_PREFIX + _ORIGINAL, self.delete_original),
            web.get(API_PREFIX + _MESSAGE, self.fetch, allow_head=False),
            web.patch(API_PREFIX + _MESSAGE, self.edit),
            web.delete(API_PREFIX + _MESSAGE, self.delete),
        ]

    async def callback(self, request: web.Request) -> web.Response:
        """Take the first answer."""
        interaction = open_one(
            self._world,
            path_id(request, "interaction_id"),
            request.match_info["interaction_token"],
        )
        answer(self._world, interaction, request["payload"], request["files"])
        if request.query.get("with_response", "").lower() not in {"1", "true"}:
            return web.Response(status=204)
        original = interaction.original
        shown = None if original is None else self._show(original)
        return json_response(callback_payload(interaction, shown))

    async def follow_up(self, request: web.Request) -> web.Response:
        """Post a further message."""
        message = replies.follow_up(
            self._world, self._interaction(request), request["payload"], request["files"]
        )
        return json_response(self._show(message))

    async def original(self, request: web.Request) -> web.Response:
        """Return the first answer."""
        return json_response(self._show(replies.original_of(self._interaction(request))))

    async def edit_original(self, request: web.Request) -> web.Response:
        """Change the first answer."""
        message = replies.change_original(
            self._world, self._interaction(request), request["payload"], request["files"]
        )
        return json_response(self._show(message))

    async def delete_original(self, request: web.Request) -> web.Response:
        """Take the first answer away."""
        interaction = self._interaction(request)
        replies.remove(self._world, interaction, replies.original_of(interaction))
        return web.Response(status=204)

    async def fetch(self, request: web.Request) -> web.Response:
        """Return a further message."""
        interaction = self._interaction(request)
        found = replies.message_of(interaction, path_id(request, "message_id"))
        return json_response(self._show(found))

    async def edit(self, request: web.Request) -> web.Response:
        """Change a further message."""
        interaction = self._interaction(request)
        message = replies.change_message(
            self._world,
            interaction,
            replies.message_of(interaction, path_id(request, "message_id")),
            request["payload"],
            request["files"],
        )
        return json_response(self._show(message))

    async def delete(self, request: web.Request) -> web.Response:
        """Take a further message away."""
        interaction = self._interaction(request)
        found = replies.message_of(interaction, path_id(request, "message_id"))
        replies.remove(self._world, interaction, found)
        return web.Response(status=204)

    def _interaction(self, request: web.Request) -> Interaction:
        return replies.by_token(
            self._world, path_id(request, "webhook_id"), request.match_info["webhook_token"]
        )

    def _show(self, message: Message) -> JsonObject:
        return self._world.message_payload(message)
