"""Bans: made once, never lifted where somebody else made them, and what they delete."""

from datetime import timedelta

import pytest

from bot.model.sanction import SanctionKind, SanctionState
from bot.outlook import PAUSES
from bot.ports import BanSeen
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import ADA, NOON
from tests.rulings import Bench
from tests.sanctioning import draft

BAN = SanctionKind.BAN
ACTIVE, EXPIRED = SanctionState.ACTIVE, SanctionState.EXPIRED
HOUR = timedelta(hours=1)


async def test_a_ban_that_somebody_else_made_is_never_lifted(scene: Scene, bench: Bench) -> None:
    """Banned before ours began, or anew by a moderator meanwhile."""
    scene.measures.bans[ADA] = BanSeen("a moderator's own words")
    ruled = await bench.decide(draft(BAN, until=NOON + HOUR))
    await bench.act(ruled)
    assert (await bench.sanction(ruled)).state is ACTIVE
    await bench.wait(ruled, HOUR)
    assert scene.measures.bans == {ADA: BanSeen("a moderator's own words")}

    del scene.measures.bans[ADA]
    again = await bench.decide(draft(BAN, until=scene.clock.now() + HOUR))
    await bench.act(again)
    scene.measures.bans[ADA] = BanSeen("banned anew by hand")
    await bench.wait(again, HOUR)
    assert scene.measures.bans == {ADA: BanSeen("banned anew by hand")}
    assert (await bench.sanction(again)).state is EXPIRED


async def test_a_ban_says_how_much_it_deletes_and_reaches_who_has_left(
    scene: Scene, bench: Bench
) -> None:
    """Nothing by default; the number asked for otherwise."""
    scene.measures.leave(ADA)
    await bench.act(await bench.decide(draft(BAN)))
    assert scene.measures.deleted_seconds == [0]

    del scene.measures.bans[ADA]
    await bench.act(await bench.decide(draft(BAN, delete_message_seconds=3600)))
    assert scene.measures.deleted_seconds == [0, 3600]


@pytest.mark.parametrize("theirs", [False, True])
async def test_a_ban_of_who_is_banned_says_that_nothing_was_deleted(
    scene: Scene, bench: Bench, *, theirs: bool
) -> None:
    """Discord deletes only with a ban that is new; after a lost answer ours was."""
    if theirs:
        scene.measures.bans[ADA] = BanSeen("by hand")
    else:
        await bench.act(await bench.decide(draft(BAN)))
    await bench.act(await bench.decide(draft(BAN, delete_message_seconds=3600)))

    said = ["\n".join(one.paragraphs) for one in scene.discord.words.values()]
    assert any("nothing was deleted" in one for one in said)
    assert 3600 not in scene.measures.deleted_seconds


async def test_a_ban_whose_answer_was_lost_has_deleted(scene: Scene, bench: Bench) -> None:
    """It is asked for again, and found to be there: it is this very one."""
    scene.measures.plan("ban", Sent.LOST)
    ruled = await bench.decide(draft(BAN, delete_message_seconds=3600))
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[0])

    said = ["\n".join(one.paragraphs) for one in scene.discord.words.values()]
    assert scene.measures.deleted_seconds == [3600]
    assert not any("nothing was deleted" in one for one in said)
