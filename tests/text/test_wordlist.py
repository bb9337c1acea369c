"""A list of words: whole words through disguises, phrases, roots, nothing inside other words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.screened import Disguise
from bot.text.wordlist import WordList
from tests.text.reading import read, unhurried

FRUIT = WordList(
    {"fruit": ("banana", "asses", "plum", "bad plum", "bad plum tree"), "innocent": ("plum tree",)},
    {"kiwi": "fruit"},
)


def hits(text: str) -> list[tuple[str, str]]:
    """Return what was found: the list's word and the raw text."""
    return [(hit.listed, text[hit.start : hit.end]) for hit in FRUIT.find(read(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a plum", [("plum", "plum")]),
        ("plums", []),
        ("one banana, two plum", [("banana", "banana"), ("plum", "plum")]),
        # phrases: the longest wins, only with spaces or hyphens between
        ("a bad plum", [("bad plum", "bad plum")]),
        ("a bad-plum", [("bad plum", "bad-plum")]),
        ("bad, plum", [("plum", "plum")]),
        ("a bad plum tree", [("bad plum tree", "bad plum tree")]),
        ("the plum tree", [("plum tree", "plum tree")]),
        # roots stand anywhere
        ("megakiwifruit", [("kiwi", "megakiwifruit")]),
        # stretched
        ("plummm", [("plum", "plummm")]),
        ("plumm", [("plum", "plumm")]),
        ("assess", []),
        ("assessss", [("asses", "assessss")]),
        ("ases", []),
        ("asess", []),
        # masked
        (
            "b*nana b****a ba***a",
            [("banana", "b*nana"), ("banana", "b****a"), ("banana", "ba***a")],
        ),
        ("b*****", []),
        ("pl*ms", []),
    ],
)
def test_words_are_found_whole(text: str, found: list[tuple[str, str]]) -> None:
    """A listed word is found as a whole word, and the better of overlapping readings is kept."""
    assert hits(text) == found


def test_the_least_disguised_reading_is_kept() -> None:
    """What is there as written is not reported as a disguise."""
    (hit,) = FRUIT.find(read("plum"))

    assert (hit.disguise, hit.repeated, hit.group) == (Disguise.NONE, 0, "fruit")


def test_a_stretched_word_says_how_far() -> None:
    """One letter too many is a slip of the finger as often as a disguise."""
    assert [hit.repeated for hit in FRUIT.find(read("plumm pluuum"))] == [2, 3]


@unhurried
@given(
    st.lists(
        st.sampled_from(("plum", "b a n a n a", "ba\nnana", "kiwi", "x", "bad", "-")), max_size=12
    )
)
def test_hits_never_overlap(pieces: list[str]) -> None:
    """Each stretch of text is part of one hit at most, and hits are in order."""
    found = FRUIT.find(read(" ".join(pieces)))

    assert all(left.end <= right.start for left, right in pairwise(found))


def test_a_spared_word_in_pieces_hides_another_inside_it() -> None:
    """What a list spares is kept though a piece of it is less disguised."""
    spared = WordList({"fruit": ("plum",), "innocent": ("plummet",)}, spared="innocent")

    assert [hit.group for hit in spared.find(read("a plum-met and a plum"))] == [
        "innocent",
        "fruit",
    ]
