"""What goes wrong with a press is a sentence, or an id of the log; never silence."""

from types import SimpleNamespace

import aiohttp
import discord
import pytest
from discord import app_commands
from structlog.testing import capture_logs

from bot.discord_io.interactions.references import OptionError
from bot.discord_io.interactions.trouble import answer_to
from bot.text.durations import DurationError


def wrapped(error: Exception) -> Exception:
    """Return an error as discord.py wraps what a command raises."""
    command = SimpleNamespace(name="warn")
    outer = app_commands.CommandInvokeError(command, error)  # type: ignore[arg-type]
    outer.__cause__ = error
    return outer


def in_option(error: Exception) -> Exception:
    """Return an error as discord.py wraps what an option raises."""
    transformer = SimpleNamespace(_error_display_name="Length")
    kind = discord.AppCommandOptionType.string
    outer = app_commands.TransformerError("x", kind, transformer)  # type: ignore[arg-type]
    outer.__cause__ = error
    return outer


def words(error: BaseException) -> str:
    """Return what is said about an error."""
    embed = answer_to(error).embeds[0]
    return f"{embed.title}: {embed.description}"


@pytest.mark.parametrize("wrap", [wrapped, in_option, lambda error: ExceptionGroup("x", [error])])
def test_what_is_expected_is_said_as_it_is(wrap: "pytest.FixtureRequest") -> None:
    """Whatever it is wrapped in; nothing of it goes to the log."""
    with capture_logs() as logs:
        said = words(wrap(OptionError("There is no such post.")))  # type: ignore[operator]

    assert said == "Nothing was done: There is no such post."
    assert logs == []


def test_the_half_of_a_sentence_becomes_a_whole_one() -> None:
    """As where a length cannot be read."""
    assert words(in_option(DurationError("that is no length"))) == (
        "Nothing was done: That is no length."
    )


@pytest.mark.parametrize(
    "error",
    [
        ValueError("what a member wrote"),
        NotImplementedError(),
        aiohttp.ServerDisconnectedError(),
        TimeoutError(),
        discord.HTTPException(
            SimpleNamespace(status=500, reason="x"),  # type: ignore[arg-type]
            "what a member wrote",
        ),
    ],
)
def test_what_nobody_expected_is_found_in_the_log_by_the_id_that_is_shown(error: Exception) -> None:
    """Where it happened is logged; what it says is not, for it may hold a member's words."""
    with capture_logs() as logs:
        said = words(wrapped(error))

    (line,) = logs
    assert line["trouble"] in said
    assert line["error"] == type(error).__name__
    assert "what a member wrote" not in f"{logs}{said}"


def test_a_command_that_has_changed_is_no_defect() -> None:
    """Discord may still show the form of before."""
    assert "wait a minute" in words(app_commands.CommandNotFound("old", []))
