"""A Discord message becomes a value: every text by its surface, its author, its place."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.discord_io.messages import location_of, written
from bot.model.post import AuthorKind, Part, Post, PostFile, Surface
from bot.placing import Location
from tests.discord_io.objects import (
    BOT,
    CATEGORY,
    MANAGER,
    ME,
    OWNER,
    SECRET_THREAD,
    THREAD,
    VOICE,
    client,
    guild,
    message,
    user,
)
from tests.making import ADA, ART, GENERAL, GUILD, LOUNGE, NOON, PAINTERS


@pytest.fixture
def known() -> Iterator[discord.Guild]:
    """A guild as Discord describes it."""
    return guild(client())


def post_of(known: discord.Guild, **changes: Any) -> Post:
    """Return the post that a message becomes."""
    seen = written(message(known, **changes), ME)
    assert seen is not None
    return seen.post


def test_a_message_becomes_a_post_with_its_place_and_its_authors_roles(
    known: discord.Guild,
) -> None:
    """Ids, time, text; board and groups are not known yet."""
    seen = written(message(known), ME)
    assert seen is not None
    assert seen.post == Post(
        id=message(known).id,
        guild=GUILD,
        channel=GENERAL,
        author=ADA,
        parts=(Part(Surface.CONTENT, "hello"),),
        at=NOON + timedelta(0),
    )
    assert seen.location == Location((GENERAL, CATEGORY), public=True)
    assert PAINTERS in seen.roles
    assert not seen.manages


def test_an_edit_carries_its_time(known: discord.Guild) -> None:
    """Aware UTC, as Discord says."""
    edited = NOON + timedelta(minutes=3)
    assert post_of(known, edited_timestamp=edited.isoformat()).edited_at == edited


@pytest.mark.parametrize(("author", "manages"), [(ADA, False), (OWNER, True), (MANAGER, True)])
def test_the_owner_and_whoever_may_manage_the_server_manage(
    known: discord.Guild, author: int, *, manages: bool
) -> None:
    """By permission, not by a name."""
    seen = written(message(known, author=user(author)), ME)
    assert seen is not None
    assert seen.manages is manages


def test_an_author_who_has_left_has_no_roles(known: discord.Guild) -> None:
    """History holds posts of people who are gone."""
    seen = written(message(known, author=user(12345)), ME)
    assert seen is not None
    assert seen.roles == frozenset()
    assert not seen.manages


@pytest.mark.parametrize("kind", [0, 19, 20, 23, 21])
def test_what_somebody_wrote_is_screened(known: discord.Guild, kind: int) -> None:
    """Posts, replies, results of commands, beginnings of threads."""
    assert written(message(known, type=kind), ME) is not None


@pytest.mark.parametrize("kind", [6, 7, 8, 18, 24, 46])
def test_announcements_of_discords_own_are_not(known: discord.Guild, kind: int) -> None:
    """Pins, joins, boosts, new threads, AutoMod alerts, results of polls."""
    assert written(message(known, type=kind), ME) is None


def test_concords_own_messages_are_never_screened(known: discord.Guild) -> None:
    """It would answer itself for ever."""
    assert written(message(known, author=user(ME, bot=True)), ME) is None


def test_a_bots_and_a_webhooks_posts_are_an_apps(known: discord.Guild) -> None:
    """Nobody stands behind them."""
    assert post_of(known, author=user(BOT, bot=True)).author_kind is AuthorKind.APP
    assert post_of(known, webhook_id="1234", author=user(1234)).author_kind is AuthorKind.APP


def test_what_an_app_posts_for_a_member_is_the_members(known: discord.Guild) -> None:
    """Whoever used the command is the author."""
    metadata = {
        "id": "1",
        "type": 2,
        "user": user(ADA),
        "authorizing_integration_owners": {},
        "name": "say",
    }
    one = post_of(known, author=user(BOT, bot=True), interaction_metadata=metadata)
    assert one.author == ADA
    assert one.author_kind is AuthorKind.MEMBER


EMBED = {
    "type": "rich",
    "author": {"name": "who"},
    "title": "title",
    "description": "text",
    "fields": [{"name": "field", "value": "value", "inline": False}],
    "footer": {"text": "below"},
}
EMBEDDED = ("who", "title", "text", "field", "value", "below")


@pytest.mark.parametrize(
    ("changes", "surface"),
    [
        ({"author": user(BOT, bot=True), "embeds": [EMBED]}, Surface.EMBED),
        ({"webhook_id": "1234", "embeds": [EMBED]}, Surface.EMBED),
        # what Discord makes of a member's link is the page's own text
        ({"embeds": [EMBED]}, Surface.LINK_PREVIEW),
        (
            {"author": user(BOT, bot=True), "embeds": [EMBED | {"type": "link"}]},
            Surface.LINK_PREVIEW,
        ),
    ],
)
def test_each_text_of_an_embed_is_read_with_its_surface(
    known: discord.Guild, changes: dict[str, Any], surface: Surface
) -> None:
    """An app's own embed is its words; a preview is borrowed."""
    parts = post_of(known, content="", **changes).parts
    assert parts == tuple(Part(surface, text) for text in EMBEDDED)


def _file(name: str, **more: str) -> dict[str, Any]:
    url = "http://127.0.0.1/a"
    return {"id": "9", "filename": name, "size": 3, "url": url, "proxy_url": url, **more}


def _forward(file: dict[str, Any]) -> dict[str, Any]:
    forwarded = {
        "type": 0,
        "content": "forwarded",
        "embeds": [EMBED],
        "attachments": [file],
        "timestamp": NOON.isoformat(),
        "edited_timestamp": None,
        "flags": 0,
        "mentions": [],
        "mention_roles": [],
    }
    reference = {"type": 1, "message_id": "5", "channel_id": str(ART), "guild_id": str(GUILD)}
    return {"message_snapshots": [{"message": forwarded}], "message_reference": reference}


def test_names_and_descriptions_of_files_are_read(known: discord.Guild) -> None:
    """The title, where there is one, is what members see."""
    files = [_file("a.png", description="what it shows"), _file("b.txt", title="My notes")]
    assert post_of(known, content="", attachments=files).parts == (
        Part(Surface.FILE_NAME, "a.png"),
        Part(Surface.ALT_TEXT, "what it shows"),
        Part(Surface.FILE_NAME, "My notes"),
    )


def test_what_a_post_shows_as_files_is_known(known: discord.Guild) -> None:
    """Its own and those it forwards: a moderator may want to keep them."""
    forwarded = _forward(_file("c.png", content_type="image/png"))

    files = post_of(known, attachments=[_file("a.png")], **forwarded).files

    url = "http://127.0.0.1/a"
    assert files == (
        PostFile(9, "a.png", url, 3, ""),
        PostFile(9, "c.png", url, 3, "image/png"),
    )


def test_stickers_and_polls_are_read(known: discord.Guild) -> None:
    """Names, the question, each answer."""
    poll = {
        "question": {"text": "Which?"},
        "answers": [
            {"answer_id": 1, "poll_media": {"text": "this"}},
            {"answer_id": 2, "poll_media": {"text": "that"}},
        ],
        "expiry": NOON.isoformat(),
        "allow_multiselect": False,
        "layout_type": 1,
    }
    stickers = [{"id": "1", "name": "wave", "format_type": 1}]
    parts = post_of(known, content="", sticker_items=stickers, poll=poll).parts
    assert parts == (
        Part(Surface.STICKER, "wave"),
        Part(Surface.POLL, "Which?"),
        Part(Surface.POLL, "this"),
        Part(Surface.POLL, "that"),
    )


def test_a_forward_is_read_as_somebody_elses_words(known: discord.Guild) -> None:
    """Its text, its embeds and the names of its files; the message itself has no content."""
    parts = post_of(known, content="", **_forward(_file("c.png"))).parts
    texts = ("forwarded", *EMBEDDED, "c.png")
    assert parts == tuple(Part(Surface.FORWARD, text) for text in texts)


@pytest.mark.parametrize(
    ("where", "location"),
    [
        (GENERAL, Location((GENERAL, CATEGORY), public=True)),
        (ART, Location((ART,), public=True)),
        (LOUNGE, Location((LOUNGE,), public=False)),
        (THREAD, Location((THREAD, GENERAL, CATEGORY), public=True)),
        (SECRET_THREAD, Location((SECRET_THREAD, GENERAL, CATEGORY), public=False)),
        (VOICE, Location((VOICE,), public=True)),
    ],
)
def test_a_place_is_known_from_the_inside_out(
    known: discord.Guild, where: int, location: Location
) -> None:
    """Channel, thread's parent, category; public if everyone can see it."""
    assert location_of(known.get_channel_or_thread(where), known) == location


def test_a_thread_whose_parent_is_unknown_is_not_public(known: discord.Guild) -> None:
    """What cannot be seen is not assumed to be open."""
    orphan = known.get_thread(THREAD)
    assert orphan is not None
    orphan.parent_id = 4711
    assert location_of(orphan, known) == Location((THREAD, 4711), public=False)


def test_a_place_of_an_unknown_kind_is_not_public(known: discord.Guild) -> None:
    """A channel that the guild does not have."""
    strange = discord.PartialMessageable(known._state, 4712)
    assert location_of(strange, known) == Location((4712,), public=False)


def test_direct_messages_are_never_screened(known: discord.Guild) -> None:
    """Nothing outside a guild becomes a post."""
    one = message(known)
    one.guild = None
    assert written(one, ME) is None
