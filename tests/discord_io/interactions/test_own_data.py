"""The file somebody takes along comes plain, packed, or not at all with a sentence about it."""

import gzip
from types import SimpleNamespace
from typing import cast

import pytest

from bot.discord_io.interactions.answers import Answer, Interaction
from bot.discord_io.interactions.own_data import exported

HELD = '{"posts": "' + "My garden is green. " * 200 + '"}'


async def taken(limit: int, held: str = HELD) -> Answer:
    """Return what somebody gets where Discord takes files of so many bytes."""

    async def export(_guild: int, _user: int) -> str:
        return held

    casebook = SimpleNamespace(export=export)
    interaction = SimpleNamespace(
        user=SimpleNamespace(id=501),
        filesize_limit=limit,
        client=SimpleNamespace(app=SimpleNamespace(casebook=casebook)),
    )
    return await exported(cast(Interaction, interaction), 7)


async def test_what_fits_comes_as_it_is_to_the_last_byte() -> None:
    """The limit is Discord's own, in bytes rather than letters."""
    held = HELD.replace("garden", "gärtchen")

    (file,) = (await taken(len(held.encode()), held)).files

    assert (file.name, file.content.decode()) == ("concord-7-501.json", held)


async def test_what_does_not_fit_comes_packed_and_says_so() -> None:
    """The same text; whoever unpacks it has all of it."""
    answer = await taken(len(HELD.encode()) - 1)

    (file,) = answer.files
    assert file.name == "concord-7-501.json.gz"
    assert gzip.decompress(file.content).decode() == HELD
    assert "packed with gzip" in str(answer.embeds[0].description)


@pytest.mark.parametrize("limit", [0, 60])
async def test_what_does_not_fit_packed_either_is_told_in_a_sentence(limit: int) -> None:
    """Nobody waits for an answer that cannot come."""
    answer = await taken(limit)

    assert answer.files == ()
    assert "too much for one message" in str(answer.embeds[0].description)
