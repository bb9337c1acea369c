"""Messages over REST."""

from datetime import timedelta

import aiohttp
import orjson

from bot.sandbox import File, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.rest_client import RestClient


def messages(community: Community) -> str:
    """Return the path of the board's messages."""
    return f"/channels/{community.board.id}/messages"


async def test_a_post_of_the_bot_is_in_the_history(community: Community, api: RestClient) -> None:
    """What is created is what is read back."""
    made = await api("POST", messages(community), {"content": "Hello", "tts": False})

    read = await api("GET", f"{messages(community)}/{made['id']}")
    assert made.status == read.status == 200
    assert read["content"] == "Hello"
    assert community.board.history_texts() == ["Hello"]


async def test_history_is_paged_newest_first(community: Community, api: RestClient) -> None:
    """before, after, around and limit select as documented."""
    posts = [await community.ada.says(community.board, f"post {n}") for n in range(120)]
    path = messages(community)

    async def texts(query: str) -> list[object]:
        return [row["content"] for row in (await api("GET", path + query)).rows]

    assert await texts("") == [f"post {n}" for n in range(119, 69, -1)]
    assert await texts("?limit=2") == ["post 119", "post 118"]
    assert await texts(f"?before={posts[5].id}&limit=3") == ["post 4", "post 3", "post 2"]
    assert await texts(f"?after={posts[5].id}&limit=2") == ["post 7", "post 6"]
    assert await texts("?after=0&limit=2") == ["post 1", "post 0"]
    assert await texts(f"?around={posts[50].id}&limit=3") == ["post 51", "post 50", "post 49"]
    assert (await api("GET", path + "?limit=101")).code == (400, 50035)
    assert (await api("GET", path + "?before=soon")).code == (400, 50035)


async def test_a_multipart_post_serves_its_file(
    community: Community, api: RestClient, http: aiohttp.ClientSession
) -> None:
    """An uploaded file comes back byte for byte, with its description."""
    form = aiohttp.FormData(quote_fields=False)
    payload = {
        "content": "see",
        "attachments": [{"id": 0, "filename": "evidence 1.txt", "description": "a log"}],
    }
    form.add_field("payload_json", orjson.dumps(payload).decode())
    form.add_field("files[0]", b"\x00\xffbytes", filename="evidence 1.txt")

    made = await api("POST", messages(community), form=form)

    (attachment,) = made["attachments"]
    assert attachment["filename"] == "evidence_1.txt"
    assert attachment["description"] == "a log"
    assert attachment["size"] == 7
    async with http.get(attachment["url"]) as served:
        assert await served.read() == b"\x00\xffbytes"


async def test_a_members_file_has_its_alternative_text(
    community: Community, api: RestClient
) -> None:
    """Description and title reach the bot."""
    post = await community.ada.says(
        community.board, files=[File("a.png", b"png", "write to me", "a title")]
    )

    read = await api("GET", f"{messages(community)}/{post.id}")
    (attachment,) = read["attachments"]
    assert attachment["description"] == "write to me"
    assert attachment["title"] == "a title"
    assert attachment["content_type"] == "image/png"


async def test_a_reply_shows_what_it_answers(community: Community, api: RestClient) -> None:
    """referenced_message is there, and null once that one is deleted."""
    question = await community.ada.says(community.board, "why?")
    reply = await community.ben.says(community.board, "because", reply_to=question)
    path = f"{messages(community)}/{reply.id}"

    before = await api("GET", path)
    await community.ada.deletes(question)
    after = await api("GET", path)

    assert before["type"] == 19
    assert before["referenced_message"]["content"] == "why?"
    assert [user["username"] for user in before["mentions"]] == ["ada"]
    assert after["referenced_message"] is None
    assert after["message_reference"]["message_id"] == str(question.id)


async def test_a_forward_carries_a_snapshot_and_no_words(
    community: Community, api: RestClient
) -> None:
    """Content is empty on the carrier."""
    original = await community.ada.says(community.board, "original words")
    forward = await community.ben.says(community.board, forwards=original)

    read = await api("GET", f"{messages(community)}/{forward.id}")
    assert read["content"] == ""
    assert read["message_snapshots"][0]["message"]["content"] == "original words"
    assert read["message_reference"]["type"] == 1
    assert read["flags"] & 1 << 14


async def test_polls_and_stickers_are_part_of_a_message(
    community: Community, api: RestClient
) -> None:
    """A poll has question and answers, a sticker its name."""
    poll = await community.ada.says(community.board, poll=("Best?", ["one", "two"]))
    sticker = await community.ada.says(community.board, stickers=["wave"])

    read = await api("GET", f"{messages(community)}/{poll.id}")
    assert read["poll"]["question"]["text"] == "Best?"
    assert [a["poll_media"]["text"] for a in read["poll"]["answers"]] == ["one", "two"]
    read = await api("GET", f"{messages(community)}/{sticker.id}")
    assert [item["name"] for item in read["sticker_items"]] == ["wave"]


async def test_a_post_must_have_something_in_it(community: Community, api: RestClient) -> None:
    """Nothing, or only blanks, is error 50006."""
    path = messages(community)

    assert (await api("POST", path, {})).code == (400, 50006)
    assert (await api("POST", path, {"content": " \n"})).code == (400, 50006)


async def test_a_post_has_at_most_two_thousand_characters(
    community: Community, api: RestClient
) -> None:
    """The limit is inclusive and named in the nested error."""
    path = messages(community)

    assert (await api("POST", path, {"content": "x" * 2000})).status == 200
    answer = await api("POST", path, {"content": "x" * 2001})
    assert answer.code == (400, 50035)
    assert answer["errors"] == {
        "content": {
            "_errors": [
                {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
            ]
        }
    }


async def test_embed_limits_are_discords(community: Community, api: RestClient) -> None:
    """Each part has its limit, and all together six thousand."""
    path = messages(community)

    async def send(**embed: object) -> object:
        return (await api("POST", path, {"embeds": [embed]})).body

    assert (await send(title="t" * 256))["embeds"][0]["type"] == "rich"
    too_long = await send(title="t" * 257, fields=[{"name": "n", "value": "v" * 1025}])
    assert set(too_long["errors"]["embeds"]["0"]) == {"title", "fields"}
    together = {"description": "d" * 4000}
    answer = await api("POST", path, {"embeds": [together, together]})
    assert answer["errors"]["embeds"]["_errors"][0]["code"] == "MAX_EMBED_SIZE_EXCEEDED"
    assert (await api("POST", path, {"embeds": [{}] * 11})).code == (400, 50035)


async def test_components_are_numbered(community: Community, api: RestClient) -> None:
    """Components without an id get one, nested ones too."""
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "l", "custom_id": "case:1"}]}
    made = await api("POST", messages(community), {"content": "x", "components": [row]})

    (shown,) = made["components"]
    assert shown["id"] != shown["components"][0]["id"]


async def test_the_bot_edits_its_own_messages_only(community: Community, api: RestClient) -> None:
    """Another's message is error 50005; an edit sets edited_timestamp."""
    path = messages(community)
    post = await community.ada.says(community.board, "mine")
    own = await api("POST", path, {"content": "one"})

    assert (await api("PATCH", f"{path}/{post.id}", {"content": "x"})).code == (403, 50005)
    edited = await api("PATCH", f"{path}/{own['id']}", {"content": "two"})
    assert edited["content"] == "two"
    assert edited["edited_timestamp"] is not None
    assert (await api("PATCH", f"{path}/{own['id']}", {"content": ""})).code == (400, 50006)


async def test_deleting_another_needs_the_permission(community: Community, api: RestClient) -> None:
    """Without MANAGE_MESSAGES 50013; a message that is gone is 10008."""
    post = await community.ada.says(community.board, "x")
    path = f"{messages(community)}/{post.id}"
    await community.board.allow(community.bot, deny=Permission.MANAGE_MESSAGES)

    assert (await api("DELETE", path)).code == (403, 50013)
    await community.board.allow(community.bot, allow=Permission.MANAGE_MESSAGES)
    assert (await api("DELETE", path)).status == 204
    assert (await api("DELETE", path)).code == (404, 10008)
    assert post.deleted


async def test_a_deletion_is_in_the_audit_log_with_its_reason(
    community: Community, api: RestClient
) -> None:
    """The reason is decoded; one's own deletions are not logged."""
    post = await community.ada.says(community.board, "x")
    own = await api("POST", messages(community), {"content": "own"})
    await api("DELETE", f"{messages(community)}/{own['id']}")
    await api("DELETE", f"{messages(community)}/{post.id}", reason="rule 3: höflich\nbitte")

    entries = [each for each in community.guild.audit_log() if each["action_type"] == 72]
    assert len(entries) == 1
    assert entries[0]["reason"] == "rule 3: höflich\nbitte"
    assert entries[0]["target_id"] == str(community.ada.id)
    assert entries[0]["options"] == {"channel_id": str(community.board.id), "count": "1"}


async def test_a_reason_has_at_most_512_characters(community: Community, api: RestClient) -> None:
    """A longer one fails the call, which then has no effect."""
    post = await community.ada.says(community.board, "x")

    answer = await api("DELETE", f"{messages(community)}/{post.id}", reason="r" * 513)
    assert answer.code == (400, 50035)
    assert not post.deleted


async def test_bulk_deletion_takes_two_to_a_hundred_young_messages(
    community: Community, api: RestClient
) -> None:
    """Too few, too many, twice the same or too old fail the whole call."""
    path = f"{messages(community)}/bulk-delete"
    now = community.sim.clock.now()
    old = await community.ada.says(community.board, "old", at=now - timedelta(days=14, minutes=1))
    posts = [str((await community.ada.says(community.board, f"{n}")).id) for n in range(101)]

    async def code(ids: list[str]) -> object:
        return (await api("POST", path, {"messages": ids})).code

    assert await code(posts[:1]) == (400, 50016)
    assert await code(posts) == (400, 50016)
    assert await code([posts[0], posts[0]]) == (400, 50035)
    assert await code([posts[0], str(old.id)]) == (400, 50034)
    assert len(community.board.messages()) == 102
    integers = [int(each) for each in posts[:100]]
    assert (await api("POST", path, {"messages": integers})).status == 204
    assert community.board.history_texts() == ["old", "100"]


async def test_without_history_permission_there_is_nothing_to_read(
    community: Community, api: RestClient
) -> None:
    """The list is empty, a single message forbidden, a reply refused."""
    post = await community.ada.says(community.board, "x")
    await community.board.allow(community.bot, deny=Permission.READ_MESSAGE_HISTORY)
    path = messages(community)

    assert (await api("GET", path)).rows == []
    assert (await api("GET", f"{path}/{post.id}")).code == (403, 50013)
    reply = {"content": "x", "message_reference": {"message_id": str(post.id)}}
    assert (await api("POST", path, reply)).code == (400, 160002)


async def test_a_reply_to_nothing_is_an_error_unless_it_may_be(
    community: Community, api: RestClient
) -> None:
    """fail_if_not_exists decides."""
    reference: dict[str, object] = {"message_id": "123456789012345678"}
    body = {"content": "x", "message_reference": reference}

    refused = await api("POST", messages(community), body)
    assert refused["errors"]["message_reference"]["_errors"][0]["code"] == (
        "REPLIES_UNKNOWN_MESSAGE"
    )
    reference["fail_if_not_exists"] = False
    assert (await api("POST", messages(community), body))["type"] == 0


async def test_mentions_follow_allowed_mentions(community: Community, api: RestClient) -> None:
    """Only who may be mentioned is."""
    content = f"{community.ada.mention} {community.ben.mention}"
    path = messages(community)

    all_of_them = await api("POST", path, {"content": content})
    rules = {"parse": [], "users": [str(community.ben.id)]}
    one = await api("POST", path, {"content": content, "allowed_mentions": rules})
    assert len(all_of_them["mentions"]) == 2
    assert [user["username"] for user in one["mentions"]] == ["ben"]
