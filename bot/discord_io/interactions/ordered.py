"""What a moderator ordered, in a line of its own: for an admin who is asked to confirm it."""

from bot.model.order import AmendmentOrder, Order
from bot.policy.ladder import spoken
from bot.text.escaping import escaped

Ordered = Order | AmendmentOrder
"""What a moderator wants done."""


def in_short(order: Ordered) -> str:
    """Return an order in one line."""
    if isinstance(order, AmendmentOrder):
        return f"{order.amendment.value} a case"
    what = [escaped(spoken(wanted)) for wanted in order.sanctions]
    if order.removes:
        count = len(order.removes)
        what.insert(0, "removal of one post" if count == 1 else f"removal of {count} posts")
    rule = f", {order.rule}" if order.rule is not None else ""
    return f"<@{order.subject}>: {' and '.join(what) or 'no sanction'}{rule}"
