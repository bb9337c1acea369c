"""What was done about the same matter already: by another moderator, or a moment ago by oneself."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.model.dossier import Dossier
from bot.model.order import Amendment, AmendmentOrder, Order
from bot.model.ruling import RULE, Ruling, RulingKind
from bot.model.sanction import SanctionState
from bot.moderation.matter import Matter, deciding_ruling
from bot.ports import Store
from bot.wording.consequences import described, gravest
from bot.wording.parts import counted, moment


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ruling on the same matter that came first, in words for whoever decides it again."""

    ruling: int
    words: str


JUST_NOW: Final = timedelta(minutes=1)
"""How long after one's own decision the very same is asked about: whoever presses Enter twice does
it within seconds. Chosen, not measured."""


async def earlier(
    order: Order, matter: Matter, store: Store, now: datetime, same_matter: timedelta
) -> tuple[Earlier, ...]:
    """Return what was decided already about an order's cases, or lately about its member.

    By others, whatever it was; of oneself only the very same, and only of the last minute.

    Args:
        order: what is asked for; rulings that its moderator was told of are left out.
        matter: its cases.
        store: where rulings are.
        now: aware UTC.
        same_matter: how far back decisions about its member are the same matter: counted from the
            moment the order was shown, however long ago that is.
    """
    found: dict[int, tuple[Dossier, Ruling]] = {}
    for dossier in matter.cases:
        last = deciding_ruling(dossier)
        if last is not None:
            found[last.id] = (dossier, last)
    since = min(now, order.shown_at or now) - same_matter
    for dossier, ruling in await _since(store, order.guild, order.subject, since):
        found[ruling.id] = (dossier, ruling)
    return tuple(
        Earlier(ruling.id, words)
        for _, (dossier, ruling) in sorted(found.items())
        if ruling.id > (order.despite or 0)
        and (words := _told_of(order, dossier, ruling, now)) is not None
    )


def meanwhile(
    order: AmendmentOrder, dossier: Dossier, now: datetime, same_matter: timedelta
) -> tuple[Earlier, ...]:
    """Return what others decided about a case since a change was shown, or lately; oldest first.

    Notes decide nothing and are held up by nothing. That somebody did it in Discord itself holds up
    nobody who only names its guideline, as its line asks.

    Args:
        order: the change; rulings that its moderator was told of are left out.
        dossier: the case as it is.
        now: aware UTC.
        same_matter: how far back decisions count: from the moment the change was shown, however
            long ago that is.
    """
    if order.amendment is Amendment.NOTE:
        return ()
    names = order.amendment is Amendment.EDIT and not order.moves_end
    since = min(now, order.shown_at or now) - same_matter
    return tuple(
        Earlier(one.id, done_by(dossier, one))
        for one in dossier.rulings
        if one.by not in (None, order.by)
        and one.id > (order.despite or 0)
        and one.at >= since
        and one.kind is not RulingKind.NOTED
        and _decides(one)
        and not (names and one.kind is RulingKind.BY_HAND)
    )


async def _since(
    store: Store, guild: int, subject: int, since: datetime
) -> list[tuple[Dossier, Ruling]]:
    """Return what was decided about a member since a moment and stands, and the last thing."""
    newest = await store.latest_ruling(guild, subject, since)
    if newest is None:
        return []
    wanted = {newest.id: newest.case}
    for sanction in await store.sanctions_of(guild, subject):
        if sanction.at >= since and sanction.state is not SanctionState.VOIDED:
            wanted[sanction.ruling] = sanction.case
    for removed in await store.removals_of(guild, subject):
        case = await store.case_of(removed.post.message)
        if case is not None and removed.post.ruling is not None:
            wanted[removed.post.ruling] = case.id
    dossiers = {one: await store.dossier(one) for one in sorted(set(wanted.values()))}
    found = [
        (dossier, dossier.ruling(ruling))
        for ruling, case in wanted.items()
        if (dossier := dossiers[case]) is not None
    ]
    return [(one, ruling) for one, ruling in found if ruling.at >= since and _decides(ruling)]


def _decides(ruling: Ruling) -> bool:
    """Whether a ruling decided something; that a role was given back by hand decides nothing."""
    return ruling.kind is not RulingKind.BY_HAND or bool(ruling.sanctions)


def _told_of(order: Order, dossier: Dossier, ruling: Ruling, now: datetime) -> str | None:
    """Return what a moderator is told of an earlier ruling; None for what is none of this."""
    if ruling.by is None:
        return None
    if ruling.by != order.by:
        return done_by(dossier, ruling)
    if ruling.at < now - JUST_NOW or not _is_the_same(order, dossier, ruling):
        return None
    when = moment(ruling.at, "R")
    what = decided(dossier, ruling)
    return f"You did this yourself {when} ({dossier.case.reference}): {what}. Do it again?"


def _is_the_same(order: Order, dossier: Dossier, ruling: Ruling) -> bool:
    """Whether an order asks for what a ruling decided: rule, posts and kinds of sanctions."""
    made = [dossier.sanction(one) for one in ruling.sanctions]
    removed = {post.message for post in order.removes}
    about = removed | {post.message for post in order.evidence}
    held = {post.message for post in dossier.case.posts}
    return (
        ruling.kind is RulingKind.DECIDED
        and ruling.rule == order.rule
        and removed == set(ruling.removes)
        and (about <= held if about else not held)
        and all(one.in_force for one in made)
        and {
            (one.kind, one.ordered.board, one.ordered.group, one.ordered.is_reminder)
            for one in made
        }
        == {(one.kind, one.board, one.group, one.reminder) for one in order.sanctions}
    )


def done_by(dossier: Dossier, ruling: Ruling) -> str:
    """Return who did what and when, as one sentence for moderators."""
    who = f"<@{ruling.by}>" if ruling.by is not None else "Concord"
    when = moment(ruling.at, "R")
    return f"{who} {_what(dossier, ruling)} {when} ({dossier.case.reference})."


def _what(dossier: Dossier, ruling: Ruling) -> str:
    match ruling.kind:
        case RulingKind.KEPT:
            return "looked at this and let it stand"
        case RulingKind.VOIDED:
            return "found that this was a mistake and took it back"
        case RulingKind.LIFTED:
            return "lifted this"
        case RulingKind.EDITED:
            what = _changed(dossier, ruling)
            return f"changed this: {what}" if what else "changed this"
        case _:
            return f"decided this: {decided(dossier, ruling)}"


def decided(dossier: Dossier, ruling: Ruling) -> str:
    """Return what a ruling decided, in words for moderators."""
    ordered = [dossier.sanction(one).ordered for one in ruling.sanctions]
    parts = [described(one, ruling.at) for one in gravest(ordered)]
    if ruling.removes:
        parts.insert(0, f"{counted(len(ruling.removes), 'post')} removed")
    return "; ".join(parts) or "nothing further"


def _changed(dossier: Dossier, ruling: Ruling) -> str:
    """Return what an edit changed: ends, the rule, the note; points follow from the rule."""
    parts = []
    for ending in ruling.endings:
        sanction = dossier.sanction(ending.sanction)
        parts.append(described(replace(sanction.ordered, until=ending.until), sanction.at))
    if any(one.what == RULE for one in ruling.changes):
        parts.append("another guideline" if ruling.rule is None else f"now by {ruling.rule}")
    if any(one.what == "note" for one in ruling.changes):
        parts.append("another note to the member")
    return "; ".join(parts)
