"""A post is made once: no copies, no variations of it, no flood of the same few words.

Reasoning:
    Repetition drowns other people's posts and splits the answers to one's own.

Catches:
    The same text by the same author again, in the same channel or in another one, from the third
    copy on as a reason for removal; a text changed a little; the same short text many times in a
    few minutes; one text posted by several accounts. Case, spacing and signs make no difference.

Permits:
    Thanks, congratulations and welcomes; short answers; a question asked once more after a long
    time; parts and days of a series; forms filled in anew; quotations; the same link among other
    words; posts whose author deleted the earlier one; edits.

Known gaps:
    The same topic in wholly other words; copies inside quotes and code blocks; copies of pictures
    without text; rotating accounts that each change the text.

Source: every number is in policy.toml; what was measured stands beside the confidences and in
    bot/text/likeness.py.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw
from bot.model.evidence import Evidence
from bot.model.memory import Memory, RememberedPost
from bot.model.post import AuthorKind, Post, Surface
from bot.model.screened import ScreenedPart, ScreenedPost
from bot.text.likeness import is_copy, is_near
from bot.text.own_words import letters_of, own_words

_RULE = "spam-repeat"

_REMOVABLE = Kind("copy", 0.97, "the same text posted again and again")
"""50,174 different texts of 40 letters or more of eight public corpora (chat, forums, tweets, SMS)
held 40 pairs that were taken for the same; all 40 were read, and differed in spacing, case or signs
alone. None wrong among 50,174 is a precision above 0.99 at a prevalence of 1 %. Not measured: how
often a member has a good reason to repeat a text, since no corpus at hand tells who wrote what."""

_COPY_ELSEWHERE = Kind("copy", 0.85, "the same text as in an earlier post on another board")
_COPY = Kind("copy", 0.70, "the same text as in an earlier post")
_DOUBLE_SEND = Kind("double-send", 0.40, "the same text sent twice at once")
_COURTESY = Kind("copy", 0.40, "the same kind words as in earlier posts")
_ANSWER = Kind("copy", 0.60, "the same answer as in earlier posts")
_NEAR_COPIES = Kind("near-copy", 0.85, "nearly the same text posted again and again")
_NEAR_ELSEWHERE = Kind("near-copy", 0.70, "nearly the same text as in a post on another board")
_NEAR_COPY = Kind("near-copy", 0.45, "nearly the same text as in an earlier post")
_SHORT_COPIES = Kind("copy", 0.60, "the same few words as in earlier posts")
_BURST = Kind("burst", 0.75, "the same few words many times in a short while")
_SEVERAL = Kind("several-accounts", 0.80, "a text that several accounts have posted")
_SEVERAL_NEARLY = Kind(
    "several-accounts", 0.60, "a text that several accounts have posted nearly alike"
)
_BY_AN_APP = 0.45
"""Confidences of all but the first are chosen, not measured; apps repeat themselves by design."""

_COURTESY_RE = re.compile(
    r"(?:many |big |huge )?(?:thanks?|thx|ty|congrat\w*|well done|good luck|best of luck"
    r"|welcome (?:to the|aboard|here|everyone|back|all)|you'?re welcome"
    r"|happy (?:birthday|new year|holidays)|merry christmas|sorry|agreed|no problem"
    r"|(?:great|nice|good) (?:job|work|one)|same here|me too|\+1)\b",
)
"""How kind words begin that people say to many; chosen."""

_COURTESY_LETTERS = 120
"""Longer texts that begin kindly are letters, not kindness; chosen, not measured."""

_WIDE = 0x2E80
"""From this code point on letters are East Asian: one says about as much as three Latin ones."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A post as it is compared."""

    post: Post
    text: str
    letters: int
    memory: Memory
    number: Callable[[str], float]
    is_reply: bool
    has_link: bool

    def is_later_than(self, other: RememberedPost) -> bool:
        return (other.at, other.id) < (self.post.at, self.post.id)

    def age(self, other: RememberedPost) -> float:
        return (self.post.at - other.at).total_seconds()

    @property
    def courtesy(self) -> bool:
        return (
            self.letters < _COURTESY_LETTERS
            and not self.has_link
            and _COURTESY_RE.match(self.text) is not None
        )


def _find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    part = max(
        (part for part in screened.parts if not part.part.surface.borrowed),
        key=lambda part: len(part.raw),
        default=None,
    )
    if part is None or not part.raw.strip() or not screened.post.remembered:
        return
    reading = _read(screened, memory)
    seen = [kind for look in (_copies, _near_copies, _burst, _several) if (kind := look(reading))]
    if seen:
        strongest = max(seen, key=lambda kind: kind.confidence)
        yield at_raw(_RULE, part, _span(part), _capped(strongest, screened.post))


def _capped(kind: Kind, post: Post) -> Kind:
    if post.author_kind is AuthorKind.APP and kind.confidence > _BY_AN_APP:
        return Kind(kind.name, _BY_AN_APP, kind.reason)
    return kind


def _span(part: ScreenedPart) -> tuple[int, int]:
    start = len(part.raw) - len(part.raw.lstrip())
    return start, len(part.raw.rstrip())


def _read(screened: ScreenedPost, memory: Memory) -> _Reading:
    text = own_words(screened)
    return _Reading(
        post=screened.post,
        text=text,
        letters=sum(3 if ord(letter) >= _WIDE else 1 for letter in letters_of(text)),
        memory=memory,
        number=lambda name: screened.number(_RULE, name),
        is_reply=any(part.part.surface is Surface.REPLY for part in screened.parts),
        has_link=any(part.links for part in screened.parts),
    )


def _copies(reading: _Reading) -> Kind | None:
    """Judge earlier posts of the same author with the same text."""
    earlier = _earlier_copies(reading)
    if not earlier:
        return None
    if reading.courtesy:
        return _COURTESY
    within = [o for o in earlier if reading.age(o) <= reading.number("remove_window_seconds")]
    many = len(within) + 1 >= reading.number("remove_copies")
    if reading.letters < reading.number("min_letters"):
        return _SHORT_COPIES if many and not reading.is_reply else None
    if many:
        return _ANSWER if reading.is_reply else _REMOVABLE
    if any(other.channel != reading.post.channel for other in earlier):
        return _ANSWER if reading.is_reply else _COPY_ELSEWHERE
    return _second_copy(reading, earlier[0]) if len(earlier) == 1 else _COPY


def _earlier_copies(reading: _Reading) -> list[RememberedPost]:
    """Return the same author's earlier copies, newest first; none of a text too short to count."""
    if reading.letters < reading.number("short_min_letters"):
        return []
    window = reading.number("window_seconds")
    return [
        other
        for other in reading.memory.copies(reading.text, reading.post.at, window)
        if other.author == reading.post.author
        and reading.is_later_than(other)
        and _is_copy(reading, other)
    ]


def _second_copy(reading: _Reading, first: RememberedPost) -> Kind | None:
    """Judge the second copy in one channel: a slip, a question asked again, or a copy."""
    age = reading.age(first)
    if age <= reading.number("double_send_seconds"):
        return _DOUBLE_SEND
    asks = any("?" in part.text for part in reading.post.parts)
    return None if asks and age >= reading.number("bump_seconds") else _COPY


def _near_copies(reading: _Reading) -> Kind | None:
    """Judge earlier posts of the same author with nearly the same text."""
    if reading.letters < reading.number("near_min_letters") or reading.courtesy:
        return None
    recent = reading.memory.recent(
        reading.post.author, reading.post.at, reading.number("near_window_seconds")
    )
    alike = [other for other in _earlier(reading, recent) if _is_near(reading, other)]
    if all(_is_copy(reading, other) for other in alike):
        return None
    if len(alike) + 1 >= reading.number("remove_copies"):
        return _NEAR_COPIES
    if any(other.channel != reading.post.channel for other in alike):
        return _NEAR_ELSEWHERE
    return _NEAR_COPY


def _burst(reading: _Reading) -> Kind | None:
    """Judge the same few words by the same author in a short while."""
    if not reading.number("burst_min_letters") <= reading.letters < reading.number("min_letters"):
        return None
    if reading.courtesy or reading.is_reply:
        return None
    same = sum(
        other.text == reading.text and reading.is_later_than(other)
        for other in reading.memory.recent(
            reading.post.author, reading.post.at, reading.number("burst_seconds")
        )
    )
    return _BURST if same + 1 >= reading.number("burst_copies") else None


def _several(reading: _Reading) -> Kind | None:
    """Judge posts of other accounts with the same text."""
    if reading.letters < reading.number("across_min_letters") or reading.courtesy:
        return None
    window = reading.number("across_window_seconds")
    needed = reading.number("across_authors") - 1
    same = {
        other.author
        for other in reading.memory.copies(reading.text, reading.post.at, window)
        if other.author != reading.post.author and reading.is_later_than(other)
    }
    if len(same) >= needed:
        return _SEVERAL
    others = reading.memory.others(reading.post.author, reading.post.at, window)
    nearly = {other.author for other in _earlier(reading, others) if _is_near(reading, other)}
    return _SEVERAL_NEARLY if len(same | nearly) >= needed else None


def _earlier(reading: _Reading, posts: Iterator[RememberedPost]) -> Iterator[RememberedPost]:
    earlier = (other for other in posts if reading.is_later_than(other))
    return islice(earlier, int(reading.number("compared_posts")))


def _is_copy(reading: _Reading, other: RememberedPost) -> bool:
    return is_copy(reading.text, other.text)


def _is_near(reading: _Reading, other: RememberedPost) -> bool:
    return is_near(reading.text, other.text, reading.number("near_ratio"))


DETECTOR = Detector(
    rule=_RULE,
    find=_find,
    examples=Examples(
        breaches=(),
        permitted=(
            "Thanks!",
            "Has anybody else seen the new profile page? I like how the portfolio looks there.",
        ),
    ),
    kinds=frozenset(one.name for one in globals().values() if isinstance(one, Kind)),
    numbers=frozenset(
        {
            "across_authors",
            "across_min_letters",
            "across_window_seconds",
            "bump_seconds",
            "burst_copies",
            "burst_min_letters",
            "burst_seconds",
            "compared_posts",
            "double_send_seconds",
            "min_letters",
            "near_min_letters",
            "near_ratio",
            "near_window_seconds",
            "remove_copies",
            "remove_window_seconds",
            "short_min_letters",
            "window_seconds",
        }
    ),
)
