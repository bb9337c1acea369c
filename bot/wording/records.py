"""A member's record: their own view names no moderator and no internal note; moderators see all."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.action import Action
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.ruling import RulingKind
from bot.model.sanction import ENDLESS, Sanction, SanctionState
from bot.ports import Words
from bot.text.escaping import quoted
from bot.wording.citing import all_of_them, numbered, rule_of
from bot.wording.consequences import described, standing
from bot.wording.pages import case_entry
from bot.wording.parts import counted, lasting, moment

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
    if lines := [_in_force(one) for one in record.in_force if one.kind not in ENDLESS]:
        paragraphs.append("**In force**\n" + "\n".join(lines))
    paragraphs.extend(
        "\n".join(_own_entry(one, guidelines)) if record.own else case_entry(one)
        for one in record.cases
    )
    if record.own:
        if record.total:
            paragraphs.append(
                "If something here is a mistake, please tell a moderator and name the case: "
                "a person will look at it again."
            )
        paragraphs.append(all_of_them(guidelines))
    which = counted(record.total, "case")
    if len(record.cases) < record.total:
        last = record.first + len(record.cases)
        which = f"cases {record.first + 1} to {last} of {record.total}"
    title = "Your record" if record.own else "Record of a member"
    reader = "only you see this" if record.own else "for moderators only"
    return Words(title, tuple(paragraphs), f"{which} · {reader}")


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


def _in_force(sanction: Sanction) -> str:
    return f"• {described(sanction.ordered, sanction.at)}{_moved(sanction)}"


def _moved(sanction: Sanction) -> str:
    if sanction.until == sanction.ordered.until:
        return ""
    return f"; now {lasting(sanction.at, sanction.until)}"


def _own_entry(dossier: Dossier, guidelines: Guidelines) -> Iterator[str]:
    case = dossier.case
    yield f"**{case.reference}** · {moment(case.opened_at, 'D')}"
    rule_ids = [one.rule for one in reversed(dossier.rulings) if one.rule is not None]
    rule_ids += [one.evidence.rule for one in case.findings() if one.action is case.action]
    rule = rule_of(guidelines, rule_ids[0]) if rule_ids else None
    if rule is not None and rule.guideline is not None:
        yield f"Guideline {numbered(guidelines, rule.guideline)}"
    if removed := sum(post.action is Action.REMOVE for post in case.posts):
        yield f"• {counted(removed, 'post')} removed"
    for one in dossier.sanctions:
        if one.state is not SanctionState.FAILED:  # it never happened for them
            yield f"• {described(one.ordered, one.at)}: {standing(one)}{_moved(one)}"
    made = next((one for one in dossier.rulings if one.kind in _DECIDES), None)
    if made is not None:
        by_rule = made.kind is RulingKind.REMOVED
        yield "A rule found this, not a person." if by_rule else "A moderator decided this."
    if dossier.rulings and dossier.rulings[-1].kind is RulingKind.VOIDED:
        yield "It was a mistake: it is undone and counts for nothing."
    if words := next((one.words for one in reversed(dossier.rulings) if one.words.strip()), ""):
        yield f"A note from the moderators:\n{quoted(words, NOTE_SHOWN)}"


_DECIDES = frozenset({RulingKind.DECIDED, RulingKind.BY_HAND, RulingKind.REMOVED})
