"""Small pieces that texts are made of: counts, moments, links, lists, and what fits a message."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Final

from bot.model.case import CasePost
from bot.ports import Words
from bot.text.durations import in_short
from bot.text.escaping import escaped

REASONS = 3
"""How many reasons a text names before it says how many more there are; chosen, not measured."""

ROOM = 4000
"""Code points of all paragraphs of a message; Discord takes 4,096 in an embed's description."""

NAMES: Final = 10
"""Names of boards or groups in one sentence before it says how many more there are; chosen."""

_NAME: Final = 100
"""Code points of a name of somebody's choosing; as many as Discord gives a channel."""

NOTE = 1000
"""Code points that are shown of a moderator's note: as many as they may write."""

CARE: Final = "self-harm"
"""The rule that asks for care alone: nobody is reproached with what they wrote."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and how gladly it is left out where a text is too long for a message."""

    text: str
    spare: int = 0
    """The highest go first; 0 always stays."""
    brief: str = ""
    """What takes its place where it does not fit, and goes among the last; may be empty."""


def fitted(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """Return what fits one message, in order; only what may be spared is left out."""
    kept = [one for one in paragraphs if one.text]
    while length(one.text for one in kept) > ROOM and any(one.spare for one in kept):
        most = max(range(len(kept)), key=lambda place: kept[place].spare)
        one = kept.pop(most)
        if one.brief:
            kept.insert(most, Paragraph(one.brief, 1))
    return tuple(one.text for one in kept)


def paged(words: Words) -> tuple[Words, ...]:
    """Return a long text as texts that each fit one message, broken between paragraphs.

    A paragraph that does not fit alone is broken between its lines.
    """
    pages: list[list[str]] = [[]]
    for paragraph in chain.from_iterable(map(_broken, words.paragraphs)):
        if pages[-1] and length((*pages[-1], paragraph)) > ROOM:
            pages.append([])
        pages[-1].append(paragraph)
    if len(pages) == 1:
        return (words,)
    return tuple(
        replace(
            words, title=f"{words.title} · page {number} of {len(pages)}", paragraphs=tuple(page)
        )
        for number, page in enumerate(pages, 1)
    )


def _broken(paragraph: str) -> Iterator[str]:
    """Yield a paragraph in pieces that fit a message, broken between lines."""
    piece = ""
    for line in paragraph.split("\n"):
        longer = f"{piece}\n{line}" if piece else line
        if piece and length((longer,)) > ROOM:
            yield piece
            longer = line
        piece = longer
    yield piece


def length(texts: Iterable[str]) -> int:
    """Return how many code points paragraphs take up together."""
    return sum(len(text) + 2 for text in texts)


def listed(lines: Iterable[str], most: int = REASONS) -> str:
    """Return lines as a list; beyond ``most`` it says how many more there are."""
    every = list(lines)
    shown = [f"• {line}" for line in every[:most]]
    if len(every) > most:
        shown.append(f"• and {len(every) - most} more")
    return "\n".join(shown)


def counted(number: int, what: str) -> str:
    """Return a number of things: "1 post", "3 posts"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def moment(at: datetime, style: str = "f") -> str:
    """Return a moment as Discord shows it to each reader, in their own time."""
    return f"<t:{int(at.timestamp())}:{style}>"


def lasting(since: datetime, until: datetime | None) -> str:
    """Return how long something lasts: "until <t:…:f> (3 days)", or "without end"."""
    if until is None:
        return "without end"
    return f"until {moment(until)} ({in_short(until - since)})"


def mark(reference: str | None, token: str) -> str:
    """Return the visible reference under a text: the case, and what it can be found again by."""
    return " · ".join(part for part in (reference, token) if part)


def link(guild: int, post: CasePost) -> str:
    """Return the address of a post."""
    return f"https://discord.com/channels/{guild}/{post.channel}/{post.message}"


def known_names(names: Iterable[str]) -> str:
    """Return what there is to choose from, escaped: "General, Ideas", "none yet"; a few of many."""
    every = [escaped(name, _NAME) for name in names]
    if len(every) > NAMES:
        return f"{', '.join(every[:NAMES])} and {len(every) - NAMES} more"
    return ", ".join(every) or "none yet"


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
