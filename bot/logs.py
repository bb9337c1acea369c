"""How Concord logs: for people on a console, or one JSON object a line for machines."""

import logging
import sys

import structlog


def configure_logs(level: str, *, as_json: bool) -> None:
    """Send our own log lines and those of the libraries to standard error.

    Log lines hold ids, counts and kinds; never a token, never members' words.

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
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ]
            if as_json
            else [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # discord.py reports each reconnection at INFO with details that help nobody but its authors.
    logging.getLogger("discord").setLevel(max(logging.WARNING, root.level))
