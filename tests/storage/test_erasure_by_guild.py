"""Whose words are erased where: one guild's erasure is no other's, and none reaches ahead."""

from dataclasses import replace

from bot.model.action import Action
from bot.model.ruling import RulingKind
from bot.ports import RulingDraft, Store
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    NOON,
    days,
    draft,
    observation,
    post,
    ruling,
)


def wordy(key: str = "order:1", **changes: object) -> RulingDraft:
    """A decision about a post, with words."""
    return ruling(key, **{"posts": (post(1),), "removes": (1,), "words": "to them", **changes})


async def test_other_guilds_keep_what_was_asked_for_on_one(store: Store) -> None:
    """Neither posts, notes, observations and drafts there, nor what is decided there later."""
    there = await store.write(lambda tx: tx.rule(wordy(guild=GUILD + 1)))
    waiting = draft(post(2, action=Action.REVIEW), guild=GUILD + 1, intents=())
    open_there = await store.write(lambda tx: tx.record(waiting))
    noted = replace(observation(3), guild=GUILD + 1)
    await store.write(lambda tx: tx.observe(noted))
    kept = await store.write(
        lambda tx: tx.keep(GUILD + 1, AUTHOR, "draft", "{}", NOON, NOON + days(9))
    )
    before = await store.dossier(there.case)

    await store.write(lambda tx: tx.ask_erasure(GUILD, AUTHOR, NOON + days(1)))
    working = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON + days(1)))
    keep = wordy("kept", guild=GUILD + 1, case=open_there, posts=(), removes=())
    await store.write(lambda tx: tx.rule(replace(keep, kind=RulingKind.KEPT)))
    later = await store.write(lambda tx: tx.expire(NOON + days(2), 90, 30))

    assert (working, later) == ((), ())
    assert await store.dossier(there.case) == before
    assert (await store.case(open_there)).posts[0].parts == post().parts
    assert (await store.dossier(open_there)).rulings[0].words == "to them"
    assert len(await store.observations(GUILD + 1, NOON, 9)) == 1
    assert await store.keepsake(kept) is not None


async def test_what_happens_after_an_erasure_was_asked_for_is_not_meant(store: Store) -> None:
    """Unless it is asked for again: then that, too."""
    await store.write(lambda tx: tx.ask_erasure(GUILD, AUTHOR, NOON))
    done = await store.write(lambda tx: tx.rule(wordy()))
    await store.write(lambda tx: tx.expire(NOON + days(1), 90, 30))
    words = (await store.dossier(done.case)).rulings[0].words
    await store.write(lambda tx: tx.ask_erasure(GUILD, AUTHOR, NOON + days(2)))

    await store.write(lambda tx: tx.expire(NOON + days(2), 90, 30))

    assert words == "to them"
    assert (await store.dossier(done.case)).rulings[0].words == ""
