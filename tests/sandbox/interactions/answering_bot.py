"""A bot that speaks REST and gateway by hand, so that every answer can be seen."""

from typing import Any

import orjson
from aiohttp import ClientSession

from bot.sandbox import InteractionHandle
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import Answer, RestClient

ASK = {"name": "ask", "description": "Ask the bot"}
SUGGEST = {
    "name": "suggest",
    "description": "Suggest something",
    "options": [{"type": 3, "name": "what", "description": "what", "autocomplete": True}],
}
POST = {"name": "Moderate post", "type": 3}
MESSAGE, THINKING, ACKNOWLEDGE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9


class AnsweringBot:
    """Answers by hand; the interaction's token stands for the bot's own."""

    def __init__(self, community: Community, http: ClientSession, gateway: GatewayClient) -> None:
        self.sim = community.sim
        self._http = http
        self._gateway = gateway

    async def log_in(self, api: RestClient) -> None:
        """Sync a few commands and listen."""
        synced = await api("PUT", f"/applications/{self.sim.app.id}/commands", [ASK, SUGGEST, POST])
        assert synced.status == 200, synced
        await self._gateway.identify()

    async def told(self) -> dict[str, Any]:
        """Return the next interaction that the gateway tells of."""
        return await self._gateway.event("INTERACTION_CREATE")

    async def respond(
        self, to: InteractionHandle, kind: int, data: object = None, *, wanted: bool = True
    ) -> Answer:
        """Answer first."""
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        query = "?with_response=true" if wanted else ""
        path = f"/interactions/{to.id}/{to.interaction.token}/callback{query}"
        return await self.call("POST", path, body)

    async def follow(
        self, to: InteractionHandle, body: object = None, method: str = "POST", path: str = ""
    ) -> Answer:
        """Use the token afterwards; `path` is below the webhook."""
        return await self.call(
            method, f"/webhooks/{self.sim.app.id}/{to.interaction.token}{path}", body
        )

    async def call(self, method: str, path: str, body: object = None) -> Answer:
        """Make a call without the bot's token."""
        data = None if body is None else orjson.dumps(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        async with self._http.request(
            method, self.sim.api_base + path, data=data, headers=headers
        ) as response:
            content = await response.read()
            if content:
                assert response.headers["Content-Type"] == "application/json"
            return Answer(response.status, orjson.loads(content) if content else None)


def button(custom_id: str = "ok", label: str = "Confirm", **more: object) -> dict[str, object]:
    """Return a button as a bot sends it."""
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def row(*components: dict[str, object]) -> dict[str, object]:
    """Return a row of components."""
    return {"type": 1, "components": list(components)}
