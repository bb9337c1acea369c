"""The audit cog hands over every entry in order, and asks for a reading where one is due."""

import copy
from types import SimpleNamespace
from typing import Any

import discord

from bot.discord_io.audit_log import EVENT
from bot.model.manual_act import ActKind
from bot.oversight.watch import Entry
from cogs.audit import Audit
from tests.discord_io.objects import client, guild, role
from tests.discord_io.test_audit_log import entry
from tests.making import GUILD, PAINTERS

OURS = 111


class Listening:
    """A cog whose watch notes what it is told."""

    def __init__(self) -> None:
        one = client()
        self.guild = guild(one)
        self.seen: list[tuple[int, Entry]] = []
        self.behind: list[int] = []
        self.parsers: dict[str, Any] = {}
        watch = SimpleNamespace(
            saw=lambda guild_id, item: self.seen.append((guild_id, item)),
            fall_behind=self.behind.append,
        )
        service = SimpleNamespace(
            user=one.user,
            get_guild=one.get_guild,
            app=SimpleNamespace(watch=watch),
            add_parser=self.parsers.__setitem__,
        )
        self.cog = Audit(service)  # type: ignore[arg-type]

    def comes(self, action: int, **changes: Any) -> None:
        """Let an entry's event come."""
        self.parsers[EVENT](entry(action, **changes) | {"guild_id": str(GUILD)})


def test_every_entry_is_handed_over() -> None:
    """Those that concern no sanction too: by them it is known how far the log was heard."""
    listening = Listening()
    listening.comes(22)
    listening.comes(10, id="5")

    (first, second) = listening.seen
    assert first[0] == GUILD
    assert first[1].act is not None
    assert first[1].act.kind is ActKind.BAN
    assert second == (GUILD, Entry(5, None))


async def test_the_log_is_read_once_concord_may_see_it() -> None:
    """By a role of its own; other roles and other permissions change nothing."""
    listening = Listening()
    sees = discord.Permissions(view_audit_log=True).value
    for identity, before, after in ((OURS, 0, sees), (OURS, sees, sees), (PAINTERS, 0, sees)):
        now = listening.guild.get_role(identity)
        assert now is not None
        then = copy.copy(now)
        then._update(role(identity, before))  # type: ignore[arg-type]
        now._update(role(identity, after))  # type: ignore[arg-type]
        await listening.cog.on_guild_role_update(then, now)

    assert listening.behind == [GUILD]
