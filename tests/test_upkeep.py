"""Sanctions hold through returns, roles given back and channels that come and go."""

import asyncio
from datetime import datetime, timedelta

from bot.model.intent import IntentKind
from bot.model.sanction import SanctionKind
from bot.ports import OverwriteSeen
from bot.upholding.denials import denied
from bot.upkeep import Upkeep
from tests.enforcing import BITS, Scene
from tests.fakes import Sent
from tests.making import ADA, ART, BEA, GUILD, NOON, PAINTERS
from tests.rulings import Bench
from tests.sanctioning import draft

BOARD, GROUP, TIMEOUT = (
    SanctionKind.BOARD_REMOVAL,
    SanctionKind.GROUP_REMOVAL,
    SanctionKind.TIMEOUT,
)
HOUR = timedelta(hours=1)


def _upkeep(scene: Scene) -> Upkeep:
    return Upkeep(scene.store, scene.measures, scene.clock, scene.enforcement.carry_out)


async def _returned(scene: Scene, at: datetime) -> None:
    await _upkeep(scene).returned(GUILD, ADA, at)
    await scene.enforcement.activity.until_quiet()


async def _keeps(scene: Scene, case: int) -> list[str]:
    return [
        one.key
        for one in await scene.store.intents(case)
        if one.kind is IntentKind.KEEP and "until-" not in one.key
    ]


class TestReturns:
    """A member leaves and comes back."""

    async def test_all_that_holds_is_put_in_force_again_once(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Also if the same return is heard of twice, and by two processes."""
        ruled = await bench.decide(draft(TIMEOUT), draft(BOARD), draft(GROUP))
        await bench.act(ruled)
        shown = scene.measures.state()
        scene.measures.leave(ADA)
        scene.measures.put(ART, ADA, None)
        scene.clock.advance(HOUR)
        scene.measures.come_back(ADA, forgets=True)
        scene.measures.by_hand(roles=frozenset({PAINTERS}))  # a bot gives it to who joins
        changes = len(scene.measures.changed)
        back = scene.clock.now()
        await _returned(scene, back)
        await scene.restart()
        await _returned(scene, back)

        members, bans, overwrites = scene.measures.state()  # type: ignore[misc]
        assert overwrites == {(ART, ADA): denied(None, BITS)}
        assert members[ADA][0] == frozenset()
        assert members[ADA][1] is not None
        assert bans == shown[1]  # type: ignore[index]
        assert len(scene.measures.changed) == changes + 3
        assert len(await _keeps(scene, ruled.case)) == 3

    async def test_what_ended_while_they_were_away_is_not_put_in_force_again(
        self, scene: Scene, bench: Bench
    ) -> None:
        """And what Discord still remembers of it is ended."""
        ruled = await bench.decide(draft(TIMEOUT, until=NOON + 48 * HOUR), draft(GROUP))
        await bench.act(ruled)
        scene.measures.leave(ADA)
        await bench.act(await bench.end(ruled.case))
        scene.clock.advance(HOUR)
        scene.measures.come_back(ADA)
        assert scene.measures.members[ADA].timed_out_until is not None
        await _returned(scene, scene.clock.now())

        assert scene.measures.members[ADA].timed_out_until is None
        assert scene.measures.members[ADA].roles == frozenset()
        assert await scene.store.holds_of(GUILD, ADA) == ()

    async def test_who_was_away_when_it_began_meets_it_when_they_come_back(
        self, scene: Scene, bench: Bench
    ) -> None:
        """A timeout cannot be set on who is no member."""
        scene.measures.leave(ADA)
        ruled = await bench.decide(draft(TIMEOUT, until=NOON + 48 * HOUR))
        await bench.act(ruled)
        scene.clock.advance(HOUR)
        scene.measures.come_back(ADA)
        await _returned(scene, scene.clock.now())

        assert scene.measures.members[ADA].timed_out_until == NOON + 48 * HOUR

    async def test_who_joined_before_a_sanction_has_not_come_back(
        self, scene: Scene, bench: Bench
    ) -> None:
        """After every start all members are looked through; that alone puts nothing in force."""
        ruled = await bench.decide(draft(TIMEOUT))
        await bench.act(ruled)
        await _returned(scene, NOON - HOUR)

        assert await _keeps(scene, ruled.case) == []

    async def test_only_those_with_something_in_force_are_watched(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Neither who was only warned nor whose sanction is over."""
        await bench.act(await bench.decide(draft(SanctionKind.WARNING)))
        assert await _upkeep(scene).watched(GUILD) == frozenset()
        ruled = await bench.decide(draft(GROUP))
        await bench.act(ruled)
        assert await _upkeep(scene).watched(GUILD) == {ADA}
        await bench.act(await bench.end(ruled.case))
        assert await _upkeep(scene).watched(GUILD) == frozenset()


class TestRoles:
    """A role that was taken is given back by somebody else."""

    async def test_a_role_that_a_bot_gave_back_is_taken_again_once(
        self, scene: Scene, bench: Bench
    ) -> None:
        """As often as it is given, and once for each giving."""
        ruled = await bench.decide(draft(GROUP))
        await bench.act(ruled)
        for entry in ("11", "11", "12"):
            scene.measures.by_hand(roles=frozenset({PAINTERS}))
            await _upkeep(scene).take_again(GUILD, ADA, PAINTERS, entry)
            await scene.enforcement.activity.until_quiet()

        assert scene.measures.changed.count(f"take {PAINTERS} {ADA}") == 3
        assert len(await _keeps(scene, ruled.case)) == 2

    async def test_it_comes_back_when_the_sanction_ends(self, scene: Scene, bench: Bench) -> None:
        """They had it before; taken again, that is still so."""
        ruled = await bench.decide(draft(GROUP))
        await bench.act(ruled)
        scene.measures.by_hand(roles=frozenset({PAINTERS}))
        await _upkeep(scene).take_again(GUILD, ADA, PAINTERS, "11")
        await scene.enforcement.activity.until_quiet()
        await bench.act(await bench.end(ruled.case))

        assert scene.measures.members[ADA].roles == {PAINTERS}

    async def test_a_role_that_is_not_taken_is_nobodys_business(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Another role, or after the end."""
        ruled = await bench.decide(draft(GROUP))
        await bench.act(ruled)
        await _upkeep(scene).take_again(GUILD, ADA, 999, "11")
        await bench.act(await bench.end(ruled.case))
        await _upkeep(scene).take_again(GUILD, ADA, PAINTERS, "12")
        await scene.enforcement.activity.until_quiet()

        assert await _keeps(scene, ruled.case) == []


class TestChannels:
    """A board's channels change."""

    @staticmethod
    async def _changed(scene: Scene) -> None:
        scene.clock.advance(timedelta(seconds=1))
        await _upkeep(scene).channels_changed(GUILD)
        await scene.enforcement.activity.until_quiet()

    async def test_a_channel_that_joins_gets_it_and_one_that_leaves_loses_it(
        self, scene: Scene, bench: Bench
    ) -> None:
        """And at the end all is as it was."""
        discord = scene.measures
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        discord.categories[211] = ART
        discord.put(211, ADA, OverwriteSeen(1 << 6, 0))
        await self._changed(scene)
        assert discord.overwrites[211, ADA] == OverwriteSeen(1 << 6, BITS)

        discord.categories[211] = None
        await self._changed(scene)
        assert discord.overwrites == {
            (ART, ADA): denied(None, BITS),
            (211, ADA): OverwriteSeen(1 << 6, 0),
        }
        await bench.act(await bench.end(ruled.case))
        assert discord.overwrites == {(211, ADA): OverwriteSeen(1 << 6, 0)}

    async def test_nothing_is_asked_for_while_nothing_has_changed(
        self, scene: Scene, bench: Bench
    ) -> None:
        """However often channels are renamed."""
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        await self._changed(scene)
        await self._changed(scene)

        assert await _keeps(scene, ruled.case) == []

    async def test_a_channel_that_goes_its_own_way_was_free_before(
        self, scene: Scene, bench: Bench
    ) -> None:
        """It was synced: what it denies came from its category, and goes with the sanction."""
        discord = scene.measures
        discord.categories[211] = ART
        discord.synced = {211}
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        discord.synced = set()
        await self._changed(scene)
        assert discord.overwrites[211, ADA] == denied(None, BITS)
        await bench.act(await bench.end(ruled.case))

        assert discord.overwrites == {}

    async def test_a_channel_that_follows_its_category_again_is_let_go_without_a_change(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Or it would stand apart again, and open."""
        discord = scene.measures
        discord.categories[211] = ART
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        discord.synced = {211}
        changes = len(discord.changed)
        await self._changed(scene)

        assert len(discord.changed) == changes
        assert discord.overwrites[211, ADA] == denied(None, BITS)
        await bench.act(await bench.end(ruled.case))
        assert discord.overwrites == {}

    async def test_what_a_moderator_gave_back_by_hand_stays_when_channels_change(
        self, scene: Scene, bench: Bench
    ) -> None:
        """No fight: that is for the case to ask about."""
        discord = scene.measures
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        discord.put(ART, ADA, OverwriteSeen(0, BITS & ~(1 << 11)))
        discord.categories[211] = ART
        await self._changed(scene)

        assert discord.overwrites[ART, ADA] == OverwriteSeen(0, BITS & ~(1 << 11))
        assert discord.overwrites[211, ADA] == denied(None, BITS)

    async def test_a_bot_that_gives_back_what_is_held_is_answered(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Denied again; another channel, or another member, is nobody's business."""
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        scene.measures.put(ART, ADA, None)
        upkeep = _upkeep(scene)
        await upkeep.deny_again(GUILD, ADA, 999, "11")
        await upkeep.deny_again(GUILD, BEA, ART, "11")
        assert await _keeps(scene, ruled.case) == []
        await upkeep.deny_again(GUILD, ADA, ART, "11")
        await scene.enforcement.activity.until_quiet()

        assert scene.measures.overwrites == {(ART, ADA): denied(None, BITS)}
        await bench.act(await bench.end(ruled.case))
        assert scene.measures.overwrites == {}

    async def test_what_discord_does_not_say_is_asked_another_time(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Nothing is ordered on a guess."""
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        scene.measures.categories[211] = ART
        scene.measures.plan("channels_of_board", Sent.NEVER)
        await self._changed(scene)
        assert await _keeps(scene, ruled.case) == []

        await self._changed(scene)
        assert len(await _keeps(scene, ruled.case)) == 1


async def test_two_about_one_member_do_not_meet(scene: Scene, bench: Bench) -> None:
    """The second reads Discord when the first is committed: what was before is never ours."""
    both = [await bench.decide(draft(GROUP)) for _ in range(2)]
    scene.enforcement.carry_out(one.case for one in both)
    await asyncio.sleep(0)
    await scene.enforcement.activity.until_quiet()
    (hold,) = await scene.store.holds_of(GUILD, ADA)

    assert hold.before == "had"
    assert len(scene.measures.changed) == 1
