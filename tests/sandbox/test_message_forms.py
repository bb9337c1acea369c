"""What a message may be made of, and what is said of a form that is wrong."""

import aiohttp
import orjson
import pytest

from bot.sandbox import Permission
from bot.sandbox.intents import Intent
from bot.sandbox.requests import FILE_LIMIT
from tests.sandbox.conftest import Community
from tests.sandbox.rest_client import Answer, RestClient


class Sender:
    """Posts on the board as the bot."""

    def __init__(self, community: Community, api: RestClient) -> None:
        self.path = f"/channels/{community.board.id}/messages"
        self._api = api

    async def __call__(self, **body: object) -> Answer:
        """Post and return the answer."""
        return await self._api("POST", self.path, body)


@pytest.fixture
def send(community: Community, api: RestClient) -> Sender:
    """A sender on the board."""
    return Sender(community, api)


async def test_a_whole_embed_comes_back(send: Sender) -> None:
    """Every part that an app may send."""
    embed = {
        "title": "Removed",
        "description": "Your post",
        "url": "https://example.com/rule",
        "timestamp": "2026-01-02T03:04:05+00:00",
        "color": 255,
        "footer": {"text": "case 7", "icon_url": "https://example.com/i.png"},
        "author": {"name": "Concord", "url": "https://example.com"},
        "image": {"url": "https://example.com/a.png"},
        "thumbnail": {"url": "https://example.com/b.png"},
        "fields": [{"name": "Rule", "value": "3", "inline": True}],
    }
    (shown,) = (await send(embeds=[embed]))["embeds"]

    assert {key: shown[key] for key in ("title", "description", "url", "color")} == {
        key: embed[key] for key in ("title", "description", "url", "color")
    }
    assert shown["footer"] == embed["footer"]
    assert shown["author"]["name"] == "Concord"
    assert shown["image"]["url"] == "https://example.com/a.png"
    assert shown["fields"] == embed["fields"]


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [
        ({"content": []}, ["content"], "STRING_TYPE_CONVERT"),
        ({"content": "x", "tts": "yes"}, ["tts"], "BOOLEAN_TYPE_CONVERT"),
        ({"content": "x", "flags": "many"}, ["flags"], "NUMBER_TYPE_COERCE"),
        ({"content": "x", "flags": -1}, ["flags"], "NUMBER_TYPE_MIN"),
        ({"content": "x", "flags": 1 << 40}, ["flags"], "NUMBER_TYPE_MAX"),
        ({"embeds": "x"}, ["embeds"], "LIST_TYPE_CONVERT"),
        ({"embeds": ["x"]}, ["embeds", "0"], "DICT_TYPE_CONVERT"),
        ({"embeds": [{"color": 1 << 24}]}, ["embeds", "0", "color"], "NUMBER_TYPE_MAX"),
        ({"embeds": [{"timestamp": "soon"}]}, ["embeds", "0", "timestamp"], "DATE_TIME_TYPE_PARSE"),
        (
            {"embeds": [{"footer": {"text": "f" * 2049}}]},
            ["embeds", "0", "footer", "text"],
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            {"embeds": [{"fields": [{"name": "n"}]}]},
            ["embeds", "0", "fields", "0", "value"],
            "BASE_TYPE_REQUIRED",
        ),
        ({"poll": {}}, ["poll", "question"], "BASE_TYPE_REQUIRED"),
        ({"content": "x", "sticker_ids": ["1"]}, ["sticker_ids"], "STICKER_UNKNOWN"),
        (
            {"content": "x", "allowed_mentions": {"users": ["me"]}},
            ["allowed_mentions", "users", "0"],
            "NUMBER_TYPE_COERCE",
        ),
        (
            {"content": "x", "message_reference": {"message_id": "x"}},
            ["message_reference", "message_id"],
            "NUMBER_TYPE_COERCE",
        ),
    ],
)
async def test_what_is_wrong_is_said_where_it_is(
    send: Sender, body: dict[str, object], place: list[str], code: str
) -> None:
    """Code 50035 with a nested error."""
    answer = await send(**body)

    assert answer.code == (400, 50035)
    where = answer["errors"]
    for key in place:
        where = where[key]
    assert where["_errors"][0]["code"] == code


async def test_a_poll_of_the_bot(send: Sender) -> None:
    """Question, answers and whether several may be chosen."""
    answer = await send(
        poll={
            "question": {"text": "Keep?"},
            "answers": [{"poll_media": {"text": "yes"}}, {"poll_media": {"text": "no"}}],
            "duration": 1,
            "allow_multiselect": True,
        }
    )

    assert answer["poll"]["question"] == {"text": "Keep?"}
    assert len(answer["poll"]["answers"]) == 2
    assert answer["poll"]["allow_multiselect"] is True


async def test_the_bot_forwards_what_it_may_read(
    community: Community, api: RestClient, send: Sender
) -> None:
    """With a snapshot; nothing of a message that is not there."""
    post = await community.ada.says(community.board, "original")
    staff = await community.guild.staff_channel("mod-log")
    reference = {"type": 1, "channel_id": str(community.board.id), "message_id": str(post.id)}
    path = f"/channels/{staff.id}/messages"

    made = await api("POST", path, {"message_reference": reference})
    assert made["message_snapshots"][0]["message"]["content"] == "original"
    reference["message_id"] = "1"
    assert (await api("POST", path, {"message_reference": reference})).code == (404, 10008)


@pytest.mark.parametrize(
    ("missing", "body"),
    [
        (Permission.SEND_MESSAGES, {"content": "x"}),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "x"}]}),
        (Permission.SEND_POLLS, {"poll": {"question": {"text": "?"}, "answers": [{}]}}),
    ],
)
async def test_each_part_needs_its_permission(
    community: Community, send: Sender, missing: Permission, body: dict[str, object]
) -> None:
    """Code 50013."""
    await community.board.allow(community.bot, deny=missing)

    assert (await send(**body)).code == (403, 50013)


async def test_files_need_a_permission_and_a_size(
    community: Community, api: RestClient, send: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the limit is 40005."""
    assert FILE_LIMIT == 10 << 20
    monkeypatch.setattr("bot.sandbox.requests.FILE_LIMIT", 100)

    def form(size: int) -> aiohttp.FormData:
        data = aiohttp.FormData(quote_fields=False)
        data.add_field("payload_json", orjson.dumps({"content": "x"}).decode())
        data.add_field("files[0]", bytes(size), filename="a.bin")
        return data

    assert (await api("POST", send.path, form=form(101))).code == (413, 40005)
    await community.board.allow(community.bot, deny=Permission.ATTACH_FILES)
    assert (await api("POST", send.path, form=form(3))).code == (403, 50013)


async def test_a_form_without_payload_json_is_read_field_by_field(
    community: Community, api: RestClient, send: Sender
) -> None:
    """As Discord takes plain multipart fields."""
    data = aiohttp.FormData({"content": "plain"}, quote_fields=False)
    data.add_field("files[0]", b"x", filename="a.txt")

    assert (await api("POST", send.path, form=data))["content"] == "plain"
    broken = b"--x\r\nno header"
    assert (await api("POST", send.path, raw=broken)).code == (400, 50109)


async def test_an_edit_keeps_drops_and_adds(api: RestClient, send: Sender) -> None:
    """Embeds, components, flags and attachments; what is not named stays."""
    data = aiohttp.FormData(quote_fields=False)
    data.add_field(
        "payload_json", orjson.dumps({"content": "one", "embeds": [{"title": "t"}]}).decode()
    )
    data.add_field("files[0]", b"1", filename="a.txt")
    made = await api("POST", send.path, form=data)
    path = f"{send.path}/{made['id']}"
    (kept,) = made["attachments"]

    edited = await api("PATCH", path, {"content": "two", "flags": 4})
    assert [each["title"] for each in edited["embeds"]] == ["t"]
    assert edited["attachments"] == [kept]
    assert edited["flags"] == 4
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "l", "custom_id": "c"}]}
    edited = await api(
        "PATCH", path, {"embeds": [], "attachments": [{"id": kept["id"]}], "components": [row]}
    )
    assert (edited["embeds"], edited["attachments"]) == ([], [kept])
    assert len(edited["components"]) == 1
    assert (await api("PATCH", path, {"attachments": []}))["attachments"] == []


async def test_without_the_content_intent_rest_is_blank_too(
    community: Community, api: RestClient, send: Sender
) -> None:
    """The bot's own messages and direct messages stay readable."""
    post = await community.ada.says(community.board, "secret", poll=("?", ["a"]))
    reply = await community.ben.says(community.board, "more", reply_to=post)
    forward = await community.ben.says(community.board, forwards=post)
    received = await community.ada.writes_to_bot("private")
    community.sim.app.allowed_intents &= ~Intent.MESSAGE_CONTENT
    own = await send(content="own")

    assert (await api("GET", f"{send.path}/{post.id}"))["content"] == ""
    assert (await api("GET", f"{send.path}/{reply.id}"))["referenced_message"]["content"] == ""
    (snapshot,) = (await api("GET", f"{send.path}/{forward.id}"))["message_snapshots"]
    assert snapshot["message"]["content"] == ""
    assert (await api("GET", f"{send.path}/{own['id']}"))["content"] == "own"
    direct = f"/channels/{received.channel_id}/messages/{received.id}"
    assert (await api("GET", direct))["content"] == "private"


async def test_roles_and_everyone_are_mentioned_where_allowed(
    community: Community, send: Sender
) -> None:
    """Everyone needs the permission, a role to be mentionable."""
    role = await community.guild.role("Staff", mentionable=True)
    content = f"@everyone {role.mention}"

    plain = await send(content=content)
    assert plain["mention_everyone"] is False
    assert plain["mention_roles"] == [str(role.id)]
    await community.board.allow(community.bot, allow=Permission.MENTION_EVERYONE)
    assert (await send(content=content))["mention_everyone"] is True
    quiet = await send(content=content, allowed_mentions={"parse": []})
    assert (quiet["mention_everyone"], quiet["mention_roles"]) == (False, [])
