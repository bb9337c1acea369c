"""A member's record: their own view names no moderator and no internal note; moderators see all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from bot.model.action import Action
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import ENDLESS, Sanction, SanctionDraft, SanctionState
from bot.model.unechoed import is_unechoed
from bot.ports import Words
from bot.text.escaping import quoted
from bot.wording.citing import all_of_them, numbered, rule_of
from bot.wording.consequences import described
from bot.wording.decided import is_voided, left_behind, no_moderator
from bot.wording.excerpts import lines_for_member
from bot.wording.pages import case_entry
from bot.wording.parts import CARE, ROOM, counted, lasting, length, listed, moment

POSTS_SHOWN = 3
"""Posts of a case that a record shows in a line each; chosen, so that several cases fit it."""

SANCTIONS_SHOWN = 3
"""Sanctions of a case, the latest, that a record shows where there is little room; chosen."""

HELD_SHOWN = 10
"""Sanctions in force that a record shows before it says how many more there are; chosen."""

NOTE_SHOWN = 200
"""Code points of a note in a record: several cases share a message, and the notice has it whole."""


class Counted(Protocol):
    """What counts against a member."""

    @property
    def now(self) -> int:
        """Points that count now."""

    @property
    def runs_out(self) -> Sequence[tuple[datetime, int]]:
        """Moments, soonest first, with what is left from then on."""


class Recorded(Protocol):
    """One page of a member's record, as ``bot.casebook`` reads it."""

    @property
    def member(self) -> int:
        """Whose."""

    @property
    def own(self) -> bool:
        """Whether they read it themselves."""

    @property
    def points(self) -> Counted:
        """What counts against them."""

    @property
    def in_force(self) -> Sequence[Sanction]:
        """What holds now."""

    @property
    def cases(self) -> Sequence[Dossier]:
        """This page's, newest first; for the member what they may read of them."""

    @property
    def first(self) -> int:
        """How many cases come before."""

    @property
    def total(self) -> int:
        """How many there are."""


def record_page(record: Recorded, guidelines: Guidelines) -> Words:
    """Return a page of a record; see :meth:`bot.wording.Wording.record_page`."""
    paragraphs = [] if record.own else [f"<@{record.member}>"]
    if not record.total:
        paragraphs.append(f"Nothing is recorded about {'you here' if record.own else 'them'}.")
    else:
        paragraphs.append(_counting(record))
    # What happened once, a warning, holds nobody: its points are counted above.
    if lines := [
        _in_force(one, own=record.own) for one in record.in_force if one.kind not in ENDLESS
    ]:
        paragraphs.append(f"**In force**\n{listed(lines, most=HELD_SHOWN)}")
    closing = list(_closing(record, guidelines)) if record.own else []
    if record.own:
        room = ROOM - length((*paragraphs, *closing))
        paragraphs.extend(_own_entries(record.cases, guidelines, room))
    else:
        paragraphs.extend(case_entry(one) for one in record.cases)
    paragraphs.extend(closing)
    which = counted(record.total, "case")
    if len(record.cases) < record.total:
        last = record.first + len(record.cases)
        which = f"cases {record.first + 1} to {last} of {record.total}"
    title = "Your record" if record.own else "Record of a member"
    reader = "only you see this" if record.own else "for moderators only"
    return Words(title, tuple(paragraphs), f"{which} · {reader}")


def _closing(record: Recorded, guidelines: Guidelines) -> Iterator[str]:
    if record.total:
        yield (
            "If something here is a mistake, please tell a moderator and name the case: "
            "a person will look at it again."
        )
    yield all_of_them(guidelines)


def _own_entries(cases: Sequence[Dossier], guidelines: Guidelines, room: int) -> list[str]:
    """Return cases as their member reads them; where there is no room, the oldest in short.

    First without what they were about, then without what can be read elsewhere.
    """
    entries = ["\n".join(_own_entry(one, guidelines, quotes=True)) for one in cases]
    for brief in (False, True):
        for place in reversed(range(len(entries))):
            if length(entries) <= room:
                return entries
            short = _own_entry(cases[place], guidelines, quotes=False, brief=brief)
            entries[place] = "\n".join(short)
    return entries


def _counting(record: Recorded) -> str:
    whom = "you" if record.own else "them"
    if not record.points.now:
        return f"Nothing counts against {whom} now."
    line = f"{counted(record.points.now, 'point')} now"
    # What runs out on one day is one step: nobody reads the hours of it.
    days = {at.date(): (at, left) for at, left in record.points.runs_out}
    for at, left in days.values():
        line += f", {left or 'none'} from {moment(at, 'D')}"
    return f"{line}."


def _in_force(sanction: Sanction, *, own: bool) -> str:
    if own:
        return described(_now(sanction), sanction.at)
    return f"{described(sanction.ordered, sanction.at)}{_moved(sanction)}"


def _now(sanction: Sanction) -> SanctionDraft:
    """Return a sanction with the end that holds: what it was before is for moderators."""
    return replace(sanction.ordered, until=sanction.until)


def _stands(sanction: Sanction) -> str:
    if sanction.in_force and sanction.kind in ENDLESS:
        return "given"
    since = f" {moment(sanction.ended_at)}" if sanction.ended_at is not None else ""
    return f"{_STANDS[sanction.state]}{since}"


_STANDS: Mapping[SanctionState, str] = MappingProxyType(
    {
        SanctionState.ORDERED: "decided",
        SanctionState.ACTIVE: "in force",
        SanctionState.EXPIRED: "over",
        SanctionState.LIFTED: "ended early",
        SanctionState.VOIDED: "counts for nothing, taken back",
        SanctionState.FAILED: "did not come about",
    }
)
"""Where a sanction stands, as its member reads it."""


def _moved(sanction: Sanction) -> str:
    if sanction.until == sanction.ordered.until:
        return ""
    return f"; now {lasting(sanction.at, sanction.until)}"


def _own_entry(
    dossier: Dossier, guidelines: Guidelines, *, quotes: bool, brief: bool = False
) -> Iterator[str]:
    case = dossier.case
    yield f"**{case.reference}** · {moment(case.opened_at, 'D')}"
    rule_ids = [one.rule for one in reversed(dossier.rulings) if one.rule is not None]
    rule_ids += [one.evidence.rule for one in case.findings() if one.action is case.action]
    rule = rule_of(guidelines, rule_ids[0]) if rule_ids else None
    if rule is not None and rule.guideline is not None:
        yield f"Guideline {numbered(guidelines, rule.guideline)}"
    if removed := sum(post.action is Action.REMOVE for post in case.posts):
        yield f"• {counted(removed, 'post')} removed"
    if what := left_behind(dossier.rulings):
        yield f"• {what}; it counts for nothing"
    # What failed never happened for them.
    happened = [one for one in dossier.sanctions if one.state is not SanctionState.FAILED]
    lines = [f"{described(_now(one), one.at)}: {_stands(one)}" for one in happened]
    if lines:
        yield listed(reversed(lines), SANCTIONS_SHOWN) if brief else listed(lines, len(lines))
    yield from _about(dossier, rule_ids[0] if rule_ids else None, quotes=quotes)
    made = next((one for one in dossier.rulings if one.kind in _DECIDES), None)
    if made is not None:
        yield _decided_by(made)
    if is_voided(dossier.rulings):
        undone = "" if left_behind(dossier.rulings) else "is undone and "
        yield f"It was a mistake: it {undone}counts for nothing."
    if words := next((one.words for one in reversed(dossier.rulings) if one.words.strip()), ""):
        if brief:
            yield "A note from the moderators: It is in the message that told you."
        else:
            yield f"A note from the moderators:\n{quoted(words, NOTE_SHOWN)}"


def _decided_by(made: Ruling) -> str:
    if made.kind is RulingKind.REMOVED:
        return "A rule found this, not a person."
    if (other := no_moderator(made.changes)) is not None:
        return f"It was done in Discord itself, by {other}."
    return "A moderator decided this."


def _about(dossier: Dossier, rule: str | None, *, quotes: bool) -> Iterator[str]:
    """Yield which posts a case was about; others that are in it are nobody's reproach."""
    told = {one.id for one in dossier.rulings}
    posts = [
        post
        for post in dossier.case.posts
        if post.action is Action.REMOVE or (post.ruling is not None and post.ruling in told)
    ]
    if not posts or rule == CARE:
        return
    if quotes:
        yield f"It was about:\n{lines_for_member(posts, rule, most=POSTS_SHOWN)}"
    if any(post.erased for post in posts) and not any(is_unechoed(post, rule) for post in posts):
        which = "what you wrote" if all(post.erased for post in posts) else "part of it"
        yield f"{which.capitalize()} is erased: you asked for it, or it had been kept long enough."


_DECIDES = frozenset({RulingKind.DECIDED, RulingKind.BY_HAND, RulingKind.REMOVED})
