"""Famous phrases of other languages inside a text."""

import pytest

from bot.errors import ConfigurationError
from bot.text import loan_phrases as module
from bot.text.loan_phrases import loan_phrases


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Feliz Navidad!", ["Feliz Navidad"]),
        ("feliz navidad y próspero AÑO nuevo, all", ["feliz navidad y próspero AÑO nuevo"]),
        ("well, c’est la vie ... hasta la vista, baby", ["c’est la vie", "hasta la vista, baby"]),
        ("Voulez-vous coucher avec moi?", ["Voulez-vous coucher avec moi"]),
        ("hasta la", []),
        ("navidad feliz", []),
        ("", []),
    ],
)
def test_listed_phrases_are_found_whole(text: str, said: list[str]) -> None:
    """Capitals, accents and signs make no difference, and the longest phrase wins."""
    assert [text[start:end] for start, end in loan_phrases(text)] == said


def test_a_list_that_holds_no_texts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file and the key."""
    monkeypatch.setattr(module, "read_lexicon", lambda _name: {"phrases": 7})
    module._phrases.cache_clear()

    try:
        with pytest.raises(
            ConfigurationError, match=r"config/lexicons/loan_phrases\.toml: phrases"
        ):
            loan_phrases("anything")
    finally:
        module._phrases.cache_clear()
