"""Whole cases and lists of them as moderators read them, and records with their two readers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from bot.model.ruling import Change, Ending, RulingKind
from bot.model.sanction import Sanction, SanctionState
from bot.ports import Words
from bot.wording import Wording, paged
from tests.making import ADA, GENERAL, GUILD, NOON, case, case_post, finding
from tests.wording.samples import (
    CASE,
    DAY,
    GUIDELINES,
    MODERATOR,
    PAGE,
    REFERRAL,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
    counting,
    done,
    dossier,
    draft,
    mailed,
    ruling,
    sanction,
    stamp,
    unseen,
    whole,
)

WEEK = f"until {stamp(NOON + 7 * DAY)} (7 days)"
LINK = f"https://discord.com/channels/{GUILD}/{GENERAL}/1000"
RULE = "**contact-info** (guideline 3: Keep contact details and private talks private)"


def decided() -> Dossier:
    """Return a case that was decided, edited and lifted, with a notice that did not arrive."""
    known = dossier(
        ruling(removes=(1000,), sanctions=(1, 2), words="Please stop.", internal="Second time."),
        ruling(
            RulingKind.EDITED,
            2,
            endings=(Ending(1, SanctionState.ACTIVE, NOON + 9 * DAY),),
            changes=(Change("end of the timeout", "a week", "nine days"),),
            because="They asked.",
        ),
        ruling(RulingKind.NOTED, 3, rule=None, internal="Watch this."),
        sanctions=(
            replace(sanction(counting(TIMEOUT, 7)), until=NOON + 9 * DAY),
            sanction(draft(WARNING), 2, SanctionState.ORDERED),
        ),
        intents=(
            done(IntentKind.APPLY, "they are timed out", sanction=1),
            done(IntentKind.NOTICE, "they accept no messages", state=IntentState.FAILED),
        ),
    )
    return replace(known, case=replace(known.case, state=CaseState.CLOSED))


def test_a_case_is_shown_whole() -> None:
    """What holds, what was found, what was written, who decided what and when, what went wrong."""
    points = f"2 points until {stamp(NOON + 30 * DAY, 'D')}"
    timeout = (
        f"• Timeout {WEEK}: in force; now until {stamp(NOON + 9 * DAY)} (9 days); {points}; "
        "they are timed out"
    )
    first = f"**Decided** by <@{MODERATOR}> {stamp(NOON)}\n{RULE}"
    why = "Not as proposed:\n> They asked."
    edited = f"**Changed** by <@{MODERATOR}> {stamp(NOON)}\n{RULE}"

    words = WORDING.case_page(decided())

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


def test_a_long_case_shows_some_posts_and_counts_the_rest() -> None:
    """Five are enough to see what it is about."""
    posts = tuple(unseen(f"post {number}", 1000 + number) for number in range(8))

    read = whole(WORDING.case_page(dossier(ruling(rule="politics"), posts=posts)))

    assert "post 4" in read
    assert "post 5" not in read
    assert "And 3 more posts." in read


@pytest.mark.parametrize(
    ("erased", "which"),
    [((True,), "its post"), ((True, True), "2 of its 2 posts"), ((True, False), "1 of its 2")],
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
        (decided(), f"**{CASE}** · <@{ADA}> · timeout, warning and 1 post removed · contact-info"),
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


@dataclass(frozen=True)
class Points:
    """What counts, as the casebook reckons it."""

    now: int = 0
    runs_out: tuple[tuple[datetime, int], ...] = ()


@dataclass(frozen=True)
class Record:
    """A page of a record, as the casebook reads it."""

    cases: tuple[Dossier, ...] = ()
    own: bool = False
    points: Points = Points()
    in_force: tuple[Sanction, ...] = ()
    member: int = ADA
    first: int = 0
    total: int = 0


def full(*, own: bool) -> Record:
    """Return a record with one decided case and some points."""
    known = decided()
    points = Points(3, ((NOON + 10 * DAY, 2), (NOON + 30 * DAY, 0)))
    return Record((known,), own, points, (known.sanctions[0], known.sanctions[1]), total=1)


POINTS = (
    f"3 points now, 2 from {stamp(NOON + 10 * DAY, 'D')}, none from {stamp(NOON + 30 * DAY, 'D')}."
)
IN_FORCE = f"**In force**\n• Timeout {WEEK}; now until {stamp(NOON + 9 * DAY)} (9 days)"


def test_moderators_read_a_record_as_a_list_of_cases() -> None:
    """With what counts and what holds; a warning holds nobody."""
    words = WORDING.record_page(full(own=False))

    assert words.title == "Record of a member"
    assert words.paragraphs == (
        f"<@{ADA}>",
        POINTS,
        IN_FORCE,
        WORDING.case_entry(decided()),
    )
    assert words.reference == "1 case · for moderators only"


def test_points_that_run_out_on_one_day_are_one_step() -> None:
    """Nobody reads the same day twice."""
    day, hour = NOON + 30 * DAY, timedelta(hours=1)
    points = Points(6, ((day, 4), (day + hour, 2), (day + 2 * hour, 0)))

    words = WORDING.record_page(replace(full(own=False), points=points))

    assert words.paragraphs[1] == f"6 points now, none from {stamp(day + 2 * hour, 'D')}."


def test_members_read_their_own_record_in_plain_words() -> None:
    """What was done, by which guideline, what counts until when, whom to ask."""
    ask = "tell a moderator and name the case"
    entry = (
        f"**{CASE}** · {stamp(NOON, 'D')}",
        "Guideline 3: Keep contact details and private talks private",
        "• 1 post removed",
        f"• Timeout {WEEK}: in force; now until {stamp(NOON + 9 * DAY)} (9 days)",
        "• Warning: not known to have worked yet",
        "A moderator decided this.",
        "A note from the moderators:",
        "> Please stop.",
    )

    words = WORDING.record_page(full(own=True))

    assert words.title == "Your record"
    assert words.paragraphs == (
        POINTS,
        IN_FORCE,
        "\n".join(entry),
        f"If something here is a mistake, please {ask}: a person will look at it again.",
        f"All guidelines: {PAGE} (version 1.0)",
    )
    assert words.reference == "1 case · only you see this"


def test_a_record_of_ones_own_says_what_was_a_mistake_and_leaves_out_what_never_was() -> None:
    """It may be the only thing that somebody reads whose direct messages are closed."""
    known = dossier(
        ruling(sanctions=(1, 2)),
        ruling(RulingKind.VOIDED, 2, words="Sorry, we mixed you up."),
        sanctions=(
            sanction(draft(TIMEOUT, 7), 1, SanctionState.FAILED),
            sanction(draft(WARNING), 2, SanctionState.VOIDED),
        ),
    )

    read = whole(WORDING.record_page(Record((known,), own=True, total=1)))

    assert "Timeout" not in read
    assert "It was a mistake: it is undone and counts for nothing." in read
    assert "> Sorry, we mixed you up." in read


def test_a_members_own_record_never_names_a_moderator_or_a_note() -> None:
    """Even where the case was not stripped of them before."""
    read = whole(WORDING.record_page(full(own=True)))

    for hidden in (str(MODERATOR), "Second time", "Watch this", "They asked", "moderators only"):
        assert hidden not in read


@pytest.mark.parametrize(
    ("own", "said"),
    [(True, "Nothing is recorded about you here."), (False, "Nothing is recorded about them.")],
)
def test_an_empty_record_says_so(said: str, *, own: bool) -> None:
    """To either reader."""
    assert said in WORDING.record_page(Record(own=own)).paragraphs


def test_a_page_of_a_record_says_which_cases_it_shows() -> None:
    """And that nothing counts where nothing does."""
    words = WORDING.record_page(Record((decided(),), first=2, total=7))

    assert words.reference == "cases 3 to 3 of 7 · for moderators only"
    assert "Nothing counts against them now." in words.paragraphs


def test_a_referral_is_no_hold_on_anybody() -> None:
    """It is listed with its case."""
    known = dossier(ruling(), sanctions=(sanction(draft(REFERRAL)),), posts=(mailed(),))

    words = WORDING.record_page(Record((known,), True, Points(), known.sanctions, total=1))

    assert "**In force**" not in whole(words)
    assert "• Referral: given" in whole(words)


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
