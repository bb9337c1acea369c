"""The chain of decisions: a later change to what was decided shows, and erasing does not break it.

Each ruling of a guild is a link. Its content is committed to with a random key of its own, and the
commitment is what the chain is made of: with the key anybody can check the content, without it the
content cannot even be guessed. Erasing drops key and words, and leaves the chain whole. The words
of each post that was removed are committed to by themselves: they may go before the ruling's do.
"""

import hmac
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from bot.model.evidence import Finding
from bot.model.post import Part, PostFile
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import Sanction
from bot.model.sealed import SealedPost
from bot.ports import Link

SALT_BYTES = 32
"""Length of a link's random key: as long as the hash (RFC 2104, section 3)."""

_FORM = "concord decision 1"
"""Names what is hashed and how; another form gets another name."""


class LinkState(StrEnum):
    """What can be said of one link."""

    INTACT = "intact"
    """Content, fields and the link before it are as they were when it was made."""
    ERASED = "erased"
    """Words of it, or of a post that it removed, were erased with their key; what is left fits."""
    ALTERED = "altered"
    """Something is not as it was, or does not follow from the link before."""


_WORST_FIRST = (LinkState.ALTERED, LinkState.ERASED, LinkState.INTACT)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look through a guild's chain has shown; numbers in order."""

    intact: tuple[int, ...]
    erased: tuple[int, ...]
    altered: tuple[int, ...]
    missing: tuple[tuple[int, int], ...]
    """Gaps, as the first and the last number that is not there."""
    last: int
    """Number of the newest link; 0 for an empty chain."""
    head: str | None
    """The newest link's hash as its fields give it; None for an empty chain."""
    head_at: int | None
    """Number of the link whose hash was asked for; None if no link has it, or none was asked."""
    unlike_posted: tuple[int, ...] = ()
    """Links whose hash is not the one that was posted as the head of that number."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is altered or missing, and all is as it was when heads were posted."""
        return not (self.altered or self.missing or self.unlike_posted)

    def is_sound_until(self, number: int) -> bool:
        """Whether that holds for the links up to a number."""
        return not any(one <= number for one in self.altered) and not any(
            first <= number for first, _ in self.missing
        )


def content(
    ruling: Ruling,
    number: int,
    subject: int,
    sanctions: Sequence[Sanction],
    posts: Sequence[SealedPost] = (),
    astray: Collection[int] = (),
) -> str:
    """Return a ruling in canonical JSON: equal for equal rulings only.

    Args:
        ruling: what was decided.
        number: its case's number.
        subject: whom the case is about.
        sanctions: what it ordered, in order. As it was ordered: state and end may change later, by
            further rulings or with time.
        posts: what it removed or gave back, in order.
        astray: sanctions whose rule is not the one that the rulings since have led to.
    """
    return _canonical(
        {
            "guild": ruling.guild,
            "case": number,
            "subject": subject,
            "by": ruling.by,
            "words": ruling.words,
            "internal": ruling.internal,
            "because": ruling.because,
            "silent": ruling.silent,
            "tells": ruling.tells,
            "posts": ruling.removes,
            "sealed": [
                [one.message, one.channel, one.case, one.seal, [_found(each) for each in one.found]]
                for one in posts
            ],
            "sanctions": [
                {
                    "id": one.id,
                    "guild": one.guild,
                    "user": one.user,
                    "at": _moment(one.at),
                    "kind": one.kind,
                    "points": one.ordered.points,
                    "points_until": _moment(one.ordered.points_until),
                    "until": _moment(one.ordered.until),
                    "board": one.ordered.board,
                    "channel": one.ordered.channel,
                    "group": one.ordered.group,
                    "role": one.ordered.role,
                    "delete_message_seconds": one.ordered.delete_message_seconds,
                    "by_hand": one.ordered.by_hand,
                    "in_its_case": one.case == ruling.case,
                    "by_its_rule": one.id not in astray,
                }
                for one in sanctions
            ],
            "endings": [
                {"sanction": one.sanction, "state": one.state, "until": _moment(one.until)}
                for one in ruling.endings
            ],
            "changes": [[one.what, one.before, one.after] for one in ruling.changes],
            "recounts": sorted(
                [sanction, one.points, _moment(one.until)] for sanction, one in ruling.recounts
            ),
        }
    )


def words_of(parts: Sequence[Part], files: Sequence[PostFile]) -> str:
    """Return the texts and files of a post in canonical JSON."""
    return _canonical(
        {
            "parts": [[one.surface, one.text] for one in parts],
            "files": [[one.id, one.name, one.address, one.size, one.kind] for one in files],
        }
    )


def commitment(salt: str, text: str) -> str:
    """Return what stands for a content in the chain, in hexadecimal digits."""
    return hmac.new(bytes.fromhex(salt), text.encode(), sha256).hexdigest()


def link_hash(
    guild: int,
    number: int,
    at: datetime,
    kind: RulingKind,
    rule: str | None,
    previous: str,
    committed: str,
) -> str:
    """Return a link's hash, in hexadecimal digits."""
    fields = [_FORM, guild, number, _moment(at), kind, rule, previous, committed]
    return sha256(_canonical(fields).encode()).hexdigest()


def hash_of(link: Link) -> str:
    """Return the hash that follows from a link's fields."""
    return link_hash(
        link.guild, link.number, link.at, link.kind, link.rule, link.previous, link.commitment
    )


def state_of(link: Link, previous: frozenset[str]) -> LinkState:
    """Return what can be said of a link.

    Args:
        link: as it is held now.
        previous: what the hash of the link before it may be: what is held of it, and what follows
            from its fields; so that one altered link does not make two. Empty text for the first.
    """
    if link.previous not in previous or link.hash != hash_of(link):
        return LinkState.ALTERED
    states = {_kept(link.salt, link.content, link.commitment)}
    for post in link.posts:
        bare = post.is_bare and post.salt is None
        states.add(_kept(post.salt, None if bare else post.words, post.seal))
    return next(one for one in _WORST_FIRST if one in states)


def _kept(salt: str | None, text: str | None, committed: str) -> LinkState:
    """Return what can be said of a text and its commitment."""
    if salt is None and text is None:
        return LinkState.ERASED
    if salt is None or text is None:  # neither kept nor erased by Concord
        return LinkState.ALTERED
    try:
        held = commitment(salt, text)
    except ValueError:  # what is no key any more
        return LinkState.ALTERED
    return LinkState.INTACT if held == committed else LinkState.ALTERED


def inspect(
    links: Iterable[Link], head: str | None = None, posted: Iterable[tuple[int, str]] = ()
) -> Inspection:
    """Look through a guild's chain.

    Args:
        links: all of it, in order.
        head: a hash that is looked for; None for none.
        posted: number and hash of the heads that are known to be posted.
    """
    expected: dict[int, set[str]] = {}
    for number, hashed in posted:
        expected.setdefault(number, set()).add(hashed)
    unlike: list[int] = []
    found: dict[LinkState, list[int]] = {state: [] for state in LinkState}
    missing: list[tuple[int, int]] = []
    last, previous = 0, frozenset({""})
    computed: str | None = None
    head_at: int | None = None
    for link in links:
        if link.number != last + 1:
            missing.append((last + 1, link.number - 1))
            previous = frozenset({link.previous})
        found[state_of(link, previous)].append(link.number)
        computed = hash_of(link)
        last, previous = link.number, frozenset({computed, link.hash})
        if computed == head:
            head_at = last
        if expected.get(last, {computed}) != {computed}:
            unlike.append(last)
    return Inspection(
        intact=tuple(found[LinkState.INTACT]),
        erased=tuple(found[LinkState.ERASED]),
        altered=tuple(found[LinkState.ALTERED]),
        missing=tuple(missing),
        last=last,
        head=computed,
        head_at=head_at,
        unlike_posted=tuple(unlike),
    )


def _found(finding: Finding) -> list[object]:
    one = finding.evidence
    span = [one.surface, one.part, one.start, one.end, one.quoted]
    return [one.rule, one.kind, finding.guideline, one.confidence, one.reason, *span]


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
