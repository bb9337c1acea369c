"""One guild's desk: judges in order, commits before it tells, and never judges a version twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import desk as desk_module
from bot.desk import TOO_OLD, Desk
from bot.model.action import Action
from bot.model.case import Case
from bot.model.community import Community
from bot.model.intent import IntentKind
from bot.model.mode import Mode, Posture
from bot.model.post import AuthorKind, Part, Post, Surface
from bot.ports import Store
from bot.storage import open_store
from tests.fakes import FakeClock, later
from tests.making import (
    ART,
    BEA,
    GENERAL,
    GUILD,
    NOON,
    VERSIONS,
    community,
    failing_detector,
    post,
    screener,
    word_detector,
)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh database."""
    async with open_store(tmp_path / "concord.sqlite3") as one:
        yield one


def desk_of(store: Store, clock: FakeClock | None = None, whole: Community | None = None) -> Desk:
    """Return a fresh desk."""
    one = screener(failing_detector("hate", "boom"))
    return Desk(GUILD, whole or community(), one, store, clock or FakeClock(), VERSIONS)


async def cases(store: Store) -> list[Case]:
    """Return all cases, oldest first."""
    return list(reversed(await store.cases(GUILD, 100)))


async def kinds(store: Store, case: int) -> list[IntentKind]:
    """Return the kinds of a case's intents."""
    return [one.kind for one in await store.intents(case)]


async def test_what_is_decided_is_committed_with_its_intents_and_its_place(store: Store) -> None:
    """Case, intents and how far the channel has been judged, in one."""
    one = post("a bad post")
    assert await desk_of(store).judge([one]) == (1,)

    (case,) = await cases(store)
    assert case.action is Action.REMOVE
    assert case.posts[0].message == one.id
    assert await kinds(store, 1) == [IntentKind.DELETE, IntentKind.NOTICE, IntentKind.LOG]
    assert await store.judged_until(GUILD) == {GENERAL: one.id}


async def test_a_post_without_a_finding_leaves_nothing_but_how_far_it_got(store: Store) -> None:
    """Its words are not stored."""
    one = post("hello")
    assert await desk_of(store).judge([one]) == ()
    assert await cases(store) == []
    assert await store.judged_until(GUILD) == {GENERAL: one.id}


async def test_each_channel_has_its_own_place(store: Store) -> None:
    """The highest message judged there."""
    posts = [
        post("a", number=3),
        post("b", number=5, channel=ART, board="art"),
        post("c", number=4),
    ]
    await desk_of(store).judge(posts)
    assert await store.judged_until(GUILD) == {GENERAL: posts[2].id, ART: posts[1].id}


async def test_a_note_is_stored_and_opens_no_case(store: Store) -> None:
    """Once, also when it is judged by two desks."""
    one = post("meh")
    for _ in range(2):
        assert await desk_of(store).judge([one]) == ()
    (noted,) = await store.observations(GUILD, NOON - HOUR, 10)
    assert (noted.message, noted.finding.action) == (one.id, Action.NOTE)


async def test_the_same_version_is_judged_once(store: Store) -> None:
    """Neither by the same desk nor, once committed, by another."""
    one = post("a bad post")
    first = desk_of(store)
    assert await first.judge([one, one]) == (1,)
    assert await first.judge([one]) == ()
    await desk_of(store).judge([one])

    (case,) = await cases(store)
    assert len(case.posts) == 1
    assert case.version == 1
    assert len(await store.intents(1)) == 3


async def test_an_edit_is_judged_as_a_further_version_of_the_same_case(store: Store) -> None:
    """From a question to a removal: the post goes, its author is told, the line is updated."""
    one = post("an iffy post")
    desk = desk_of(store)
    await desk.judge([one])
    await desk.judge([later(one, "a bad post", NOON + MINUTE)])

    (case,) = await cases(store)
    assert case.action is Action.REMOVE
    assert case.posts[0].parts[0].text == "a bad post"
    assert await kinds(store, 1) == [
        IntentKind.LOG,
        IntentKind.DELETE,
        IntentKind.NOTICE,
        IntentKind.LOG_EDIT,
    ]


async def test_an_edit_that_mends_a_post_does_not_undo_its_case(store: Store) -> None:
    """What was seen stays on record."""
    one = post("a bad post")
    desk = desk_of(store)
    await desk.judge([one])
    assert await desk.judge([later(one, "a fine post", NOON + MINUTE)]) == ()
    (case,) = await cases(store)
    assert case.posts[0].parts[0].text == "a bad post"


@pytest.mark.parametrize(
    ("apart", "together"),
    [(SECOND, True), (2 * MINUTE, True), (2 * MINUTE + SECOND, False)],
)
@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("pause", [timedelta(), 50 * MINUTE])
async def test_a_burst_is_one_case_by_the_times_of_its_posts_alone(
    store: Store, apart: timedelta, pause: timedelta, *, together: bool, restarts: bool
) -> None:
    """Whenever they are judged, and by whichever desk; one notice."""
    clock = FakeClock(NOON + apart)
    desk = desk_of(store, clock)
    await desk.judge([post("a bad post")])
    clock.advance(pause)
    if restarts:
        desk = desk_of(store, clock)
    await desk.judge([post("another bad post", at=NOON + apart)])

    found = await cases(store)
    assert len(found) == (1 if together else 2)
    notices = [kind for case in found for kind in await kinds(store, case.id)]
    assert notices.count(IntentKind.NOTICE) == len(found)
    assert notices.count(IntentKind.DELETE) == 2


async def test_a_burst_judged_in_one_go_is_one_case(store: Store) -> None:
    """Also with posts of others in between."""
    posts = [
        post("a bad post", at=NOON),
        post("a bad post by another", at=NOON + SECOND, author=BEA),
        post("a second bad post", at=NOON + 2 * SECOND),
        post("a third bad post", at=NOON + 3 * SECOND),
    ]
    assert await desk_of(store).judge(posts) == (1, 2)
    assert [len(case.posts) for case in await cases(store)] == [3, 1]


async def test_repeats_are_one_case_from_the_first_that_was_asked_about(store: Store) -> None:
    """Removals hours apart are told each; those within two minutes together."""
    repeats = screener(word_detector("spam-repeat", {"copy": 0.6, "clone": 0.99}))
    desk = Desk(GUILD, community(), repeats, store, FakeClock(NOON + 3 * HOUR), VERSIONS)
    asked = post("a copy", at=NOON + HOUR)
    times = [2 * HOUR, 3 * HOUR, 3 * HOUR + SECOND]
    gone = [post(f"a clone, {number}", at=NOON + at) for number, at in enumerate(times)]
    await desk.judge([asked, *gone])

    (case,) = await cases(store)
    assert [one.action for one in case.posts] == [Action.REVIEW] + [Action.REMOVE] * 3
    keys = [one.key for one in await store.intents(1) if one.kind is IntentKind.NOTICE]
    assert keys == ["notice", f"notice:{gone[1].id}"]


async def test_a_question_in_between_does_not_break_a_burst(store: Store) -> None:
    """The author still gets one notice."""
    posts = [
        post("a bad post", at=NOON),
        post("an iffy post", at=NOON + SECOND),
        post("a second bad post", at=NOON + 2 * SECOND),
    ]
    await desk_of(store).judge(posts)
    found = await cases(store)
    assert [len(case.posts) for case in found] == [2, 1]
    every = [kind for case in found for kind in await kinds(store, case.id)]
    assert every.count(IntentKind.NOTICE) == 1


async def test_other_rules_and_other_people_are_other_cases(store: Store) -> None:
    """A burst is one author's, by one rule."""
    posts = [
        post("a bad post", at=NOON),
        post("hire me", at=NOON + SECOND),
        post("a bad post", at=NOON + 2 * SECOND, author=BEA),
    ]
    await desk_of(store).judge(posts)
    assert len(await cases(store)) == 3


@pytest.mark.parametrize(
    ("age", "action"),
    [(HOUR, Action.REMOVE), (HOUR + SECOND, Action.REVIEW), (20 * HOUR, Action.REVIEW)],
)
async def test_what_is_older_than_an_hour_is_never_removed_by_itself(
    store: Store, age: timedelta, action: Action
) -> None:
    """A moderator is asked, and told why."""
    await desk_of(store, FakeClock(NOON + age)).judge([post("a bad post")])
    (case,) = await cases(store)
    assert case.action is action
    assert case.posts[0].findings[0].because == (None if action is Action.REMOVE else TOO_OLD)


async def test_the_age_of_an_edited_post_is_that_of_its_edit(store: Store) -> None:
    """Who edits an old post writes now."""
    edited = later(post("hello"), "a bad post", NOON + 9 * HOUR)
    await desk_of(store, FakeClock(NOON + 9 * HOUR)).judge([edited])
    (case,) = await cases(store)
    assert case.action is Action.REMOVE


async def test_posts_of_staff_are_noted_at_most(store: Store) -> None:
    """No case, an observation."""
    assert await desk_of(store).judge([post("a bad post", kind=AuthorKind.STAFF)]) == ()
    (noted,) = await store.observations(GUILD, NOON - HOUR, 10)
    assert noted.finding.because == "posts of staff are noted at most"


async def test_before_an_admin_has_chosen_a_posture_everything_is_an_observation(
    store: Store,
) -> None:
    """Nobody is asked and nothing is removed."""
    desk = desk_of(store, whole=community(posture=None, modes={"vulgarity": Mode.ENFORCE}))
    assert await desk.judge([post("a bad post")]) == ()
    assert len(await store.observations(GUILD, NOON - HOUR, 10)) == 1


async def test_under_the_posture_ask_nothing_is_removed(store: Store) -> None:
    """A moderator is asked about what would have gone."""
    await desk_of(store, whole=community(posture=Posture.ASK)).judge([post("a bad post")])
    (case,) = await cases(store)
    assert case.action is Action.REVIEW
    assert await kinds(store, case.id) == [IntentKind.LOG]


async def test_an_exception_holds_where_it_is_given_and_nowhere_else(store: Store) -> None:
    """Painters may offer their work on the painters' board."""
    painter = frozenset({"Painters"})
    at_home = post("hire me", channel=ART, board="art", groups=painter)
    elsewhere = post("hire me", number=1, groups=painter)
    assert await desk_of(store).judge([at_home, elsewhere]) == (1,)
    (case,) = await cases(store)
    assert case.posts[0].message == elsewhere.id


@pytest.mark.parametrize("surface", [Surface.LINK_PREVIEW, Surface.FORWARD, Surface.REPLY])
async def test_borrowed_words_only_ask(store: Store, surface: Surface) -> None:
    """Somebody else's words remove nobody's post."""
    await desk_of(store).judge([post(parts=(Part(surface, "a bad page"),))])
    (case,) = await cases(store)
    assert case.action is Action.REVIEW


async def test_a_failing_detector_is_logged_and_caps_the_case(store: Store) -> None:
    """Whoever runs the bot can see which rule failed; no words of the post are logged."""
    with capture_logs() as logs:
        await desk_of(store).judge([post("boom, a bad post"), post("boom", number=1)])

    (case,) = await cases(store)
    assert case.action is Action.REVIEW
    assert case.posts[0].degraded
    told = [line for line in logs if line["event"] == "a post was not looked at whole"]
    assert [(line["what"], line["detail"]) for line in told] == [("hate", "RuntimeError")] * 2
    assert "boom" not in repr(logs)


async def test_an_author_who_deletes_a_post_has_not_repeated_it(store: Store) -> None:
    """What is gone is not compared with."""
    desk = desk_of(store)
    copies = [post("buy this now", number=n) for n in range(3)]
    await desk.judge(copies[:2])
    await desk.depart([copies[0].id, 4711])
    assert await desk.judge(copies[2:]) == ()


async def test_an_erased_authors_posts_are_not_compared_with(store: Store) -> None:
    """Also those that were removed; others' stay."""
    desk = desk_of(store)
    copies = [post("buy this now", number=n) for n in range(3)]
    await desk.judge(copies[:2])

    desk.forget(BEA)
    desk.forget(copies[0].author)

    assert await desk.judge(copies[2:]) == ()


async def test_what_concord_removed_stays_remembered(store: Store) -> None:
    """Its deletion comes back as an event like any other."""
    desk = desk_of(store)
    copies = [post("buy this now", number=n, at=NOON + n * HOUR) for n in range(4)]
    clock = FakeClock(NOON + 3 * HOUR)
    desk = desk_of(store, clock)
    for one in copies[:3]:
        await desk.judge([replace(one, edited_at=clock.now())])
    await desk.depart([copies[2].id])
    await desk.depart([copies[0].id])
    await desk.judge([replace(copies[3], edited_at=clock.now())])

    [case] = await cases(store)
    assert [one.message for one in case.posts] == [copies[2].id, copies[3].id]


async def test_the_deletion_of_a_post_that_moderators_were_asked_about_is_kept(
    store: Store,
) -> None:
    """It is not remembered for comparison, and its case stands."""
    desk = desk_of(store)
    one = post("an iffy post")
    await desk.judge([one])
    await desk.depart([one.id])
    assert [case.posts[0].message for case in await cases(store)] == [one.id]


async def test_without_a_log_channel_there_is_no_line(store: Store) -> None:
    """The case itself is committed all the same."""
    await desk_of(store, whole=community(log=None)).judge([post("a bad post")])
    assert await kinds(store, 1) == [IntentKind.DELETE, IntentKind.NOTICE]


async def test_recalling_has_no_effect_but_memory(store: Store) -> None:
    """Nothing is committed; a third copy is found."""
    desk = desk_of(store)
    copies = [post("buy this now", number=n) for n in range(3)]
    for one in copies[:2]:
        desk.recall(one, removed=False)
    desk.recall(post("a bad post", number=7), removed=True)
    assert await cases(store) == []
    assert await store.judged_until(GUILD) == {}
    assert await desk.judge(copies[:2]) == ()
    assert await desk.judge(copies[2:]) == (1,)


async def test_a_desk_knows_what_it_has_seen_and_what_it_overlooked(store: Store) -> None:
    """Of what was written since it began, and of versions of what it knows."""
    desk = desk_of(store)
    seen = post("hello", number=1)
    await desk.judge([seen])
    assert not desk.overlooked(seen)
    assert desk.overlooked(later(seen, "hello again", NOON + MINUTE))
    assert desk.overlooked(post("hello", number=2))
    assert not desk.overlooked(post("hello", at=NOON - SECOND))


async def test_what_a_desk_no_longer_knows_is_judged_again_without_harm(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its memory of versions is bounded; no case is doubled, and nothing counts as overlooked."""
    monkeypatch.setattr(desk_module, "KNOWN", 2)
    desk = desk_of(store)
    posts: list[Post] = [post(f"a bad post {n}", number=n, author=600 + n) for n in range(4)]
    await desk.judge(posts)
    await desk.judge(posts[:1])

    assert len(await cases(store)) == 4
    assert len(await store.intents(1)) == 3
    assert not any(desk.overlooked(one) for one in posts)
