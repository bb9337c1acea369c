"""Making matching copies of a text that know where each of their characters came from."""

from bot.model.screened import View


def view_of(text: str) -> View:
    """Return a text as a view of itself."""
    return View(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


class ViewBuilder:
    """Builds a view out of pieces of another, from left to right.

    Law: as long as pieces are taken in the order of the source, the invariants of View hold.
    """

    __slots__ = ("_ends", "_source", "_starts", "_texts")

    def __init__(self, source: View) -> None:
        self._source = source
        self._texts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def keep(self, start: int, end: int) -> None:
        """Take over a half-open stretch of the source; nothing where it is empty."""
        if start < end:
            self._texts.append(self._source.text[start:end])
            self._starts.extend(self._source.starts[start:end])
            self._ends.extend(self._source.ends[start:end])

    def put(self, text: str, start: int, end: int) -> None:
        """Write a text that stands for a non-empty half-open stretch of the source."""
        self._texts.append(text)
        self._starts.extend([self._source.starts[start]] * len(text))
        self._ends.extend([self._source.ends[end - 1]] * len(text))

    def build(self) -> View:
        """Return what was built."""
        return View("".join(self._texts), tuple(self._starts), tuple(self._ends))
