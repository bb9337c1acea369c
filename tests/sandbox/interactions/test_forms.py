"""A real discord.py bot opens forms, and people fill them in."""

import discord
import pytest

from bot.sandbox import File, InteractionHandle, InteractionRefusedError, MemberHandle
from tests.sandbox.conftest import Community
from tests.sandbox.interactions.commanding import Seen, commanding

Options = discord.ui.Select[discord.ui.Modal]


class Report(discord.ui.Modal, title="Moderate post"):
    """Every kind of field that a form can have, within five parts."""

    intro = discord.ui.TextDisplay("The member is **not** told who you are.")
    reason = discord.ui.Label(
        text="Reason",
        description="The member reads this",
        component=discord.ui.TextInput(
            style=discord.TextStyle.paragraph, default="As before.", min_length=3, max_length=20
        ),
    )
    rule = discord.ui.Label(
        text="Guideline",
        component=discord.ui.Select(
            options=[
                discord.SelectOption(label="Contact data", value="contact"),
                discord.SelectOption(label="Coarse words", value="coarse", default=True),
            ]
        ),
    )
    member = discord.ui.Label(
        text="Member", component=discord.ui.UserSelect(required=False, min_values=0)
    )
    proof = discord.ui.Label(
        text="Proof", component=discord.ui.FileUpload(required=False, max_values=2)
    )

    async def on_submit(self, interaction: "discord.Interaction[discord.Client]") -> None:
        """Repeat everything."""
        reason, rule, member, proof = (
            self.reason.component,
            self.rule.component,
            self.member.component,
            self.proof.component,
        )
        assert isinstance(reason, discord.ui.TextInput)
        assert isinstance(rule, discord.ui.Select)
        assert isinstance(member, discord.ui.UserSelect)
        assert isinstance(proof, discord.ui.FileUpload)
        files = [(await file.read()).decode() for file in proof.values]
        who = [each.name for each in member.values]
        await interaction.response.send_message(
            f"{reason.value} | {rule.values} | {who} | {files}", ephemeral=True
        )


class Boxes(discord.ui.Modal, title="Boxes"):
    """The fields with boxes."""

    how = discord.ui.Label(
        text="How long",
        component=discord.ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="1 hour", value="1h"),
                discord.RadioGroupOption(label="3 days", value="3d", default=True),
            ]
        ),
    )
    what = discord.ui.Label(
        text="What to do",
        component=discord.ui.CheckboxGroup(
            options=[
                discord.CheckboxGroupOption(label="Remove", value="remove"),
                discord.CheckboxGroupOption(label="Tell", value="tell"),
            ],
            required=False,
            min_values=0,
        ),
    )
    sure = discord.ui.Label(text="Sure", component=discord.ui.Checkbox())

    async def on_submit(self, interaction: "discord.Interaction[discord.Client]") -> None:
        """Repeat everything."""
        how, what, sure = self.how.component, self.what.component, self.sure.component
        assert isinstance(how, discord.ui.RadioGroup)
        assert isinstance(what, discord.ui.CheckboxGroup)
        assert isinstance(sure, discord.ui.Checkbox)
        await interaction.response.send_message(f"{how.value} {what.values} {sure.value}")


class Classic(discord.ui.Modal, title="Classic"):
    """The older form: a text input a row."""

    note: discord.ui.TextInput["Classic"] = discord.ui.TextInput(label="Note", required=False)

    async def on_submit(self, interaction: "discord.Interaction[discord.Client]") -> None:
        """Put it into the message whose button opened the form."""
        await interaction.response.edit_message(content=f"note: {self.note.value}", view=None)


async def opened(mod: MemberHandle) -> InteractionHandle:
    """Call the command that opens the form."""
    return await (await mod.slash("case show", number=1)).answered()


async def open_report(interaction: Seen) -> None:
    """Open the large form."""
    await interaction.response.send_modal(Report())


async def test_a_form_is_filled_in_and_sent(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By labels or custom ids; what is not named keeps what it came with."""
    async with commanding(community, monkeypatch) as bot:
        bot.on["case show"] = open_report
        form = await opened(mod)
        assert form.modal.title == "Moderate post"
        plain = await (await mod.submit(form)).answered()
        filled = await mod.submit(
            await opened(mod),
            {
                "Reason": "no addresses",
                "Guideline": "Contact data",
                "Member": [community.ben],
                "Proof": [File("a.txt", b"one"), File("b.txt", b"two")],
            },
        )
        await filled.answered()

        assert plain.text == "As before. | ['coarse'] | [] | []"
        assert filled.text == "no addresses | ['contact'] | ['ben'] | ['one', 'two']"
        assert filled.ephemeral


async def test_boxes_are_ticked(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of several, several of several, and one alone."""

    async def boxes(interaction: Seen) -> None:
        await interaction.response.send_modal(Boxes())

    async with commanding(community, monkeypatch) as bot:
        bot.on["case show"] = boxes
        plain = await (await mod.submit(await opened(mod))).answered()
        ticked = await mod.submit(
            await opened(mod),
            {"How long": "1 hour", "What to do": ["Remove", "tell"], "Sure": True},
        )

        assert plain.text == "3d [] False"
        assert (await ticked.answered()).text == "1h ['remove', 'tell'] True"


async def test_a_form_behind_a_button_changes_the_buttons_message(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where that message is for one only."""

    async def panel(interaction: Seen) -> None:
        view = discord.ui.View()
        view.add_item(discord.ui.Button(label="Add a note", custom_id="note"))
        await interaction.response.send_message("panel", view=view, ephemeral=True)

    async def note(interaction: Seen) -> None:
        await interaction.response.send_modal(Classic())

    async with commanding(community, monkeypatch) as bot:
        bot.on = {"case show": panel, "note": note}
        shown = await opened(mod)
        form = await (await mod.press(shown, label="Add a note")).answered()
        sent = await (await mod.submit(form, {"Note": "second time"})).answered()

        assert sent.message is shown.message
        assert shown.text == "note: second time"
        assert [each.content for each in shown.history] == ["panel"]
        assert [each.content for each in sent.history] == ["note: second time"]


async def test_what_a_form_does_not_take_is_refused(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so are another's form, and one that was sent."""
    async with commanding(community, monkeypatch) as bot:
        bot.on["case show"] = open_report
        form = await opened(mod)
        for match, filled in (
            ("'Reason': is required", {"Reason": ""}),
            ("'Reason': takes 3 to 20 characters, not 2", {"Reason": "no"}),
            ("'Reason': takes a text", {"Reason": True}),
            ("'Guideline': 'spam' is not offered", {"Guideline": "spam"}),
            ("'Guideline': takes 1 to 1, not 2", {"Guideline": ["contact", "coarse"]}),
            ("'Guideline': is required", {"Guideline": []}),
            ("'Member': a menu of this kind", {"Member": ["ben"]}),
            ("'Proof': takes files", {"Proof": ["a.txt"]}),
            ("has no \\['Nothing'\\]", {"Nothing": "x"}),
        ):
            with pytest.raises(InteractionRefusedError, match=match):
                await mod.submit(form, filled)
        with pytest.raises(InteractionRefusedError, match="for somebody else"):
            await community.ada.submit(form)
        await (await mod.submit(form)).answered()
        with pytest.raises(InteractionRefusedError, match="sent already"):
            await mod.submit(form)
