"""REST: users, the app itself, where the gateway is, and direct messages."""

from aiohttp import web

from bot.sandbox import errors, membership
from bot.sandbox.form import Form
from bot.sandbox.gateway import Gateway
from bot.sandbox.requests import path_id
from bot.sandbox.seam import API_PREFIX, JsonObject, json_response
from bot.sandbox.world import World

IDENTIFIES_A_DAY = 1000
"""Session starts in 24 hours (Discord's documentation, topic "Gateway")."""


class UserRoutes:
    """Who the bot is, who others are, and writing to them."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        routes = {
            "/gateway": self.where,
            "/gateway/bot": self.where_for_bots,
            "/users/@me": self.me,
            "/oauth2/applications/@me": self.application,
            "/applications/@me": self.application,
            "/users/{user_id}": self.user,
        }
        return [
            *(
                web.get(API_PREFIX + path, handler, allow_head=False)
                for path, handler in routes.items()
            ),
            web.post(API_PREFIX + "/users/@me/channels", self.open_direct),
        ]

    async def where(self, _request: web.Request) -> web.Response:
        """Return the gateway's address."""
        return json_response({"url": self._address()})

    async def where_for_bots(self, _request: web.Request) -> web.Response:
        """Return the gateway's address and how many shards to use."""
        return json_response(
            {
                "url": self._address(),
                "shards": self._world.app.shards,
                "session_start_limit": {
                    "total": IDENTIFIES_A_DAY,
                    "remaining": max(0, IDENTIFIES_A_DAY - self._gateway.identifies),
                    "reset_after": 86_400_000,
                    "max_concurrency": 1,
                },
            }
        )

    async def me(self, _request: web.Request) -> web.Response:
        """Return the bot's own user."""
        return json_response(self._world.bot.own_payload())

    async def user(self, request: web.Request) -> web.Response:
        """Return a user."""
        user = self._world.users.get(path_id(request, "user_id"))
        if user is None:
            raise errors.unknown_user()
        return json_response(user.payload())

    async def application(self, _request: web.Request) -> web.Response:
        """Return the app as its owner sees it."""
        world, app = self._world, self._world.app
        payload: JsonObject = {
            "id": str(app.id),
            "name": app.name,
            "icon": None,
            "description": "",
            "type": None,
            "bot": world.bot.payload(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": app.owner.payload(),
            "approximate_guild_count": len(world.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": [],
        }
        return json_response(payload)

    async def open_direct(self, request: web.Request) -> web.Response:
        """Open, or find, the direct messages with a user."""
        form = Form(request["payload"])
        user_id = form.snowflake("recipient_id")
        form.check()
        user = self._world.users.get(user_id or 0)
        if user is None or user is self._world.bot:
            raise errors.invalid_recipients()
        return json_response(membership.direct_channel(self._world, user).payload())

    def _address(self) -> str:
        return self._world.base_url.replace("http", "ws", 1) + "/gw"
