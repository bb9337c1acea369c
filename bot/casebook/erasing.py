"""What goes and what stays when a member has their words erased, in plain lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.case import CaseState
from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from bot.model.sanction import ENDLESS, Sanction
from bot.wording.parts import counted, moment

_OURS = frozenset({IntentKind.NOTICE, IntentKind.LOG, IntentKind.EVIDENCE, IntentKind.RESTORE})
"""Messages of ours that may show a member's words."""


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What goes and what stays when a member has their words erased, and why."""

    guild: int
    member: int
    goes: tuple[str, ...]
    """Plain lines; empty if there is nothing to erase."""
    stays: tuple[str, ...]
    """Plain lines, each with its reason."""
    waits: tuple[str, ...]
    """References of cases that are still open: their words go once they close."""


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure that is committed; what Concord wrote in Discord follows."""

    waits: tuple[str, ...]
    """References of cases whose words go once they close."""
    redactions: int
    """How many of Concord's own messages are changed or deleted."""


def preview(
    guild: int,
    member: int,
    cases: Sequence[Dossier],
    observations: int,
    sanctions: Sequence[Sanction],
    moves: int,
    now: datetime,
) -> ErasurePreview:
    """Return what an erasure would do.

    Args:
        guild: where it is asked for.
        member: whose words.
        cases: all cases about them.
        observations: how many observations of them there are.
        sanctions: all sanctions of theirs.
        moves: how many posts of theirs Concord quotes on other boards.
        now: aware UTC.
    """
    decided = [one for one in cases if one.case.state is not CaseState.OPEN]
    return ErasurePreview(
        guild,
        member,
        goes=tuple(_goes(decided, observations, moves)),
        stays=tuple(_stays(cases, sanctions, now)),
        waits=waiting(cases),
    )


def waiting(cases: Sequence[Dossier]) -> tuple[str, ...]:
    """Return the references of cases that a moderator has still to decide."""
    return tuple(one.case.reference for one in cases if one.case.state is CaseState.OPEN)


def redactions(cases: Sequence[Dossier]) -> int:
    """Return how many redactions are still to be carried out."""
    return sum(
        intent.kind is IntentKind.REDACT and intent.state is IntentState.PENDING
        for one in cases
        for intent in one.intents
    )


def _goes(cases: Sequence[Dossier], observations: int, moves: int) -> Iterator[str]:
    texts = sum(bool(post.parts or post.files) for one in cases for post in one.case.posts)
    if texts:
        yield f"The words of {counted(texts, 'post')} that cases hold, and names of files."
    notes = sum(bool(ruling.words) for one in cases for ruling in one.rulings)
    if notes:
        yield f"{counted(notes, 'note')} that moderators wrote to you."
    if observations:
        yield f"{counted(observations, 'observation')} that had no consequence."
    ours = sum(
        intent.kind in _OURS and intent.result is not None
        for one in cases
        for intent in one.intents
    )
    if ours:
        yield f"Your words in {counted(ours, 'message')} of Concord's; the messages are changed."
    if moves:
        yield f"{counted(moves, 'post')} that moderators had moved: Concord's quotes are deleted."


def _stays(cases: Sequence[Dossier], sanctions: Sequence[Sanction], now: datetime) -> Iterator[str]:
    if cases:
        yield (
            f"{counted(len(cases), 'case')} by number, time, kind and guideline, without words: so "
            "that nobody can change the list of decisions unseen."
        )
    in_force = sum(one.in_force and one.kind not in ENDLESS for one in sanctions)
    if in_force:
        they = "it ends" if in_force == 1 else "they end"
        yield f"{counted(in_force, 'sanction')} in force, until {they}: erasing lifts nothing."
    counting = [one for one in sanctions if one.points_at(now)]
    if counting:
        ends = [one.points_until for one in counting]
        last = [one for one in ends if one is not None]
        until = f", the last until {moment(max(last), 'D')}" if len(last) == len(ends) else ""
        yield f"Points that have not run out{until}, without the words."
