"""From what is asked for to sanctions as they will be committed: ends, places, points."""

from datetime import datetime, timedelta

from bot.model.community import Community
from bot.model.order import Order, Wanted
from bot.model.sanction import SanctionDraft, SanctionKind
from bot.policy.ladder import Advice


def drafted(
    order: Order, community: Community, advice: Advice, now: datetime
) -> tuple[SanctionDraft, ...]:
    """Return an order's sanctions; the order is known to be valid.

    Law: the points of a decision stand on one of its sanctions only: on the warning, which cannot
    fail, else on the first. A reminder has none, and is remembered for as long.
    """
    bears = next(
        (one for one in order.sanctions if one.kind is SanctionKind.WARNING),
        order.sanctions[0] if order.sanctions else None,
    )
    return tuple(
        _drafted(one, community, now, advice if one is bears else None) for one in order.sanctions
    )


def _drafted(
    wanted: Wanted, community: Community, now: datetime, advice: Advice | None
) -> SanctionDraft:
    board = community.board(wanted.board) if wanted.board is not None else None
    group = next((one for one in community.groups if one.name == wanted.group), None)
    return SanctionDraft(
        kind=wanted.kind,
        points=advice.points if advice is not None and not wanted.reminder else 0,
        points_until=advice.points_until if advice is not None else None,
        until=wanted.end(now),
        board=board.name if board is not None else None,
        channel=board.channel.id if board is not None else None,
        group=group.name if group is not None else None,
        role=group.role.id if group is not None else None,
        delete_message_seconds=wanted.delete_messages // timedelta(seconds=1),
    )
