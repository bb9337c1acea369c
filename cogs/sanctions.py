"""What moderators order about a member: each command is one decision, carried out once."""

from datetime import timedelta

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.deciding import amend_by_number, order_by
from bot.discord_io.interactions.described import (
    BoardIn,
    GroupIn,
    InForceIn,
    LengthIn,
    NoteIn,
    PostIn,
    RuleIn,
    described,
)
from bot.discord_io.interactions.ordering import Said, order_about
from bot.discord_io.interactions.references import PostPlace
from bot.model.order import REMINDER, Amendment, Wanted
from bot.model.sanction import SanctionKind
from bot.text.durations import Length

Member = discord.User | discord.Member

ALONG = ("note", "internal", "post", "because", "silent")
"""What may be said along with every sanction."""

DELETED = [
    app_commands.Choice(name="nothing", value=0),
    app_commands.Choice(name="the last hour", value=3600),
    app_commands.Choice(name="the last 24 hours", value=86_400),
    app_commands.Choice(name="the last 3 days", value=259_200),
    app_commands.Choice(name="the last 7 days", value=604_800),
]
"""How much of somebody's writing a ban deletes, in seconds; Discord takes 7 days at most."""


class Sanctions(commands.Cog):
    """Warnings, timeouts, removals from boards, groups and the community, and their end.

    The options stand at each command again: discord.py reads them from its signature.
    """

    @app_commands.command(description="Warn a member: words only, and it counts for the ladder")
    @app_commands.default_permissions(moderate_members=True)
    @described(
        "member", "rule", *ALONG, reminder="Only remind them, kindly: no warning, and no points"
    )
    async def warn(
        self,
        interaction: Interaction,
        member: Member,
        rule: RuleIn,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        post: PostIn | None = None,
        reminder: bool = False,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order a warning, or a reminder."""
        said = Said.along(rule, note, internal, because, silent)
        wanted = REMINDER if reminder else Wanted(SanctionKind.WARNING)
        await _order(interaction, member, said, wanted, None, post)

    @app_commands.command(description="Time a member out: they read, and write nowhere")
    @app_commands.default_permissions(moderate_members=True)
    @described("member", "rule", "duration", *ALONG)
    async def timeout(
        self,
        interaction: Interaction,
        member: Member,
        rule: RuleIn,
        duration: LengthIn | None = None,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        post: PostIn | None = None,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order a timeout."""
        said = Said.along(rule, note, internal, because, silent)
        wanted = Wanted(SanctionKind.TIMEOUT)
        await _order(interaction, member, said, wanted, duration, post)

    @app_commands.command(
        name="remove-from-board",
        description="Remove a member from one board: they cannot write there",
    )
    @app_commands.default_permissions(moderate_members=True)
    @described("member", "board", "rule", "duration", *ALONG)
    async def remove_from_board(
        self,
        interaction: Interaction,
        member: Member,
        board: BoardIn,
        rule: RuleIn,
        duration: LengthIn | None = None,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        post: PostIn | None = None,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order a removal from a board."""
        said = Said.along(rule, note, internal, because, silent)
        wanted = Wanted(SanctionKind.BOARD_REMOVAL, board=board)
        await _order(interaction, member, said, wanted, duration, post)

    @app_commands.command(
        name="remove-from-group",
        description="Remove a member from a Community Group until it is over",
    )
    @app_commands.default_permissions(moderate_members=True)
    @described("member", "group", "rule", "duration", *ALONG)
    async def remove_from_group(
        self,
        interaction: Interaction,
        member: Member,
        group: GroupIn,
        rule: RuleIn,
        duration: LengthIn | None = None,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        post: PostIn | None = None,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order a removal from a group."""
        said = Said.along(rule, note, internal, because, silent)
        wanted = Wanted(SanctionKind.GROUP_REMOVAL, group=group)
        await _order(interaction, member, said, wanted, duration, post)

    @app_commands.command(description="Remove somebody from the community, also who has left")
    @app_commands.default_permissions(ban_members=True)
    @described(
        "member",
        "rule",
        "duration",
        *ALONG,
        delete="How much of what they wrote goes too; nothing unless you say so",
        spam="A spam account: it is not told, since nobody would read it",
    )
    @app_commands.choices(delete=DELETED)
    async def ban(
        self,
        interaction: Interaction,
        member: Member,
        rule: RuleIn,
        duration: LengthIn | None = None,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        post: PostIn | None = None,
        delete: int = 0,
        spam: bool = False,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order a removal from the community."""
        said = Said.along(rule, note, internal, because, silent)
        wanted = Wanted(SanctionKind.BAN, delete_messages=timedelta(seconds=delete))
        await _order(interaction, member, said, wanted, duration, post, spam=spam)

    @app_commands.command(description="End a sanction early; what it was for still counts")
    @app_commands.default_permissions(moderate_members=True)
    @described(
        "note",
        "internal",
        "silent",
        sanction="Which: pick one in force, or name a case for all of it",
    )
    async def lift(
        self,
        interaction: Interaction,
        sanction: InForceIn,
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """End sanctions of a case."""
        case, one = sanction
        await amend_by_number(
            interaction,
            case,
            Amendment.LIFT,
            sanctions=() if one is None else (one,),
            words=note or "",
            internal=internal or "",
            silent=silent,
        )


async def _order(
    interaction: Interaction,
    member: Member,
    said: Said,
    wanted: Wanted,
    length: Length | None,
    post: PostPlace | None,
    *,
    spam: bool = False,
) -> None:
    """Answer a command that orders one sanction: what all of them share."""
    await order_by(
        interaction,
        lambda here: order_about(
            interaction, here, member.id, said, (wanted,), length=length, post=post, spam=spam
        ),
    )


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Sanctions())
