"""Makes a post ready for detectors: each of its texts normalised once, within bounds."""

from collections.abc import Mapping

from bot.model.post import Part, Post
from bot.model.report import Failure
from bot.model.screened import ScreenedPart, ScreenedPost, View
from bot.policy.policy import Bounds


def prepare(
    post: Post, bounds: Bounds, numbers: Mapping[str, Mapping[str, float]]
) -> tuple[ScreenedPost, tuple[Failure, ...]]:
    """Return the post as detectors read it, and what of it was not read."""
    parts = tuple(_part(index, part) for index, part in enumerate(post.parts[: bounds.parts]))
    return ScreenedPost(post, parts, numbers=numbers), ()


def _part(index: int, part: Part) -> ScreenedPart:
    raw = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in part.text)
    starts, ends = tuple(range(len(raw))), tuple(range(1, len(raw) + 1))
    lowered = "".join(char.lower()[0] for char in raw)
    return ScreenedPart(part, index, raw, View(raw, starts, ends), View(lowered, starts, ends))
