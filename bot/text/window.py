"""What is read of a long text: its head and its tail, with offsets that stay true to the whole."""

import re
from dataclasses import dataclass
from typing import Protocol

from bot.model.screened import Link, View, Word

SURROGATE_RE = re.compile(r"[\ud800-\udfff]")
"""Half of a pair without the other half: Discord does not send it, RE2 and orjson refuse it."""


class ReadingBounds(Protocol):
    """How much of a post is read."""

    @property
    def part_length(self) -> int:
        """Code points of one part; at least 2."""
        ...

    @property
    def parts(self) -> int:
        """Parts of one post."""
        ...

    @property
    def post_length(self) -> int:
        """Code points of all parts of one post together."""
        ...


def without_surrogates(text: str) -> str:
    """Replace lone surrogates one for one, so that offsets hold."""
    return SURROGATE_RE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Window:
    """The stretches of a text that are read, joined by a line break where something was left out.

    Law: an offset of ``text`` goes to the offset of the same character in the whole text; the line
    break stands for all that was left out.
    """

    text: str
    cut: int
    """Where the line break stands in ``text``; its length where nothing was left out."""
    gap: int
    """How many characters were left out."""

    @classmethod
    def over(cls, whole: str, limit: int) -> "Window":
        """Return the window over a text: all of it up to ``limit`` code points."""
        if len(whole) <= limit:
            return cls(whole, len(whole), 0)
        tail = limit // 2
        head = limit - tail
        gap = len(whole) - limit
        return cls(f"{whole[:head]}\n{whole[len(whole) - tail :]}", head, gap)

    def start(self, offset: int) -> int:
        """Return where a character that starts at an offset of ``text`` starts in the whole."""
        return offset if offset <= self.cut else offset + self.gap - 1

    def end(self, offset: int) -> int:
        """Return where a character that ends at an offset of ``text`` ends in the whole."""
        return offset if offset <= self.cut else offset + self.gap - 1

    def view(self, view: View) -> View:
        """Return a view of ``text`` as a view of the whole."""
        if not self.gap:
            return view
        return View(
            view.text,
            tuple(self.start(offset) for offset in view.starts),
            tuple(self.end(offset) for offset in view.ends),
        )

    def word(self, word: Word) -> Word:
        """Return a word of ``text`` as a word of the whole."""
        if not self.gap:
            return word
        return Word(word.text, self.start(word.start), self.end(word.end), word.disguise)

    def link(self, link: Link) -> Link:
        """Return a link of ``text`` as a link of the whole."""
        if not self.gap:
            return link
        return Link(
            self.start(link.start),
            self.end(link.end),
            link.url,
            link.host,
            link.registered_domain,
            link.path,
        )

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return a span of ``text`` as a span of the whole."""
        return self.start(span[0]), self.end(span[1])
