"""The book of cases, for moderators: show, list, note, edit, void."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction, hold, show
from bot.discord_io.interactions.deciding import amend_by_number, case_of
from bot.discord_io.interactions.described import CaseIn, LengthIn, NoteIn, RuleIn, described
from bot.discord_io.interactions.lists import first_page
from bot.discord_io.interactions.moments import read_moment
from bot.discord_io.interactions.pages import case_page
from bot.discord_io.interactions.people import as_staff
from bot.model.case import CaseState
from bot.model.order import Amendment
from bot.model.sanction import SanctionKind
from bot.ports import CaseQuery

Member = discord.User | discord.Member

KINDS = [
    app_commands.Choice(name=one.value.replace("-", " "), value=one.value) for one in SanctionKind
]

STATES = [
    app_commands.Choice(name="open: a moderator is asked", value=CaseState.OPEN.value),
    app_commands.Choice(name="acted: Concord removed it, unconfirmed", value=CaseState.ACTED.value),
    app_commands.Choice(name="closed", value=CaseState.CLOSED.value),
]


@app_commands.default_permissions(moderate_members=True)
class Cases(commands.GroupCog, group_name="case", group_description="Look up and change cases"):
    """Shows cases, and changes what was decided about them."""

    @app_commands.command(name="show", description="Show a case with all that was decided and done")
    @described("case")
    async def show_case(self, interaction: Interaction, case: CaseIn) -> None:
        """Show one case."""
        if await hold(interaction):
            here = await as_staff(interaction)
            dossier = await case_of(interaction, here, case)
            await show(interaction, case_page(interaction.client.app, dossier))

    @app_commands.command(
        name="list", description="List cases, newest first; all options narrow it down"
    )
    @app_commands.choices(kind=KINDS, state=STATES)
    @described(
        "rule",
        member="Whose cases; paste the id of somebody who has left",
        moderator="Decided by this moderator",
        kind="With a sanction of this kind",
        state="Where the case stands",
        in_force="Only with a sanction in force now",
        since="From then on: a day as in 2026-11-22, or 7 days for seven days ago",
        until="Up to then: a day, or how long ago",
        text="Words in posts, notes and reasons",
    )
    async def list_cases(
        self,
        interaction: Interaction,
        member: Member | None = None,
        rule: RuleIn | None = None,
        kind: str | None = None,
        state: str | None = None,
        moderator: Member | None = None,
        in_force: bool = False,
        since: str | None = None,
        until: str | None = None,
        text: app_commands.Range[str, 2, 100] | None = None,
    ) -> None:
        """Show the first page of what is found."""
        if not await hold(interaction):
            return
        here = await as_staff(interaction)
        now = interaction.client.app.clock.now()
        query = CaseQuery(
            guild=here.guild.id,
            member=member.id if member is not None else None,
            moderator=moderator.id if moderator is not None else None,
            rule=rule,
            kind=SanctionKind(kind) if kind is not None else None,
            state=CaseState(state) if state is not None else None,
            in_force=in_force,
            since=read_moment(since, now) if since is not None else None,
            until=read_moment(until, now) if until is not None else None,
            text=text or "",
        )
        await show(interaction, await first_page(interaction, query))

    @app_commands.command(description="Add a note for moderators to a case")
    @described("case", text="What to note; the member never sees it")
    async def note(self, interaction: Interaction, case: CaseIn, text: NoteIn) -> None:
        """Note something."""
        await amend_by_number(interaction, case, Amendment.NOTE, internal=text)

    @app_commands.command(
        description="Change length, rule or words of a case; what was before is kept"
    )
    @described(
        "case",
        "rule",
        "note",
        "internal",
        "silent",
        duration="3 days, counted from when it began; until 2026-12-24; forever",
    )
    async def edit(
        self,
        interaction: Interaction,
        case: CaseIn,
        duration: LengthIn | None = None,
        rule: RuleIn | None = None,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Change what a case says."""
        await amend_by_number(
            interaction,
            case,
            Amendment.EDIT,
            duration=duration.lasts if duration is not None else None,
            until=duration.until if duration is not None else None,
            endless=duration is not None and duration.endless,
            rule=rule,
            words=note or "",
            internal=internal or "",
            silent=silent,
        )

    @app_commands.command(description="It was wrong: void a case and undo all of it")
    @described(
        "case",
        "note",
        "internal",
        "silent",
        restore="Whether removed posts are posted again, as quotes",
    )
    async def void(
        self,
        interaction: Interaction,
        case: CaseIn,
        restore: Literal["yes", "no"] = "yes",
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Undo a case."""
        await amend_by_number(
            interaction,
            case,
            Amendment.VOID,
            restore=restore == "yes",
            words=note or "",
            internal=internal or "",
            silent=silent,
        )


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Cases())
