"""Discord's markdown in Concord's own messages becomes emphasis in a terminal."""

from bot.demo.markdown import to_text


def test_bold_words_lose_their_stars_and_are_bold() -> None:
    """The rest stays plain."""
    text = to_text("**What was found**\n• a telephone number", "|")

    assert text.plain == "What was found\n• a telephone number"
    assert [(span.start, span.end, span.style) for span in text.spans] == [(0, 14, "bold")]


def test_a_quotation_stands_behind_a_bar() -> None:
    """Each of its lines, and nothing in it is read as markdown."""
    text = to_text("You wrote\n```\nfirst **line**\nsecond\n```\nThat is all.", "|")

    assert text.plain == "You wrote\n| first **line**\n| second\nThat is all."


def test_a_spoiler_says_that_it_is_one() -> None:
    """Moderators on Discord would have to open it."""
    text = to_text("||```\nrude words\n```||", "|")

    assert text.plain == "| behind a spoiler:\n| rude words"
