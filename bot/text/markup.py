r"""Discord's markdown: what of a text is shown, what is quoted, where masked links lead.

Written after Discord's help page "Markdown Text 101" and the behaviour of its client (November
2026). Markers count only as pairs, as in the client: ``2 * 3`` and ``snake_case`` stay as written.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from bot.model.screened import View
from bot.text.views import ViewBuilder, view_of

LONGEST_TARGET: Final = 512
"""Characters of a masked link's address; chosen, not measured: bounds the search for its end."""

MARKUP_RE: Final = re.compile(
    r"(?P<fence>```)"
    r"|(?P<code>``?)"
    r"|\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|(?P<url>https?://[^\s<>]*[^\s<>*_~|).,:;!?\"'\]])"  # its underscores are no markers
    r"|(?P<token><(?:(?:@[!&]?|\#)\d{1,20}"  # user, role, channel
    r"|a?:\w{1,32}:\d{1,20}"  # emoji of a server
    r"|t:-?\d{1,13}(?::[tTdDfFR])?"  # time
    r"|/[^:<>\n]{1,100}:\d{1,20}"  # command
    r"|id:\w{1,32})>)"  # a page of the server
    r"|\[(?P<shown>[^\[\]\n]{1,512})\]"  # masked link: what is shown …
    rf"\([ ]*<?(?P<target>https?://[^\s<>()\[\]]{{1,{LONGEST_TARGET}}})>?"  # … where it leads …
    r"(?:[ ]+\"[^\"\n]{0,200}\")?[ ]*\)"  # … and its title
    r"|(?P<line>^[ \t]{0,8}(?:(?:>>>|>|\#{1,3}|-\#|[-*+])[ ]+)+)"  # quote, heading, list
    r"|(?P<marker>\*{1,3}|_{1,2}|~~|\|\|)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MaskedLink:
    """Where a masked link leads."""

    start: int
    end: int
    """Half-open span of the address."""
    url: str


@dataclass(frozen=True, slots=True)
class Markup:
    """A text read as markdown."""

    shown: View
    """What a reader sees, with invisible characters still in it."""
    quoted: tuple[tuple[int, int], ...]
    """Spans of block quotes, code spans and code blocks, markers included; in order, apart."""
    masked: tuple[MaskedLink, ...]


def read_markup(text: str) -> Markup:
    """Read a text as Discord's client does; linear in its length."""
    reader = _Reader(text)
    reader.read()
    quoted = _joined(reader.quoted, text)
    if not reader.drops:
        return Markup(view_of(text), quoted, ())
    return Markup(reader.shown(), quoted, tuple(reader.masked))


def _joined(spans: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Return spans in order, with those made one that overlap or follow on the next line."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip("\n"):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass(slots=True)
class _Reader:
    text: str
    drops: list[tuple[int, int, str]] = field(default_factory=list)
    """Stretches that are not shown, each with what is shown instead."""
    quoted: list[tuple[int, int]] = field(default_factory=list)
    masked: list[MaskedLink] = field(default_factory=list)
    _open: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By marker: the one that still waits for its pair."""
    _unclosed: set[str] = field(default_factory=set)
    """Code markers of which no further one stands in the text."""

    def read(self) -> None:
        self._read(0, len(self.text))

    def _read(self, position: int, end: int) -> None:
        while (found := MARKUP_RE.search(self.text, position, end)) is not None:
            position = self._take(found)

    def shown(self) -> View:
        source = view_of(self.text)
        builder = ViewBuilder(source)
        position = 0
        for start, end, instead in sorted(self.drops):
            if start < position:  # markers that cross: what is gone already cannot go again
                continue
            builder.keep(position, start)
            if instead:
                builder.put(instead, start, end)
            position = end
        builder.keep(position, len(self.text))
        return builder.build()

    def _take(self, found: re.Match[str]) -> int:
        """Note what a match means and return where to read on."""
        start, end = found.span()
        match found.lastgroup:
            case "fence" | "code":
                return self._code(start, end)
            case "escaped":
                self._drop(start, start + 1)
            case "token":
                self._drop(start, end, " ")
            case "target":
                self._masked(found)
            case "line":
                self._line(start, end)
            case "marker":
                self._marker(start, end)
        return end

    def _drop(self, start: int, end: int, instead: str = "") -> None:
        self.drops.append((start, end, instead))

    def _code(self, start: int, end: int) -> int:
        marker = self.text[start:end]
        close = -1 if marker in self._unclosed else self.text.find(marker, end)
        if close < 0:
            self._unclosed.add(marker)
            return end
        if close == end:
            return close + len(marker)
        after = close + len(marker)
        language = _LANGUAGE_RE.match(self.text, end, close) if len(marker) == 3 else None
        self._drop(start, language.end() if language else end, " " if len(marker) == 3 else "")
        self._drop(close, after, " " if len(marker) == 3 else "")
        self.quoted.append((start, after))
        return after

    def _masked(self, found: re.Match[str]) -> None:
        self._drop(found.start(), found.start("shown"))
        self._drop(found.end("shown"), found.end())
        start, end = found.span("target")
        self.masked.append(MaskedLink(start, end, found["target"]))
        self._read(*found.span("shown"))

    def _line(self, start: int, end: int) -> None:
        self._drop(start, end)
        marker = self.text[start:end]
        if ">>>" in marker:
            self.quoted.append((start, len(self.text)))
        elif ">" in marker:
            line_end = self.text.find("\n", end)
            self.quoted.append((start, line_end if line_end >= 0 else len(self.text)))

    def _marker(self, start: int, end: int) -> None:
        marker = self.text[start:end]
        opened = self._open.get(marker)
        if opened is not None and opened[1] < start and self._closes(marker, start, end):
            del self._open[marker]
            self._drop(*opened)
            self._drop(start, end)
        elif self._opens(marker, start, end):
            self._open[marker] = (start, end)

    def _opens(self, marker: str, start: int, end: int) -> bool:
        if end == len(self.text):
            return False
        if marker == "_":
            return start == 0 or not self.text[start - 1].isalnum()
        return marker != "*" or not self.text[end].isspace()

    def _closes(self, marker: str, start: int, end: int) -> bool:
        if marker == "_":
            return end == len(self.text) or not self.text[end].isalnum()
        return marker != "*" or not self.text[start - 1].isspace()


_LANGUAGE_RE: Final = re.compile(r"[\w+\-.#]{0,32}\n")
"""The name of a language in the first line of a code block, which is not shown."""
