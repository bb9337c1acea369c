"""Writes the texts about cases, citing the guidelines they were decided by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case, CasePost
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent
from bot.model.ruling import Ruling, Telling
from bot.model.sanction import SanctionDraft
from bot.ports import Words
from bot.wording import (
    consequences,
    correcting,
    decided,
    lines,
    notices,
    pages,
    records,
    restoring,
    ruling_lines,
    ruling_notices,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes the texts about cases.

    Laws: what anybody wrote is quoted or escaped, and pings nobody; no text for a member names a
    moderator, an internal note, or anybody who notified us; a text that cites a rule names its
    guideline by number.
    """

    guidelines: Guidelines

    def notice(
        self, case: Case, removed: frozenset[int], token: str, *, ours: bool = True
    ) -> Words:
        """Return what the author of posts is told that Concord removed by itself.

        Args:
            case: the case; at least one of its posts is in ``removed``.
            removed: ids of the posts that are gone.
            token: marks the message, so that it can be found again.
            ours: whether it is known that Concord removed them all. If it is not, nothing is said
                of who did.
        """
        return notices.notice(case, removed, token, self.guidelines, ours=ours)

    def log_line(
        self, case: Case, intents: Sequence[Intent], token: str, rulings: Sequence[Ruling] = ()
    ) -> Words:
        """Return the first line of the moderators' log on a case, as it stands now.

        Args:
            case: the case; one without posts has a line as well.
            intents: the case's; what rulings ask for is told in their own lines.
            token: marks the message.
            rulings: what moderators decided since, where it is known.
        """
        return lines.log_line(case, intents, token, self.guidelines, rulings)

    def ruling_notice(self, telling: Telling, token: str) -> Words:
        """Return what a member is told about a moderator's decision; never by whom.

        It fits one message. Texts of posts about a child's safety are not echoed.
        """
        return ruling_notices.ruling_notice(telling, token, self.guidelines)

    def with_earlier(self, words: Words, earlier: Sequence[Words]) -> Words:
        """Return a notice that takes others' place, with what those say; it fits a message.

        Args:
            words: the notice.
            earlier: what the others say now, newest first; they are of other cases.
        """
        return ruling_notices.with_earlier(words, earlier)

    def correction(
        self, failed: SanctionDraft, telling: Telling, token: str, *, sure: bool
    ) -> Words:
        """Return what a member is told of a sanction that was told of and did not come about.

        Args:
            failed: the sanction.
            telling: what holds of the ruling that ordered it.
            token: marks the message.
            sure: whether Discord refused it; otherwise nobody knows whether it came about.
        """
        return correcting.correction(failed, telling, token, self.guidelines, sure=sure)

    def ruling_line(self, dossier: Dossier, ruling: Ruling, token: str) -> Words:
        """Return the line of the moderators' log on a ruling, as it stands now.

        Who decided, what, by which rule, until when, what worked and what did not.
        """
        return ruling_lines.ruling_line(dossier, ruling, token, self.guidelines)

    def public_line(self, dossier: Dossier, ruling: Ruling, token: str) -> Words:
        """Return the line of the public log on a ruling: no names, no words, no place."""
        return ruling_lines.public_line(dossier, ruling, token, self.guidelines)

    def restored(self, case: Case, post: CasePost, token: str, *, bare: bool = False) -> Words:
        """Return the quote that stands where a post was removed by mistake.

        Args:
            case: the post's.
            post: what is given back.
            token: marks the message.
            bare: whether not all of its files are there with it.
        """
        return restoring.restored(case, post, token, bare=bare)

    def redacted_notice(self, case: Case, token: str) -> Words:
        """Return what a notice says once its words are erased, and nothing is left of the rest."""
        return restoring.redacted_notice(case, token)

    def erased(self, words: Words, *, undone: bool = False) -> Words:
        """Return a message written anew from what was left, with a sentence that says so.

        Args:
            words: what is left.
            undone: whether what it tells a member of was voided later.
        """
        return restoring.erased(words, undone=undone)

    def is_voided(self, rulings: Sequence[Ruling]) -> bool:
        """Whether what was decided last of a case was a mistake."""
        return decided.is_voided(rulings)

    def happens(self, draft: SanctionDraft, now: datetime) -> str:
        """Return what a sanction will do, as one line of a preview for moderators."""
        return consequences.happens(draft, now)

    def case_page(self, dossier: Dossier) -> Words:
        """Return all that is known of a case, for moderators; see :func:`bot.wording.paged`."""
        return pages.case_page(dossier, self.guidelines)

    def case_entry(self, dossier: Dossier) -> str:
        """Return a case as one line of a list for moderators."""
        return pages.case_entry(dossier)

    def record_page(self, record: records.Recorded) -> Words:
        """Return a page of a member's record, for them or for moderators; see ``record.own``."""
        return records.record_page(record, self.guidelines)
