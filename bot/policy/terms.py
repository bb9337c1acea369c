"""What holds where a post stands: permissions of its board and groups, and caps on actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from bot.model.action import Action
from bot.model.community import Community, RuleException
from bot.model.evidence import Evidence
from bot.model.guidelines import Guidelines
from bot.model.mode import Mode
from bot.model.post import AuthorKind, Post
from bot.policy.languages import kinds_of


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Permission:
    """A rule that does not hold here, with the words that explain it."""

    rule: str
    because: str
    kinds: frozenset[str] = frozenset()
    """Only evidence of these kinds; empty permits the whole rule."""

    def covers(self, evidence: Evidence) -> bool:
        """Whether it permits that evidence; never evidence of another rule."""
        return evidence.rule == self.rule and (not self.kinds or evidence.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Terms:
    """The permissions and caps for one post; the default permits nothing and caps nothing."""

    permissions: tuple[Permission, ...] = ()
    modes: Mapping[str, Mode] | None = None
    """By rule id; None leaves every rule as far as its evidence goes."""
    ceiling: Action = Action.REMOVE
    """No finding asks for more."""
    ceiling_because: str = ""
    asking: Mapping[str, str] = field(default_factory=_nothing)
    """Rules that ask a moderator at most, with why."""

    def capped(self, ceiling: Action, because: str) -> "Terms":
        """Return the same terms under a further ceiling; a ceiling never rises."""
        if ceiling >= self.ceiling:
            return self
        return replace(self, ceiling=ceiling, ceiling_because=because)


def terms_for(post: Post, community: Community, guidelines: Guidelines, now: datetime) -> Terms:
    """Return what holds for a post in a community.

    Rules that are not exceptable are never permitted, whatever an exception says; an exception for
    a rule that the guidelines no longer have permits nothing.
    """
    rules = tuple(guidelines.rules())
    exceptable = {rule.id for rule in rules if rule.exceptable}
    permissions = [
        Permission(exception.rule, _because(exception), _kinds(exception))
        for exception in community.in_force(post.board, post.groups, now)
        if exception.rule in exceptable
    ]
    board = community.board(post.board) if post.board is not None else None
    if board is not None and board.languages:
        spoken = ", ".join(sorted(board.languages))
        permissions.append(
            Permission(
                "language", f"allowed: this board also speaks {spoken}", kinds_of(board.languages)
            )
        )
    modes = {rule.id: community.mode(rule.id, rule.default_mode, board) for rule in rules}
    if post.author_kind is AuthorKind.STAFF:
        return Terms(tuple(permissions), modes, Action.NOTE, "posts of staff are noted at most")
    return Terms(tuple(permissions), modes)


def _kinds(exception: RuleException) -> frozenset[str]:
    return kinds_of(exception.kinds) if exception.rule == "language" else exception.kinds


def _because(exception: RuleException) -> str:
    what = exception.rule
    if exception.kinds:
        what += f" ({', '.join(sorted(exception.kinds))})"
    if exception.group is not None:
        return f"allowed: group {exception.group!r} permits {what} on this board"
    return f"allowed: this board permits {what}"
