"""``screen``: what Concord would find in a text, without Discord and without a token."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.commands._options import community_option, config_option

if TYPE_CHECKING:
    from bot.commands._stream import Setting

_LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of a line that is read; far above any post, far below what would exhaust memory. Chosen."""


@click.command("screen")
@click.argument("text", nargs=-1)
@click.option("--jsonl", is_flag=True, help="Read posts from standard input, one JSON object each.")
@click.option("--modes", is_flag=True, help="Let the modes of the community cap actions.")
@click.option("--board", metavar="NAME", help="The board the text stands on.")
@click.option("--group", "groups", metavar="NAME", multiple=True, help="A group of its author.")
@community_option
@config_option
def screen(
    text: tuple[str, ...],
    jsonl: bool,
    modes: bool,
    board: str | None,
    groups: tuple[str, ...],
    community: Path | None,
    config: Path | None,
) -> None:
    """Show what Concord would find in each TEXT; without one, in what standard input holds.

    With --jsonl every line of standard input is a post, answered by one line of JSON:

    \b
      in   {"id", "text", "author"?, "board"?, "at"?, "groups"?,
            "exceptions"?: {"allow": [rules], "languages": [codes]}}
           {"event": "removed", "text"} and {"event": "sanctioned", "name"} get no answer
      out  {"id", "action", "findings", "degraded"} or {"id"?, "error"}

    "at" is in seconds since 1970 or an ISO 8601 time (UTC where it names no offset). A post without
    it is one day after the line before. The exit status is 1 if any line got an error.
    """  # noqa: D301 - click reads the escape that a raw docstring would hide
    if jsonl and (text or board or groups):
        raise click.UsageError("with --jsonl, texts, boards and groups stand on the lines.")
    setting = _setting(config, community, modes=modes)
    if jsonl:
        _answer_lines(setting)
        return
    _show(setting, text or _standard_input(), board, groups)


def _setting(config: Path | None, community: Path | None, *, modes: bool) -> "Setting":
    from bot.commands._compose import load_screener
    from bot.commands._stream import Setting
    from bot.detectors._detector import kinds_by_rule
    from bot.files.community import load_community

    screener = load_screener(config)
    if community is None:
        return Setting(screener, None, modes)
    known = load_community(community, screener.guidelines, kinds_by_rule(screener.detectors))
    return Setting(screener, known, modes)


def _answer_lines(setting: "Setting") -> None:
    from bot.commands._stream import Stream

    stream = Stream(setting)
    out = sys.stdout.buffer
    for line in _lines(sys.stdin.buffer):
        if line is None:
            answer: str | None = stream.refuse(
                f"the line is longer than {_LONGEST_LINE} bytes; expected a shorter one"
            )
        else:
            answer = stream.answer(line)
        if answer is not None:
            out.write(answer.encode("ascii") + b"\n")
            out.flush()
    if stream.failed:
        raise click.exceptions.Exit(1)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines as they arrive; None for one that is too long to be read."""
    while line := stream.readline(_LONGEST_LINE + 1):
        if len(line) <= _LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)
        yield None


def _standard_input() -> tuple[str, ...]:
    stream = sys.stdin.buffer
    if stream.isatty():
        raise click.UsageError('give a text, as in: concord screen "Mail me at me@example.com"')
    return (stream.read(_LONGEST_LINE).decode("utf-8", "replace"),)


def _show(
    setting: "Setting", texts: tuple[str, ...], board: str | None, groups: tuple[str, ...]
) -> None:
    from rich.console import Console

    from bot.commands._explain import explain
    from bot.commands._faults import Faults
    from bot.commands._post_lines import EPOCH, PostLine
    from bot.commands._stream import as_post
    from bot.errors import ConfigurationError
    from bot.memory import GuildMemory

    console = Console(highlight=False)
    faults = Faults()
    policy = setting.screener.policy
    for text in texts:
        line = PostLine("0", text, None, board, None, groups, (), ())
        problems = setting.problems(line)
        if problems:
            raise ConfigurationError(problems)
        post = as_post(line, EPOCH, number=1)
        memory = GuildMemory(policy.memory, policy.memory_posts)
        report = setting.screener.screen(post, memory, setting.terms(post, line))
        explain(text, report, setting.screener.guidelines, console)
        faults.name(report.failures)


COMMAND = screen
