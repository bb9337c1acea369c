"""Which commands Discord offers: compared at the start, and written only where they differ.

Discord takes 200 new commands a day (documentation of application commands, August 2026): a bot
that writes them at each start, and restarts often, is left without.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import discord
import structlog

from bot.discord_io.requests import UNANSWERED, repeatedly
from bot.ports import Clock

_log = structlog.get_logger(__name__)

TRIES = 3
"""Attempts to bring the commands up to date at one start, beside quick repeats; chosen."""

PAUSE = timedelta(seconds=30)
"""Between two attempts, doubled each time; chosen, not measured."""

_SETS = frozenset({"contexts", "integration_types", "channel_types"})
"""Lists whose order means nothing."""


async def sync_commands(
    client: discord.Client, tree: "discord.app_commands.CommandTree[Any]", clock: Clock
) -> bool:
    """Bring the commands that Discord offers up to date; return whether they had to be written.

    A failure is logged and leaves the commands of before: the bot does its other work all the same.
    """
    application = client.application_id
    assert application is not None, "BUG: commands before login"
    wanted = [command.to_dict(tree) for command in tree._get_all_commands(guild=None)]  # noqa: SLF001 - as its own sync does
    pause = PAUSE
    for attempt in range(1, TRIES + 1):
        try:
            offered = await repeatedly(clock, lambda: client.http.get_global_commands(application))
            if is_offered(wanted, offered):
                return False
            await repeatedly(clock, tree.sync)
        except (discord.HTTPException, *UNANSWERED) as error:
            if isinstance(error, discord.HTTPException) and error.status == 400:
                _log.error("Discord does not accept the commands", words=error.text)
                return False
            _log.warning("the commands could not be brought up to date", attempt=attempt)
        except discord.app_commands.CommandSyncFailure as error:
            _log.error("Discord does not accept the commands", words=str(error))
            return False
        else:
            _log.info("the commands were brought up to date", commands=len(wanted))
            return True
        if attempt < TRIES:
            await clock.sleep_until(clock.now() + pause)
            pause *= 2
    _log.error("the commands stay as they were; they are compared again at the next start")
    return False


def is_offered(wanted: Sequence[Mapping[str, Any]], offered: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord offers exactly the commands that are wanted.

    Discord adds fields of its own and leaves out what is empty: only what is wanted is compared.
    """
    known = {(one.get("type", 1), one["name"]): one for one in offered}
    keys = {(one.get("type", 1), one["name"]) for one in wanted}
    return keys == known.keys() and all(
        _same(one, known[one.get("type", 1), one["name"]]) for one in wanted
    )


def _same(wanted: Any, offered: Any, key: str = "") -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(offered, Mapping) and all(
            _same(value, offered.get(name), name) for name, value in wanted.items()
        )
    if isinstance(wanted, list | tuple) and wanted:
        return _same_list(wanted, offered, key)
    if key == "default_member_permissions":
        return bool((None if wanted is None else str(wanted)) == offered)
    if key == "dm_permission" and offered is None:
        return True  # deprecated in favour of contexts: Discord may leave it out
    if key == "type" and offered is None:
        return bool(wanted == 1)  # Discord's own default
    return bool(wanted == offered or (not wanted and not offered))


def _same_list(wanted: Sequence[Any], offered: Any, key: str) -> bool:
    if not isinstance(offered, list | tuple) or len(wanted) != len(offered):
        return False
    if key in _SETS:
        return sorted(wanted) == sorted(offered)
    return all(_same(one, other) for one, other in zip(wanted, offered, strict=True))
