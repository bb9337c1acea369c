"""Several sanctions on one member, in any order and weather: Discord shows what all ask for."""

import asyncio
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.enforcement import Enforcement
from bot.model.intent import SETTLED, IntentKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import MemberSeen, OverwriteSeen, Ruled
from bot.upholding.denials import denied
from bot.upholding.timeouts import AHEAD, LONGEST
from tests.enforcing import BITS, Scene, opened
from tests.fake_crashes import Gate
from tests.fakes import Sent
from tests.making import ADA, ART, GUILD, NOON, PAINTERS
from tests.rulings import Bench
from tests.sanctioning import draft

LIVES = 30 if os.environ.get("CONCORD_LONG") != "1" else 1000
HOUR = timedelta(hours=1)

KINDS = (
    SanctionKind.TIMEOUT,
    SanctionKind.BOARD_REMOVAL,
    SanctionKind.GROUP_REMOVAL,
    SanctionKind.BAN,
)


@dataclass(frozen=True)
class Matter:
    """One decision, and how it ends."""

    kinds: tuple[SanctionKind, ...]
    hours: int | None
    """Until it ends by itself; None for never."""
    end: str
    """``stays``, ``lift`` or ``void``."""


matters = st.builds(
    Matter,
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True).map(tuple),
    st.none() | st.integers(1, 900),
    st.sampled_from(("stays", "lift", "void")),
)
changing = st.lists(st.sampled_from((Sent.WELL, Sent.LATER, Sent.LOST, Sent.NEVER)), max_size=4)
reading = st.lists(st.sampled_from((Sent.WELL, Sent.LATER, Sent.NEVER)), max_size=3)
scripts = st.fixed_dictionaries(
    {
        **dict.fromkeys(("time_out", "set_overwrite", "set_role", "ban", "unban"), changing),
        **dict.fromkeys(("member", "overwrite", "channels_of_board", "rooms", "ban_of"), reading),
    }
)


@dataclass(frozen=True)
class Before:
    """What there was before any of it."""

    had_role: bool
    timed_out: int | None
    """Hours of a moderator's own timeout."""
    overwrite: OverwriteSeen | None


befores = st.builds(
    Before,
    st.booleans(),
    st.none() | st.integers(1, 600),
    st.sampled_from((None, OverwriteSeen(0, 0), OverwriteSeen(1 << 11, 1 << 6))),
)


async def _finished(scene: Scene, life: Enforcement) -> None:
    """Let time pass until only what is far ahead is left."""
    for _ in range(60):
        await life.activity.until_quiet()
        now = scene.clock.now()
        unsettled = await scene.store.unsettled()
        # What waits for its time and was never tried is an end, or a renewal.
        put_off = [one.not_before for one in unsettled if one.not_before > now and one.attempts]
        if not put_off:
            return
        scene.clock.advance(min(put_off) - now)
        life.carry_out({one.case for one in unsettled})
    raise AssertionError(await scene.store.unsettled())


async def _live(
    before: Before,
    order: list[Matter],
    script: dict[str, list[Sent]],
    crashes: list[int],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as scene:
            discord = scene.measures
            until = NOON + before.timed_out * HOUR if before.timed_out is not None else None
            roles = frozenset({PAINTERS}) if before.had_role else frozenset[int]()
            discord.members[ADA] = MemberSeen(roles, until)
            discord.put(ART, ADA, before.overwrite)
            for request, steps in script.items():
                discord.plan(request, *steps)
            bench = Bench(scene)
            decided: list[Ruled] = []
            deaths = list(crashes)
            for turn in range(2):
                for number, matter in enumerate(order):
                    if turn == 0:
                        end = NOON + matter.hours * HOUR if matter.hours is not None else None
                        ruled = await bench.decide(
                            *(draft(kind, until=end) for kind in matter.kinds)
                        )
                        decided.append(ruled)
                    elif matter.end != "stays":
                        await bench.end(decided[number].case, void=matter.end == "void")
                    cases = [one.case for one in decided]
                    if deaths:
                        gate = Gate(deaths.pop())
                        life = scene.begin(gate)
                        life.carry_out(cases)
                        dying = asyncio.create_task(gate.closed.wait())
                        quiet = asyncio.create_task(life.activity.until_quiet())
                        await asyncio.wait({dying, quiet}, return_when=asyncio.FIRST_COMPLETED)
                        dying.cancel()
                        quiet.cancel()
                        await life.stop()
                        await asyncio.gather(dying, quiet, return_exceptions=True)
                        scene.clock.advance(timedelta(minutes=3))
                    life = scene.begin()
                    await life.reconcile()
                    await _finished(scene, life)
                    await life.stop()
            await _check(scene, before, until, order, decided)
            # And when all that has an end is over.
            while ahead := [one.not_before for one in await scene.store.unsettled()]:
                if min(ahead) > NOON + timedelta(days=60):
                    break
                scene.clock.advance(max(min(ahead) - scene.clock.now(), timedelta()))
                life = scene.begin()
                await life.reconcile()
                await _finished(scene, life)
                await life.stop()
            await _check(scene, before, until, order, decided)


async def _check(
    scene: Scene,
    before: Before,
    until: datetime | None,
    order: list[Matter],
    decided: list[Ruled],
) -> None:
    """Hold what Discord shows against what all sanctions ask for."""
    discord, now = scene.measures, scene.clock.now()
    sanctions = await scene.store.sanctions_of(GUILD, ADA)
    for one in sanctions:
        assert one.state not in (SanctionState.ORDERED, SanctionState.FAILED)
        assert one.in_force == (one.state is SanctionState.ACTIVE)
        if one.in_force:
            assert one.until is None or one.until > now
    asking = {one.kind for one in sanctions if one.in_force}
    ends = [one.until for one in sanctions if one.in_force and one.kind is KINDS[0]]
    assert (ADA in discord.bans) == (SanctionKind.BAN in asking)
    banned = SanctionKind.BAN in {kind for matter in order for kind in matter.kinds}
    if not banned:  # who is banned loses their roles, and their timeout cannot be changed
        seen = discord.members[ADA]
        taken = SanctionKind.GROUP_REMOVAL in asking
        assert (PAINTERS in seen.roles) == (before.had_role and not taken)
        shown = seen.timed_out_until if (seen.timed_out_until or now) > now else None
        theirs = until if until is not None and until > now else None
        if not ends:
            assert shown == theirs
        else:
            assert shown is not None
            wanted = max(end or datetime.max.replace(tzinfo=now.tzinfo) for end in ends)
            least = min(wanted, now + AHEAD)
            assert shown >= max(least, theirs or least)
            most = min(wanted, now + LONGEST)
            assert shown <= max(most, theirs or most)
    held = SanctionKind.BOARD_REMOVAL in asking
    expected = denied(before.overwrite, BITS) if held else before.overwrite
    assert discord.overwrites.get((ART, ADA)) == expected
    for ruled in decided:
        for one in await scene.store.intents(ruled.case):
            assert one.state in SETTLED or one.not_before > now
            if one.kind is not IntentKind.LOG_EDIT:
                assert len(scene.discord.messages.get(one.nonce, [])) <= 1, "nothing twice"
    if not asking and not banned:
        assert await scene.store.holds_of(GUILD, ADA) == ()


@given(
    before=befores,
    order=st.lists(matters, min_size=1, max_size=3),
    script=scripts,
    crashes=st.lists(st.integers(0, 40), max_size=4),
)
@settings(max_examples=LIVES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_discord_shows_what_all_sanctions_in_force_ask_for(
    before: Before, order: list[Matter], script: dict[str, list[Sent]], crashes: list[int]
) -> None:
    """However they overlap, whatever Discord answers and whenever the process dies."""
    with capture_logs():
        asyncio.run(_live(before, order, script, crashes))
