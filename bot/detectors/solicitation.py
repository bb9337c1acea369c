"""No advertisements and no recruiting: offers, job posts, studies, contests, invitations elsewhere.

Reasoning:
    Members come to talk about their work; where everybody may advertise, nobody reads. Work is
    offered and found where both sides are protected, and a link to another server leads members
    where these guidelines do not reach.

Catches:
    Invitations by the host of their link, also broken up. Offers of own services and calls for
    work; job posts; calls to surveys, interviews and studies; contests and giveaways; own channels,
    pages and products; referral codes; traded accounts; easy money. Most phrases of these also
    stand in ordinary talk: what counts is several of them close together, an offer with a price or
    a call to write, say. The kind tells showcase, offer, hiring, study, contest, promotion,
    referral, account-trade and invite apart, so that a group may permit one of them.

Permits:
    Questions and advice about winning work, tales about clients, introductions, news, peers asking
    for help. Who shows an advertisement to ask whether it can be trusted borrows its words: that
    is at most asked about, as is an invitation that is reported, asked about or in quotation
    marks. An advertisement in quotation marks that the rest of the post tells of is a note.

Known gaps:
    Advertisements in pictures or behind shortened links. An invitation to this very server, and
    invitations the admins approve of. Digits in place of letters ("h1re me"). Short calls that name
    neither a trade nor a service ("anyone into making money?"). Languages other than English.

Source:
    Measured on 2026-11-22 with the shipped numbers. Invitations: none was found in 206,441 posts of
    others (those named in contact_info.py, and chat of #ubuntu, a software forum and code review),
    so at most 1.9 in 100,000 are wrong (Wilson, 95 %); no public text labels invitations, so their
    recall is taken as no better than 0.5, which gives 0.996 at a prevalence of 1 % (0.98 at a
    recall of 0.1). Given as 0.97, because those texts hardly speak of Discord.
    Combinations: worth a question were, of texts that building never looked at, 164 of 259 job
    posts (Hacker News, 2013), 69 of 116 titles of services, 158 of 399 for-sale posts (Usenet,
    1993); and of 840 spam comments (YouTube) that it did look at, 278. Of 49,043 posts of others
    (Quora, Firefox and wine, complaints, Broad Twitter, Stack Exchange, stance tweets, code
    review) 26 were, 4 of them wrongly; reading the same posts before had led to seven changes, so
    the true rate may be higher. Repeated on the same day after phrases were added and talk of
    newcomers was spared: the same counts, and two wrong findings in the 206,441, both mended.
    Those texts are no freelancers' talk, where words of work are
    commonplace: so no combination is given more than 0.90, and within that the order was chosen,
    not measured.
    Phrases and word lists: see _solicitation_words.py and config/lexicons/solicitation.toml.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from bot.detectors._borrowing import is_reported, is_shown, quotations, within
from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw, seen
from bot.detectors._signals import Combination, Span, combine, read_signals
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
_MOST: Final = 32
"""Invitations of one text that are told, at most: more would change nothing; bounds the cost."""
_SIGNALS: Final = OFFERS | HIRING | STUDIES | PROMOTION | CALLS
_INVITE: Final = Kind("invite", 0.97, "an invitation to another server")
_WORKSPACE: Final = Kind("invite", 0.90, "an invitation to a group elsewhere")
_OFFER: Final = "an offer of one's own services"
_HIRING: Final = "an attempt to hire or recruit members"
_STUDY: Final = "a call to take part in a survey, study or interview"
_CONTEST: Final = "a call to take part in a contest or giveaway"
_SHOWCASE: Final = "an advertisement for one's own profile or portfolio"
_PROMOTION: Final = "an advertisement"
_REFERRAL: Final = "a referral link or promotional code"
_TRADE: Final = "an offer to buy, sell or rent accounts"

_SHOWN: Final = 0.40
"""What an advertisement in quotation marks is worth where the rest tells whose it is; chosen."""

_SEEKS: Final = ("seek-worker", "need-worker", "need-someone", "hiring")
"""Signals that say that members are sought, not that the author offers."""
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
    Combination(Kind("offer", 0.75, _OFFER), "tenure", ("call",), (*_SEEKS, "advice")),
    Combination(Kind("offer", 0.75, _OFFER), "hire-me", (), ("advice",)),
    Combination(Kind("offer", 0.70, _OFFER), "available", (), ("advice",)),
    Combination(Kind("offer", 0.65, _OFFER), "beg-work", (), ("advice",)),
    Combination(Kind("offer", 0.55, _OFFER), "seek-work", (), ("advice", "newcomer")),
    Combination(
        Kind("offer", 0.55, _OFFER), "opener", ("offer|introduction|price|ad-words",), ("advice",)
    ),
    Combination(Kind("hiring", 0.90, _HIRING), "hiring", ("call|price|project",)),
    Combination(Kind("hiring", 0.90, _HIRING), "seek-worker", ("call",)),
    Combination(Kind("hiring", 0.90, _HIRING), "need-worker", ("call", "price|project")),
    Combination(Kind("hiring", 0.85, _HIRING), "need-someone", ("price",), ("advice",)),
    Combination(Kind("hiring", 0.80, _HIRING), "need-worker", ("call",)),
    Combination(Kind("hiring", 0.80, _HIRING), "seek-worker", ("price|project",), ("advice",)),
    Combination(Kind("hiring", 0.70, _HIRING), "seek-worker", (), ("advice",)),
    Combination(Kind("hiring", 0.65, _HIRING), "need-someone", ("call",), ("advice",)),
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
    Combination(Kind("contest", 0.60, _CONTEST), "contest-word", ("prize",), ("advice",)),
    Combination(Kind("account-trade", 0.90, _TRADE), "account-trade", ("call|price",)),
    Combination(Kind("account-trade", 0.75, _TRADE), "account-trade", (), ("advice",)),
    Combination(Kind("referral", 0.85, _REFERRAL), "referral", (), ("advice",)),
    Combination(Kind("promotion", 0.85, _PROMOTION), "earn", ("call|link|sale",)),
    Combination(Kind("promotion", 0.80, _PROMOTION), "trading", ("call",), ("advice",)),
    Combination(Kind("promotion", 0.80, _PROMOTION), "my-media", (), ("advice",)),
    Combination(
        Kind("promotion", 0.75, _PROMOTION), "call", ("price", "work-word"), (*_SEEKS, "advice")
    ),
    Combination(Kind("promotion", 0.70, _PROMOTION), "built", ("ad-words|sale",), ("advice",)),
    Combination(Kind("promotion", 0.70, _PROMOTION), "sale", ("price", "call|link"), ("advice",)),
    Combination(Kind("promotion", 0.65, _PROMOTION), "built", ("call",), ("advice",)),
    Combination(Kind("promotion", 0.60, _PROMOTION), "sale", ("price",), ("advice",)),
    Combination(Kind("promotion", 0.45, _PROMOTION), "price-ad", ("work-word",), ("advice",)),
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
_WORKSPACE_RE: Final = Pattern(r"^join\.slack\.com/t/[\w-]+/shared_invite/")
"""Groups that are joined as often for one's own work as for a crowd; chosen, not measured."""
_FORM_RE: Final = Pattern(
    r"^(?:forms\.gle/|docs\.google\.com/forms/|(?:\w+\.)?typeform\.com/to/|"
    r"(?:www\.)?surveymonkey\.com/r/|"
    r"forms\.office\.com/|(?:\w+\.)?qualtrics\.com/jfe/|tally\.so/r/|"
    r"(?:\w+\.)?jotform\.com/\d)"
)
"""Hosts of questionnaires."""
_DOT: Final = r"(?: ?[.,\x{b7}\x{2022}] ?| ?[\[({<] ?(?:dot|\.|d0t) ?[\])}>] ?| dot )"
_SLASH: Final = r" ?(?:[/\\|]|slash) ?"
_CODE: Final = r"(?:[\w-]{2,}|[\w-](?: [\w-]){2,})"
"""Of an invitation; also letter by letter."""
_DISCORD: Final = "d ?i ?s ?c ?o ?r ?d"
_WRITTEN_INVITE_RE: Final = Pattern(
    any_of(
        rf"\b{_DISCORD}{_DOT}g ?g{_SLASH}{_CODE}",
        rf"\b{_DISCORD}(?:app)?{_DOT}c ?o ?m{_SLASH}i ?n ?v ?i ?t ?e{_SLASH}{_CODE}",
        rf"\bdsc{_DOT}gg{_SLASH}{_CODE}",
        r"(?:^|[\s(])(?:\.|dot )gg ?/ ?[\w-]{4,}",
        r"\bdiscord ?(?:slash|invite code|invite|code) ?: ?[\w-]{6,}",
    )
)


def _find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    del memory  # what others posted changes nothing here
    reach = round(screened.number(_RULE, "reach"))
    for part in screened.parts:
        yield from islice(_invites(part), _MOST)
        yield from _advertisements(part, reach)


def _invites(part: ScreenedPart) -> Iterator[Evidence]:
    quoted = quotations(part.raw)
    taken: list[tuple[int, int]] = []
    for link in part.links:
        url = f"{link.host}{link.path}".replace("\\", "/")  # as browsers read it
        is_invite = _INVITE_LINK_RE.search(url) is not None
        if is_invite or _WORKSPACE_RE.search(url):
            span = (link.start, link.end)
            taken.append(span)
            kind = _INVITE if is_invite else _WORKSPACE
            yield at_raw(_RULE, part, span, kind, borrowed=_is_borrowed(part, span, quoted))
    for match in _WRITTEN_INVITE_RE.finditer(part.folded.text):
        span = part.folded.span(match.start, match.end)
        borrowed = _is_borrowed(part, span, quoted)
        evidence = at_raw(_RULE, part, span, _INVITE, borrowed=borrowed)
        if all(evidence.end <= start or end <= evidence.start for start, end in taken):
            yield evidence


def _is_borrowed(part: ScreenedPart, span: Span, quoted: tuple[Span, ...]) -> bool:
    return within(span, quoted) or is_reported(part.raw, *span)


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
    quoted = quotations(view.text)
    shown = bool(quoted) and is_shown(view.text, quoted)
    for span, kind in combine(found, _COMBINATIONS, reach):
        if shown and within(span, quoted):
            noted = replace(kind, confidence=min(kind.confidence, _SHOWN))
            yield seen(_RULE, part, view, span, noted, borrowed=True)
        else:
            yield seen(_RULE, part, view, span, kind, borrowed=borrowed)


def _in_view(part: ScreenedPart, start: int, end: int) -> Span | None:
    # Where a raw span stands in the folded copy; None where nothing of it is there.
    low = bisect_left(part.folded.starts, start)
    high = bisect_left(part.folded.starts, end)
    return (low, high) if low < high else None


DETECTOR = Detector(
    rule=_RULE,
    find=_find,
    examples=Examples(
        breaches=(
            "Join my server discord.gg/abc123",
            "discord dot gg/webdevs is where everyone is",
            "Hi all, I'm a web developer available for hire. DM me!",
            "Need a logo? DM me, cheap rates and fast delivery",
            "Looking for a designer for my project, DM me, paid",
            "$20 gift card for a 30 minute interview! We are looking for freelancers to interview",
            "Check out my gig on Fiverr",
            "Selling verified Upwork accounts, DM me",
        ),
        permitted=(
            "How do I write a good proposal?",
            "My client wants to hire me for another project",
            "I was invited to an interview by a client today",
            "Hiring managers usually skip long cover letters",
            "Is it OK to ask for a deposit before starting?",
            "Hi everyone, I'm a web developer from Kenya, happy to be here",
            "discord.gg links are not allowed here, right?",
        ),
    ),
    numbers=frozenset({"reach"}),
    kinds=frozenset({_INVITE.name, *(one.kind.name for one in _COMBINATIONS)}),
)
