"""Lines of posts screened one after another, each answered before the next is read."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.commands._faults import Faults
from bot.commands._post_lines import EPOCH, EventLine, LineError, PostLine, read_line
from bot.files._sentences import did_you_mean
from bot.memory import GuildMemory
from bot.model.community import Community
from bot.model.evidence import Finding
from bot.model.post import Part, Post, Surface
from bot.model.report import Report
from bot.policy.languages import kinds_of
from bot.policy.terms import Permission, Terms, terms_for
from bot.screening import Screener
from bot.text.own_words import own_words
from bot.text.prepare import prepare

STEP = timedelta(days=1)
"""How long after the line before a post stands that gives no time: the contract of ``screen``."""
GIVEN = "allowed: the exceptions given with this post permit it"


@dataclass(frozen=True, slots=True)
class Setting:
    """What posts are screened in.

    Laws: without a community no board and no group is known; without modes no mode caps anything.
    """

    screener: Screener
    community: Community | None = None
    modes: bool = False
    """Whether modes cap actions; without a community every mode is ``observe``."""

    def terms(self, post: Post, line: PostLine) -> Terms:
        """Return what holds for a post, with the exceptions given on its line."""
        terms = Terms()
        if self.community is not None or self.modes:
            community = self.community or Community("")
            terms = terms_for(post, community, self.screener.guidelines, post.at)
        given = [Permission(rule, GIVEN) for rule in line.allow]
        if line.languages:
            spoken = ", ".join(line.languages)
            because = f"allowed: the exceptions given with this post permit {spoken}"
            given.append(Permission("language", because, kinds_of(line.languages)))
        modes = terms.modes if self.modes else None
        return replace(terms, permissions=(*terms.permissions, *given), modes=modes)

    def problems(self, line: PostLine) -> tuple[str, ...]:
        """Return what a line names that is not there, or may not be allowed."""
        guidelines = self.screener.guidelines
        boards = [board.name for board in self.community.boards] if self.community else []
        groups = [group.name for group in self.community.groups] if self.community else []
        rules = {rule.id: rule for rule in guidelines.rules()}
        found: list[str] = []
        if line.board is not None and line.board not in boards:
            found.append(f"board {line.board!r} is unknown; {did_you_mean(line.board, boards)}")
        found.extend(
            f"group {group!r} is unknown; {did_you_mean(group, groups)}"
            for group in line.groups
            if group not in groups
        )
        for rule in line.allow:
            if rule not in rules:
                found.append(f"rule {rule!r} is unknown; {did_you_mean(rule, rules)}")
            elif not rules[rule].exceptable:
                found.append(f"rule {rule!r} is never excepted; take it out of exceptions.allow")
        return tuple(found)


class Stream:
    """Posts and events in the order they happened, with what is remembered of them.

    Laws: the answer to a line depends on that line and on earlier ones only; a line that gets an
    error leaves no trace. What broke while a post was checked is named on standard error.
    """

    def __init__(self, setting: Setting) -> None:
        """Start with nothing remembered."""
        policy = setting.screener.policy
        self._setting = setting
        self._memory = GuildMemory(policy.memory, policy.memory_posts)
        self._faults = Faults()
        self._count = 0
        self._before: datetime | None = None
        self.failed = False
        """Whether any line got an error."""

    def answer(self, line: bytes) -> str | None:
        """Return the JSON text that answers a line; None for an event, which has no answer."""
        try:
            read = read_line(line)
            if isinstance(read, EventLine):
                self._learn(read)
                return None
            return self._screen(read)
        except LineError as error:
            return self.refuse(str(error), error.line_id)

    def refuse(self, sentence: str, line_id: str | None = None) -> str:
        """Return the answer to a line that cannot be used."""
        self.failed = True
        start = "{" if line_id is None else f'{{"id": {line_id}, '
        return f'{start}"error": {json.dumps(sentence)}}}'

    def _screen(self, line: PostLine) -> str:
        at = self._time(line)
        problems = self._setting.problems(line)
        if problems:
            raise LineError("; and ".join(problems), line.id)
        self._before = at
        self._count += 1
        post = as_post(line, at, number=self._count)
        report = self._setting.screener.screen(post, self._memory, self._setting.terms(post, line))
        self._faults.name(report.failures)
        return f'{{"id": {line.id}, {json.dumps(answer_of(report))[1:]}'

    def _time(self, line: PostLine) -> datetime:
        if line.at is None:
            return EPOCH if self._before is None else self._before + STEP
        self._forwards(line.at, line.id)
        return line.at

    def _forwards(self, at: datetime, line_id: str | None = None) -> None:
        if self._before is not None and at < self._before:
            raise LineError(
                f"at is {at.isoformat()}, before the line before it ({self._before.isoformat()}); "
                "expected times that never go backwards",
                line_id,
            )

    def _learn(self, line: EventLine) -> None:
        if line.at is not None:
            self._forwards(line.at)
            self._before = line.at
        if line.event == "sanctioned":
            self._memory.add_sanctioned(line.words)
            return
        policy = self._setting.screener.policy
        removed = Post(0, 0, 0, 0, (Part(Surface.CONTENT, line.words),), self._before or EPOCH)
        screened, _ = prepare(removed, policy.bounds, policy.numbers)
        self._memory.add_removed_text(own_words(screened))


def as_post(line: PostLine, at: datetime, number: int) -> Post:
    """Return a line as a post; one without an author is compared with no other."""
    return Post(
        id=number,
        guild=0,
        channel=_id_of(line.board or ""),
        author=_id_of(line.author or ""),
        parts=(Part(Surface.CONTENT, line.text),),
        at=at,
        board=line.board,
        groups=frozenset(line.groups),
        remembered=line.author is not None,
    )


def _id_of(name: str) -> int:
    """Return a number that stands for a name, the same in every run."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=7).digest())


def answer_of(report: Report) -> dict[str, object]:
    """Return a report in the form of ``screen --jsonl``, without the id."""
    findings = sorted(report.findings, key=lambda one: (one.evidence.start, one.evidence.rule))
    return {
        "action": report.decision.action.word,
        "findings": [_finding(one) for one in findings],
        "degraded": report.degraded,
    }


def _finding(finding: Finding) -> dict[str, object]:
    evidence = finding.evidence
    told: dict[str, object] = {
        "rule": evidence.rule,
        "guideline": finding.guideline,
        "confidence": evidence.confidence,
        "surface": evidence.surface.value,
        "start": evidence.start,
        "end": evidence.end,
        "action": finding.action.word,
        "reason": evidence.reason,
    }
    if finding.because is not None:
        told["because"] = finding.because
    return told
