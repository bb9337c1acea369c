"""A message sent once: marked before it is sent, looked for after any doubt."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.model.intent import Intent, IntentState
from bot.ports import Delivery, Outcome

AT_A_TIME = 3
"""Tries of a message without a pause, each with the same nonce and each looked for before the next:
Discord forgets a nonce after minutes, so that what is still on its way is never doubled. Chosen."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of trying to send a message."""

    intent: Intent
    """As it is marked now."""
    outcome: Outcome
    unknown: bool = False
    """Whether it can never be known if it arrived."""


async def send_once(
    intent: Intent,
    *,
    mark: Callable[[Intent], Awaitable[Intent]],
    send: Callable[[Intent], Awaitable[Outcome]],
    find: Callable[[Intent], Awaitable[Outcome]],
) -> Attempt:
    """Send a message once: after any doubt, look for it before sending it again.

    Args:
        intent: the message.
        mark: commits that it is about to be tried.
        send: sends it, with the intent's nonce.
        find: looks whether it has arrived: DONE, LATER (it has not), REFUSED (cannot be read).
    """
    if intent.state is IntentState.ATTEMPTED:
        seen = await find(intent)
        if seen.delivery is Delivery.REFUSED:
            words = f"{seen.words}; whether it arrived is not known, so it is not sent again"
            return Attempt(intent, Outcome(Delivery.REFUSED, words), unknown=True)
        if seen.delivery is Delivery.DONE:
            return Attempt(intent, seen)
        if seen.delivery is Delivery.UNCERTAIN:
            return Attempt(await mark(intent), seen)
    current = await mark(intent)
    for _ in range(AT_A_TIME):
        outcome = await send(current)
        if outcome.delivery is not Delivery.UNCERTAIN:
            break
        seen = await find(current)
        if seen.delivery is Delivery.DONE:
            outcome = seen
        if seen.delivery is not Delivery.LATER:
            break
    return Attempt(current, outcome)
