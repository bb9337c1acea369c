"""Every disguise of the evasion table, and the innocent look-alikes that no disguise excuses.

The word is ``banana``, as in measurements of other bots' matching code (November 2026); the rows
under "beyond" are our own.
"""

import pytest

from bot.text.wordlist import WordList
from tests.text.reading import read

WORDS = WordList({"listed": ("banana", "ass", "dick", "cock", "tit", "bad apple")})

EVASIONS = {
    # the table
    "plain": ("a banana here", "banana"),
    "capitals": ("a BANANA here", "BANANA"),
    "zero-width": ("ba\u200bna\u200dna", "ba\u200bna\u200dna"),
    "soft hyphen": ("ba\u00adnana", "ba\u00adnana"),
    "zalgo": (
        "a b\u0337a\u0351n\u0337a\u0337n\u0360a\u0337\u0338 here",
        "b\u0337a\u0351n\u0337a\u0337n\u0360a\u0337\u0338",
    ),
    "Cyrillic": ("b\u0430n\u0430n\u0430", "b\u0430n\u0430n\u0430"),
    "full-width": ("ｂａｎａｎａ", "ｂａｎａｎａ"),
    "mathematical bold": ("𝐛𝐚𝐧𝐚𝐧𝐚", "𝐛𝐚𝐧𝐚𝐧𝐚"),
    "regional indicators": ("🇧🇦🇳🇦🇳🇦", "🇧🇦🇳🇦🇳🇦"),
    "regional indicators, spaced": ("🇧 🇦 🇳 🇦 🇳 🇦", "🇧 🇦 🇳 🇦 🇳 🇦"),
    "spaced": ("eat b a n a n a now", "b a n a n a"),
    "dotted": ("b.a.n.a.n.a", "b.a.n.a.n.a"),
    "two separators": ("b--a--n--a--n--a", "b--a--n--a--n--a"),
    "leet": ("b4n4n4", "b4n4n4"),
    "repeated": ("baaaannnaaana", "baaaannnaaana"),
    "markdown": ("ban**ana**", "ban**ana"),
    "spoiler": ("||ban||ana", "ban||ana"),
    "spoiler, each letter": ("||b||||a||||n||||a||||n||||a||", "b||||a||||n||||a||||n||||a"),
    "four separators": ("b----a----n----a----n----a", "b----a----n----a----n----a"),
    "newline": ("ban\nana", "ban\nana"),
    "newline, each letter": ("b\na\nn\na\nn\na", "b\na\nn\na\nn\na"),
    "newline, three pieces": ("ba\nna\nna", "ba\nna\nna"),
    "percent-encoded": ("%62%61%6e%61%6E%61", "%62%61%6e%61%6E%61"),
    "percent-encoded in part": ("x %62anana", "%62anana"),
    "right-to-left override": ("eat \u202eananab\u202c now", "\u202eananab\u202c"),
    "right-to-left override to the line's end": ("\u202eananab\nnow", "\u202eananab"),
    "tag characters": ("ba\U000e0061nana", "ba\U000e0061nana"),
    "variation selectors": ("ba\ufe0fnana", "ba\ufe0fnana"),
    # beyond
    "circled": ("ⓑⓐⓝⓐⓝⓐ", "ⓑⓐⓝⓐⓝⓐ"),
    "squared": ("🅱🅰🅽🅰🅽🅰", "🅱🅰🅽🅰🅽🅰"),
    "small capitals": ("ʙᴀɴᴀɴᴀ", "ʙᴀɴᴀɴᴀ"),
    "Greek and Cyrillic shapes": ("bαиαиα", "bαиαиα"),
    "Canadian syllabics": ("ᗷᗩᑎᗩᑎᗩ", "ᗷᗩᑎᗩᑎᗩ"),
    "accents": ("bánänâ", "bánänâ"),
    "signs for letters": ("b@n@n@", "b@n@n@"),
    "spaced leet": ("b 4 n 4 n 4", "b 4 n 4 n 4"),
    "underscores": ("b_a_n_a_n_a", "b_a_n_a_n_a"),
    "emoji between": ("b🍌a🍌n🍌a🍌n🍌a", "b🍌a🍌n🍌a🍌n🍌a"),
    "hyphen": ("ban-ana", "ban-ana"),
    "escaped star": (r"ban\*ana", r"ban\*ana"),
    "hidden letters": ("ba**na", "ba**na"),
    "spaced with an article": ("a b a n a n a", "b a n a n a"),
    "spaced words": ("y o u  b a n a n a", "b a n a n a"),
    "piece that is no word": ("b anana", "b anana"),
    "masked link": ("[ban](https://example.com)ana", "ban](https://example.com)ana"),
    "code": ("`banana`", "banana"),
    "possessive": ("the banana's", "banana's"),
    "digits behind": ("banana123", "banana"),
    "heading": ("# banana", "banana"),
    "mention inside": ("ban<@123456789>ana", "ban<@123456789>ana"),
    "emoji of a server inside": ("bana<a:x:123456789>na", "bana<a:x:123456789>na"),
    "Hangul filler": ("ban\u3164ana", "ban\u3164ana"),
    "Hangul filler, each letter": (
        "b\u3164a\u3164n\u3164a\u3164n\u3164a",
        "b\u3164a\u3164n\u3164a\u3164n\u3164a",
    ),
    "empty Braille pattern": ("bana\u2800na", "bana\u2800na"),
    "emoji for a letter": ("so b🍌nana", "b🍌nana"),
    "emoji with a selector for letters": ("ba❤️❤️na", "ba❤️❤️na"),
    "wholly Cyrillic": ("\u0441\u043e\u0441\u043a", "\u0441\u043e\u0441\u043a"),
    "Greek and Cyrillic letters alone": ("δι\u0441κ", "δι\u0441κ"),
    "sentence of letters set apart": (
        "t h i s i s a b a n a n a",
        "t h i s i s a b a n a n a",
    ),
    "sentence in dots": ("b.a.n.a.n.a.i.t.i.s", "b.a.n.a.n.a.i.t.i.s"),
    "long run of letters set apart": (
        "i s b a n a n a y o u",
        "i s b a n a n a y o u",
    ),
    "two words in one": ("b4n4n4d1ck", "b4n4n4d1ck"),
    "nought before ck": ("d0ck d1ck", "d1ck"),
    "phrase over two lines": ("a bad\napple", "bad\napple"),
}

FALSE_FRIENDS = (
    "bananasplit",
    "bandana, cabana, Havana",
    "Scunthorpe",
    "first class assessment",
    "We assess the class, then assassinate a cocktail",
    "hancock, peacock, Hitchcock and Dickens",
    "title, constitution and appetite",
    "U.S.A. and e.g. and i.e.",
    "a b c d",
    "version 1.2.3-beta.4",
    "commit ba55a4a, 0xBA9A9A",
    "https://example.com/bananasplit?x=assess",
    "YmFuYW5hc3BsaXQ=",
    ":cocktail: :bananas_foster:",
    "well-known state-of-the-art co-op",
    "as\nsoon",
    "t it",
    "who're they'll it's",
    "x.as.sert",
    "ban. Ana came",
    "bad. Apple",
    "2 * as * s * 3",
    "A&S, C++, F#",
    "1a2b3c",
    "🇧🇦 🇳🇦 🇳🇦",
    "Мой банан самый лучший",
    "banan🍌 split, ban🎉🎉🎉",
    "ban <@123456789> ana",
    "ban <:x:123456789> ana",
    "ban 🍌 ana",
    "s u b a n a n a r y",
    "p u b l i c l a s s",
    "b a n d a n a s",
    "took 5h17 and 1h30",
    "bananaman, titanic, cockatoo",
    "d0cker, r0ck, l0ck",
    "тест тостик скот",
    "Απλός δίσκος",
)


@pytest.mark.parametrize(("text", "found"), EVASIONS.values(), ids=EVASIONS.keys())
def test_a_listed_word_is_found_through_its_disguise(text: str, found: str) -> None:
    """The span of the finding is exactly the disguised word in the raw text."""
    hits = WORDS.find(read(text))

    assert [text[hit.start : hit.end] for hit in hits] == [found]


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_an_innocent_look_alike_is_left_alone(text: str) -> None:
    """Words that contain, surround or resemble a listed word are not found."""
    assert WORDS.find(read(text)) == ()
