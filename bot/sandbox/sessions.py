"""Gateway sessions: what was sent to whom, and what can be replayed."""

import asyncio
import zlib
from collections import deque
from dataclasses import dataclass, field

import orjson
from aiohttp import web

from bot.sandbox.intents import Intent
from bot.sandbox.seam import JsonObject

REPLAY_LIMIT = 50_000
"""Events kept for a RESUME; chosen, not measured. Older ones make the session invalid."""


class Wire:
    """One websocket, written to by one task so that frames keep their order.

    Args:
        socket: the open websocket.
        compressed: whether the client asked for ``zlib-stream``.
    """

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self._deflate = zlib.compressobj() if compressed else None
        self._queue: asyncio.Queue[bytes | int] = asyncio.Queue()
        self._closing = False
        self._writer = asyncio.create_task(self._write())

    def send(self, payload: JsonObject) -> None:
        """Send a gateway payload after everything sent before."""
        self._queue.put_nowait(orjson.dumps(payload))

    def close(self, code: int) -> None:
        """Close the socket after everything sent before."""
        self._closing = True
        self._queue.put_nowait(code)

    async def finish(self) -> None:
        """Stop writing; the socket is gone, or being closed by us."""
        if not self._closing:
            self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        while True:
            item = await self._queue.get()
            if isinstance(item, int):
                await self.socket.close(code=item)
                return
            try:
                await self._frame(item)
            except ConnectionError:
                return

    async def _frame(self, data: bytes) -> None:
        if self._deflate is None:
            await self.socket.send_str(data.decode())
            return
        # Each message ends in a sync flush, which is how the client knows that it is whole.
        chunk = self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        await self.socket.send_bytes(chunk)


@dataclass(frozen=True, slots=True)
class Sent:
    """One dispatched event."""

    seq: int
    name: str
    payload: JsonObject


@dataclass(eq=False)
class Session:
    """What one IDENTIFY began: it outlives its socket until it is resumed or invalid.

    Attributes:
        seq: the sequence number of the last dispatched event.
        reported: the highest sequence number that the bot reported as done; 0: none yet.
        wire: None while disconnected.
    """

    id: str
    shard: int
    shard_count: int
    intents: Intent
    wire: Wire | None = None
    seq: int = 0
    reported: int = 0
    sent: deque[Sent] = field(default_factory=lambda: deque(maxlen=REPLAY_LIMIT))

    def hosts(self, guild_id: int | None) -> bool:
        """Say whether events of a guild (None: direct messages) come to this session's shard."""
        if guild_id is None:
            return self.shard == 0
        # Discord's documentation, topic "Gateway", section "Sharding".
        return (guild_id >> 22) % self.shard_count == self.shard

    def dispatch(self, name: str, payload: JsonObject) -> int:
        """Give an event its number, keep it for a replay, send it where connected."""
        self.seq += 1
        self.sent.append(Sent(self.seq, name, payload))
        if self.wire is not None:
            self._send(self.sent[-1])
        return self.seq

    def can_replay_from(self, seq: int) -> bool:
        """Say whether every event after `seq` is still there."""
        oldest = self.sent[0].seq if self.sent else 1
        return oldest - 1 <= seq <= self.seq

    def replay(self, seq: int) -> None:
        """Send every event after `seq` again."""
        for sent in self.sent:
            if sent.seq > seq:
                self._send(sent)

    def outstanding(self) -> list[Sent]:
        """Return the events that the bot has not reported as done, oldest first."""
        return [sent for sent in self.sent if sent.seq > self.reported]

    def _send(self, sent: Sent) -> None:
        if self.wire is not None:
            self.wire.send({"op": 0, "t": sent.name, "s": sent.seq, "d": sent.payload})
