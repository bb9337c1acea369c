"""What was only written down and is given its guideline: told as a first notice, and taken back."""

import pytest

from bot.model.intent import IntentDraft, IntentKind
from bot.model.order import Amendment, AmendmentOrder, Refusal
from bot.model.ruling import DENIED, KEPT_BACK, KICKED, POSTS_DELETED, Change, RulingKind
from bot.moderation.amending import plan
from bot.ports import Ruled, RulingDraft, Transaction, Words
from tests.enforcing import Scene
from tests.making import ADA, ART, BEA, GUILD, NOON, VERSIONS, guidelines, policy
from tests.moderating import standing
from tests.rulings import Bench

MADE = {
    Change(POSTS_DELETED, "", str(ART)): f"Posts of yours in <#{ART}> were deleted.",
    Change(DENIED, "Send Messages", str(ART)): (
        f"In <#{ART}> this is closed to you: Send Messages."
    ),
    Change(KEPT_BACK, "No fruit", str(ART)): (
        f"A message of yours in <#{ART}> was kept from appearing."
    ),
    Change(KICKED, "", ""): "You were made to leave; you may join again with an invitation.",
}


async def written_down(scene: Scene, done: Change) -> Ruled:
    """Write down what a moderator did in Discord itself, with its line."""
    made = RulingDraft(
        guild=GUILD,
        key="audit:1",
        kind=RulingKind.BY_HAND,
        at=NOON,
        by=BEA,
        subject=ADA,
        changes=(done,),
        tells=False,
        silent=True,
    )

    async def work(tx: Transaction) -> Ruled:
        ruled = await tx.rule(made)
        line = IntentDraft(IntentKind.LOG, f"log:ruling:{ruled.ruling}", ruling=ruled.ruling)
        await tx.add_intent(ruled.case, line, NOON)
        return ruled

    ruled = await scene.store.write(work)
    await scene.act(ruled.case)
    return ruled


async def notices(scene: Scene, ruled: Ruled) -> list[str]:
    """Return what the member has read of a case, in order."""
    return [
        said(scene.discord.words[one.result])
        for one in await scene.store.intents(ruled.case)
        if one.kind is IntentKind.NOTICE and one.result is not None
    ]


def said(words: Words) -> str:
    """Return a message as text."""
    return "\n".join((words.title, *words.paragraphs))


@pytest.mark.parametrize("done", MADE)
async def test_it_is_told_as_a_first_notice_in_the_words_of_what_was_done(
    scene: Scene, bench: Bench, done: Change
) -> None:
    """With the guideline, what follows, and how to ask for a person."""
    ruled = await written_down(scene, done)
    await bench.edit(ruled.case, rule="vulgarity")
    await bench.act(ruled)

    (text,) = await notices(scene, ruled)
    assert MADE[done] in text
    assert "A moderator decided this, by guideline" in text
    assert "no warning and no points" in text
    assert "a person will look at it again" in text
    assert "A decision has changed" not in text
    assert "No fruit" not in text


@pytest.mark.parametrize("done", MADE)
async def test_it_can_be_taken_back_and_the_member_reads_it(
    scene: Scene, bench: Bench, done: Change
) -> None:
    """What was done in Discord itself is not undone by that, and is not said to be."""
    ruled = await written_down(scene, done)
    await bench.edit(ruled.case, rule="vulgarity")
    await bench.act(ruled)
    await bench.edit(ruled.case, amendment=Amendment.VOID)
    await bench.act(ruled)

    _, text = await notices(scene, ruled)
    assert "what was decided about you was a mistake. It counts for nothing. We are sorry." in text
    assert "undone" not in text
    assert ("a moderator can open it to you again" in text) is (done.what == DENIED)
    assert ("You need to do nothing." in text) is (done.what != DENIED)
    log = [said(one) for one in scene.discord.words.values() if "voided" in one.title]
    assert len(log) == 1
    assert "Concord can undo nothing of it." in log[0]
    assert (f"<#{ART}> stays closed to them (Send Messages)" in log[0]) is (done.what == DENIED)


async def test_who_never_heard_of_it_hears_nothing_of_its_end(scene: Scene, bench: Bench) -> None:
    """Nor does anybody read of it in public, and nobody is asked for a guideline any more."""
    ruled = await written_down(scene, next(iter(MADE)))
    await bench.edit(ruled.case, amendment=Amendment.VOID)
    await bench.act(ruled)

    kinds = [one.kind for one in await scene.store.intents(ruled.case)]
    assert IntentKind.NOTICE not in kinds
    assert IntentKind.PUBLIC_LOG not in kinds
    first = next(said(one) for one in scene.discord.words.values() if "by hand" in one.title)
    assert "Please name the guideline" not in first


async def test_it_is_taken_back_once(scene: Scene, bench: Bench) -> None:
    """Then nothing of it stands."""
    ruled = await written_down(scene, next(iter(MADE)))
    await bench.edit(ruled.case, amendment=Amendment.VOID)
    dossier = await scene.store.dossier(ruled.case)
    assert dossier is not None

    order = AmendmentOrder("again", GUILD, BEA, ruled.case, Amendment.VOID)
    found = plan(order, dossier, standing(), guidelines(), policy().ladder, VERSIONS, NOON)

    assert isinstance(found, Refusal)
