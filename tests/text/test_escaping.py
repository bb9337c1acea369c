"""Words of moderators and names inside our sentences read as written, and nothing in them acts."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.escaping import escaped, quoted


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("plain words, also 3:00 (noon)!", "plain words, also 3:00 (noon)!"),
        ("**bold** _thin_ ~~gone~~ `code`", r"\*\*bold\*\* \_thin\_ \~\~gone\~\~ \`code\`"),
        ("||hidden||", r"\|\|hidden\|\|"),
        ("<@123> <#5> <:wink:9>", "\\<@\u200b123\\> \\<#5\\> \\<:wink:9\\>"),
        ("@everyone", "@\u200beveryone"),
        ("[click](https://evil.example)", r"\[click\](https://evil.example)"),
        ("# loud\n- one\n1. two\n-# small", "\\# loud\n\\- one\n1\\. two\n\\-# small"),
        ("> said", r"\> said"),
        ("see https://help.example/a_b*c", r"see https://help.example/a_b\*c"),
        ("a\x00b\u202ec\ttab", "a b c tab"),
        ("half \ud83d", "half \ufffd"),
        ("  round  ", "round"),
    ],
)
def test_words_are_read_as_they_were_written(written: str, sent: str) -> None:
    """Each mark has its stroke; addresses stay whole."""
    assert escaped(written) == sent


def test_long_words_end_in_an_ellipsis() -> None:
    """Cut before they are escaped, so that no stroke loses its mark."""
    assert escaped("*" * 50, 10) == r"\*" * 9 + "…"
    assert escaped("four", 4) == "four"


def test_a_quote_marks_every_line() -> None:
    """Nothing of it stands outside the quote."""
    assert quoted("one\n\n# two\n> three", 100) == "> one\n> \\# two\n> \\> three"
    assert quoted(" \n ", 100) == ""


@given(st.text(max_size=60))
def test_nothing_in_escaped_words_acts(text: str) -> None:
    """Outside of addresses no mark stands without a stroke, and no mention is one."""
    sent = re.sub(r"https?://\S+", "", escaped(text), flags=re.IGNORECASE)
    bare = re.sub(r"\\[^\sa-zA-Z0-9]", "", sent)
    assert not re.search(r"[*_~`|<>\[\]]|^ *[-+#=]|@(?!\u200b)", bare, re.MULTILINE)


def test_names_are_escaped_in_one_way() -> None:
    """The library's own leaves mentions and turned directions as they are."""
    root = Path(__file__).parents[2]
    others = [
        path.name
        for folder in ("bot", "cogs")
        for path in (root / folder).rglob("*.py")
        if re.search(r"escape_(?:markdown|mentions)", path.read_text())
    ]
    assert others == []
