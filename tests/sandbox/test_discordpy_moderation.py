"""A real discord.py bot moderates in the simulated Discord, held against Discord's contract."""

from collections.abc import AsyncIterator
from datetime import timedelta

import discord
import pytest

from bot.sandbox import BOT_PERMISSIONS, ApiError, Contract, Permission, Simulation
from bot.sandbox.contract_document import ContractDocument
from bot.sandbox.contract_tally import ContractTally
from tests.sandbox.conftest import Community
from tests.sandbox.discordpy import PlainBot, logged_in


@pytest.fixture
async def sim(
    document: ContractDocument | None, contract_tally: ContractTally
) -> AsyncIterator[Simulation]:
    """A simulation that holds requests and answers against Discord's contract."""
    contract = None if document is None else Contract(document, contract_tally)
    async with Simulation(contract=contract) as simulation:
        yield simulation
    assert simulation.refused == []
    assert contract is None or contract.violations == []


class Witness(PlainBot):
    """Writes down what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    async def on_member_ban(self, _guild: discord.Guild, user: discord.User) -> None:
        """Write a ban down."""
        self.heard.append(f"ban {user.name}")

    async def on_member_unban(self, _guild: discord.Guild, user: discord.User) -> None:
        """Write its end down."""
        self.heard.append(f"unban {user.name}")

    async def on_raw_member_remove(self, event: discord.RawMemberRemoveEvent) -> None:
        """Write a leaving down."""
        self.heard.append(f"gone {event.user.name}")

    async def on_audit_log_entry_create(self, entry: discord.AuditLogEntry) -> None:
        """Write an entry down."""
        actor = entry.user.name if entry.user is not None else entry.user_id
        self.heard.append(f"{entry.action.name} by {actor}: {entry.reason}")


async def more_rights(community: Community, more: Permission) -> None:
    """Give the bot further permissions."""
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(role, permissions=BOT_PERMISSIONS | more)


async def test_discordpy_bans_and_lifts(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One, who is no member, many; reads the bans; hears of it all."""
    await more_rights(community, Permission.MANAGE_GUILD)
    stranger = community.sim.user("Stranger")
    post = await community.ada.says(community.board, "spam")
    async with logged_in(community.sim, Witness(), monkeypatch) as bot:
        (guild,) = bot.guilds
        ada = discord.Object(community.ada.id)
        await guild.ban(ada, reason="Guideline 8 · case 1", delete_message_seconds=600)
        await guild.ban(discord.Object(stranger.id), delete_message_seconds=0)
        ban = await guild.fetch_ban(ada)
        listed = [each.user.id async for each in guild.bans(limit=10)]
        left = await bot.fetch_user(community.ada.id)
        await guild.unban(ada, reason="appeal")
        with pytest.raises(discord.NotFound) as unknown:
            await guild.fetch_ban(ada)
        result = await guild.bulk_ban(
            [discord.Object(community.ben.id), discord.Object(stranger.id)], reason="raid"
        )
        await community.sim.until(lambda: bot.heard[-1:] == ["ban by concord: raid"])

        assert (ban.reason, ban.user.name) == ("Guideline 8 · case 1", "ada")
        assert listed == sorted([community.ada.id, stranger.id])
        assert left.name == "ada"
        assert post.deleted
        assert unknown.value.code == 10026
        assert [each.id for each in result.banned] == [community.ben.id]
        assert [each.id for each in result.failed] == [stranger.id]
        assert bot.heard[:3] == [
            "ban ada",
            "gone ada",
            "ban by concord: Guideline 8 · case 1",
        ]
        assert {"unban ada", "unban by concord: appeal"} <= set(bot.heard)


class Appealing(discord.ui.View):
    """A notice's button."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Appeal", custom_id="case:1:appeal")
    async def appeal(
        self, interaction: discord.Interaction, _button: "discord.ui.Button[Appealing]"
    ) -> None:
        """Answer whoever presses it, twice."""
        await interaction.response.send_message("We will look at it.")
        await interaction.followup.send("It may take a day.")


async def test_a_banned_member_presses_the_button_of_the_notice(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot answers in the direct messages, where it may not write by itself any more."""
    ada = community.ada
    async with logged_in(community.sim, PlainBot(), monkeypatch) as bot:
        user = await bot.fetch_user(ada.id)
        await user.send("You were banned.", view=Appealing())
        await bot.guilds[0].ban(user, delete_message_seconds=0)
        with pytest.raises(discord.Forbidden) as refused:
            await user.send("Are you there?")
        pressed = await ada.press(ada.dms()[0], label="Appeal")
        await pressed.answered()
        await community.sim.until(lambda: len(ada.dms()) == 3)

        assert refused.value.code == 50278
        assert [message.content for message in ada.dms()] == [
            "You were banned.",
            "We will look at it.",
            "It may take a day.",
        ]


async def test_discordpy_sets_overwrites_and_channels(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a category its channels follow; channels are made, synced, moved and changed."""
    await more_rights(community, Permission.MANAGE_CHANNELS)
    sim, ada = community.sim, community.ada
    category = await community.guild.category("Boards")
    inside = await community.guild.channel("inside", category=category)
    async with logged_in(sim, PlainBot(), monkeypatch) as bot:
        (guild,) = bot.guilds
        member, room, board = (
            guild.get_member(ada.id),
            guild.get_channel(category.id),
            guild.get_channel(community.board.id),
        )
        assert isinstance(member, discord.Member)
        assert isinstance(room, discord.CategoryChannel)
        assert isinstance(board, discord.TextChannel)
        await room.set_permissions(member, send_messages=False, reason="case 2")
        child = guild.get_channel(inside.id)
        assert isinstance(child, discord.TextChannel)
        await sim.until(lambda: not child.permissions_for(member).send_messages)
        assert child.permissions_synced
        made = await guild.create_text_channel("made", category=room)
        assert made.permissions_synced
        await board.edit(category=room, sync_permissions=True)
        await sim.until(lambda: board.permissions_synced)
        await board.edit(overwrites={member: discord.PermissionOverwrite(add_reactions=False)})
        await board.edit(position=1, category=None, topic="about", slowmode_delay=5)
        await room.set_permissions(member, overwrite=None)
        await made.delete(reason="done")
        await sim.until(lambda: child.permissions_for(member).send_messages)
        await community.ada.leaves()
        await sim.until(lambda: guild.get_member(ada.id) is None)
        with pytest.raises(discord.NotFound) as unknown:
            await child.set_permissions(member, send_messages=False)

    assert unknown.value.code == 10009
    assert inside.overwrite_of(ada) is None
    assert community.board.overwrite_of(ada) is not None
    assert community.board.state.topic == "about"


class AutomodWitness(Witness):
    """Hears of AutoMod's acts as well."""

    def __init__(self) -> None:
        super().__init__()
        self._connection._intents.value |= discord.Intents(auto_moderation=True).value
        self.acts: list[discord.AutoModAction] = []

    async def on_automod_action(self, act: discord.AutoModAction) -> None:
        """Keep an act."""
        self.acts.append(act)


async def test_discordpy_reads_automods_acts(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule, what it did and to whom; over REST the rule and the entries."""
    await more_rights(community, Permission.MANAGE_GUILD)
    alerts = await community.guild.channel("alerts")
    rule = await community.guild.automod.add(
        "No pills", "pills", alert=alerts, silence=timedelta(minutes=1)
    )
    async with logged_in(community.sim, AutomodWitness(), monkeypatch) as bot:
        with pytest.raises(ApiError, match="200000"):
            await community.ada.says(community.board, "pills here")
        await community.guild.automod.quarantines(community.ben)
        await community.sim.until(lambda: len(bot.acts) == 3 and len(bot.heard) == 4)
        (guild,) = bot.guilds
        rules = await guild.fetch_automod_rules()
        entries = [entry async for entry in guild.audit_logs(limit=4)]

        assert [act.action.type.name for act in bot.acts] == [
            "block_message",
            "send_alert_message",
            "timeout",
        ]
        assert {(act.rule_id, act.user_id, act.content) for act in bot.acts} == {
            (rule.id, community.ada.id, "pills here")
        }
        assert bot.acts[1].alert_system_message_id == alerts.messages()[0].id
        assert [each.name for each in rules] == ["No pills"]
        assert [entry.action.name for entry in entries] == [
            "automod_quarantine_user",
            "automod_timeout_member",
            "automod_flag_message",
            "automod_block_message",
        ]
        assert entries[1].extra.automod_rule_name == "No pills"
        assert entries[1].target is not None
        assert entries[1].target.id == community.ada.id


async def test_discordpy_reads_what_others_did(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Timeouts, roles, overwrites and bulk deletions by people, with their options."""
    guild, ada = community.guild, community.ada
    role = await guild.role("Portfolio", position=2)
    mod = guild.owner.as_moderator
    posts = [await ada.says(community.board, f"{number}") for number in range(2)]
    async with logged_in(community.sim, Witness(), monkeypatch) as bot:
        await mod.times_out(ada, timedelta(hours=1), "loud")
        await mod.gives_role(ada, role)
        await mod.sets_overwrite(community.board, ada, deny=Permission.SEND_MESSAGES)
        await mod.deletes_in_bulk(posts)
        await mod.kicks(ada, "enough")
        await community.sim.until(lambda: bot.heard[-1:] == ["kick by owner: enough"])
        entries = [entry async for entry in bot.guilds[0].audit_logs(limit=5)]

        kicked, bulk, overwrite, roles, timeout = entries
        assert kicked.target is not None
        assert kicked.target.id == ada.id
        assert bulk.extra.count == 2
        assert overwrite.changes.after.deny.send_messages
        assert [each.id for each in roles.changes.after.roles] == [role.id]
        assert timeout.changes.after.timed_out_until is not None
        assert timeout.user is not None
        assert timeout.user.id == guild.owner.id
