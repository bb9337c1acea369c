"""Giving back all that Concord removed by itself: previewed, confirmed, with progress."""

from datetime import UTC, datetime

import discord

from bot.discord_io.interactions.admins import ask_the_admins
from bot.discord_io.interactions.answers import (
    Answer,
    Control,
    Interaction,
    done,
    hold,
    refused,
    said,
    show,
)
from bot.discord_io.interactions.controls import (
    NO_RULE,
    RESTORE,
    asking_to_restore,
    restoring,
)
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.previews import listed
from bot.discord_io.interactions.previews import refusal as refused_for
from bot.discord_io.render import DESCRIPTION, fitted, panel
from bot.model.order import Refusal
from bot.pausing.giving_back import Looked
from bot.wording.parts import counted

_WHAT_IT_DOES = (
    "Each case is voided: it counts for nothing, its member is told that it was a mistake, and the "
    "posts are posted again as quotes."
)

_CARE = discord.Colour(0xC98A1B)


async def restore_preview(
    interaction: Interaction, here: Here, rule: str | None, since: datetime
) -> Answer:
    """Return what giving back would undo, with the button that does it."""
    app = interaction.client.app
    looked = Looked(here.guild.id, rule, since)
    preview = await app.pausing.restoring.preview(looked, here.person)
    of_what = f"by the rule {rule}" if rule is not None else "by any rule"
    when = f"<t:{int(since.timestamp())}:f>"
    if not preview.cases:
        return said(
            f"Since {when} Concord has removed nothing {of_what} that a moderator has not decided.",
            "Nothing to give back",
        )
    posts = f"{preview.posts} post{'' if preview.posts == 1 else 's'}"
    cases = f"{preview.cases} case{'' if preview.cases == 1 else 's'}"
    paragraphs = [
        f"{posts} in {cases}, removed {of_what} since {when} and not decided by a moderator yet.",
        _WHAT_IT_DOES,
        "**Some of them**\n" + listed(app.wording.case_entry(one) for one in preview.examples),
    ]
    if rule is None:
        paragraphs.append("To stop further removals at once, use /pause as well.")
    if preview.waits is not None:
        paragraphs.append(preview.waits)
    embed = panel(f"Give back {posts}?", fitted(paragraphs, DESCRIPTION), _CARE)
    return Answer((embed,), restoring(rule, since, waits=preview.waits is not None))


class RestorePress(Press, template=RESTORE):
    """Gives everything back, or leaves it; pressed again, it goes on where it stopped."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        looks = self.match["verb"] == "look"
        if not await hold(interaction, anew=looks):
            return
        here = await as_staff(interaction)
        rule = None if self.match["rule"] == NO_RULE else self.match["rule"]
        since = datetime.fromtimestamp(int(self.match["since"]), UTC)
        if looks:
            await show(interaction, await restore_preview(interaction, here, rule, since))
            return
        if self.match["verb"] == "cancel":
            await show(interaction, said("Nothing was given back."))
            return

        async def progress(count: int, of: int) -> None:
            await show(interaction, said(f"{count} of {of} cases are given back…"))

        outcome = await interaction.client.app.pausing.restoring.restore_all(
            Looked(here.guild.id, rule, since), here.person, progress
        )
        if isinstance(outcome, Refusal) and outcome.needs_admin:
            await show(interaction, await _ask_an_admin(interaction, here, rule, since, outcome))
        elif isinstance(outcome, Refusal):
            await show(interaction, refused_for(outcome))
        elif outcome.failed:
            words = (
                f"{counted(outcome.posts, 'post')} in {counted(outcome.cases, 'case')} given back; "
                f"{outcome.failed} could not be. Press again to go on with those."
            )
            answer = refused((words,), "Not all of them")
            await show(interaction, Answer(answer.embeds, restoring(rule, since)))
        else:
            words = (
                f"{counted(outcome.posts, 'post')} in {counted(outcome.cases, 'case')} given back."
            )
            await show(interaction, done(words, "Given back"))


async def _ask_an_admin(
    interaction: Interaction, here: Here, rule: str | None, since: datetime, why: Refusal
) -> Answer:
    """Ask the admins to look at what is to be given back, and return what the moderator reads."""
    of_what = f"the rule {rule}" if rule is not None else "any rule"
    wanted = (
        f"that all is given back that Concord removed by itself, by {of_what}, since "
        f"<t:{int(since.timestamp())}:f>"
    )

    async def controls() -> tuple[str, tuple[Control, ...]]:
        return f"admin-{interaction.id}", asking_to_restore(rule, since)

    return await ask_the_admins(interaction, here, wanted, why, controls)
