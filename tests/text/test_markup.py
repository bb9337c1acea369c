"""Markdown as Discord's client shows it."""

import pytest

from tests.text.reading import read


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** *slanted* ***both***", "bold slanted both"),
        ("__under__ _slanted_ ~~gone~~ ||hidden||", "under slanted gone hidden"),
        ("# Title\n-# small\n- item\n* item", "Title\nsmall\nitem\nitem"),
        ("> quoted\nnot", "quoted\nnot"),
        ("[shown](https://example.com/a_b)", "shown"),
        ('[**shown**](<https://example.com> "title") on', "shown on"),
        ("`a*b*c`", "a*b*c"),
        ("```py\nx_1_2\n```", " x_1_2\n "),
        (r"\*not slanted\*", "*not slanted*"),
        (
            "hi <@123> and <@!1> <@&2> <#3> <:wave:4> <a:w:5> <t:6:R> </go:7>",
            "hi   and            ",
        ),
        ("[`a](https://example.com)`b`c", "abc"),
        ("****** ``", "****** ``"),
        # no markdown
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("**open", "**open"),
        ("[1] and (2)", "[1] and (2)"),
        ("a < b and <b>", "a < b and <b>"),
        ("https://example.com/_a_/__b__", "https://example.com/_a_/__b__"),
        ("`open", "`open"),
        ("#channel", "#channel"),
        ("****", "****"),
    ],
)
def test_the_plain_view_is_what_a_reader_sees(text: str, shown: str) -> None:
    """Markers that form pairs, tokens and targets are gone; all else is as written."""
    plain = read(text).plain.text

    assert plain.split() == shown.split()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> one\nmine\n> two", ["> one", "> two"]),
        ("> one\n> two\nmine", ["> one\n> two"]),
        ("> with `code`\nmine", ["> with `code`"]),
        ("mine\n>>> all\nof it", [">>> all\nof it"]),
        ("say `code` and ``more `code` ``", ["`code`", "``more `code` ``"]),
        ("```\nblock\n```\nmine", ["```\nblock\n```"]),
        ("5 > 4", []),
        (">no quote", []),
        ("`", []),
    ],
)
def test_quotes_and_code_are_borrowed_words(text: str, quoted: list[str]) -> None:
    """Their spans cover the markers too, so that everything inside lies in them."""
    assert [text[start:end] for start, end in read(text).quoted] == quoted


def test_a_word_inside_a_quote_is_quoted_and_one_outside_is_not() -> None:
    """A part can say of any span whether its words are borrowed."""
    part = read("> inside\noutside")

    assert part.is_quoted(2, 8)
    assert not part.is_quoted(9, 16)


def test_the_plain_view_keeps_letters_as_written() -> None:
    """Language is told by real letters: no folding, and no invisible characters."""
    assert read("Прив\u200bет, **Élan**").plain.text == "Привет, Élan"
