"""What moderators, other bots and AutoMod do in Discord itself, with the real bot watching."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model.case import CaseOrigin
from bot.model.sanction import SanctionKind, SanctionState
from bot.sandbox import ApiError, Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.event_faults import EventFault
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import decided
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 20

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = {"rule": "disrespect", "because": "As agreed."}
ON_BOARDS = Permission.ADD_REACTIONS | Permission((1 << 9) | (1 << 21))
"""Reactions, Video and Speak."""

ENTRY = "GUILD_AUDIT_LOG_ENTRY_CREATE"


async def sanctioned(town: Town, command: str, member: MemberHandle, **options: str) -> None:
    """Have the moderator sanction a member by command, and confirm it."""
    ordered = await town.moderator.slash(command, member=member, **RULES, **options)
    await decided(town.moderator, ordered)
    await town.guild.sim.settled()


async def may_take_everything(town: Town) -> None:
    """Give Concord what a removal from a board takes: it can take only what it has."""
    role = next(one for one in town.guild.state.roles.values() if one.bot_id is not None)
    await town.guild.change_role(role, permissions=BOT_PERMISSIONS | ON_BOARDS)
    await town.guild.sim.settled()


def lines(town: Town, words: str) -> list[str]:
    """Return the lines of the moderators' log with certain words."""
    return [line for line in town.log_texts() if words in line]


async def test_what_a_moderator_does_by_hand_is_a_case(sim: Simulation, town: Town) -> None:
    """A ban, a timeout, a kick, a role taken: each a line that asks for the guideline."""
    ada, bea, cyd, dee = await town.guild.members(["Ada", "Bea", "Cyd", "Dee"])
    await dee.gets_role(town.designers)
    await sim.settled()
    owner = town.guild.owner.as_moderator

    await owner.bans(ada, "sold accounts")
    await owner.times_out(bea, DAY, "cool down")
    await owner.kicks(cyd)
    await owner.takes_role(dee, town.designers)
    await sim.settled()

    by_hand = sorted(lines(town, "by hand"))  # different cases wait for nobody
    assert [line.partition("\n")[0] for line in by_hand] == [
        "C-1 · ban, by hand",
        "C-2 · timeout, by hand",
        "C-3 · something done, by hand",
        "C-4 · group removal, by hand",
    ]
    assert all(f"Done by hand by {town.guild.owner.mention}" in line for line in by_hand)
    assert all("/case edit" in line for line in by_hand)
    assert "sold accounts" in by_hand[0]
    assert "Kicked" in by_hand[2]
    assert [notices(one) for one in (ada, bea, cyd, dee)] == [[], [], [], []]


async def test_a_case_made_by_hand_goes_on_like_any_other(sim: Simulation, town: Town) -> None:
    """A moderator names its guideline, and the member is told; it can be lifted by command."""
    ada = await town.guild.member("Ada")
    await town.guild.owner.as_moderator.times_out(ada, DAY)
    await sim.settled()
    mo = town.moderator

    await decided(mo, await mo.slash("case edit", case="C-1", rule="disrespect"))
    await decided(mo, await mo.slash("warn", member=ada, **RULES))
    await decided(mo, await mo.slash("lift", sanction="C-1"))
    await sim.settled()

    assert not ada.is_timed_out
    titles = town.log_titles()
    assert titles == [
        "C-1 · timeout, by hand",
        "C-1 · changed",
        "C-2 · warning",
        "C-1 · timeout lifted",
    ]
    assert len(notices(ada)) == 3
    assert "guideline 6" in notices(ada)[0]


async def test_a_timeout_ended_by_hand_is_not_set_again(sim: Simulation, town: Town) -> None:
    """Concord's own, forty days long: it counts as lifted, also when its renewal would be due."""
    ada = await town.guild.member("Ada")
    await sanctioned(town, "timeout", ada, duration="40 days")
    assert ada.is_timed_out

    await town.guild.owner.as_moderator.ends_timeout(ada, "that will do")
    await sim.settled()

    (line,) = lines(town, "timeout lifted")
    assert town.guild.owner.mention in line
    assert "that will do" in line
    assert not ada.is_timed_out
    assert len(notices(ada)) == 2


async def test_what_another_bot_ends_is_no_moderators_doing(sim: Simulation, town: Town) -> None:
    """Neither the member nor the log is told of one."""
    ada = await town.guild.member("Ada")
    helper_role = await town.guild.role("Helper", Permission.MODERATE_MEMBERS, position=40)
    helper = await town.guild.member("Helper", bot=True, roles=[helper_role])
    await sanctioned(town, "timeout", ada, duration="3 days")

    await helper.as_moderator.ends_timeout(ada)
    await sim.settled()

    (line,) = lines(town, "timeout lifted")
    assert f"Lifted by another bot ({helper.mention})" in line
    assert f"Another bot ({helper.mention}) ended this early." in notices(ada)[-1]


async def test_an_unban_by_hand_counts_as_lifted(sim: Simulation, town: Town) -> None:
    """Nobody is banned again."""
    ada = await town.guild.member("Ada")
    await sanctioned(town, "ban", ada, duration="30 days")
    assert ada.is_banned

    await town.guild.owner.as_moderator.unbans(ada)
    await sim.settled()

    assert not ada.is_banned
    assert len(lines(town, "ban lifted")) == 1


async def test_a_role_given_back_stays_if_a_moderator_did_it(sim: Simulation, town: Town) -> None:
    """The case asks; from a bot or by the member's own choice it is taken again."""
    ada = await town.guild.member("Ada", roles=[town.designers])
    helper_role = await town.guild.role("Helper", Permission.MANAGE_ROLES, position=40)
    helper = await town.guild.member("Helper", bot=True, roles=[helper_role])
    await sanctioned(town, "remove-from-group", ada, group="Design Portfolio", duration="3 days")
    assert town.designers.id not in ada.member.role_ids

    await helper.as_moderator.gives_role(ada, town.designers)
    await sim.settled()
    assert town.designers.id not in ada.member.role_ids
    await ada.picks_role(town.designers)
    await sim.settled()
    assert town.designers.id not in ada.member.role_ids
    await town.guild.owner.as_moderator.gives_role(ada, town.designers)
    await sim.settled()

    assert town.designers.id in ada.member.role_ids
    (asks,) = lines(town, "given back by hand")
    assert "Was it meant to be lifted?" in asks


async def test_who_is_let_into_a_group_again_reads_whether_they_are_in_it(
    sim: Simulation, town: Town
) -> None:
    """Who had the role has it again; who had not is told how to join."""
    ada = await town.guild.member("Ada", roles=[town.designers])
    bea = await town.guild.member("Bea")
    mo = town.moderator
    for number, one in enumerate((ada, bea), 1):
        await sanctioned(town, "remove-from-group", one, group="Design Portfolio")
        await decided(mo, await mo.slash("lift", sanction=f"C-{number}"))
        await sim.settled()

    assert town.designers.id in ada.member.role_ids
    assert "You are in the group **Design Portfolio** again." in notices(ada)[-1]
    assert "You can join the group **Design Portfolio** again: choose it" in notices(bea)[-1]


async def test_permissions_given_back_on_a_board(sim: Simulation, town: Town) -> None:
    """The same: denied again after a bot, kept and asked about after a moderator."""
    ada = await town.guild.member("Ada")
    helper_role = await town.guild.role("Helper", BOT_PERMISSIONS, position=40)
    helper = await town.guild.member("Helper", bot=True, roles=[helper_role])
    await may_take_everything(town)
    await sanctioned(town, "remove-from-board", ada, board="General", duration="3 days")
    shut = town.general.overwrite_of(ada)
    assert shut is not None

    await helper.as_moderator.clears_overwrite(town.general, ada)
    await sim.settled()
    assert town.general.overwrite_of(ada) == shut
    await town.guild.owner.as_moderator.clears_overwrite(town.general, ada)
    await sim.settled()

    assert town.general.overwrite_of(ada) is None
    assert len(lines(town, "given back by hand")) == 1


async def test_sanctions_hold_for_who_leaves_and_comes_back(sim: Simulation, town: Town) -> None:
    """The board stays closed; the group's role, picked anew, is taken anew."""
    ada = await town.guild.member("Ada", roles=[town.designers])
    await may_take_everything(town)
    await sanctioned(town, "remove-from-group", ada, group="Design Portfolio", duration="3 days")
    await sanctioned(town, "remove-from-board", ada, board="General", duration="3 days")
    await ada.leaves()
    await sim.settled()

    await ada.joins()
    await sim.settled()
    await ada.picks_role(town.designers)
    await sim.settled()

    assert town.designers.id not in ada.member.role_ids
    assert town.general.overwrite_of(ada) is not None


async def test_what_automod_does_is_a_case_too(sim: Simulation, town: Town) -> None:
    """Its timeout, with the rule's name; nobody is said to have done it to themselves."""
    ada = await town.guild.member("Ada")
    await town.guild.automod.add("No bananas", "banana", silence=HOUR)
    with pytest.raises(ApiError, match="200000"):
        await ada.says(town.lounge, "a banana")
    await sim.settled()

    (line,) = lines(town, "by hand")
    assert "Discord's AutoMod" in line
    assert "No bananas" in line


class Scene:
    """A town and a bot of the test's own."""

    def __init__(self, sim: Simulation, town: Town, bot: BotProcess) -> None:
        self.sim = sim
        self.town = town
        self.bot = bot

    async def kinds(self) -> list[tuple[SanctionKind, SanctionState]]:
        """Return all sanctions that are known, in order, while the bot does not run."""
        async with opened(self.bot.database) as store:
            found = []
            for case in reversed(await store.cases(self.town.guild.id, 100)):
                assert case.origin is CaseOrigin.BY_HAND
                dossier = await store.dossier(case.id)
                assert dossier is not None
                found.extend((one.kind, one.state) for one in dossier.sanctions)
            return found


@pytest_asyncio.fixture(loop_scope="module")
async def scene(folder: Path, contract: Callable[[], Contract | None]) -> AsyncIterator[Scene]:
    """A set-up guild; the bot has run before, and was stopped."""
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        await bot.start()
        await bot.stop()
        yield Scene(sim, town, bot)
        await bot.kill()
        assert sim.refused == []
        assert check is None or check.violations == []


async def test_what_was_done_while_the_bot_was_away_is_read_once(scene: Scene) -> None:
    """In order, over two starts; a kill in the middle doubles and loses nothing."""
    town, owner = scene.town, scene.town.guild.owner.as_moderator
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await owner.bans(ada)
    await owner.unbans(ada)
    await owner.times_out(bea, DAY)

    await scene.bot.start(wait=False)
    await scene.sim.until(lambda: len(town.log.messages()) > 0)
    await scene.bot.kill()
    await scene.bot.start()
    await scene.bot.stop()
    await scene.bot.start()
    await scene.bot.stop()

    assert sorted(town.log_titles()) == [
        "C-1 · ban lifted",
        "C-1 · ban, by hand",
        "C-2 · timeout, by hand",
    ]
    assert await scene.kinds() == [
        (SanctionKind.BAN, SanctionState.LIFTED),
        (SanctionKind.TIMEOUT, SanctionState.ACTIVE),
    ]


async def test_an_absence_longer_than_the_log_is_told_once(scene: Scene) -> None:
    """What the log still holds becomes cases all the same."""
    town, owner = scene.town, scene.town.guild.owner.as_moderator
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await owner.bans(ada)
    await scene.sim.advance(days=50)
    await owner.bans(bea)

    for _ in range(2):
        await scene.bot.start()
        await scene.bot.stop()

    assert len([line for line in town.log_texts() if "is not known" in line]) == 1
    assert await scene.kinds() == [(SanctionKind.BAN, SanctionState.ACTIVE)]


async def test_an_entry_whose_event_is_broken_is_read_from_the_log(scene: Scene) -> None:
    """At once: whatever cannot be read has the log read."""
    ada = await scene.town.guild.member("Ada")
    await scene.bot.start()
    scene.sim.faults.next_event(ENTRY, EventFault.MALFORM)

    await scene.town.guild.owner.as_moderator.bans(ada)
    await scene.sim.settled()
    await scene.bot.stop()

    assert await scene.kinds() == [(SanctionKind.BAN, SanctionState.ACTIVE)]


async def test_an_entry_whose_event_is_lost_is_read_at_the_next_session(scene: Scene) -> None:
    """Nothing else tells of it."""
    ada = await scene.town.guild.member("Ada")
    await scene.bot.start()
    scene.sim.faults.next_event(ENTRY, EventFault.DROP)

    await scene.town.guild.owner.as_moderator.bans(ada)
    await scene.sim.settled()
    (session,) = scene.sim.gateway.connected
    scene.sim.gateway.invalidate(session)
    await scene.sim.until(lambda: len(scene.town.log.messages()) > 0)
    await scene.sim.settled()
    await scene.bot.stop()

    assert await scene.kinds() == [(SanctionKind.BAN, SanctionState.ACTIVE)]


async def test_without_view_audit_log_it_says_what_is_lost(
    folder: Path, contract: Callable[[], Contract | None]
) -> None:
    """The rest works; once the permission is given, what was done meanwhile is read."""
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        role = next(one for one in town.guild.state.roles.values() if one.bot_id is not None)
        await town.guild.change_role(role, permissions=BOT_PERMISSIONS & ~Permission.VIEW_AUDIT_LOG)
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        await bot.start()
        ada = await town.guild.member("Ada")
        await town.guild.owner.as_moderator.bans(ada)
        await sim.settled()
        assert "View Audit Log" in bot.log()
        assert town.log.messages() == []

        await town.guild.change_role(role, permissions=BOT_PERMISSIONS)
        await sim.settled()
        status = await bot.stop()

        assert status == 0
        assert town.log_titles() == ["C-1 · ban, by hand"]
        assert check is None or check.violations == []
