"""Components of messages: of the first kind and the second, with Discord's limits."""

import io

import discord
import pytest

from bot.sandbox import MemberHandle
from tests.sandbox.conftest import Community
from tests.sandbox.interactions.answering_bot import button, row
from tests.sandbox.interactions.commanding import Seen, commanding
from tests.sandbox.rest_client import RestClient

SECOND = 1 << 15
MENU: dict[str, object] = {
    "type": 3,
    "custom_id": "menu",
    "options": [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}],
}
TEXT: dict[str, object] = {"type": 10, "content": "words"}


def container(*components: dict[str, object]) -> dict[str, object]:
    """Return a container."""
    return {"type": 17, "components": list(components)}


FIRST_WRONG: dict[str, list[object]] = {
    "a button outside a row": [button()],
    "a text": [TEXT],
    "six rows": [row(button(str(number))) for number in range(6)],
    "six buttons": [row(*(button(str(number)) for number in range(6)))],
    "an empty row": [row()],
    "a row in a row": [row(row(button()))],
    "buttons of one id": [row(button(), button())],
    "no label": [row({"type": 2, "style": 1, "custom_id": "x"})],
    "a long label": [row(button(label="x" * 81))],
    "a long id": [row(button("x" * 101))],
    "no id": [row({"type": 2, "style": 1, "label": "x"})],
    "no style": [row({"type": 2, "custom_id": "x", "label": "x"})],
    "a link with an id": [row(button(style=5, url="https://example.org"))],
    "a link without an address": [row({"type": 2, "style": 5, "label": "x"})],
    "an address without a link": [row(button(url="https://example.org"))],
    "two menus": [row(MENU, {**MENU, "custom_id": "other"})],
    "a menu without options": [row({**MENU, "options": []})],
    "a menu with 26 options": [
        row({**MENU, "options": [{"label": "x", "value": str(n)} for n in range(26)]})
    ],
    "options of one value": [row({**MENU, "options": [{"label": "a", "value": "a"}] * 2})],
    "an option without a label": [row({**MENU, "options": [{"value": "a"}]})],
    "more choices than options": [row({**MENU, "max_values": 3})],
    "the least above the most": [row({**MENU, "min_values": 2})],
    "what is for forms": [row({"type": 4, "custom_id": "x", "style": 1, "label": "x"})],
    "no type": [{}],
}
SECOND_WRONG: dict[str, list[object]] = {
    "a button outside a row": [button()],
    "a container in a container": [container(container(TEXT))],
    "an empty container": [container()],
    "an empty text": [{"type": 10, "content": ""}],
    "41 components": [{"type": 10, "content": "x"}] * 41,
    "41 components, nested": [container(*[{"type": 10, "content": "x"}] * 40)],
    "4001 characters": [{"type": 10, "content": "x" * 2001}, {"type": 10, "content": "x" * 2000}],
    "a section without an accessory": [{"type": 9, "components": [TEXT]}],
    "a section of four texts": [{"type": 9, "components": [TEXT] * 4, "accessory": button()}],
    "an empty gallery": [{"type": 12, "items": []}],
    "a picture without an address": [{"type": 12, "items": [{"media": {}}]}],
    "a file without an address": [{"type": 13}],
    "a colour out of range": [{**container(TEXT), "accent_color": 1 << 24}],
}


@pytest.mark.parametrize("components", FIRST_WRONG.values(), ids=FIRST_WRONG)
async def test_wrong_components_of_the_first_kind_are_refused(
    community: Community, api: RestClient, components: list[object]
) -> None:
    """In a message and in its edit."""
    path = f"/channels/{community.board.id}/messages"
    made = await api("POST", path, {"content": "x"})

    wrong = {"content": "x", "components": components}
    assert (await api("POST", path, wrong)).code == (400, 50035)
    assert (await api("PATCH", f"{path}/{made['id']}", wrong)).code == (400, 50035)


@pytest.mark.parametrize("components", SECOND_WRONG.values(), ids=SECOND_WRONG)
async def test_wrong_components_of_the_second_kind_are_refused(
    community: Community, api: RestClient, components: list[object]
) -> None:
    """Up to 40 of them and 4000 characters."""
    path = f"/channels/{community.board.id}/messages"

    assert (await api("POST", path, {"flags": SECOND, "components": components})).code == (
        400,
        50035,
    )


async def test_the_second_kind_stands_alone_and_for_good(
    community: Community, api: RestClient
) -> None:
    """No words or embeds beside it, and no way back to the first kind."""
    path = f"/channels/{community.board.id}/messages"
    for more in ({"content": "x"}, {"embeds": [{"title": "x"}]}):
        body = {"flags": SECOND, "components": [TEXT], **more}
        assert (await api("POST", path, body)).code == (400, 50035)
    made = await api("POST", path, {"flags": SECOND, "components": [TEXT]})
    one = f"{path}/{made['id']}"

    assert (await api("PATCH", one, {"content": "x"})).code == (400, 50035)
    edited = await api("PATCH", one, {"flags": 0, "components": [container(TEXT)]})
    assert edited["flags"] == SECOND
    assert (await api("POST", path, {"flags": SECOND})).code == (400, 50006)


async def test_a_message_becomes_one_of_the_second_kind_when_it_is_cleared(
    community: Community, api: RestClient
) -> None:
    """Its words and embeds have to be taken off in the same edit."""
    path = f"/channels/{community.board.id}/messages"
    made = await api("POST", path, {"content": "x", "embeds": [{"title": "x"}]})
    one, second = f"{path}/{made['id']}", {"flags": SECOND, "components": [TEXT]}

    assert (await api("PATCH", one, second)).code == (400, 50035)
    assert (await api("PATCH", one, {**second, "content": None})).code == (400, 50035)
    edited = await api("PATCH", one, {**second, "content": None, "embeds": []})
    assert (edited["content"], edited["embeds"], edited["flags"]) == ("", [], SECOND)


async def test_components_keep_their_numbers_and_get_others(
    community: Community, api: RestClient
) -> None:
    """Each has one of its own; 0 stands for none."""
    body = {
        "content": "x",
        "components": [{**row(button("a"), {**button("b"), "id": 0}), "id": 1}],
    }
    made = await api("POST", f"/channels/{community.board.id}/messages", body)

    (shown,) = made["components"]  # type: ignore[misc]
    ids = [shown["id"], *(each["id"] for each in shown["components"])]  # type: ignore[has-type]
    assert ids == [1, 2, 3]


class Panel(discord.ui.LayoutView):
    """A message of the second kind with all there is."""

    def __init__(self) -> None:
        super().__init__()
        accessory: discord.ui.Button[Panel] = discord.ui.Button(label="Uphold", custom_id="uphold")
        file = discord.ui.Thumbnail["Panel"]("attachment://small.png")
        row: discord.ui.ActionRow[Panel] = discord.ui.ActionRow()
        row.add_item(discord.ui.Button(label="Dismiss", custom_id="dismiss"))
        self.add_item(
            discord.ui.Container(
                discord.ui.TextDisplay("# Case 7"),
                discord.ui.Section("Remove it?", accessory=accessory),
                discord.ui.Section("A picture", accessory=file),
                discord.ui.Separator(),
                discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://small.png")),
                discord.ui.File("attachment://case.txt"),
                row,
                accent_colour=discord.Colour.red(),
            )
        )


async def test_a_panel_of_the_second_kind_is_read_and_pressed(
    community: Community, mod: MemberHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an ephemeral answer with files; its buttons are found wherever they stand."""

    async def show(interaction: Seen) -> None:
        files = [
            discord.File(io.BytesIO(b"png"), "small.png"),
            discord.File(io.BytesIO(b"txt"), "case.txt"),
        ]
        await interaction.response.send_message(view=Panel(), files=files, ephemeral=True)

    async def decide(interaction: Seen) -> None:
        done: discord.ui.LayoutView = discord.ui.LayoutView()
        done.add_item(discord.ui.TextDisplay("decided"))
        await interaction.response.edit_message(view=done, attachments=[])

    async with commanding(community, monkeypatch) as bot:
        bot.on = {"case show": show, "uphold": decide, "dismiss": decide}
        outcome = await (await mod.slash("case show", number=7)).answered()
        assert outcome.text == "# Case 7\nRemove it?\nA picture"
        assert outcome.history[0].filenames == ("small.png", "case.txt")
        await (await mod.press(outcome, label="Uphold")).answered()

        assert outcome.text == "decided"
        assert outcome.message.attachments == []
