"""Links, ids and numbers that moderators type."""

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_io.interactions.references import (
    OptionError,
    PostPlace,
    link_of,
    read_case,
    read_post,
)

GUILD, CHANNEL, MESSAGE = 912345678901234567, 923456789012345678, 934567890123456789


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        # what Copy Message Link gives, on all three kinds of client
        (f"https://discord.com/channels/{GUILD}/{CHANNEL}/{MESSAGE}", PostPlace(MESSAGE, CHANNEL)),
        (
            f"https://ptb.discord.com/channels/{GUILD}/{CHANNEL}/{MESSAGE}",
            PostPlace(MESSAGE, CHANNEL),
        ),
        (
            f"https://canary.discord.com/channels/{GUILD}/{CHANNEL}/{MESSAGE}",
            PostPlace(MESSAGE, CHANNEL),
        ),
        # older links, links without preview, blanks that come along
        (
            f"https://discordapp.com/channels/{GUILD}/{CHANNEL}/{MESSAGE}",
            PostPlace(MESSAGE, CHANNEL),
        ),
        (
            f" <https://discord.com/channels/{GUILD}/{CHANNEL}/{MESSAGE}> ",
            PostPlace(MESSAGE, CHANNEL),
        ),
        # Copy Message ID, with and without the shift key
        (f"{CHANNEL}-{MESSAGE}", PostPlace(MESSAGE, CHANNEL)),
        (f"{MESSAGE}", PostPlace(MESSAGE, None)),
    ],
)
def test_a_post_is_understood_however_discord_copies_it(typed: str, place: PostPlace) -> None:
    """Link, pair of ids, id."""
    assert read_post(typed, GUILD) == place


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "that one",
        "12",
        f"https://discord.com/channels/{GUILD}/{CHANNEL}",
        f"https://evil.example/channels/{GUILD}/{CHANNEL}/{MESSAGE}",
        f"https://discord.com/channels/@me/{CHANNEL}/{MESSAGE}",
        f"https://discord.com/channels/{GUILD}/{CHANNEL}/{MESSAGE}/extra",
    ],
)
def test_what_is_no_post_is_answered_with_how_to_copy_a_link(typed: str) -> None:
    """The sentence says what to press."""
    with pytest.raises(OptionError, match="Copy Message Link"):
        read_post(typed, GUILD)


def test_a_post_of_another_server_is_refused() -> None:
    """Also where Concord is on both."""
    with pytest.raises(OptionError, match="another server"):
        read_post(f"https://discord.com/channels/{GUILD + 1}/{CHANNEL}/{MESSAGE}", GUILD)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_a_post(typed: str) -> None:
    """A value or a sentence, never anything else."""
    with suppress(OptionError):
        assert isinstance(read_post(typed, GUILD), PostPlace)


def test_our_own_links_are_understood() -> None:
    """What Concord writes can be pasted back."""
    assert read_post(link_of(GUILD, CHANNEL, MESSAGE), GUILD) == PostPlace(MESSAGE, CHANNEL)


@pytest.mark.parametrize("typed", ["C-12", "c-12", "C12", "12", "#12", " case 12 ", "Case C-12"])
def test_a_case_is_understood_however_it_is_written(typed: str) -> None:
    """As in the log, as spoken, as a number."""
    assert read_case(typed) == 12


@pytest.mark.parametrize("typed", ["", "C-", "twelve", "C-1.5", "-12-", "9999999999"])
def test_what_is_no_case_is_answered_with_an_example(typed: str) -> None:
    """The sentence shows one."""
    with pytest.raises(OptionError, match="C-12"):
        read_case(typed)


@pytest.mark.parametrize("unit", [" ", "case ", "c", "#", "-", "0", "\n"])
def test_the_longest_option_discord_lets_through_is_refused_at_once(unit: str) -> None:
    """What nobody means to be a case costs no more than reading it."""
    typed = f"case{unit * 6000}"[:5_999] + "x"
    began = process_time()

    with pytest.raises(OptionError):
        read_case(typed)

    assert process_time() - began < 0.05
