"""Kind by end by trouble: whatever happens on the way, the end is what was decided, and once."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model.intent import SETTLED, IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import Ruled
from tests.enforcing import Scene, opened
from tests.fake_crashes import Gate
from tests.fakes import Sent
from tests.making import ADA, GUILD, NOON, PAINTERS
from tests.rulings import Bench
from tests.sanctioning import draft

DAY = timedelta(days=1)
LONG = os.environ.get("CONCORD_LONG") == "1"

KINDS = list(SanctionKind)
ENDS = ["apply", "expire", "lift", "void"]
CHANGES = {
    SanctionKind.TIMEOUT: ["time_out", "member"],
    SanctionKind.BOARD_REMOVAL: ["set_overwrite", "overwrite", "channels_of_board", "rooms"],
    SanctionKind.GROUP_REMOVAL: ["set_role", "member"],
    SanctionKind.BAN: ["ban", "unban", "ban_of"],
}
ENDLESS = (SanctionKind.WARNING, SanctionKind.REFERRAL)
CELLS = [(kind, end) for kind in KINDS for end in ENDS if not (kind in ENDLESS and end == "expire")]


class World:
    """One sanction from its order to its end, and what the world looks like afterwards."""

    def __init__(self, scene: Scene, kind: SanctionKind, end: str) -> None:
        self.scene = scene
        self.bench = Bench(scene)
        self.kind = kind
        self.end = end
        self.ruled: Ruled | None = None
        self.before = scene.measures.state()

    async def live(self, carry_out: Callable[[int], Awaitable[None]]) -> None:
        """Order, carry out, end, carry out."""
        until = NOON + DAY if self.end == "expire" else None
        self.ruled = await self.bench.decide(draft(self.kind, until=until))
        await carry_out(self.ruled.case)
        if self.end == "expire":
            self.scene.clock.advance(max(NOON + DAY - self.scene.clock.now(), timedelta()))
        elif self.end != "apply":
            await self.bench.end(self.ruled.case, void=self.end == "void")
        if self.end != "apply":
            await carry_out(self.ruled.case)

    async def check(self) -> None:
        """Hold the world against what was decided."""
        assert self.ruled is not None
        scene, discord = self.scene, self.scene.measures
        sanction = await self.bench.sanction(self.ruled)
        intents = await scene.store.intents(self.ruled.case)
        now = scene.clock.now()
        open_now = [one for one in intents if one.state not in SETTLED and one.not_before <= now]
        assert open_now == []
        for one in intents:
            if one.kind is not IntentKind.LOG_EDIT:
                made = scene.discord.messages.get(one.nonce, [])
                assert len(made) <= 1, "nothing twice"
                if one.kind in (IntentKind.NOTICE, IntentKind.LOG, IntentKind.PUBLIC_LOG):
                    assert (one.state is IntentState.DONE) == (made == [one.result])
        expected = {
            "apply": SanctionState.ACTIVE,
            "expire": SanctionState.EXPIRED,
            "lift": SanctionState.LIFTED,
            "void": SanctionState.VOIDED,
        }[self.end]
        if self.kind is SanctionKind.WARNING and self.end != "apply":
            expected = SanctionState.VOIDED if self.end == "void" else SanctionState.LIFTED
        assert sanction.state is expected
        keys = scene.referrals.events
        if self.kind is SanctionKind.REFERRAL:
            events = [event for event, _ in keys.values()]
            assert events in (["referral"], ["referral", "withdrawn"])
            assert (len(events) == 1) == (self.end == "apply")
        if self.kind is SanctionKind.BAN and ADA in discord.away and ADA not in discord.bans:
            discord.come_back(ADA)
            discord.by_hand(roles=frozenset({PAINTERS}))
        if self.kind in ENDLESS:
            assert discord.state() == self.before
        elif self.end == "apply":
            assert discord.state() != self.before
            changes = {
                SanctionKind.TIMEOUT: "time out",
                SanctionKind.BOARD_REMOVAL: "overwrite",
                SanctionKind.GROUP_REMOVAL: "take",
                SanctionKind.BAN: "ban",
            }
            (change,) = discord.changed
            assert change.startswith(changes[self.kind]), "once"
        else:
            assert discord.state() == self.before
            assert await scene.store.holds_of(GUILD, ADA) == ()
            assert len(discord.changed) == (
                1 if self.kind is SanctionKind.TIMEOUT and self.end == "expire" else 2
            ), "once each"


async def _plainly(scene: Scene, case: int) -> None:
    """Carry a case out, and take up what was put off until nothing is left for now."""
    for _ in range(20):
        await scene.act(case)
        now = scene.clock.now()
        later = [
            one.not_before
            for one in await scene.store.unsettled()
            if one.attempts and one.not_before > now
        ]
        if not later:
            return
        scene.clock.advance(min(later) - now)
    raise AssertionError(await scene.store.unsettled())


@pytest.mark.parametrize(("kind", "end"), CELLS)
async def test_undisturbed(tmp_path: Path, kind: SanctionKind, end: str) -> None:
    """What all the others are held against."""
    async with opened(tmp_path) as scene:
        world = World(scene, kind, end)
        await world.live(lambda case: _plainly(scene, case))

        await world.check()


@pytest.mark.parametrize("trouble", [Sent.LATER, Sent.NEVER, Sent.LOST])
@pytest.mark.parametrize(("kind", "end"), CELLS)
async def test_with_trouble_at_every_kind_of_request(
    tmp_path: Path, kind: SanctionKind, end: str, trouble: Sent
) -> None:
    """Rate limits, errors and answers that are lost: tried again, and done once."""
    async with opened(tmp_path) as scene:
        for request in CHANGES.get(kind, ()):
            failing = trouble
            if request in ("member", "overwrite", "channels_of_board", "rooms", "ban_of"):
                failing = Sent.LATER if trouble is Sent.LATER else Sent.NEVER
            scene.measures.plan(request, failing)
        scene.referrals.script.append(trouble)
        for request in ("tell", "log", "public_log", "edit_log"):
            scene.discord.plan(request, trouble)
        world = World(scene, kind, end)
        with capture_logs():
            await world.live(lambda case: _plainly(scene, case))

        await world.check()


def _fresh(folder: Path, step: int) -> Path:
    (folder / str(step)).mkdir()
    return folder / str(step)


async def _dying_at(step: int, folder: Path, kind: SanctionKind, end: str) -> bool:
    """Live with a crash after so many steps, and return whether there were as many."""
    async with opened(_fresh(folder, step)) as scene:
        gate = Gate(step)

        async def carry_out(case: int) -> None:
            if not gate.closed.is_set():
                life = scene.begin(gate)
                life.carry_out((case,))
                dying = asyncio.create_task(gate.closed.wait())
                quiet = asyncio.create_task(life.activity.until_quiet())
                await asyncio.wait({dying, quiet}, return_when=asyncio.FIRST_COMPLETED)
                dying.cancel()
                quiet.cancel()
                await life.stop()
                await asyncio.gather(dying, quiet, return_exceptions=True)
                if not gate.closed.is_set():
                    return
            scene.enforcement = scene.begin()
            await scene.enforcement.reconcile()
            await _plainly(scene, case)

        world = World(scene, kind, end)
        with capture_logs():
            await world.live(carry_out)
        await world.check()
        return gate.closed.is_set()


@pytest.mark.long
@pytest.mark.parametrize(("kind", "end"), CELLS)
async def test_with_a_crash_at_every_step(tmp_path: Path, kind: SanctionKind, end: str) -> None:
    """Before and after each request and each commit: the next process finishes, and no more.

    Without CONCORD_LONG at every so many steps, each cell from a step of its own on.
    """
    stride = 1 if LONG else 23
    step = CELLS.index((kind, end)) % stride
    while await _dying_at(step, tmp_path, kind, end):
        step += stride

    assert step > 20, "there was something to die in"


LASTING = [cell for cell in CELLS if cell[0] in CHANGES]


@pytest.mark.parametrize(("kind", "end"), CELLS)
async def test_with_closed_direct_messages(tmp_path: Path, kind: SanctionKind, end: str) -> None:
    """No notice, no less of a sanction; the line in the log says that the member does not know."""
    async with opened(tmp_path) as scene:
        scene.discord.plan("tell", Sent.REFUSED, Sent.REFUSED)
        world = World(scene, kind, end)
        with capture_logs():
            await world.live(lambda case: _plainly(scene, case))

        await world.check()
        assert world.ruled is not None
        lines = [words for words in scene.discord.words.values() if words.alert]
        assert any("Telling the member did not work" in str(words) for words in lines)


@pytest.mark.parametrize("kind", list(CHANGES))
async def test_where_discord_refuses_nothing_changes_and_everybody_knows(
    tmp_path: Path, kind: SanctionKind
) -> None:
    """The sanction has failed, the member is told nothing that is not so, moderators read why."""
    async with opened(tmp_path) as scene:
        scene.measures.plan(CHANGES[kind][0], *[Sent.REFUSED] * 3)
        bench, before = Bench(scene), scene.measures.state()
        with capture_logs():
            ruled = await bench.decide(draft(kind, until=NOON + DAY))
            await _plainly(scene, ruled.case)

        assert (await bench.sanction(ruled)).state is SanctionState.FAILED
        assert scene.measures.state() == before
        # A ban's notice goes first, and is put right.
        told = ["tell", "tell"] if kind is SanctionKind.BAN else []
        assert scene.discord.requests("tell", "public_log") == told
        (line,) = [words for words in scene.discord.words.values() if words.alert]
        assert "Concord is not allowed to" in str(line)
        with capture_logs():
            await bench.wait(ruled, DAY)
        assert scene.measures.state() == before
        assert await scene.store.unsettled() == ()


@pytest.mark.parametrize("gone_before", ["apply", "end"])
@pytest.mark.parametrize(("kind", "end"), LASTING)
async def test_with_a_member_who_leaves(
    tmp_path: Path, kind: SanctionKind, end: str, gone_before: str
) -> None:
    """It counts all the same; nothing is tried that cannot be, and nothing is left undone."""
    async with opened(tmp_path) as scene:
        world = World(scene, kind, end)
        calls = 0

        async def carry_out(case: int) -> None:
            nonlocal calls
            calls += 1
            if calls == (1 if gone_before == "apply" else 2) and ADA in scene.measures.members:
                scene.measures.leave(ADA)
            await _plainly(scene, case)

        with capture_logs():
            await world.live(carry_out)

        assert world.ruled is not None
        states = {"apply": "active", "expire": "expired", "lift": "lifted", "void": "voided"}
        assert (await world.bench.sanction(world.ruled)).state == states[end]
        now = scene.clock.now()
        late = [one for one in await scene.store.unsettled() if one.not_before <= now]
        assert late == []
        if end != "apply" and kind in (SanctionKind.BAN, SanctionKind.BOARD_REMOVAL):
            assert scene.measures.bans == {}
            assert scene.measures.overwrites == {}
