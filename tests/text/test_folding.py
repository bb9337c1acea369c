"""The matching copy: lower-case, look-alikes undone, digits and signs kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.reading import read, unhurried


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hello,   WORLD\n\tagain", "hello, world again"),
        ("Straße Éclair naïve Łódź", "strasse eclair naive lodz"),
        ("ﬁne … “quoted” it’s — so", 'fine ... "quoted" it\'s - so'),
        ("4 apples @ $5 for 100%", "4 apples @ $5 for 100%"),
        ("50%ad and 5%de", "50%ad and 5%de"),
        ("%D0%B0pple 100%25 a%20b", "apple 100%25 a%20b"),
        ("go 🇺🇸 team", "go 🇺🇸 team"),
        ("f🇺🇳n", "funn"),
        ("ƒяєє иιтяσ", "free nitro"),
        ("Apple™ ½", "apple™ 1⁄2"),
        ("한국어 カタカナ", "한국어 カタカナ"),
        ("\u2800a\u3164b", " a b"),
        ("⒜ ª ²", "a a 2"),
    ],
)
def test_the_folded_view_reads_as_it_looks(text: str, folded: str) -> None:
    """Every way to write a letter gives that letter; other signs stay."""
    assert read(text).folded.text == folded


def test_real_words_of_another_script_stay_in_it() -> None:
    """A Russian sentence is not turned into Latin look-alikes."""
    assert "рос" in read("Он рос в Москве и рано встал").folded.text


def test_a_look_alike_word_in_latin_text_is_turned_into_latin() -> None:
    """One word of look-alikes in an English sentence is a disguise."""
    assert "paypal" in read("please pay me by раураl or рау today friend").folded.text


def test_an_override_is_read_in_the_order_it_is_displayed() -> None:
    """The stretch is reversed, and each of its characters stands for all of it."""
    part = read("ok \u202eyenom\u202c now")

    assert part.folded.text == "ok money now"
    assert part.folded.span(3, 4) == (3, 10)


def test_overrides_inside_an_override_end_with_their_own_mark() -> None:
    """Nesting closes in order, so the outer stretch is read to its own end."""
    assert read("\u202ecba\u202ded\u202cf\u202c!").folded.text == "fedabc!"


def test_marks_belong_to_the_letter_they_stand_on() -> None:
    """The span of a letter covers the marks above and below it."""
    part = read("a\u0301\u0302b")

    assert part.folded.text == "ab"
    assert part.folded.span(0, 1) == (0, 3)


@unhurried
@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_folding_plain_text_only_lowers_it(text: str) -> None:
    """For visible ASCII without markup the copy differs by capitals and spaces alone."""
    kept = "".join(one for one in text if one.isalnum() or one == " ")

    assert read(kept).folded.text.split() == kept.lower().split()
