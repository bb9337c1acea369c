"""Removals from boards where Concord may not deny all of it: the rest is denied, and it is said."""

from bot.model.intent import IntentDraft, IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import OverwriteSeen
from bot.upholding.denials import denied
from tests.enforcing import BITS, Scene
from tests.making import ADA, ART, NOON
from tests.rulings import Bench
from tests.sanctioning import draft

BOARD, ACTIVE = SanctionKind.BOARD_REMOVAL, SanctionState.ACTIVE
THREADS = 1 << 35


async def test_what_cannot_be_denied_is_said_and_the_rest_is(scene: Scene, bench: Bench) -> None:
    """In force; exactly what was denied is given back, also if more has become possible."""
    scene.measures.put(ART, ADA, OverwriteSeen(THREADS, 0))
    before = scene.measures.state()
    scene.measures.lacking[ART] = THREADS
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)

    apply = (await scene.intents(ruled.case))["apply"]
    assert (apply.state, (await bench.sanction(ruled)).state) == (IntentState.DONE, ACTIVE)
    assert apply.outcome == (
        f"in <#{ART}> Create Public Threads could not be denied, since Concord may not do it "
        "itself: give its role that permission, on the server and there"
    )
    assert scene.measures.overwrites[ART, ADA] == OverwriteSeen(THREADS, BITS & ~THREADS)
    scene.measures.lacking.clear()
    await bench.act(await bench.end(ruled.case))
    assert scene.measures.state() == before


async def test_where_writing_cannot_be_denied_the_removal_fails(scene: Scene, bench: Bench) -> None:
    """Anything less would be no removal."""
    scene.measures.lacking[ART] = 1 << 11
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)

    assert (await scene.intents(ruled.case))["apply"].state is IntentState.FAILED
    assert scene.measures.overwrites == {}


async def test_what_has_become_possible_is_denied_when_the_channels_change(
    scene: Scene, bench: Bench
) -> None:
    """It is no change by anybody's hand."""
    scene.measures.lacking[ART] = THREADS
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    scene.measures.lacking.clear()
    (sanction,) = ruled.sanctions
    kept = IntentDraft(IntentKind.KEEP, f"keep:{sanction}:channels-1", user=ADA, sanction=sanction)
    await scene.store.write(lambda tx: tx.add_intent(ruled.case, kept, NOON))
    await bench.act(ruled)

    assert scene.measures.overwrites[ART, ADA] == denied(None, BITS)
    await bench.act(await bench.end(ruled.case))
    assert scene.measures.overwrites == {}
