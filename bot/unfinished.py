"""Decisions of which a part does not go through: told of as far as they came, and again when done.

The member is not kept waiting for one request that Discord does not take: what is in force is told
of soon, with a sentence that not all of it has worked; once nothing of it is open any more they are
told anew how it stands, also where something did not come about.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import SanctionKind, SanctionState

HELD_BACK = timedelta(seconds=30)
"""How long after its first attempt what does not go through holds back the notice of what did.
Chosen: a short outage passes meanwhile, and nobody is timed out for long without a word."""

_REST = ":rest"
"""How the key ends of a notice that tells how it stands once what the first left out is settled."""

_TAKES_BACK = (RulingKind.LIFTED, RulingKind.VOIDED)


def is_rest(notice: Intent) -> bool:
    """Whether a notice tells anew of a decision, now that nothing of it is open any more."""
    return notice.kind is IntentKind.NOTICE and notice.key.endswith(_REST)


def belongs(open_one: Intent, ruling: Ruling, now: datetime) -> bool:
    """Whether what is still open is part of what a ruling decided, and its time has come."""
    match open_one.kind:
        case IntentKind.DELETE:
            # What a void names it gives back: a removal belongs to what ordered it.
            return ruling.kind is not RulingKind.VOIDED and open_one.message in ruling.removes
        case IntentKind.APPLY | IntentKind.RESTORE:
            return open_one.ruling == ruling.id
        case IntentKind.KEEP:
            first = not open_one.attempts and open_one.not_before <= now
            return open_one.ruling == ruling.id and first
        case IntentKind.END:
            ended = any(ending.sanction == open_one.sanction for ending in ruling.endings)
            return ended and (open_one.not_before <= now or open_one.attempts > 0)
        case _:
            return False


def holds_back(parts: Iterable[Intent], ruling: Ruling, dossier: Dossier, now: datetime) -> bool:
    """Whether the notice of a ruling waits for what is still open of it.

    It waits for what has not been tried; for what does not go through, a short time, and then until
    something of the decision has come about. That something is taken back is said without that.

    Args:
        parts: what is still open of it.
        ruling: the ruling.
        dossier: its case.
        now: aware UTC.
    """
    waiting = list(parts)
    if any(not _is_late(one, now) for one in waiting):
        return True
    if not waiting or ruling.kind in _TAKES_BACK:
        return False
    warns = any(dossier.sanction(one).kind is SanctionKind.WARNING for one in ruling.sanctions)
    return not warns and not any(
        one.state is IntentState.DONE and belongs(one, ruling, now) for one in dossier.intents
    )


def stuck(ruling: Ruling, dossier: Dossier, now: datetime) -> frozenset[int]:
    """Return what of a ruling was tried and is still open, by id: a notice does not tell of it.

    Nothing of a ban, of which the member is told before.
    """
    if _bans(ruling, dossier):
        return frozenset()
    return frozenset(
        one.id
        for one in dossier.intents
        if one.state not in SETTLED and one.attempts > 0 and belongs(one, ruling, now)
    )


def owed(settled: Intent, dossier: Dossier, intents: Mapping[int, Intent]) -> IntentDraft | None:
    """Return what tells a member how it stands where their notice had left something out.

    It goes once nothing of the decision is open any more, whether all of it has worked or not.

    Args:
        settled: is about to be settled.
        dossier: its case.
        intents: the case's, in their newest known state.
    """
    called_off = settled.state is IntentState.DROPPED and settled.kind is not IntentKind.APPLY
    if called_off or not settled.attempts:
        return None
    ruling = next((one for one in reversed(dossier.rulings) if _of_ruling(settled, one)), None)
    if ruling is None or _bans(ruling, dossier):
        return None
    first = _first_notice(ruling.id, intents)
    if first is None or not _went_out(first):
        return None
    return IntentDraft(
        IntentKind.NOTICE,
        f"notice:ruling:{ruling.id}{_REST}",
        first.channel,
        user=first.user,
        ruling=ruling.id,
    )


def missed(ruling: Ruling, dossier: Dossier) -> bool:
    """Whether something of a ruling that did not go through at once did not come about at all.

    As far as is known: nobody knows of what was never answered. What is in force in part counts as
    come about.
    """
    return any(
        one.attempts > 0
        and one.state in _MISSED
        and (one.state is not IntentState.DROPPED or one.kind is IntentKind.APPLY)
        and _of_ruling(one, ruling)
        and not _is_in_force(one, dossier)
        for one in dossier.intents
    )


_MISSED = (IntentState.FAILED, IntentState.UNKNOWN, IntentState.DROPPED)


def _is_in_force(ordered: Intent, dossier: Dossier) -> bool:
    """Whether an order that failed has come about in part; one called off before has not."""
    if ordered.state is IntentState.DROPPED or ordered.sanction is None:
        return False
    if ordered.kind is not IntentKind.APPLY:
        return False
    return dossier.sanction(ordered.sanction).state is not SanctionState.FAILED


def _of_ruling(settled: Intent, ruling: Ruling) -> bool:
    match settled.kind:
        case IntentKind.DELETE:
            return ruling.kind is not RulingKind.VOIDED and settled.message in ruling.removes
        case IntentKind.APPLY | IntentKind.RESTORE:
            return settled.ruling == ruling.id
        case IntentKind.END:
            return any(
                one.sanction == settled.sanction and one.state is not SanctionState.ACTIVE
                for one in ruling.endings
            )
        case _:
            return False


def _bans(ruling: Ruling, dossier: Dossier) -> bool:
    return any(dossier.sanction(one).kind is SanctionKind.BAN for one in ruling.sanctions)


def _is_late(part: Intent, now: datetime) -> bool:
    """Whether something did not go through for so long that the notice waits for it no more."""
    return (
        part.attempts > 0 and part.attempted_at is not None and now - part.attempted_at >= HELD_BACK
    )


def _first_notice(ruling: int, intents: Mapping[int, Intent]) -> Intent | None:
    notices = (
        one
        for one in intents.values()
        if one.kind is IntentKind.NOTICE and one.ruling == ruling and one.sanction is None
    )
    return min(notices, key=lambda one: one.id, default=None)


def _went_out(notice: Intent) -> bool:
    """Whether a notice has reached the member, or may have."""
    return notice.state in (IntentState.DONE, IntentState.UNKNOWN, IntentState.ATTEMPTED)
