"""The page a demo is written on: lines, rows, headings and boxes within one width."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.status import Status
from rich.text import Text

from bot.demo.glyphs import ASCII, UNICODE

WIDEST = 100
"""Columns used at most: longer lines are hard to read. Chosen."""

MARGIN = 2
"""Columns left free on the left."""

_LABEL = 10
"""Columns of a row's label."""


class Page:
    """Writes text wrapped to the page, without spaces at the ends of lines."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None
        self.glyphs = ASCII if console.options.ascii_only else UNICODE
        self.width = min(console.width, WIDEST)

    def blank(self) -> None:
        """Leave a line empty."""
        self._console.print()

    def line(self, words: Text | str, indent: int = MARGIN, lead: Text | None = None) -> None:
        """Write a text on as many lines as it needs.

        Args:
            words: the text.
            indent: columns left free.
            lead: begins every one of its lines.
        """
        text = Text(words) if isinstance(words, str) else words
        before = Text.assemble(" " * indent, lead or "")
        for part in text.wrap(self._console, max(1, self.width - before.cell_len)):
            self._write(Text.assemble(before, part))

    def row(self, label: str, words: Text | str, indent: int = 2 * MARGIN) -> None:
        """Write a text beside a label, its further lines below its first."""
        text = Text(words) if isinstance(words, str) else words
        room = max(1, self.width - indent - _LABEL)
        for part in text.wrap(self._console, room):
            shown = Text(label.ljust(_LABEL), "dim")
            self._write(Text.assemble(" " * indent, shown, part))
            label = ""

    def heading(self, title: str) -> None:
        """Begin a new section."""
        line = self.glyphs.rule * max(0, self.width - MARGIN - cell_len(title) - 1)
        self.blank()
        self.line(Text.assemble((title, "bold"), " ", (line, "dim")))
        self.blank()

    def panel(self, title: str, body: Text) -> None:
        """Write a text in a box with a title."""
        panel = Panel(
            body,
            title=Text(title, "dim"),
            title_align="left",
            border_style="dim",
            box=box.ROUNDED,
            padding=(0, 1),
            width=self.width - 2 * MARGIN,
        )
        self._console.print(Padding(panel, (0, 0, 0, 2 * MARGIN), expand=False))

    def columns(self, rows: Sequence[Sequence[Text]], *, right: Iterable[int] = ()) -> None:
        """Write rows whose cells stand below each other.

        Args:
            rows: all of the same length.
            right: the places of columns that end, not begin, below each other.
        """
        aligned = frozenset(right)
        widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
        for cells in rows:
            line = Text()
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                gap = " " * (width - cell.cell_len)
                line.append_text(Text.assemble(gap, cell) if place in aligned else cell + gap)
                line.append("  ")
            self.line(line)

    def busy(self, words: str) -> None:
        """Show that something is under way, where somebody watches; until :meth:`rest`."""
        self.rest()
        if self._console.is_terminal:
            self._status = self._console.status(Text(f"{words} …", "dim"), spinner="dots")
            self._status.start()

    def rest(self) -> None:
        """Show nothing that moves."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _write(self, line: Text) -> None:
        line.rstrip()
        self._console.print(line, soft_wrap=True)
