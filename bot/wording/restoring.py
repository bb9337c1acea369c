"""A post given back as a quote, and what our own messages say once their words are erased."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.model.case import Case, CasePost
from bot.model.post import Surface
from bot.ports import Words
from bot.quoting import quote
from bot.wording.parts import mark, moment

LENGTH = 3500
"""Code points of a post that is given back; longer ones end in an ellipsis. Chosen, so that an
embed holds them with the sentence above."""

_OF_FILES: Final = frozenset({Surface.FILE_NAME, Surface.FILE_TEXT, Surface.ALT_TEXT})
"""What a post's files say: they come back themselves."""

_ERASED: Final = "Some of what was written here has been erased."

_UNDONE: Final = "It was a mistake: it is undone since then and counts for nothing."


def restored(case: Case, post: CasePost, token: str, *, bare: bool = False) -> Words:
    """Return the quote of a post; see :meth:`bot.wording.Wording.restored`."""
    when = moment(post.at)
    again = "here is what is kept of it" if bare else "here it is again"
    paragraphs = [f"<@{case.author}> wrote this {when}. Removing it was a mistake; {again}."]
    own = _texts(post, lambda surface: not (surface.borrowed or surface in _OF_FILES))
    passed_on = _texts(post, lambda surface: surface is Surface.FORWARD)
    room = LENGTH // 2 if own and passed_on else LENGTH
    if own:
        paragraphs.append(quote("\n".join(own), most=room))
    if passed_on:
        paragraphs.append("They had passed this on from elsewhere:")
        paragraphs.append(quote("\n".join(passed_on), most=room))
    if not (own or passed_on or post.files):
        paragraphs.append("Its words are not kept any more.")
    if bare:
        paragraphs.append("What is missing of its files was not kept.")
    return Words("A post is back", tuple(paragraphs), mark(case.reference, token))


def _texts(post: CasePost, wanted: Callable[[Surface], bool]) -> list[str]:
    """Return a post's texts on some surfaces; names of files say nothing beside the files."""
    names = {file.name for file in post.files}
    return [
        part.text
        for part in post.parts
        if wanted(part.surface) and part.text.strip() and part.text not in names
    ]


def erased(words: Words, *, undone: bool = False) -> Words:
    """Return a message written anew from what was left; see :meth:`bot.wording.Wording.erased`."""
    since = (_UNDONE,) if undone else ()
    return replace(words, paragraphs=(*since, *words.paragraphs, _ERASED))


def redacted_notice(case: Case, token: str) -> Words:
    """Return what a notice says once its words are erased, and nothing is left of the rest."""
    return Words(
        f"About {case.reference}",
        ("What was written here has been erased. /my record shows what is left.",),
        mark(case.reference, token),
    )
