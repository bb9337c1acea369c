"""Where a message stands in the community: its board, its author's groups, if it is screened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model.community import Community, Place
from bot.model.post import AuthorKind, Post


@dataclass(frozen=True, slots=True)
class Location:
    """A channel with what it belongs to."""

    places: tuple[int, ...]
    """The channel, a thread's parent, the category: from the inside out."""
    public: bool
    """Whether everyone in the guild can see it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it arrives: not yet placed in a community."""

    post: Post
    """With neither board nor groups."""
    location: Location
    roles: frozenset[int] = frozenset()
    """The author's roles."""
    manages: bool = False
    """Whether the author may manage the server."""


def is_screened(location: Location, community: Community) -> bool:
    """Whether what is written there is screened.

    Mapped boards are; other channels only if everyone can see them and the admin says so; the
    moderators' log and excluded channels never.
    """
    closed = _ids(community.excluded)
    if community.log is not None:
        closed |= _ids((community.log,))
    if closed.intersection(location.places):
        return False
    return board_of(location, community) is not None or (
        community.screen_unmapped and location.public
    )


def board_of(location: Location, community: Community) -> str | None:
    """Return the board a channel belongs to: its own, its parent's or its category's."""
    boards = {board.channel.id: board.name for board in community.boards}
    return next((boards[place] for place in location.places if place in boards), None)


def place(written: Written, community: Community) -> Post | None:
    """Return the post with board, groups and kind of author; None where nothing is screened."""
    if not is_screened(written.location, community):
        return None
    kind = written.post.author_kind
    staff = _ids(community.moderators) | _ids(community.admins)
    if kind is AuthorKind.MEMBER and (written.manages or written.roles & staff):
        kind = AuthorKind.STAFF
    groups = frozenset(group.name for group in community.groups if group.role.id in written.roles)
    return replace(
        written.post,
        board=board_of(written.location, community),
        groups=groups,
        author_kind=kind,
    )


def _ids(places: Iterable[Place]) -> set[int]:
    return {place.id for place in places if place.id is not None}
