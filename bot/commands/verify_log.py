"""``verify-log``: whether the log of decisions is as it was written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import config_option, env_option

if TYPE_CHECKING:
    from bot.storage.verifying import VerifiedChain

_HASH_RE = re.compile(r"[0-9a-f]{64}")


def _head(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    cleaned = value.strip().lower()
    if not _HASH_RE.fullmatch(cleaned):
        raise click.BadParameter("expected the 64 digits and letters that Concord posted")
    return cleaned


@click.command("verify-log")
@click.option("--guild", type=int, metavar="ID", help="Only this server's decisions.")
@click.option("--head", callback=_head, metavar="HASH", help="A head that was posted earlier.")
@config_option
@env_option
def verify_log(
    guild: int | None, head: str | None, config: Path | None, env_file: Path | None
) -> None:
    """Say whether the log of decisions is intact, erased or altered.

    With --head it also says whether a head that was posted earlier is in the log, and whether
    everything up to it is unaltered. Nothing is changed, and the bot may be running. Exit status 0
    if nothing is altered or missing, else 1.
    """
    from bot.settings import load_settings
    from bot.storage.verifying import verify_chains

    settings = load_settings(config, env_file, working_directory=Path.cwd())
    chains = verify_chains(settings.database, guild, head)
    for line in _report(chains, head):
        click.echo(line)
    is_found = head is None or any(one.inspection.head_at is not None for one in chains)
    if not (is_found and all(one.is_sound for one in chains)):
        raise SystemExit(1)


def _report(chains: "Sequence[VerifiedChain]", head: str | None) -> Iterator[str]:
    if not chains:
        yield "No decisions yet."
    for chain in chains:
        yield from _about(chain)
        at = chain.inspection.head_at
        if at is not None and chain.inspection.is_sound_until(at):
            yield f"  The head asked for is decision {at}: all up to it are unaltered."
        elif at is not None:
            yield f"  The head asked for is decision {at}, but not all up to it are unaltered."
    if head is not None and all(one.inspection.head_at is None for one in chains):
        yield (
            f"The head {head} is in no log here: decisions were cut off or written anew after it "
            "was posted, or it belongs to another server or database."
        )


def _about(chain: "VerifiedChain") -> Iterator[str]:
    seen = chain.inspection
    if seen.head is None:
        yield f"Server {chain.guild}: no decisions."
    else:
        total = len(seen.intact) + len(seen.erased) + len(seen.altered)
        counted = "1 decision" if total == 1 else f"{total:,} decisions"
        yield f"Server {chain.guild}: {counted}, head {seen.head}"
        yield f"  intact: {len(seen.intact):,}"
    for word, numbers in (("erased", seen.erased), ("altered", seen.altered)):
        if numbers:
            yield f"  {word}: {len(numbers):,} (number {_listed(_runs(numbers))})"
    if seen.missing:
        yield f"  missing: number {_listed(seen.missing)}"
    if seen.unlike_posted:
        yield f"  not as their heads were posted: number {_listed(_runs(seen.unlike_posted))}"
    if chain.outside:
        yield f"  in the tables, but not in the log: {chain.outside:,}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers in order as first and last of each run without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _listed(runs: Iterable[tuple[int, int]]) -> str:
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs)


COMMAND = verify_log
