"""No vulgarity.

Reasoning:
    Coarse words make a professional community a worse place to ask and to help in, whomever they
    are meant for.

Catches:
    The words of config/lexicons/vulgarity.toml as whole words, through any disguise that the
    readings of bot/text/words.py undo: strong ones (``strong``), coarse ones that mean something
    else often enough to ask a person (``coarse``), everyday swearing (``mild``, a note), and all
    of them where letters are hidden by signs (``masked``), put together from pieces or stretched
    by one letter (``doubtful``), or part of an address or a handle (``linked``).

Permits:
    Innocent words that contain a coarse one; names, animals and Latin of the lexicon's list of
    innocent phrases; ``Dick`` where it is written as a name; the senses of
    bot/detectors/_vulgarity_senses.py, of which the less certain are noted or asked about. A word
    in quotation marks, a quote or a code block is borrowed: it asks a moderator at most.

Known gaps:
    Words in other languages. Digits for all letters but one ("5h17" is a length of time, too). Two
    pieces with a space between them that both look like words. New coinages without the roots of
    the list. Whether a coarse word is meant as praise.

Source:
    Word list: judged by hand, 2026-11-22, see the file. Measured the same day. Tuned on Ubuntu IRC,
    Quora questions, Davidson's tweets and rustrict's list of innocent phrases. Held out, and every
    line of it that was found was read:

    - 53,842 lines of ordinary talk, forums, short messages, comments, job offers and tweets, 413
      found ``strong``: 9 wrong (an e-mail address, a programming language, six handles, dogs), of
      which five are spared since. Of 6,619 vulgar tweets 3,200 are found ``strong`` and 5,388 in
      any way. With the nine counted that is a precision of 0.967 at a prevalence of 1 %.
    - ``disguised``: 125 found in the same lines, game chat, comments on news and rustrict's tests
      of evasion: 1 wrong (a handle, now ``linked``). The lower bound of Wilson's 95 % interval is
      0.956.
    - Senses, compounds and the disguises by emoji, mentions and blanks came later on the same day.
      The innocent phrases (20,117), Ubuntu IRC (25,000), questions and forum posts (12,625) give
      the removals they gave before, 0, 47 and 0; of the vulgar tweets 3,198 are found ``strong``.
    - The other confidences are chosen, not measured. Of 26 handles and addresses found in the
      53,842 lines 20 were harmless, most with coarse words only, which are therefore noted.
"""

from collections.abc import Iterator
from typing import Final

from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw, surest
from bot.detectors._vulgarity_senses import Sense, sense_of
from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.screened import Disguise, ScreenedPart, ScreenedPost
from bot.text.lexicon import lexicon
from bot.text.wordlist import Hit, WordList

_GROUPS: Final = lexicon("vulgarity")

_WORDS: Final = WordList(
    {name: group.words for name, group in _GROUPS.items()},
    {root: name for name, group in _GROUPS.items() for root in group.roots},
    spared="innocent",
)
_NAMES: Final = frozenset(name for group in _GROUPS.values() for name in group.names)

_STRONG: Final = Kind("strong", 0.96, "vulgar language")
_DISGUISED: Final = Kind("disguised", 0.95, "vulgar language in disguise")
_COARSE: Final = Kind("coarse", 0.70, "coarse language")
_MILD: Final = Kind("mild", 0.35, "mild swearing")
_MASKED: Final = Kind("masked", 0.70, "a vulgar word with letters hidden")
_DOUBTFUL: Final = Kind("doubtful", 0.60, "letters that read like a vulgar word")
_LINKED: Final = Kind("linked", 0.55, "a vulgar word in an address or a name")
_LINKED_COARSE: Final = Kind("linked", 0.35, "a coarse word in an address or a name")

_UNSURE: Final = Kind("sense", 0.60, "a word with a vulgar sense")
_HARMLESS: Final = Kind("sense", 0.35, "a word with a coarse sense")

_REACH: Final = 40
"""Characters round a word in which the rest of an address may stand; chosen, not measured."""

_QUOTES: Final = {('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“")}


def _find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    del memory
    for part in screened.parts:
        yield from surest(_found(part))


def _found(part: ScreenedPart) -> Iterator[Evidence]:
    for hit in _WORDS.find(part):
        if hit.group != "innocent" and (sense := sense_of(part, hit, _NAMES)):
            kind = _taken(_kind(part, hit), sense)
            borrowed = _is_named(part.raw, hit)
            yield at_raw("vulgarity", part, (hit.start, hit.end), kind, borrowed=borrowed)


def _taken(kind: Kind, sense: Sense) -> Kind:
    """Return the kind that a sense leaves of what a word would be worth alone."""
    most = {Sense.UNSURE: _UNSURE, Sense.LIKELY_HARMLESS: _HARMLESS}.get(sense, kind)
    return min(kind, most, key=lambda one: one.confidence)


def _kind(part: ScreenedPart, hit: Hit) -> Kind:
    if hit.group == "mild":
        return _MILD
    if _is_address(part, hit):
        return _LINKED if hit.group == "strong" else _LINKED_COARSE
    split = hit.disguise is Disguise.SPLIT
    if hit.disguise is Disguise.MASKED or (split and "*" in part.raw[hit.start : hit.end]):
        return _MASKED
    if split or hit.repeated == 2:
        return _DOUBTFUL
    if hit.group == "coarse":
        return _COARSE
    return _STRONG if hit.disguise is Disguise.NONE and not hit.repeated else _DISGUISED


def _is_address(part: ScreenedPart, hit: Hit) -> bool:
    """Whether the word is part of a link, an e-mail address, a handle or a long run of data."""
    if any(link.start <= hit.start and hit.end <= link.end for link in part.links):
        return True
    before = f"{part.raw[max(0, hit.start - _REACH) : hit.start]}_".split()[-1]
    after = f"_{part.raw[hit.end : hit.end + _REACH]}".split()[0]
    glued = before + after
    return "@" in glued or (len(glued) >= _REACH and any(one.isdigit() for one in glued))


def _is_named(raw: str, hit: Hit) -> bool:
    """Whether the word is spoken of rather than said: it stands in quotation marks by itself."""
    return (raw[hit.start - 1 : hit.start], raw[hit.end : hit.end + 1]) in _QUOTES


DETECTOR = Detector(
    rule="vulgarity",
    find=_find,
    examples=Examples(
        breaches=(
            "this client is a fucking joke",
            "What the FUCK is wrong with this form",
            "holy sh1t it works",
            "f.u.c.k this",
            "what a load of bullshit",
            "fuuuuck",
            "he called me an a$$hole",
            "f*ck off",
        ),
        permitted=(
            "I live in Scunthorpe and assess cocktails for a class",
            "The shiitake dish was passed around the assembly",
            "Dick Smith wrote the documentation",
            "She graduated magna cum laude",
            "Please push it to the shared branch",
            "as\nsoon as possible",
            "The mishit return cost him the match",
            "A Shiite scholar explains the difference",
            "My esoteric languages are Brainfuck and Malbolge",
            "I need the list of 90s hits",
        ),
    ),
    kinds=frozenset(one.name for one in globals().values() if isinstance(one, Kind)),
)
