"""Tells moderators what was written while Concord was away too long to judge it."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b

import structlog

from bot.catchup import Missed
from bot.errors import ConcordError
from bot.model.snowflake import first_at
from bot.ports import Clock, Delivery, Enforcer, Store, Transaction, Words

_log = structlog.get_logger(__name__)

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 20))
"""Waits after attempts to tell that got no answer; chosen, not measured."""

LISTED = 20
"""Channels that one line names; chosen, not measured."""


class NotToldError(ConcordError):
    """Moderators could not be told of an absence yet; it is tried again."""


async def tell_of_absence(
    guild: int, missed: Sequence[Missed], store: Store, enforcer: Enforcer, clock: Clock
) -> None:
    """List what was missed in the moderators' log, once, and go on from there.

    The line bears a token made of what it lists, and is looked for before it is written: a crash
    in between does not double it.

    Raises:
        NotToldError: if Discord does not answer: what came later must not be judged before, for
            that would hide what was missed.
    """
    for pause in PAUSES:
        outcome = await enforcer.announce(guild, absence(missed), _key(guild, missed))
        if outcome.delivery not in (Delivery.UNCERTAIN, Delivery.LATER):
            break
        await clock.sleep_until(clock.now() + pause)
    else:
        raise NotToldError(outcome.words)
    if outcome.delivery is not Delivery.DONE:
        # No moderator can be told, today or later: only the operator's log is left.
        _log.error("posts were missed", guild=guild, channels=len(missed), words=outcome.words)

    async def work(tx: Transaction) -> None:
        for one in missed:
            await tx.advance(guild, one.channel, first_at(one.until))

    await store.write(work)


def absence(missed: Sequence[Missed]) -> Words:
    """Return the line that lists what was missed."""
    until = max(one.until for one in missed)
    channels = ", ".join(f"<#{one.channel}>" for one in missed[:LISTED])
    if len(missed) > LISTED:
        channels += f" and {len(missed) - LISTED} more"
    return Words(
        "Some posts were not checked",
        (
            (
                "Concord was away for longer than it looks back. What was written then, before "
                f"<t:{int(until.timestamp())}:f>, was not checked in {channels}."
            ),
            "Newer posts have been. Please have a look yourselves if that time matters.",
        ),
        reference="away",
        alert=True,
    )


def _key(guild: int, missed: Sequence[Missed]) -> str:
    listed = ",".join(f"{one.channel}:{first_at(one.since)}" for one in missed)
    return blake2b(f"{guild}/{listed}".encode(), digest_size=12).hexdigest()
