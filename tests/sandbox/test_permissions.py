"""Discord's permission arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.permissions import (
    ALL,
    TIMED_OUT,
    Overwrite,
    OverwriteKind,
    Permission,
    Standing,
    in_channel,
    in_guild,
    in_thread,
)

P = Permission
GUILD, ADA, ROLE_A, ROLE_B = 1, 2, 3, 4
TALK = P.VIEW_CHANNEL | P.SEND_MESSAGES

bits = st.integers(0, int(ALL)).map(Permission)
without_administrator = bits.map(lambda value: value & ~P.ADMINISTRATOR)
overwrites = st.lists(
    st.builds(
        Overwrite,
        target_id=st.sampled_from([GUILD, ADA, ROLE_A, ROLE_B, 99]),
        kind=st.sampled_from(OverwriteKind),
        allow=bits,
        deny=bits,
    ),
    max_size=6,
)


def standing(
    everyone: Permission = TALK,
    roles: dict[int, Permission] | None = None,
    *,
    is_owner: bool = False,
    is_timed_out: bool = False,
) -> Standing:
    """Return a member's standing."""
    return Standing(ADA, GUILD, is_owner, everyone, roles or {}, is_timed_out)


def role_overwrite(role: int, allow: Permission = P.NONE, deny: Permission = P.NONE) -> Overwrite:
    """Return an overwrite for a role."""
    return Overwrite(role, OverwriteKind.ROLE, allow, deny)


def test_roles_add_to_what_everyone_may() -> None:
    """The permissions in the guild are a union."""
    who = standing(P.VIEW_CHANNEL, {ROLE_A: P.SEND_MESSAGES, ROLE_B: P.KICK_MEMBERS})

    assert in_guild(who) == P.VIEW_CHANNEL | P.SEND_MESSAGES | P.KICK_MEMBERS


def test_an_administrator_passes_every_overwrite() -> None:
    """Administrators have everything everywhere."""
    who = standing(roles={ROLE_A: P.ADMINISTRATOR})

    assert in_channel(who, [role_overwrite(GUILD, deny=ALL)]) == ALL


def test_a_role_overwrite_wins_over_that_of_everyone() -> None:
    """A staff channel denies @everyone and allows a role."""
    hidden = [
        role_overwrite(GUILD, deny=P.VIEW_CHANNEL),
        role_overwrite(ROLE_A, allow=P.VIEW_CHANNEL),
    ]

    assert in_channel(standing(), hidden) == P.NONE
    assert in_channel(standing(roles={ROLE_A: P.NONE}), hidden) == TALK


def test_one_role_that_allows_wins_over_another_that_denies() -> None:
    """Role overwrites are joined: denials of all first, then what any allows."""
    who = standing(roles={ROLE_A: P.NONE, ROLE_B: P.NONE})
    both = [
        role_overwrite(ROLE_A, allow=P.SEND_MESSAGES),
        role_overwrite(ROLE_B, deny=P.SEND_MESSAGES),
    ]

    assert in_channel(who, both) == in_channel(who, both[::-1]) == TALK


def test_the_members_own_overwrite_comes_last() -> None:
    """Board removal by a member overwrite holds against every role."""
    who = standing(roles={ROLE_A: P.NONE})
    channel = [
        Overwrite(ADA, OverwriteKind.MEMBER, deny=P.VIEW_CHANNEL),
        role_overwrite(ROLE_A, allow=P.VIEW_CHANNEL),
    ]

    assert in_channel(who, channel) == P.NONE


def test_without_sending_there_are_no_files_and_embeds() -> None:
    """What needs SEND_MESSAGES goes with it."""
    who = standing(P.VIEW_CHANNEL | P.ATTACH_FILES | P.EMBED_LINKS | P.MANAGE_MESSAGES)

    assert in_channel(who, []) == P.VIEW_CHANNEL | P.MANAGE_MESSAGES


def test_a_thread_has_a_send_permission_of_its_own() -> None:
    """SEND_MESSAGES of the parent does not matter in its threads."""
    reader = P.VIEW_CHANNEL | P.SEND_MESSAGES
    writer = P.VIEW_CHANNEL | P.SEND_MESSAGES_IN_THREADS

    assert not in_thread(reader) & P.SEND_MESSAGES
    assert in_thread(writer) & P.SEND_MESSAGES


def test_a_timed_out_owner_still_has_everything() -> None:
    """Neither owner nor administrator can be silenced."""
    assert in_channel(standing(is_owner=True, is_timed_out=True), []) == ALL
    administrator = standing(roles={ROLE_A: P.ADMINISTRATOR}, is_timed_out=True)
    assert in_channel(administrator, []) == ALL


@given(without_administrator, without_administrator, overwrites)
def test_who_is_timed_out_at_most_reads(
    everyone: Permission, role: Permission, channel: list[Overwrite]
) -> None:
    """No overwrite gives a timed-out member more than reading."""
    granted = in_channel(standing(everyone, {ROLE_A: role}, is_timed_out=True), channel)

    assert granted & ~TIMED_OUT == P.NONE


@given(bits, bits, overwrites)
def test_who_does_not_see_a_channel_may_nothing(
    everyone: Permission, role: Permission, channel: list[Overwrite]
) -> None:
    """Without VIEW_CHANNEL no bit is left."""
    granted = in_channel(standing(everyone, {ROLE_A: role}), channel)

    assert granted == P.NONE or granted & P.VIEW_CHANNEL


@given(bits, bits, bits)
def test_a_further_role_never_takes_away_in_the_guild(
    everyone: Permission, one: Permission, other: Permission
) -> None:
    """Roles only add."""
    fewer = in_guild(standing(everyone, {ROLE_A: one}))
    more = in_guild(standing(everyone, {ROLE_A: one, ROLE_B: other}))

    assert fewer & more == fewer


@given(bits, bits, overwrites)
def test_the_order_of_overwrites_does_not_matter(
    everyone: Permission, role: Permission, channel: list[Overwrite]
) -> None:
    """A channel holds one overwrite per target, in no order."""
    unique = list({each.target_id: each for each in channel}.values())
    who = standing(everyone, {ROLE_A: role, ROLE_B: role})

    assert in_channel(who, unique) == in_channel(who, unique[::-1])


@given(bits, overwrites)
def test_overwrites_for_others_change_nothing(
    everyone: Permission, channel: list[Overwrite]
) -> None:
    """Only @everyone, the member's own roles and the member count."""
    mine = {GUILD, ADA}
    kinds = {GUILD: OverwriteKind.ROLE, ADA: OverwriteKind.MEMBER}
    relevant = [
        each for each in channel if each.target_id in mine and each.kind is kinds[each.target_id]
    ]

    assert in_channel(standing(everyone), channel) == in_channel(standing(everyone), relevant)
