"""Moved posts are remembered once, found again, and forgotten when their time has come."""

from dataclasses import replace

from bot.model.move import Move, MoveDraft
from bot.ports import Store
from tests.storage.samples import AUTHOR, CHANNEL, GUILD, MODERATOR, NOON, days

TARGET = CHANNEL + 1


def draft(message: int = 1, **changes: object) -> MoveDraft:
    """A post of the author that a moderator moves at noon."""
    whole = MoveDraft(GUILD, message, AUTHOR, CHANNEL, TARGET, MODERATOR, NOON)
    return replace(whole, **changes)  # type: ignore[arg-type]


async def begun(store: Store, one: MoveDraft) -> Move:
    """Begin a move that was not there."""
    move, known = await store.write(lambda tx: tx.begin_move(one))
    assert not known
    return move


async def finish(store: Store, move: Move) -> None:
    """Have nothing left to be done about a move."""
    await store.write(lambda tx: tx.moved(move))


async def test_a_post_is_moved_once(store: Store) -> None:
    """Whoever begins it again gets what was begun, also to another board."""
    first = await begun(store, draft())

    again = await store.write(lambda tx: tx.begin_move(draft(target=99, by=7)))

    assert again == (first, True)
    assert first.draft == draft()
    assert (first.quote, first.done, first.erasing) == (None, False, False)


async def test_what_is_left_to_be_done_is_found_after_a_restart(store: Store) -> None:
    """Begun, or quoted and still standing; not what is done."""
    only_begun, quoted, finished = [await begun(store, draft(number)) for number in (1, 2, 3)]
    now = await store.write(lambda tx: tx.quoted(quoted, 902))
    await store.write(lambda tx: tx.quoted(finished, 903))
    await store.write(lambda tx: tx.moved(finished))

    assert now == replace(quoted, quote=902)
    assert await store.unfinished_moves() == (only_begun, now)
    assert await store.move_quoted_as(903) == replace(finished, quote=903, done=True)
    assert await store.move_quoted_as(904) is None


async def test_a_move_that_is_dropped_is_begun_anew_under_another_mark(store: Store) -> None:
    """Else Discord would take the new quote for the old one."""
    first = await begun(store, draft())
    await store.write(lambda tx: tx.drop_move(first))

    second = await begun(store, draft())

    assert first.nonce("quote") != second.nonce("quote")
    assert len(second.nonce("quote")) <= 25
    assert await store.write(lambda tx: tx.quoted(first, 1)) is None


async def test_an_erasure_has_the_quotes_of_its_guild_taken_away(store: Store) -> None:
    """Nobody else's, and none elsewhere."""
    own = await begun(store, draft(1))
    other = await begun(store, draft(2, author=AUTHOR + 1))
    elsewhere = await begun(store, draft(3, guild=GUILD + 1))
    for one in (own, other, elsewhere):
        await finish(store, one)

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert await store.unfinished_moves() == (replace(own, done=True, erasing=True),)
    assert await store.moves_of(GUILD + 1, AUTHOR) == (replace(elsewhere, done=True),)


async def test_moves_are_forgotten_after_the_days_of_evidence(store: Store) -> None:
    """But for quotes that are still to go."""
    going, kept = await begun(store, draft(1)), await begun(store, draft(2, author=AUTHOR + 1))
    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    await store.write(lambda tx: tx.expire(NOON + days(89), 90, 30))
    before = await store.moves_of(GUILD, AUTHOR + 1)
    await store.write(lambda tx: tx.expire(NOON + days(90), 90, 30))

    assert before == (kept,)
    assert await store.moves_of(GUILD, AUTHOR + 1) == ()
    assert await store.moves_of(GUILD, AUTHOR) == (replace(going, erasing=True),)


async def test_whose_posts_a_moderator_moved_lately_is_counted_once(store: Store) -> None:
    """By member, as decisions are."""
    for number, author in ((1, 5), (2, 5), (3, 6)):
        await begun(store, draft(number, author=author, at=NOON + days(1)))
    await begun(store, draft(4, author=7))
    await begun(store, draft(5, author=8, by=MODERATOR + 1, at=NOON + days(1)))

    assert await store.members_moved(GUILD, MODERATOR, NOON) == {5, 6}
