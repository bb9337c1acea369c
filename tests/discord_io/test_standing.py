"""Who may do what to whom, read when it is pressed."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord_io.standing import person, powers, role_ranks, standing
from bot.model.community import Community, Place
from bot.model.standing import Person, Power
from tests.discord_io.objects import MANAGER, ME, OWNER, client, guild, member, role, user
from tests.making import ADA, GUILD, MODERATORS, PAINTERS

STRANGER = 77
COMMUNITY = Community(
    "Freelance Community",
    moderators=(Place("Moderators", MODERATORS),),
    admins=(Place("Painters", PAINTERS),),
)


def failure(status: int, code: int) -> discord.HTTPException:
    """Return an error answer of Discord's."""
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(status, discord.HTTPException)
    return kind(SimpleNamespace(status=status, reason=""), {"code": code})  # type: ignore[arg-type]


def answering(one: discord.Client, **answers: Any) -> None:
    """Let the client's requests be answered: by a payload, or by raising."""
    for name, answer in answers.items():

        async def answered(*_: object, answer: Any = answer) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

        setattr(one.http, name, answered)


def known(one: discord.Client, user_id: int) -> discord.Member:
    """Return a member of the test's server."""
    found = one.guilds[0].get_member(user_id)
    assert found is not None
    return found


def test_a_person_is_read_from_roles_and_permissions() -> None:
    """Moderators by role, admins by role or permission, the owner by the server."""
    one = client()
    guild(one)

    assert person(known(one, ADA), COMMUNITY) == Person(
        ADA,
        str(ADA),
        is_admin=True,
        rank=1,
        roles=frozenset({GUILD, PAINTERS}),
        top_role=str(PAINTERS),
    )
    assert person(known(one, MANAGER), Community("Plain")).is_admin
    owner = person(known(one, OWNER), COMMUNITY)
    assert owner.is_owner
    assert owner.is_administrator
    assert person(known(one, ME), COMMUNITY).is_bot


def test_who_is_timed_out_keeps_what_their_roles_permit() -> None:
    """An administrator cannot be timed out again: that must be known while they are."""
    one = client()
    place = guild(one)
    boss = discord.Role(guild=place, state=one._connection, data=role(113, 8, 5))  # type: ignore[arg-type]
    place._add_role(boss)
    payload = member(STRANGER, 113) | {"communication_disabled_until": "2999-01-01T00:00:00+00:00"}
    there = discord.Member(data=payload, guild=place, state=one._connection)  # type: ignore[arg-type]

    assert person(there, COMMUNITY).is_administrator
    assert person(there, COMMUNITY).rank == 5


def test_powers_and_ranks_are_the_servers_own() -> None:
    """What Concord's roles permit, and where the roles stand; a role that is gone is left out."""
    one = client()
    place = guild(one)

    assert powers(place.me) == set(Power)
    assert role_ranks(place, [PAINTERS, 4242]) == ((PAINTERS, 1),)


async def test_the_subject_is_asked_of_discord() -> None:
    """A role given a moment ago counts, whether or not Concord heard of it."""
    one = client()
    place = guild(one)
    answering(one, get_member=member(ADA, PAINTERS, MODERATORS))

    read = await standing(place, known(one, MANAGER), ADA, COMMUNITY, [PAINTERS])

    assert read.subject.is_moderator
    assert read.actor.is_admin
    assert read.role_ranks == ((PAINTERS, 1),)


async def test_without_an_answer_what_was_heard_last_counts() -> None:
    """An outage of one request does not keep a moderator from acting."""
    one = client()
    place = guild(one)
    answering(one, get_member=TimeoutError())

    read = await standing(place, known(one, MANAGER), ADA, COMMUNITY)

    assert read.subject.is_admin


async def test_nobody_is_guessed_at() -> None:
    """Of an account nothing was heard of, an outage is an outage."""
    one = client()
    place = guild(one)
    answering(one, get_member=failure(503, 0))

    with pytest.raises(discord.HTTPException):
        await standing(place, known(one, MANAGER), STRANGER, COMMUNITY)


async def test_an_account_that_left_is_known_by_name_and_kind() -> None:
    """Who left may be banned all the same; a bot stays a bot."""
    one = client()
    place = guild(one)
    answering(one, get_member=failure(404, 10007), get_user=user(STRANGER, bot=True))

    read = await standing(place, known(one, MANAGER), STRANGER, COMMUNITY)

    assert read.subject == Person(STRANGER, str(STRANGER), is_member=False, is_bot=True)


async def test_who_has_no_account_is_known_to_be_nobody() -> None:
    """A webhook's author, or an account that was deleted: nothing else is to be said of it."""
    one = client()
    place = guild(one)
    gone = failure(404, 10013)
    answering(one, get_member=gone, get_user=gone)

    read = await standing(place, known(one, MANAGER), STRANGER, COMMUNITY)

    assert read.subject == Person(STRANGER, str(STRANGER), is_member=False, is_account=False)
