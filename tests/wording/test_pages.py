"""Whole cases and lists of them as moderators read them."""

from dataclasses import replace

import pytest

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.dossier import Dossier
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionState
from bot.ports import Words
from bot.wording import Wording, paged
from tests.making import ADA, GENERAL, GUILD, NOON, case, case_post, finding
from tests.wording.samples import (
    CASE,
    DAY,
    GUIDELINES,
    MODERATOR,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
    counting,
    decided_case,
    dossier,
    draft,
    ruling,
    sanction,
    stamp,
    unseen,
    whole,
)

WEEK = f"until {stamp(NOON + 7 * DAY)} (7 days)"
LINK = f"https://discord.com/channels/{GUILD}/{GENERAL}/1000"
RULE = "**contact-info** (guideline 3: Keep contact details and private talks private)"


def test_a_case_is_shown_whole() -> None:
    """What holds, what was found, what was written, who decided what and when, what went wrong."""
    points = f"2 points until {stamp(NOON + 30 * DAY, 'D')}"
    timeout = (
        f"• Timeout {WEEK}: in force; now until {stamp(NOON + 9 * DAY)} (9 days); {points}; "
        "they are timed out"
    )
    first = f"**Decided** by <@{MODERATOR}> {stamp(NOON)}\n{RULE}"
    why = "Why:\n> They asked."
    edited = f"**Changed** by <@{MODERATOR}> {stamp(NOON)}\n{RULE}"

    words = WORDING.case_page(decided_case())

    assert words.title == f"{CASE} · timeout, warning and 1 post removed"
    assert words.reference == CASE
    assert words.paragraphs == (
        f"<@{ADA}> · found by screening {stamp(NOON)} · decided",
        f"{timeout}\n• Warning: not known to have worked yet",
        f"**Post of** {stamp(NOON)} in <#{GENERAL}>\n{LINK}",
        f"• {RULE}: an email address, 99%",
        "```\nReach me at a**@*******.***, thanks\n```",
        f"{first}\nNote to the member:\n> Please stop.\nNote for moderators:\n> Second time.",
        f"{edited}\n• end of the timeout: a week → nine days\n{why}",
        f"**Noted** by <@{MODERATOR}> {stamp(NOON)}\nNote for moderators:\n> Watch this.",
        "⚠️ Telling the member did not work: they accept no messages.",
        "Guidelines version 1.0",
    )


@pytest.mark.parametrize("state", [SanctionState.VOIDED, SanctionState.FAILED])
def test_what_counts_for_nothing_is_not_said_to_have_points(state: SanctionState) -> None:
    """They were its points while it held."""
    known = dossier(ruling(), sanctions=(sanction(counting(TIMEOUT, 7), state=state),))

    assert "point" not in whole(WORDING.case_page(known))


def test_a_long_case_shows_some_posts_and_counts_the_rest() -> None:
    """Five are enough to see what it is about."""
    posts = tuple(unseen(f"post {number}", 1000 + number) for number in range(8))

    read = whole(WORDING.case_page(dossier(ruling(rule="politics"), posts=posts)))

    assert "post 4" in read
    assert "post 5" not in read
    assert "And 3 more posts." in read


@pytest.mark.parametrize(
    ("erased", "which"),
    [((True,), "its post"), ((True, True), "all its 2 posts"), ((True, False), "1 of its 2")],
)
def test_where_words_were_erased_the_case_says_so(erased: tuple[bool, ...], which: str) -> None:
    """Why, in the same words for both reasons; and not where a post never had any."""
    posts = tuple(
        replace(unseen(message=1000 + place), parts=(), erased=one)
        for place, one in enumerate(erased)
    )

    read = whole(WORDING.case_page(dossier(ruling(), posts=posts)))
    never = whole(WORDING.case_page(dossier(ruling(), posts=(replace(unseen(), parts=()),))))

    assert f"The words of {which}" in read
    assert "are erased: their author asked for it, or they had been kept long enough." in read
    assert "erased" not in never


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"origin": CaseOrigin.MODERATOR}, "opened by a moderator"),
        ({"origin": CaseOrigin.BY_HAND}, "done by hand in Discord"),
        ({"state": CaseState.OPEN}, "waits for a moderator"),
        ({"state": CaseState.ACTED}, "removed by Concord, not confirmed yet"),
    ],
)
def test_where_a_case_comes_from_and_stands_is_said(change, said: str) -> None:
    """In its title or its first line, and once."""
    known = dossier(posts=())

    page = WORDING.case_page(replace(known, case=replace(known.case, **change)))

    assert f"{page.title} {page.paragraphs[0]}".count(said) == 1


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            decided_case(),
            f"**{CASE}** · <@{ADA}> · timeout, warning and 1 post removed · contact-info",
        ),
        (dossier(), f"**{CASE}** · <@{ADA}> · 1 post removed · contact-info"),
        (
            dossier(ruling(RulingKind.VOIDED), sanctions=(sanction(draft(WARNING)),)),
            f"**{CASE}** · <@{ADA}> · voided · contact-info",
        ),
        (
            dossier(
                ruling(), sanctions=(sanction(draft(TIMEOUT, 1), state=SanctionState.EXPIRED),)
            ),
            f"**{CASE}** · <@{ADA}> · timeout (expired) and 1 post removed · contact-info",
        ),
        (
            dossier(posts=(case_post(action=Action.REVIEW, findings=(finding(Action.REVIEW),)),)),
            f"**{CASE}** · <@{ADA}> · waits for a moderator",
        ),
    ],
)
def test_a_case_is_one_line_of_a_list(known: Dossier, said: str) -> None:
    """Number, member, what stands, rule, day."""
    line = WORDING.case_entry(known)

    assert line.startswith(said)
    assert line.endswith(f" · {stamp(NOON, 'd')}")
    assert "\n" not in line


def test_a_long_page_is_broken_between_paragraphs() -> None:
    """Each page fits a message and says which it is; a short one stays as it is."""
    words = Words("Title", tuple(f"{number} {'x' * 1500}" for number in range(5)), "ref")

    pages = paged(words)

    assert [page.title for page in pages] == [f"Title · page {n} of 3" for n in (1, 2, 3)]
    assert sum((page.paragraphs for page in pages), ()) == words.paragraphs
    assert all(len("\n\n".join(page.paragraphs)) <= 4000 for page in pages)
    assert paged(replace(words, paragraphs=("a", "b"))) == (replace(words, paragraphs=("a", "b")),)


def test_a_paragraph_that_fits_no_page_is_broken_between_its_lines() -> None:
    """As the sanctions of a case that was lifted and decided again and again."""
    lines = [f"• line {number} {'x' * 100}" for number in range(99)]

    pages = paged(Words("Title", ("First", "\n".join(lines), "Last"), "ref"))

    assert all(len("\n\n".join(page.paragraphs)) <= 4000 for page in pages)
    shown = "\n".join(paragraph for page in pages for paragraph in page.paragraphs)
    assert shown.split("\n") == ["First", *lines, "Last"]


def test_the_title_of_a_case_with_many_sanctions_counts_them() -> None:
    """A title has room for 256 characters, and nobody counts a row of words."""
    lifted = tuple(
        replace(sanction(draft(TIMEOUT, 1), state=SanctionState.LIFTED), id=number)
        for number in range(1, 15)
    )
    more = (replace(sanction(draft(WARNING, 1)), id=20), replace(sanction(draft(TIMEOUT)), id=21))
    known = replace(dossier(ruling()), sanctions=(*lifted, *more))

    title = WORDING.case_page(known).title

    assert title == f"{CASE} · 14 timeouts (lifted), warning, timeout and 1 post removed"


def test_of_a_childs_safety_moderators_read_where_to_report_and_nothing_of_the_post() -> None:
    """On the page, in the line of the log and in that of the ruling; whoever found it."""
    found = case_post("secret words", findings=(finding(Action.REMOVE, rule_id="minor-safety"),))
    named = case_post("secret words", findings=())
    report = replace(
        GUIDELINES, links={**GUIDELINES.links, "report": "https://community.example/r"}
    )
    wording = Wording(report)

    for post, rule in ((found, "sexual"), (named, "minor-safety")):
        made = ruling(rule=rule, removes=(post.message,))
        known = replace(dossier(made), case=case(post))
        texts = [
            wording.case_page(known),
            wording.log_line(known.case, (), TOKEN, known.rulings),
            wording.ruling_line(known, made, TOKEN),
        ]
        for words in texts:
            read = "\n".join(words.paragraphs)
            assert "https://community.example/r" in read
            assert "authorities" in read
            assert "secret" not in read
