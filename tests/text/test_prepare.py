"""Preparing a post: bounds, laws for any text, and what of it is not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.post import Part, Surface
from bot.model.screened import LanguageGuess, ScreenedPart, View
from bot.text import prepare as module
from bot.text.links import MOST_LINKS
from bot.text.prepare import prepare
from tests.making import policy, post
from tests.text.reading import read, unhurried

BOUNDS = policy().bounds

PIECES = st.sampled_from(
    (
        *("a", "b ", "Word", "é", "я", "\u0301", "\u200b", "\u202e", "\u202c", "\ud800", "\udfff"),
        *("*", "**", "_", "__", "~~", "||", "`", "```", "\n", "> ", ">>> ", "# ", "- ", "\\", "["),
        *(
            "](https://a.co/x)",
            "https://b.io/y_z",
            "<@123>",
            "<:x:12>",
            "%41",
            "%ff",
            "%",
            "🇦",
            "🇺🇸",
        ),
        *("discord . gg / x", "[.]", " dot ", "@", "$", "1", "4", ".", "ﷺ", "ﬁ", "\x00", "\u3164"),
    )
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(st.characters(codec=None, exclude_categories=()), max_size=200),
)


def check_view(view: View, raw: str) -> None:
    """Hold a view to the invariants of its class."""
    assert len(view.starts) == len(view.ends) == len(view.text)
    assert list(view.starts) == sorted(view.starts)
    assert list(view.ends) == sorted(view.ends)
    for start, end in zip(view.starts, view.ends, strict=True):
        assert 0 <= start < end <= len(raw)


def check_part(part: ScreenedPart) -> None:
    """Hold all spans of a part to its raw text."""
    assert len(part.raw) == len(part.part.text)
    check_view(part.plain, part.raw)
    check_view(part.folded, part.raw)
    spans = [(one.start, one.end) for one in (*part.words, *part.links, *part.languages)]
    for start, end in (*spans, *part.quoted):
        assert 0 <= start < end <= len(part.raw)
    for word in part.words:
        assert word.text
        assert word.text == word.text.lower()


@unhurried
@given(TEXTS)
def test_every_span_lies_in_the_raw_text(text: str) -> None:
    """Whatever is written, preparing does not raise and every offset holds."""
    check_part(read(text))


@unhurried
@given(TEXTS, st.integers(min_value=2, max_value=30))
def test_every_span_of_a_cut_text_lies_in_the_whole(text: str, limit: int) -> None:
    """Offsets of a text too long to read are those of the whole text."""
    bounds = type(BOUNDS)(part_length=limit, parts=1, post_length=limit)

    screened, failures = prepare(post(text), bounds, {})

    check_part(screened.parts[0])
    assert bool(failures) >= (len(text) > limit)


@unhurried
@given(TEXTS)
def test_preparing_is_deterministic(text: str) -> None:
    """The same text is read the same way twice."""
    assert read(text) == read(text)


def test_lone_surrogates_become_replacement_characters_one_for_one() -> None:
    """Offsets of what follows a lone surrogate hold."""
    part = read("\ud83dbanana\udc00")

    assert part.raw == "\ufffdbanana\ufffd"
    assert [(word.text, word.start, word.end) for word in part.words] == [("banana", 1, 7)]


def test_a_real_pair_of_surrogates_is_one_character_and_stays() -> None:
    """Emoji are not touched."""
    assert read("😀").raw == "😀"


def test_head_and_tail_of_a_long_text_are_read_and_the_cut_is_told() -> None:
    """Words at both ends are found where they stand; the middle is a failure, not a silence."""
    text = "apple " + "x " * 4000 + "banana"

    screened, failures = prepare(post(text), BOUNDS, {})
    part = screened.parts[0]

    assert [failure.what for failure in failures] == ["unread"]
    assert failures[0].detail == f"{len(text) - BOUNDS.part_length} characters inside text 1"
    found = {word.text: (word.start, word.end) for word in part.words if word.text != "x"}
    assert found["apple"] == (0, 5)
    assert found["banana"] == (len(text) - 6, len(text))


def test_a_text_of_exactly_the_bound_is_read_whole() -> None:
    """The bound itself is still read."""
    _, failures = prepare(post("a" * BOUNDS.part_length), BOUNDS, {})

    assert failures == ()


def test_a_link_in_the_tail_of_a_long_text_stands_where_it_is() -> None:
    """Links, quotes and views of the tail speak of the whole text."""
    text = "y " * 4000 + "`code` https://example.com/x"

    screened, _ = prepare(post(text), BOUNDS, {})
    (link,) = screened.parts[0].links
    (quote,) = screened.parts[0].quoted

    assert text[link.start : link.end] == "https://example.com/x"
    assert text[quote[0] : quote[1]] == "`code`"


def test_texts_beyond_the_bound_are_told() -> None:
    """No more than the bound's parts are read, and what is left out is said."""
    parts = tuple(Part(Surface.POLL, f"option {number}") for number in range(BOUNDS.parts + 2))

    screened, failures = prepare(post(parts=parts), BOUNDS, {})

    assert len(screened.parts) == BOUNDS.parts
    assert [failure.detail for failure in failures] == [f"2 texts after the first {BOUNDS.parts}"]


def test_links_beyond_the_bound_are_told() -> None:
    """A text made of links is read up to a bound, and that is said."""
    screened, failures = prepare(
        post(" ".join(f"h{number}.com/x" for number in range(MOST_LINKS + 1))), BOUNDS, {}
    )

    assert len(screened.parts[0].links) == MOST_LINKS
    assert [failure.detail for failure in failures] == [
        f"links after the first {MOST_LINKS} of text 1"
    ]


def test_a_language_library_that_raises_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the post is still read."""

    def broken(_view: View, _quoted: object) -> tuple[LanguageGuess, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "guess_languages", broken)

    screened, failures = prepare(post("banana"), BOUNDS, {})

    assert [(one.what, one.detail) for one in failures] == [("language", "ZeroDivisionError")]
    assert screened.parts[0].words[0].text == "banana"


def test_failures_hold_no_words_of_the_member() -> None:
    """What is logged about an unread text says how much, not what."""
    _, failures = prepare(post("secret " * 4000), BOUNDS, {})

    assert failures
    assert not any("secret" in failure.detail for failure in failures)


def test_numbers_are_passed_on() -> None:
    """Detectors read the numbers of policy.toml from the screened post."""
    screened, _ = prepare(post("hello"), BOUNDS, {"spam-repeat": {"copies": 3}})

    assert screened.number("spam-repeat", "copies") == 3


def test_a_post_is_read_up_to_a_bound_of_its_own() -> None:
    """The second long text is read in part, the third not at all, and both are said."""
    whole = "a" * BOUNDS.part_length
    parts = tuple(Part(Surface.ALT_TEXT, whole) for _ in range(3))

    screened, failures = prepare(post(parts=parts), BOUNDS, {})

    read = sum(len(part.plain.text) for part in screened.parts)
    assert BOUNDS.part_length < read <= BOUNDS.post_length + 1
    assert [part.index for part in screened.parts] == [0, 1]
    assert [failure.detail for failure in failures] == [
        f"{2 * BOUNDS.part_length - BOUNDS.post_length} characters inside text 2",
        "all of text 3",
    ]
