"""Telephone numbers in a text, by the numbering plans of the ``phonenumbers`` library.

That library is slow on long texts (57 to 72 ms on 4,000 characters, measured 2026-11) and takes
0.2 s to import; so it is imported only when a run of seven digits is met, and it sees single runs
of digits, a few of each text. Dates, addresses of machines, prices, versions, identifiers and long
runs of digits are set aside before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from bot.text.made_up import is_fiction, is_fictional
from bot.text.patterns import Match, Pattern, any_of
from bot.text.phone_words import (
    COMPANY_LINE_RE,
    ID_BEFORE_RE,
    LINE_REACH,
    NOT_CALL_RE,
    PUBLIC_LINE_RE,
    SPEAKS_AFTER_RE,
    SPEAKS_BEFORE_RE,
)
from bot.text.spelled_digits import has_spelled_digits, spelled_digits
from bot.text.widths import narrow

if TYPE_CHECKING:
    import phonenumbers


class PhoneForm(StrEnum):
    """How a number is written."""

    INTERNATIONAL = "international"
    """With its country code, and valid there."""
    INTRODUCED = "introduced"
    """Beside a word such as "call" or "my number", and valid in one of the regions."""
    NATIONAL = "national"
    """Alone, grouped as its country groups numbers, and valid there."""
    SPELLED = "spelled"
    """With digits as words or letters, and valid in one of the regions."""
    LOCAL = "local"
    """Beside such a word, but valid in none of the regions: no area code, or another country."""
    TOLL_FREE = "toll-free"
    """A help line or another number that everybody may call without paying."""
    PUBLIC = "public"
    """Such a line beside words that say whose: a crisis line, an authority, a hotline."""
    FICTIONAL = "fictional"
    """Of a range kept for fiction, or beside words that call it made up; nobody is told to call."""
    EXAMPLE = "example"
    """Of such a range, and called made up."""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number and its half-open span in the text that was read."""

    start: int
    end: int
    form: PhoneForm


GROUPED_REGIONS: Final = ("US", "GB", "IN")
"""Plans tried on a number that stands alone; strict grouping keeps other figures out."""
INTRODUCED_REGIONS: Final = ("US", "GB", "IN", "PH", "PK", "BD", "UA", "NG", "KE", "AU", "DE")
"""Plans tried where words say that it is a telephone number; chosen by where freelancers live."""

_RUNS_PER_WINDOW: Final = 4
"""Runs of digits whose surroundings are read for each one given to the library; chosen by cost."""

_GAP: Final = r"[ \t().\-/_\x{2010}-\x{2015}\x{2022}\x{fe0f}\x{20e3}\x{a0}]{0,3}"
_KEYCAP: Final = {0xFE0F: None, 0x20E3: None}
_BROKEN_RE: Final = re.compile(
    # A line break inside a number: between digits set apart, or before the last four.
    r"(?<=[ .\-]\d[ .\-]\d)\n(?=\d(?:[ .\-]\d)+\b)|(?<=\d{3}[ \-]\d{3})\n(?=\d{4}\b)"
)
_LETTERED_RE: Final = re.compile(r"\b(?:[OoIl]{0,3}\d){2,12}[OoIl]{0,3}\b")
"""Figures with letters in place of some digits."""
_LETTER_DIGITS: Final = str.maketrans("OoIl", "0011")
_RUN_RE: Final = Pattern(r"[+(]{0,2}\d", rf"(?:{_GAP}\d){{6,18}}")
_LOCAL_RE: Final = Pattern(
    r"\(?\d{2,5}\)?(?:[-./ ]{1,3}\d{2,8}){1,4}|[1-9]\d{6,10}|0\d{7,10}"  # no group of one digit
)
_EXTENSION_RE: Final = Pattern(r"^\s?(?:x|ext\.?)\s?\d")
_PREFIX_RE: Final = Pattern(r"^\+|^\(\+|^00\s?[1-9]|^011\s?[1-9]")
_NOT_PHONE_RE: Final = Pattern(
    any_of(
        r"\d{1,3}(?:\.\d{1,3}){3,}(?:[:/]\d+)?",  # addresses of machines, long versions
        r"\b(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|"
        r"3[01])(?:\D{0,3}\d{1,2}:\d\d)?\S*",
        r"\b(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:19|20)?\d\d\b",
        r"\b(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d\b",  # years from and to
        r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b(?:\s?[-/]\s?\d{1,2}[:.]\d\d\b)?",  # times
        r"[$€£₹¥]\s?\d[\d,. ]*",  # prices
        r"\b\d[\d,. ]*\s?(?:usd|eur|gbp|inr|dollars?|euros?|bucks|rupees|views|"
        r"users|bytes|kb|mb|gb|ms|km|"
        r"px|rows|lines|people|jobs|connects|hours|hrs|percent)\b",
        r"\b\d[\d ]*(?:%|°)",
        r"\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b",  # grouped thousands
        r"\b\d+\.\d{3,}\b",  # decimals
        r"\b\d{3}-\d{2}-\d{4}\b",  # national insurance numbers: another matter
        r"\b(?:\d{4}[ -]){3}\d{4}\b",  # payment cards: another matter
        r"\b\d{16,}\b",  # snowflakes and the like
        r"\b97[89][- ]?\d{1,5}[- ]\d{1,7}[- ]\d{1,7}[- ][\dx]\b",  # ISBN
        r"\b1[5-9]\d{8}\b|\b1[5-9]\d{11}\b",  # seconds or milliseconds since 1970
        r"\b21474836\d\d\b|\b42949672\d\d\b",  # the ends of 32-bit numbers
    )
)


def find_phones(text: str, windows: int, reach: int) -> Iterator[PhoneNumber]:
    """Yield the telephone numbers in a text; spans never overlap.

    Args:
        text: without lone surrogates.
        windows: how many runs of digits are looked at, at most; introduced ones come first.
        reach: code points round a number in which a word such as "call" still speaks of it.
    """
    text = _BROKEN_RE.sub(" ", narrow(text))
    taken: list[tuple[int, int]] = []
    for found in _candidates(text, windows, reach):
        if all(found.end <= start or end <= found.start for start, end in taken):
            taken.append((found.start, found.end))
            yield found


def _candidates(text: str, windows: int, reach: int) -> Iterator[PhoneNumber]:
    if _RUN_RE.search(text) is not None:
        yield from _written(text, windows, reach)
    if has_spelled_digits(text):
        yield from _spelled(text, windows, reach)
    lettered = _LETTERED_RE.sub(lambda found: found[0].translate(_LETTER_DIGITS), text)
    if lettered != text:
        for found in _written(lettered, windows, reach):
            if found.form in (PhoneForm.INTRODUCED, PhoneForm.INTERNATIONAL):
                yield PhoneNumber(found.start, found.end, PhoneForm.SPELLED)


def _written(text: str, windows: int, reach: int) -> Iterator[PhoneNumber]:
    alone = (match for match in _RUN_RE.finditer(_mask(text)) if _stands_alone(text, match))
    runs = [
        (_introduced(text, match.start, match.end, reach), match)
        for match in islice(alone, windows * _RUNS_PER_WINDOW)
    ]
    runs.sort(key=lambda run: not run[0])  # stable: introduced ones first, then by place
    for introduced, match in runs[:windows]:
        run = match.text.strip().translate(_KEYCAP)
        form = _judge(run, introduced=introduced)
        if form is not None:
            form = _told(text, match, run, form, introduced=introduced)
            yield PhoneNumber(match.start, match.end, form)


def _told(text: str, match: Match, run: str, form: PhoneForm, *, introduced: bool) -> PhoneForm:
    if form is PhoneForm.TOLL_FREE:
        return _line(text, match)
    fictional = is_fictional("".join(char for char in run if char.isdigit()))
    if is_fiction(text, match.start, match.end):
        return PhoneForm.EXAMPLE if fictional else PhoneForm.FICTIONAL
    return PhoneForm.FICTIONAL if fictional and not introduced else form


def _line(text: str, match: Match) -> PhoneForm:
    around = text[max(0, match.start - LINE_REACH) : match.end + LINE_REACH]
    public = PUBLIC_LINE_RE.search(around) and not COMPANY_LINE_RE.search(around)
    return PhoneForm.PUBLIC if public else PhoneForm.TOLL_FREE


def _mask(text: str) -> str:
    pieces: list[str] = []
    last = 0
    for match in _NOT_PHONE_RE.finditer(text):
        before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 2]
        if before in ("+", ".") or (after[:1] in "-." and after[1:].isdigit()):
            continue  # a piece of something longer
        pieces += [text[last : match.start], "x" * (match.end - match.start)]
        last = match.end
    return "".join([*pieces, text[last:]])


def _stands_alone(text: str, match: Match) -> bool:
    digits = sum(char.isdigit() for char in match.text)
    before, after = text[max(0, match.start - 24) : match.start], text[match.end : match.end + 1]
    if not 7 <= digits <= 15 or (
        before and (before[-1].isalnum() or before[-1] in "_#$€£=&@%/*^~\\-.,")
    ):
        return False
    is_extension = _EXTENSION_RE.search(text[match.end : match.end + 12]) is not None
    if after and not is_extension and (after.isalnum() or after in "_%=&@^~\\*"):
        return False
    return ID_BEFORE_RE.search(before) is None and not before.endswith("://")


def _introduced(text: str, start: int, end: int, reach: int) -> bool:
    before = text[max(0, start - reach) : start]
    if NOT_CALL_RE.search(before):
        return False
    return bool(SPEAKS_BEFORE_RE.search(before) or SPEAKS_AFTER_RE.search(text[end : end + reach]))


def _judge(run: str, *, introduced: bool) -> PhoneForm | None:
    digits = "".join(char for char in run if char.isdigit())
    if _is_counting(digits):
        return None
    if _PREFIX_RE.search(run):
        bare = digits[2:] if digits.startswith("00") else digits.removeprefix("011")
        number = _valid(f"+{bare}", None)
        if number is not None:
            return _kind(number, PhoneForm.INTERNATIONAL)
    return _beside_words(run, digits) if introduced else _alone(run, digits)


def _beside_words(run: str, digits: str) -> PhoneForm | None:
    for region in INTRODUCED_REGIONS:
        number = _valid(digits, region) if 9 <= len(digits) <= 12 else None
        if number is not None:
            return _kind(number, PhoneForm.INTRODUCED)
    number = _valid(f"+{digits}", None) if 10 <= len(digits) <= 13 else None
    if number is not None:
        return _kind(number, PhoneForm.INTRODUCED)
    return PhoneForm.LOCAL if _LOCAL_RE.matches(run) else None


def _alone(run: str, digits: str) -> PhoneForm | None:
    import phonenumbers

    if run.isdigit() or len(digits) < 10:
        return None
    for region in GROUPED_REGIONS:
        for found in phonenumbers.PhoneNumberMatcher(
            run, region, leniency=phonenumbers.Leniency.STRICT_GROUPING, max_tries=4
        ):
            if found.start <= 1 and found.end == len(run):
                return _kind(found.number, PhoneForm.NATIONAL)
    return None


def _valid(digits: str, region: str | None) -> "phonenumbers.PhoneNumber | None":
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _kind(number: "phonenumbers.PhoneNumber", form: PhoneForm) -> PhoneForm:
    import phonenumbers

    kind = phonenumbers.number_type(number)
    return PhoneForm.TOLL_FREE if kind == phonenumbers.PhoneNumberType.TOLL_FREE else form


def _is_counting(digits: str) -> bool:
    steps = {int(right) - int(left) for left, right in pairwise(digits)}
    few = len(set(digits[-8:])) <= 2
    return few or (len(steps - {-9, 9}) == 1 and steps <= {1, -1, -9, 9}) or digits in "12345678910"


def _spelled(text: str, windows: int, reach: int) -> Iterator[PhoneNumber]:
    for run in islice(spelled_digits(text), windows * _RUNS_PER_WINDOW):
        if run.words < 3 or not 7 <= len(run.digits) <= 15 or _is_counting(run.digits):
            continue
        introduced = _introduced(text, run.start, run.end, reach)
        regions = INTRODUCED_REGIONS if introduced else GROUPED_REGIONS
        if any(_valid(run.digits, region) for region in regions) or (
            len(run.digits) >= 11 and _valid(f"+{run.digits}", None)
        ):
            yield PhoneNumber(run.start, run.end, PhoneForm.SPELLED)
        elif introduced and len(run.digits) == 7:
            yield PhoneNumber(run.start, run.end, PhoneForm.LOCAL)
