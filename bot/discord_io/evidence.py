"""A post's files, fetched from Discord's own servers within bounds, before they are gone."""

import asyncio
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
import discord
from yarl import URL

from bot.model.case import Case, CasePost
from bot.model.intent import Intent
from bot.model.post import PostFile
from bot.model.unechoed import is_unechoed
from bot.policy.practice import EvidenceBounds
from bot.ports import Words
from bot.text.escaping import escaped

WITHIN: Final = 10.0
"""Seconds for all files of a post together; chosen: the post's removal waits for it."""

AT_ONCE: Final = 4
"""Posts whose files are held at the same time; chosen, not measured."""

HOSTS: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps attachments (its documentation, "CDN", and the addresses in messages)."""

_NAME: Final = 100
"""Characters that are shown of a file's name; chosen, not measured."""

_CHUNK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a post: its bytes, or why there are none."""

    file: PostFile
    data: bytes | None
    why: str = ""
    """Fit for a moderator; empty where it was kept."""


def is_ours_to_fetch(address: str) -> bool:
    """Whether an address lies with Discord, or with the simulated one that Concord runs on."""
    try:
        wanted, base = URL(address), URL(discord.asset.Asset.BASE)
        if wanted.user is not None or wanted.password is not None:
            return False
        if base.host in HOSTS:
            return wanted.scheme == "https" and wanted.host in HOSTS and wanted.is_default_port()
        return wanted.origin() == base.origin()
    except ValueError:
        return False


def is_unseen(post: CasePost) -> bool:
    """Whether no file of a post may be fetched, whoever asks: it may show a child."""
    return is_unechoed(post) or any(not one.address for one in post.files)


class EvidenceFiles:
    """Fetches files; never more than the bounds, never from elsewhere, never with our token."""

    def __init__(self, bounds: EvidenceBounds, within: float = WITHIN) -> None:
        self._bounds = bounds
        self._within = within
        self._room = asyncio.Semaphore(AT_ONCE)

    @property
    def room(self) -> asyncio.Semaphore:
        """Taken while the bytes of a post's files are held."""
        return self._room

    async def fetch(self, files: Sequence[PostFile]) -> tuple[Kept, ...]:
        """Return a post's files in order, each with its bytes or why it has none; never raises."""
        kept: list[Kept] = []
        loop = asyncio.get_running_loop()
        bounds = self._bounds
        until, left = loop.time() + self._within, bounds.total_bytes
        async with aiohttp.ClientSession(
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Accept-Encoding": "identity"},
        ) as session:
            for number, file in enumerate(files):
                if number >= bounds.files:
                    kept.append(Kept(file, None, f"only {bounds.files} files of a post are kept"))
                    continue
                try:
                    async with asyncio.timeout_at(until):
                        one = await _one(session, file, min(bounds.file_bytes, left))
                except TimeoutError:
                    one = Kept(file, None, "it did not arrive in time")
                left -= len(one.data or b"")
                kept.append(one)
        return tuple(kept)


async def _one(session: aiohttp.ClientSession, file: PostFile, most: int) -> Kept:
    if not is_ours_to_fetch(file.address):
        return Kept(file, None, "it does not lie with Discord")
    if file.size > most:
        return Kept(file, None, "it is too large to be kept")
    try:
        return await _got(session, file, most)
    except (aiohttp.ClientError, OSError):
        pass
    try:
        return await _got(session, file, most)
    except (aiohttp.ClientError, OSError):
        return Kept(file, None, "Discord did not hand it over")


async def _got(session: aiohttp.ClientSession, file: PostFile, most: int) -> Kept:
    # A redirect could lead anywhere, so none is followed.
    async with session.get(URL(file.address, encoded=True), allow_redirects=False) as answer:
        if answer.status in (403, 404, 410):
            return Kept(file, None, "it was gone already")
        if answer.status != 200:
            return Kept(file, None, "Discord did not hand it over")
        data = bytearray()
        async for chunk in answer.content.iter_chunked(_CHUNK):
            data += chunk
            if len(data) > most:
                return Kept(file, None, "it is too large to be kept")
        return Kept(file, bytes(data))


def uploads(kept: Iterable[Kept]) -> list[discord.File]:
    """Return what is uploaded again: hidden until a moderator chooses to look."""
    return [
        discord.File(io.BytesIO(one.data), filename=one.file.name, spoiler=True)
        for one in kept
        if one.data is not None
    ]


def kept_words(case: Case, intent: Intent, post: CasePost, kept: Sequence[Kept]) -> Words:
    """Return the line that the files hang on: it names those that are not there, and why."""
    lines = tuple(
        f"{escaped(one.file.name, _NAME)} ({_size(one.file.size)}) is not here: {one.why}."
        for one in kept
        if one.data is None
    )
    there = sum(one.data is not None for one in kept)
    what = "1 file" if there == 1 else f"{there} files"
    return Words(
        f"{case.reference} · files of a post",
        (
            (
                f"Kept from the post of <@{case.author}> in <#{post.channel}>: {what}. Hidden, for "
                "they may be hard to look at or harmful to open."
            ),
            *lines,
        ),
        reference=f"{case.reference} · {intent.token}",
    )


def _size(size: int) -> str:
    mebi = size / (1024 * 1024)
    return f"{mebi:.1f} MB" if mebi >= 0.1 else f"{max(1, round(size / 1024))} kB"
