"""Nonces: how Discord keeps one message from being posted twice."""

from bot.sandbox.messages import Message
from bot.sandbox.world import World

MEMORY_MS = 3 * 60 * 1000
"""How long a nonce is remembered: Discord's documentation says "in the past few minutes"
(resource "Message", Create Message, 2026-08); three minutes are this simulation's reading."""


def recall(world: World, author_id: int, channel_id: int, nonce: str | int) -> Message | None:
    """Return the message that an author posted with a nonce in a channel within `MEMORY_MS`.

    None where there is none, and where it has been deleted since.
    """
    remembered = world.nonces.get((author_id, channel_id, str(nonce)))
    if remembered is None:
        return None
    message, posted_ms = remembered
    if message.deleted or world.clock.now_ms() - posted_ms > MEMORY_MS:
        return None
    return message


def remember(
    world: World, author_id: int, channel_id: int, nonce: str | int, message: Message
) -> None:
    """Keep a nonce, and drop those that are forgotten by now."""
    now = world.clock.now_ms()
    while world.nonces:
        oldest = next(iter(world.nonces))
        if now - world.nonces[oldest][1] <= MEMORY_MS:
            break
        del world.nonces[oldest]
    key = (author_id, channel_id, str(nonce))
    world.nonces.pop(key, None)
    world.nonces[key] = (message, now)
