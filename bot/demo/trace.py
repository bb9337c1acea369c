"""What the bot says it found in each post, read from the trace that it leaves in a simulation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.demo.facts import Seen
from bot.model.action import Action

_LONGEST = 60
"""Characters of a post's words that are quoted for one finding. Chosen."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided about the last version of a post."""

    action: Action
    findings: Sequence[Mapping[str, object]]

    def seen(self, text: str) -> tuple[Seen, ...]:
        """Return the findings in a post's text, each with the words it was found in."""
        return tuple(_seen(one, text) for one in self.findings if one.get("surface") == "content")


def read_trace(entries: Iterable[Mapping[str, object]]) -> dict[int, Judgement]:
    """Return the last judgement of every post, by message id."""
    judged = {}
    for entry in entries:
        findings = entry.get("findings")
        if entry.get("kind") == "judged" and isinstance(findings, list):
            action = Action.from_word(str(entry.get("action")))
            judged[int(str(entry.get("message")))] = Judgement(action, findings)
    return judged


def _seen(finding: Mapping[str, object], text: str) -> Seen:
    guideline, because = finding.get("guideline"), finding.get("because")
    start, end = int(str(finding["start"])), int(str(finding["end"]))
    words = " ".join(text[start:end].split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 1].rstrip()}…"
    return Seen(
        rule=str(finding["rule"]),
        guideline=guideline if isinstance(guideline, int) else None,
        words="" if _is_all(text, start, end) else words,
        reason=str(finding["reason"]),
        confidence=float(str(finding["confidence"])),
        action=Action.from_word(str(finding["action"])),
        because=because if isinstance(because, str) else None,
    )


def _is_all(text: str, start: int, end: int) -> bool:
    """Whether nothing but signs and spaces stands around a stretch of a text."""
    return not any(letter.isalnum() for letter in text[:start] + text[end:])
