"""What moderators, other bots and AutoMod do in Discord itself, with the real bot watching."""

from datetime import timedelta

import pytest

from bot.sandbox import ApiError, Simulation
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import decided
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 20

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = {"rule": "disrespect", "because": "As agreed."}
ON_BOARDS = Permission.ADD_REACTIONS | Permission((1 << 9) | (1 << 21))
"""Reactions, Video and Speak."""


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
        "C-3 · kicked, by hand",
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


async def test_what_leaves_nothing_to_uphold_is_written_down(sim: Simulation, town: Town) -> None:
    """Posts deleted, a board closed, a message AutoMod kept back: a line each; off boards none."""
    ada, bea, cyd = await town.guild.members(["Ada", "Bea", "Cyd"])
    owner = town.guild.owner.as_moderator
    words = ("First", "Second")
    posts = [await ada.says(town.general, f"{one} thoughts about briefs.") for one in words]
    aside = await ada.says(town.lounge, "Thoughts beside the boards.")
    await sim.settled()

    for post in (*posts, aside):
        await owner.deletes(post, "off topic")
    await owner.sets_overwrite(town.general, bea, deny=Permission.SEND_MESSAGES)
    await owner.sets_overwrite(town.lounge, bea, deny=Permission.SEND_MESSAGES)
    await town.guild.automod.add("No pills", "pill*")
    for _ in range(2):
        with pytest.raises(ApiError, match="200000"):
            await cyd.says(town.general, "buy pills")
    await sim.settled()

    first, second, third = town.log_texts()
    assert [one.partition("\n")[0] for one in (first, second, third)] == [
        "C-1 · posts deleted, by hand",
        "C-2 · permissions denied, by hand",
        "C-3 · a message kept back, by hand",
    ]
    where, hand = f"<#{town.general.id}>", f"Done by hand by {town.guild.owner.mention}"
    assert hand in first
    assert f"Posts of theirs in {where} were deleted by hand" in first
    assert "off topic" in first
    assert hand in second
    assert f"Denied to them in {where}: Send Messages" in second
    assert "Done by hand by Discord's AutoMod" in third
    assert f'in {where} from appearing (its rule "No pills")' in third
    assert [notices(one) for one in (ada, bea, cyd)] == [[], [], []]
    mine = await (await ada.slash("my record")).answered()
    assert "Nothing counts against you now." in mine.text
    assert "• posts deleted; it counts for nothing" in mine.text


async def test_a_post_concord_deletes_is_no_act_by_hand(sim: Simulation, town: Town) -> None:
    """By its own account; what a moderator deletes beside it is noted in no decided case."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "Thoughts about briefs.")
    await sim.settled()
    mo = town.moderator
    address = f"https://discord.com/channels/{town.guild.id}/{town.general.id}/{post.id}"

    await decided(mo, await mo.slash("remove post", post=address, **RULES))
    await sim.settled()

    assert town.general.messages() == []
    assert town.log_titles() == ["C-1 · 1 post removed"]
