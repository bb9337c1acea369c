"""Word lists: ``config/lexicons`` beside ``bot``, or in the installed package."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.errors import ConfigurationError
from bot.shipped import shipped_config


def lexicon_folder() -> Path:
    """Return the folder of the word lists that came with this code."""
    return shipped_config() / "lexicons"


def shown(name: str) -> str:
    """Return the path of a word list as a reader knows it.

    Args:
        name: the file's name without ``.toml``.
    """
    return f"config/lexicons/{name}.toml"


def read_lexicon(name: str) -> dict[str, object]:
    """Return what the file of a word list holds.

    Args:
        name: the file's name without ``.toml``.

    Raises:
        ConfigurationError: if the file is missing or is no TOML.
    """
    try:
        return tomllib.loads((lexicon_folder() / f"{name}.toml").read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError([f"{shown(name)} is missing"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{shown(name)} is no TOML: {error}"]) from None


@cache
def word_lists(name: str) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return the tables of a lexicon: by table name, then by key, the set of its words.

    Words are separated by white space. A key outside any table belongs to the table ``""``.

    Args:
        name: the file's name without ``.toml``.

    Raises:
        ConfigurationError: if the file is missing or holds anything but such words, all at once.
    """
    tables: dict[str, dict[str, frozenset[str]]] = {"": {}}
    problems: list[str] = []
    for table, key, words in _entries(read_lexicon(name)):
        if isinstance(words, str):
            tables.setdefault(table, {})[key] = frozenset(words.split())
        else:
            where = f"[{table}] {key}" if table else key
            problems.append(f"{shown(name)}: {where} = {words!r}; expected words in one text")
    if problems:
        raise ConfigurationError(problems)
    return tables


def _entries(document: Mapping[str, object]) -> Iterator[tuple[str, str, object]]:
    for key, value in document.items():
        if isinstance(value, dict):
            yield from ((key, inner, words) for inner, words in value.items())
        else:
            yield "", key, value
