"""A community is replaced as a whole and comes back equal."""

from dataclasses import replace
from datetime import UTC
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.errors import ConcordError
from bot.model.community import (
    Board,
    Community,
    CommunityGroup,
    Place,
    RuleException,
    Umbrella,
)
from bot.model.mode import Mode, Posture
from bot.model.snowflake import first_at
from bot.ports import Store
from bot.storage.communities import read_community, replace_community
from tests.storage.samples import GUILD, NOON, days, look, undone

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
RULES = st.sampled_from(["language", "solicitation", "politics", "hate"])
MODES = st.dictionaries(RULES, st.sampled_from(Mode)).map(MappingProxyType)
PLACES = st.builds(Place, NAMES, st.none() | st.integers(1, 2**63 - 1))


@st.composite
def communities(draw: st.DrawFn) -> Community:
    """Any community whose names fit together."""
    board_names = draw(st.lists(NAMES, unique=True, max_size=4))
    group_names = draw(st.lists(NAMES, unique=True, max_size=4))
    some_boards = st.frozensets(st.sampled_from(board_names)) if board_names else st.just(())
    boards = tuple(
        Board(
            name,
            draw(PLACES),
            draw(NAMES | st.just("")),
            draw(st.frozensets(st.sampled_from(["de", "fr", "zh"]))),
            draw(MODES),
        )
        for name in board_names
    )
    groups = tuple(
        CommunityGroup(
            name,
            draw(st.sampled_from(Umbrella)),
            draw(PLACES),
            frozenset(draw(some_boards)),
            draw(NAMES | st.just("")),
        )
        for name in group_names
    )
    homes = [{"board": name} for name in board_names] + [{"group": name} for name in group_names]
    exceptions = tuple(
        RuleException(
            rule=draw(RULES),
            kinds=draw(st.frozensets(NAMES, max_size=3)),
            until=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
            note=draw(NAMES | st.just("")),
            **home,
        )
        for home in (draw(st.lists(st.sampled_from(homes), max_size=5)) if homes else ())
    )
    return Community(
        name=draw(NAMES),
        posture=draw(st.none() | st.sampled_from(Posture)),
        boards=boards,
        groups=groups,
        exceptions=exceptions,
        modes=draw(MODES),
        moderators=tuple(draw(st.lists(PLACES, max_size=3))),
        admins=tuple(draw(st.lists(PLACES, max_size=3))),
        log=draw(st.none() | PLACES),
        public_log=draw(st.none() | PLACES),
        excluded=tuple(draw(st.lists(PLACES, max_size=3))),
        screen_unmapped=draw(st.booleans()),
    )


@settings(max_examples=30, deadline=None)
@given(first=communities(), second=communities(), other=communities())
def test_a_community_comes_back_equal(
    scratch: Engine, first: Community, second: Community, other: Community
) -> None:
    """Ids, orders and all; replacing one leaves nothing of it and nothing of another's."""
    with undone(scratch) as connection:
        replace_community(connection, 2, other, NOON)
        replace_community(connection, 1, first, NOON)
        found = [read_community(connection, 1)]
        replace_community(connection, 1, second, NOON + days(1))
        found += [read_community(connection, 1), read_community(connection, 2)]

    assert found == [first, second, other]


SMALL = Community(
    "ours",
    boards=(Board("Lounge", Place("lounge", 5)),),
    groups=(CommunityGroup("Poets", Umbrella.INTEREST, Place("poets"), frozenset({"Lounge"})),),
    exceptions=(RuleException("politics", group="Poets", kinds=frozenset({"de"})),),
)


async def test_a_guild_without_a_community_has_none(store: Store) -> None:
    """None, and the guild is not among those listed."""
    await store.write(lambda tx: tx.set_community(3, SMALL, NOON))

    assert await store.community(GUILD) is None
    assert await store.community_since(GUILD) is None
    assert tuple(await store.guilds()) == (3,)


LESS = [
    {"name": "theirs", "posture": Posture.ACT},
    {"boards": (replace(SMALL.boards[0], name="Parlour", purpose="other"),), "groups": ()},
    {"boards": (), "groups": ()},
    {"excluded": (Place("cellar", 6), Place("attic", 7), Place("loft", 8))},
    {"screen_unmapped": False},
]
MORE = [
    ({"boards": (*SMALL.boards, Board("Yard", Place("yard", 9)))}, {9}),
    ({"excluded": (Place("attic", 7),)}, {6}),
    ({"log": Place("other log", 11)}, {10}),
]
WHOLE = replace(
    SMALL,
    exceptions=(),
    excluded=(Place("cellar", 6), Place("attic", 7)),
    log=Place("log", 10),
    screen_unmapped=True,
)


@pytest.mark.parametrize("change", LESS)
async def test_a_change_that_screens_nothing_more_leaves_what_was_judged(
    store: Store, change: dict[str, object]
) -> None:
    """What stood in the channels while they were screened is still to be judged."""
    await store.write(lambda tx: tx.set_community(GUILD, WHOLE, NOON))
    changed = replace(WHOLE, **change)
    await store.write(lambda tx: tx.set_community(GUILD, changed, NOON + days(3)))

    assert await store.community_since(GUILD) == NOON
    assert await store.judged_until(GUILD) == {5: first_at(NOON)}


@pytest.mark.parametrize(("change", "newly"), MORE)
async def test_what_is_screened_from_now_on_counts_as_judged_up_to_now(
    store: Store, change: dict[str, object], newly: set[int]
) -> None:
    """A new board, a channel no longer excluded, the old log; other channels keep their place."""
    await store.write(lambda tx: tx.set_community(GUILD, WHOLE, NOON))
    changed = replace(WHOLE, **change)
    await store.write(lambda tx: tx.set_community(GUILD, changed, NOON + days(3)))

    assert await store.community_since(GUILD) == NOON + days(3)
    marks = dict.fromkeys(newly, first_at(NOON + days(3)))
    assert await store.judged_until(GUILD) == {5: first_at(NOON), **marks}


async def test_unmapped_channels_are_screened_from_the_moment_an_admin_says_so(
    store: Store,
) -> None:
    """Nobody can name them, so the time moves for every channel without a place of its own."""
    small = replace(WHOLE, screen_unmapped=False)
    await store.write(lambda tx: tx.set_community(GUILD, small, NOON))
    await store.write(lambda tx: tx.set_community(GUILD, WHOLE, NOON + days(3)))

    assert await store.community_since(GUILD) == NOON + days(3)
    assert await store.judged_until(GUILD) == {5: first_at(NOON)}


async def test_a_board_that_is_mapped_again_begins_anew(store: Store) -> None:
    """What was written in between was nobody's business."""
    without = replace(SMALL, boards=(), groups=(), exceptions=())
    for day, one in enumerate((SMALL, without, SMALL)):
        await store.write(
            lambda tx, day=day, one=one: tx.set_community(GUILD, one, NOON + days(day))
        )

    assert await store.judged_until(GUILD) == {5: first_at(NOON + days(2))}


async def test_names_that_fit_nothing_are_all_told_at_once(store: Store) -> None:
    """Twice the same name, and names of nothing: four sentences, and the old one stays."""
    await store.write(lambda tx: tx.set_community(GUILD, SMALL, NOON))
    broken = replace(
        SMALL,
        boards=SMALL.boards * 2,
        groups=(replace(SMALL.groups[0], boards=frozenset({"Attic"})),),
        exceptions=(RuleException("hate", board="Cellar"), RuleException("hate", group="Cooks")),
    )

    with pytest.raises(ConcordError) as caught:
        await store.write(lambda tx: tx.set_community(GUILD, broken, NOON))

    sentences = str(caught.value).splitlines()
    assert len(sentences) == 4
    for name, sentence in zip(
        ("'Lounge'", "'Attic'", "'Cellar'", "'Cooks'"), sentences, strict=True
    ):
        assert name in sentence
    assert await store.community(GUILD) == SMALL


async def test_an_undone_replacement_leaves_the_old_community(store: Store, database) -> None:
    """Replacing is one step: nobody ever sees half of it."""

    async def undone(tx: object) -> None:
        await tx.set_community(GUILD, Community("new"), NOON)
        raise ValueError("undone")

    await store.write(lambda tx: tx.set_community(GUILD, SMALL, NOON))
    with pytest.raises(ValueError, match="undone"):
        await store.write(undone)

    assert await store.community(GUILD) == SMALL
    assert look(database, "SELECT count(*) FROM exception_kinds") == [(1,)]
