"""How Concord logs: for people on a console, or one JSON object a line for machines."""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Final

import structlog

_NUMBERS: Final = ("status", "code", "errno")
"""What errors of Discord's and of the system are looked up by."""

_DEEPEST: Final = 8
"""Errors behind an error that are followed; chosen."""

_FRAMES: Final = 40
"""Frames of an error that are shown, the innermost; chosen."""


def configure_logs(level: str, *, as_json: bool) -> None:
    """Send our own log lines and those of the libraries to standard error.

    Log lines hold ids, counts and kinds; never a token, never members' words. So of an error they
    say its kind and where it happened: neither its own message nor what stood in variables.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
        as_json: one JSON object a line instead of text.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_first_line, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _where_only,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # discord.py reports each reconnection at INFO with details that help nobody but its authors.
    logging.getLogger("discord").setLevel(max(logging.WARNING, root.level))


def _first_line(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Leave the first line of what asyncio logs: in the others it shows the error itself."""
    if event["_record"].name == "asyncio":
        event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _where_only(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Put in an error's place of what kind it is and where it happened."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    elif error is not None and not isinstance(error, BaseException):
        error = sys.exc_info()[1] if error else None
    if error is not None:
        event["exception"] = "\n".join(("Traceback, outermost first:", *_told(error, _DEEPEST)))
    return event


def _told(error: BaseException, depth: int) -> Iterator[str]:
    """Yield an error and those behind it, each with its frames; without any words of its own."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    inside = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for one in (behind, *inside):
        if one is not None and depth:
            yield from _told(one, depth - 1)
    numbers = ((name, getattr(error, name, None)) for name in _NUMBERS)
    known = ", ".join(f"{name} {value}" for name, value in numbers if isinstance(value, int))
    yield f"{type(error).__qualname__}{f' ({known})' if known else ''}"
    for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES:]:
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
