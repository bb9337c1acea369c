"""How far the bot is with what it was sent."""

import time
from collections.abc import Iterable, Mapping

from bot.sandbox.gateway import Gateway
from bot.sandbox.requests import RequestRecord
from bot.sandbox.server import Server
from bot.sandbox.sessions import Session

DELETE_MESSAGE = "DELETE /channels/{channel_id}/messages/{message_id}"
"""The route by which one message is deleted."""

NAMED_EVENTS = 8
"""Outstanding events named in an error; chosen, not measured."""


def is_settled(server: Server) -> bool:
    """Say whether nothing is outstanding at this moment.

    That is: every shard has a session, each is connected and has reported its last event as done,
    no socket is about to log in, no request is being answered, and nobody waits for the first
    answer to an interaction.
    """
    sessions = list(server.gateway.sessions.values())
    return (
        bool(sessions)
        and not absent_shards(server.gateway)
        and not server.gateway.opening
        and not server.in_flight
        and not server.world.interactions.unanswered(time.monotonic())
        and all(s.wire is not None and s.reported >= s.seq for s in sessions)
    )


def outlook(server: Server) -> str:
    """Say in words what is outstanding."""
    gateway = server.gateway
    lines = [_state_of(session) for session in gateway.sessions.values()]
    lines = lines or ["no session is there"]
    lines.extend(f"shard {shard} has no session" for shard in absent_shards(gateway))
    if gateway.opening:
        lines.append(f"{gateway.opening} sockets have not identified")
    lines.extend(f"being answered: {record.method} {record.path}" for record in server.in_flight)
    lines.extend(
        f"unanswered: {each.kind.name} {each.name!r} of {each.user.username}"
        for each in server.world.interactions.unanswered(time.monotonic())
    )
    lines.extend(f"refused: {address}" for address in sorted(set(server.refused)))
    return "; ".join(lines)


def absent_shards(gateway: Gateway) -> list[int]:
    """Return the shards that the bot counts and that have no session, in order."""
    sessions = gateway.sessions.values()
    count = max((session.shard_count for session in sessions), default=0)
    return sorted(set(range(count)) - {session.shard for session in sessions})


def deletion_delays(
    requests: Iterable[RequestRecord], dispatched: Mapping[int, list[tuple[str, float]]]
) -> dict[int, float]:
    """Return, by message id, the seconds from telling of a message to the call to delete it.

    From its first event's dispatch to the arrival of the bot's first call for that one message;
    messages that the bot was not told of before are left out.
    """
    delays: dict[int, float] = {}
    for record in requests:
        message_id = record.path.rpartition("/")[2]
        if record.route != DELETE_MESSAGE or not message_id.isdecimal():
            continue
        times = dispatched.get(int(message_id))
        if times and times[0][1] <= record.started:
            delays.setdefault(int(message_id), record.started - times[0][1])
    return delays


def _state_of(session: Session) -> str:
    outstanding = session.outstanding()
    names = ", ".join(f"{sent.seq} {sent.name}" for sent in outstanding[:NAMED_EVENTS])
    return (
        f"shard {session.shard} "
        f"({'connected' if session.wire is not None else 'disconnected'}): "
        f"sent {session.seq}, reported {session.reported}"
        + (f", outstanding: {names}" if names else "")
        + (" …" if len(outstanding) > NAMED_EVENTS else "")
    )
