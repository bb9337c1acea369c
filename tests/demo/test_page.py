"""Whatever is written stays within the page."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.demo.page import WIDEST, Page

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So")), max_size=200)


def _page(width: int) -> tuple[Page, io.StringIO]:
    out = io.StringIO()
    return Page(Console(file=out, width=width, highlight=False)), out


def _widest(out: io.StringIO) -> int:
    return max((cell_len(line) for line in out.getvalue().splitlines()), default=0)


@given(words=WORDS, width=st.sampled_from((60, 80, 120)))
def test_no_line_is_wider_than_the_page(words: str, width: int) -> None:
    """Neither of a text, nor of a row, a heading or a box."""
    page, out = _page(width)

    page.line(words, lead=Text("| "))
    page.row("found", words)
    page.heading("A title")
    page.panel("What somebody reads", Text(words))

    assert _widest(out) <= min(width, WIDEST)


@given(words=WORDS)
def test_no_line_ends_in_spaces(words: str) -> None:
    """What is copied from a terminal is clean."""
    page, out = _page(80)

    page.line(words)
    page.row("found", words)

    assert all(line == line.rstrip(" ") for line in out.getvalue().split("\n"))


def test_columns_stand_below_each_other() -> None:
    """Names of any length, numbers ending at the same place."""
    page, out = _page(80)

    page.columns(
        [[Text("9"), Text("Sofía"), Text("x")], [Text("10"), Text("Mo"), Text("y")]], right=(0,)
    )

    assert out.getvalue() == "   9  Sofía  x\n  10  Mo     y\n"


def test_a_terminal_that_knows_only_ascii_gets_only_ascii() -> None:
    """Bars, signs and quotation marks have plain forms."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    page = Page(Console(file=out, width=80, highlight=False))

    page.heading("A title")
    page.line(page.glyphs.quoted("words"), lead=Text(page.glyphs.bar))
    page.panel("A box", Text("words"))

    assert b'|"words"' in raw.getvalue()
