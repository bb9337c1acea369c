"""Members' words in our messages: nothing in them acts, others' data and slurs are masked."""

import re
from collections.abc import Iterable
from typing import Final

from bot.model.case import CasePost
from bot.model.evidence import Evidence
from bot.model.unechoed import is_unechoed

MASKED_RULES = frozenset({"contact-info", "doxing", "private-communication", "confidential"})
"""Rules whose findings are data of people: masked for everybody, also for moderators."""

HARSH_RULES = frozenset({"vulgarity", "hate", "sexual", "threat", "harassment"})
"""Rules whose findings are harsh words: masked for members, behind a spoiler for moderators."""

LENGTH = 900
"""Code points of a quote, at most; chosen, so that the embed's 4,096 leave room for the rest."""

BRIEF = 100
"""The same of a quote that stands in one line, one of several; chosen, so that five of them leave
room for the rest in a preview."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Lone surrogates: no request that holds one can be sent."""

_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of what follows, also of our words in the same line."""

_WORD_END: Final = re.compile(r"(?<=[^\W_])[^\W_]")
"""Every letter and digit of a word but its first: so its author still knows which post it was."""


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


def quote(text: str, focus: int = 0, *, most: int = LENGTH) -> str:
    """Return a text as a code block: no markdown, mention or link in it acts, whatever it holds.

    Args:
        text: what is quoted.
        focus: the place in it that must be seen; of a long text the stretch round it is shown.
        most: how many code points of it are shown at most.
    """
    safe = _SURROGATE.sub("\ufffd", text).replace("`", "ˋ")
    return f"```\n{_around(safe, focus, most).strip()}\n```"


def in_line(text: str, focus: int = 0, *, most: int = BRIEF) -> str:
    """Return a text as code in one line: nothing in it acts; empty where there are no words.

    Args:
        text: what is quoted; line breaks become spaces.
        focus: as for :func:`quote`.
        most: as for :func:`quote`.
    """
    safe = _TURNING.sub(" ", _SURROGATE.sub("\ufffd", text)).replace("`", "ˋ")
    words = " ".join(_around(safe, focus, most).split())
    return f"`{words}`" if words else ""


def _around(text: str, focus: int, most: int) -> str:
    if len(text) <= most:
        return text
    room = most - 2
    start = max(0, min(focus - room // 3, len(text) - room))
    end = start + room
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def for_member(post: CasePost, rule: str | None = None) -> str:
    """Return a member's own words as the notice quotes them; empty once they are erased.

    Args:
        post: what they wrote.
        rule: the rule a moderator applied. What of it nobody found in the text is masked as a
            whole, for nobody can tell where in it the data or the harsh words stand.
    """
    text, focus = _masked(post, MASKED_RULES | HARSH_RULES, rule, borrowed=False)
    return quote(text, focus) if text else ""


def brief_for_member(post: CasePost, rule: str | None = None) -> str:
    """Return the same in one line, where it is one post of several."""
    return in_line(*_masked(post, MASKED_RULES | HARSH_RULES, rule, borrowed=False))


def for_moderators(post: CasePost, rule: str | None = None) -> str:
    """Return a post's words as the moderators' log quotes them, behind a spoiler if harsh.

    Where the author wrote nothing of their own, what they forwarded or linked to.

    Args:
        post: what they wrote.
        rule: the rule a moderator applied, as for :func:`for_member`.
    """
    text, focus = _for_moderators(post, rule)
    return _behind_a_spoiler(quote(text, focus), post, rule) if text else ""


def brief_for_moderators(post: CasePost, rule: str | None = None) -> str:
    """Return the same in one line, where it is one post of several."""
    brief = in_line(*_for_moderators(post, rule))
    return _behind_a_spoiler(brief, post, rule) if brief else ""


def _for_moderators(post: CasePost, rule: str | None) -> tuple[str, int]:
    own = _masked(post, MASKED_RULES, rule, borrowed=False)
    return own if own[0] else _masked(post, MASKED_RULES, rule, borrowed=True)


def _behind_a_spoiler(quoted: str, post: CasePost, rule: str | None) -> str:
    """Return a quote, behind a spoiler where its words are harsh."""
    harsh = rule in HARSH_RULES or any(
        finding.evidence.rule in HARSH_RULES for finding in post.findings
    )
    # Discord ends a spoiler at the next two bars, even inside a code block.
    return f"||{quoted.replace('|', '∣')}||" if harsh else quoted


def _masked(
    post: CasePost, masked: frozenset[str], rule: str | None, *, borrowed: bool
) -> tuple[str, int]:
    """Return what may be shown of a post's words, and the place in it that must be seen."""
    found_rules = {finding.evidence.rule for finding in post.findings}
    if is_unechoed(post, rule):
        return "", 0
    wholly = rule in masked and rule not in found_rules
    text, focus = "", None
    for index, part in enumerate(post.parts):
        if part.surface.borrowed is not borrowed or not part.text.strip():
            continue
        text = f"{text}\n" if text else text
        found = [f for f in post.findings if f.evidence.part == index]
        decisive = [f.evidence.start for f in found if f.action is post.action]
        if decisive and focus is None:
            focus = len(text) + min(decisive)
        shown = mask(part.text, (f.evidence for f in found), masked)
        text += _WORD_END.sub("*", shown) if wholly else shown
    return text, focus or 0
