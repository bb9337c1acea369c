"""What members and moderators read: guidelines by number, what happens, what to do instead."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.discord_io.render import DESCRIPTION, embed_of
from bot.files.guidelines import read_guidelines
from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.evidence import Finding
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.ports import Words
from bot.wording import Wording
from tests.making import ADA, GENERAL, GUILD, NOON, case, case_post, evidence, finding, intent
from tests.wording.samples import MODERATOR, ruling, stamp

GUIDELINES = Path(__file__).parents[2] / "config" / "guidelines.toml"
TOKEN = "abc123"


PAGE = "https://community.example/guidelines"


def real() -> Guidelines:
    """Return the guidelines that are shipped, with a page of the community's own."""
    document, problems = read_guidelines(GUIDELINES)
    assert document is not None, problems
    return replace(document, links={**document.links, "guidelines": PAGE})


RULES = [rule for rule in real().rules() if rule.guideline is not None]
REMOVING = [rule.id for rule in RULES if rule.max_action is Action.REMOVE]


def about(*rules: str, action: Action = Action.REMOVE, text: str = "x" * 2000, posts: int = 1):
    """Return a case about posts that break some rules, each word of it another one."""
    document = real()
    findings = tuple(
        Finding(
            evidence(rule, start=2 * n, end=2 * n + 1, reason=f"something against {rule}"),
            document.rule(rule).guideline,
            action,
        )
        for n, rule in enumerate(rules)
    )
    return case(
        *(case_post(text, findings=findings, action=action, message=1000 + n) for n in range(posts))
    )


def notice(*rules: str, text: str = "x" * 2000, posts: int = 1) -> Words:
    """Return what the author of such posts is told."""
    gone = frozenset(range(1000, 1000 + posts))
    return Wording(real()).notice(about(*rules, text=text, posts=posts), gone, TOKEN)


def whole(words: Words) -> str:
    """Return all that can be read of a text."""
    return "\n".join((words.title, *words.paragraphs, words.reference))


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


@pytest.mark.parametrize("action", [Action.REVIEW, Action.REMOVE])
@pytest.mark.parametrize("rules", [(rule.id,) for rule in RULES] + [tuple(r.id for r in RULES)])
def test_every_line_of_the_log_fits_discord_whole(rules: tuple[str, ...], action: Action) -> None:
    """With everything going wrong at once, too."""
    troubles = [
        intent(kind, IntentState.FAILED, outcome="Concord is not allowed to; it needs much")
        for kind in (IntentKind.DELETE, IntentKind.NOTICE)
    ]
    words = Wording(real()).log_line(about(*rules, action=action, posts=20), troubles, TOKEN)
    embed = embed_of(words)

    assert embed.description == "\n\n".join(words.paragraphs)
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


def log(*intents: Intent, **changes) -> Words:
    """Return the line of a case with one removed post."""
    return Wording(real()).log_line(about("vulgarity", **changes), intents, TOKEN)


def deleted(message: int = 1000, state: IntentState = IntentState.DONE, outcome: str = "removed"):
    """Return the intent that removes a post."""
    return intent(IntentKind.DELETE, state, message=message, outcome=outcome)


def test_a_removed_post_is_told_with_who_where_why_and_how_sure() -> None:
    """Author, link, rule, guideline, confidence."""
    words = log(deleted())
    assert words.title == "C-3 · post removed"
    assert not words.alert
    assert words.paragraphs[0] == (
        f"<@{ADA}> in <#{GENERAL}>, https://discord.com/channels/{GUILD}/{GENERAL}/1000"
    )
    title = real().guideline(5).title
    assert words.paragraphs[1] == (
        f"• **vulgarity** (guideline 5: {title}): something against vulgarity, 99%"
    )
    assert words.paragraphs[-1] == "Guidelines version 1.0"


def test_a_question_asks() -> None:
    """Its title says what is wanted, and it stands out."""
    words = log(action=Action.REVIEW)
    assert words.title == "C-3 · please look at this post"
    assert words.alert


def test_what_lowered_a_finding_is_said() -> None:
    """The because of a finding follows it."""
    held = case_post(
        findings=(replace(finding(Action.REVIEW), because="the mode of vulgarity here is review"),),
        action=Action.REVIEW,
    )
    line = Wording(real()).log_line(case(held), (), TOKEN).paragraphs[1]
    assert line.endswith("; the mode of vulgarity here is review")


@pytest.mark.parametrize(
    ("done", "title", "alert"),
    [
        (0, "C-3 · the post is still there", True),
        (1, "C-3 · 1 of 3 posts removed", True),
        (3, "C-3 · 3 posts removed", False),
    ],
)
def test_the_title_counts_what_is_really_gone(done: int, title: str, *, alert: bool) -> None:
    """A removal that has not worked is not called one."""
    intents = [
        deleted(1000 + n, IntentState.DONE if n < done else IntentState.PENDING, "")
        for n in range(3)
    ]
    words = log(*intents, posts=3)
    assert (words.title, words.alert) == (title, alert)
    assert "3 posts in this case; shown is the first." in words.paragraphs


@pytest.mark.parametrize(
    ("outcomes", "title"),
    [
        (["it was gone already"], "C-3 · the post was gone already"),
        (["it was gone already"] * 2, "C-3 · 2 posts gone"),
        (["removed", "it was gone already"], "C-3 · 2 posts gone"),
    ],
)
def test_a_post_that_was_gone_already_is_not_called_removed(
    outcomes: list[str], title: str
) -> None:
    """The line says what is known, and that it may have been Concord all the same."""
    words = log(
        *[deleted(1000 + n, outcome=one) for n, one in enumerate(outcomes)], posts=len(outcomes)
    )
    assert (words.title, words.alert) == (title, False)
    assert "somebody else removed" in whole(words)


def test_a_post_that_was_to_go_is_shown_rather_than_one_that_was_asked_about() -> None:
    """A repeat joins the case of the first copy, which still stands."""
    asked = case_post(action=Action.REVIEW, message=1000)
    words = Wording(real()).log_line(case(asked, case_post(message=1001)), [deleted(1001)], TOKEN)
    assert words.title == "C-3 · post removed"
    assert words.paragraphs[0].endswith("/1001")
    assert "2 posts in this case; shown is the first that was to go." in words.paragraphs


def test_what_is_true_of_several_notices_is_said_once() -> None:
    """A case that is continued hours later has a notice for each burst."""
    told = [
        intent(IntentKind.NOTICE, IntentState.DONE, key=key, outcome="by direct message")
        for key in ("notice", "notice:1002")
    ]
    read = whole(log(deleted(), *told))
    assert read.count("The member was told: by direct message.") == 1


def test_how_the_member_was_told_is_said() -> None:
    """By message or in a thread."""
    told = intent(IntentKind.NOTICE, IntentState.DONE, outcome="by direct message")
    assert "The member was told: by direct message." in log(deleted(), told).paragraphs


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (IntentState.FAILED, "⚠️ Telling the member did not work: they have left."),
        (IntentState.UNKNOWN, "⚠️ Telling the member: they have left."),
        (
            IntentState.ATTEMPTED,
            "⚠️ Telling the member has not worked yet and will be tried again: they have left.",
        ),
    ],
)
def test_trouble_is_told_as_far_as_it_is_known(state: IntentState, words: str) -> None:
    """Given up, uncertain, or to be tried again; each makes the line stand out."""
    line = log(deleted(), intent(IntentKind.NOTICE, state, outcome="they have left"))
    assert words in line.paragraphs
    assert line.alert


@pytest.mark.parametrize("kind", [IntentKind.LOG, IntentKind.LOG_EDIT])
@pytest.mark.parametrize("state", [IntentState.ATTEMPTED, IntentState.FAILED])
def test_a_line_never_complains_of_itself(kind: IntentKind, state: IntentState) -> None:
    """Who reads it knows that it was written."""
    assert log(deleted(), intent(kind, state, outcome="no answer")) == log(deleted())


def test_a_degraded_case_says_so() -> None:
    """Moderators know that nothing was done by itself."""
    held = case_post(action=Action.REVIEW, degraded=True)
    line = Wording(real()).log_line(case(held), (), TOKEN)
    assert "Part of the post could not be checked, so nothing was done by itself." in (
        line.paragraphs
    )


def test_a_case_without_posts_has_a_line() -> None:
    """A moderator sanctioned somebody without naming a post."""
    bare = replace(case(case_post()), posts=(), state=CaseState.CLOSED)

    words = Wording(real()).log_line(bare, (), TOKEN)

    assert (words.title, words.alert) == ("C-3 · decided", False)
    assert words.paragraphs[0] == f"<@{ADA}>"


def test_a_decided_case_asks_nothing_more() -> None:
    """Its first line says who decided what; a note, and what Concord did itself, are not said."""
    decided = [
        ruling(RulingKind.REMOVED, 1, by=None),
        ruling(RulingKind.KEPT, 2),
        ruling(RulingKind.NOTED, 3),
        ruling(RulingKind.VOIDED, 4),
    ]
    held = replace(about("vulgarity", action=Action.REVIEW), state=CaseState.CLOSED)

    words = Wording(real()).log_line(held, (), TOKEN, decided)

    assert (words.title, words.alert) == ("C-3 · decided", False)
    assert [one for one in words.paragraphs if " by <@" in one or "by Concord" in one] == [
        f"Looked at by <@{MODERATOR}> {stamp(NOON, 'R')}",
        f"Voided by <@{MODERATOR}> {stamp(NOON, 'R')}",
    ]


def test_a_case_closed_without_a_ruling_says_that_nothing_is_left() -> None:
    """Whoever reads its line later need not wonder."""
    held = replace(about("vulgarity", action=Action.REVIEW), state=CaseState.CLOSED)

    assert "Nothing is left to decide here." in Wording(real()).log_line(held, (), TOKEN).paragraphs


def test_what_a_ruling_asked_for_is_told_in_its_own_line() -> None:
    """The first line speaks of what Concord did by itself."""
    failed = intent(IntentKind.NOTICE, IntentState.FAILED, outcome="they have left")

    assert log(deleted(), replace(failed, ruling=5)) == log(deleted())
