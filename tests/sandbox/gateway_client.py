"""A plain client of the simulated gateway."""

import asyncio
import zlib
from typing import Any

import aiohttp
import orjson

EVERYTHING = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 9) | (1 << 12) | (1 << 15)
"""GUILDS, GUILD_MEMBERS, GUILD_MODERATION, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT."""


class GatewayClient:
    """One connection at a time; remembers the session and its last sequence number."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self._http = http
        self._url = url
        self._inflate = zlib.decompressobj()
        self._compressed = False
        self.token = token
        self.session_id = ""
        self.seq = 0
        self.socket: aiohttp.ClientWebSocketResponse

    async def open(self, *, compressed: bool = False) -> dict[str, Any]:
        """Connect and return HELLO."""
        await self.connect(compressed=compressed)
        return await self.frame()

    async def connect(self, *, compressed: bool = False, version: int = 10) -> None:
        """Connect only."""
        query = f"?v={version}&encoding=json" + ("&compress=zlib-stream" if compressed else "")
        self._inflate = zlib.decompressobj()
        self._compressed = compressed
        self.socket = await self._http.ws_connect(self._url + query)

    async def send(self, op: int, data: object) -> None:
        """Send one payload."""
        await self.socket.send_bytes(orjson.dumps({"op": op, "d": data}))

    async def frame(self) -> dict[str, Any]:
        """Return the next payload; fails within two seconds or on a closed socket."""
        message = await asyncio.wait_for(self.socket.receive(), 2)
        assert message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, message
        data = message.data
        if self._compressed:
            assert data.endswith(b"\x00\x00\xff\xff")
            data = self._inflate.decompress(data)
        frame: dict[str, Any] = orjson.loads(data)
        self.seq = frame.get("s") or self.seq
        return frame

    async def close_code(self) -> int | None:
        """Return the code with which the server closes the socket, passing over frames."""
        while True:
            message = await asyncio.wait_for(self.socket.receive(), 2)
            if message.type not in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}:
                return self.socket.close_code

    async def event(self, name: str) -> dict[str, Any]:
        """Return the data of the next event of this name, passing over others."""
        while True:
            frame = await self.frame()
            if frame.get("t") == name:
                data: dict[str, Any] = frame["d"]
                return data

    async def events_until(self, name: str) -> list[str]:
        """Return the names of the events up to one of this name."""
        names: list[str] = []
        while not names or names[-1] != name:
            frame = await self.frame()
            if frame["op"] == 0:
                names.append(frame["t"])
        return names

    async def identify(
        self, intents: int = EVERYTHING, shard: list[int] | None = None, **more: object
    ) -> dict[str, Any]:
        """Connect, identify and return READY's data."""
        await self.open()
        await self.send_identify(intents, shard, **more)
        ready = await self.event("READY")
        self.session_id = ready["session_id"]
        return ready

    async def send_identify(
        self, intents: int = EVERYTHING, shard: list[int] | None = None, **more: object
    ) -> None:
        """Send IDENTIFY."""
        data = {"token": self.token, "intents": intents, "properties": {}, **more}
        if shard is not None:
            data["shard"] = shard
        await self.send(2, data)

    async def resume(self, seq: int | None = None) -> None:
        """Connect anew and send RESUME."""
        seq = self.seq if seq is None else seq
        await self.open()
        await self.send(6, {"token": self.token, "session_id": self.session_id, "seq": seq})

    async def close(self, code: int = 1000) -> None:
        """Close the socket."""
        if hasattr(self, "socket"):
            await self.socket.close(code=code)
