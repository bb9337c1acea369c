"""Where removals from boards reach: channels they deny something in, and those that follow."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.model.sanction import Sanction
from bot.ports import Absent, Measures, Outcome, OverwriteSeen, Room, Store
from bot.upholding.moved import as_now

Rooms = Mapping[int, Room]
"""A server's channels by id."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The channels that a member's removals from boards reach, and all that a server has."""

    deciding: Mapping[int, int]
    """Channels in which something is denied, each with the board's place it belongs to."""
    following: Mapping[int, int]
    """Channels in step with a category among these, each with that category: what is denied there
    is denied in them. One that leaves takes the denial along, so it has to be remembered."""
    rooms: Rooms

    @property
    def channels(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*self.deciding, *self.following))

    def followers_of(self, category: int) -> Iterator[int]:
        """Return the channels in step with a category."""
        return (channel for channel, leads in self.following.items() if leads == category)

    def strays(
        self, user: int, left: Iterable[OverwriteSeen], known: Iterable[int]
    ) -> Iterator[tuple[int, OverwriteSeen]]:
        """Return channels that took along what Concord left, unseen: made in a board and moved.

        They are known by a member's overwrite that is bit for bit one that Concord left elsewhere.

        Args:
            user: the member.
            left: overwrites as Concord left them, each with something denied.
            known: channels in which it is known how things were.
        """
        ours = tuple(left)
        held = self.channels.union(known)
        for channel, room in self.rooms.items():
            seen = room.overwrites.get(user)
            if channel not in held and seen is not None and seen in ours:
                yield channel, seen


def leads(rooms: Rooms, channel: int) -> int | None:
    """Return the category that a channel is in step with; None if it goes its own way."""
    room = rooms.get(channel)
    category = rooms.get(room.category) if room is not None and room.category else None
    if room is None or category is None or category.overwrites != room.overwrites:
        return None
    return room.category


async def reach_of(
    guild: int, asking: Iterable[Sanction], measures: Measures, store: Store, rooms: Rooms
) -> Reach | Outcome:
    """Return where a member's removals from boards reach.

    A channel that is a board itself has nothing denied of its own by its category's board. A board
    that was given another channel is there now.

    Args:
        guild: where.
        asking: the removals that ask for something.
        measures: knows the channels of a board.
        store: knows the boards.
        rooms: the server's channels.

    Returns:
        An outcome where Discord did not say.
    """
    community = await store.community(guild)
    boards = community.boards if community is not None else ()
    own = {one.channel.id for one in boards}
    deciding: dict[int, int] = {}
    now = (as_now(one, community).ordered.channel for one in asking)
    for place in dict.fromkeys(map(_place, now)):
        channels = await measures.channels_of_board(guild, place)
        if isinstance(channels, Outcome):
            return channels
        for channel in () if isinstance(channels, Absent) else channels:
            if channel == place or channel not in own:
                deciding[channel] = place
    following = {
        channel: category
        for channel in rooms
        if channel not in deciding
        and (category := leads(rooms, channel)) is not None
        and category in deciding
    }
    return Reach(deciding, following, rooms)


def _place(channel: int | None) -> int:
    assert channel is not None, "BUG: a board removal without its channel"
    return channel
