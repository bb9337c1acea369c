"""No advertisements, no recruiting: PLACEHOLDER

Reasoning:
    PLACEHOLDER
"""

from collections.abc import Iterator
from typing import Final

from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw, seen
from bot.detectors._signals import Combination, combine, read_signals
from bot.detectors._solicitation_calls import ASKS_ABOUT_IT, CALLS
from bot.detectors._solicitation_hiring import HIRING
from bot.detectors._solicitation_offers import OFFERS
from bot.detectors._solicitation_promotion import PROMOTION
from bot.detectors._solicitation_studies import STUDIES
from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.screened import ScreenedPart, ScreenedPost
from bot.text.patterns import Pattern, any_of

_RULE: Final = "solicitation"
_SIGNALS: Final = OFFERS | HIRING | STUDIES | PROMOTION | CALLS
_INVITE: Final = Kind("invite", 0.97, "an invitation to another server")
_OFFER: Final = "an offer of one's own services"
_HIRING: Final = "an attempt to hire or recruit members"
_STUDY: Final = "a call to take part in a survey, study or interview"
_CONTEST: Final = "a call to take part in a contest or giveaway"
_SHOWCASE: Final = "an advertisement for one's own profile or portfolio"
_PROMOTION: Final = "an advertisement"
_REFERRAL: Final = "a referral link or promotional code"
_TRADE: Final = "an offer to buy, sell or rent accounts"

_SEEKS: Final = ("seek-worker", "need-worker", "need-someone", "hiring")
_COMBINATIONS: Final = (
    Combination(Kind("offer", 0.90, _OFFER), "hire-me", ("call|price|my-page|ad-words",)),
    Combination(Kind("offer", 0.90, _OFFER), "available", ("call|price|my-page|ad-words",)),
    Combination(Kind("offer", 0.90, _OFFER), "opener", ("call",), ("hiring",)),
    Combination(Kind("offer", 0.90, _OFFER), "beg-work", ("call|introduction|ad-words",)),
    Combination(Kind("offer", 0.85, _OFFER), "seek-work", ("call|my-page|ad-words",)),
    Combination(Kind("offer", 0.85, _OFFER), "offer", ("call|my-page|ad-words",)),
    Combination(Kind("offer", 0.80, _OFFER), "introduction", ("call",), (*_SEEKS, "advice")),
    Combination(
        Kind("offer", 0.80, _OFFER), "introduction", ("ad-words", "years|price"), ("advice",)
    ),
    Combination(Kind("offer", 0.80, _OFFER), "offer", ("price",), ("advice",)),
    Combination(Kind("offer", 0.75, _OFFER), "gig"),
    Combination(Kind("offer", 0.75, _OFFER), "hire-me", (), ("advice",)),
    Combination(Kind("offer", 0.70, _OFFER), "available", (), ("advice",)),
    Combination(Kind("offer", 0.65, _OFFER), "beg-work", (), ("advice",)),
    Combination(Kind("offer", 0.55, _OFFER), "seek-work", (), ("advice",)),
    Combination(Kind("offer", 0.55, _OFFER), "opener", ("offer|introduction|price",), ("advice",)),
    Combination(Kind("hiring", 0.90, _HIRING), "hiring", ("call|price|project",)),
    Combination(Kind("hiring", 0.90, _HIRING), "seek-worker", ("call",)),
    Combination(Kind("hiring", 0.90, _HIRING), "need-worker", ("call", "price|project")),
    Combination(Kind("hiring", 0.85, _HIRING), "need-someone", ("price",), ("advice",)),
    Combination(Kind("hiring", 0.65, _HIRING), "need-someone", ("call",), ("advice",)),
    Combination(Kind("hiring", 0.80, _HIRING), "need-worker", ("call",)),
    Combination(Kind("hiring", 0.80, _HIRING), "seek-worker", ("price|project",), ("advice",)),
    Combination(Kind("hiring", 0.70, _HIRING), "seek-worker", (), ("advice",)),
    Combination(Kind("hiring", 0.60, _HIRING), "need-worker", ("price",), ("advice",)),
    Combination(Kind("hiring", 0.60, _HIRING), "hiring", (), ("advice",)),
    Combination(Kind("hiring", 0.40, _HIRING), "need-someone", (), ("advice",)),
    Combination(Kind("hiring", 0.35, _HIRING), "need-worker", (), ("advice",)),
    Combination(Kind("study", 0.90, _STUDY), "study", ("research", "reward|minutes|call|link")),
    Combination(Kind("study", 0.80, _STUDY), "study", (), ("advice",)),
    Combination(Kind("study", 0.80, _STUDY), "form-link", ("research",)),
    Combination(Kind("study", 0.70, _STUDY), "research", ("minutes", "reward"), ("advice",)),
    Combination(Kind("study", 0.40, _STUDY), "form-link"),
    Combination(Kind("contest", 0.80, _CONTEST), "contest", (), ("advice",)),
    Combination(Kind("account-trade", 0.90, _TRADE), "account-trade", ("call|price",)),
    Combination(Kind("account-trade", 0.75, _TRADE), "account-trade", (), ("advice",)),
    Combination(Kind("referral", 0.85, _REFERRAL), "referral", (), ("advice",)),
    Combination(Kind("promotion", 0.85, _PROMOTION), "earn", ("call|link|sale",)),
    Combination(Kind("promotion", 0.80, _PROMOTION), "trading", ("call",), ("advice",)),
    Combination(Kind("promotion", 0.80, _PROMOTION), "my-media", (), ("advice",)),
    Combination(Kind("promotion", 0.70, _PROMOTION), "sale", ("price", "call|link"), ("advice",)),
    Combination(Kind("promotion", 0.65, _PROMOTION), "built", ("call",), ("advice",)),
    Combination(Kind("promotion", 0.60, _PROMOTION), "sale", ("price",), ("advice",)),
    Combination(Kind("promotion", 0.40, _PROMOTION), "built", ("link",), ("advice",)),
    Combination(Kind("showcase", 0.80, _SHOWCASE), "my-page", (), ("advice",)),
    Combination(Kind("showcase", 0.40, _SHOWCASE), "my-page"),
)

_INVITE_LINK_RE: Final = Pattern(
    any_of(
        r"^(?:www\.)?discord(?:app)?\.com/invite/[\w-]{2,}",
        r"^(?:www\.|ptb\.|canary\.)?discord\.(?:gg|io|me|li)/[\w-]{2,}",
        r"^(?:www\.)?dsc\.gg/[\w-]{2,}",
        r"^(?:www\.)?invite\.gg/[\w-]{2,}",
        r"^(?:www\.)?discord\.com/servers/[\w-]{2,}",
        r"^(?:www\.)?disboard\.org/(?:\w{2}/)?server/",
        r"^(?:www\.)?top\.gg/servers?/",
        r"^(?:www\.)?guilded\.gg/(?:i/)?\w{2,}",
        r"^chat\.whatsapp\.com/\w{6,}",
        r"^(?:www\.)?t(?:elegram)?\.me/(?:\+|joinchat/)\w{6,}",
    )
)
_FORM_RE: Final = Pattern(
    r"^(?:forms\.gle/|docs\.google\.com/forms/|(?:\w+\.)?typeform\.com/to/|"
    r"(?:www\.)?surveymonkey\.com/r/|"
    r"forms\.office\.com/|(?:\w+\.)?qualtrics\.com/jfe/|tally\.so/r/|"
    r"(?:\w+\.)?jotform\.com/\d)"
)
"""Hosts of questionnaires."""
_DOT: Final = r"(?: ?[.,\x{b7}\x{2022}] ?| ?[\[({<] ?(?:dot|\.|d0t) ?[\])}>] ?| dot )"
_WRITTEN_INVITE_RE: Final = Pattern(
    any_of(
        rf"\bd ?i ?s ?c ?o ?r ?d{_DOT}g ?g ?[/\\|] ?(?P<code>[\w-]{{2,}})",
        rf"\bdiscord(?:app)?{_DOT}com ?/ ?invite ?/ ?[\w-]{{2,}}",
        rf"\bdsc{_DOT}gg ?/ ?[\w-]{{2,}}",
        rf"(?:^|[\s(])(?:\.|dot )gg ?/ ?[\w-]{{4,}}",
        r"\bdiscord ?(?:slash|invite code|invite|code) ?: ?[\w-]{6,}",
    )
)


def _find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    del memory  # what others posted changes nothing here
    reach = round(screened.number(_RULE, "reach"))
    for part in screened.parts:
        yield from _invites(part)
        yield from _advertisements(part, reach)


def _invites(part: ScreenedPart) -> Iterator[Evidence]:
    taken: list[tuple[int, int]] = []
    for link in part.links:
        if _INVITE_LINK_RE.search(f"{link.host}{link.path}"):
            taken.append((link.start, link.end))
            yield at_raw(_RULE, part, (link.start, link.end), _INVITE)
    for match in _WRITTEN_INVITE_RE.finditer(part.folded.text):
        evidence = seen(_RULE, part, part.folded, (match.start, match.end), _INVITE)
        if all(evidence.end <= start or end <= evidence.start for start, end in taken):
            yield evidence


def _advertisements(part: ScreenedPart, reach: int) -> Iterator[Evidence]:
    view = part.folded
    found = read_signals(view.text, _SIGNALS)
    links = tuple(span for link in part.links if (span := _in_view(part, link.start, link.end)))
    if links:
        found["link"] = links
    forms = tuple(
        span
        for link in part.links
        if _FORM_RE.search(f"{link.host}{link.path}")
        and (span := _in_view(part, link.start, link.end))
    )
    if forms:
        found["form-link"] = forms
    borrowed = ASKS_ABOUT_IT.search(view.text) is not None
    for span, kind in combine(found, _COMBINATIONS, reach):
        yield seen(_RULE, part, view, span, kind, borrowed=borrowed)


def _in_view(part: ScreenedPart, start: int, end: int) -> tuple[int, int] | None:
    from bisect import bisect_left

    low = bisect_left(part.folded.starts, start)
    high = bisect_left(part.folded.starts, end)
    return (low, high) if low < high else None


DETECTOR = Detector(
    rule=_RULE,
    find=_find,
    examples=Examples(
        breaches=("Join my server discord.gg/abc123",),
        permitted=("How do I write a good proposal?",),
    ),
    numbers=frozenset({"reach"}),
)
