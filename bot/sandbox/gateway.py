"""The gateway: identify, heartbeat, resume, and events on their way to the bot.

Opcodes and close codes: Discord's documentation, topic "Opcodes and Status Codes" (2026-08).
"""

import secrets
import time
from collections import deque
from collections.abc import Callable
from enum import IntEnum

import orjson
from aiohttp import WSMsgType, web

from bot.sandbox import chunks, intents
from bot.sandbox.form import as_integer
from bot.sandbox.guild_create import guild_create
from bot.sandbox.intents import PRIVILEGED, Intent
from bot.sandbox.seam import DispatchFaults, JsonObject
from bot.sandbox.sessions import Session, Wire
from bot.sandbox.world import Event, World

HEARTBEAT_INTERVAL_MS = 41_250
"""What Discord's gateway says in HELLO (its documentation's example)."""


class Op(IntEnum):
    """The gateway's opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class CloseCode(IntEnum):
    """Why the gateway closes a socket."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQ = 4007
    INVALID_SHARD = 4010
    INVALID_API_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Gateway:
    """All sessions, and the websocket route.

    Args:
        world: what the events are about.
        changed: called after anything by which a waiting test might go on.
    """

    def __init__(self, world: World, changed: Callable[[], None]) -> None:
        self.sessions: dict[str, Session] = {}
        self.faults: DispatchFaults | None = None
        self.identifies = 0
        self.dispatched: dict[int, list[tuple[str, float]]] = {}
        self._dispatched_order: deque[int] = deque()
        self._world = world
        self._changed = changed
        self._opening: set[Wire] = set()
        world.listeners.append(self.on_event)

    @property
    def connected(self) -> list[Session]:
        """The sessions with an open socket."""
        return [session for session in self.sessions.values() if session.wire is not None]

    @property
    def opening(self) -> int:
        """How many sockets are open that have neither identified nor resumed."""
        return len(self._opening)

    def on_event(self, event: Event) -> None:
        """Send an event to the sessions that are to hear of it."""
        for session in list(self.sessions.values()):
            if session.hosts(event.guild_id) and intents.hears(
                session.intents, event.name, in_guild=event.guild_id is not None
            ):
                self.dispatch(session, event)
        self._changed()

    def dispatch(self, session: Session, event: Event) -> None:
        """Send an event to one session, through the fault switchboard."""
        payload = intents.as_told(
            session.intents,
            event.name,
            event.payload,
            self._world.bot.id,
            in_guild=event.guild_id is not None,
        )
        payloads = [payload]
        if self.faults is not None:
            payloads = self.faults.on_dispatch(event.name, payload)
        for each in payloads:
            session.dispatch(event.name, each)
            if event.message_id is not None:
                self._note_time(event.message_id, event.name)

    def forget(self) -> None:
        """Drop all sessions that are not connected: a RESUME of them fails."""
        for session in list(self.sessions.values()):
            if session.wire is None:
                del self.sessions[session.id]

    def invalidate(self, session: Session, *, resumable: bool = False) -> None:
        """Send op 9, after which the client resumes or identifies anew."""
        if not resumable:
            self.sessions.pop(session.id, None)
        if session.wire is not None:
            session.wire.send({"op": Op.INVALID_SESSION, "d": resumable})

    def ask_to_reconnect(self, session: Session) -> None:
        """Send op 7, after which the client resumes."""
        if session.wire is not None:
            session.wire.send({"op": Op.RECONNECT, "d": None})

    def drop(self, session: Session, code: int = 4000) -> None:
        """Close a session's socket; the session stays resumable."""
        if session.wire is not None:
            session.wire.close(code)
            session.wire = None
        self._changed()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket connection."""
        compression = request.query.get("compress")
        if compression not in {None, "zlib-stream"}:
            return web.Response(
                status=400, text=f"the simulated Discord does not know compress={compression}"
            )
        socket = web.WebSocketResponse(compress=False, max_msg_size=1 << 20, timeout=1.0)
        await socket.prepare(request)
        wire = Wire(socket, compressed=compression is not None)
        if request.query.get("v", "10") != "10":
            wire.close(CloseCode.INVALID_API_VERSION)
        self._opening.add(wire)
        wire.send({"op": Op.HELLO, "d": {"heartbeat_interval": HEARTBEAT_INTERVAL_MS}})
        try:
            async for frame in socket:
                if frame.type in {WSMsgType.TEXT, WSMsgType.BINARY}:
                    self._on_frame(wire, frame.data)
        finally:
            await self._on_closed(wire, socket.close_code)
        return socket

    async def _on_closed(self, wire: Wire, code: int | None) -> None:
        await wire.finish()
        self._opening.discard(wire)
        session = self._session_on(wire)
        if session is not None:
            session.wire = None
            # Closing with 1000 or 1001 ends the session (topic "Gateway", 2026-08). So does, here,
            # a newer session of the same shard: nobody will come back for this one.
            if code in {1000, 1001} or self._replaced(session):
                self.sessions.pop(session.id, None)
        self._changed()

    def _replaced(self, session: Session) -> bool:
        newest = [other for other in self.sessions.values() if other.shard == session.shard][-1]
        return newest is not session

    def _session_on(self, wire: Wire) -> Session | None:
        return next((s for s in self.sessions.values() if s.wire is wire), None)

    def _on_frame(self, wire: Wire, data: str | bytes) -> None:
        try:
            frame = orjson.loads(data)
        except orjson.JSONDecodeError:
            frame = None
        op = as_integer(frame.get("op")) if isinstance(frame, dict) else None
        if op is None:
            wire.close(CloseCode.DECODE_ERROR)
            return
        self._on_op(wire, op, frame.get("d"))
        self._changed()

    def _on_op(self, wire: Wire, op: int, body: object) -> None:
        session = self._session_on(wire)
        if op == Op.HEARTBEAT:
            wire.send({"op": Op.HEARTBEAT_ACK, "d": None})
        elif op in {Op.IDENTIFY, Op.RESUME}:
            self._on_login(wire, op, body, session)
        elif session is None:
            wire.close(CloseCode.NOT_AUTHENTICATED)
        elif op == Op.REQUEST_MEMBERS and isinstance(body, dict):
            chunks.answer(self._world, session, body)
        elif op not in {Op.PRESENCE, Op.VOICE_STATE}:
            wire.close(CloseCode.UNKNOWN_OPCODE)

    def _on_login(self, wire: Wire, op: int, body: object, session: Session | None) -> None:
        if session is not None:
            wire.close(CloseCode.ALREADY_AUTHENTICATED)
        elif not isinstance(body, dict):
            wire.close(CloseCode.DECODE_ERROR)
        elif body.get("token") != self._world.app.token:
            wire.close(CloseCode.AUTHENTICATION_FAILED)
        elif op == Op.IDENTIFY:
            self._identify(wire, body)
        else:
            self._resume(wire, body)

    def _identify(self, wire: Wire, body: JsonObject) -> None:
        wanted = as_integer(body.get("intents"))
        if wanted is None or not 0 <= wanted <= intents.KNOWN:
            wire.close(CloseCode.INVALID_INTENTS)
            return
        if wanted & PRIVILEGED & ~self._world.app.allowed_intents:
            wire.close(CloseCode.DISALLOWED_INTENTS)
            return
        shard = _shard(body.get("shard", [0, 1]))
        if shard is None:
            wire.close(CloseCode.INVALID_SHARD)
            return
        self.identifies += 1
        for other in list(self.sessions.values()):
            if other.wire is None and other.shard == shard[0]:
                del self.sessions[other.id]
        session = Session(secrets.token_hex(16), *shard, Intent(wanted), wire)
        self.sessions[session.id] = session
        self._opening.discard(wire)
        self._greet(session)

    def _greet(self, session: Session) -> None:
        world = self._world
        guilds = [
            guild
            for guild in world.guilds.values()
            if world.bot.id in guild.members and session.hosts(guild.id)
        ]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": world.bot.own_payload(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": world.base_url.replace("http", "ws", 1) + "/gw",
                "shard": [session.shard, session.shard_count],
                "application": {"id": str(world.app.id), "flags": 0},
                "private_channels": [],
            },
        )
        for guild in guilds:
            self.dispatch(session, Event("GUILD_CREATE", guild_create(world, guild), guild.id))

    def _resume(self, wire: Wire, body: JsonObject) -> None:
        session = self.sessions.get(str(body.get("session_id")))
        seq = as_integer(body.get("seq"))
        if session is not None and (seq is None or seq > session.seq):
            wire.close(CloseCode.INVALID_SEQ)
            return
        # Whoever has no session to resume, as after a close that was overheard, begins anew.
        if session is None or seq is None or not session.can_replay_from(seq):
            wire.send({"op": Op.INVALID_SESSION, "d": False})
            return
        if session.wire is not None:
            session.wire.close(4000)
        session.wire = wire
        self._opening.discard(wire)
        session.replay(seq)
        session.dispatch("RESUMED", {"_trace": []})

    def _note_time(self, message_id: int, name: str) -> None:
        times = self.dispatched.get(message_id)
        if times is None:
            times = self.dispatched[message_id] = []
            self._dispatched_order.append(message_id)
            if len(self._dispatched_order) > 200_000:
                del self.dispatched[self._dispatched_order.popleft()]
        times.append((name, time.monotonic()))


def _shard(value: object) -> tuple[int, int] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    number, count = as_integer(value[0]), as_integer(value[1])
    if number is None or count is None or not 0 <= number < count:
        return None
    return number, count
