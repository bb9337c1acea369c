"""What an author wrote in a post, as one folded text that posts are compared by."""

from bot.model.post import Surface
from bot.model.screened import ScreenedPart, ScreenedPost

_HEAD, _TAIL = 600, 400
"""Code points kept of a long text; chosen so that one comparison stays below 0.1 ms."""

_SURFACES = frozenset(
    {Surface.CONTENT, Surface.EMBED, Surface.POLL, Surface.THREAD_TITLE, Surface.FILE_TEXT}
)
"""Where authors write; names of files and texts of others are no words of theirs."""


def own_words(screened: ScreenedPost) -> str:
    """Return the folded text an author wrote, without quotes and code; of much, head and tail."""
    words = (_unquoted(part) for part in screened.parts if part.part.surface in _SURFACES)
    text = " ".join(" ".join(words).split())
    return text if len(text) <= _HEAD + _TAIL else text[:_HEAD] + text[-_TAIL:]


def letters_of(text: str) -> str:
    """Return the letters of a text alone: the same whatever the spacing, signs and numbers."""
    return "".join(filter(str.isalpha, text))


def _unquoted(part: ScreenedPart) -> str:
    view = part.folded
    if not part.quoted:
        return view.text
    return "".join(
        character
        for character, start, end in zip(view.text, view.starts, view.ends, strict=True)
        if not part.is_quoted(start, end)
    )
