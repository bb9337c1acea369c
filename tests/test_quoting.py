"""Members' words in our messages: nothing in them acts, others' data and slurs are unreadable."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.action import Action
from bot.model.evidence import Evidence, Finding
from bot.model.post import Part, Surface
from bot.model.unechoed import UNECHOED_RULES
from bot.quoting import (
    BRIEF,
    HARSH_RULES,
    LENGTH,
    MASKED_RULES,
    brief_for_member,
    brief_for_moderators,
    for_member,
    for_moderators,
    in_line,
    mask,
    quote,
)
from tests.making import case_post, evidence, finding

pieces = st.sampled_from(
    [
        *("`", "```", "|", "||", "*", "_", "\\", "\n", " ", "\u200b", "\u202e", "\ud800", "\udfff"),
        *("[a](https://example.com)", "<@501>", "@everyone", "<#201>", "word", "7", "🄰"),
    ]
)
nasty = st.lists(st.one_of(pieces, st.characters()), max_size=30).map("".join)

ACTING = [
    "```\n@everyone",
    "`<@501>`",
    "[click](https://example.com)",
    "||spoiler||",
    "<#201> <@&402> @here",
    "``` ```` ``",
    "ends in a tick `",
    "a||\n[click](https://example.com)",
    "|",
]


def inside(quoted: str) -> str:
    """Return what stands in a code block, having made sure that nothing stands outside of it."""
    assert quoted.startswith("```\n")
    assert quoted.endswith("\n```")
    return quoted[4:-4]


@given(st.one_of(nasty, st.sampled_from(ACTING)))
def test_nothing_in_a_quote_can_leave_its_code_block(text: str) -> None:
    """No backtick is left that could close it, so that no mention, link or markdown acts."""
    assert "`" not in inside(quote(text))


@given(st.one_of(nasty, st.sampled_from(ACTING)))
def test_a_quote_can_always_be_sent(text: str) -> None:
    """It is valid Unicode, whatever was posted."""
    quote(text).encode()


@given(st.one_of(nasty, st.sampled_from(ACTING)), st.integers(0, 30))
def test_a_quote_in_a_line_stays_in_it_and_cannot_be_left(text: str, focus: int) -> None:
    """One pair of ticks, no line break, nothing that turns our own words round; or nothing."""
    said = in_line(text, focus)
    said.encode()

    assert said == "" or (said[0], said[-1], said.count("`")) == ("`", "`", 2)
    assert len(said.splitlines()) <= 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", said)
    assert len(said) <= BRIEF + 2


def test_one_post_of_several_is_masked_as_it_is_alone() -> None:
    """Data of people for everybody, harsh words for members, behind a spoiler for moderators."""
    mail = evidence("contact-info", start=3, end=18)
    rude = evidence("vulgarity", start=0, end=4)
    told = case_post("at ada@example.com", findings=(replace(finding(), evidence=mail),))
    harsh = case_post("damn | it", findings=(replace(finding(), evidence=rude),))

    assert brief_for_member(told) == brief_for_moderators(told) == "`at a**@*******.***`"
    assert brief_for_member(harsh) == "`d*** | it`"
    assert brief_for_moderators(harsh) == "||`damn ∣ it`||"
    for rule in UNECHOED_RULES:
        assert brief_for_member(told, rule) == brief_for_moderators(told, rule) == ""


@given(st.text(max_size=2 * LENGTH))
def test_a_quote_stays_short(text: str) -> None:
    """At most LENGTH code points of the post, an ellipsis where it was cut."""
    body = inside(quote(text))
    assert len(body) <= LENGTH
    assert body.endswith("…") or len(text.strip()) <= LENGTH


def test_a_quote_is_otherwise_what_was_written() -> None:
    """Ordinary text stays as it is."""
    assert quote("Hello, *world*!") == "```\nHello, *world*!\n```"


@st.composite
def texts_with_evidence(draw: st.DrawFn) -> tuple[str, list[Evidence]]:
    """A text and evidence that may lie anywhere, also beyond its end."""
    text = draw(nasty)
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, 70))
        found.append(
            evidence(
                draw(st.sampled_from(("contact-info", "vulgarity", "language"))),
                start=start,
                end=start + draw(st.integers(1, 20)),
            )
        )
    return text, found


@given(texts_with_evidence())
def test_masking_hides_what_can_be_read_of_its_rules_and_nothing_else(
    masked: tuple[str, list[Evidence]],
) -> None:
    """The length is the same; what lies outside the findings, or of another rule, is unchanged."""
    text, found = masked
    result = mask(text, found, MASKED_RULES | HARSH_RULES)

    assert len(result) == len(text)
    hidden = {
        place
        for one in found
        if one.rule in MASKED_RULES | HARSH_RULES
        for place in range(one.start + 1, one.end)
    }
    for place, (before, after) in enumerate(zip(text, result, strict=True)):
        if place not in hidden:
            assert after == before
        elif before.isascii():
            assert after == ("*" if before.isalnum() else before)
        else:
            assert after in ("*", " ") or before.isspace()


def test_a_masked_word_keeps_its_first_letter() -> None:
    """The author knows what is meant, nobody can use it."""
    found = [evidence("contact-info", start=9, end=24)]
    assert mask("write to ada@example.org!", found, MASKED_RULES) == "write to a**@*******.***!"


def test_letters_in_disguise_are_masked_too() -> None:
    """Squared and flag letters are signs to Unicode, and letters to a reader."""
    assert mask("🅱🅰🅳 🇧🇦🇩", [evidence(start=0, end=7)], HARSH_RULES) == "🅱** ***"


def of(rule: str, text: str, **changes) -> tuple[str, str]:
    """Return how a post with a finding on its first word is quoted to its author and to staff."""
    end = len(text.split(maxsplit=1)[0])
    held = case_post(text, findings=(finding(rule_id=rule, start=0, end=end),), **changes)
    return for_member(held), for_moderators(held)


@pytest.mark.parametrize("rule", sorted(MASKED_RULES))
def test_data_of_people_is_masked_for_everybody(rule: str) -> None:
    """Also in the moderators' log, which outlives the post."""
    member, moderators = of(rule, "ada@example.org is me")
    assert member == moderators == "```\na**@*******.*** is me\n```"


@pytest.mark.parametrize("rule", sorted(HARSH_RULES))
def test_harsh_words_are_masked_for_the_member_and_behind_a_spoiler_for_moderators(
    rule: str,
) -> None:
    """Moderators must be able to judge them, and choose when to read them."""
    member, moderators = of(rule, "badword you")
    assert member == "```\nb****** you\n```"
    assert moderators == "||```\nbadword you\n```||"


@pytest.mark.parametrize("rule", sorted(UNECHOED_RULES))
def test_what_must_not_be_shown_again_is_not_shown_to_anybody(rule: str) -> None:
    """Nothing at all of the post is quoted."""
    assert of(rule, "words that stay hidden") == ("", "")


def test_words_of_other_rules_are_shown_as_they_are() -> None:
    """A post in another language is quoted in it."""
    assert of("language", "Guten Morgen") == ("```\nGuten Morgen\n```",) * 2


@given(nasty)
def test_nothing_in_a_spoiler_can_end_it(text: str) -> None:
    """Discord ends a spoiler at the next two bars, even inside a code block."""
    moderators = for_moderators(case_post(text, findings=(finding(start=0, end=1),)))
    if moderators:
        assert moderators.startswith("||")
        assert moderators.endswith("||")
        assert not re.search(r"\|\|", moderators[2:-2])


def test_only_the_authors_own_texts_are_quoted() -> None:
    """Link previews, forwards and replies are somebody else's words."""
    parts = (
        Part(Surface.REPLY, "somebody else's"),
        Part(Surface.CONTENT, "my own"),
        Part(Surface.LINK_PREVIEW, "a page's"),
        Part(Surface.FILE_NAME, "mine.txt"),
        Part(Surface.FORWARD, "forwarded"),
    )
    held = case_post(parts=parts, findings=(finding(Action.REVIEW, rule_id="language"),))
    assert for_member(held) == "```\nmy own\nmine.txt\n```"


def test_evidence_masks_its_own_part_only() -> None:
    """Offsets are those of one text."""
    parts = (Part(Surface.CONTENT, "ada@example.org"), Part(Surface.FILE_NAME, "ada at work.txt"))
    found = finding(rule_id="contact-info", start=0, end=15, part=0)
    assert "ada at work.txt" in for_member(case_post(parts=parts, findings=(found,)))


def test_evidence_that_was_let_pass_is_masked_too() -> None:
    """An exception permits posting, not repeating in our messages."""
    passed = Finding(evidence("contact-info", start=0, end=15), 3, Action.ALLOW, "allowed: here")
    held = case_post("ada@example.org bad", findings=(passed, finding(start=16, end=19)))
    assert for_member(held) == "```\na**@*******.*** b**\n```"


@pytest.mark.parametrize("parts", [(), (Part(Surface.CONTENT, " \n "),)])
def test_nothing_written_is_nothing_quoted(parts: tuple[Part, ...]) -> None:
    """Erased or blank posts give no empty code block."""
    held = case_post(parts=parts, findings=(finding(start=0, end=1),))
    assert for_member(held) == for_moderators(held) == ""


def test_a_long_post_is_quoted_round_what_was_found() -> None:
    """What a moderator must see is seen, wherever it stands; for the member it is masked."""
    text = "calm words, " * 200 + "what a swearword this is" + ", calm words" * 100
    start = text.index("swearword")
    one = case_post(
        text,
        findings=(Finding(evidence("vulgarity", start=start, end=start + 9), 5, Action.REMOVE),),
    )

    assert "what a swearword this is" in for_moderators(one)
    assert "what a s******** this is" in for_member(one)
    assert len(for_moderators(one)) <= LENGTH + len("||```\n\n```||")


def test_a_post_of_borrowed_words_alone_is_shown_to_moderators_only() -> None:
    """A forward has no words of the author's; moderators need some to judge by."""
    parts = (Part(Surface.FORWARD, "words of somebody else"),)
    one = replace(case_post(), parts=parts)

    assert for_member(one) == ""
    assert "words of somebody else" in for_moderators(one)


@pytest.mark.parametrize("rule", sorted(MASKED_RULES | HARSH_RULES))
def test_what_a_moderator_saw_and_nobody_found_is_masked_as_a_whole(rule: str) -> None:
    """Nobody can tell where in the text it stands; each word keeps its first letter."""
    post = case_post("Jane Doe, Elm_Street 55", findings=())

    assert inside(for_member(post, rule)) == "J*** D**, E**_S***** 5*"


@pytest.mark.parametrize("rule", sorted(MASKED_RULES))
def test_data_that_nobody_found_is_masked_for_moderators_as_well(rule: str) -> None:
    """What they see on Discord need not stand in a log."""
    post = case_post("Jane Doe", findings=())

    assert inside(for_moderators(post, rule)) == "J*** D**"


@pytest.mark.parametrize("rule", sorted(HARSH_RULES))
def test_harsh_words_that_nobody_found_are_behind_a_spoiler(rule: str) -> None:
    """As those that screening finds."""
    assert for_moderators(case_post("gosh", findings=()), rule) == "||```\ngosh\n```||"


def test_what_was_found_is_masked_where_it_stands() -> None:
    """A moderator who confirms it leaves the rest readable."""
    found = finding(rule_id="contact-info", start=5, end=10)

    assert inside(for_member(case_post("mail a@b.c now", findings=(found,)), "contact-info")) == (
        "mail a@*.* now"
    )


@pytest.mark.parametrize("rule", sorted(UNECHOED_RULES))
def test_what_a_moderator_found_too_grave_is_never_shown(rule: str) -> None:
    """Though screening found nothing in it."""
    post = case_post("words", findings=())

    assert (for_member(post, rule), for_moderators(post, rule)) == ("", "")
