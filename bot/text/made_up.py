"""Whether contact data is made up: numbers kept for fiction, and words that say "an example".

Sources of the ranges: ATIS-0300115, "555 NXX Assignment Guidelines" (line numbers 0100 to 0199 are
kept for entertainment and advertising; 555 is no area code), and Ofcom, "Telephone numbers for use
in TV and radio drama programmes". The words are chosen by hand from technical talk, not measured.
"""

from typing import Final

from bot.text.patterns import Pattern, any_of

_NANP_RE: Final = Pattern(r"1?(?:555\d{7}|\d{3}55501\d{2})|55501\d{2}")
_DRAMA_RE: Final = Pattern(
    # London, the other large cities, Tyneside, Northern Ireland, Cardiff, no area, mobile,
    # freephone, premium rate, UK-wide.
    r"(?:0044|44|0|440)(?:2079460\d{3}|11[3-8]4960\d{3}|1[2-6]14960\d{3}|1914980\d{3}|"
    r"28964960\d{2}|2896496\d{3}|2920180\d{3}|1632960\d{3}|7700900\d{3}|8081570\d{3}|"
    r"9098790\d{3}|3069990\d{3})"
)
_REACH: Final = 64
"""Code points round contact data in which words say that it is an example; chosen."""

_EXAMPLE_RE: Final = Pattern(
    any_of(
        r"\b(?:regex(?:p|es)?|regular expressions?|validat\w+|placeholders?|package\.json|"
        r"pyproject|mailmap|parser?s?|schemas?|unit tests?|fixtures?|maintainers?:|"
        r"test (?:data|cases?|address(?:es)?|users?|e-?mails?|numbers?|accounts?))",
        r"\b(?:examples?\b|e\.g\.|dummy\b|made[- ]up\b|fictional\b|fictitious\b|"
        r"imaginary\b)",
        r"\bsample (?:e-?mail|address|data|number|row|input)",
        r"\b(?:e-?mail|address|number|phone) formats?\b|\bformat of\b|\b(?:right|wrong|"
        r"correct|this) format\b",
        r"\b(?:in)?valid (?:e-?mail|address|number)|\b(?:is(?: not|n't)?|be|not|"
        r"considered|reports?|says?) (?:an? )?(?:in)?valid\b",
        r"\bshould(?:n't| not)? (?:accept|match|reject|pass|fail)\b",
    )
)
_FICTION_RE: Final = Pattern(
    r"\b(?:fake|movies?|films?|tv|drama|fiction|reserved|not a real|unassigned|"
    r"prime)\b"
)
_OFFERED_RE: Final = Pattern(
    # Whoever says this gives the data to be used.
    any_of(
        r"\b(?:e-?mail|mail|write|contact|reach|send|message|msg|text|ping|call|dm|"
        r"whats\s?app)(?: \w+){0,3} (?:me|us|to|at|on)\b",
        r"\b(?:my|our) (?:\w+ )?(?:e-?mail|mail|address|gmail|number|cell|phone|mobile|"
        r"whats\s?app)\b",
        r"\b(?:get in touch|reach out|hmu|contact ?:)",
    )
)


def is_fictional(digits: str) -> bool:
    """Whether the digits of a telephone number are of a range kept for fiction, or reach nobody."""
    return _NANP_RE.matches(digits) or _DRAMA_RE.matches(digits)


def is_example(text: str, start: int, end: int) -> bool:
    """Whether words on the same line say that a half-open span of a text is made up.

    Words that offer it to be used, such as "write to me", outweigh them.
    """
    around = _around(text, start, end)
    return _EXAMPLE_RE.search(around) is not None and _OFFERED_RE.search(around) is None


def is_fiction(text: str, start: int, end: int) -> bool:
    """Whether words on the same line say that a number is an example, or kept for stories."""
    around = _around(text, start, end)
    if _OFFERED_RE.search(around) is not None:
        return False
    return _EXAMPLE_RE.search(around) is not None or _FICTION_RE.search(around) is not None


def _around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[end : end + _REACH].partition("\n")[0]
    return f"{before} \x01 {after}"
