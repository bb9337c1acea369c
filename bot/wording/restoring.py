"""A post given back as a quote, and what our own messages say once their words are erased."""

from dataclasses import replace
from typing import Final

from bot.model.case import Case, CasePost
from bot.ports import Words
from bot.quoting import quote
from bot.wording.parts import mark, moment

LENGTH = 3500
"""Code points of a post that is given back; longer ones end in an ellipsis. Chosen, so that an
embed holds them with the sentence above."""

_ERASED: Final = "What members and moderators wrote here has been erased."

_UNDONE: Final = "It was a mistake: it is undone since then and counts for nothing."


def restored(case: Case, post: CasePost, token: str) -> Words:
    """Return the quote that stands where a post was removed by mistake."""
    when = moment(post.at)
    paragraphs = [
        f"<@{case.author}> wrote this {when}. Removing it was a mistake; here it is again."
    ]
    own = [part.text for part in post.parts if not part.surface.borrowed and part.text.strip()]
    if own:
        paragraphs.append(quote("\n".join(own), most=LENGTH))
    else:
        paragraphs.append("Its words are not kept any more.")
    return Words("A post is back", tuple(paragraphs), mark(case.reference, token))


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
