"""A post given back as a quote, and what our messages say once words are erased."""

from dataclasses import replace

from bot.discord_io.render import DESCRIPTION, embed_of
from bot.model.post import Part, PostFile, Surface
from tests.making import ADA, NOON, case, case_post
from tests.wording.samples import CASE, TOKEN, WORDING, mailed, stamp


def test_a_post_comes_back_in_its_authors_words() -> None:
    """Whole and unmasked, for removing it was a mistake; nothing in it acts."""
    post = mailed()

    words = WORDING.restored(case(post), post, TOKEN)

    assert words.title == "A post is back"
    assert words.paragraphs == (
        f"<@{ADA}> wrote this {stamp(NOON)}. Removing it was a mistake; here it is again.",
        "```\nReach me at ada@example.com, thanks\n```",
    )
    assert words.reference == f"{CASE} · {TOKEN}"


def test_only_the_authors_own_words_come_back() -> None:
    """Not what they answered to, nor what Discord showed of a link."""
    parts = (
        Part(Surface.CONTENT, "mine"),
        Part(Surface.REPLY, "theirs"),
        Part(Surface.POLL, "my poll"),
    )
    post = case_post(parts=parts)

    assert WORDING.restored(case(post), post, TOKEN).paragraphs[1] == "```\nmine\nmy poll\n```"


def test_names_of_files_are_not_quoted_as_words() -> None:
    """The files come back themselves; where not all do, the quote does not say that it is whole."""
    files = (PostFile(9, "plan.png", "https://cdn.example/9", 10, "image/png"),)
    parts = (Part(Surface.CONTENT, "my plan"), Part(Surface.FILE_NAME, "plan.png"))
    post = replace(case_post(parts=parts), files=files)
    only_a_file = replace(post, parts=parts[1:])

    assert WORDING.restored(case(post), post, TOKEN).paragraphs[1:] == ("```\nmy plan\n```",)
    (whole,) = WORDING.restored(case(post), only_a_file, TOKEN).paragraphs
    part, why = WORDING.restored(case(post), only_a_file, TOKEN, bare=True).paragraphs
    assert whole.endswith("here it is again.")
    assert part.endswith("here is what is kept of it.")
    assert why == "What is missing of its files was not kept."


def test_what_was_passed_on_comes_back_as_that() -> None:
    """It was the whole post; nobody is said to have written it themselves."""
    files = (PostFile(9, "cat.png", "https://cdn.example/9", 10, "image/png"),)
    parts = (Part(Surface.FORWARD, "worth a read"), Part(Surface.FORWARD, "cat.png"))
    post = replace(case_post(parts=parts), files=files)

    assert WORDING.restored(case(post), post, TOKEN).paragraphs[1:] == (
        "They had passed this on from elsewhere:",
        "```\nworth a read\n```",
    )


def test_a_long_post_is_cut_where_discord_ends() -> None:
    """Rather than refused."""
    post = case_post("🙂" * 4000)

    embed = embed_of(WORDING.restored(case(post), post, TOKEN))

    assert embed.description is not None
    assert embed.description.endswith("…\n```")
    assert 3500 < len(embed.description) <= DESCRIPTION


def test_a_post_without_words_says_so() -> None:
    """They may have been erased meanwhile."""
    post = replace(mailed(), parts=())

    assert WORDING.restored(case(post), post, TOKEN).paragraphs[1] == (
        "Its words are not kept any more."
    )


def test_an_erased_notice_says_where_to_read_what_is_left() -> None:
    """And keeps its reference."""
    words = WORDING.redacted_notice(case(mailed()), TOKEN)

    assert (words.title, words.reference) == (f"About {CASE}", f"{CASE} · {TOKEN}")
    assert words.paragraphs == (
        "What was written here has been erased. /my record shows what is left.",
    )
