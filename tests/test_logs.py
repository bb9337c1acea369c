"""What stands in the log of an error: where it happened and of what kind, and nobody's words."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import discord
import pytest
import structlog

from bot.logs import configure_logs

WORDS = "my purple garden"


@pytest.fixture(params=[True, False], ids=["json", "console"])
def log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Log to a text, in either format; leave logging as it was."""
    root, discords = logging.getLogger(), logging.getLogger("discord")
    before = structlog.get_config(), root.handlers[:], root.level, discords.level
    for name in ("asyncio", "discord.client"):  # import-linter silences the loggers it finds
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
    text = io.StringIO()
    monkeypatch.setattr(sys, "stderr", text)
    configure_logs("INFO", as_json=request.param)
    yield text
    structlog.configure(**before[0])
    root.handlers[:], discords.level = before[1], before[3]
    root.setLevel(before[2])


def stumble(words: str) -> None:
    """Fail with words in the locals and in the message."""
    held = {"content": words, "Authorization": words}
    raise ValueError(f"what is {held}?")


def wrapped(words: str) -> None:
    """Fail because of that, in a group."""
    try:
        stumble(words)
    except ValueError as error:
        raise ExceptionGroup(words, [RuntimeError(words)]) from error


def test_an_error_says_where_and_what_and_quotes_nobody(log: io.StringIO) -> None:
    """Neither what stood in variables nor what the error says: both may be members' words."""
    logger = structlog.get_logger("bot.somewhere")
    try:
        wrapped(WORDS)
    except ExceptionGroup as error:
        logger.exception("a lane stumbled")
        logger.warning("a lane stumbled", exc_info=error)
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_message")

    said = log.getvalue()
    assert WORDS not in said
    assert "Authorization" not in said
    for what in (
        "Traceback",
        "ValueError",
        "RuntimeError",
        "ExceptionGroup",
        "in stumble",
        "in wrapped",
    ):
        assert said.count(what) >= 3, what
    assert "a lane stumbled" in said
    assert "Ignoring exception in on_message" in said


def test_an_answer_of_discords_and_of_the_system_is_named_by_its_number(log: io.StringIO) -> None:
    """That is enough to look it up."""
    logger = structlog.get_logger("bot.somewhere")
    answer = SimpleNamespace(status=400, reason=WORDS)
    refused = discord.HTTPException(answer, {"code": 50035, "message": WORDS})  # type: ignore[arg-type]

    logger.error("refused", exc_info=refused)
    logger.error("full", exc_info=OSError(28, WORDS))

    said = log.getvalue()
    assert WORDS not in said
    assert "HTTPException (status 400, code 50035)" in said
    assert "OSError (errno 28)" in said


def test_a_task_that_nobody_waited_for_is_logged_without_its_error(log: io.StringIO) -> None:
    """Asyncio writes the error's own words into its line."""
    error = ValueError(WORDS)
    told = f"Task exception was never retrieved\nfuture: <Task exception={error!r}>"

    logging.getLogger("asyncio").error(told, exc_info=error)

    assert WORDS not in log.getvalue()
    assert "Task exception was never retrieved" in log.getvalue()
    assert "ValueError" in log.getvalue()


def test_an_ordinary_line_is_as_it_was(log: io.StringIO) -> None:
    """With its values; a machine reads one object a line."""
    structlog.get_logger("bot.somewhere").info("a lane begins", guild=7)

    (line,) = log.getvalue().splitlines()
    if line.startswith("{"):
        assert json.loads(line).items() >= {"event": "a lane begins", "guild": 7}.items()
    assert "a lane begins" in line
    assert "guild" in line
