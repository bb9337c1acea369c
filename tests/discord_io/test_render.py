"""Our texts in Discord's own forms."""

from pathlib import Path
from types import SimpleNamespace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_io.render import DESCRIPTION, NOBODY, bears, embed_of, panel
from bot.ports import Words

ROOT = Path(__file__).parents[2]


@given(st.lists(st.text(min_size=1, max_size=3000), max_size=6), st.booleans())
def test_any_text_fits_an_embed_and_is_cut_between_paragraphs(
    paragraphs: list[str], alert: bool
) -> None:
    """What is shown is the beginning, in whole paragraphs, and an ellipsis where one is cut."""
    embed = embed_of(Words("Title", tuple(paragraphs), "C-1 · abc123", alert), "guild" * 100)
    shown = embed.description or ""

    assert len(shown) <= DESCRIPTION
    assert len(embed) <= 6000
    whole = "\n\n".join(paragraphs)
    if len(whole) <= DESCRIPTION - 2:
        assert shown == whole
    else:
        assert shown.endswith("\n…")
        kept = shown.removesuffix("\n…")
        assert whole.startswith(kept)
        assert kept in {"\n\n".join(paragraphs[:n]) for n in range(len(paragraphs))}


def test_a_paragraph_too_long_alone_is_cut_inside() -> None:
    """Better its beginning than nothing."""
    shown = embed_of(Words("Title", ("x" * 9000,), "C-1")).description
    assert shown is not None
    assert len(shown) <= DESCRIPTION
    assert shown.startswith("xxx")
    assert shown.endswith("…")


@given(st.text(max_size=400), st.text(max_size=9000), st.text(max_size=400), st.text(max_size=3000))
def test_every_part_of_a_panel_is_within_what_discord_takes(
    title: str, text: str, author: str, footer: str
) -> None:
    """What is short enough is shown as it is."""
    shown = panel(title, text, discord.Colour(0), author=author, footer=footer)

    for whole, part, most in (
        (title, shown.title, 256),
        (text, shown.description, 4096),
        (author, shown.author.name, 256),
        (footer, shown.footer.text, 2048),
    ):
        assert len(part or "") <= most
        assert part == whole or (len(whole) > most and (part or "").endswith("…"))


def test_a_list_is_cut_at_the_end_of_a_line() -> None:
    """Half a sentence reads like another one."""
    lines = "\n".join(f"• board number {number}" for number in range(999))

    assert (panel("Title", lines, discord.Colour(0)).description or "").endswith("0\n…")


def test_every_embed_is_made_where_its_bounds_are_kept() -> None:
    """One that is not is refused by Discord some day, and then nobody reads anything."""
    makers = {
        path.name
        for folder in ("bot/discord_io", "cogs")
        for path in (ROOT / folder).rglob("*.py")
        if "discord.Embed(" in path.read_text()
    }
    assert makers == {"render.py"}


def test_the_reference_is_its_footer_and_the_community_its_author() -> None:
    """For a reader who is in several communities."""
    embed = embed_of(Words("Title", ("Text",), "C-1 · abc123"), "Freelance Community")
    assert embed.footer.text == "C-1 · abc123"
    assert embed.author.name == "Freelance Community"


def test_what_asks_for_something_looks_different() -> None:
    """An alert has another colour."""
    calm = embed_of(Words("Title", (), "C-1"))
    alert = embed_of(Words("Title", (), "C-1", alert=True))
    assert calm.colour != alert.colour


def test_nobody_is_pinged() -> None:
    """Neither everyone, nor roles, nor users, nor who is replied to."""
    assert NOBODY.to_dict() == discord.AllowedMentions.none().to_dict() == {"parse": []}


def _message(author: int, *footers: str | None) -> SimpleNamespace:
    embeds = [SimpleNamespace(footer=SimpleNamespace(text=text)) for text in footers]
    return SimpleNamespace(author=SimpleNamespace(id=author), embeds=embeds)


@pytest.mark.parametrize(
    ("author", "footers", "found"),
    [
        (1, ("C-1 · abc123",), True),
        (1, (None, "C-1 · abc123"), True),
        (1, (), False),
        (1, (None,), False),
        (1, ("C-1 · abc124",), False),
        (1, ("C-1 · abc123 and more",), False),
        (1, ("abc123",), False),
        (2, ("C-1 · abc123",), False),  # somebody else copied our footer
    ],
)
def test_a_message_is_found_by_the_token_in_its_reference(
    author: int, footers: tuple[str | None, ...], *, found: bool
) -> None:
    """Only our own."""
    assert bears(_message(author, *footers), 1, "abc123") is found  # type: ignore[arg-type]
