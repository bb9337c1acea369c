"""What worked and what did not, as moderators read it: one plain line for each."""

from collections.abc import Iterable, Iterator, Sequence

from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.sanction import SanctionKind
from bot.ports import STANDS_IN_THREAD
from bot.upholding.matter import RETURNED, serial
from bot.wording.consequences import NAMES

_FINE = (IntentState.DONE, IntentState.DROPPED)

_PLAIN = {
    IntentKind.DELETE: "Removing the post",
    IntentKind.NOTICE: "Telling the member",
    IntentKind.PUBLIC_LOG: "Writing the line in the public log",
    IntentKind.EVIDENCE: "Keeping the post's files",
    IntentKind.RESTORE: "Posting the words again",
    IntentKind.REDACT: "Taking erased words out of a message of ours",
}
"""What an intent does, in words. Lines of the moderators' log are left out: who reads one knows
that it was written."""

_OF_SANCTIONS = {
    IntentKind.APPLY: "Putting the {} in force",
    IntentKind.KEEP: "Keeping the {} in force",
    IntentKind.END: "Ending the {}",
}


def told(intents: Iterable[Intent]) -> Iterator[str]:
    """Yield how the member was told."""
    for intent in intents:
        if intent.kind is IntentKind.NOTICE and intent.state is IntentState.DONE:
            what = " that it did not come about" if intent.sanction is not None else ""
            yield f"The member was told{what}: {intent.outcome}."


def troubles(intents: Iterable[Intent], dossier: Dossier | None = None) -> list[str]:
    """Return one line for each thing that did not work, or has not worked yet, once each."""
    every = tuple(intents)
    lines = (
        f"⚠️ {_trouble(intent, named, in_part=_is_in_part(intent, dossier))}"
        for intent in every
        if intent.outcome
        and intent.state not in _FINE
        and not _is_past(intent, every)
        and (named := _named(intent, dossier)) is not None
    )
    out_of_reach = (_OUT_OF_REACH for one in every if _is_out_of_reach(one, dossier))
    return list(dict.fromkeys((*lines, *out_of_reach)))


_OUT_OF_REACH = (
    "⚠️ Who is banned cannot open that thread: they could read it only until the ban. Please write "
    "to them another way, if you can."
)


def _is_out_of_reach(intent: Intent, dossier: Dossier | None) -> bool:
    """Whether a notice of a ban stands on the server that the member is banned from."""
    if intent.kind is not IntentKind.NOTICE or intent.outcome not in STANDS_IN_THREAD:
        return False
    ban, held = SanctionKind.BAN, dossier.sanctions if dossier is not None else ()
    return intent.sanction is None and any(
        one.ruling == intent.ruling and one.kind is ban and one.in_force for one in held
    )


def _is_past(intent: Intent, intents: Iterable[Intent]) -> bool:
    """Whether it went better since, or was tried again by what says how it is now.

    So it is with an order that worked in part, and with a notice that arrived after a return.
    """
    later = [one for one in intents if one.id > intent.id and one.sanction == intent.sanction]
    if intent.kind is IntentKind.APPLY:
        kept = (one for one in later if one.kind is IntentKind.KEEP)
        return any(one.outcome or one.state is IntentState.DONE for one in kept)
    if intent.kind is not IntentKind.NOTICE or intent.ruling is None:
        return False
    told_of = (one for one in later if one.kind is intent.kind and one.ruling == intent.ruling)
    return any(one.state is IntentState.DONE for one in told_of)


def _is_in_part(intent: Intent, dossier: Dossier | None) -> bool:
    """Whether an order to remove from a board has worked in some of its channels only."""
    held = dossier.sanctions if dossier is not None else ()
    ordered = intent.sanction if intent.kind is IntentKind.APPLY else None
    board = SanctionKind.BOARD_REMOVAL
    return any(one.id == ordered and one.kind is board and one.in_force for one in held)


def _trouble(intent: Intent, what: str, *, in_part: bool) -> str:
    match intent.state:
        case IntentState.FAILED if in_part:
            return f"{what} has not worked everywhere and will be tried again: {intent.outcome}."
        case IntentState.FAILED:
            return f"{what} did not work: {intent.outcome}."
        case IntentState.UNKNOWN:
            return f"{what}: {intent.outcome}."
        case _:
            return f"{what} has not worked yet and will be tried again: {intent.outcome}."


def _named(intent: Intent, dossier: Dossier | None) -> str | None:
    if intent.kind is IntentKind.NOTICE and intent.sanction is not None:
        return "Telling the member that it did not come about"
    if intent.kind in _PLAIN:
        return _PLAIN[intent.kind]
    if intent.kind not in _OF_SANCTIONS:
        return None
    held = dossier.sanctions if dossier is not None else ()
    kind = next((one.kind for one in held if one.id == intent.sanction), None)
    if kind is SanctionKind.REFERRAL:
        return "Sending the referral"
    return _OF_SANCTIONS[intent.kind].format(NAMES[kind] if kind is not None else "sanction")


def remarks(sanction: int, intents: Sequence[Intent]) -> list[str]:
    """Return what was said when a sanction was last put in force or kept; ended, only of its end.

    What was true while it was in force is not said beside its end, nor what was true while they
    were away once they have come back.
    """
    done = [
        one
        for one in intents
        if one.sanction == sanction and one.kind in _OF_SANCTIONS and one.state is IntentState.DONE
    ]
    ends = [one for one in done if one.kind is IntentKind.END]
    says = [one for one in done if one.outcome or serial(one) == RETURNED]
    latest = sorted(ends or says, key=lambda one: one.id)[-1:]
    return [one.outcome for one in latest if one.outcome]
