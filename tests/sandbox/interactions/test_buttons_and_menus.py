"""A real discord.py bot is pressed, chosen from, and pressed again after a restart."""

import re
from datetime import timedelta

import discord
import pytest

from bot.sandbox import InteractionRefusedError, MemberHandle, Message, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.discordpy import PlainBot, logged_in
from tests.sandbox.interactions.commanding import CommandingBot, Seen, commanding


def view(*items: "discord.ui.Item[discord.ui.View]") -> discord.ui.View:
    """Return a view of these items that never runs out."""
    made = discord.ui.View(timeout=None)
    for item in items:
        made.add_item(item)
    return made


def button(
    label: str = "Uphold", custom_id: str = "case:7:uphold"
) -> "discord.ui.Button[discord.ui.View]":
    """Return a button."""
    return discord.ui.Button(label=label, custom_id=custom_id)


class Verdict(
    discord.ui.DynamicItem["discord.ui.Button[discord.ui.View]"],
    template=r"case:(?P<number>[0-9]+):(?P<verdict>uphold|dismiss)",
):
    """A button that outlives the process: everything it needs stands in its custom id."""

    def __init__(self, number: int, verdict: str) -> None:
        super().__init__(button(verdict.title(), f"case:{number}:{verdict}"))
        self.number = number
        self.verdict = verdict

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: "discord.Interaction[discord.Client]",
        _item: "discord.ui.Item[discord.ui.View]",
        match: re.Match[str],
        /,
    ) -> "Verdict":
        """Read the button that was pressed."""
        return cls(int(match["number"]), match["verdict"])

    async def callback(self, interaction: "discord.Interaction[discord.Client]") -> None:
        """Say what was decided."""
        await interaction.response.edit_message(
            content=f"{self.number}: {self.verdict} by {interaction.user.name}", view=None
        )


async def posted(community: Community, bot: CommandingBot, made: discord.ui.View) -> Message:
    """Let the bot post a message with a view in the board; return it."""
    channel = bot.get_channel(community.board.id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("a case", view=made)
    message = community.sim.message(sent.id)
    assert message is not None
    return message


async def test_a_button_of_a_message_for_all_is_pressed(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message comes whole; the answer refers to it."""

    async def decide(interaction: Seen) -> None:
        assert interaction.message is not None
        assert interaction.message.content == "a case"
        await interaction.response.send_message("noted")

    async with commanding(community, monkeypatch) as bot:
        bot.on["case:7:uphold"] = decide
        message = await posted(community, bot, view(button()))
        outcome = await (await mod.press(message, label="Uphold")).answered()

        assert outcome.message.referenced is message
        assert outcome.text == "noted"


async def test_a_button_survives_a_restart_of_the_bot(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile nobody responds; the new process is told of the next press."""
    async with commanding(community, monkeypatch) as bot:
        message = await posted(community, bot, view(button()))
    community.sim.world.interactions.answer_seconds = 0.1
    lost = await mod.press(message, label="Uphold")
    assert (await lost.responded()).failed
    community.sim.world.interactions.answer_seconds = 3
    fresh = PlainBot()
    fresh.add_dynamic_items(Verdict)
    async with logged_in(community.sim, fresh, monkeypatch):
        await (await mod.press(message, label="Uphold")).answered()

        assert message.content == "7: uphold by mo"
        assert message.components == []


async def test_a_press_while_the_bot_is_cut_off_arrives_when_it_resumes(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session is still there: the event is sent again."""

    async def decide(interaction: Seen) -> None:
        await interaction.response.send_message("late but there")

    async with commanding(community, monkeypatch) as bot:
        bot.on["case:7:uphold"] = decide
        message = await posted(community, bot, view(button()))
        community.sim.world.interactions.answer_seconds = 10
        (session,) = community.sim.gateway.connected
        community.sim.gateway.drop(session)
        outcome = await mod.press(message, label="Uphold")

        assert (await outcome.answered()).text == "late but there"


async def test_a_button_in_direct_messages_is_pressed_by_who_is_banned(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is neither guild nor member then."""

    async def appeal(interaction: Seen) -> None:
        assert interaction.guild_id is None
        assert isinstance(interaction.user, discord.User)
        assert isinstance(interaction.channel, discord.DMChannel)
        await interaction.response.send_message("your appeal is noted")

    async with commanding(community, monkeypatch) as bot:
        bot.on["appeal"] = appeal
        user = await bot.fetch_user(community.ben.id)
        await user.send("you were banned", view=view(button("Appeal", "appeal")))
        await community.guild.owner.as_moderator.bans(community.ben)
        (notice,) = community.ben.dms()
        outcome = await (await community.ben.press(notice, label="Appeal")).answered()

        assert outcome.text == "your appeal is noted"
        assert [each.content for each in community.ben.dms()] == [
            "you were banned",
            "your appeal is noted",
        ]
        with pytest.raises(InteractionRefusedError, match="somebody else's direct messages"):
            await community.ada.press(notice, label="Appeal")


async def test_what_cannot_be_pressed_is_refused(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disabled, leading elsewhere, not there, ambiguous, out of sight, gone."""
    async with commanding(community, monkeypatch) as bot:
        off = discord.ui.Button[discord.ui.View](label="Off", custom_id="off", disabled=True)
        link = discord.ui.Button[discord.ui.View](label="More", url="https://example.org")
        twins = button("Twin", "t1"), button("Twin", "t2")
        message = await posted(community, bot, view(off, link, *twins))
        for match, names in (
            ("is disabled", {"label": "Off"}),
            ("leads elsewhere", {"label": "More"}),
            ("0 buttons fit", {"label": "Gone"}),
            ("2 buttons fit", {"label": "Twin"}),
            ("0 buttons fit", {"custom_id": "x"}),
        ):
            with pytest.raises(InteractionRefusedError, match=match):
                await mod.press(message, **names)
        await mod.press(message, custom_id="t2")
        await community.guild.owner.times_out(mod, timedelta(hours=1))
        with pytest.raises(InteractionRefusedError, match="is timed out"):
            await mod.press(message, custom_id="t1")
        await community.sim.advance(hours=1)
        await mod.press(message, custom_id="t1")
        await community.board.allow(mod, deny=Permission.READ_MESSAGE_HISTORY)
        with pytest.raises(InteractionRefusedError, match="may not read the history"):
            await mod.press(message, custom_id="t1")
        await community.board.allow(mod, deny=Permission.VIEW_CHANNEL)
        with pytest.raises(InteractionRefusedError, match="does not see"):
            await mod.press(message, custom_id="t1")
        await community.board.delete()
        with pytest.raises(InteractionRefusedError, match="gone"):
            await community.ada.press(message, custom_id="t1")


async def test_menus_of_every_kind_are_chosen_from(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts by label or value; people, roles and rooms as what they are."""
    role = await community.guild.role("Design")
    chosen: list[object] = []

    async def take(interaction: Seen) -> None:
        chosen.append(menus[str((interaction.data or {}).get("custom_id"))].values)
        await interaction.response.defer()
        await interaction.edit_original_response(content="taken")

    rules = [
        discord.SelectOption(label="Contact data", value="contact"),
        discord.SelectOption(label="Coarse words", value="coarse"),
    ]
    menus: dict[str, discord.ui.select.BaseSelect[discord.ui.View]] = {
        "rules": discord.ui.Select(custom_id="rules", options=rules, max_values=2),
        "user": discord.ui.UserSelect(custom_id="user"),
        "role": discord.ui.RoleSelect(custom_id="role"),
        "room": discord.ui.ChannelSelect(
            custom_id="room", channel_types=[discord.ChannelType.text]
        ),
        "either": discord.ui.MentionableSelect(custom_id="either", min_values=0),
    }
    async with commanding(community, monkeypatch) as bot:
        bot.on = dict.fromkeys(menus, take)
        message = await posted(community, bot, view(*menus.values()))
        for custom_id, values in (
            ("rules", ["Contact data", "coarse"]),
            ("user", [community.ben]),
            ("role", [role]),
            ("room", [community.board]),
            ("either", [community.ben]),
        ):
            await (await mod.choose(message, values, custom_id=custom_id)).answered()

        assert chosen[0] == ["contact", "coarse"]
        ids = [each[0].id for each in chosen[1:]]  # type: ignore[index]
        assert ids == [community.ben.id, role.id, community.board.id, community.ben.id]
        assert message.content == "taken"
        category = await community.guild.category("Boards")
        for match, custom_id, wrong in (
            ("not offered: Contact data, Coarse words", "rules", ["spam"]),
            ("takes 1 to 2, not 0", "rules", []),
            ("takes 0 to 1, not 2", "either", [community.ben, role]),
            ("offers no", "user", [role]),
            ("offers no", "role", [community.ben]),
            ("offers no", "user", ["ben"]),
            ("channels of", "room", [category]),
            ("5 menus fit", None, ["contact"]),
        ):
            with pytest.raises(InteractionRefusedError, match=match):
                await mod.choose(message, wrong, custom_id=custom_id)
