"""What goes and what stays when a member has their words erased, in plain lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.case import CasePost, CaseState
from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
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
    gone: tuple[str, ...] = ()
    """Plain lines on what has been erased already, and how far that has come."""


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
        gone=tuple(_gone(cases)),
    )


def waiting(cases: Sequence[Dossier]) -> tuple[str, ...]:
    """Return the references of cases that a moderator has still to decide."""
    return tuple(one.case.reference for one in cases if one.case.state is CaseState.OPEN)


def redactions(cases: Sequence[Dossier]) -> int:
    """Return how many redactions are still to come, of messages that may well be there."""
    return sum(intent.state is IntentState.PENDING for one in cases for intent in _redacting(one))


def is_to_redact(case: Dossier) -> bool:
    """Whether something is still to be taken out of our messages, wherever they may be."""
    return any(
        intent.kind is IntentKind.REDACT and intent.state not in SETTLED for intent in case.intents
    )


def _goes(cases: Sequence[Dossier], observations: int, moves: int) -> Iterator[str]:
    texts = sum(_holds(post) for one in cases for post in one.case.posts)
    if texts:
        yield f"The words of {counted(texts, 'post')} that cases hold, and names of files."
    notes = sum(bool(ruling.words) for one in cases for ruling in one.rulings)
    if notes:
        yield f"{counted(notes, 'note')} that moderators wrote to you."
    if observations:
        yield f"{counted(observations, 'observation')} that had no consequence."
    ours = sum(len(_showing(one)) for one in cases)
    if ours:
        yield f"The same words in {counted(ours, 'message')} of Concord's, which are changed."
    unseen = sum(len(_unseen(one)) for one in cases)
    if unseen:
        yield (
            f"The same words in {counted(unseen, 'message')} of Concord's that may have arrived "
            "without its knowing: looked for, and changed where found."
        )
    if moves:
        yield f"{counted(moves, 'post')} that moderators had moved: Concord's quotes are deleted."


def _gone(cases: Sequence[Dossier]) -> Iterator[str]:
    erased = sum(post.erased for one in cases for post in one.case.posts)
    if erased:
        yield f"The words of {counted(erased, 'post')} that cases held, and names of files."
    states = [intent.state for one in cases for intent in _redacting(one)]
    done = states.count(IntentState.DONE)
    if done:
        yield f"The same words in {counted(done, 'message')} of Concord's."
    under_way = sum(state not in SETTLED for state in states)
    if under_way:
        yield f"The same words in {counted(under_way, 'more message')} of Concord's go just now."
    left = sum(state in (IntentState.FAILED, IntentState.UNKNOWN) for state in states)
    if left:
        yield (
            f"{counted(left, 'message')} of Concord's could not be changed: please ask a moderator "
            "to delete what still shows your words."
        )


def _holds(post: CasePost) -> bool:
    return bool(post.parts or post.files) and not post.erased


def _showing(dossier: Dossier) -> list[Intent]:
    """Return the messages of ours that show what is still held of a case, and are to be changed."""
    return [one for one in _ours(dossier) if one.result is not None]


def _unseen(dossier: Dossier) -> list[Intent]:
    """Return those of which nobody knows whether they arrived."""
    return [one for one in _ours(dossier) if one.state is IntentState.UNKNOWN]


def _ours(dossier: Dossier) -> list[Intent]:
    words = any(_holds(post) for post in dossier.case.posts) or any(
        one.words or one.internal or one.because for one in dossier.rulings
    )
    redacted = {one.target for one in _redacting(dossier)}
    return [
        one
        for one in dossier.intents
        # What was posted again stands also when the evidence has expired.
        if (words or one.kind is IntentKind.RESTORE)
        and one.kind in _OURS
        and one.id not in redacted
    ]


def _redacting(dossier: Dossier) -> list[Intent]:
    """Return what takes words out of messages that are there, or may well be."""
    came_to_nothing = {
        one.id for one in dossier.intents if one.state in (IntentState.FAILED, IntentState.DROPPED)
    }
    return [
        one
        for one in dossier.intents
        if one.kind is IntentKind.REDACT
        and one.state is not IntentState.DROPPED
        and one.target not in came_to_nothing
    ]


def _stays(cases: Sequence[Dossier], sanctions: Sequence[Sanction], now: datetime) -> Iterator[str]:
    if cases:
        yield (
            f"{counted(len(cases), 'case')} by number, time, kind and guideline, without words, "
            "for good: so that nobody can change the list of decisions unseen."
        )
    in_force = [one for one in sanctions if one.in_force and one.kind not in ENDLESS]
    if in_force:
        until = _last([one.until for one in in_force]) or "until a moderator lifts what has no end"
        yield f"{counted(len(in_force), 'sanction')} in force, {until}: erasing lifts nothing."
    counting = [one for one in sanctions if one.points_at(now)]
    if counting:
        until = _last([one.points_until for one in counting])
        yield (
            f"Points that have not run out{f', {until}' if until else ''}, without the words: they "
            "count if something like it happens again."
        )


def _last(ends: Sequence[datetime | None]) -> str:
    """Return until when things are kept; empty where one of them has no end."""
    known = [one for one in ends if one is not None]
    if len(known) < len(ends):
        return ""
    return f"{'the last ' if len(known) > 1 else ''}until {moment(max(known), 'D')}"
