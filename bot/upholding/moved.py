"""Boards and groups that an admin gave another channel or role: what was ordered of them follows.

A removal is from a board or a group, which are known by their names; a channel or a role is where
that was when it was ordered.
"""

from dataclasses import replace

from bot.model.community import Community
from bot.model.sanction import Sanction


def as_now(sanction: Sanction, community: Community | None) -> Sanction:
    """Return a sanction with the channel of its board, or the role of its group, as they are now.

    One whose board or group is not there any more stays where it was ordered.

    Args:
        sanction: any.
        community: as it is set up now; None where it is not.
    """
    if community is None:
        return sanction
    ordered = sanction.ordered
    board = community.board(ordered.board) if ordered.board is not None else None
    group = next((one for one in community.groups if one.name == ordered.group), None)
    channel = board.channel.id if board is not None else None
    role = group.role.id if group is not None else None
    now = replace(ordered, channel=channel or ordered.channel, role=role or ordered.role)
    return sanction if now == ordered else replace(sanction, ordered=now)
