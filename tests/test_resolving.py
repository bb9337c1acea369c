"""Names in a community file become ids; each one not found once is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.model.community import Board, Community, CommunityGroup, Place, Umbrella
from bot.resolving import Directory, resolve

CHANNELS = {"general": [1], "art": [2], "twin": [3, 4], "mod-log": [5], "staff": [6]}
ROLES = {"Moderators": [11], "Painters": [12], "Admins": [13], "general": [14]}
DIRECTORY = Directory("Freelance Server", CHANNELS, ROLES)

FILE = Community(
    name="Freelance Community",
    boards=(Board("general", Place("#general")), Board("art", Place("art"))),
    groups=(CommunityGroup("Painters", Umbrella.INTEREST, Place("Painters"), frozenset({"art"})),),
    moderators=(Place("Moderators"),),
    admins=(Place("Admins"),),
    log=Place("mod-log"),
    excluded=(Place("staff"),),
)


def places(community: Community) -> list[Place]:
    """Return every place of a community."""
    return [
        *(board.channel for board in community.boards),
        *(group.role for group in community.groups),
        *community.moderators,
        *community.admins,
        *([community.log] if community.log else []),
        *([community.public_log] if community.public_log else []),
        *community.excluded,
    ]


def test_every_name_gets_its_id_with_or_without_the_sign_of_a_channel() -> None:
    """Channels and roles are looked up apart, though names may be equal."""
    resolution = resolve(FILE, DIRECTORY)

    assert resolution.problems == ()
    assert [place.id for place in places(resolution.community)] == [1, 2, 12, 11, 13, 5, 6]
    assert [place.name for place in places(resolution.community)] == [
        place.name for place in places(FILE)
    ]


def test_an_id_may_stand_for_a_name_if_the_server_has_it() -> None:
    """An id of a channel is no id of a role."""
    by_id = resolve(replace(FILE, log=Place("4")), DIRECTORY)
    assert by_id.problems == ()
    assert by_id.community.log == Place("4", 4)

    wrong = resolve(replace(FILE, log=Place("11")), DIRECTORY)
    assert wrong.problems == (
        "the channel of the moderators' log is '11', and Freelance Server has none of that name",
    )


def test_the_public_log_is_a_channel_of_its_own() -> None:
    """Looked up like any other; by whatever name, it is never the moderators' log."""
    resolution = resolve(replace(FILE, public_log=Place("#general")), DIRECTORY)
    assert resolution.problems == ()
    assert resolution.community.public_log == Place("#general", 1)

    same = resolve(replace(FILE, public_log=Place("5")), DIRECTORY)
    (problem,) = same.problems
    assert "one channel, 'mod-log': everyone may read the public one" in problem


def test_every_name_not_found_once_is_named_with_its_use() -> None:
    """All problems at once, each saying what would help."""
    broken = replace(
        FILE,
        boards=(Board("general", Place("genral")), Board("art", Place("twin"))),
        admins=(Place("Bosses"),),
    )
    assert resolve(broken, DIRECTORY).problems == (
        "the channel of board 'general' is 'genral', and Freelance Server has none of that name",
        (
            "the channel of board 'art' is 'twin', and Freelance Server has 2 of that name: "
            "write the id of the one that is meant"
        ),
        "the role of the admins is 'Bosses', and Freelance Server has none of that name",
    )


names = st.sampled_from(("general", "#art", "twin", "nowhere", "3", "11", ""))


@given(st.lists(names, max_size=4), st.lists(names, max_size=3))
def test_without_problems_every_place_has_an_id(channels: list[str], roles: list[str]) -> None:
    """And with a problem at least one place has none."""
    file = Community(
        name="any",
        boards=tuple(Board(str(n), Place(name)) for n, name in enumerate(channels)),
        moderators=tuple(Place(name) for name in roles),
    )
    resolution = resolve(file, DIRECTORY)
    found_all = all(place.id is not None for place in places(resolution.community))
    assert found_all is (resolution.problems == ())
