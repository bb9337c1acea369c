"""A post's files, fetched within bounds and from Discord alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import discord
import pytest
from aiohttp import web

from bot.discord_io.evidence import EvidenceFiles, is_ours_to_fetch, is_unseen, kept_words, uploads
from bot.model.action import Action
from bot.model.post import PostFile
from bot.policy.practice import EvidenceBounds
from tests.making import case, case_post, finding, intent

BOUNDS = EvidenceBounds(files=10, file_bytes=8_000_000, total_bytes=16_000_000)


@asynccontextmanager
async def serving(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """Serve files as Discord does, and some that it should not."""
    asked: list[web.Request] = []
    over = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request)
        match request.match_info["what"]:
            case "picture":
                return web.Response(body=b"a picture")
            case "endless":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(100):
                    await response.write(b"x" * 65_536)
                return response
            case "elsewhere":
                raise web.HTTPFound("http://127.0.0.1:1/")
            case "never":
                await over.wait()
            case "broken":
                assert request.transport is not None
                request.transport.abort()
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/cdn/{what}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/cdn"
    monkeypatch.setattr(discord.asset.Asset, "BASE", base)
    try:
        yield base, asked
    finally:
        over.set()
        await runner.cleanup()


def file(address: str, size: int = 9, name: str = "a.png") -> PostFile:
    """Return a file of a post."""
    return PostFile(1, name, address, size, "image/png")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&is=2&hm=3", True),
        ("https://media.discordapp.net/attachments/1/2/a.png", True),
        ("http://cdn.discordapp.com/attachments/1/2/a.png", False),
        ("https://cdn.discordapp.com.example/attachments/1/2/a.png", False),
        ("https://cdn.discordapp.com@evil.example/a.png", False),
        ("https://cdn.discordapp.com:8443/a.png", False),
        ("https://user:word@cdn.discordapp.com/a.png", False),
        ("http://127.0.0.1:8080/cdn/a.png", False),
        ("http://169.254.169.254/latest", False),
        ("file:///etc/passwd", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_only_discords_own_addresses_are_fetched(address: str, allowed: bool) -> None:
    """A post cannot make Concord ask anybody else for anything."""
    assert is_ours_to_fetch(address) is allowed


def test_in_a_simulation_only_its_own_address_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves the machine."""
    monkeypatch.setattr(discord.asset.Asset, "BASE", "http://127.0.0.1:8080/cdn")

    assert is_ours_to_fetch("http://127.0.0.1:8080/cdn/attachments/1/2/a.png")
    assert not is_ours_to_fetch("http://127.0.0.1:8081/cdn/attachments/1/2/a.png")
    assert not is_ours_to_fetch("https://cdn.discordapp.com/attachments/1/2/a.png")


async def test_what_cannot_be_kept_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gone, moved elsewhere, broken, too large by its word, too large in truth: each in words."""
    async with serving(monkeypatch) as (base, asked):
        kept = await EvidenceFiles(replace(BOUNDS, file_bytes=200_000)).fetch(
            [
                file(f"{base}/picture"),
                file(f"{base}/gone"),
                file(f"{base}/elsewhere"),
                file(f"{base}/broken"),
                file(f"{base}/picture", size=200_001),
                file(f"{base}/endless"),
                file("https://evil.example/a.png"),
            ]
        )

    assert [one.data for one in kept] == [b"a picture", *[None] * 6]
    assert [one.why for one in kept] == [
        "",
        "it was gone already",
        "Discord did not hand it over",
        "Discord did not hand it over",
        "it is too large to be kept",
        "it is too large to be kept",
        "it does not lie with Discord",
    ]
    assert all("Authorization" not in request.headers for request in asked)


async def test_the_files_of_a_post_have_one_bound_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The third of three is too much, whatever each of them weighs; so is the eleventh."""
    async with serving(monkeypatch) as (base, _):
        kept = await EvidenceFiles(replace(BOUNDS, total_bytes=20)).fetch(
            [file(f"{base}/picture") for _ in range(12)]
        )

    assert [one.data is not None for one in kept] == [True, True, *[False] * 10]
    assert kept[-1].why == "only 10 files of a post are kept"


async def test_a_slow_file_costs_no_more_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The removal of the post waits for it: what came before it is kept."""
    async with serving(monkeypatch) as (base, _):
        kept = await EvidenceFiles(BOUNDS, within=0.2).fetch(
            [file(f"{base}/picture"), file(f"{base}/never"), file(f"{base}/picture")]
        )

    assert [one.why for one in kept] == [
        "",
        "it did not arrive in time",
        "it did not arrive in time",
    ]


async def test_files_are_uploaded_hidden_and_the_others_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A moderator chooses to look; a name cannot act."""
    async with serving(monkeypatch) as (base, _):
        kept = await EvidenceFiles(BOUNDS).fetch(
            [
                file(f"{base}/picture"),
                file(f"{base}/gone", 3_000_000, "**evil**.exe"),
                file(f"{base}/gone", 3_000_000, f"<@&1> @everyone a\u202egnp.{'x' * 200}"),
            ]
        )
    words = kept_words(case(), intent(), case_post(), kept)

    assert [one.filename for one in uploads(kept)] == ["SPOILER_a.png"]
    assert words.paragraphs[1] == r"\*\*evil\*\*.exe (2.9 MB) is not here: it was gone already."
    assert words.paragraphs[2].startswith("\\<@\u200b&1\\> @\u200beveryone a gnp.xxx")
    assert len(words.paragraphs[2]) < 200
    assert words.reference == f"C-3 · {intent().token}"


def test_files_of_a_post_about_a_child_are_never_fetched() -> None:
    """Whatever the caller has decided."""
    harmful = case_post(findings=(finding(Action.REVIEW, rule_id="minor-safety"),))

    assert is_unseen(harmful)
    assert not is_unseen(case_post())
