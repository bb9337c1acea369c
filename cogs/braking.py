"""The brake: enforcement turned into review at once, and what was removed by itself given back."""

from datetime import timedelta

from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction, done, hold, said, show
from bot.discord_io.interactions.described import PausedRuleIn, RuleIn, described
from bot.discord_io.interactions.moments import read_moment
from bot.discord_io.interactions.people import as_staff
from bot.discord_io.interactions.previews import refusal
from bot.discord_io.interactions.restoring import restore_preview
from bot.model.order import Refusal
from bot.pausing.announcing import held, still

LOOKED_BACK = timedelta(hours=24)
"""How far back /restore-all reaches where nothing is said; chosen, not measured."""


class Braking(commands.Cog):
    """Pauses, resumes, gives back."""

    @app_commands.command(
        description="Stop automatic removals at once; moderators are asked instead"
    )
    @app_commands.default_permissions(moderate_members=True)
    @described(rule="Only for this rule; every rule unless you say so")
    async def pause(self, interaction: Interaction, rule: RuleIn | None = None) -> None:
        """Turn enforcement into review."""
        if not await hold(interaction):
            return
        here = await as_staff(interaction)
        paused = await interaction.client.app.pausing.pause(here.guild.id, rule, here.person)
        if isinstance(paused, Refusal):
            await show(interaction, refusal(paused))
            return
        what = f"Rule {rule} asks moderators" if rule is not None else "Every rule asks moderators"
        words = f"{what} from now on; nothing is removed by itself until /resume."
        if paused.already:
            words = f"It was paused already. {words}"
        if paused.held_back:
            words += f" {held(paused.held_back)}"
        await show(interaction, done(words, "Paused"))

    @app_commands.command(
        description="End a pause: Concord removes by itself again, as it was set up to"
    )
    @app_commands.default_permissions(moderate_members=True)
    @described(rule="The pause of this rule; the pause of everything unless you say so")
    async def resume(self, interaction: Interaction, rule: PausedRuleIn | None = None) -> None:
        """End a pause."""
        if not await hold(interaction):
            return
        here = await as_staff(interaction)
        ended = await interaction.client.app.pausing.resume(here.guild.id, rule, here.person)
        if isinstance(ended, Refusal):
            await show(interaction, refusal(ended))
            return
        left = still(await interaction.client.app.pausing.pauses(here.guild.id))
        if ended:
            what = f"the rule {rule}" if rule is not None else "every rule"
            await show(interaction, done(f"The pause of {what} is over. {left}", "Resumed"))
        else:
            what = f"The rule {rule}" if rule is not None else "Concord as a whole"
            await show(interaction, said(f"{what} was not paused. {left}"))

    @app_commands.command(
        name="restore-all",
        description="Give back what Concord removed by itself; shows first what that is",
    )
    @app_commands.default_permissions(moderate_members=True)
    @described(
        rule="Only removals by this rule",
        since="From then on: a day as in 2026-11-22, or 3 hours for three hours ago; else 24 hours",
    )
    async def restore_all(
        self, interaction: Interaction, rule: RuleIn | None = None, since: str | None = None
    ) -> None:
        """Show what giving back would undo."""
        if not await hold(interaction):
            return
        here = await as_staff(interaction)
        now = interaction.client.app.clock.now()
        start = now - LOOKED_BACK if since is None else read_moment(since, now)
        await show(interaction, await restore_preview(interaction, here, rule, start))


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Braking())
