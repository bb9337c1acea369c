"""A case's intents as they are worked through: what is open, what waits, what is called for.

Long, for what waits for what stands side by side, so that it can be compared.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.corrections import is_correction, waits
from bot.model.action import Action
from bot.model.case import Case, CasePost
from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind
from bot.ports import GONE_ALREADY
from bot.unfinished import belongs, holds_back, is_rest

Intents = dict[int, Intent]
"""A case's intents by id, each in its newest known state."""

ACTS = frozenset(
    {
        IntentKind.EVIDENCE,
        IntentKind.DELETE,
        IntentKind.APPLY,
        IntentKind.KEEP,
        IntentKind.END,
    }
)
"""What is done before anybody is told of it."""

UPHOLDS = frozenset({IntentKind.APPLY, IntentKind.KEEP, IntentKind.END})
"""What is about a sanction."""

REPEATED_SAFELY = UPHOLDS | {IntentKind.DELETE, IntentKind.LOG_EDIT, IntentKind.REDACT}
"""What may be tried again without looking, for it asks for a state and not for one more message."""

LINE = "log"
"""The key of a case's first line in the moderators' log."""


def open_intents(intents: Intents, kind: IntentKind | None = None) -> list[Intent]:
    """Return what is not settled, of one kind or of all, in the order it was decided."""
    return sorted(
        (
            one
            for one in intents.values()
            if one.state not in SETTLED and (kind is None or one.kind is kind)
        ),
        key=lambda one: one.id,
    )


def due(intents: Intents, now: datetime) -> list[Intent]:
    """Return what is open and whose time has come, in the order it was decided."""
    return [one for one in open_intents(intents) if one.not_before <= now]


def acts_on_sanctions(
    intents: Intents, kinds: dict[int, SanctionKind], now: datetime
) -> tuple[list[Intent], list[Intent]]:
    """Return what is due about sanctions: what can be done at once, and bans, which wait a little.

    A warning is neither: it is in force with its notice.
    """
    at_once, bans = [], []
    for one in due(intents, now):
        if one.kind in UPHOLDS and one.sanction is not None:
            kind = kinds[one.sanction]
            if kind is SanctionKind.BAN and one.kind is IntentKind.APPLY:
                bans.append(one)
            elif kind is not SanctionKind.WARNING:
                at_once.append(one)
    return at_once, bans


def notice_of(ruling: int | None, intents: Intents) -> Intent | None:
    """Return the open notice of a ruling, or None; not one that puts another right."""
    notices = open_intents(intents, IntentKind.NOTICE)
    own = (one for one in notices if ruling is not None and one.ruling == ruling)
    return next((one for one in own if not is_correction(one)), None)


def last_notice(intents: Intents, before: Intent) -> Intent | None:
    """Return the last notice of a case that arrived before another was ordered, or None."""
    arrived = [
        one
        for one in intents.values()
        if one.kind is IntentKind.NOTICE
        and one.state is IntentState.DONE
        and one.result is not None
        and one.id < before.id
    ]
    return max(arrived, key=lambda one: one.id, default=None)


def waits_to_tell(intent: Intent, intents: Intents, dossier: Dossier | None, now: datetime) -> bool:
    """Whether a notice, or a line for everybody, waits for what it tells of.

    What Concord removed by itself is told of when none of it still stands; what a moderator
    decided, when all of it is settled, but for a ban, whose notice goes first, and for what does
    not go through: that holds back a notice for a short time only.
    """
    if intent.ruling is None or dossier is None:
        deletes = open_intents(intents, IntentKind.DELETE)
        return any(one.ruling is None for one in deletes)
    if is_correction(intent):
        return waits(intent, intents)
    kinds = {one.id: one.kind for one in dossier.sanctions}
    ruling = dossier.ruling(intent.ruling)
    notice = intent.kind is IntentKind.NOTICE
    if notice and any(kinds[one] is SanctionKind.BAN for one in ruling.sanctions):
        return False
    parts = [
        one
        for one in open_intents(intents)
        if belongs(one, ruling, now)
        # A warning is in force with its notice, and not before.
        and not (notice and kinds.get(one.sanction or 0) is SanctionKind.WARNING)
    ]
    if notice and not is_rest(intent):
        return holds_back(parts, ruling, dossier, now)
    return bool(parts)


def comes_later(line: Intent, intents: Intents, dossier: Dossier | None = None) -> bool:
    """Whether a line of a log waits for an earlier one: they come in the order of decisions.

    In the log for everybody a line waits for one that was tried, and for what it changes: what
    waits for something else may wait for long, and holds back nothing that it does not concern.

    Args:
        line: still open.
        intents: its case's.
        dossier: of the log for everybody, its case.
    """
    earlier = [one for one in open_intents(intents, line.kind) if one.id < line.id]
    if line.kind is IntentKind.LOG:
        return bool(earlier)
    changed = _changed_by(line.ruling, dossier)
    return any(one.attempts or one.ruling in changed for one in earlier)


def updates_of_log(
    intent: Intent, intents: Intents, dossier: Dossier | None
) -> Iterator[IntentDraft]:
    """Yield the updates that lines of the log need when something settles after they were written.

    The first line of a case says what became of posts and of what Concord decided by itself; each
    ruling's line says what became of that ruling.
    """
    if intent.kind in _UNTOLD:
        return
    if intent.kind is IntentKind.PUBLIC_LOG and _went_well(intent):
        return
    concerned = _concerned(intent, dossier)
    # Also a line that may have arrived: what it says was true when it was attempted.
    written = (IntentState.DONE, IntentState.ATTEMPTED)
    for line in intents.values():
        if line.kind is IntentKind.LOG and line.state in written and line.ruling in concerned:
            # Taken up again, it settles again, and then its version is another.
            key = f"log-edit:{intent.key}:{intent.version}"
            if line.ruling is None:
                yield IntentDraft(IntentKind.LOG_EDIT, key)
            else:
                key = f"{key}:{line.ruling}"
                yield IntentDraft(IntentKind.LOG_EDIT, key, ruling=line.ruling, target=line.id)


_UNTOLD = frozenset({IntentKind.LOG_EDIT, IntentKind.EVIDENCE, IntentKind.REDACT})
"""What no line of the log needs to be brought up to date about."""


def _concerned(intent: Intent, dossier: Dossier | None) -> set[int | None]:
    """Return the rulings whose lines speak of what an intent did; None for the first line."""
    if intent.kind is IntentKind.LOG:  # it is right itself; what it says may change earlier lines
        return _changed_by(intent.ruling, dossier)
    concerned = {intent.ruling}
    if intent.kind is IntentKind.DELETE:
        concerned.add(None)
    if dossier is not None and intent.sanction is not None:
        concerned.add(dossier.sanction(intent.sanction).ruling)
        concerned |= {
            ruling.id
            for ruling in dossier.rulings
            if any(ending.sanction == intent.sanction for ending in ruling.endings)
        }
    return concerned


def _changed_by(ruling: int | None, dossier: Dossier | None) -> set[int | None]:
    """Return the earlier rulings of which a ruling ended or moved something, or gave it back.

    And those done by hand of which it names the guideline, or says that they count for nothing.
    """
    if ruling is None or dossier is None:
        return set()
    new = dossier.ruling(ruling)
    changed: set[int | None] = {dossier.sanction(one.sanction).ruling for one in new.endings}
    if new.kind is RulingKind.VOIDED:
        changed |= {one.id for one in dossier.rulings if set(one.removes) & set(new.removes)}
    if new.rule is not None or new.kind is RulingKind.VOIDED:
        by_hand = (one for one in dossier.rulings if one.kind is RulingKind.BY_HAND)
        changed |= {one.id for one in by_hand if one.rule is None and one.id < new.id}
    return changed - {ruling}


def _went_well(intent: Intent) -> bool:
    """Whether it worked at the first attempt, so that no line has said anything else."""
    return intent.state is IntentState.DONE and intent.attempts <= 1


def line_of(edit: Intent, intents: Intents) -> Intent | None:
    """Return the line of the log that an update is about; None where there is none."""
    lines = [one for one in intents.values() if one.kind is IntentKind.LOG]
    if edit.target is not None:
        return next((one for one in lines if one.id == edit.target), None)
    return next((one for one in lines if one.key == LINE), None)


def may_update(intents: Intents) -> list[Intent]:
    """Return the open updates of lines that are written or never will be, in order."""
    return [
        one
        for one in open_intents(intents, IntentKind.LOG_EDIT)
        if (line := line_of(one, intents)) is None or line.state in SETTLED
    ]


def overtaken(updates: Iterable[Intent]) -> Iterator[Intent]:
    """Yield the updates that a later one of the same line makes needless; they are in order."""
    last: dict[int | None, Intent] = {}
    for one in updates:
        if one.target in last:
            yield last[one.target]
        last[one.target] = one


def kept_with(message: int | None, intents: Intents) -> int | None:
    """Return the message in the log with which a post's files were kept; None where none were."""
    kept = (
        one.result
        for one in intents.values()
        if one.kind is IntentKind.EVIDENCE
        and one.message == message
        and one.state is IntentState.DONE
    )
    return next(kept, None)


def may_redact(redaction: Intent, intents: Intents) -> bool:
    """Whether words may be taken out of a message: nothing about it is under way any more."""
    sent = intents.get(redaction.target or 0)
    if sent is None:
        return True
    return sent.state in SETTLED and not any(
        (line_of(edit, intents) or edit).id == sent.id
        for edit in open_intents(intents, IntentKind.LOG_EDIT)
    )


def notice_after_all(intent: Intent, intents: Intents) -> IntentDraft | None:
    """Return the notice to take up again now that a removal worked: it was dropped before that.

    Args:
        intent: as it is about to be settled.
        intents: the case's; a notice is dropped while none of its posts is gone, and one that is
            recorded meanwhile may go only later.
    """
    if intent.kind is not IntentKind.DELETE or intent.state is not IntentState.DONE:
        return None
    notices = _notices(intents, intent.ruling)
    notice = (
        _notice_about(intent.message or 0, notices)
        if intent.ruling is None
        else next(iter(notices), None)
    )
    if notice is None or notice.state is not IntentState.DROPPED:
        return None
    # Where it may go has changed: with the post that is gone, its board is known to be there.
    return IntentDraft(
        notice.kind,
        notice.key,
        intent.channel,
        notice.message,
        notice.user,
        ruling=notice.ruling,
    )


def removed_posts(case: Case, intents: Intents, notice: Intent) -> frozenset[int]:
    """Return the posts a notice is about that Concord was to remove and that are gone from Discord.

    A notice is about the posts from its own on, up to those of the next notice of the case.
    """
    notices = _notices(intents, None)
    deleted = {
        one.message
        for one in intents.values()
        if one.kind is IntentKind.DELETE and one.state is IntentState.DONE and one.ruling is None
    }
    return frozenset(
        post.message
        for post in case.posts
        if post.action is Action.REMOVE
        and post.message in deleted
        and _notice_about(post.message, notices) == notice
    )


def found_gone(posts: frozenset[int], intents: Intents) -> bool:
    """Whether any of these posts was gone already when Concord went to remove it."""
    return any(
        one.message in posts and one.outcome == GONE_ALREADY
        for one in intents.values()
        if one.kind is IntentKind.DELETE
    )


def removed_by_us(posts: Iterable[CasePost], dossier: Dossier) -> bool:
    """Whether none of some posts was gone already when Concord went to remove it."""
    gone = {one.message for one in dossier.intents if one.outcome == GONE_ALREADY}
    return not any(post.message in gone for post in posts)


def _notices(intents: Intents, ruling: int | None) -> list[Intent]:
    return [
        one for one in intents.values() if one.kind is IntentKind.NOTICE and one.ruling == ruling
    ]


def _notice_about(message: int, notices: list[Intent]) -> Intent | None:
    """Return the notice that tells of a removed post: the last that begins at it or before it."""
    begun = [one for one in notices if (one.message or 0) <= message]
    return max(begun, key=lambda one: one.message or 0, default=None)
