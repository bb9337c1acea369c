"""Members' words in our messages: nothing in them acts, others' data and slurs are masked."""

import re
from collections.abc import Iterable
from typing import Final

from bot.model.case import CasePost
from bot.model.evidence import Evidence

MASKED_RULES = frozenset({"contact-info", "doxing", "private-communication", "confidential"})
"""Rules whose findings are data of people: masked for everybody, also for moderators."""

HARSH_RULES = frozenset({"vulgarity", "hate", "sexual", "threat", "harassment"})
"""Rules whose findings are harsh words: masked for members, behind a spoiler for moderators."""

UNECHOED_RULES = frozenset({"minor-safety"})
"""Rules whose posts are never shown again, not even to moderators."""

LENGTH = 900
"""Code points of a quote, at most; chosen, so that the embed's 4,096 leave room for the rest."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Lone surrogates: no request that holds one can be sent."""


def mask(text: str, evidence: Iterable[Evidence], rules: frozenset[str]) -> str:
    """Return a text of the same length with the findings of some rules made unreadable.

    The first letter stays, so that the author knows what is meant; so do spaces and the signs of
    ASCII, but no other sign, for many look like letters.
    """
    letters = list(text)
    for one in evidence:
        if one.rule in rules:
            for place in range(one.start + 1, min(one.end, len(letters))):
                if _readable(letters[place]):
                    letters[place] = "*"
    return "".join(letters)


def _readable(sign: str) -> bool:
    return sign.isalnum() or not (sign.isascii() or sign.isspace())


def quote(text: str, focus: int = 0) -> str:
    """Return a text as a code block: no markdown, mention or link in it acts, whatever it holds.

    Args:
        text: what is quoted.
        focus: the place in it that must be seen; of a long text the stretch round it is shown.
    """
    safe = _SURROGATE.sub("\ufffd", text).replace("`", "ˋ")
    return f"```\n{_around(safe, focus).strip()}\n```"


def _around(text: str, focus: int) -> str:
    if len(text) <= LENGTH:
        return text
    room = LENGTH - 2
    start = max(0, min(focus - room // 3, len(text) - room))
    end = start + room
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def for_member(post: CasePost) -> str:
    """Return a member's own words as the notice quotes them; empty once they are erased."""
    return _quoted(post, MASKED_RULES | HARSH_RULES, borrowed=False)


def for_moderators(post: CasePost) -> str:
    """Return a post's words as the moderators' log quotes them, behind a spoiler if harsh.

    Where the author wrote nothing of their own, what they forwarded or linked to.
    """
    quoted = _quoted(post, MASKED_RULES, borrowed=False) or _quoted(
        post, MASKED_RULES, borrowed=True
    )
    harsh = any(finding.evidence.rule in HARSH_RULES for finding in post.findings)
    if not (harsh and quoted):
        return quoted
    # Discord ends a spoiler at the next two bars, even inside a code block.
    return f"||{quoted.replace('|', '∣')}||"


def _quoted(post: CasePost, masked: frozenset[str], *, borrowed: bool) -> str:
    if any(finding.evidence.rule in UNECHOED_RULES for finding in post.findings):
        return ""
    text, focus = "", None
    for index, part in enumerate(post.parts):
        if part.surface.borrowed is not borrowed or not part.text.strip():
            continue
        text = f"{text}\n" if text else text
        found = [f for f in post.findings if f.evidence.part == index]
        decisive = [f.evidence.start for f in found if f.action is post.action]
        if decisive and focus is None:
            focus = len(text) + min(decisive)
        text += mask(part.text, (f.evidence for f in found), masked)
    return quote(text, focus or 0) if text else ""
