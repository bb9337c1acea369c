"""A real discord.py bot is called by its commands."""

import io

import discord
import pytest

from bot.sandbox import File, InteractionRefusedError, MemberHandle, NotAnsweredError, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.interactions.commanding import Seen, commanding


async def greet(interaction: Seen) -> None:
    """Answer at once, for one only."""
    await interaction.response.send_message("done", ephemeral=True)


async def test_a_moderator_calls_a_command(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member arrives as a member, the choice by its value; the answer is for one only."""
    async with commanding(community, monkeypatch) as bot:
        bot.on["timeout"] = greet
        outcome = await mod.slash("timeout", member=community.ben, duration="3 days")
        await outcome.answered()

        (given,) = bot.given
        member = given["member"]
        assert isinstance(member, discord.Member)
        assert (member.id, given["duration"], given["rule"]) == (community.ben.id, "3d", None)
        assert (outcome.text, outcome.ephemeral) == ("done", True)
        (seen,) = bot.seen
        assert seen.user.id == mod.id
        assert seen.permissions.moderate_members
        assert seen.app_permissions.ban_members
        assert seen.channel_id == community.board.id
        assert seen.is_guild_integration()


async def test_subcommands_and_their_groups_are_called(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One and two levels deep."""
    async with commanding(community, monkeypatch) as bot:
        bot.on = {"case show": greet, "case note add": greet}
        await (await mod.slash("case show", number=7)).answered()
        await (await mod.slash("/case note add", text="seen")).answered()

        assert bot.given == [{"number": 7}, {"text": "seen"}]


async def test_options_of_every_kind_arrive_as_what_they_are(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts, numbers, users, rooms, roles, either and files."""
    role = await community.guild.role("Design")
    async with commanding(community, monkeypatch) as bot:
        bot.on["everything"] = greet
        outcome = await mod.slash(
            "everything",
            text="words",
            whole=-3,
            part=0.5,
            yes=False,
            user=community.ben,
            room=community.board,
            role=role,
            either=role,
            file=File("proof.txt", b"bytes"),
        )
        await outcome.answered()
        await (await mod.slash("everything", either=community.ada)).answered()

        given, second = bot.given
        assert [given[key] for key in ("text", "whole", "part", "yes")] == ["words", -3, 0.5, False]
        ids = {key: given[key].id for key in ("user", "room", "role", "either")}  # type: ignore[attr-defined]
        assert ids == {
            "user": community.ben.id,
            "room": community.board.id,
            "role": role.id,
            "either": role.id,
        }
        file = given["file"]
        assert isinstance(file, discord.Attachment)
        assert (file.filename, await file.read()) == ("proof.txt", b"bytes")
        assert isinstance(second["either"], discord.Member)


async def test_suggestions_come_back_while_somebody_types(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other options are bare ids then, as on Discord; what is suggested can be chosen."""
    async with commanding(community, monkeypatch) as bot:
        bot.on["timeout"] = greet
        found = await mod.autocomplete(
            "timeout", focused="rule", text="conta", member=community.ben
        )
        assert [(each.name, each.value) for each in found] == [("Contact data", "contact-data")]
        member = bot.guessed[0]["member"]
        assert isinstance(member, discord.Object)
        assert member.id == community.ben.id
        await mod.slash("timeout", member=community.ben, duration="1h", rule=found[0])
        await community.sim.until(lambda: bot.given)

        assert bot.given[0]["rule"] == "contact-data"
        with pytest.raises(InteractionRefusedError, match="no suggestions"):
            await mod.autocomplete("timeout", focused="duration", text="x")


async def test_what_discords_client_does_not_send_is_refused(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot is told nothing of it."""
    ada, ben, board = community.ada, community.ben, community.board
    async with commanding(community, monkeypatch) as bot:
        for match, call in (
            ("synced of this kind: case, everything, timeout", mod.slash("ban", member=ben)),
            ("needs permissions", ada.slash("timeout", member=ben, duration="1h")),
            ("'duration' is required", mod.slash("timeout", member=ben)),
            ("not a choice", mod.slash("timeout", member=ben, duration="forever")),
            ("takes USER", mod.slash("timeout", member="ben", duration="1h")),
            ("takes USER", mod.slash("timeout", member=board, duration="1h")),
            ("did you mean 'member'", mod.slash("timeout", membre=ben, duration="1h")),
            ("not called by itself", mod.slash("case")),
            ("no subcommand 'hide'", mod.slash("case hide")),
            ("beyond the min_value", mod.slash("case show", number=0)),
            ("beyond the max_value", mod.slash("case show", number=10_000)),
            ("takes INTEGER", mod.slash("case show", number="7")),
            ("takes CHANNEL", mod.slash("everything", room=ben)),
            ("takes BOOLEAN", mod.slash("everything", yes="yes")),
            ("0 to 6000 characters", mod.slash("everything", text="x" * 6001)),
            ("no USER command", mod.menu("Moderate post", ben)),
        ):
            with pytest.raises(InteractionRefusedError, match=match):
                await call
        assert bot.seen == []


async def test_who_may_call_depends_on_permissions_and_place(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Administrators may all; the timed out nothing; a hidden or barred room is none."""
    admin = await community.guild.member("Root", roles=[await community.guild.administrator_role()])
    staff = await community.guild.staff_channel("staff")
    async with commanding(community, monkeypatch) as bot:
        bot.on = {"timeout": greet, "case show": greet}
        await (await admin.slash("timeout", staff, member=mod, duration="1h")).answered()
        with pytest.raises(InteractionRefusedError, match="does not see"):
            await mod.slash("case show", staff, number=1)
        await community.board.allow(mod, deny=Permission.USE_APPLICATION_COMMANDS)
        with pytest.raises(InteractionRefusedError, match="may not use commands here"):
            await mod.slash("case show", community.board, number=1)

        assert len(bot.seen) == 1


async def test_messages_and_members_have_context_menus(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message comes whole, its author as a member; so does a member."""
    async with commanding(community, monkeypatch) as bot:
        bot.on = {"Moderate post": greet, "Moderate member": greet}
        post = await community.ben.says(community.board, "write to me", files=[File("a.png", b"x")])
        await (await mod.menu("Moderate post", post)).answered()
        await (await mod.menu("Moderate member", community.ben)).answered()

        message, member = bot.given[0]["message"], bot.given[1]["member"]
        assert isinstance(message, discord.Message)
        assert (message.id, message.content) == (post.id, "write to me")
        assert message.attachments[0].filename == "a.png"
        assert message.author.id == community.ben.id
        assert isinstance(member, discord.Member)
        assert member.id == community.ben.id
        await community.ben.deletes(post)
        with pytest.raises(InteractionRefusedError, match="gone"):
            await mod.menu("Moderate post", post)


async def test_a_deferred_answer_shows_thinking_then_the_words_then_the_edits(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every look of the message is kept; files can be followed up."""

    async def work(interaction: Seen) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="half")
        await interaction.edit_original_response(embed=discord.Embed(title="Case 7"))
        export = discord.File(io.BytesIO(b"a,b"), "export.csv")
        await interaction.followup.send("the export", file=export, ephemeral=True)

    async with commanding(community, monkeypatch) as bot:
        bot.on["case show"] = work
        outcome = await (await mod.slash("case show", number=7)).answered()
        await community.sim.until(lambda: len(outcome.messages) == 2)

        assert [each.loading for each in outcome.history] == [True, False, False, False]
        assert outcome.text == "half\nCase 7\nthe export"
        assert outcome.messages[1].attachments[0].data == b"a,b"
        assert all(each.is_ephemeral for each in outcome.messages)
        assert outcome.deferred


async def test_a_bot_that_is_silent_is_told_of(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer fails to come, or only the second."""

    async def nothing(_interaction: Seen) -> None:
        return

    async def defer(interaction: Seen) -> None:
        await interaction.response.defer()

    async with commanding(community, monkeypatch) as bot:
        bot.on["case show"] = defer
        outcome = await mod.slash("case show", number=1)
        with pytest.raises(NotAnsweredError, match="deferred, and nothing more within"):
            await outcome.answered(timeout=0.2)
        assert outcome.thinking
        bot.on["case show"] = nothing
        community.sim.world.interactions.answer_seconds = 0.2
        with pytest.raises(NotAnsweredError, match="did not respond"):
            await (await mod.slash("case show", number=1)).answered()
