"""A member's record: their own view names no moderator and no internal note; moderators see all."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.model.action import Action
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.sanction import ENDLESS, Sanction
from bot.ports import Words
from bot.wording.citing import all_of_them, numbered, rule_of
from bot.wording.consequences import described, standing
from bot.wording.pages import case_entry
from bot.wording.parts import counted, joined, lasting, moment


def record_page(user: int, dossiers: Sequence[Dossier], now: datetime) -> Words:
    """Return the moderators' view; see :meth:`bot.wording.Wording.record_page`."""
    sanctions = [one for dossier in dossiers for one in dossier.sanctions]
    in_force = [one for one in sanctions if one.in_force and one.kind not in ENDLESS]
    points = sum(_points(dossier, now) for dossier in dossiers)
    paragraphs = [f"<@{user}> · {counted(len(dossiers), 'case')} · {counted(points, 'point')} now"]
    if in_force:
        lines = (
            f"• {described(one.ordered, one.at)} ({_reference(one, dossiers)})" for one in in_force
        )
        paragraphs.append("**In force**\n" + "\n".join(lines))
    paragraphs.extend(case_entry(one) for one in dossiers)
    if not dossiers:
        paragraphs.append("Nothing is recorded about them.")
    return Words("Record of a member", tuple(paragraphs), "for moderators only")


def own_record(dossiers: Sequence[Dossier], now: datetime, guidelines: Guidelines) -> Words:
    """Return the member's own view; see :meth:`bot.wording.Wording.own_record`."""
    told = [one for one in dossiers if _is_told(one)]
    points = sum(_points(dossier, now) for dossier in told)
    if not told:
        return Words(
            "Your record",
            ("Nothing is recorded about you here.", all_of_them(guidelines)),
            "only you see this",
        )
    paragraphs = ["\n".join(_own_entry(one, now, guidelines)) for one in told]
    counting = "Nothing counts against you now."
    if points:
        counting = f"{counted(points, 'point')} count{'s' if points == 1 else ''} now."
    paragraphs.append(
        f"{counting} If something here is a mistake, please tell a moderator and name the case: "
        "a person will look at it again."
    )
    paragraphs.append(all_of_them(guidelines))
    return Words("Your record", tuple(paragraphs), "only you see this")


def _is_told(dossier: Dossier) -> bool:
    """Whether something was done: a mere question to moderators is none of the record."""
    return bool(dossier.sanctions) or any(
        post.action is Action.REMOVE for post in dossier.case.posts
    )


def _own_entry(dossier: Dossier, now: datetime, guidelines: Guidelines) -> Iterator[str]:
    case = dossier.case
    done = []
    if removed := sum(post.action is Action.REMOVE for post in case.posts):
        done.append(f"{counted(removed, 'post')} removed")
    rule_ids = [one.rule for one in reversed(dossier.rulings) if one.rule is not None]
    rule_ids += [one.evidence.rule for one in case.findings() if one.action is case.action]
    rule = rule_of(guidelines, rule_ids[0]) if rule_ids else None
    yield f"**{case.reference}** · {moment(case.opened_at, 'D')}"
    if rule is not None and rule.guideline is not None:
        yield f"Guideline {numbered(guidelines, rule.guideline)}"
    if done:
        yield f"• {joined(done)}"
    for one in dossier.sanctions:
        line = f"• {described(one.ordered, one.at)}: {standing(one)}"
        if one.until != one.ordered.until:
            line += f"; now {lasting(one.at, one.until)}"
        if counts := one.points_at(now):
            end = one.ordered.points_until
            until = f" until {moment(end, 'D')}" if end is not None else ""
            line += f"; {counted(counts, 'point')}{until}"
        yield line


def _points(dossier: Dossier, now: datetime) -> int:
    """Return what a case counts for: as the ladder, the most of what was decided in it."""
    return max((one.points_at(now) for one in dossier.sanctions), default=0)


def _reference(sanction: Sanction, dossiers: Sequence[Dossier]) -> str:
    return next(one.case.reference for one in dossiers if one.case.id == sanction.case)
