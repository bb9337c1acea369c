"""What Concord does on Discord with messages; ``bot.discord_io`` implements it."""

from dataclasses import dataclass
from typing import Protocol

from bot.model.case import Case, CasePost
from bot.model.intent import Intent
from bot.ports.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Words:
    """A text to be sent, before Discord's own forms."""

    title: str
    paragraphs: tuple[str, ...]
    """Markdown that is safe to send: what members wrote is already escaped."""
    reference: str
    """Visible under the text; names the case and holds the token it can be found again by."""
    alert: bool = False
    """Whether it asks a moderator for something, or says that something failed."""
    lifts: bool = False
    """Whether it asks if the case's sanctions are to be lifted: a button offers it."""


class Enforcer(Protocol):
    """What Concord does on Discord. Every method may be called again for the same intent."""

    async def delete(self, intent: Intent) -> Outcome:
        """Remove a post; one that is gone already counts as done, with GONE_ALREADY as words."""
        ...

    async def tell(self, intent: Intent, case: Case, words: Words) -> Outcome:
        """Send a notice to a member: by direct message, else in a private thread of the board."""
        ...

    async def find_notice(self, intent: Intent, case: Case) -> Outcome:
        """Look whether a notice has arrived: DONE, LATER (it has not), REFUSED (cannot be read)."""
        ...

    async def log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line in the moderators' log."""
        ...

    async def find_log(self, intent: Intent) -> Outcome:
        """Look whether a line of the log has arrived; answers as :meth:`find_notice`."""
        ...

    async def edit_log(self, intent: Intent, message: int, words: Words) -> Outcome:
        """Replace a line of the log; done again, it changes nothing."""
        ...

    async def announce(self, guild: int, words: Words, key: str) -> Outcome:
        """Write a line in the moderators' log that belongs to no case, unless it is there already.

        Args:
            guild: whose log.
            words: the line.
            key: at most 25 characters; the same for every attempt at the same line.
        """
        ...

    async def public_log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line in the public log; a guild without one counts as done."""
        ...

    async def find_public_log(self, intent: Intent) -> Outcome:
        """Look whether a line of the public log has arrived; answers as :meth:`find_notice`."""
        ...

    async def keep_files(self, intent: Intent, case: Case, post: CasePost) -> Outcome:
        """Upload a post's files again in the moderators' log, within bounds, as one message."""
        ...

    async def find_files(self, intent: Intent) -> Outcome:
        """Look whether the files have arrived; answers as :meth:`find_notice`."""
        ...

    async def restore(
        self, intent: Intent, post: CasePost, kept: int | None, words: Words, bare: Words
    ) -> Outcome:
        """Post, where a removed post stood, what it said, as a quote of Concord's.

        Args:
            intent: the quote.
            post: what is given back.
            kept: the message in the log that its files were uploaded with; None for none.
            words: the quote.
            bare: the same where not all of its files are there to be posted again; then the
                outcome's words are :data:`bot.ports.WITHOUT_FILES`.
        """
        ...

    async def find_restored(self, intent: Intent, post: CasePost) -> Outcome:
        """Look whether the quote has arrived; answers as :meth:`find_notice`."""
        ...

    async def redact(
        self, intent: Intent, sent: Intent, case: Case, words: Words | None
    ) -> Outcome:
        """Replace a message of ours by one without erased words; done again, it changes nothing.

        Args:
            intent: the redaction.
            sent: the intent whose message it is: a notice, a line of a log, files, a quote.
            case: its case.
            words: what it says from then on; None deletes it. One that is gone counts as done.
        """
        ...
