"""Postal addresses in a text: a house number with a street, or a post office box.

First form: addresses as written in English-speaking countries and in the commonest continental
order. Where a street is only mentioned ("on Wall Street") there is no house number and no finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.text.patterns import Match, Pattern, any_of, any_word
from bot.text.widths import narrow


class AddressForm(StrEnum):
    """How much of an address is given."""

    FULL = "full"
    """House number and street with a town, state or postcode after it, or a post office box."""
    STREET = "street"
    """House number and street alone."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address and its half-open span in the text that was read."""

    start: int
    end: int
    form: AddressForm


_KIND: Final = any_word(
    # Kinds of streets, in full and as post offices abbreviate them (the commonest of USPS
    # Publication 28, appendix C1).
    r"street str st avenue ave av road rd lane ln drive dr boulevard blvd court ct place pl "
    r"square sq terrace ter highway hwy parkway pkwy circle cir crescent cres close trail trl "
    r"alley row mews gardens gdns grove way plaza expressway turnpike pike walk hill"
)
_VAGUE_RE: Final = Pattern(
    r"way|walk|hill|row|close|place|pl|circle|trail|plaza|pike|st|square|"
    r"court|drive|trl|ter|av"
)
"""Kinds of streets that are ordinary words or titles too: believed with a town or postcode only."""
_STATE: Final = (
    r"(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|"
    r"N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|"
    r"NSW|VIC|QLD|TAS|ACT|ON|QC|BC|AB|MB|SK|NS|NB)"
)
_NUMBERED_RE: Final = Pattern(
    r"\b(?P<number>\d{1,5}[A-Za-z]?(?:\s?[-/]\s?\d{1,5}[A-Za-z]?)?)",  # 12, 12-14, 3/45
    r",?\s",
    r"(?P<name>(?:[NSEW]\.?\s|(?:North|South|East|West|Old|New|Upper|Lower|"
    r"Saint|St\.?|Mount|Mt\.?)\s)?",
    any_of(
        r"(?:[A-Z][A-Za-z'\x{2019}.\x{c0}-\x{24f}-]{1,24}\s){1,3}",  # capital names
        r"\d{1,3}(?:st|nd|rd|th)\s",  # 5th
    ),
    r")",
    rf"(?P<kind>(?i:{_KIND}))\b\.?",
    r"(?P<rest>(?:,?\s{1,2}(?i:apt|apartment|suite|ste|unit|flat|floor|fl|"
    r"room|rm|bldg|building|#)\.?\s?#?\s?[\w-]{1,6})?",
    r"(?:,?\s{1,2}[A-Z][A-Za-z.'-]{1,20}(?:\s[A-Z][A-Za-z.'-]{1,20}){0,2})?",  # town
    rf"(?P<state>,?\s{{1,2}}{_STATE}\b)?",
    r"(?P<code>,?\s{1,2}(?:\d{5}(?:-\d{4})?|\d{4}|"
    r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)\b)?",
    r")",
    ignore_case=False,
)
_CONTINENTAL_RE: Final = Pattern(
    r"\b(?P<street>[A-Z\x{c0}-\x{de}][a-z\x{df}-\x{ff}]{2,24}(?:stra(?:\x{df}"
    r"|ss)e|str\.|weg|platz|gasse|allee|laan|straat|gatan|gata|vej|gade)",
    r"\s\d{1,4}[a-z]?)",
    r"(?P<code>,?\s{1,2}(?:[A-Z]{1,2}-)?\d{4,5}\s[A-Z][\w\x{c0}-\x{ff}-]{2,20})?",
    ignore_case=False,
)
_ROMANCE_RE: Final = Pattern(
    any_of(
        r"\b\d{1,4}(?:\s?bis)?,?\s(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|"
        r"[Ii]mpasse|[Aa]ll\x{e9}e)\s",
        r"\b(?:Calle|Avenida|Carrera|Viale|Piazza|Rua|Rue|Strada|[Uu]l\.|"
        r"Jalan|Jl\.|Jln\.?)\s",
    ),
    r"(?:(?:de|du|des|da|do|dos|della|del|la|le|las|los|van)\s(?:la\s)?)?",
    r"[A-Z\x{c0}-\x{de}][\w\x{c0}-\x{24f}'.-]{2,24}(?:\s[A-Z\x{c0}-\x{de}][\w"
    r"\x{c0}-\x{24f}'.-]{1,24}){0,2}",
    r"(?P<number>,?\s{1,2}(?:n\x{ba}\s?|no\.?\s?|#\s?)?\d{1,5}\b)?",
    r"(?P<code>,?\s{1,2}\d{2}-?\d{3}\b\s?[A-Z][\w\x{c0}-\x{24f}-]{2,20})?",
    ignore_case=False,
)
_SOUTH_ASIAN_RE: Final = Pattern(
    r"\b(?:house|flat|plot|apartment|h)\s?(?:no\.?|number|"
    r"#)?\s?[:#]?\s?[a-z]?-?\d{1,4}[a-z]?,?\s{1,2}",
    r"(?:[\w'.-]{1,20},?\s){0,3}(?:street|road|st|rd|sector|block|phase|"
    r"lane|colony|nagar|gali)\b(?:\s?(?:no\.?\s?)?[a-z]?-?\d{1,4})?",
)
_BOX_RE: Final = Pattern(r"\bp\.?\s?o\.?\s?box\s?#?\d{2,6}\b")
_TAIL_RE: Final = Pattern(
    r"^\.?,?\s{1,2}(?:[A-Z][A-Za-z.'-]{1,20}(?:\s[A-Z][A-Za-z.'-]{1,20}){0,2},?\s{1,2})?",
    any_of(rf"{_STATE}[\s,]{{1,2}}\d{{5}}\b", r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b", r"\d{5}\b"),
    ignore_case=False,
)
_HOME_RE: Final = Pattern(
    r"\b(?:address(?: is)?|liv(?:e|es|ing) (?:at|in|on)|located at|"
    r"office (?:is )?(?:at|in)|"
    r"visit (?:me|us)(?: at)?|come to|send (?:it|them|mail|a letter|"
    r"packages?) to|mail (?:it )?to|home|reside[sd]? (?:at|on)|"
    r"move[ds]? (?:in)?to|deliver(?:ed)? to|ship(?:ped)? to|find (?:me|him|"
    r"her|them|us) at)\b[^\n]{0,24}$"
)


def find_addresses(text: str, reach: int) -> Iterator[PostalAddress]:
    """Yield postal addresses, from left to right for each form.

    Args:
        text: without lone surrogates.
        reach: code points before an address in which words such as "I live at" speak of it.
    """
    text = narrow(text)
    if not any(char.isdigit() for char in text):
        return
    for match in _NUMBERED_RE.finditer(text):
        form = _form(text, match, reach)
        is_vague = form is AddressForm.STREET and _VAGUE_RE.matches(match.group("kind") or "")
        if not is_vague and not _is_year(text, match):
            yield PostalAddress(match.start, match.end, form)
    for match in _CONTINENTAL_RE.finditer(text):
        full = match.group("code") is not None or _is_home(text, match.start, reach)
        yield PostalAddress(
            match.start, match.end, AddressForm.FULL if full else AddressForm.STREET
        )
    for match in _ROMANCE_RE.finditer(text):
        if match.text[0].isdigit() or match.group("number") is not None:
            full = match.group("code") is not None or _is_home(text, match.start, reach)
            form = AddressForm.FULL if full else AddressForm.STREET
            yield PostalAddress(match.start, match.end, form)
    for match in _SOUTH_ASIAN_RE.finditer(text):
        yield PostalAddress(match.start, match.end, AddressForm.FULL)
    for match in _BOX_RE.finditer(text):
        yield PostalAddress(match.start, match.end, AddressForm.FULL)


def _form(text: str, match: Match, reach: int) -> AddressForm:
    complete = (
        match.group("state") is not None
        or match.group("code") is not None
        or _TAIL_RE.search(text[match.end : match.end + 60]) is not None
        or _is_home(text, match.start, reach)
    )
    return AddressForm.FULL if complete else AddressForm.STREET


def _is_year(text: str, match: Match) -> bool:
    number = match.group("number") or ""
    before = text[max(0, match.start - 8) : match.start].lower().split()
    is_dated = bool(before) and before[-1] in (
        "in",
        "of",
        "since",
        "by",
        "until",
        "the",
        "late",
        "early",
    )
    return len(number) == 4 and number[:2] in ("19", "20") and is_dated


def _is_home(text: str, start: int, reach: int) -> bool:
    return _HOME_RE.search(text[max(0, start - reach) : start]) is not None
