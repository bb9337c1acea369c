"""The brake: which rules only ask for now, on which server; as screening sees it at once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.evidence import Finding
from bot.policy.terms import Terms

PAUSED: Final = "enforcement is paused, so a moderator decides"

_NOTHING: Final[frozenset[str | None]] = frozenset()


class Brake:
    """What is paused now; kept in step with the store by :class:`bot.pausing.Pausing`."""

    def __init__(self) -> None:
        self._paused: dict[int, frozenset[str | None]] = {}

    def hold(self, guild: int, rules: Iterable[str | None]) -> None:
        """Say what is paused on a server from now on: rules by id, None for all of them."""
        self._paused[guild] = frozenset(rules)

    def covers(self, guild: int, rule: str) -> bool:
        """Whether a rule only asks on a server now."""
        paused = self._paused.get(guild, _NOTHING)
        return rule in paused or None in paused

    def applied(self, guild: int, terms: Terms) -> Terms:
        """Return terms under which what is paused asks at most."""
        paused = self._paused.get(guild, _NOTHING)
        if None in paused:
            return terms.capped(Action.REVIEW, PAUSED)
        rules = {one: PAUSED for one in paused if one is not None}
        return replace(terms, asking=rules) if rules else terms

    def held_back(self, guild: int, post: CasePost) -> CasePost:
        """Return a post as it would have been judged under the brake; a moderator's stays."""
        if post.action is not Action.REMOVE or post.ruling is not None:
            return post
        lowered = tuple(self._lowered(guild, one) for one in post.findings)
        action = max((one.action for one in lowered), default=Action.ALLOW)
        return replace(post, findings=lowered, action=action)

    def _lowered(self, guild: int, finding: Finding) -> Finding:
        if finding.action is Action.REMOVE and self.covers(guild, finding.evidence.rule):
            return replace(finding, action=Action.REVIEW, because=PAUSED)
        return finding
