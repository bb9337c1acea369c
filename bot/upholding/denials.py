"""What a removal from a board denies a member in one channel, and what is remembered of it."""

from dataclasses import dataclass, replace
from typing import Final

from bot.model.sanction import Hold
from bot.policy.writing import SEEING, WRITING
from bot.ports import OverwriteSeen

_NONE: Final = "-"

_MAYBE: Final = "?"
"""Goes before the bits that were about to be denied."""

NEUTRAL: Final = OverwriteSeen(0, 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A member's overwrite in a channel before Concord changed it, and as Concord left it.

    Law: of a mark written to a hold the same is read back.
    """

    before: OverwriteSeen | None
    """None where there was none."""
    after: OverwriteSeen
    unsure: int = 0
    """Bits that Concord was about to deny: whether it did is known only by asking."""

    @classmethod
    def of(cls, hold: Hold | None) -> "Mark | None":
        """Return what a hold remembers."""
        if hold is None:
            return None
        after, _, unsure = hold.after.partition(_MAYBE)
        return cls(_read(hold.before), _read(after) or NEUTRAL, int(unsure or 0))

    @property
    def before_text(self) -> str:
        """How a hold writes what was before."""
        return text_of(self.before)

    @property
    def after_text(self) -> str:
        """How a hold writes what was left."""
        return text_of(self.after) + (f"{_MAYBE}{self.unsure}" if self.unsure else "")

    @property
    def taken(self) -> int:
        """The bits that Concord denied, or was about to."""
        return self.after.deny & ~(self.before or NEUTRAL).deny

    def confirmed(self) -> "Mark":
        """Return what is remembered once Discord shows it."""
        return replace(self, unsure=0)


def text_of(overwrite: OverwriteSeen | None) -> str:
    """Return how a hold writes an overwrite; the inverse of reading it."""
    return _NONE if overwrite is None else f"{overwrite.allow}/{overwrite.deny}"


def _read(text: str) -> OverwriteSeen | None:
    if text == _NONE:
        return None
    allow, deny = text.split("/")
    return OverwriteSeen(int(allow), int(deny))


def denied(seen: OverwriteSeen | None, bits: int) -> OverwriteSeen:
    """Return an overwrite that denies the bits and leaves every other as it is."""
    there = seen or NEUTRAL
    return OverwriteSeen(there.allow & ~bits, there.deny | bits)


def taken(seen: OverwriteSeen | None, mark: Mark | None, bits: int) -> Mark:
    """Return what is remembered when the bits are denied.

    What somebody changed since the mark was made counts as what was before; what is not denied yet
    is unsure until Discord shows it.

    Args:
        seen: the overwrite as it is now; None for none.
        mark: what is remembered already.
        bits: what is denied.
    """
    after = denied(seen, bits)
    unsure = after.deny & ~(seen or NEUTRAL).deny
    if mark is None:
        return Mark(seen, after, unsure)
    there, was = seen or NEUTRAL, mark.before or NEUTRAL
    still = there.deny & mark.taken  # as Concord left it: what was before stays remembered
    before = OverwriteSeen(
        (there.allow & ~still) | (was.allow & still), (there.deny & ~still) | (was.deny & still)
    )
    untouched = mark.before is None and before == NEUTRAL
    return Mark(None if untouched else before, after, unsure)


def is_undone(seen: OverwriteSeen | None, mark: Mark, bits: int) -> bool:
    """Whether somebody has changed by hand what Concord denied of these bits.

    Bits that Concord did not deny then, for it could not or is not known to have, are nobody's
    change.
    """
    return bool(mark.after.deny & ~mark.unsure & bits & ~(seen or NEUTRAL).deny)


def given_back(seen: OverwriteSeen | None, mark: Mark) -> tuple[OverwriteSeen | None, int]:
    """Return the overwrite that is left when the bits are given back, and the bits left alone.

    Laws: a bit that is no longer as Concord left it stays as it is; only bits that Concord denied
    are touched; an overwrite that says nothing more, and was not there before, goes.

    Args:
        seen: the overwrite as it is now; None for none.
        mark: what is remembered.
    """
    there, was = seen or NEUTRAL, mark.before or NEUTRAL
    ours = mark.taken & there.deny
    gone = mark.taken & ~there.deny
    allow = there.allow | (was.allow & ours)
    back = OverwriteSeen(allow, there.deny & ~ours)
    as_before = ~(there.allow ^ was.allow) & gone
    if seen is None or (back == NEUTRAL and mark.before is None):
        return None, gone & ~as_before
    return back, gone & ~as_before


def named(bits: int) -> str:
    """Return permissions in words, as Discord names them."""
    held = [name for name, bit in {**WRITING, "view_channel": SEEING}.items() if bits & bit]
    return ", ".join(name.replace("_", " ").title() for name in held) or "permissions"
