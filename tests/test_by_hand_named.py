"""What was done by hand and is given its guideline: the member reads of it, its line rests."""

from datetime import timedelta

from bot.model.intent import IntentDraft, IntentKind
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind
from bot.ports import Ruled, RulingDraft, Transaction, Words
from bot.wording.parts import moment
from tests.enforcing import Scene
from tests.making import ADA, BEA, GUILD, NOON, guidelines, policy
from tests.rulings import Bench
from tests.sanctioning import draft

DAY = timedelta(days=1)
ASKS = "Please name the guideline"


async def timed_out_by_hand(scene: Scene) -> Ruled:
    """Write down a timeout that a moderator gave in Discord itself, with its line."""
    made = RulingDraft(
        guild=GUILD,
        key="audit:1",
        kind=RulingKind.BY_HAND,
        at=NOON,
        by=BEA,
        subject=ADA,
        sanctions=(draft(until=NOON + 3 * DAY, by_hand=True),),
        tells=False,
    )

    async def work(tx: Transaction) -> Ruled:
        ruled = await tx.rule(made)
        line = IntentDraft(IntentKind.LOG, f"log:ruling:{ruled.ruling}", ruling=ruled.ruling)
        await tx.add_intent(ruled.case, line, NOON)
        return ruled

    ruled = await scene.store.write(work)
    await scene.act(ruled.case)
    return ruled


def said(words: Words) -> str:
    """Return a message as text."""
    return "\n".join((words.title, *words.paragraphs))


async def test_the_member_reads_that_it_counts_and_until_when(scene: Scene, bench: Bench) -> None:
    """As under every other notice."""
    ruled = await timed_out_by_hand(scene)
    await bench.edit(ruled.case, rule="vulgarity")
    await bench.act(ruled)

    expiry = policy().ladder.expiry_of(guidelines().rule("vulgarity"))
    (notice,) = (
        one for one in await scene.store.intents(ruled.case) if one.kind is IntentKind.NOTICE
    )
    assert notice.result is not None
    text = said(scene.discord.words[notice.result])
    assert f"This counts until {moment(NOON + expiry, 'D')}" in text


async def test_its_line_asks_for_the_guideline_until_it_is_named(
    scene: Scene, bench: Bench
) -> None:
    """Nor does it say any longer that the member has not been told."""
    ruled = await timed_out_by_hand(scene)
    before = [said(one) for one in scene.discord.words.values() if "by hand" in one.title]
    await bench.edit(ruled.case, rule="vulgarity")
    await bench.act(ruled)

    after = [said(one) for one in scene.discord.words.values() if "by hand" in one.title]
    assert [ASKS in one for one in before] == [True]
    assert [ASKS in one for one in after] == [False]


async def test_an_edit_that_lets_it_count_otherwise_says_so(scene: Scene, bench: Bench) -> None:
    """And until when."""
    until = NOON + 30 * DAY
    wanted = draft(SanctionKind.WARNING, points=1, points_until=until)
    ruled = await bench.decide(wanted)
    await bench.act(ruled)
    await bench.edit(ruled.case, rule="hate")
    await bench.act(ruled)

    ladder, hate = policy().ladder, guidelines().rule("hate")
    texts = [said(one) for one in scene.discord.words.values()]
    assert ladder.points_of(hate) > 1
    counts = f"It counts for more than before until {moment(NOON + ladder.expiry_of(hate), 'D')}."
    assert any(counts in one for one in texts)
