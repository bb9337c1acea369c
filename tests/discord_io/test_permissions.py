"""What Concord is missing, in words that say what it breaks."""

import discord
import pytest

from bot.discord_io.permissions import missing
from bot.model.community import Board, CommunityGroup, Place, Umbrella
from tests.discord_io.objects import ALL_OF_OURS, channel, client, guild
from tests.making import ART, GENERAL, LOG, community


def told(*channels: dict[str, object]) -> tuple[str, ...]:
    """Return what is missing on a server with these channels."""
    return missing(guild(client(), *channels), community())


def test_with_everything_it_needs_nothing_is_said() -> None:
    """No sentence without a reason."""
    assert told(channel(GENERAL), channel(ART), channel(LOG)) == ()


@pytest.mark.parametrize(
    ("permission", "word", "breaks"),
    [
        ("view_channel", "View Channel", "posts there cannot be screened"),
        ("read_message_history", "Read Message History", "cannot be caught up on"),
        ("manage_messages", "Manage Messages", "posts there cannot be removed"),
        ("create_private_threads", "Create Private Threads", "closed direct messages"),
        ("send_messages_in_threads", "Send Messages in Threads", "closed direct messages"),
    ],
)
def test_each_lack_on_a_board_is_named_with_what_it_breaks_and_how_to_mend_it(
    permission: str, word: str, breaks: str
) -> None:
    """One sentence, naming the channel."""
    sentences = told(channel(GENERAL), channel(ART, **{permission: True}), channel(LOG))
    (sentence,) = [one for one in sentences if f"lacks {word}" in one]
    assert sentence.startswith("In #art Concord lacks")
    assert breaks in sentence
    assert "Give it to Concord's role" in sentence


@pytest.mark.parametrize(
    "permission", ["send_messages", "embed_links", "attach_files", "read_message_history"]
)
def test_each_lack_on_the_log_is_named(permission: str) -> None:
    """Moderators would wait for lines that never come."""
    sentences = told(channel(GENERAL), channel(ART), channel(LOG, **{permission: True}))
    assert [one for one in sentences if one.startswith("In #mod-log Concord lacks")]


@pytest.mark.parametrize(
    ("permission", "word", "lost"),
    [
        ("moderate_members", "Time out members", "nobody can be timed out"),
        ("ban_members", "Ban Members", "nobody can be banned"),
        ("manage_roles", "Manage Roles", "nobody can be removed from a board or a group"),
        ("manage_threads", "Manage Threads", "locked or closed"),
        ("view_audit_log", "View Audit Log", "by hand becomes no case"),
    ],
)
def test_each_lack_on_the_server_is_said_once(permission: str, word: str, lost: str) -> None:
    """Not again for each board, with what does not work until then."""
    ours = ALL_OF_OURS & ~discord.Permissions(**{permission: True}).value

    (sentence,) = missing(guild(client(), ours=ours), community(log=None))

    assert word in sentence
    assert lost in sentence


def test_what_a_removal_from_a_board_takes_concord_must_have() -> None:
    """Discord lets nobody deny what they may not do themselves."""
    known = guild(client(), channel(GENERAL, manage_roles=True), channel(ART), channel(LOG))

    sentences = missing(known, community(), {"send_messages", "add_reactions"})

    assert [one.partition(":")[0] for one in sentences] == [
        "In #general Concord lacks Manage Permissions",
        "In #general Concord lacks Add Reactions",
        "In #art Concord lacks Add Reactions",
    ]


def test_what_is_done_in_voice_is_missed_on_voice_boards_alone() -> None:
    """On a text board nobody speaks; on a voice board nobody opens threads."""
    voice = [channel(GENERAL), {**channel(ART), "type": 2, "bitrate": 64000, "user_limit": 0}]

    assert missing(guild(client()), community(log=None), {"speak"}) == ()
    takes = {"speak", "create_public_threads"}
    ours = ALL_OF_OURS | discord.Permissions(connect=True).value
    assert [
        one.partition(":")[0]
        for one in missing(guild(client(), *voice, ours=ours), community(log=None), takes)
    ] == [
        "In #general Concord lacks Create Public Threads",
        "In #art Concord lacks Speak",
    ]


def test_a_groups_role_above_concords_is_named() -> None:
    """With where to drag which; one that is gone, or nobody's to give, as well."""
    low = missing(guild(client(), rank=0), community(log=None))
    (dragged,) = [one for one in low if "Painters" in one]
    assert dragged.startswith("Nobody can be removed from the group Painters. Concord's highest")
    assert "drag “" in dragged

    gone = CommunityGroup("Gone", Umbrella.INTEREST, Place("Gone", 4242), frozenset())
    (sentence,) = missing(guild(client()), community(log=None, groups=(gone,)))
    assert sentence.startswith("The role of the group Gone is not there any more")


def test_each_lack_on_the_public_log_is_named() -> None:
    """Everybody would wait for it."""
    log = Place("decisions", LOG)
    known = guild(client(), channel(GENERAL), channel(ART), channel(LOG, send_messages=True))

    sentences = missing(known, community(log=None, public_log=log))

    assert sentences[0].startswith("In #decisions Concord lacks Send Messages: the public log")


def test_a_channel_that_is_gone_is_named() -> None:
    """Screening goes on elsewhere."""
    assert told(channel(GENERAL), channel(LOG)) == (
        "#art is not there any more: apply the community file again.",
    )


def test_the_same_is_said_once() -> None:
    """Two boards on one channel lack it once each by name, no sentence twice."""
    twins = (Board("art", Place("art", ART)), Board("art", Place("art", ART)))
    known = guild(client(), channel(GENERAL), channel(ART, manage_messages=True), channel(LOG))
    sentences = missing(known, community(boards=twins))
    assert len(sentences) == len(set(sentences))
    assert sentences


def test_without_a_log_nothing_is_missed_there() -> None:
    """A community may have none."""
    known = guild(client(), channel(GENERAL), channel(ART))
    assert missing(known, community(log=None)) == ()
