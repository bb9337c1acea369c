"""A post is made once: no copies, no variations of it, no flood of the same few words.

Reasoning:
    Repetition drowns other people's posts and splits the answers to one's own.

Catches:
    The same text by the same author again, in the same channel or in another one, from the third
    copy on as a reason for removal; a text changed a little; the same short text many times in a
    few minutes; one text posted by several accounts. Case, spacing and signs make no difference.

Permits:
    Thanks, congratulations and welcomes; short answers; the same words to several people, each
    named at the start or answered by a reply; introductions that resemble each other; a question
    asked once more after a long time; parts and days of a series; forms filled in anew; quotations;
    the same link among other words; posts whose author deleted the earlier one; edits.

Known gaps:
    The same topic in wholly other words; copies inside quotes and code blocks; copies of pictures
    without text; rotating accounts that each change the text; one text without a link to many
    people, each mentioned at its start, which is noted alone.

Source: every number is in policy.toml; what was measured stands beside the confidences and in
    bot/text/likeness.py.
"""

from collections.abc import Iterator
from itertools import islice

from bot.detectors._compared import Compared, compared
from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw
from bot.model.evidence import Evidence
from bot.model.memory import Memory, RememberedPost
from bot.model.post import AuthorKind, Post
from bot.model.screened import ScreenedPart, ScreenedPost

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
_ANSWER = Kind("copy", 0.45, "the same answer as in earlier posts")
_ANSWER_WITH_LINK = Kind("copy", 0.60, "the same answer with a link as in earlier posts")
_TO_OTHERS = Kind("copy", 0.45, "the same words to several people")
_NEAR_COPIES = Kind("near-copy", 0.85, "nearly the same text posted again and again")
_NEAR_ELSEWHERE = Kind("near-copy", 0.70, "nearly the same text as in a post on another board")
_NEAR_COPY = Kind("near-copy", 0.45, "nearly the same text as in an earlier post")
_SHORT_COPIES = Kind("copy", 0.60, "the same few words as in earlier posts")
_BURST = Kind("burst", 0.75, "the same few words many times in a short while")
_SEVERAL = Kind("several-accounts", 0.80, "a text that several accounts have posted")
_SEVERAL_NEARLY = Kind(
    "several-accounts", 0.60, "a text that several accounts have posted nearly alike"
)
_SEVERAL_INTRODUCED = Kind(
    "several-accounts", 0.40, "an introduction much like those of other accounts"
)
_BY_AN_APP = 0.45
"""Confidences of all but the first are chosen, not measured; apps repeat themselves by design."""


def _find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    part = max(
        (part for part in screened.parts if not part.part.surface.borrowed),
        key=lambda part: len(part.raw),
        default=None,
    )
    if part is None or not part.raw.strip() or not screened.post.remembered:
        return
    reading = compared(screened, _RULE, memory)
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


def _copies(reading: Compared) -> Kind | None:
    """Judge earlier posts of the same author with the same text."""
    earlier = _earlier_copies(reading)
    if not earlier:
        return None
    if reading.courtesy:
        return _COURTESY
    earlier = [other for other in earlier if not reading.is_to_somebody_else(other)]
    if not earlier:
        return _TO_OTHERS
    kind = _same_again(reading, earlier)
    return None if kind is None else _unless_answer(reading, kind)


def _same_again(reading: Compared, earlier: list[RememberedPost]) -> Kind | None:
    within = [o for o in earlier if reading.age(o) <= reading.number("remove_window_seconds")]
    many = len(within) + 1 >= reading.number("remove_copies")
    if reading.letters < reading.number("min_letters"):
        return _SHORT_COPIES if many and not reading.is_reply else None
    if many:
        return _REMOVABLE
    if any(other.channel != reading.post.channel for other in earlier):
        return _COPY_ELSEWHERE
    return _second_copy(reading, earlier[0]) if len(earlier) == 1 else _COPY


def _unless_answer(reading: Compared, kind: Kind) -> Kind:
    """Return what a repetition is worth; of an answer to somebody, less."""
    if not reading.is_reply:
        return kind
    answer = _ANSWER_WITH_LINK if reading.has_link else _ANSWER
    return min(kind, answer, key=lambda one: one.confidence)


def _earlier_copies(reading: Compared) -> list[RememberedPost]:
    """Return the same author's earlier copies, newest first; none of a text too short to count."""
    if reading.letters < reading.number("short_min_letters"):
        return []
    window = reading.number("window_seconds")
    return [
        other
        for other in reading.memory.copies(reading.text, reading.post.at, window)
        if other.author == reading.post.author
        and reading.is_later_than(other)
        and reading.is_copy_of(other)
    ]


def _second_copy(reading: Compared, first: RememberedPost) -> Kind | None:
    """Judge the second copy in one channel: a slip, a question asked again, or a copy."""
    age = reading.age(first)
    if age <= reading.number("double_send_seconds"):
        return _DOUBLE_SEND
    asks = any("?" in part.text for part in reading.post.parts)
    return None if asks and age >= reading.number("bump_seconds") else _COPY


def _near_copies(reading: Compared) -> Kind | None:
    """Judge earlier posts of the same author with nearly the same text."""
    if reading.letters < reading.number("near_min_letters") or reading.courtesy:
        return None
    recent = reading.memory.recent(
        reading.post.author, reading.post.at, reading.number("near_window_seconds")
    )
    alike = [other for other in _earlier(reading, recent) if reading.is_near(other)]
    if all(reading.is_copy_of(other) for other in alike):
        return None
    alike = [other for other in alike if not reading.is_to_somebody_else(other)]
    return _unless_answer(reading, _nearly_again(reading, alike)) if alike else _TO_OTHERS


def _nearly_again(reading: Compared, alike: list[RememberedPost]) -> Kind:
    if len(alike) + 1 >= reading.number("remove_copies"):
        return _NEAR_COPIES
    if any(other.channel != reading.post.channel for other in alike):
        return _NEAR_ELSEWHERE
    return _NEAR_COPY


def _burst(reading: Compared) -> Kind | None:
    """Judge the same few words by the same author in a short while."""
    if not reading.number("burst_min_letters") <= reading.letters < reading.number("min_letters"):
        return None
    if reading.courtesy or reading.is_reply:
        return None
    same = sum(
        reading.is_copy_of(other)
        and reading.is_later_than(other)
        and not reading.is_to_somebody_else(other)
        for other in reading.memory.recent(
            reading.post.author, reading.post.at, reading.number("burst_seconds")
        )
    )
    return _BURST if same + 1 >= reading.number("burst_copies") else None


def _several(reading: Compared) -> Kind | None:
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
    nearly = {other.author for other in _earlier(reading, others) if reading.is_near(other)}
    if len(same | nearly) < needed:
        return None
    return _SEVERAL_INTRODUCED if reading.introduction else _SEVERAL_NEARLY


def _earlier(reading: Compared, posts: Iterator[RememberedPost]) -> Iterator[RememberedPost]:
    earlier = (other for other in posts if reading.is_later_than(other))
    return islice(earlier, int(reading.number("compared_posts")))


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
