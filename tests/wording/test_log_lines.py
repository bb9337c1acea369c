"""The line of the moderators' log on a case: who, where, why, how sure, what came of it."""

from dataclasses import replace

import pytest

from bot.discord_io.render import embed_of
from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.ports import Words
from bot.wording import Wording
from tests.making import ADA, GENERAL, GUILD, NOON, case, case_post, finding, intent
from tests.wording.samples import MODERATOR, TOKEN, about, real, ruling, stamp, whole

RULES = [rule for rule in real().rules() if rule.guideline is not None]


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
    (others,) = (one for one in words.paragraphs if one.startswith("**3 posts in this case"))
    assert [one in others for one in ("/1000", "/1001", "/1002")] == [False, True, True]


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
    (others,) = (one for one in words.paragraphs if one.startswith("**2 posts in this case"))
    assert others.endswith("/1000")


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


@pytest.mark.parametrize("rule", ["minor-safety", "doxing"])
def test_a_line_brought_up_to_date_hides_what_a_moderator_found_grave(rule: str) -> None:
    """Screening had asked for another reason, and so the words stood there until now."""
    held = about("vulgarity", action=Action.REVIEW, text="Jane in Elm Street")
    before = Wording(real()).log_line(held, (), TOKEN)

    after = Wording(real()).log_line(held, (), TOKEN, [ruling(rule=rule)])

    assert "Jane" in whole(before)
    assert "Jane" not in whole(after)


def test_a_case_closed_without_a_ruling_says_that_nothing_is_left() -> None:
    """Whoever reads its line later need not wonder."""
    held = replace(about("vulgarity", action=Action.REVIEW), state=CaseState.CLOSED)

    assert "Nothing is left to decide here." in Wording(real()).log_line(held, (), TOKEN).paragraphs


def test_what_a_ruling_asked_for_is_told_in_its_own_line() -> None:
    """The first line speaks of what Concord did by itself."""
    failed = intent(IntentKind.NOTICE, IntentState.FAILED, outcome="they have left")

    assert log(deleted(), replace(failed, ruling=5)) == log(deleted())


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
