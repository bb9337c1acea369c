"""Makes a post ready for detectors: each of its texts normalised once, within bounds."""

from collections.abc import Mapping

from bot.model.post import Part, Post
from bot.model.report import Failure
from bot.model.screened import LanguageGuess, ScreenedPart, ScreenedPost, View
from bot.text.folding import folded, without_invisible
from bot.text.language import guess_languages
from bot.text.links import MOST_LINKS, links_of
from bot.text.markup import read_markup
from bot.text.window import ReadingBounds, Window, without_surrogates
from bot.text.words import words_of

SHORTEST = 2
"""Code points of the smallest window: a head and a tail."""


def prepare(
    post: Post, bounds: ReadingBounds, numbers: Mapping[str, Mapping[str, float]]
) -> tuple[ScreenedPost, tuple[Failure, ...]]:
    """Return the post as detectors read it, and what of it was not read.

    Never raises, whatever the post holds; its cost grows linearly up to the bounds and no further.

    Args:
        post: one version of a message.
        bounds: how much of it is read; what lies beyond gives a failure ``unread``.
        numbers: what detectors compare with, passed on as it is.
    """
    parts: list[ScreenedPart] = []
    failures: list[Failure] = []
    left = bounds.post_length
    for index, part in enumerate(post.parts[: bounds.parts]):
        limit = min(bounds.part_length, left)
        if limit < SHORTEST and len(part.text) > limit:
            failures.append(Failure("unread", f"all of text {index + 1}"))
            continue
        screened, failed = _prepare_part(index, part, limit)
        parts.append(screened)
        failures.extend(failed)
        left -= min(len(part.text), limit)
    if len(post.parts) > bounds.parts:
        beyond = len(post.parts) - bounds.parts
        failures.append(Failure("unread", f"{beyond} texts after the first {bounds.parts}"))
    return ScreenedPost(post, tuple(parts), numbers=numbers), tuple(failures)


def _prepare_part(index: int, part: Part, limit: int) -> tuple[ScreenedPart, list[Failure]]:
    raw = without_surrogates(part.text)
    window = Window.over(raw, limit)
    failures: list[Failure] = []
    if window.gap:
        failures.append(Failure("unread", f"{window.gap} characters inside text {index + 1}"))
    markup = read_markup(window.text)
    plain = window.view(without_invisible(markup.shown))
    matching = folded(markup.shown)
    links, complete = links_of(window.text, matching, markup.masked)
    if not complete:
        failures.append(
            Failure("unread", f"links after the first {MOST_LINKS} of text {index + 1}")
        )
    quoted = tuple(window.span(span) for span in markup.quoted)
    languages, failed = _languages(plain, quoted)
    failures.extend(failed)
    screened = ScreenedPart(
        part=part,
        index=index,
        raw=raw,
        plain=plain,
        folded=window.view(matching),
        words=tuple(window.word(word) for word in words_of(window.text, matching)),
        links=tuple(window.link(link) for link in links),
        languages=languages,
        quoted=quoted,
    )
    return screened, failures


def _languages(
    plain: View, quoted: tuple[tuple[int, int], ...]
) -> tuple[tuple[LanguageGuess, ...], tuple[Failure, ...]]:
    try:
        return guess_languages(plain, quoted), ()
    except Exception as error:  # noqa: BLE001 - two libraries judge any text: a failure is data
        return (), (Failure("language", type(error).__name__),)
