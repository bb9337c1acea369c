"""Words that are not the author's own although they stand in the author's sentence.

Quotation marks, and talk that reports something or asks about it. Written from how members show
moderators what they were sent; chosen, not measured.
"""

from collections.abc import Sequence
from typing import Final

from bot.text.patterns import Pattern, any_of

_QUOTATION_RE: Final = Pattern(
    any_of(
        r"\"[^\"\n]{1,400}\"",
        r"\x{201c}[^\x{201d}\n]{1,400}\x{201d}",
        r"\x{201e}[^\x{201c}\x{201d}\n]{1,400}[\x{201c}\x{201d}]",
        r"\x{ab}[^\x{bb}\n]{1,400}\x{bb}",
        r"\x{2018}[^\n\x{2018}]{1,400}\x{2019}(?:[\s.,;:!?)\x{2014}]|$)",
        r"(?:^|[\s(:])'[^'\n]{3,400}'(?:[\s.,;:!?)\x{2014}]|$)",
    )
)
_REPORTED_RE: Final = Pattern(
    any_of(
        # Moderators are asked to act, or somebody has acted.
        r"\b(?:mods?|moderators?|admins?|please|pls|plz|can (?:you|someone|we|"
        r"anyone)|could (?:you|someone|we))\b[^.!?\n]{0,40}\b(?:remove|delete|ban|block|"
        r"take down|deal with)\b",
        r"\breport(?:ed|ing)?\b|\b(?:removed|deleted|banned|blocked|flagged|muted|kicked)\b",
        r"\b(?:remove|delete|ban|block|flag|avoid|ignore|don't (?:join|click|open|trust))"
        r"\b(?: \w+){0,4} ?$",
        # Somebody else posts it.
        r"\b(?:keeps?|kept|keep on|is|are|was|were) (?:posting|spamming|sending|sharing|"
        r"dm'?ing|advertising)\b",
        r"\b(?:spammers?|spam ?bots?|scammers?)(?: \w+)? (?:posts?|posted|sends?|sent|with|"
        r"again|is|are|keeps?|link|in|on)\b",
        r"\b(?:got|received|getting) (?:this|that|these|an?|the same|"
        r"some) (?:\w+ ){0,3}(?:dms?|pms?|messages?|links?|invites?|invitations?|texts?|"
        r"e-?mails?|ads?)\b",
        r"\b(?:got|received|found|saw) (?:this|that|these)\b",
        r"\b(?:he|she|they|someone|somebody|some guy|a (?:guy|stranger|bot|client|user|"
        r"member|recruiter)|(?:the|my|one) client|clients|strangers|bots) (?:\w+ ){0,2}(?:sent|"
        r"sends?|posted|posts|shared|dm'?e?d|wrote|says?|said|told|asked|asks|"
        r"invited|invites|pasted|linked)\b",
        # Whether it can be trusted.
        r"\b(?:scam|legit|spam|safe|phishing|fake|allowed|official|real|trustworthy|"
        r"suspicious)(?: \w+){0,3} ?\?",
        r"\b(?:is|are|was|isn't) (?:it|this|that|these|they)(?: \w+){0,3} (?:a )?(?:scam|"
        r"legit|spam|safe|fake|phishing|allowed|suspicious)\b",
        r"\b(?:looks?|seems?|smells?) (?:like )?(?:a )?(?:scam|spam|fake|phishing|fishy|"
        r"suspicious|dodgy|shady)\b|\b(?:beware|watch out|be careful|stay away)\b",
    )
)
_REACH: Final = 120
"""Code points round a link in which such talk still speaks of it; chosen."""

_TELLS_RE: Final = Pattern(
    # What stands outside the quotation marks where somebody shows or mocks an advertisement.
    r"\b(?:wrote|writes?|said|says|saying|posted|posts?|sent|got|received|read|"
    r"reads|asked|message|dms?|ads?|proposals?|clients?|recruiters?|they|he|she|someone|"
    r"people|scam\w*|spam\w*|this is (?:how|what|why)|how not to|don't|never|cringe|"
    r"example|like|worst|lol|lmao|title|subject|job post|template)\b"
)


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans between quotation marks, marks included, from left to right."""
    return tuple((match.start, match.end) for match in _QUOTATION_RE.finditer(text))


def is_reported(text: str, start: int, end: int) -> bool:
    """Whether words round a half-open span report it, or ask whether it can be trusted."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _REPORTED_RE.search(before) is not None or _REPORTED_RE.search(after) is not None


def within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span lies inside one of several."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def is_shown(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands outside the quotation marks tells that their words are another's."""
    outside: list[str] = []
    position = 0
    for start, end in spans:
        outside.append(text[position:start])
        position = end
    outside.append(text[position:])
    return _TELLS_RE.search(" ".join(outside)) is not None
