"""Readings: words as written first, then what disguises can be read as."""

import pytest

from bot.model.screened import Disguise
from tests.text.reading import read


def readings(text: str) -> list[tuple[str, Disguise]]:
    """Return the readings of a text with how each was come by."""
    return [(word.text, word.disguise) for word in read(text).words]


def test_words_as_written_come_first_and_in_order() -> None:
    """A text without disguises has no other readings."""
    assert readings("Don't panic, it's fine") == [
        ("don't", Disguise.NONE),
        ("panic", Disguise.NONE),
        ("it's", Disguise.NONE),
        ("fine", Disguise.NONE),
    ]


@pytest.mark.parametrize(
    ("text", "reading", "disguise"),
    [
        ("Аpple", "apple", Disguise.LETTERS),
        ("a\u200bpple", "apple", Disguise.LETTERS),
        ("4pple", "apple", Disguise.LEET),
        ("apple42", "apple", Disguise.LEET),
        ("1emon", "lemon", Disguise.LEET),
        ("1con", "icon", Disguise.LEET),
        ("a.p.p.l.e", "apple", Disguise.JOINED),
        ("a p p 1 e", "appie", Disguise.JOINED),
        ("ap-ple", "apple", Disguise.SPLIT),
        ("ap\nple", "apple", Disguise.SPLIT),
        ("app ndl", "appndl", Disguise.SPLIT),
        ("app**le**s", "apples", Disguise.LETTERS),
        ("a**le", "a**le", Disguise.MASKED),
        ("le##n", "le**n", Disguise.MASKED),
        ("$apple", "apple", Disguise.SPLIT),
    ],
)
def test_a_disguise_is_read_and_named(text: str, reading: str, disguise: Disguise) -> None:
    """Each reading says how far it is from what was typed."""
    assert (reading, disguise) in readings(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("pineapple", "apple"),
        ("pen is", "penis"),
        ("it. Can", "itcan"),
        ("1234", "iz"),
        ("let s hop on", "shop"),
        ("the 90s hop", "shop"),
        ("$5", "s"),
        ("c# is", "c*"),
        ("such as*", "as*"),
        ("**bold**", "bold**"),
        ("5 * a * b", "a*"),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z " * 3, "abcdefg"),
        ("x" * 60 + "4", "x" * 60 + "a"),
    ],
)
def test_what_is_no_disguise_gives_no_reading(text: str, absent: str) -> None:
    """Pieces of words, ordinary neighbours, numbers, products and data are not put together."""
    assert absent not in {reading for reading, _ in readings(text)}


def test_each_further_reading_is_given_once() -> None:
    """The same letters over the same span are one reading."""
    words = read("a.p.p.l.e 4pple ap\nple").words

    assert len(words) == len(set(words))
