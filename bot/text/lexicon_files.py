"""Word lists of languages: ``config/lexicons`` beside ``bot``, or in the installed package."""

import tomllib
from functools import cache
from pathlib import Path

_BOT = Path(__file__).resolve().parent.parent


def lexicon_folder() -> Path:
    """Return the folder of the word lists that came with this code."""
    installed = _BOT / "_config" / "lexicons"
    return installed if installed.is_dir() else _BOT.parent / "config" / "lexicons"


@cache
def word_lists(name: str) -> dict[str, dict[str, frozenset[str]]]:
    """Return the tables of a lexicon: by table name, then by key, the set of its words.

    Words are separated by white space. A key outside any table belongs to the table ``""``.

    Args:
        name: the file's name without ``.toml``.
    """
    with (lexicon_folder() / f"{name}.toml").open("rb") as file:
        content: dict[str, str | dict[str, str]] = tomllib.load(file)
    tables: dict[str, dict[str, frozenset[str]]] = {"": {}}
    for key, value in content.items():
        if isinstance(value, str):
            tables[""][key] = frozenset(value.split())
        else:
            tables[key] = {inner: frozenset(words.split()) for inner, words in value.items()}
    return tables
