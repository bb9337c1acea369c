"""What other moderators have done about the same matter, so that the second one is told."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.dossier import Dossier
from bot.model.order import Order
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import SanctionState
from bot.moderation.matter import Matter, deciding_ruling
from bot.ports import Store
from bot.wording.consequences import described, gravest
from bot.wording.parts import counted, moment


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ruling by another moderator on the same matter, in words for the second one."""

    ruling: int
    words: str


async def earlier(
    order: Order, matter: Matter, store: Store, since: datetime
) -> tuple[Earlier, ...]:
    """Return what others decided about an order's cases, or about its member of the same kind.

    Args:
        order: what is asked for; rulings that its moderator was told of are left out.
        matter: its cases.
        store: where rulings are.
        since: how far back sanctions of the same kind are the same matter; aware UTC.
    """
    found: dict[int, tuple[Dossier, Ruling]] = {}
    for dossier in matter.cases:
        decided = deciding_ruling(dossier)
        if decided is not None:
            found[decided.id] = (dossier, decided)
    wanted = {(one.kind, one.board, one.group) for one in order.sanctions}
    for sanction in await store.sanctions_of(order.guild, order.subject):
        same = (sanction.kind, sanction.ordered.board, sanction.ordered.group) in wanted
        if not same or sanction.at < since or sanction.state is SanctionState.VOIDED:
            continue
        case = await store.dossier(sanction.case)
        if case is not None:
            ruling = case.ruling(sanction.ruling)
            found[ruling.id] = (case, ruling)
    return tuple(
        Earlier(ruling.id, done_by(dossier, ruling))
        for _, (dossier, ruling) in sorted(found.items())
        if ruling.by not in (None, order.by) and ruling.id > (order.despite or 0)
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
            return "changed this"
        case _:
            return f"decided this: {_decided(dossier, ruling)}"


def _decided(dossier: Dossier, ruling: Ruling) -> str:
    ordered = [dossier.sanction(one).ordered for one in ruling.sanctions]
    parts = [described(one, ruling.at) for one in gravest(ordered)]
    if ruling.removes:
        parts.insert(0, f"{counted(len(ruling.removes), 'post')} removed")
    return "; ".join(parts) or "nothing further"
