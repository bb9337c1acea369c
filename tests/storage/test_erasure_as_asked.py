"""An erasure that was asked for takes what was there when it was asked, and nothing later."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.model.action import Action
from bot.model.intent import IntentDraft, IntentKind, IntentState
from bot.model.post import PostFile
from bot.model.ruling import RulingKind
from bot.ports import Store
from bot.storage.verifying import verify_chains
from tests.storage.samples import AUTHOR, CHANNEL, GUILD, NOON, days, draft, look, post, ruling

ASKED = NOON + days(1)
LATER = NOON + days(200)
FILE = PostFile(9, "offer.pdf", "https://cdn.example/9", 4_000, "application/pdf")


async def ask(store: Store, at: datetime = ASKED) -> None:
    """Have the author's words erased, as they ask for it."""
    await store.write(lambda tx: tx.ask_erasure(GUILD, AUTHOR, at))
    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, at))


async def kept_case(store: Store) -> int:
    """A case about one post that a moderator has let stand."""
    waiting = draft(post(1, action=Action.REVIEW), intents=())
    case = await store.write(lambda tx: tx.record(waiting))
    keep = ruling("kept", kind=RulingKind.KEPT, case=case, words="fine")
    await store.write(lambda tx: tx.rule(keep))
    return case


async def shown(store: Store, case: int, message: int, result: int) -> None:
    """Keep a post's files and have it done."""
    kind = IntentKind.EVIDENCE
    add = IntentDraft(kind, f"evidence:{message}", CHANNEL, message)
    await store.write(lambda tx: tx.add_intent(case, add, LATER))
    (intent,) = [one for one in await store.intents(case) if one.key == add.key]
    done = replace(intent, state=IntentState.DONE, outcome="written", result=result)
    await store.write(lambda tx: tx.settle(done, LATER))


async def test_what_comes_into_an_older_case_later_is_kept_its_time(store: Store) -> None:
    """A further post, what is written about it and its files: nobody asked for these to go."""
    case = await kept_case(store)
    await ask(store)
    new = replace(post(9, digest="n", text="a fresh offence"), at=LATER, files=(FILE,))
    fresh = ruling("new", at=LATER, posts=(new,), removes=(9, 1), words="to them", internal="to us")
    ruled = await store.write(lambda tx: tx.rule(fresh))
    await shown(store, case, 9, 901)

    redacting = await store.write(lambda tx: tx.expire(LATER + days(1), 90, 30))

    dossier = await store.dossier(case)
    assert ruled.case == case
    assert redacting == ()
    assert [one.parts for one in dossier.case.posts] == [(), new.parts]
    assert [(one.words, one.internal) for one in dossier.rulings] == [
        ("", ""),
        ("to them", "to us"),
    ]


async def test_an_edit_after_it_was_asked_is_kept_and_the_log_stays_sound(
    store: Store, database: Path
) -> None:
    """Of a case that waited, the version that stood there then goes, once it is decided."""
    waiting = draft(post(1, action=Action.REVIEW), intents=())
    case = await store.write(lambda tx: tx.record(waiting))
    await ask(store)
    edited = post(1, "second", Action.REMOVE, "what it says now")
    await store.write(lambda tx: tx.record(draft(edited, intents=(), opened_at=ASKED + days(1))))
    removing = ruling("r", case=case, removes=(1,), at=ASKED + days(2))
    await store.write(lambda tx: tx.rule(removing))
    await shown(store, case, 1, 901)

    await store.write(lambda tx: tx.expire(ASKED + days(3), 90, 30))

    assert look(database, "SELECT serial, text FROM post_parts") == [(2, "what it says now")]
    assert (await store.case(case)).posts[0].parts == edited.parts
    kinds = [one.kind for one in await store.intents(case)]
    assert IntentKind.REDACT not in kinds
    (chain,) = verify_chains(database)
    assert chain.is_sound
    assert chain.inspection.erased == ()


async def test_an_erasure_that_was_asked_for_is_forgotten_once_nothing_waits(
    store: Store, database: Path
) -> None:
    """Not while a case is open: its words are still to go."""
    case = await store.write(lambda tx: tx.record(draft(post(1, action=Action.REVIEW), intents=())))
    await ask(store)
    await store.write(lambda tx: tx.expire(ASKED, 90, 30))
    waiting = look(database, "SELECT count(*) FROM erasures_asked")
    await store.write(lambda tx: tx.rule(ruling("k", kind=RulingKind.KEPT, case=case)))

    await store.write(lambda tx: tx.expire(ASKED + days(1), 90, 30))

    assert waiting == [(1,)]
    assert (await store.case(case)).posts[0].parts == ()
    assert look(database, "SELECT count(*) FROM erasures_asked") == [(0,)]


async def test_messages_that_may_have_arrived_unseen_are_to_be_redacted_too(store: Store) -> None:
    """Nobody knows of them; they are looked for. What was never tried is not there."""
    case = await store.write(lambda tx: tx.record(draft()))
    ends = {
        IntentKind.DELETE: IntentState.DONE,
        IntentKind.NOTICE: IntentState.UNKNOWN,
        IntentKind.LOG: IntentState.FAILED,
    }
    add = IntentDraft(IntentKind.RESTORE, "restore:1", CHANNEL, 1)
    await store.write(lambda tx: tx.add_intent(case, add, NOON))
    for one in await store.intents(case):
        tried = one
        if one.kind in ends:
            tried = await store.write(lambda tx, one=one: tx.attempt(one, NOON))
        state = ends.get(one.kind, IntentState.DROPPED)
        over = replace(tried, state=state, outcome="given up")
        await store.write(lambda tx, over=over: tx.settle(over, NOON))

    redacting = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, ASKED))

    every = await store.intents(case)
    kinds = {one.id: one.kind for one in every}
    assert redacting == (case,)
    assert [kinds[one.target] for one in every if one.target] == [
        IntentKind.NOTICE,
        IntentKind.LOG,
    ]


async def test_a_quote_goes_when_it_is_asked_also_after_the_evidence_expired(store: Store) -> None:
    """It stood there as the member's own; asked for twice, it goes once."""
    ruled = await store.write(lambda tx: tx.rule(ruling(posts=(post(1),), removes=(1,))))
    add = IntentDraft(IntentKind.RESTORE, "restore:1", CHANNEL, 1)
    await store.write(lambda tx: tx.add_intent(ruled.case, add, NOON))
    (one,) = await store.intents(ruled.case)
    done = replace(one, state=IntentState.DONE, outcome="written", result=904)
    await store.write(lambda tx: tx.settle(done, NOON))
    expired = await store.write(lambda tx: tx.expire(LATER, 90, 30))
    before = await store.intents(ruled.case)

    asked = [await store.write(lambda tx: tx.forget(GUILD, AUTHOR, LATER)) for _ in range(2)]

    assert (expired, len(before)) == ((), 1)
    assert asked == [(ruled.case,), ()]
    (_, redaction) = await store.intents(ruled.case)
    assert (redaction.target, redaction.message) == (one.id, 904)
