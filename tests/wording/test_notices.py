"""What authors of removed posts are told: guidelines by number, what happens, what to do."""

import pytest

from bot.discord_io.render import DESCRIPTION, embed_of
from bot.files.folder import config_folder
from bot.files.guidelines import read_guidelines
from bot.model.action import Action
from bot.ports import Words
from bot.wording import Wording
from tests.making import GENERAL, case, case_post, finding
from tests.wording.samples import PAGE, TOKEN, about, real, whole

GUIDELINES = config_folder() / "guidelines.toml"
RULES = [rule for rule in real().rules() if rule.guideline is not None]
REMOVING = [rule.id for rule in RULES if rule.max_action is Action.REMOVE]


def notice(*rules: str, text: str = "x" * 2000, posts: int = 1) -> Words:
    """Return what the author of such posts is told."""
    gone = frozenset(range(1000, 1000 + posts))
    return Wording(real()).notice(about(*rules, text=text, posts=posts), gone, TOKEN)


@pytest.mark.parametrize("rule", REMOVING)
def test_a_notice_says_what_was_found_by_which_guideline_and_what_to_do_instead(rule: str) -> None:
    """Number, title, wording, what to do, what is fine, what happens, whom to ask."""
    document = real()
    one = document.rule(rule)
    assert one.guideline is not None
    guideline = document.guideline(one.guideline)

    read = whole(notice(rule))

    assert f"Guideline {guideline.number}: {guideline.title}" in read
    assert guideline.wording in read
    assert one.instead in read
    assert one.permitted in read
    assert f"something against {rule}" in read
    assert "removed automatically, by a rule and not by a person" in read
    assert "**What happens now**" in read
    assert "tell a moderator and name C-3" in read
    assert f"All guidelines: {PAGE}" in read
    assert f"version {document.version}" in read


def test_a_page_that_is_still_a_placeholder_is_shown_to_nobody() -> None:
    """Until an admin puts in a page of their own, a notice names the version alone."""
    shipped, _ = read_guidelines(GUIDELINES)
    assert shipped is not None
    case = about("vulgarity")

    read = whole(Wording(shipped).notice(case, frozenset({1000}), TOKEN))

    assert "example.com" not in read
    assert f"version {shipped.version}" in read


@pytest.mark.parametrize("rules", [(rule,) for rule in REMOVING] + [tuple(REMOVING)])
def test_every_notice_fits_discord_whole(rules: tuple[str, ...]) -> None:
    """Even against the longest quote nothing is cut: the last paragraph is the most important."""
    words = notice(*rules, text="🙂" * 3000, posts=20)
    embed = embed_of(words, "A community with a name of ordinary length")

    assert embed.description == "\n\n".join(words.paragraphs)
    assert len(embed.description) <= DESCRIPTION
    assert len(embed.title or "") <= 256
    assert len(embed) <= 6000


def test_a_text_ends_with_its_reference() -> None:
    """The case for people, the token for finding the message again."""
    assert notice("vulgarity").reference == "C-3 · abc123"
    assert Wording(real()).log_line(about("vulgarity"), (), TOKEN).reference == "C-3 · abc123"


def test_no_text_says_that_anybody_reported() -> None:
    """Nor that there are reporters at all."""
    read = whole(notice(*REMOVING)) + whole(Wording(real()).log_line(about(*REMOVING), (), TOKEN))
    for word in ("reported", "reporter", "a report", "your report", "complain", "notified"):
        assert word not in read.lower()


def test_the_author_is_quoted_and_the_place_is_linked() -> None:
    """So that they know which post it was."""
    read = whole(notice("solicitation", text="hire me"))
    assert "hire me" in read
    assert f"<#{GENERAL}>" in read


def test_an_erased_post_is_not_quoted() -> None:
    """The rest of the notice stays."""
    erased = case(case_post(parts=(), message=1000))
    words = Wording(real()).notice(erased, frozenset({1000}), TOKEN)
    assert "What you wrote" not in whole(words)
    assert "What happens now" in whole(words)


def test_a_burst_is_one_notice_that_counts_the_posts_that_went() -> None:
    """Only those that are gone."""
    words = Wording(real()).notice(
        about("vulgarity", posts=4), frozenset({1000, 1001, 1003}), TOKEN
    )
    assert words.paragraphs[0].startswith("3 of your posts")


@pytest.mark.parametrize("posts", [1, 3])
def test_who_removed_a_post_is_not_said_where_it_is_not_known(posts: int) -> None:
    """Somebody was faster, or an answer was lost: true for both, and the rest stays."""
    gone = frozenset(range(1000, 1000 + posts))
    read = whole(Wording(real()).notice(about("vulgarity", posts=posts), gone, TOKEN, ours=False))
    assert "removed" not in read
    assert "fit our guidelines, and" in read
    assert "no longer there. A rule found this, not a person." in read
    assert "What happens now" in read


def test_only_the_findings_that_removed_the_post_are_named_to_its_author() -> None:
    """A mere suspicion beside them is none of the notice's business; like reasons are said once."""
    suspected = finding(Action.REVIEW, rule_id="language", reason="another language")
    held = case_post(findings=(finding(), finding(start=9, end=10), suspected), message=1000)
    read = whole(Wording(real()).notice(case(held), frozenset({1000}), TOKEN))
    assert read.count("a rude word") == 1
    assert "another language" not in read


def test_many_reasons_are_counted() -> None:
    """Three are named, the surest first."""
    findings = tuple(
        finding(reason=f"reason {n}", start=n, end=n + 1, confidence=1 - n / 1000) for n in range(5)
    )
    held = case_post(findings=findings[::-1], message=1000)
    read = whole(Wording(real()).notice(case(held), frozenset({1000}), TOKEN))
    assert "• reason 0\n• reason 1\n• reason 2\n• and 2 more" in read


def test_a_guideline_broken_twice_is_cited_once_and_many_are_cited_by_number() -> None:
    """A notice is to be read to its end."""
    read = whole(notice("vulgarity", "hate", "threat", "contact-info", "spam-repeat"))
    assert read.count("Guideline 5:") == 1
    assert "Guidelines that matter too: 3, 8" in read


def test_a_rule_that_is_no_longer_written_does_not_silence_the_notice() -> None:
    """A case decided by an older document is told with what is left: reasons and what happens."""
    held = case_post(findings=(finding(rule_id="gossip"),), message=1000)
    read = whole(Wording(real()).notice(case(held), frozenset({1000}), TOKEN))
    assert "a rude word" in read
    assert "What happens now" in read


def test_of_a_burst_each_post_is_told_in_a_line() -> None:
    """Its author knows which ones went, and what was found in any of them."""
    words = notice("vulgarity", text="x words", posts=7)

    assert words.title == "7 posts of yours were removed"
    (wrote,) = (one for one in words.paragraphs if one.startswith("**What you wrote**"))
    assert wrote.count("`x words`") == 5
    assert wrote.endswith("• and 2 more")
    assert words.paragraphs.count("**What was found**\n• something against vulgarity") == 1
