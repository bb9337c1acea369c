"""What of a board removal Concord can deny depends on what it may do, and on the channel's kind."""

import discord
import pytest

from bot.discord_io.deniable import deniable
from bot.discord_io.refusals import about_channel
from bot.policy.writing import bits
from bot.ports import Deniable
from tests.discord_io.objects import ALL_OF_OURS, CATEGORY, ME, channel, client, guild
from tests.making import ART, GENERAL, LOUNGE

SEND, REACT, SPEAK, THREADS = (
    bits((name,)) for name in ("send_messages", "add_reactions", "speak", "create_public_threads")
)
ALL = SEND | REACT | SPEAK | THREADS
TEXT, VOICE, STAGE, FORUM = 0, 2, 13, 15


def held(*names: str) -> int:
    """Return the bits of Concord's role, with these."""
    return ALL_OF_OURS | discord.Permissions(**dict.fromkeys(names, True)).value


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (TEXT, Deniable(SEND, REACT | THREADS)),
        (FORUM, Deniable(SEND, REACT | THREADS)),
        (VOICE, Deniable(SEND, REACT | SPEAK)),
        (STAGE, Deniable(SEND, REACT | SPEAK)),
    ],
)
def test_what_means_nothing_in_a_channel_is_neither_denied_nor_missed(
    kind: int, expected: Deniable
) -> None:
    """Nobody speaks in a text channel, nobody opens threads in a voice channel."""
    known = guild(client(), channel(ART, kind), ours=held("connect"))

    assert deniable(known, ART, ALL) == expected


def test_what_concord_has_it_can_deny() -> None:
    """Except where the channel takes it from its role."""
    ours = held("connect", "speak", "add_reactions", "create_public_threads")
    here = channel(GENERAL), channel(ART, VOICE), channel(LOUNGE, add_reactions=True)
    known = guild(client(), *here, ours=ours)

    assert deniable(known, GENERAL, ALL) == Deniable(ALL & ~SPEAK, 0)
    assert deniable(known, ART, ALL) == Deniable(ALL & ~THREADS, 0)
    assert deniable(known, LOUNGE, ALL) == Deniable(SEND | THREADS, REACT)


def test_a_category_denies_for_what_may_join_it_and_misses_for_what_is_in_it() -> None:
    """A voice channel that joins it, in step, is denied at once."""
    spoken, unspoken = held("connect", "speak"), held("connect")
    text = channel(CATEGORY, 4), channel(ART, parent=CATEGORY)
    mixed = *text, channel(GENERAL, VOICE, parent=CATEGORY)

    assert deniable(guild(client(), *text, ours=spoken), CATEGORY, SEND | SPEAK) == Deniable(
        SEND | SPEAK, 0
    )
    assert deniable(guild(client(), *text, ours=unspoken), CATEGORY, SEND | SPEAK).lacking == 0
    assert deniable(guild(client(), *mixed, ours=unspoken), CATEGORY, SEND | SPEAK) == Deniable(
        SEND, SPEAK
    )


def test_what_the_channel_alone_lets_concord_do_it_cannot_deny() -> None:
    """Discord counts what it holds on the server or in the category; or who manages there."""
    react = discord.Permissions(add_reactions=True).value
    manage = discord.Permissions(add_reactions=True, manage_roles=True).value
    here = channel(ART), channel(GENERAL, parent=CATEGORY), channel(CATEGORY, 4), channel(LOUNGE)
    for one, allowed in zip(here, (react, 0, react, manage), strict=True):
        one["permission_overwrites"] = [
            {"id": str(ME), "type": 1, "allow": str(allowed), "deny": "0"}
        ]
    here[1]["permission_overwrites"] = here[2]["permission_overwrites"]
    known = guild(client(), *here)

    assert deniable(known, ART, SEND | REACT) == Deniable(SEND, REACT)
    assert deniable(known, GENERAL, SEND | REACT) == Deniable(SEND | REACT, 0)
    assert deniable(known, LOUNGE, SEND | REACT) == Deniable(SEND | REACT, 0)
    assert "it has Add Reactions in #202 alone" in about_channel(known, ART, SEND | REACT)


def test_of_a_channel_that_is_not_known_discord_will_say() -> None:
    """Nothing is said to be missing that may be there."""
    assert deniable(None, ART, ALL) == Deniable(ALL, 0)
    assert deniable(guild(client(), channel(GENERAL)), ART, ALL) == Deniable(ALL, 0)
