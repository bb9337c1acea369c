"""What Concord is missing, in words that say what it breaks."""

import pytest

from bot.discord_io.permissions import missing
from bot.model.community import Board, Place
from tests.discord_io.objects import channel, client, guild
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


@pytest.mark.parametrize("permission", ["send_messages", "embed_links", "read_message_history"])
def test_each_lack_on_the_log_is_named(permission: str) -> None:
    """Moderators would wait for lines that never come."""
    sentences = told(channel(GENERAL), channel(ART), channel(LOG, **{permission: True}))
    assert [one for one in sentences if one.startswith("In #mod-log Concord lacks")]


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
