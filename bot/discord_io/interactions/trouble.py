"""What goes wrong with a press: a sentence for what is expected, an id of the log for the rest."""

import secrets
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import structlog
from discord import app_commands

from bot.discord_io.interactions.answers import Answer, Interaction, hold, refused, show
from bot.discord_io.requests import UNANSWERED
from bot.errors import ConcordError

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def told(interaction: Interaction) -> AsyncIterator[None]:
    """Tell whoever pressed what went wrong inside, and go on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a button must answer, whatever happened
        await tell(interaction, error)


async def tell(interaction: Interaction, error: BaseException) -> None:
    """Tell whoever pressed that something went wrong."""
    answer = answer_to(error)
    if not interaction.response.is_done() and not await hold(interaction):
        return
    await show(interaction, answer)


def answer_to(error: BaseException) -> Answer:
    """Return what is said about an error; one that nobody expected is logged with an id."""
    cause = _cause(error)
    if isinstance(cause, ConcordError):
        return refused((_sentence(str(cause)),))
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return refused(
            ("This command has just been changed. Please close it, wait a minute and try again.",)
        )
    if isinstance(cause, (discord.HTTPException, *UNANSWERED)):
        return _unexpected(cause, "Discord did not do what was needed for this")
    return _unexpected(cause, "Something went wrong inside Concord")


def _unexpected(error: BaseException, what: str) -> Answer:
    name = secrets.token_hex(4)
    # Where it happened, not what it says: the message of an error may hold members' words.
    frames = traceback.extract_tb(error.__traceback__)
    _log.error(
        "a press came to nothing",
        trouble=name,
        error=type(error).__name__,
        where=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    )
    told = (
        f"{what}. It is in Concord's log as **{name}**; please tell whoever runs Concord. "
        "What was decided before is safe: look at the case before you try again."
    )
    return refused((told,), title="That did not work")


def _sentence(words: str) -> str:
    """Return words as a sentence: those of a wrong option may be the half of one."""
    whole = words if words.endswith((".", "!", "?", ":", "…")) else f"{words}."
    return whole[:1].upper() + whole[1:]


def _cause(error: BaseException) -> BaseException:
    """Return the error inside the ones that discord.py wraps round it."""
    while True:
        inner = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__
        wraps = app_commands.CommandInvokeError | app_commands.TransformerError
        if inner is None or not isinstance(error, wraps | BaseExceptionGroup):
            return error
        error = inner
