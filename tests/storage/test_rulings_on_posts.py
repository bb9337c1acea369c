"""What rulings make of posts and of what was found in them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.dossier import Dossier
from bot.model.ruling import RulingKind
from bot.ports import RemovedPost, Store
from tests.storage.deciding import dossier, rule
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
)


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
