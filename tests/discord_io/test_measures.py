"""What may be done about a member, tried by a real client in a simulated server."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.discord_io.measures import DiscordMeasures
from bot.ports import ROLE_GONE, Absent, BanSeen, Delivery, MemberSeen, Outcome, OverwriteSeen
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.permissions import Permission
from bot.upholding.reach import leads
from tests.discord_io.simulated import Server, hence, server

WHY = "Concord C-12 · a1b2c3 · guideline 3"
SEND = int(Permission.SEND_MESSAGES)
MEMBER = "GET /guilds/{guild_id}/members/{user_id}"
PATCH = "PATCH /guilds/{guild_id}/members/{user_id}"
BAN = "PUT /guilds/{guild_id}/bans/{user_id}"
OVERWRITE = "PUT /channels/{channel_id}/permissions/{overwrite_id}"


@pytest.fixture
async def here(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """A server in which Concord may do all it needs."""
    async with server(monkeypatch) as one:
        yield one


def measures(here: Server) -> DiscordMeasures:
    """Return what is tested."""
    return DiscordMeasures(here.bot, here.clock)


async def test_a_timeout_is_set_seen_and_ended(here: Server) -> None:
    """The state is read of Discord, the reason stands in its log, and repeating changes nothing."""
    until = hence(2)
    for _ in range(2):
        done = await measures(here).time_out(here.guild.id, here.ada.id, until, WHY)
        assert done.delivery is Delivery.DONE
    assert await measures(here).member(here.guild.id, here.ada.id) == MemberSeen(
        frozenset({here.painters.id}), until
    )
    (entry,) = [one for one in here.guild.audit_log() if one["action_type"] == 24]
    assert entry["reason"] == WHY

    await measures(here).time_out(here.guild.id, here.ada.id, None, WHY)

    assert not here.ada.is_timed_out


async def test_a_timeout_that_ran_out_is_none(here: Server) -> None:
    """Discord leaves the old time where it was."""
    await here.moderator.as_moderator.times_out(here.ada, timedelta(seconds=-1))

    seen = await measures(here).member(here.guild.id, here.ada.id)

    assert seen == MemberSeen(frozenset({here.painters.id}), None)


async def test_who_has_left_is_absent_and_a_change_is_for_later(here: Server) -> None:
    """Whoever reads again sees it; a role is not held by who is not there."""
    await here.ada.leaves()
    guild, ada = here.guild.id, here.ada.id

    assert isinstance(await measures(here).member(guild, ada), Absent)
    late = await measures(here).time_out(guild, ada, hence(1), WHY)
    given = await measures(here).set_role(guild, ada, here.painters.id, held=True, reason=WHY)
    taken = await measures(here).set_role(guild, ada, here.painters.id, held=False, reason=WHY)
    shut = await measures(here).set_overwrite(
        guild, here.board.id, ada, OverwriteSeen(0, SEND), WHY
    )

    assert [one.delivery for one in (late, given, taken, shut)] == [
        Delivery.LATER,
        Delivery.LATER,
        Delivery.DONE,
        Delivery.LATER,
    ]


async def test_a_ban_deletes_only_what_was_asked_for(here: Server) -> None:
    """discord.py would delete a day of messages; here none, unless said."""
    post = await here.ada.says(here.board, "hello")

    await measures(here).ban(here.guild.id, here.ada.id, 0, WHY)

    assert here.ada.is_banned
    assert not post.deleted
    assert await measures(here).ban_of(here.guild.id, here.ada.id) == BanSeen(WHY)

    await measures(here).unban(here.guild.id, here.ada.id, WHY)

    assert not here.ada.is_banned
    again = await measures(here).unban(here.guild.id, here.ada.id, WHY)
    assert again.delivery is Delivery.DONE
    assert isinstance(await measures(here).ban_of(here.guild.id, here.ada.id), Absent)


async def test_who_left_is_banned_all_the_same_until_discord_wants_no_more(here: Server) -> None:
    """Bans of strangers have a quota: then it is for later."""
    await here.ada.leaves()
    here.guild.state.stranger_bans_left = 0

    full = await measures(here).ban(here.guild.id, here.ada.id, 3600, WHY)

    assert full.delivery is Delivery.LATER
    here.guild.state.stranger_bans_left = 1
    assert (await measures(here).ban(here.guild.id, here.ada.id, 0, WHY)).delivery is Delivery.DONE
    nobody = await measures(here).ban(here.guild.id, 4242, 0, WHY)
    assert nobody.delivery is Delivery.REFUSED


async def test_an_overwrite_is_set_and_taken_away(here: Server) -> None:
    """Also twice, and also where the channel has gone meanwhile."""
    where = (here.guild.id, here.board.id, here.ada.id)
    assert isinstance(await measures(here).overwrite(*where), Absent)

    await measures(here).set_overwrite(*where, OverwriteSeen(0, SEND), WHY)

    assert await measures(here).overwrite(*where) == OverwriteSeen(0, SEND)
    for _ in range(2):
        taken = await measures(here).set_overwrite(*where, None, WHY)
        assert taken.delivery is Delivery.DONE
    assert here.board.overwrite_of(here.ada) is None
    gone = await measures(here).overwrite(here.guild.id, 4242, here.ada.id)
    assert isinstance(gone, Absent)


async def test_a_category_decides_for_the_channels_in_step_with_it(here: Server) -> None:
    """One overwrite for the category, one for each channel that goes its own way."""
    category = await here.guild.category("Boards")
    await here.guild.channel("in-step", category=category)
    apart = await here.guild.channel("apart", category=category)
    await here.guild.owner.as_moderator.sets_overwrite(
        apart, here.painters, allow=Permission.SEND_MESSAGES
    )
    thread = await here.ada.starts_thread(here.board, "a talk")
    board = measures(here).channels_of_board

    assert await board(here.guild.id, category.id) == (category.id, apart.id)
    assert await board(here.guild.id, here.board.id) == (here.board.id,)
    assert await board(here.guild.id, thread.id) == (here.board.id,)
    assert isinstance(await board(here.guild.id, 4242), Absent)


async def test_a_channel_is_in_step_while_its_overwrites_are_its_categorys(here: Server) -> None:
    """As long as they are, what is denied in the category is denied in it."""
    category = await here.guild.category("Boards")
    in_step = await here.guild.channel("in-step", category=category)
    apart = await here.guild.channel("apart", category=category)
    await here.guild.owner.as_moderator.sets_overwrite(
        apart, here.painters, allow=Permission.SEND_MESSAGES
    )
    where = here.guild.id, category.id, here.ada.id
    await measures(here).set_overwrite(*where, OverwriteSeen(0, SEND), WHY)

    rooms = await measures(here).rooms(here.guild.id)

    assert not isinstance(rooms, Outcome)
    assert rooms[in_step.id].overwrites[here.ada.id] == OverwriteSeen(0, SEND)
    assert leads(rooms, in_step.id) == category.id
    assert [leads(rooms, one) for one in (apart.id, category.id, here.board.id, 4242)] == [None] * 4


async def test_a_role_is_given_and_taken_and_may_be_gone(here: Server) -> None:
    """What is gone need neither be given nor taken, and the words say that it is gone."""
    guild, ada, painters = here.guild.id, here.ada.id, here.painters.id

    await measures(here).set_role(guild, ada, painters, held=False, reason=WHY)
    assert painters not in here.ada.member.role_ids
    await measures(here).set_role(guild, ada, painters, held=True, reason=WHY)
    assert painters in here.ada.member.role_ids

    await here.guild.delete_role(here.painters)
    given = await measures(here).set_role(guild, ada, painters, held=True, reason=WHY)
    taken = await measures(here).set_role(guild, ada, painters, held=False, reason=WHY)
    assert given == taken == Outcome(Delivery.DONE, ROLE_GONE)


@pytest.mark.parametrize(
    ("fault", "times", "delivery"),
    [
        (Fault.UNAVAILABLE, 1, Delivery.DONE),
        (Fault.RESET, 2, Delivery.DONE),
        (Fault.ANSWER_LOST, 1, Delivery.DONE),
        (Fault.UNAVAILABLE, 9, Delivery.UNCERTAIN),
        (Fault.RESET, 9, Delivery.UNCERTAIN),
        (Fault.RATE_LIMITED, 1, Delivery.DONE),
    ],
)
async def test_what_fails_for_a_moment_is_tried_again(
    here: Server, fault: Fault, times: int, delivery: Delivery
) -> None:
    """Once or twice is nothing; an outage is told as one."""
    here.sim.faults.next(PATCH, fault, times)

    done = await measures(here).time_out(here.guild.id, here.ada.id, hence(1), WHY)

    assert done.delivery is delivery
    assert here.ada.is_timed_out == (delivery is Delivery.DONE)


async def test_a_reading_that_fails_is_an_outcome(here: Server) -> None:
    """Nobody takes silence for an answer."""
    here.sim.faults.next(MEMBER, Fault.RESET, 20)

    seen = await measures(here).member(here.guild.id, here.ada.id)

    assert seen == Outcome(Delivery.UNCERTAIN, "Discord did not answer")


async def test_a_reason_is_cut_to_what_discord_takes(here: Server) -> None:
    """512 characters, whatever they are."""
    await measures(here).ban(here.guild.id, here.ada.id, 0, "ü" * 600)

    entry = here.guild.audit_log()[-1]
    assert entry["reason"] == "ü" * 511 + "…"


async def test_two_factor_is_named(here: Server) -> None:
    """A server may ask it of its moderators, and so of whoever owns the bot."""
    here.sim.faults.next(BAN, Fault.error(403, 60003))

    refused = await measures(here).ban(here.guild.id, here.ada.id, 0, WHY)

    assert "two-factor" in refused.words


async def test_a_role_too_low_is_named_with_where_to_drag_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both roles by name, for a member and for a group's role."""
    async with server(monkeypatch, rank=2) as here:
        ours = here.known.me.top_role.name

        out = await measures(here).time_out(here.guild.id, here.ada.id, hence(1), WHY)
        role = await measures(here).set_role(
            here.guild.id, here.moderator.id, here.painters.id, held=True, reason=WHY
        )

    words = (
        f"Concord's highest role, “{ours}”, is not above the role “Painters”: "
        f"drag “{ours}” above it in Server Settings > Roles"
    )
    assert (out.delivery, out.words) == (Delivery.REFUSED, words)
    assert (role.delivery, role.words) == (Delivery.REFUSED, words)


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (Permission.MODERATE_MEMBERS, "lacks the permission Time out members"),
        (Permission.BAN_MEMBERS, "lacks the permission Ban Members"),
        (Permission.MANAGE_ROLES, "lacks the permission Manage Roles"),
    ],
)
async def test_a_missing_permission_is_called_what_discord_calls_it(
    monkeypatch: pytest.MonkeyPatch, lacking: Permission, words: str
) -> None:
    """A moderator can find it in the settings."""
    async with server(monkeypatch, BOT_PERMISSIONS & ~lacking) as here:
        guild, ada = here.guild.id, here.ada.id
        one = measures(here)
        outcomes = {
            Permission.MODERATE_MEMBERS: await one.time_out(guild, ada, hence(1), WHY),
            Permission.MANAGE_ROLES: await one.set_role(
                guild, ada, here.painters.id, held=False, reason=WHY
            ),
            Permission.BAN_MEMBERS: await one.ban(guild, ada, 0, WHY),
        }

    assert words in outcomes[lacking].words
    assert outcomes[lacking].delivery is Delivery.REFUSED


async def test_what_a_channel_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Manage Permissions in the channel, or the very permission that is to be denied."""
    async with server(monkeypatch) as here:
        owner = here.guild.owner.as_moderator
        where = (here.guild.id, here.board.id, here.ada.id)
        shut = OverwriteSeen(0, int(Permission.MENTION_EVERYONE))

        unable = await measures(here).set_overwrite(*where, shut, WHY)
        bot = here.known.me
        me = next(role for role in here.guild.state.roles.values() if role.bot_id == bot.id)
        await owner.sets_overwrite(here.board, me, deny=Permission.MANAGE_ROLES)
        await here.sim.until(lambda: not _may_manage(here))
        refused = await measures(here).set_overwrite(*where, OverwriteSeen(0, SEND), WHY)

    assert "lacks Mention Everyone" in unable.words
    assert "Manage Permissions" in refused.words


async def test_owner_and_administrators_are_named(here: Server) -> None:
    """Nobody can sanction them: then it is no role that must be moved."""
    boss_role = await here.guild.administrator_role()
    boss = await here.guild.member("Boss", roles=[boss_role])
    await here.sim.until(lambda: here.known.get_member(boss.id) is not None)

    owner = await measures(here).ban(here.guild.id, here.guild.owner.id, 0, WHY)
    out = await measures(here).time_out(here.guild.id, boss.id, hence(1), WHY)

    assert "own the server" in owner.words
    assert "Administrator" in out.words


def _may_manage(here: Server) -> bool:
    channel = here.known.get_channel(here.board.id)
    assert channel is not None
    return channel.permissions_for(here.known.me).manage_roles
