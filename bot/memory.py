"""One guild's memory: what detectors may know of earlier posts, kept in bounds."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

from bot.model.action import Action
from bot.model.decision import Decision
from bot.model.memory import RememberedPost
from bot.model.screened import ScreenedPost
from bot.text.own_words import letters_of, own_words

KEEP_REMOVED = timedelta(days=30)
"""How long removed posts stay comparable: as long as fingerprints are kept by default."""

_Key = tuple[datetime, int]
"""Time and id of a post: the order in which posts are earlier or later."""

_AFTER_ALL_IDS = 2**64


class GuildMemory:
    """Recent posts of one guild, its removed posts, and names of its sanctioned members.

    Implements :class:`bot.model.memory.Memory`. Time comes from the posts, never from a clock.

    Laws: a message is held once, under the time of its first version; remembering the same posts in
    any order leaves the same memory; no recent post is older than ``keep`` before the newest post,
    and there are never more than ``limit``; the same bounds hold for removed posts with
    ``keep_removed``.
    """

    def __init__(self, keep: timedelta, limit: int, keep_removed: timedelta = KEEP_REMOVED) -> None:
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
        self._recent = _Shelf()
        self._removed = _Shelf()
        self._edited: dict[int, datetime] = {}
        self._texts: dict[str, None] = {}
        self._names: set[str] = set()

    def observe(self, screened: ScreenedPost, decision: Decision) -> None:
        """Remember a judged post; a later version of a message replaces an earlier one.

        A version that arrives after a later one changes nothing, nor does a post that is not to be
        remembered.
        """
        post = screened.post
        if not post.remembered:
            return
        known = self._edited.get(post.id)
        if known is not None and (post.edited_at is None or post.edited_at < known):
            return
        words, removed = own_words(screened), decision.action is Action.REMOVE
        self.remember(RememberedPost(post.id, post.author, post.channel, post.at, words, removed))
        if post.edited_at is not None and post.id in self._recent.posts:
            self._edited[post.id] = post.edited_at

    def remember(self, post: RememberedPost) -> None:
        """Hold a post, as when posts are loaded at the start; the same message replaces itself."""
        known = self._recent.posts.get(post.id) or self._removed.posts.get(post.id)
        if known is not None:
            post = replace(post, at=known.at, author=known.author)
            self._drop(post.id)
        self._newest = max(self._newest, post.at)
        self._recent.add(post)
        if post.removed:
            self._removed.add(post)
        for message in self._recent.beyond(self._newest - self._keep, self._limit):
            self._recent.drop(message)
            self._edited.pop(message, None)
        for message in self._removed.beyond(self._newest - self._keep_removed, self._limit):
            self._removed.drop(message)

    def restore(self, message: int) -> None:
        """Take back a removal that does not stand: later copies are reposts of nothing removed."""
        self._removed.drop(message)
        known = self._recent.posts.get(message)
        if known is not None:
            self._recent.posts[message] = replace(known, removed=False)

    def forget_message(self, message: int) -> None:
        """Drop a message that its author deleted; nobody's later post repeats it.

        Not for messages that are gone because they were removed: those are compared with.
        """
        self._drop(message)
        self._edited.pop(message, None)

    def forget_author(self, author: int) -> None:
        """Drop every post of a person."""
        own = {key[1] for key in self._recent.by_author.get(author, ())}
        own.update(key[1] for key in self._removed.by_author.get(author, ()))
        for message in own:
            self.forget_message(message)

    def add_removed_text(self, text: str) -> None:
        """Remember the folded text of a removed post of which nothing else is known."""
        self._texts.pop(text, None)
        self._texts[text] = None
        if len(self._texts) > self._limit:
            del self._texts[next(iter(self._texts))]

    def add_sanctioned(self, name: str) -> None:
        """Remember the name of a sanctioned member."""
        self._names.add(" ".join(name.casefold().split()))

    def recent(self, author: int, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield an author's posts of the last seconds up to a time, newest first."""
        keys = self._recent.by_author.get(author, ())
        return self._recent.between(keys, before, seconds)

    def others(self, author: int, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield everybody else's posts of the last seconds up to a time, newest first."""
        posts = self._recent.between(self._recent.order, before, seconds)
        return (post for post in posts if post.author != author)

    def copies(self, text: str, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield anybody's posts of the last seconds with the same letters, newest first."""
        letters = letters_of(text)
        keys = self._recent.by_letters.get(_fingerprint(letters), ())
        posts = self._recent.between(keys, before, seconds)
        return (post for post in posts if letters_of(post.text) == letters)

    def removed(self) -> Iterator[RememberedPost]:
        """Yield removed posts that are still remembered, newest first."""
        for _, message in reversed(self._removed.order):
            yield self._removed.posts[message]
        for text in reversed(self._texts):
            yield RememberedPost(0, 0, 0, self._newest, text, removed=True)

    def sanctioned(self) -> frozenset[str]:
        """Return folded names of sanctioned members."""
        return frozenset(self._names)

    def _drop(self, message: int) -> None:
        self._recent.drop(message)
        self._removed.drop(message)


class _Shelf:
    """Posts in the order of their times, found by author and by letters without a search.

    Invariant: ``order``, ``by_author`` and ``by_letters`` name exactly the messages of ``posts``.
    """

    def __init__(self) -> None:
        self.posts: dict[int, RememberedPost] = {}
        self.order: list[_Key] = []
        self.by_author: dict[int, list[_Key]] = {}
        self.by_letters: dict[int, list[_Key]] = {}

    def add(self, post: RememberedPost) -> None:
        """Add a post that is not there."""
        key = (post.at, post.id)
        self.posts[post.id] = post
        insort(self.order, key)
        insort(self.by_author.setdefault(post.author, []), key)
        insort(self.by_letters.setdefault(_fingerprint(letters_of(post.text)), []), key)

    def drop(self, message: int) -> None:
        """Drop a post if it is there."""
        post = self.posts.pop(message, None)
        if post is None:
            return
        key = (post.at, post.id)
        del self.order[bisect_left(self.order, key)]
        _drop_key(self.by_author, post.author, key)
        _drop_key(self.by_letters, _fingerprint(letters_of(post.text)), key)

    def beyond(self, oldest: datetime, limit: int) -> tuple[int, ...]:
        """Return the messages to let go, given the oldest time and the number that may stay."""
        gone = max(bisect_left(self.order, (oldest, -1)), len(self.order) - limit)
        return tuple(message for _, message in self.order[:gone]) if gone > 0 else ()

    def between(
        self, keys: Sequence[_Key], before: datetime, seconds: float
    ) -> Iterator[RememberedPost]:
        """Yield the posts of some keys of the last seconds up to a time, newest first."""
        low = bisect_left(keys, (before - timedelta(seconds=seconds), -1))
        high = bisect_right(keys, (before, _AFTER_ALL_IDS))
        for index in range(high - 1, low - 1, -1):
            yield self.posts[keys[index][1]]


def _drop_key(index: dict[int, list[_Key]], name: int, key: _Key) -> None:
    keys = index[name]
    del keys[bisect_left(keys, key)]
    if not keys:
        del index[name]


def _fingerprint(letters: str) -> int:
    return crc32(letters.encode("utf-8", "surrogatepass"))
