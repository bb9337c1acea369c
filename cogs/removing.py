"""Posts that moderators remove: one, the last ones of a member, or a burst."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.deciding import order_by
from bot.discord_io.interactions.described import NoteIn, PostIn, RuleIn, described
from bot.discord_io.interactions.ordering import Said
from bot.discord_io.interactions.removals import Also, burst, last_posts, one_post

Member = discord.User | discord.Member

Where = Literal["this channel", "everywhere"]

ALONG = ("note", "internal", "because", "silent")
"""What may be said along with a removal."""

ALSO = "What follows beside the removal; nothing more unless you say so"
WHERE = "Where to look; only this channel unless you say so"


@app_commands.default_permissions(manage_messages=True)
class Removing(commands.GroupCog, group_name="remove", group_description="Remove posts"):
    """Removes posts, with or without a sanction beside it."""

    @app_commands.command(description="Remove one post")
    @described(
        "rule", *ALONG, post="The post: its link (Copy Message Link), or its id here", also=ALSO
    )
    async def post(
        self,
        interaction: Interaction,
        post: PostIn,
        rule: RuleIn,
        also: Also = "nothing more",
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order the removal of one post."""
        said = Said.along(rule, note, internal, because, silent)
        await order_by(interaction, lambda here: one_post(interaction, here, post, said, also))

    @app_commands.command(description="Remove the last posts of a member")
    @described("member", "rule", *ALONG, count="How many at most, 1 to 100", where=WHERE, also=ALSO)
    async def last(
        self,
        interaction: Interaction,
        member: Member,
        count: app_commands.Range[int, 1, 100],
        rule: RuleIn,
        where: Where = "this channel",
        also: Also = "nothing more",
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order the removal of a member's last posts."""
        said = Said.along(rule, note, internal, because, silent)
        await order_by(
            interaction,
            lambda here: last_posts(
                interaction, here, member.id, count, said, also, everywhere=where == "everywhere"
            ),
        )

    @app_commands.command(
        description="Remove a burst: what its author wrote shortly before and after"
    )
    @described("rule", *ALONG, post="One post of the burst: its link", where=WHERE, also=ALSO)
    async def burst(
        self,
        interaction: Interaction,
        post: PostIn,
        rule: RuleIn,
        where: Where = "this channel",
        also: Also = "nothing more",
        note: NoteIn | None = None,
        internal: NoteIn | None = None,
        because: NoteIn | None = None,
        silent: bool = False,
    ) -> None:
        """Order the removal of a burst."""
        said = Said.along(rule, note, internal, because, silent)
        await order_by(
            interaction,
            lambda here: burst(
                interaction, here, post, said, also, everywhere=where == "everywhere"
            ),
        )


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Removing())
