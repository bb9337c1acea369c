"""Commands are synced as Discord takes them, and refused as it refuses them."""

from collections.abc import Sequence

import pytest

from bot.sandbox import InteractionRefusedError, MemberHandle
from tests.sandbox.conftest import Community
from tests.sandbox.rest_client import Answer, RestClient

ASK = {"name": "ask", "description": "Ask the bot"}


def option(name: str = "x", kind: int = 3, **more: object) -> dict[str, object]:
    """Return an option as a bot sends it."""
    return {"type": kind, "name": name, "description": "x", **more}


def choices(count: int) -> list[dict[str, object]]:
    """Return so many choices."""
    return [{"name": str(number), "value": str(number)} for number in range(count)]


class Commands:
    """The command routes of one application and scope."""

    def __init__(self, api: RestClient, community: Community, *, guild: bool = False) -> None:
        self._api = api
        scope = f"/guilds/{community.guild.id}" if guild else ""
        self._path = f"/applications/{community.sim.app.id}{scope}/commands"

    async def __call__(self, method: str, body: object = None, one: object = None) -> Answer:
        """Make a call about all commands, or about one by its id."""
        return await self._api(method, self._path + ("" if one is None else f"/{one}"), body)

    async def names(self) -> list[object]:
        """Return the names that are synced."""
        return [each["name"] for each in (await self("GET")).rows]


@pytest.fixture(params=[False, True], ids=["global", "guild"])
def commands(request: pytest.FixtureRequest, api: RestClient, community: Community) -> Commands:
    """The global commands, and those of the community."""
    return Commands(api, community, guild=request.param)


async def test_overwriting_keeps_ids_by_name_and_raises_versions(commands: Commands) -> None:
    """What is named again keeps its id, what is not named is gone."""
    first = (await commands("PUT", [ASK, {"name": "old", "description": "x"}])).rows
    second = (await commands("PUT", [{"name": "new", "description": "x"}, ASK])).rows

    assert [each["name"] for each in second] == ["new", "ask"]
    assert second[1]["id"] == first[0]["id"]
    assert int(str(second[1]["version"])) > int(str(first[0]["version"]))
    assert set(await commands.names()) == {"ask", "new"}


async def test_a_command_is_made_read_changed_and_removed(commands: Commands) -> None:
    """201 for a new one, 200 for one that is written over; what a change does not name stays."""
    made = await commands("POST", {**ASK, "options": [option()]})
    again = await commands("POST", {**ASK, "default_member_permissions": 8})
    assert (made.status, again.status) == (201, 200)
    assert made["id"] == again["id"]
    assert (again["options"], again["default_member_permissions"]) == ([], "8")

    changed = await commands("PATCH", {"name": "renamed"}, made["id"])
    assert (changed["name"], changed["default_member_permissions"]) == ("renamed", "8")
    assert (await commands("GET", one=made["id"]))["description"] == "Ask the bot"
    assert (await commands("DELETE", one=made["id"])).status == 204
    for method in ("GET", "PATCH", "DELETE"):
        assert (await commands(method, {}, made["id"])).code == (404, 10063)
    assert await commands.names() == []


async def test_context_menus_come_back_with_an_empty_description(commands: Commands) -> None:
    """discord.py reads the key of every command."""
    menus = [{"name": "Moderate post", "type": 3}, {"name": "Moderate post", "type": 2}, ASK]
    synced = (await commands("PUT", menus)).rows

    assert [(each["type"], each["description"]) for each in synced] == [
        (3, ""),
        (2, ""),
        (1, "Ask the bot"),
    ]


WRONG = {
    "no name": {"description": "x"},
    "no description": {"name": "x"},
    "a name with capitals": {**ASK, "name": "Ask"},
    "a name with a blank": {**ASK, "name": "ask me"},
    "a name that is too long": {**ASK, "name": "x" * 33},
    "a description that is too long": {**ASK, "description": "x" * 101},
    "an unknown type": {**ASK, "type": 9},
    "permissions below none": {**ASK, "default_member_permissions": -1},
    "no context": {**ASK, "contexts": []},
    "an unknown context": {**ASK, "contexts": [7]},
    "an unknown way to install": {**ASK, "integration_types": [7]},
    "a menu with a description": {"name": "x", "type": 3, "description": "x"},
    "a menu with options": {"name": "x", "type": 2, "options": [option()]},
    "too many options": {**ASK, "options": [option(f"o{number}") for number in range(26)]},
    "options of one name": {**ASK, "options": [option(), option()]},
    "an option without a description": {**ASK, "options": [{"type": 3, "name": "x"}]},
    "an option without a type": {**ASK, "options": [{"name": "x", "description": "x"}]},
    "required behind optional": {**ASK, "options": [option("a"), option("b", required=True)]},
    "too many choices": {**ASK, "options": [option(choices=choices(26))]},
    "choices of one name": {**ASK, "options": [option(choices=choices(1) * 2)]},
    "a choice without a value": {**ASK, "options": [option(choices=[{"name": "x"}])]},
    "a choice of another type": {
        **ASK, "options": [option(kind=4, choices=[{"name": "x", "value": "x"}])]
    },
    "choices and suggestions": {
        **ASK, "options": [option(choices=choices(1), autocomplete=True)]
    },
    "a bound that is no number": {**ASK, "options": [option(kind=4, min_value="x")]},
    "a length out of range": {**ASK, "options": [option(max_length=6001)]},
    "subcommands beside options": {**ASK, "options": [option("a", 1), option("b", 3)]},
    "a group in a group": {
        **ASK, "options": [option("a", 2, options=[option("b", 2, options=[])])]
    },
    "a subcommand in a subcommand": {
        **ASK, "options": [option("a", 1, options=[option("b", 1)])]
    },
    "plain options in a group": {**ASK, "options": [option("a", 2, options=[option("b")])]},
    "too many words in all": {
        **ASK,
        "options": [
            option(f"o{number}", choices=[
                {"name": f"{index}" + "x" * 90, "value": "x" * 100} for index in range(25)
            ])
            for number in range(2)
        ],
    },
    "a localization that is too long": {**ASK, "name_localizations": {"de": "x" * 33}},
    "localizations that are none": {**ASK, "name_localizations": "x"},
}  # fmt: skip


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
async def test_what_discord_refuses_is_refused(
    api: RestClient, community: Community, body: dict[str, object]
) -> None:
    """One wrong command spoils the whole sync, and nothing changes."""
    commands = Commands(api, community)
    await commands("PUT", [{"name": "kept", "description": "x"}])

    assert (await commands("POST", body)).code == (400, 50035)
    assert (await commands("PUT", [ASK, body])).code == (400, 50035)
    assert await commands.names() == ["kept"]


@pytest.mark.parametrize("body", [{}, "x", [ASK, ASK], [ASK] * 131], ids=lambda b: str(b)[:20])
async def test_a_sync_is_a_list_of_different_commands(
    api: RestClient, community: Community, body: object
) -> None:
    """No object, no doubles, no more than there can be."""
    assert (await Commands(api, community)("PUT", body)).code == (400, 50035)


async def test_names_may_have_letters_of_any_script(api: RestClient, community: Community) -> None:
    """As long as they are small ones."""
    names = ["größe", "状態", "दिखाओ", "a-b_c'd", "4"]
    synced = await Commands(api, community)("PUT", [{**ASK, "name": name} for name in names])

    assert [each["name"] for each in synced.rows] == names


async def test_two_hundred_new_commands_a_day_are_enough(
    api: RestClient, community: Community
) -> None:
    """Names that come back after removal count again; a day later the count begins anew."""
    commands = Commands(api, community)

    async def sync(prefix: str, count: int = 100) -> Answer:
        return await commands("PUT", [{**ASK, "name": f"{prefix}{n}"} for n in range(count)])

    assert (await sync("a")).status == 200
    assert (await sync("a")).status == 200
    assert (await sync("b")).status == 200
    assert (await sync("c", 1)).code == (400, 30034)
    assert len(await commands.names()) == 100
    await community.sim.advance(hours=24)
    assert (await sync("c", 1)).status == 200


async def test_a_scope_holds_so_many_of_each_kind(api: RestClient, community: Community) -> None:
    """15 menus of a kind, and no sixteenth."""
    commands = Commands(api, community)
    menus: Sequence[dict[str, object]] = [{"name": f"m{n}", "type": 3} for n in range(16)]
    assert (await commands("PUT", list(menus[:15]))).status == 200

    assert (await commands("POST", menus[15])).code == (400, 30032)
    assert (await commands("POST", {"name": "m15", "type": 2})).status == 201


async def test_another_application_and_another_guild_are_refused(
    api: RestClient, community: Community
) -> None:
    """One's own only, and where the bot is."""
    app = community.sim.app.id
    elsewhere = await community.sim.guild("Elsewhere")

    assert (await api("GET", "/applications/1/commands")).code == (404, 10002)
    assert (await api("GET", f"/applications/{app}/guilds/1/commands")).code == (404, 10004)
    path = f"/applications/{app}/guilds/{elsewhere.id}/commands"
    assert (await api("PUT", path, [ASK])).code == (403, 50001)
    own = f"/applications/{app}/guilds/{community.guild.id}/commands/permissions"
    assert (await api("GET", own)).body == []


async def test_a_guilds_command_stands_before_the_global_one_and_only_there(
    api: RestClient, community: Community, mod: MemberHandle
) -> None:
    """Where neither is synced, nobody is offered anything."""
    other = await community.sim.guild("Other")
    await other.channel("general")
    await other.invite_bot()
    stranger = await other.member("Stranger")
    with pytest.raises(InteractionRefusedError, match="synced of this kind: none"):
        await mod.slash("ask")
    await Commands(api, community, guild=True)("PUT", [{**ASK, "options": [option("here")]}])

    await mod.slash("ask", here="x")
    with pytest.raises(InteractionRefusedError, match="no CHAT_INPUT command 'ask'"):
        await stranger.slash("ask")
    await Commands(api, community)("PUT", [ASK])
    await stranger.slash("ask")
    await mod.slash("ask", here="x")
