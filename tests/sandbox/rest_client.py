"""A plain client of the simulated REST API."""

from dataclasses import dataclass
from urllib.parse import quote

import aiohttp
import orjson


@dataclass(frozen=True)
class Answer:
    """A status with the body: parsed JSON, other text, or None for an empty one."""

    status: int
    body: object

    @property
    def code(self) -> tuple[int, object]:
        """The status with Discord's error code."""
        assert isinstance(self.body, dict)
        return self.status, self.body.get("code")

    def __getitem__(self, key: str) -> object:
        """Return a field of the body."""
        assert isinstance(self.body, dict)
        return self.body[key]

    @property
    def rows(self) -> list[dict[str, object]]:
        """The body as a list of objects."""
        assert isinstance(self.body, list)
        return self.body


class RestClient:
    """Calls as the bot."""

    def __init__(self, http: aiohttp.ClientSession, base: str, token: str) -> None:
        self._http = http
        self.base = base
        self.token = token

    async def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        reason: str | None = None,
        raw: bytes | None = None,
        form: aiohttp.FormData | None = None,
    ) -> Answer:
        """Make one call; `path` is below the API prefix, with its query."""
        headers = {"Authorization": f"Bot {self.token}"}
        data: bytes | aiohttp.FormData | None = form
        if reason is not None:
            headers["X-Audit-Log-Reason"] = quote(reason, safe="/ ")
        if body is not None or raw is not None:
            headers["Content-Type"] = "application/json"
            data = raw if raw is not None else orjson.dumps(body)
        async with self._http.request(
            method, self.base + path, data=data, headers=headers
        ) as response:
            content = await response.read()
            # Exactly this header makes discord.py read JSON; anything else stays text.
            if content and response.headers["Content-Type"] == "application/json":
                return Answer(response.status, orjson.loads(content))
            return Answer(response.status, content.decode() or None)
