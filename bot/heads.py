"""Posts the head of each guild's chain of decisions in the moderators' log, once a day.

What stands in Discord nobody who holds the database can change: whoever has a posted head can tell
whether the decisions up to it are still the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

import structlog

from bot.activity import Activity
from bot.errors import StorageError
from bot.ports import Clock, Delivery, Enforcer, Link, Store, Words

_log = structlog.get_logger(__name__)

AGAIN = timedelta(hours=1)
"""Wait after a head that could not be posted for now; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class HeadPosting:
    """Posts, after each midnight (UTC), the newest decision of the days before.

    Laws: a head is posted once, also after a crash, since its key is made of its hash; one a day at
    most; where nothing was decided since the last one, nothing is posted. Where the chain is not
    the one that was posted last, its head is posted again: it differs from what moderators have.
    """

    store: Store
    enforcer: Enforcer
    clock: Clock
    activity: Activity

    async def run(self) -> None:
        """Post what is due at each midnight, and at once what was missed, until cancelled."""
        while True:
            now = self.clock.now()
            self.activity.begin()
            try:
                is_posted = await self.post_due(now)
            except StorageError as error:
                _log.error("the heads of the decisions could not be posted", words=str(error))
                is_posted = False
            finally:
                self.activity.end()
            tomorrow = _midnight(now) + timedelta(days=1)
            await self.clock.sleep_until(tomorrow if is_posted else min(tomorrow, now + AGAIN))

    async def post_due(self, now: datetime) -> bool:
        """Post what is due, guild by guild, and return whether none must be tried again today."""
        answers = [await self._post(guild, now) for guild in await self.store.guilds()]
        return all(answers)

    async def _post(self, guild: int, now: datetime) -> bool:
        head = await self.store.chain_head(guild, before=_midnight(now))
        posted = await self.store.posted_head(guild)
        # What is learnt of after today's head may count to a day before it: it waits for the next.
        is_done = posted is not None and (
            posted.at >= _midnight(now) or (head is not None and posted.hash == head.hash)
        )
        if head is None or is_done:
            return True
        outcome = await self.enforcer.announce(guild, head_line(head), _key(head))
        if outcome.delivery is Delivery.DONE:
            await self.store.write(lambda tx: tx.head_posted(head, now))
            return True
        _log.warning("the head of the decisions is not posted", guild=guild, words=outcome.words)
        return outcome.delivery is Delivery.REFUSED  # tried again tomorrow


def head_line(head: Link) -> Words:
    """Return the line that a moderator can check a later database against."""
    decisions = "1 decision" if head.number == 1 else f"{head.number:,} decisions"
    return Words(
        "The log of decisions, as it stands",
        (
            (
                f"{decisions} so far. Whoever keeps this line can check later that none of them "
                "was changed:"
            ),
            f"```\nconcord verify-log --guild {head.guild} --head {head.hash}\n```",
        ),
        reference=f"Decision {head.number}",
    )


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _key(head: Link) -> str:
    return blake2b(f"head/{head.guild}/{head.hash}".encode(), digest_size=12).hexdigest()
