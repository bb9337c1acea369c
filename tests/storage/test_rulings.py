"""Rulings: committed once, with their case, posts, sanctions and verdicts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StaleVersionError
from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.dossier import Dossier
from bot.model.post import PostFile
from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind, SanctionState
from bot.ports import RemovedPost, Ruled, RulingDraft, Store
from bot.storage import open_store
from tests.storage.samples import (
    AUTHOR,
    CHANNEL,
    GUILD,
    MODERATOR,
    NOON,
    days,
    draft,
    finding,
    look,
    post,
    ruling,
    timeout,
)

LATER = NOON + timedelta(minutes=5)


async def rule(store: Store, wanted: RulingDraft) -> Ruled:
    """Commit a ruling."""
    return await store.write(lambda tx: tx.rule(wanted))


async def dossier(store: Store, case: int) -> Dossier:
    """Read a case that is there."""
    found = await store.dossier(case)
    assert found is not None
    return found


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


async def test_a_known_post_brings_its_case(store: Store) -> None:
    """A moderator who removes what Concord asked about decides that very case."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))

    done = await rule(store, ruling(posts=(post(1), post(2, "new")), removes=(1, 2)))

    held = await dossier(store, done.case)
    assert done.case == case
    assert held.case.origin is CaseOrigin.SCREENING
    assert held.case.state is CaseState.CLOSED
    assert [(one.message, one.action, one.ruling) for one in held.case.posts] == [
        (1, Action.REMOVE, done.ruling),
        (2, Action.REMOVE, done.ruling),
    ]


async def test_a_version_that_only_the_moderator_saw_is_kept(store: Store) -> None:
    """What they decided on is what the case shows; the judged one stays as well."""
    await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))

    await rule(store, ruling(posts=(post(1, "edited", text="other words"),), removes=(1,)))

    case = await store.case_of(1)
    assert [one.parts[0].text for one in case.posts] == ["other words"]
    assert await store.digest_of(1) == "edited"


async def test_posts_of_two_cases_are_decided_together(store: Store) -> None:
    """The ruling is the first one's; the other case is closed when all its posts are decided."""
    drafts = [draft(post(number, action=Action.REVIEW)) for number in (1, 2, 3)]
    first = await store.write(lambda tx: tx.record(drafts[0]))
    second = await store.write(lambda tx: tx.record(drafts[1]))
    joined = replace(drafts[2], joins=second)
    await store.write(lambda tx: tx.record(joined))

    await rule(store, ruling("a", posts=(post(1), post(2)), removes=(1, 2)))
    between = (await store.case(second)).state
    await rule(store, ruling("b", posts=(post(3),), removes=(3,), case=first))

    assert between is CaseState.OPEN
    assert (await store.case(second)).state is CaseState.CLOSED
    assert [one.action for one in (await store.case(second)).posts] == [Action.REMOVE] * 2


async def test_evidence_that_stays_is_permitted(store: Store) -> None:
    """A warning about a post that stands: the post counts as nobody's removed post."""
    wanted = ruling(posts=(post(1), post(2, "b", Action.REVIEW)), removes=(2,))
    done = await rule(store, wanted)

    posts = (await dossier(store, done.case)).case.posts
    assert [(one.message, one.action) for one in posts] == [(1, Action.ALLOW), (2, Action.REMOVE)]
    assert [one.post.message for one in await store.removals_of(GUILD, AUTHOR)] == [2]


async def test_a_void_gives_posts_back(store: Store) -> None:
    """Also what Concord removed by itself: it no longer counts as removed."""
    case = await store.write(lambda tx: tx.record(draft()))
    before = await store.removed_since(GUILD, NOON - days(1))

    done = await rule(store, ruling(kind=RulingKind.VOIDED, case=case, removes=(1,)))

    held = (await dossier(store, case)).case
    assert [one.post.message for one in before] == [1]
    assert await store.removed_since(GUILD, NOON - days(1)) == ()
    assert [(one.action, one.ruling) for one in held.posts] == [(Action.ALLOW, done.ruling)]
    assert (held.action, held.state) == (Action.ALLOW, CaseState.CLOSED)


async def verdicts(database: Path) -> list[tuple[object, ...]]:
    """What is said of findings, by message and place."""
    return look(
        database, "SELECT message, position, verdict, verdict_by FROM findings ORDER BY 1, 2"
    )


async def test_a_removal_confirms_what_was_found_by_its_rule(store: Store, database: Path) -> None:
    """Findings of other rules, and those that asked for nothing, have no verdict."""
    found = (
        finding(Action.REVIEW, "vulgarity"),
        finding(Action.NOTE, "vulgarity", 4),
        finding(Action.REVIEW, "spam-repeat", 8),
    )
    shown = replace(post(1, action=Action.REVIEW), findings=found)
    await store.write(lambda tx: tx.record(draft(shown)))

    await rule(store, ruling(posts=(shown,), removes=(1,), rule="vulgarity"))

    assert await verdicts(database) == [
        (1, 0, "confirmed", MODERATOR),
        (1, 1, None, None),
        (1, 2, None, None),
    ]


@pytest.mark.parametrize(
    ("kind", "removes", "verdict"),
    [
        # a removal that names no rule confirms all that asked for something
        (RulingKind.DECIDED, (1,), "confirmed"),
        (RulingKind.VOIDED, (1,), "wrong"),
        # a moderator looked and nothing follows
        (RulingKind.KEPT, (), "not-confirmed"),
        # a note says nothing of what was found
        (RulingKind.NOTED, (), None),
        (RulingKind.LIFTED, (), None),
        # a warning without a removal leaves it open whether the finding was right
        (RulingKind.DECIDED, (), None),
    ],
)
async def test_a_ruling_says_of_findings_whether_they_were_right(
    store: Store, database: Path, kind: RulingKind, removes: tuple[int, ...], verdict: str | None
) -> None:
    """By its kind, and only where it follows."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))

    await rule(store, ruling(kind=kind, case=case, removes=removes, rule=None, closes=False))

    by = MODERATOR if verdict else None
    assert await verdicts(database) == [(1, 0, verdict, by)]


async def test_keeping_permits_what_was_asked_about_and_leaves_what_was_removed(
    store: Store,
) -> None:
    """A removal is taken back by a void only."""
    case = await store.write(lambda tx: tx.record(draft(post(1))))
    asked = draft(post(2, "b", Action.REVIEW), joins=case)
    await store.write(lambda tx: tx.record(asked))

    await rule(store, ruling(kind=RulingKind.KEPT, case=case))

    posts = (await store.case(case)).posts
    assert [(one.message, one.action) for one in posts] == [(1, Action.REMOVE), (2, Action.ALLOW)]


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


async def test_a_stronger_version_opens_a_decided_case_again(store: Store) -> None:
    """What a moderator has ruled holds until the author writes something worse."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))
    await rule(store, ruling(kind=RulingKind.KEPT, case=case))
    decided = await store.case(case)

    await store.write(lambda tx: tx.record(draft(post(1, "worse", Action.REMOVE))))

    after = await store.case(case)
    assert (decided.state, decided.posts[0].action) == (CaseState.CLOSED, Action.ALLOW)
    assert (after.state, after.closed_at) == (CaseState.ACTED, None)
    assert after.posts == (post(1, "worse", Action.REMOVE),)


async def test_a_later_version_changes_nothing_about_a_removal(store: Store) -> None:
    """An edit that arrives while the removal is under way does not undo it."""
    done = await rule(store, ruling(posts=(post(1),), removes=(1,)))

    await store.write(lambda tx: tx.record(draft(post(1, "edited", Action.REVIEW))))

    case = await store.case(done.case)
    assert (case.state, case.posts[0].action) == (CaseState.CLOSED, Action.REMOVE)
    assert case.posts[0].ruling == done.ruling


async def test_what_concord_removes_by_itself_is_a_ruling_without_a_moderator(
    store: Store,
) -> None:
    """Once a post, however many versions of it are found; a question is none."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW))))
    for version in (post(1, "b"), post(1, "c"), post(1, "c")):
        await store.write(lambda tx, version=version: tx.record(draft(version)))
    further = draft(post(2), joins=case)
    await store.write(lambda tx: tx.record(further))

    rulings = (await dossier(store, case)).rulings
    assert [(one.kind, one.by, one.rule, one.removes) for one in rulings] == [
        (RulingKind.REMOVED, None, "vulgarity", (1,)),
        (RulingKind.REMOVED, None, "vulgarity", (2,)),
    ]
    assert [one.ruling for one in (await store.case(case)).posts] == [None, None]


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
    """Each once; notes, voids and other moderators do not count."""
    wanted = [
        ruling("a", sanctions=(timeout(),)),
        ruling("b", posts=(post(2),), removes=(2,)),
        ruling("c", subject=AUTHOR + 1, posts=(post(3),), removes=(3,)),
        ruling("d", subject=AUTHOR + 2, kind=RulingKind.NOTED),
        ruling("e", subject=AUTHOR + 3, by=MODERATOR + 1, sanctions=(timeout(),)),
        ruling("f", subject=AUTHOR + 4, at=NOON - days(1), sanctions=(timeout(),)),
        ruling("g", subject=AUTHOR + 5, kind=RulingKind.BY_HAND, sanctions=(timeout(),)),
    ]
    for one in wanted:
        await rule(store, one)

    assert await store.rulings_by(GUILD, MODERATOR, NOON) == 3
    assert await store.rulings_by(GUILD + 1, MODERATOR, NOON) == 0


async def test_removals_that_no_moderator_decided_are_found(store: Store) -> None:
    """By rule and time, newest first; what was ruled on or could not be removed is not there."""
    for number, name in enumerate(("vulgarity", "hate", "vulgarity", "vulgarity"), 1):
        one = draft(post(number, rule=name), opened_at=NOON + timedelta(hours=number))
        await store.write(lambda tx, one=one: tx.record(one))
    await rule(store, ruling(posts=(post(4),), removes=(4,)))

    def numbers(found: tuple[Dossier, ...]) -> list[int]:
        return [one.case.number for one in found]

    everything = await store.automatic_removals(GUILD, None, NOON, 10)
    assert numbers(everything) == [3, 2, 1]
    assert everything[0].intents == await store.intents(3)
    assert numbers(await store.automatic_removals(GUILD, "hate", NOON, 10)) == [2]
    assert numbers(await store.automatic_removals(GUILD, None, NOON, 2)) == [3, 2]
    late = NOON + timedelta(hours=3)
    assert numbers(await store.automatic_removals(GUILD, None, late, 10)) == [3]


async def test_posts_that_moderators_removed_are_the_members_history(store: Store) -> None:
    """Also confirmed ones; what Concord removed and nobody looked at is not."""
    await store.write(lambda tx: tx.record(draft(post(1))))
    confirmed = await store.write(lambda tx: tx.record(draft(post(2))))
    await rule(store, ruling(case=confirmed, removes=(2,)))

    found = await store.removals_of(GUILD, AUTHOR)

    assert [(one.author, one.post.message, one.post.channel) for one in found] == [
        (AUTHOR, 2, CHANNEL)
    ]
    assert isinstance(found[0], RemovedPost)
