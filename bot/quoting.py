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


def quote(text: str) -> str:
    """Return a text as a code block: no markdown, mention or link in it acts, whatever it holds."""
    safe = _SURROGATE.sub("\ufffd", text).replace("`", "ˋ").strip()
    if len(safe) > LENGTH:
        safe = safe[: LENGTH - 1] + "…"
    return f"```\n{safe}\n```"


def for_member(post: CasePost) -> str:
    """Return a member's own words as the notice quotes them; empty once they are erased."""
    return _quoted(post, MASKED_RULES | HARSH_RULES)


def for_moderators(post: CasePost) -> str:
    """Return a post's words as the moderators' log quotes them, behind a spoiler if harsh."""
    quoted = _quoted(post, MASKED_RULES)
    harsh = any(finding.evidence.rule in HARSH_RULES for finding in post.findings)
    if not (harsh and quoted):
        return quoted
    # Discord ends a spoiler at the next two bars, even inside a code block.
    return f"||{quoted.replace('|', '∣')}||"


def _quoted(post: CasePost, masked: frozenset[str]) -> str:
    if any(finding.evidence.rule in UNECHOED_RULES for finding in post.findings):
        return ""
    lines = []
    for index, part in enumerate(post.parts):
        if part.surface.borrowed:
            continue
        evidence = [f.evidence for f in post.findings if f.evidence.part == index]
        text = mask(part.text, evidence, masked).strip()
        if text:
            lines.append(text)
    return quote("\n".join(lines)) if lines else ""
