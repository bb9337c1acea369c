"""Notices that put right an earlier one: what a member was told of did not come about after all.

A ban's notice goes before the ban. Where Discord then refuses the ban, or never answers, the notice
that went first has said what is not so. What follows is one more notice for each sanction that
failed, committed with its failure; it names the sanction, which no other notice does.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.model.ruling import Telling
from bot.model.sanction import Sanction, SanctionKind

IN_DOUBT = "whether it had arrived is not known"
"""How the outcome of a notice ends that was dropped after it may have arrived."""


def is_correction(intent: Intent) -> bool:
    """Whether an intent is a notice that puts an earlier one right."""
    return intent.kind is IntentKind.NOTICE and intent.sanction is not None


def put_right(correction: Intent, intents: Mapping[int, Intent]) -> Intent | None:
    """Return the notice that a correction puts right; None where there is none."""
    return _first(correction.ruling, intents)


def owed(sanction: Sanction, dossier: Dossier, intents: Mapping[int, Intent]) -> IntentDraft | None:
    """Return what tells a member that a sanction did not come about; None where none told of it.

    Only a notice that goes before what it tells of can have told of it: one about a ban, and of
    what was decided beside it. One that was not tried yet says what holds then.

    Args:
        sanction: is about to count as failed.
        dossier: its case.
        intents: the case's, in their newest known state.
    """
    ruling = dossier.ruling(sanction.ruling)
    kinds = {dossier.sanction(one).kind for one in ruling.sanctions}
    first = _first(ruling.id, intents)
    if SanctionKind.BAN not in kinds or first is None or not _may_have_told(first):
        return None
    return IntentDraft(
        IntentKind.NOTICE,
        f"notice:ruling:{ruling.id}:put-right:{sanction.id}",
        first.channel,
        user=first.user,
        sanction=sanction.id,
        ruling=ruling.id,
    )


def waits(correction: Intent, intents: Mapping[int, Intent]) -> bool:
    """Whether it is not known yet what a correction has to put right."""
    first = put_right(correction, intents)
    return first is not None and first.state not in SETTLED


def is_called_for(correction: Intent, intents: Mapping[int, Intent]) -> bool:
    """Whether the member has read, or may have read, what is to be put right."""
    first = put_right(correction, intents)
    return first is not None and _may_have_told(first)


def what_holds(correction: Intent, dossier: Dossier) -> Telling:
    """Return what is still in force of the decision of which a part did not come about."""
    assert correction.ruling is not None, "BUG: a correction of no ruling"
    ruling = dossier.ruling(correction.ruling)
    ordered = [dossier.sanction(one) for one in ruling.sanctions]
    return Telling(
        kind=ruling.kind,
        at=ruling.at,
        sanctions=tuple(replace(one.ordered, until=one.until) for one in ordered if one.in_force),
        reference=dossier.case.reference,
    )


def is_sure(correction: Intent, intents: Mapping[int, Intent]) -> bool:
    """Whether Discord refused what did not come about; else nobody knows whether it did."""
    return any(
        one.kind is IntentKind.APPLY
        and one.sanction == correction.sanction
        and one.state is IntentState.FAILED
        for one in intents.values()
    )


def _may_have_told(notice: Intent) -> bool:
    match notice.state:
        case IntentState.FAILED:
            return False
        case IntentState.DROPPED:
            return notice.outcome.endswith(IN_DOUBT)
        case IntentState.PENDING:
            return False
        case _:
            return True


def _first(ruling: int | None, intents: Mapping[int, Intent]) -> Intent | None:
    notices = (
        one
        for one in intents.values()
        if one.kind is IntentKind.NOTICE and one.ruling == ruling and not is_correction(one)
    )
    return min(notices, key=lambda one: one.id, default=None)
