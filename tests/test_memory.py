"""What a guild's memory holds, in which order, and for how long."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.memory import KEEP_REMOVED, GuildMemory
from bot.model.action import Action
from bot.model.decision import Decision
from bot.model.memory import Memory, RememberedPost
from bot.model.post import Part, Post, Surface
from bot.text.prepare import prepare
from tests.making import ADA, BEA, CYD, GENERAL, NOON, policy, post

KEEP = timedelta(hours=72)
REMOVED = Decision(Action.REMOVE)
SOON = 3600.0


def memory(keep: timedelta = KEEP, limit: int = 100) -> GuildMemory:
    """Return an empty memory."""
    return GuildMemory(keep, limit)


def at(minutes: float) -> datetime:
    """Return a time that many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def held(number: int, minutes: float, *, author: int = ADA, text: str = "hello") -> RememberedPost:
    """Return a post as it is remembered."""
    return RememberedPost(number, author, GENERAL, at(minutes), text)


def observe(one: GuildMemory, written: Post, decision: Decision | None = None) -> None:
    """Let a memory observe a post as the pipeline does."""
    screened, _ = prepare(written, policy().bounds, {})
    one.observe(screened, decision or Decision())


def ids(posts: object) -> list[int]:
    """Return the ids of posts, in their order."""
    return [each.id for each in posts]  # type: ignore[attr-defined]


def everything(one: GuildMemory) -> tuple[object, ...]:
    """Return all that a detector could learn from a memory."""
    late, ever = at(10**6), 10**9
    return (
        tuple(one.others(0, late, ever)),
        {author: tuple(one.recent(author, late, ever)) for author in (ADA, BEA, CYD)},
        {text: tuple(one.copies(text, late, ever)) for text in ("hello", "bye", "a b")},
        tuple(one.removed()),
    )


def test_it_is_a_memory() -> None:
    """The type checker agrees that detectors may be given it."""
    one: Memory = memory()

    assert one.sanctioned() == frozenset()


def test_posts_come_newest_first_and_by_author() -> None:
    """An author's own posts, and everybody else's."""
    one = memory()
    for number, author in ((1, ADA), (2, BEA), (3, ADA), (4, CYD)):
        one.remember(held(number, number, author=author))

    assert ids(one.recent(ADA, at(10), SOON)) == [3, 1]
    assert ids(one.others(ADA, at(10), SOON)) == [4, 2]


def test_a_look_back_is_bounded_by_time_on_both_sides() -> None:
    """Posts after the time are not seen, nor those before the window; the time itself is."""
    one = memory()
    for number in range(1, 6):
        one.remember(held(number, number))

    assert ids(one.recent(ADA, at(4), 120)) == [4, 3, 2]


def test_copies_are_found_by_their_letters() -> None:
    """Spacing, signs and numbers make no difference; another letter does."""
    one = memory()
    one.remember(held(1, 1, text="hello there"))
    one.remember(held(2, 2, text="hello, there 2!", author=BEA))
    one.remember(held(3, 3, text="hello where"))

    assert ids(one.copies("hellothere", at(9), SOON)) == [2, 1]


def test_a_new_version_replaces_the_old_one_and_keeps_its_time() -> None:
    """An edit is the same message at its first time, with its present words."""
    one = memory()
    observe(one, post("first words", at=at(1)))
    observe(one, post("between", at=at(2), author=BEA))
    observe(one, replace(post("other words", at=at(1)), edited_at=at(30)))

    (remembered,) = one.recent(ADA, at(60), 10 * SOON)
    assert (remembered.text, remembered.at) == ("other words", at(1))
    assert list(one.copies("first words", at(60), 10 * SOON)) == []


def test_an_edit_of_an_old_post_is_compared_with_what_came_before_its_first_time() -> None:
    """What others wrote between a post and its edit is not earlier than the post."""
    one = memory()
    old = post("first words", at=at(1))
    observe(one, old)
    observe(one, post("later words", at=at(2)))

    assert ids(one.recent(ADA, old.at, SOON)) == [old.id]


def test_a_version_that_arrives_late_changes_nothing() -> None:
    """Events may come out of order; the latest edit stands."""
    one = memory()
    written = post("as first written", at=at(1))
    observe(one, replace(written, parts=_text("second edit"), edited_at=at(9)))
    observe(one, replace(written, parts=_text("first edit"), edited_at=at(5)))
    observe(one, written)

    assert [each.text for each in one.recent(ADA, at(60), 10 * SOON)] == ["second edit"]


def _text(text: str) -> tuple[Part, ...]:
    return (Part(Surface.CONTENT, text),)


def test_posts_without_a_known_author_are_not_kept() -> None:
    """Lines that name nobody take no part in what is compared."""
    one = memory()
    observe(one, replace(post("hello"), remembered=False))

    assert everything(one) == everything(memory())


def test_only_the_authors_own_words_are_compared() -> None:
    """Quotes, previews and the post replied to are not what the author wrote."""
    parts = (
        Part(Surface.CONTENT, "> somebody said so\nI agree"),
        Part(Surface.REPLY, "the question"),
        Part(Surface.LINK_PREVIEW, "an article"),
        Part(Surface.FILE_NAME, "me.png"),
    )
    one = memory()
    observe(one, post(at=at(1), parts=parts))

    assert [each.text for each in one.recent(ADA, at(2), SOON)] == ["i agree"]


def test_a_long_text_is_remembered_by_its_head_and_tail() -> None:
    """Memory is bounded whatever is posted."""
    one = memory()
    observe(one, post("a" * 2000 + "z" * 2000, at=at(1)))

    (remembered,) = one.recent(ADA, at(2), SOON)
    assert len(remembered.text) == 1000
    assert set(remembered.text) == {"a", "z"}


def test_removed_posts_are_told_apart_and_a_restored_one_is_removed_no_more() -> None:
    """Only removals that stand count."""
    one = memory()
    bad, fine = post("bad words here", at=at(1)), post("fine words", at=at(2))
    observe(one, bad, REMOVED)
    observe(one, fine)
    assert ids(one.removed()) == [bad.id]

    one.restore(bad.id)

    assert list(one.removed()) == []
    assert [each.removed for each in one.recent(ADA, at(9), SOON)] == [False, False]


def test_removed_posts_are_held_longer_than_others() -> None:
    """A removed post can be compared with for as long as its fingerprint may be kept."""
    one = memory()
    observe(one, post("bad words", at=NOON), REMOVED)
    observe(one, post("hello", at=NOON + KEEP_REMOVED))

    assert len(list(one.recent(ADA, NOON + KEEP_REMOVED, 10**8))) == 1
    assert len(list(one.removed())) == 1

    observe(one, post("hello again", at=NOON + KEEP_REMOVED + timedelta(seconds=1)))
    assert list(one.removed()) == []


def test_a_removed_post_that_was_edited_fine_counts_as_removed_no_more() -> None:
    """The newest version decides."""
    one = memory()
    observe(one, post("bad words", at=at(1)), REMOVED)
    observe(one, replace(post("fine words", at=at(1)), edited_at=at(2)))

    assert list(one.removed()) == []


def test_a_message_that_its_author_deleted_is_forgotten() -> None:
    """Nobody repeats it, and nothing of it is left."""
    one = memory()
    written = post("hello", at=at(1))
    observe(one, written, REMOVED)

    one.forget_message(written.id)
    one.forget_message(4711)

    assert everything(one) == everything(memory())


def test_a_person_is_forgotten_altogether() -> None:
    """Erasing a person leaves other people's posts."""
    one = memory()
    observe(one, post("hello", at=at(1)), REMOVED)
    observe(one, post("hello", at=at(2), author=BEA))

    one.forget_author(ADA)

    assert [each.author for each in one.others(0, at(9), SOON)] == [BEA]
    assert list(one.removed()) == []


def test_removed_texts_and_names_can_be_told_to_it() -> None:
    """The events of ``screen`` inform later lines."""
    one = memory()
    one.add_removed_text("first")
    one.add_removed_text("second")
    one.add_removed_text("first")
    one.add_sanctioned("  Max   MUSTERMANN ")

    assert [(each.text, each.removed) for each in one.removed()] == [
        ("first", True),
        ("second", True),
    ]
    assert one.sanctioned() == {"max mustermann"}


@pytest.mark.parametrize("limit", [1, 3])
def test_told_texts_are_bounded_too(limit: int) -> None:
    """The oldest goes first."""
    one = memory(limit=limit)
    for number in range(5):
        one.add_removed_text(f"text {number}")

    assert [each.text for each in one.removed()] == [f"text {n}" for n in range(4, 4 - limit, -1)]


POSTS = st.lists(
    st.builds(
        held,
        st.integers(1, 40),
        st.integers(0, 300),
        author=st.sampled_from([ADA, BEA, CYD]),
        text=st.sampled_from(["hello", "bye", "a b", "ab", ""]),
    ),
    max_size=40,
    unique_by=lambda each: each.id,
)


@given(POSTS, st.integers(0, 2**32))
def test_the_order_of_loading_makes_no_difference(posts: list[RememberedPost], seed: int) -> None:
    """The same posts leave the same memory, with whatever was let go on the way."""
    keep, limit = timedelta(minutes=100), 10
    some, other = memory(keep, limit), memory(keep, limit)
    shuffled = posts[:]
    Random(seed).shuffle(shuffled)
    for each in posts:
        some.remember(each)
    for each in shuffled:
        other.remember(each)

    assert everything(some) == everything(other)


@given(POSTS)
def test_remembering_again_changes_nothing(posts: list[RememberedPost]) -> None:
    """A message is held once."""
    one = memory()
    for each in posts:
        one.remember(each)
    before = everything(one)
    for each in posts:
        one.remember(each)

    assert everything(one) == before


@given(POSTS)
def test_bounds_hold_after_every_post(posts: list[RememberedPost]) -> None:
    """Neither the count nor the age of what is held ever goes beyond its bound."""
    keep, limit = timedelta(minutes=100), 10
    one = memory(keep, limit)
    newest = NOON
    for each in posts:
        one.remember(each)
        newest = max(newest, each.at)
        now = list(one.others(0, at(10**6), 10**9))
        assert len(now) <= limit
        assert all(newest - post.at <= keep for post in now)


@given(POSTS, st.sets(st.integers(1, 40)))
def test_forgetting_leaves_no_trace(posts: list[RememberedPost], gone: set[int]) -> None:
    """What was forgotten might never have been there."""
    one, without = memory(), memory()
    for each in posts:
        one.remember(each)
        if each.id not in gone:
            without.remember(each)
    for message in gone:
        one.forget_message(message)

    assert everything(one) == everything(without)
