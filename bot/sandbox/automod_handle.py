"""Discord's own AutoMod in a guild, as its owner sets it up."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox import automod
from bot.sandbox.automod_rules import AutomodAction, AutomodActionKind, AutomodRule
from bot.sandbox.guilds import Role

if TYPE_CHECKING:
    from bot.sandbox.channel_handle import ChannelHandle
    from bot.sandbox.guild_handle import GuildHandle
    from bot.sandbox.member_handle import MemberHandle


class AutomodHandle:
    """The keyword rules of one guild."""

    def __init__(self, guild: "GuildHandle") -> None:
        self._guild = guild

    @property
    def rules(self) -> list[AutomodRule]:
        """The rules in force, oldest first."""
        return list(self._guild.state.automod_rules.values())

    async def add(
        self,
        name: str,
        *keywords: str,
        patterns: Iterable[str] = (),
        allowed: Iterable[str] = (),
        block: bool | str = True,
        alert: "ChannelHandle | None" = None,
        silence: timedelta | None = None,
        exempt_roles: Iterable[Role] = (),
        exempt_channels: "Iterable[ChannelHandle]" = (),
    ) -> AutomodRule:
        """Make a rule, as the owner.

        Args:
            name: shown in alerts and in the log.
            keywords: words or phrases, each with ``*`` before or behind where parts of words count.
            patterns: regular expressions.
            allowed: words that never trigger it.
            block: whether the message is never posted; a text is told its author.
            alert: where moderators are shown the message.
            silence: how long its author is silenced.
            exempt_roles: whose members it does not look at.
            exempt_channels: where it does not look.
        """
        actions = []
        if block is not False:
            words = block if isinstance(block, str) else None
            actions.append(AutomodAction(AutomodActionKind.BLOCK_MESSAGE, words))
        if alert is not None:
            kind = AutomodActionKind.SEND_ALERT_MESSAGE
            actions.append(AutomodAction(kind, channel_id=alert.id))
        if silence is not None:
            actions.append(AutomodAction(AutomodActionKind.TIMEOUT, duration=silence))
        rule = AutomodRule(
            id=self._guild.world.snowflakes.next(),
            guild_id=self._guild.id,
            name=name,
            creator_id=self._guild.owner.id,
            actions=tuple(actions),
            keywords=keywords,
            patterns=tuple(patterns),
            allowed=tuple(allowed),
            exempt_role_ids=frozenset(role.id for role in exempt_roles),
            exempt_channel_ids=frozenset(channel.id for channel in exempt_channels),
        )
        automod.add_rule(self._guild.world, self._guild.state, rule)
        await self._guild.sim.breathe()
        return rule

    async def quarantines(self, member: "MemberHandle", rule_name: str = "Names") -> None:
        """Quarantine a member for a name: they may do no more than read."""
        automod.quarantine(self._guild.world, self._guild.state, member.member, rule_name)
        await self._guild.sim.breathe()

    async def releases(self, member: "MemberHandle") -> None:
        """End a quarantine."""
        automod.release(self._guild.world, self._guild.state, member.member)
        await self._guild.sim.breathe()

    async def remove(self, rule: AutomodRule) -> None:
        """Take a rule away, as the owner."""
        automod.remove_rule(self._guild.world, self._guild.state, rule)
        await self._guild.sim.breathe()
