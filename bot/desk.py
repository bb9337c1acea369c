"""One guild's desk: judges posts in order, commits what was decided, names cases to act on."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.docket import (
    Versions,
    asking,
    continues,
    continuing_rules,
    digest,
    draft,
    least_continued,
    observations,
)
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.case import Case
from bot.model.community import Community
from bot.model.decision import Decision
from bot.model.post import Post
from bot.model.report import Report
from bot.model.snowflake import first_at
from bot.model.unechoed import rules_on
from bot.policy.brake import Brake
from bot.policy.terms import Terms, terms_for
from bot.ports import CaseDraft, Clock, Observation, Store, Transaction
from bot.screening import Screener

_log = structlog.get_logger(__name__)

KNOWN = 20_000
"""Message versions a desk knows to be judged, newest kept; chosen, not measured."""

Observer = Callable[[Post, Report], None]
"""Is shown what was decided, once it is committed; must return at once and never raise."""

TOO_OLD = "the post is older than automatic removal may reach"


EDITS: Final = 0
"""In the place of a channel: up to the moment of this id, what was edited has been judged."""

JITTER: Final = timedelta(seconds=10)
"""How far apart from the order of their times edits may be told to us; chosen, not measured."""


@dataclass(slots=True)
class _Batch:
    """What one commit will hold."""

    drafts: list[CaseDraft] = field(default_factory=list)
    noted: list[Observation] = field(default_factory=list)
    until: dict[int, int] = field(default_factory=dict)
    """Per channel, the highest message judged."""
    reports: list[tuple[Post, Report]] = field(default_factory=list)

    def judged(self, post: Post, *, live: bool) -> None:
        """Note how far everything has been judged once this is committed."""
        self.until[post.channel] = max(post.id, self.until.get(post.channel, 0))
        if live and post.edited_at is not None:
            edits = first_at(post.edited_at - JITTER)
            self.until[EDITS] = max(edits, self.until.get(EDITS, 0))

    def has_case_of(self, author: int, message: int) -> bool:
        return any(one.author == author or one.post.message == message for one in self.drafts)


class Desk:
    """Judges the posts of one guild, one at a time, in the order they are given.

    Laws: a version of a message is judged once; a decision is committed before it is returned;
    the same posts in the same order give the same cases, with or without restarts in between.
    """

    def __init__(
        self,
        guild: int,
        community: Community,
        screener: Screener,
        store: Store,
        clock: Clock,
        versions: Versions,
        observer: Observer | None = None,
        brake: Brake | None = None,
    ) -> None:
        self.guild = guild
        self.community = community
        self._screener = screener
        self._store = store
        self._clock = clock
        self._versions = versions
        self._observer = observer
        self._brake = brake or Brake()
        policy = screener.policy
        self._memory = GuildMemory(policy.memory, policy.memory_posts)
        self._known: OrderedDict[int, str] = OrderedDict()
        self._knows_all_from = first_at(clock.now())
        self._removing: OrderedDict[int, None] = OrderedDict()
        """Posts this desk knows to be removed by us, so that their events cost no look-up."""

    def overlooked(self, post: Post) -> bool:
        """Whether a post, or this version of it, came while this desk was at work, yet unseen."""
        known = self._known.get(post.id)
        if known is None:
            return post.id >= self._knows_all_from
        return known != digest(post)

    def recall(self, post: Post, *, removed: bool) -> None:
        """Remember a post that was judged earlier, without any effect."""
        decision = Decision(Action.REMOVE) if removed else Decision()
        self._screener.recall(post, self._memory, decision)
        self._know(post.id, digest(post))
        if removed:
            self._remove(post.id)

    async def depart(self, messages: Iterable[int]) -> None:
        """Forget posts that their authors or others deleted: nobody repeats them.

        A post that Concord itself decided to remove stays remembered.
        """
        for message in messages:
            if message in self._removing:
                continue
            case = await self._store.case_of(message)
            if case is None:
                self._memory.forget_message(message)
            elif not any(p.message == message and p.action is Action.REMOVE for p in case.posts):
                self._memory.forget_message(message)
                await self._note_departure(message)

    def forget(self, author: int) -> None:
        """Drop all that is remembered of a person's posts: they had their words erased."""
        self._memory.forget_author(author)

    async def judge(self, posts: Sequence[Post], *, live: bool = True) -> tuple[int, ...]:
        """Judge posts, commit, and return the cases there is something to do about.

        Args:
            posts: in the order of their arrival; versions judged before are passed over.
            live: whether they are told as they happen, so that no earlier edit is still to come.
        """
        batch = _Batch()
        cases: list[int] = []
        for post in posts:
            version = digest(post)
            if self._known.get(post.id) == version:
                continue
            report = self._screen(post)
            self._know(post.id, version)
            if report.decision.action >= Action.REVIEW:
                if batch.has_case_of(post.author, post.id):
                    cases.extend(await self._commit(batch))
                    batch = _Batch()
                batch.drafts.append(await self._draft(post, report))
                if report.decision.action is Action.REMOVE:
                    self._remove(post.id)
            else:
                batch.noted.extend(observations(post, report))
            batch.reports.append((post, report))
            batch.judged(post, live=live)
            await asyncio.sleep(0)  # a batch must not keep the connection's heartbeat waiting
        cases.extend(await self._commit(batch))
        return tuple(dict.fromkeys(cases))

    def _screen(self, post: Post) -> Report:
        now = self._clock.now()
        terms = terms_for(post, self.community, self._screener.guidelines, now)
        terms = self._brake.applied(self.guild, terms)
        report = self._screener.screen(post, self._memory, self._within_reach(terms, post, now))
        for failure in report.failures:
            _log.warning(
                "a post was not looked at whole",
                message=post.id,
                what=failure.what,
                detail=failure.detail,
            )
        return report

    def _within_reach(self, terms: Terms, post: Post, now: datetime) -> Terms:
        written = post.edited_at or post.at
        if now - written > self._screener.policy.catch_up.remove_within:
            return terms.capped(Action.REVIEW, TOO_OLD)
        return terms

    async def _draft(self, post: Post, report: Report) -> CaseDraft:
        own = await self._store.case_of(post.id)
        dossier = await self._store.dossier(own.id) if own is not None else None
        earlier = own or await self._continued(post, report)
        return draft(
            post,
            report,
            self._versions,
            self._clock.now(),
            earlier=earlier,
            log=self.community.log is not None,
            burst=self._screener.policy.burst,
            said=rules_on(dossier, post.id) if dossier is not None else (),
        )

    async def _continued(self, post: Post, report: Report) -> Case | None:
        for rule in continuing_rules(report):
            case = await self._store.latest_case(
                self.guild, post.author, rule, least_continued(rule)
            )
            if case is not None and continues(case, post, rule, self._screener.policy):
                return case
        return None

    async def _commit(self, batch: _Batch) -> list[int]:
        if not (batch.drafts or batch.noted or batch.until):
            return []

        async def work(tx: Transaction) -> list[int]:
            # Enforcement may have been paused since these were judged.
            cases = [await tx.record(self._held_back(one)) for one in batch.drafts]
            for observation in batch.noted:
                await tx.observe(observation)
            for channel, message in batch.until.items():
                await tx.advance(self.guild, channel, message)
            return cases

        cases = await self._store.write(work)
        if self._observer is not None:
            for post, report in batch.reports:
                self._observer(post, report)
        return cases

    def _held_back(self, one: CaseDraft) -> CaseDraft:
        """Return what was judged, as the brake lets it through at this moment."""
        post = self._brake.held_back(self.guild, one.post)
        if post.action is one.post.action:
            return one
        self._removing.pop(post.message, None)
        return replace(one, post=post, intents=asking(one.intents))

    async def _note_departure(self, message: int) -> None:
        now = self._clock.now()
        await self._store.write(lambda tx: tx.post_deleted(message, now))

    def _remove(self, message: int) -> None:
        self._removing[message] = None
        while len(self._removing) > KNOWN:
            self._removing.popitem(last=False)

    def _know(self, message: int, version: str) -> None:
        self._known[message] = version
        self._known.move_to_end(message)
        while len(self._known) > KNOWN:
            oldest, _ = self._known.popitem(last=False)
            self._knows_all_from = max(self._knows_all_from, oldest + 1)
