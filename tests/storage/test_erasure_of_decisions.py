"""Forgetting what was written in decisions: words go, decisions stay, our messages are redacted.

The ways in which words may have to wait are many, which is why this file is long.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.post import PostFile
from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind, SanctionState
from bot.ports import RulingDraft, Store
from tests.storage.samples import (
    AUTHOR,
    CHANNEL,
    GUILD,
    MODERATOR,
    NOON,
    days,
    draft,
    post,
    ruling,
    timeout,
)

FILE = PostFile(9, "offer.pdf", "https://cdn.example/9", 4_000, "application/pdf")
WARNING = SanctionDraft(SanctionKind.WARNING, points=2, points_until=NOON + days(200))
SHOWN = {
    IntentKind.NOTICE: 901,
    IntentKind.LOG: 902,
    IntentKind.EVIDENCE: 903,
    IntentKind.RESTORE: 904,
    IntentKind.PUBLIC_LOG: 905,
    IntentKind.LOG_EDIT: 902,
}
"""Messages of ours, by the intent that made or changed them."""


def wordy(key: str = "order:1", **changes: object) -> RulingDraft:
    """A decision with words in every place."""
    return ruling(
        key,
        **{
            "posts": (replace(post(1), files=(FILE,)),),
            "removes": (1,),
            "words": "to them",
            "internal": "to us",
            "because": "instead",
            "sanctions": (WARNING,),
            "changes": (Change("words", "before", "after"),),
            **changes,
        },
    )


async def decide(store: Store, wanted: RulingDraft) -> int:
    """Commit a decision whose messages have all been written, and return its case."""
    done = await store.write(lambda tx: tx.rule(wanted))
    for kind in SHOWN:
        add = IntentDraft(kind, f"{kind}:1", CHANNEL, user=AUTHOR, ruling=done.ruling)
        await store.write(lambda tx, add=add: tx.add_intent(done.case, add, NOON))
    for intent in await store.intents(done.case):
        if intent.kind in SHOWN:
            await settle(store, intent, result=SHOWN[intent.kind])
    return done.case


async def settle(
    store: Store, intent: Intent, state: IntentState = IntentState.DONE, result: int | None = None
) -> None:
    """Settle an intent."""
    done = replace(intent, state=state, result=result)
    await store.write(lambda tx: tx.settle(done, NOON))


async def rulings(store: Store, case: int) -> tuple[Ruling, ...]:
    """The rulings of a case."""
    return (await store.dossier(case)).rulings


async def redactions(store: Store, case: int) -> dict[IntentKind, Intent]:
    """The redactions of a case that are to be carried out, by the kind they are about."""
    intents = {one.id: one for one in await store.intents(case)}
    return {
        intents[one.target].kind: one
        for one in intents.values()
        if one.kind is IntentKind.REDACT and one.state is IntentState.PENDING
    }


def silenced(one: Ruling) -> Ruling:
    """A ruling without its words."""
    changes = tuple(Change(change.what, "", "") for change in one.changes)
    return replace(one, words="", internal="", because="", changes=changes)


async def test_forgetting_silences_decisions_and_keeps_them(store: Store) -> None:
    """The sanction stays with its points and its rule; who decided stays."""
    case = await decide(store, wordy())
    before = await store.dossier(case)

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    after = await store.dossier(case)
    assert after.rulings == tuple(silenced(one) for one in before.rulings)
    assert after.sanctions == before.sanctions
    assert after.sanctions[0].points_at(NOON + days(199)) == 2
    assert after.case.posts == (replace(before.case.posts[0], parts=(), files=(), erased=True),)
    assert after.case.version == before.case.version + 1


async def test_every_message_of_ours_with_erased_words_is_redacted(store: Store) -> None:
    """Notice, line, files and quote; the public log has no names, and an edit is its line's."""
    case = await decide(store, wordy())

    working = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON + days(1)))

    found = await redactions(store, case)
    assert working == (case,)
    assert set(found) == {
        IntentKind.NOTICE,
        IntentKind.LOG,
        IntentKind.EVIDENCE,
        IntentKind.RESTORE,
    }
    for kind, one in found.items():
        assert (one.message, one.user, one.channel) == (SHOWN[kind], AUTHOR, CHANNEL)
        assert (one.key, one.not_before) == (f"redact:{one.target}", NOON + days(1))
    assert {one.case for one in await store.unsettled()} == {case}


async def test_forgetting_again_asks_for_nothing_again(store: Store) -> None:
    """Unless there are words again: then every message is looked at again."""
    case = await decide(store, wordy())
    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
    for one in (await redactions(store, case)).values():
        await settle(store, one)

    again = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
    await store.write(lambda tx: tx.rule(wordy("more", case=case, posts=(), removes=())))
    anew = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert (again, anew) == ((), (case,))
    assert len(await redactions(store, case)) == 4


@pytest.mark.parametrize(
    ("state", "result", "is_redacted"),
    [
        (IntentState.DONE, 5, True),
        # still to be sent, or perhaps sent: its redaction waits for it
        (IntentState.PENDING, None, True),
        (IntentState.ATTEMPTED, None, True),
        # there is no message
        (IntentState.DONE, None, False),
        (IntentState.FAILED, None, False),
        (IntentState.DROPPED, None, False),
        # nobody knows which message it is
        (IntentState.UNKNOWN, None, False),
    ],
)
async def test_what_was_never_written_needs_no_redaction(
    store: Store, state: IntentState, result: int | None, is_redacted: bool
) -> None:
    """And what is still to be written does."""
    done = await store.write(lambda tx: tx.rule(wordy()))
    add = IntentDraft(IntentKind.NOTICE, "notice:ruling:1", user=AUTHOR)
    await store.write(lambda tx: tx.add_intent(done.case, add, NOON))
    (notice,) = await store.intents(done.case)
    if state is IntentState.ATTEMPTED:
        await store.write(lambda tx: tx.attempt(notice, NOON))
    elif state is not IntentState.PENDING:
        await settle(store, notice, state, result)

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert (IntentKind.NOTICE in await redactions(store, done.case)) == is_redacted


async def test_words_about_others_stay(store: Store) -> None:
    """Also what the person wrote about others as a moderator: that is the others' record."""
    theirs = await decide(store, wordy(subject=AUTHOR + 1, by=AUTHOR, posts=(), removes=()))
    before = await store.dossier(theirs)
    text = '{"subject": 777}'
    kept = await store.write(
        lambda tx: tx.keep(GUILD, MODERATOR, "draft", text, NOON, NOON + days(1))
    )

    working = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert working == ()
    assert await store.dossier(theirs) == before
    assert await store.keepsake(kept) is not None


async def test_drafts_by_and_about_a_person_go(store: Store) -> None:
    """A draft's text names whom it is about."""
    until = NOON + days(1)
    about = f'{{"subject": {AUTHOR}, "words": "rude"}}'
    ids = [
        await store.write(
            lambda tx, user=user, text=text: tx.keep(GUILD, user, "draft", text, NOON, until)
        )
        for user, text in ((MODERATOR, about), (AUTHOR, "{}"), (MODERATOR, "{}"))
    ]

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert [await store.keepsake(one) is None for one in ids] == [True, True, False]


async def test_a_case_that_waits_for_a_moderator_keeps_its_words_until_it_is_decided(
    store: Store,
) -> None:
    """Then the next expiry erases them, without being asked again; others' stay.

    What a moderator wrote when they decided was not there to be erased: it stays its own time.
    """
    waiting = draft(post(1, action=Action.REVIEW), intents=())
    case = await store.write(lambda tx: tx.record(waiting))
    other = draft(post(2), author=AUTHOR + 1, intents=())
    others = await store.write(lambda tx: tx.record(other))
    for _ in range(2):
        await store.write(lambda tx: tx.ask_erasure(GUILD, AUTHOR, NOON))
        await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
        await store.write(lambda tx: tx.expire(NOON, 90, 30))
    asked = (await store.case(case)).posts[0].parts

    await store.write(
        lambda tx: tx.rule(wordy(case=case, posts=(), kind=RulingKind.KEPT, removes=()))
    )
    await store.write(lambda tx: tx.expire(NOON + days(1), 90, 30))

    assert asked == post().parts
    assert (await store.case(case)).posts[0].parts == ()
    assert (await rulings(store, case))[0].words == "to them"
    assert (await store.case(others)).posts[0].parts != ()


async def test_what_has_to_be_told_first_is_told_before_it_is_erased(store: Store) -> None:
    """An erasure that was asked for waits for the notice of the decision."""
    done = await store.write(lambda tx: tx.rule(wordy()))
    await store.write(lambda tx: tx.ask_erasure(GUILD, AUTHOR, NOON + days(1)))
    add = IntentDraft(IntentKind.NOTICE, "notice:ruling:1", user=AUTHOR)
    await store.write(lambda tx: tx.add_intent(done.case, add, NOON))
    await store.write(lambda tx: tx.expire(NOON + days(1), 90, 30))
    before = (await rulings(store, done.case))[0].words
    (notice,) = await store.intents(done.case)
    await settle(store, notice, result=5)

    working = await store.write(lambda tx: tx.expire(NOON + days(2), 90, 30))

    assert before == "to them"
    assert (await rulings(store, done.case))[0].words == ""
    assert working == (done.case,)


async def test_evidence_and_words_go_after_their_days(store: Store) -> None:
    """Files and notes with the posts; the quote that was given back is the member's own again."""
    case = await decide(store, wordy())
    closed = NOON + timedelta(minutes=5)
    day_before = closed + days(90) - timedelta(microseconds=1)
    early = await store.write(lambda tx: tx.expire(day_before, 90, 30))

    late = await store.write(lambda tx: tx.expire(closed + days(90), 90, 30))

    assert (early, late) == ((), (case,))
    held = await store.dossier(case)
    assert (held.case.posts[0].parts, held.case.posts[0].files) == ((), ())
    assert held.rulings == tuple(silenced(one) for one in held.rulings)
    assert set(await redactions(store, case)) == {
        IntentKind.NOTICE,
        IntentKind.LOG,
        IntentKind.EVIDENCE,
    }


async def test_a_later_decision_keeps_the_evidence_for_its_days(store: Store) -> None:
    """Whoever looks at a case again can read it again."""
    case = await decide(store, wordy())
    note = ruling("note", kind=RulingKind.NOTED, case=case, at=NOON + days(80), closes=False)
    await store.write(lambda tx: tx.rule(note))

    await store.write(lambda tx: tx.expire(NOON + days(169), 90, 30))
    kept = (await store.case(case)).posts[0].parts
    await store.write(lambda tx: tx.expire(NOON + days(171), 90, 30))

    assert kept == post().parts
    assert (await store.case(case)).posts[0].parts == ()


@pytest.mark.parametrize(
    ("sanction", "words"),
    [
        # somebody must be able to read why
        (SanctionDraft(SanctionKind.BAN), "to us"),
        (timeout(24 * 365), "to us"),
        # these happen once
        (WARNING, ""),
        (SanctionDraft(SanctionKind.REFERRAL), ""),
    ],
)
async def test_notes_stay_while_a_sanction_that_lasts_is_in_force(
    store: Store, sanction: SanctionDraft, words: str
) -> None:
    """The evidence goes all the same; a person who asks has the notes erased, too."""
    case = await decide(store, wordy(sanctions=(sanction,)))

    await store.write(lambda tx: tx.expire(NOON + days(120), 90, 30))
    after_days = (await rulings(store, case))[0].internal
    evidence = (await store.case(case)).posts[0].parts
    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON + days(121)))

    assert (evidence, after_days) == ((), words)
    assert (await rulings(store, case))[0].internal == ""
    assert (await store.dossier(case)).sanctions[0].in_force


async def test_notes_go_when_the_sanction_is_over(store: Store) -> None:
    """At the next expiry."""
    case = await decide(store, wordy(sanctions=(SanctionDraft(SanctionKind.BAN),)))
    await store.write(lambda tx: tx.expire(NOON + days(120), 90, 30))
    (ban,) = await store.sanctions_of(GUILD, AUTHOR)
    lifted = Ending(ban.id, SanctionState.LIFTED)
    lift = ruling("lift", kind=RulingKind.LIFTED, case=case, at=NOON + days(130), endings=(lifted,))
    await store.write(lambda tx: tx.rule(lift))

    await store.write(lambda tx: tx.expire(NOON + days(131), 90, 30))
    soon = (await rulings(store, case))[0].internal
    await store.write(lambda tx: tx.expire(NOON + days(221), 90, 30))

    assert soon == "to us"
    assert (await rulings(store, case))[0].internal == ""


@pytest.mark.parametrize(
    ("kind", "due", "is_held"),
    [
        # an end or a renewal that is due one day holds nothing back
        (IntentKind.END, NOON + days(900), False),
        (IntentKind.KEEP, NOON + days(900), False),
        # one that is due now does, and so does any other
        (IntentKind.END, NOON, True),
        (IntentKind.APPLY, NOON + days(900), True),
        (IntentKind.NOTICE, NOON, True),
        # a redaction that waits is no reason to keep what it is about
        (IntentKind.REDACT, NOON, False),
    ],
)
async def test_what_is_still_to_be_done_holds_evidence_back(
    store: Store, kind: IntentKind, due: object, is_held: bool
) -> None:
    """But not what is planned for later."""
    done = await store.write(lambda tx: tx.rule(wordy()))
    add = IntentDraft(kind, "open", not_before=due)
    await store.write(lambda tx: tx.add_intent(done.case, add, NOON))

    await store.write(lambda tx: tx.expire(NOON + days(100), 90, 30))

    case = await store.case(done.case)
    assert case.state is CaseState.CLOSED
    assert bool(case.posts[0].parts) == is_held
