"""Cases that one order decided together, because its posts belonged to several."""

from bot.model.dossier import Dossier
from bot.model.ruling import Ruling, RulingKind
from bot.ports import Store


def key_beside(key: str, number: int) -> str:
    """Return the key of an order's ruling about a further case, by that case's number."""
    return f"{key}:{number}"


def _order_of(ruling: Ruling, number: int) -> str:
    """Return the key of the order that a ruling about the case of a number came by."""
    return ruling.key.removesuffix(key_beside("", number))


async def main_case(store: Store, ruling: Ruling, number: int) -> int:
    """Return the case that bears the sanctions of the decision a ruling is part of: mostly its own.

    Args:
        store: where rulings are.
        ruling: one that decided about posts.
        number: its case's.
    """
    order = _order_of(ruling, number)
    main = await store.ruling_keyed(ruling.guild, order) if order != ruling.key else None
    return ruling.case if main is None else main.case


async def beside(store: Store, dossier: Dossier) -> tuple[tuple[Dossier, Ruling], ...]:
    """Return the other cases that were decided together with one, each with that ruling, in order.

    Those that were found to be a mistake are left out.
    """
    case = dossier.case
    orders = {
        _order_of(one, case.number) for one in dossier.rulings if one.kind is RulingKind.DECIDED
    }
    mains = [await store.ruling_keyed(case.guild, one) for one in sorted(orders)]
    wanted = {one.case for one in mains if one is not None}
    for removed in await store.removals_of(case.guild, case.author):
        other = await store.case_of(removed.post.message)
        if other is not None:
            wanted.add(other.id)
    found: list[tuple[Dossier, Ruling]] = []
    for one in sorted(wanted - {case.id}):
        known = await store.dossier(one)
        if known is None or any(ruling.kind is RulingKind.VOIDED for ruling in known.rulings):
            continue
        found.extend(
            (known, ruling)
            for ruling in known.rulings
            if ruling.kind is RulingKind.DECIDED
            and _order_of(ruling, known.case.number) in orders
            and (ruling.sanctions or ruling.removes)
        )
    return tuple(found)
