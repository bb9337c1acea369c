"""The ladder: from what counts against a member to what a moderator is proposed, with reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.model.guidelines import Rule
from bot.model.order import Step, Wanted
from bot.model.sanction import SanctionKind
from bot.policy.rungs import Consequence, Ladder
from bot.text.durations import said, said_end


@dataclass(frozen=True, slots=True)
class Breach:
    """One decision that may count against a member: made, or confirmed, by a moderator.

    What Concord removed by itself and nobody confirmed is none.
    """

    matter: int
    """The case it belongs to: all decisions about one matter count once, by the most of them."""
    rule: str | None
    """None where somebody acted by hand and named no rule."""
    at: datetime
    """When it was decided; aware."""
    points: int
    """0 for a reminder, or a removal without a warning: the next breach is no first one any more,
    and that is all."""
    points_until: datetime | None
    """When it is forgotten; None means never."""
    voided: bool = False

    def counts_at(self, moment: datetime) -> bool:
        """Whether it is remembered at a moment; a voided one never is."""
        return not self.voided and (self.points_until is None or moment < self.points_until)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the ladder proposes about one breach."""

    steps: tuple[Step, ...]
    """Empty where a reminder is enough, or nothing is proposed, and where nobody is sanctioned."""
    rung: int
    """From 1; 0 for no rung. Of two proposals about one rule the higher one is the harsher."""
    points: int
    """What the breach is worth if anything is sanctioned; a decision without sanction has none."""
    points_until: datetime
    """Until when that counts."""
    total: int
    """What counts against the member with it."""
    because: str
    """In words: "2nd contact-info in 30 days, 4 points in all"."""
    reminds: bool = False
    """Whether it is a first breach that a reminder without points is proposed for."""

    @property
    def proposes(self) -> bool:
        """Whether anything is proposed, if only a reminder; below the first rung nothing is."""
        return self.reminds or bool(self.steps)

    @property
    def line(self) -> str:
        """The proposal as one line: "2nd contact-info in 30 days, 4 points in all: …"."""
        what = " and ".join(spoken(step.wanted) for step in self.steps) or "a reminder, no points"
        return f"{self.because}: {what}"


def propose(
    history: Iterable[Breach],
    rule: Rule,
    at: datetime,
    ladder: Ladder,
    *,
    matter: int | None = None,
    board: str | None = None,
    group: str | None = None,
    refers: bool = True,
) -> Advice:
    """Return what a breach of a rule calls for.

    Laws: the same for the same values, whatever their order; a further breach in the history never
    makes it milder; a voided or expired one changes nothing. Nobody is sanctioned by a care rule.

    Args:
        history: what may count against the member, of any time.
        rule: what was broken now.
        at: when, aware.
        ladder: the numbers.
        matter: the case it belongs to, so that decisions made in it already are not counted twice.
        board: the board to be removed from; without one, rungs that remove from a board are
            skipped for the next below.
        group: the same for a Community Group.
        refers: whether members can be reported to the platform; where not, rungs that do are
            skipped likewise.
    """
    worth = ladder.points_of(rule)
    earlier: dict[int, list[Breach]] = {}
    for breach in history:
        if not breach.counts_at(at):
            continue
        if matter is not None and breach.matter == matter:
            worth = max(worth, breach.points)
        else:
            earlier.setdefault(breach.matter, []).append(breach)
    first = not earlier and ladder.reminds(rule)
    total = 0 if first else worth + sum(_worth(one) for one in earlier.values())
    rung = 0 if first or rule.guideline is None else ladder.rung_at(rule, total)
    rungs = ladder.rungs_of(rule)
    while rung and not all(
        _possible(one, board, group, refers) for one in rungs[rung - 1].consequences
    ):
        rung -= 1
    because = _because(rule, at, earlier, total)
    chosen = rungs[rung - 1].consequences if rung else ()
    return Advice(
        steps=tuple(Step(_wanted(one, board, group), because) for one in chosen),
        rung=rung,
        points=worth,
        points_until=at + ladder.expiry_of(rule),
        total=total,
        because=because,
        reminds=first and rule.guideline is not None,
    )


def unpunished(matter: int, rule: Rule, at: datetime, ladder: Ladder) -> Breach:
    """Return how a removal without sanction is remembered: without points, for the rule's time."""
    return Breach(matter, rule.id, at, 0, at + ladder.expiry_of(rule))


def spoken(wanted: Wanted) -> str:
    """Return a sanction in words: "timeout, 1 day", "removal from the board 'Art', without end"."""
    match wanted.kind:
        case SanctionKind.WARNING:
            return "reminder, no points" if wanted.reminder else "warning"
        case SanctionKind.REFERRAL:
            return "referral to the platform"
        case SanctionKind.TIMEOUT:
            what = "timeout"
        case SanctionKind.BOARD_REMOVAL:
            what = f"removal from the board {wanted.board!r}"
        case SanctionKind.GROUP_REMOVAL:
            what = f"removal from the group {wanted.group!r}"
        case SanctionKind.BAN:
            what = "removal from the community"
    if wanted.until is not None:
        return f"{what}, {said_end(wanted.until)} UTC"
    return f"{what}, {said(wanted.duration)}"


def _worth(decisions: list[Breach]) -> int:
    return max(one.points for one in decisions)


def _possible(consequence: Consequence, board: str | None, group: str | None, refers: bool) -> bool:
    if consequence.kind is SanctionKind.REFERRAL:
        return refers
    if consequence.kind is SanctionKind.BOARD_REMOVAL:
        return board is not None
    return consequence.kind is not SanctionKind.GROUP_REMOVAL or group is not None


def _wanted(consequence: Consequence, board: str | None, group: str | None) -> Wanted:
    kind = consequence.kind
    return Wanted(
        kind,
        consequence.lasts,
        board=board if kind is SanctionKind.BOARD_REMOVAL else None,
        group=group if kind is SanctionKind.GROUP_REMOVAL else None,
    )


def _because(rule: Rule, at: datetime, earlier: dict[int, list[Breach]], total: int) -> str:
    same = [
        min(one.at for one in decisions if one.rule == rule.id)
        for decisions in earlier.values()
        if any(one.rule == rule.id for one in decisions)
    ]
    words = f"{_ordinal(len(same) + 1)} {rule.id}"
    if same:
        days = max(1, ceil((at - min(same)) / timedelta(days=1)))
        words += f" in {days} day{'' if days == 1 else 's'}"
    others = len(earlier) - len(same)
    if others:
        words += f", {others} earlier {'matter' if others == 1 else 'matters'} of another kind"
    if earlier:
        words += f", {total} point{'' if total == 1 else 's'} in all"
    return words


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"
