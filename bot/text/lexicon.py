"""Word lists in groups of several kinds: read once, checked, with inflections written out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.errors import ConfigurationError
from bot.text.lexicon_files import read_lexicon, shown

FIELDS: Final = ("verbs", "nouns", "words", "roots", "names")

ENTRY_RE: Final = re.compile(r"[a-z*]+(?:'[a-z]+)*(?: [a-z*]+(?:'[a-z]+)*)*")
"""Lower-case words with single spaces between them."""

_DOUBLING_RE: Final = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]|.*shit")
"""One syllable with a short vowel before one consonant, which doubles before -ed, -ing, -er."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a lexicon."""

    words: frozenset[str]
    """Every word and phrase, lower-case, inflections written out."""
    roots: frozenset[str]
    """Letters that betray a word wherever they stand in it."""
    names: frozenset[str]
    """Those of ``words`` that are given names too."""


@cache
def lexicon(name: str) -> Mapping[str, Group]:
    """Return the groups of ``config/lexicons/NAME.toml``, in the order of the file.

    Raises:
        ConfigurationError: if the file is missing or holds what no lexicon may, all at once.
    """
    document = read_lexicon(name)
    problems = list(_problems(name, document))
    if problems:
        raise ConfigurationError(problems)
    return {group: _group(fields) for group, fields in document.items() if isinstance(fields, dict)}


def _problems(name: str, document: Mapping[str, object]) -> Iterator[str]:
    where = shown(name)
    for group, fields in document.items():
        if group == "version":
            continue
        if not isinstance(fields, dict):
            yield f"{where}: {group} = {fields!r}; expected a table of words"
            continue
        for field, entries in fields.items():
            if field not in FIELDS:
                yield f"{where}: [{group}] has {field!r}; expected one of {', '.join(FIELDS)}"
            elif not isinstance(entries, list):
                yield f"{where}: [{group}] {field} = {entries!r}; expected a list of words"
            else:
                for entry in entries:
                    if not isinstance(entry, str) or not ENTRY_RE.fullmatch(entry):
                        yield (
                            f"{where}: [{group}] {field} has {entry!r}; "
                            "expected lower-case words with single spaces"
                        )


def _group(fields: Mapping[str, list[str]]) -> Group:
    words = set(fields.get("words", ())) | set(fields.get("names", ()))
    for verb in fields.get("verbs", ()):
        words.update(_conjugated(verb))
    for noun in fields.get("nouns", ()):
        words.update((noun, _plural(noun)))
    return Group(
        frozenset(words), frozenset(fields.get("roots", ())), frozenset(fields.get("names", ()))
    )


def _plural(noun: str) -> str:
    if noun[-1] == "y" and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def _conjugated(verb: str) -> Iterator[str]:
    doubled = verb + verb[-1] if _DOUBLING_RE.fullmatch(verb) else verb
    stem = verb.removesuffix("e") if verb.endswith("e") else doubled
    yield from (verb, _plural(verb))
    yield from (f"{stem}{ending}" for ending in ("ed", "ing", "in", "er", "ers"))
