"""Keeps one malformed event from ending the connection: discord.py calls its parsers unguarded."""

from collections.abc import Callable, Mapping
from typing import Any

import discord
import structlog

from bot.activity import Activity

_log = structlog.get_logger(__name__)

Parser = Callable[[Any], None]
Lost = Callable[[int], None]


def guard_parsers(
    client: discord.Client, activity: Activity, lost: Lost, *, only: str | None = None
) -> None:
    """Wrap every event parser of a client so that it logs what it cannot read and goes on.

    An exception of a parser leaves ``Client.start`` otherwise (discord.py 2.7.1, gateway.py:587).

    Args:
        client: before it connects.
        activity: counts parsing as work, so that nobody takes a quiet moment inside it for the end.
        lost: called with the guild's id when an event about a guild could not be read.
        only: the name of one event, for a parser added later; None for all.
    """
    parsers: dict[str, Parser] = client._connection.parsers  # noqa: SLF001 - there is no public seam
    for name, parser in parsers.items():
        if only in (None, name):
            parsers[name] = _guarded(name, parser, activity, lost)


def _guarded(name: str, parser: Parser, activity: Activity, lost: Lost) -> Parser:
    def guarded(data: Any) -> None:
        with activity.work():
            try:
                parser(data)
            except Exception as error:  # noqa: BLE001 - whatever Discord may send
                # Neither the data nor the message of the error: both may hold members' words.
                _log.error(
                    "an event could not be read", gateway_event=name, error=type(error).__name__
                )
                guild = _guild_of(data)
                if guild is not None:
                    lost(guild)

    return guarded


def _guild_of(data: object) -> int | None:
    if isinstance(data, Mapping):
        try:
            return int(data["guild_id"])
        except (KeyError, TypeError, ValueError):
            return None
    return None
