"""The signs a demo is drawn with, and plain ones for terminals that know no others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One sign each, one cell wide."""

    bar: str
    rule: str
    allow: str
    note: str
    review: str
    remove: str
    away: str
    opening: str
    closing: str

    def quoted(self, words: str) -> str:
        """Return words in quotation marks."""
        return f"{self.opening}{words}{self.closing}"


UNICODE = Glyphs(
    bar="│",
    rule="─",
    allow="✓",
    note="•",
    review="?",
    remove="✗",
    away="…",
    opening="“",
    closing="”",
)
ASCII = Glyphs(
    bar="|",
    rule="-",
    allow="+",
    note="-",
    review="?",
    remove="x",
    away=".",
    opening='"',
    closing='"',
)
