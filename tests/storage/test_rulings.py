"""Rulings: committed once, with their case and their sanctions."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StaleVersionError
from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.post import PostFile
from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind, SanctionState
from bot.ports import Ruled, Store
from bot.storage import open_store
from tests.storage.deciding import dossier, rule
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    MODERATOR,
    NOON,
    days,
    draft,
    look,
    post,
    ruling,
    timeout,
)

LATER = NOON + timedelta(minutes=5)


async def test_a_ruling_comes_back_as_it_was_made(store: Store) -> None:
    """Every field, the sanctions it ordered and the case it opened."""
    file = PostFile(9, "offer.pdf", "https://cdn.example/9", 4_000, "application/pdf")
    shown = replace(post(1), files=(file,))
    sanctions = (
        SanctionDraft(SanctionKind.WARNING, points=1, points_until=NOON + days(90)),
        timeout(),
        SanctionDraft(
            SanctionKind.BOARD_REMOVAL, points=2, board="art", channel=77, until=NOON + days(3)
        ),
        SanctionDraft(SanctionKind.GROUP_REMOVAL, group="Painters", role=88),
        SanctionDraft(SanctionKind.BAN, points=9, delete_message_seconds=3_600),
    )
    wanted = ruling(
        posts=(shown,),
        removes=(1,),
        words="Please keep it friendly.",
        internal="third time",
        because="new here",
        silent=True,
        tells=False,
        sanctions=sanctions,
        changes=(Change("rule", "a", "b"), Change("end", "c", "d")),
    )

    done = await rule(store, wanted)

    held = await dossier(store, done.case)
    assert done == Ruled(done.case, done.ruling, (1, 2, 3, 4, 5), repeated=False)
    assert held.rulings == (
        Ruling(
            id=done.ruling,
            case=done.case,
            guild=GUILD,
            kind=RulingKind.DECIDED,
            at=wanted.at,
            by=MODERATOR,
            rule="vulgarity",
            words="Please keep it friendly.",
            internal="third time",
            because="new here",
            silent=True,
            tells=False,
            removes=(1,),
            sanctions=(1, 2, 3, 4, 5),
            endings=(),
            changes=wanted.changes,
            key=wanted.key,
        ),
    )
    assert [one.ordered for one in held.sanctions] == list(sanctions)
    assert [one.until for one in held.sanctions] == [one.until for one in sanctions]
    assert {one.state for one in held.sanctions} == {SanctionState.ORDERED}
    assert {(one.user, one.rule, one.at) for one in held.sanctions} == {
        (AUTHOR, "vulgarity", wanted.at)
    }
    case = held.case
    assert (case.number, case.author, case.origin) == (1, AUTHOR, CaseOrigin.MODERATOR)
    assert (case.state, case.closed_at, case.action) == (
        CaseState.CLOSED,
        wanted.at,
        Action.REMOVE,
    )
    assert case.posts == (replace(shown, ruling=done.ruling),)
    assert await store.dossier_numbered(GUILD, 1) == held
    assert await store.ruling_keyed(GUILD, wanted.key) == held.rulings[0]


async def test_a_ruling_needs_no_post(store: Store) -> None:
    """A warning for something said elsewhere is a case without posts."""
    done = await rule(store, ruling(sanctions=(SanctionDraft(SanctionKind.WARNING),)))

    case = (await dossier(store, done.case)).case
    assert (case.posts, case.action, case.state) == ((), Action.ALLOW, CaseState.CLOSED)


async def test_the_same_key_rules_once(store: Store, database: Path) -> None:
    """A second press, or a replay after a crash, gets the first one's answer."""
    wanted = ruling(posts=(post(1),), removes=(1,), sanctions=(timeout(),))
    first = await rule(store, wanted)
    before = await dossier(store, first.case)

    again = [await rule(store, wanted), await rule(store, replace(wanted, words="other"))]

    assert again == [replace(first, repeated=True)] * 2
    assert await dossier(store, first.case) == before
    assert look(database, "SELECT count(*) FROM chain_links") == [(1,)]
    assert look(database, "SELECT count(*) FROM cases") == [(1,)]


async def test_a_key_belongs_to_its_guild(store: Store) -> None:
    """Another server's orders are nobody else's."""
    await rule(store, ruling())

    assert not (await rule(store, ruling(guild=GUILD + 1))).repeated
    assert await store.ruling_keyed(GUILD + 2, "order:1") is None


async def test_who_has_seen_an_older_case_is_told(store: Store) -> None:
    """Two moderators at once: the second changes nothing."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))
    seen = (await store.case(case)).version
    kept = ruling("first", kind=RulingKind.KEPT, case=case, case_version=seen)
    await rule(store, kept)

    with pytest.raises(StaleVersionError, match=f"Case {case} is no longer as it was read"):
        await rule(store, ruling("second", case=case, case_version=seen, sanctions=(timeout(),)))

    assert [one.kind for one in (await dossier(store, case)).rulings] == [RulingKind.KEPT]
    assert (await rule(store, kept)).repeated  # but one's own order is not somebody else's


async def test_a_note_leaves_the_case_open(store: Store) -> None:
    """And its version grows, so that who saw it without the note looks again."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))
    before = await store.case(case)

    await rule(store, ruling(kind=RulingKind.NOTED, case=case, internal="hm", closes=False))

    after = await store.case(case)
    assert (after.state, after.closed_at) == (CaseState.OPEN, None)
    assert after.posts == before.posts
    assert after.version == before.version + 1


async def test_what_somebody_did_by_hand_is_in_force_already(store: Store) -> None:
    """Nothing is left to be done about it."""
    sanction = timeout(by_hand=True)
    done = await rule(store, ruling(kind=RulingKind.BY_HAND, rule=None, sanctions=(sanction,)))

    held = await dossier(store, done.case)
    assert held.case.origin is CaseOrigin.BY_HAND
    assert [one.state for one in held.sanctions] == [SanctionState.ACTIVE]


@pytest.mark.parametrize(
    ("before", "ending", "state", "hours", "is_over"),
    [
        # ends early
        (SanctionState.ACTIVE, SanctionState.LIFTED, SanctionState.LIFTED, 24, True),
        (SanctionState.ORDERED, SanctionState.LIFTED, SanctionState.LIFTED, 24, True),
        (SanctionState.ACTIVE, SanctionState.VOIDED, SanctionState.VOIDED, 24, True),
        # its end is moved
        (SanctionState.ACTIVE, SanctionState.ACTIVE, SanctionState.ACTIVE, 48, False),
        # over already: a void still counts, nothing else does
        (SanctionState.EXPIRED, SanctionState.VOIDED, SanctionState.VOIDED, 24, True),
        (SanctionState.EXPIRED, SanctionState.LIFTED, SanctionState.EXPIRED, 24, True),
        (SanctionState.EXPIRED, SanctionState.ACTIVE, SanctionState.EXPIRED, 24, True),
    ],
)
async def test_a_ruling_ends_sanctions(
    store: Store,
    before: SanctionState,
    ending: SanctionState,
    state: SanctionState,
    hours: int,
    is_over: bool,
) -> None:
    """Early, at another time, or as if they had never been."""
    done = await rule(store, ruling(sanctions=(timeout(24),)))
    ordered = await store.sanction(done.sanctions[0])
    await store.write(lambda tx: tx.move_sanction(ordered, before, ordered.until, LATER))
    until = NOON + timedelta(hours=48) if ending is SanctionState.ACTIVE else None
    wanted = Ending(ordered.id, ending, until)

    await rule(
        store, ruling("end", kind=RulingKind.EDITED, rule=None, case=done.case, endings=(wanted,))
    )

    after = await store.sanction(ordered.id)
    assert (after.state, after.until) == (state, NOON + timedelta(hours=hours))
    assert (after.ended_at is not None) == is_over
    assert after.ordered == ordered.ordered
    assert (await dossier(store, done.case)).rulings[-1].endings == (wanted,)


async def test_an_edit_lets_sanctions_rest_on_another_rule(store: Store) -> None:
    """Those it names, or all; a voided one keeps what it was found to be wrong about."""
    three = (timeout(1), timeout(2), timeout(3))
    done = await rule(store, ruling(sanctions=three))
    a, b, c = done.sanctions
    void = ruling(
        "void", kind=RulingKind.VOIDED, case=done.case, endings=(Ending(c, SanctionState.VOIDED),)
    )
    edits = [
        ruling(
            "one",
            kind=RulingKind.EDITED,
            case=done.case,
            rule="hate",
            endings=(Ending(a, SanctionState.ACTIVE, timeout(1).until),),
        ),
        ruling("all", kind=RulingKind.EDITED, case=done.case, rule="threat"),
    ]
    await rule(store, void)

    rules = []
    for edit in edits:
        await rule(store, edit)
        rules.append([(await store.sanction(one)).rule for one in (a, b, c)])

    assert rules == [["hate", "vulgarity", "vulgarity"], ["threat", "threat", "vulgarity"]]


async def test_a_ruling_that_fails_leaves_nothing(store: Store, database: Path) -> None:
    """No case, no number, no link."""
    with pytest.raises(AssertionError, match="removes posts that nobody gave it"):
        await rule(store, ruling(removes=(404,)))

    await rule(store, ruling())

    assert look(database, "SELECT id, number FROM cases") == [(1, 1)]
    assert look(database, "SELECT number FROM chain_links") == [(1,)]


async def test_a_ruling_outlives_a_restart(database: Path) -> None:
    """With all that belongs to it."""
    async with open_store(database) as store:
        wanted = ruling(posts=(post(1),), removes=(1,), sanctions=(timeout(),), words="so")
        done = await rule(store, wanted)
        before = await dossier(store, done.case)

    async with open_store(database) as store:
        assert await dossier(store, done.case) == before
        assert await store.dossier(404) is None
        assert await store.dossier_numbered(GUILD, 404) is None


async def test_the_newest_ruling_about_a_member_is_known(store: Store) -> None:
    """By a moderator, since a moment; a note decides nothing, and Concord is no moderator."""
    await store.write(lambda tx: tx.record(draft()))
    assert await store.latest_ruling(GUILD, AUTHOR, NOON - days(1)) is None
    first = await rule(store, ruling("a"))
    await rule(store, ruling("b", at=NOON + days(1), kind=RulingKind.NOTED, case=first.case))
    await rule(store, ruling("c", at=NOON + days(2), subject=AUTHOR + 1))

    found = await store.latest_ruling(GUILD, AUTHOR, NOON)
    assert found is not None
    assert found.id == first.ruling
    assert await store.latest_ruling(GUILD, AUTHOR, NOON + days(1)) is None


async def test_members_that_a_moderator_acted_on_are_counted(store: Store) -> None:
    """Each once; notes and other moderators do not count."""
    wanted = [
        ruling("a", sanctions=(timeout(),)),
        ruling("b", posts=(post(2),), removes=(2,)),
        ruling("c", subject=AUTHOR + 1, posts=(post(3),), removes=(3,)),
        ruling("d", subject=AUTHOR + 2, kind=RulingKind.NOTED),
        ruling("e", subject=AUTHOR + 3, by=MODERATOR + 1, sanctions=(timeout(),)),
        ruling("f", subject=AUTHOR + 4, at=NOON - days(1), sanctions=(timeout(),)),
        ruling("g", subject=AUTHOR + 5, kind=RulingKind.BY_HAND, sanctions=(timeout(),)),
        ruling("h", subject=AUTHOR + 6, kind=RulingKind.LIFTED),
        ruling("i", subject=AUTHOR + 7, kind=RulingKind.VOIDED),
        ruling("j", subject=AUTHOR + 8, kind=RulingKind.EDITED),
        ruling("k", subject=AUTHOR + 9, kind=RulingKind.KEPT),
    ]
    for one in wanted:
        await rule(store, one)

    touched = frozenset(AUTHOR + number for number in (0, 1, 5, 6, 7, 8))
    assert await store.members_ruled_on(GUILD, MODERATOR, NOON) == touched
    assert await store.members_ruled_on(GUILD + 1, MODERATOR, NOON) == frozenset()
