"""The pipeline on one page: prepare, detect, exempt, weigh, remember."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.detectors._detector import Detector
from bot.memory import GuildMemory
from bot.model.decision import Decision
from bot.model.evidence import Evidence
from bot.model.guidelines import Guidelines
from bot.model.mode import Mode
from bot.model.post import Part, Post, Surface
from bot.model.report import Failure, Report
from bot.model.screened import ScreenedPost
from bot.model.snowflake import EPOCH
from bot.policy.judge import judge
from bot.policy.policy import Policy
from bot.policy.terms import Terms
from bot.text.prepare import prepare

_FIRST: Final = (
    "Ich habe heute leider keine Zeit dafür; ruf mich morgen an: +1 212 555 0100, "
    "https://example.com/ oder jo@example.org"
)
"""Makes every detector do its work: tables of numbering plans, of domain endings, of languages."""


@dataclass(frozen=True, slots=True)
class Screener:
    """Screens one post at a time; everything it needs is given, nothing is global."""

    guidelines: Guidelines
    policy: Policy
    detectors: Sequence[Detector]

    def screen(self, post: Post, memory: GuildMemory, terms: Terms) -> Report:
        """Return the report on a post, and remember the post.

        Deterministic: the same posts in the same order give the same reports. Rules whose mode is
        off are not run. A detector that raises, or a text that cannot be read, makes the report
        degraded, never silent.
        """
        screened, unread = self._prepare(post)
        evidence, failures = self._detect(screened, memory, terms)
        failures = (*unread, *failures)
        findings = judge(evidence, self.guidelines, self.policy, terms, degraded=bool(failures))
        report = Report(findings, failures)
        memory.observe(screened, report.decision)
        return report

    def recall(self, post: Post, memory: GuildMemory, decision: Decision) -> None:
        """Remember a post that was judged before, without judging it again."""
        screened, _unread = self._prepare(post)
        memory.observe(screened, decision)

    def warm_up(self) -> None:
        """Have what libraries read at their first use read now; half a second, measured."""
        text = Part(Surface.CONTENT, _FIRST)
        post = Post(id=0, guild=0, channel=0, author=0, parts=(text,), at=EPOCH)
        self.screen(post, GuildMemory(self.policy.memory, self.policy.memory_posts), Terms())

    def _prepare(self, post: Post) -> tuple[ScreenedPost, tuple[Failure, ...]]:
        try:
            return prepare(post, self.policy.bounds, self.policy.numbers)
        except Exception as error:  # noqa: BLE001 - one text must not end the screening of all others
            return ScreenedPost(post, ()), (Failure("unread", type(error).__name__),)

    def _detect(
        self, screened: ScreenedPost, memory: GuildMemory, terms: Terms
    ) -> tuple[list[Evidence], tuple[Failure, ...]]:
        evidence: list[Evidence] = []
        failures: list[Failure] = []
        for detector in self.detectors:
            if terms.modes is not None and terms.modes[detector.rule] is Mode.OFF:
                continue
            try:
                evidence.extend(detector(screened, memory))
            except Exception as error:  # noqa: BLE001 - a detector is a plugin: it may raise anything
                failures.append(Failure(detector.rule, type(error).__name__))
        return evidence, tuple(failures)
