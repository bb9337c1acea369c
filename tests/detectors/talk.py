"""A guild in which people repeat themselves, judged by the rule on repetition alone."""

from datetime import timedelta

from bot.detectors.spam_repeat import DETECTOR
from bot.memory import GuildMemory
from bot.model.decision import Decision
from bot.model.evidence import Evidence
from bot.model.post import AuthorKind, Part, Post, Surface
from bot.text.prepare import prepare
from tests.making import ADA, GENERAL, NOON, policy, post

NUMBERS = {
    "spam-repeat": {
        "window_seconds": 259_200,
        "near_window_seconds": 86_400,
        "remove_window_seconds": 86_400,
        "remove_copies": 3,
        "double_send_seconds": 60,
        "bump_seconds": 43_200,
        "min_letters": 40,
        "short_min_letters": 20,
        "near_ratio": 0.85,
        "near_min_letters": 60,
        "compared_posts": 30,
        "across_authors": 3,
        "across_window_seconds": 21_600,
        "across_min_letters": 60,
        "burst_copies": 4,
        "burst_seconds": 600,
        "burst_min_letters": 12,
    }
}
AD = "I build fast landing pages for small shops, three days from brief to launch, see my work."
QUESTION = "Does anybody know how to change the hourly rate of a contract without losing the badge?"
THIRD = 203


class Talk:
    """A guild in which people post; each post is judged and then remembered."""

    def __init__(self) -> None:
        self.memory = GuildMemory(timedelta(days=3), 5000)
        self._count = 0

    def says(
        self,
        text: str,
        seconds: float = 0,
        *,
        author: int = ADA,
        channel: int = GENERAL,
        reply_to: str | None = None,
        kind: AuthorKind = AuthorKind.MEMBER,
    ) -> Evidence | None:
        """Post a text some seconds after noon and return what is found."""
        parts = [Part(Surface.CONTENT, text)]
        if reply_to is not None:
            parts.append(Part(Surface.REPLY, reply_to))
        self._count += 1
        return self.judge(
            post(
                at=NOON + timedelta(seconds=seconds),
                number=self._count,
                author=author,
                channel=channel,
                parts=tuple(parts),
                kind=kind,
            )
        )

    def judge(self, written: Post) -> Evidence | None:
        """Judge one version of a post, remember it, and return what is found."""
        screened, _ = prepare(written, policy().bounds, NUMBERS)
        found = list(DETECTOR(screened, self.memory))
        self.memory.observe(screened, Decision())
        assert len(found) <= 1
        return found[0] if found else None
