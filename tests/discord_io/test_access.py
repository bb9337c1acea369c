"""A change of permissions opens a channel to Concord, or it does not."""

import copy
from typing import Any

import discord
import pytest

from bot.discord_io.access import opened_by_channel, opened_by_member, opened_by_role
from tests.discord_io.objects import CATEGORY, EVERYONE, ME, channel, client, guild, role
from tests.making import ADA, ART, GUILD, PAINTERS

OURS = 111
VIEW, HISTORY = {"view_channel": True}, {"read_message_history": True}


def changed_channel(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return whether going from one payload to another opened the channel."""
    known = guild(client(), before)
    now = known.get_channel(int(before["id"]))
    assert now is not None
    then = copy.copy(now)
    now._update(known, after)  # type: ignore[arg-type] # as discord.py does on the event
    return opened_by_channel(then, now)


@pytest.mark.parametrize(
    ("before", "after", "opened"),
    [
        (VIEW, {}, True),
        (HISTORY, {}, True),
        (VIEW | HISTORY, HISTORY, False),
        ({}, VIEW, False),
        ({}, {}, False),
        ({"send_messages": True}, {}, False),
    ],
)
def test_a_channel_is_opened_once_both_view_and_history_are_there(
    before: dict[str, bool], after: dict[str, bool], opened: bool
) -> None:
    """What is denied before and after; half of it reads nothing."""
    assert changed_channel(channel(ART, **before), channel(ART, **after)) is opened


def test_a_category_holds_nothing_to_read() -> None:
    """Its channels say for themselves that they were opened."""
    assert not changed_channel(channel(CATEGORY, 4, view_channel=True), channel(CATEGORY, 4))


def changed_role(identity: int, before: discord.Permissions, after: discord.Permissions) -> bool:
    """Return whether a change of a role's permissions opened anything."""
    known = guild(client())
    now = known.get_role(identity)
    assert now is not None
    now._update(role(identity, before.value))  # type: ignore[arg-type] # as on the event
    then = copy.copy(now)
    now._update(role(identity, after.value))  # type: ignore[arg-type]
    return opened_by_role(then, now)


NONE = discord.Permissions.none()
ALL_IT_TAKES = discord.Permissions(view_channel=True, read_message_history=True)
MANAGES = discord.Permissions(manage_messages=True)


@pytest.mark.parametrize(
    ("identity", "before", "after", "opened"),
    [
        (OURS, NONE, ALL_IT_TAKES, True),
        (OURS, NONE, discord.Permissions(administrator=True), True),
        (OURS, ALL_IT_TAKES, NONE, False),
        (OURS, ALL_IT_TAKES, ALL_IT_TAKES | MANAGES, False),
        (PAINTERS, NONE, ALL_IT_TAKES, False),
        (EVERYONE, NONE, ALL_IT_TAKES, False),
    ],
    ids=["given", "administrator", "taken", "something else", "not ours", "had by another role"],
)
def test_a_role_of_ours_opens_what_no_other_role_of_ours_gave(
    identity: int, before: discord.Permissions, after: discord.Permissions, opened: bool
) -> None:
    """Whatever else is changed about roles."""
    assert changed_role(identity, before, after) is opened


@pytest.mark.parametrize(
    ("member", "before", "after", "opened"),
    [
        (ME, (), (OURS,), True),
        (ME, (OURS,), (), False),
        (ME, (OURS,), (OURS, PAINTERS), False),
        (ADA, (), (OURS,), False),
    ],
    ids=["given", "taken", "of no use", "somebody else's"],
)
def test_a_role_given_to_concord_opens_what_it_could_not_read(
    member: int, before: tuple[int, ...], after: tuple[int, ...], opened: bool
) -> None:
    """Only Concord's own roles, and only what they add."""
    known = guild(client())
    now = known.get_member(member)
    assert now is not None
    now._roles = discord.utils.SnowflakeList(before)
    then = discord.Member._copy(now)
    now._roles = discord.utils.SnowflakeList(after)
    assert now.guild.id == GUILD
    assert opened_by_member(then, now) is opened
