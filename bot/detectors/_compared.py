"""A post as it is compared with earlier ones: its words, whom it is for, what kind of talk."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.model.memory import Memory, RememberedPost
from bot.model.post import Post, Surface
from bot.model.screened import ScreenedPost
from bot.text.likeness import is_copy, is_near
from bot.text.own_words import addressed, letters_of, own_words, without_names

_COURTESY_RE = re.compile(
    r"(?:many |big |huge )?(?:thanks?|thx|ty|congrat\w*|well done|good luck|best of luck"
    r"|welcome (?:to the|aboard|here|everyone|back|all)|you'?re welcome"
    r"|happy (?:birthday|new year|holidays)|merry christmas|sorry|agreed|no problem"
    r"|(?:great|nice|good) (?:job|work|one)|same here|me too|\+1)\b",
)
"""How kind words begin that people say to many; chosen."""

_COURTESY_LETTERS = 120
"""Longer texts that begin kindly are letters, not kindness; chosen, not measured."""

_INTRODUCTION_RE = re.compile(
    r"\b(?:my name(?: is|'s|s)|name's|i(?:'m| am)(?: \S+){0,4} (?:from|based in|living in|here in)"
    r"|(?:i'm|i am) (?:new|a|an) |introduc(?:e|ing) myself|call me \w+|new here"
    r"|just joined|nice to meet)\b"
)
"""How people say who they are; chosen."""

_INTRODUCTION_STARTS = 100
"""Code points within which an introduction says so; chosen, not measured."""

_WIDE = 0x2E80
"""From this code point on letters are East Asian: one says about as much as three Latin ones."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A post as it is compared."""

    post: Post
    text: str
    words: str
    """The text without the names of people."""
    letters: int
    memory: Memory
    number: Callable[[str], float]
    is_reply: bool
    has_link: bool

    def is_later_than(self, other: RememberedPost) -> bool:
        """Whether another post came first."""
        return (other.at, other.id) < (self.post.at, self.post.id)

    def age(self, other: RememberedPost) -> float:
        """Return by how many seconds another post is older."""
        return (self.post.at - other.at).total_seconds()

    def is_copy_of(self, other: RememberedPost) -> bool:
        """Whether letters and numbers of both are the same, names of people apart."""
        return is_copy(self.words, without_names(other.text))

    def is_near(self, other: RememberedPost) -> bool:
        """Whether another post is a copy, or much like it."""
        return is_near(self.words, without_names(other.text), self.number("near_ratio"))

    def is_to_somebody_else(self, other: RememberedPost) -> bool:
        """Whether both posts name people at their start, not the same, and nothing is linked."""
        mine, theirs = addressed(self.text), addressed(other.text)
        return bool(mine and theirs) and mine != theirs and not self.has_link

    @property
    def introduction(self) -> bool:
        """Whether a text without links says who its author is."""
        start = self.words[:_INTRODUCTION_STARTS]
        return not self.has_link and _INTRODUCTION_RE.search(start) is not None

    @property
    def courtesy(self) -> bool:
        """Whether a short text without links says kind words."""
        return (
            self.letters < _COURTESY_LETTERS
            and not self.has_link
            and _COURTESY_RE.match(self.words) is not None
        )


def compared(screened: ScreenedPost, rule: str, memory: Memory) -> Compared:
    """Return a post as a rule compares it, with the rule's numbers."""
    text = own_words(screened)
    return Compared(
        post=screened.post,
        text=text,
        words=without_names(text),
        letters=sum(3 if ord(letter) >= _WIDE else 1 for letter in letters_of(text)),
        memory=memory,
        number=lambda name: screened.number(rule, name),
        is_reply=screened.post.answers
        or any(part.part.surface is Surface.REPLY for part in screened.parts),
        has_link=any(part.links for part in screened.parts),
    )
