"""One guild's memory: what detectors may know of earlier posts, kept in bounds."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model.action import Action
from bot.model.decision import Decision
from bot.model.memory import RememberedPost
from bot.model.post import Surface
from bot.model.screened import ScreenedPart, ScreenedPost

KEEP_REMOVED = timedelta(days=30)
"""How long removed posts stay comparable: as long as fingerprints are kept by default."""

_HEAD, _TAIL = 600, 400
"""Code points kept of a long text; chosen so that one comparison stays below 0.1 ms."""

_OWN_SURFACES = frozenset(
    {Surface.CONTENT, Surface.EMBED, Surface.POLL, Surface.THREAD_TITLE, Surface.FILE_TEXT}
)

_Key = tuple[datetime, int]


class GuildMemory:
    """Recent posts of one guild, its removed posts, and names of its sanctioned members.

    Implements :class:`bot.model.memory.Memory`. Time comes from the posts alone, never from a clock.

    Laws: a message is held once, under the time of its first version; remembering the same posts in
    any order leaves the same memory; nothing older than ``keep`` before the newest post is held, and
    never more than ``limit`` posts.
    """

    def __init__(
        self, keep: timedelta, limit: int, keep_removed: timedelta = KEEP_REMOVED
    ) -> None:
        """Start empty.

        Args:
            keep: how long before the newest post a post is held.
            limit: how many posts are held at most, and how many removed ones.
            keep_removed: how long before the newest post a removed post is held.
        """
        self._keep = keep
        self._limit = limit
        self._keep_removed = keep_removed
        self._newest = datetime.min.replace(tzinfo=UTC)
        self._posts: dict[int, RememberedPost] = {}
        self._order: list[_Key] = []
        self._authors: dict[int, list[_Key]] = {}
        self._names: set[str] = set()
        self._removed_texts: Counter[str] = Counter()

    def observe(self, screened: ScreenedPost, decision: Decision) -> None:
        """Remember a judged post; a further version of a message replaces the earlier one."""
        post = screened.post
        if not post.remembered:
            return
        removed = decision.action is Action.REMOVE
        self.remember(
            RememberedPost(
                post.id, post.author, post.channel, post.at, own_words(screened), removed
            )
        )

    def remember(self, post: RememberedPost) -> None:
        """Hold a post, as when posts are loaded at the start."""
        known = self._posts.get(post.id)
        if known is not None:
            self._posts[post.id] = replace(post, at=known.at, author=known.author)
            return
        self._posts[post.id] = post
        key = (post.at, post.id)
        insort(self._order, key)
        insort(self._authors.setdefault(post.author, []), key)
        self._newest = max(self._newest, post.at)
        while self._order and (
            len(self._order) > self._limit or self._newest - self._order[0][0] > self._keep
        ):
            self.forget_message(self._order[0][1])

    def forget_message(self, message: int) -> None:
        """Drop a message that its author deleted; nobody's later post is a repost of it."""
        post = self._posts.pop(message, None)
        if post is None:
            return
        key = (post.at, post.id)
        del self._order[bisect_left(self._order, key)]
        own = self._authors[post.author]
        del own[bisect_left(own, key)]
        if not own:
            del self._authors[post.author]

    def forget_author(self, author: int) -> None:
        """Drop every post of a person."""
        for _, message in tuple(self._authors.get(author, ())):
            self.forget_message(message)

    def add_removed_text(self, text: str) -> None:
        """Remember the folded text of a removed post of which nothing else is known."""
        self._removed_texts[text] += 1

    def add_sanctioned(self, name: str) -> None:
        """Remember the name of a sanctioned member."""
        self._names.add(" ".join(name.casefold().split()))

    def recent(self, author: int, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield an author's posts of the last seconds up to a time, newest first."""
        return self._between(self._authors.get(author, []), before, seconds)

    def others(self, author: int, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield everybody else's posts of the last seconds up to a time, newest first."""
        return (
            post
            for post in self._between(self._order, before, seconds)
            if post.author != author
        )

    def removed(self) -> Iterator[RememberedPost]:
        """Yield removed posts that are still remembered, newest first."""
        for _, message in reversed(self._order):
            if self._posts[message].removed:
                yield self._posts[message]
        for text in self._removed_texts:
            yield RememberedPost(0, 0, 0, self._newest, text, removed=True)

    def sanctioned(self) -> frozenset[str]:
        """Return folded names of sanctioned members."""
        return frozenset(self._names)

    def _between(
        self, keys: list[_Key], before: datetime, seconds: float
    ) -> Iterator[RememberedPost]:
        low = bisect_left(keys, (before - timedelta(seconds=seconds), -1))
        high = bisect_right(keys, (before, _LAST_ID))
        for _, message in reversed(keys[low:high]):
            yield self._posts[message]


_LAST_ID = 2**64


def own_words(screened: ScreenedPost) -> str:
    """Return the folded text an author wrote in a post, without quotes and code, cut in the middle."""
    words = (
        _unquoted(part) for part in screened.parts if part.part.surface in _OWN_SURFACES
    )
    text = " ".join(" ".join(words).split())
    if len(text) <= _HEAD + _TAIL:
        return text
    return text[:_HEAD] + text[-_TAIL:]


def _unquoted(part: ScreenedPart) -> str:
    if not part.quoted:
        return part.folded.text
    view = part.folded
    return "".join(
        character
        for character, start, end in zip(view.text, view.starts, view.ends, strict=True)
        if not part.is_quoted(start, end)
    )
