"""What moderators were shown and may still press holds no erased word either."""

from pathlib import Path

import pytest

from bot.keepsakes import Purpose, to_text
from bot.model.action import Action
from bot.model.ruling import RulingKind
from bot.ports import CaseQuery, Store
from bot.storage.backups import back_up
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    MODERATOR,
    NOON,
    days,
    draft,
    post,
    ruling,
)
from tests.storage.test_erasure import MARKER, files_with

UNTIL = NOON + days(365)
ELSEWHERE = GUILD + 1


async def keep(store: Store, purpose: Purpose, text: str, guild: int = GUILD) -> int:
    """Keep something for a moderator."""
    return await store.write(lambda tx: tx.keep(guild, MODERATOR, purpose, text, NOON, UNTIL))


async def search(store: Store, text: str = "", guild: int = GUILD, **looked_for: object) -> int:
    """Keep a search."""
    return await keep(
        store, Purpose.LISTING, to_text(CaseQuery(guild, text=text, **looked_for)), guild
    )


async def there(store: Store, *kept: int) -> list[bool]:
    """Which of these are still there."""
    return [await store.keepsake(one) is not None for one in kept]


async def test_searches_for_words_go_when_somebody_is_forgotten(store: Store) -> None:
    """Nobody can tell whose words they are; searches without words and of other servers stay."""
    kept = [
        await search(store, "rude"),
        await search(store, rule='"text":""'),
        await search(store, "rude", ELSEWHERE),
        await keep(store, Purpose.LISTING, "of an older version"),
        await keep(store, Purpose.DRAFT, '{"text":"rude"}'),
    ]

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert await there(store, *kept) == [False, True, True, False, True]


async def test_searches_for_words_go_when_evidence_has_been_kept_long_enough(
    store: Store,
) -> None:
    """A day on which nothing was erased leaves them."""
    await store.write(lambda tx: tx.record(draft(intents=())))
    kept = await search(store, "rude")
    await store.write(lambda tx: tx.expire(NOON + days(89), 90, 30))
    before = await there(store, kept)

    await store.write(lambda tx: tx.expire(NOON + days(91), 90, 30))

    assert before == [True]
    assert await there(store, kept) == [False]


async def test_drafts_that_hold_an_erased_post_go(store: Store) -> None:
    """A draft about another post of the same member stays where nobody was forgotten."""
    await store.write(lambda tx: tx.record(draft(post(7001), intents=())))
    kept = [
        await keep(store, Purpose.DRAFT, f'{{"message":{message},"text":"words"}}')
        for message in (7001, 7002)
    ]

    await store.write(lambda tx: tx.expire(NOON + days(91), 90, 30))

    assert await there(store, *kept) == [False, True]


@pytest.mark.parametrize("kind", [RulingKind.DECIDED, RulingKind.EDITED])
async def test_a_ruling_that_keeps_nothing_of_a_post_leaves_no_word_in_any_file(
    store: Store, database: Path, kind: RulingKind
) -> None:
    """Of a post that may show a child: not in the log of the database, nor in copies or drafts."""
    text = f"{MARKER} " * 700
    case = await store.write(
        lambda tx: tx.record(draft(post(7001, text=text, action=Action.REVIEW)))
    )
    await search(store, MARKER)
    await keep(store, Purpose.DRAFT, f'{{"message":7001,"text":"{MARKER}"}}')
    back_up(database, "0002")
    assert len(files_with(MARKER, database.parent)) >= 2

    await store.write(
        lambda tx: tx.rule(ruling(kind=kind, case=case, rule="minor-safety", removes=(7001,)))
    )

    assert files_with(MARKER, database.parent) == set()


async def test_a_ruling_that_had_nothing_to_drop_leaves_searches_and_copies(
    store: Store, database: Path
) -> None:
    """Of most such posts nothing was ever kept."""
    kept = await search(store, "rude")
    copy = back_up(database, "0002")

    await store.write(lambda tx: tx.rule(ruling(rule="minor-safety")))

    assert await there(store, kept) == [True]
    assert copy.exists()
