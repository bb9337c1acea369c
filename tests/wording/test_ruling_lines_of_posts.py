"""What lines of rulings say of posts: how many, which, in whose words, and what is left of them."""

from dataclasses import replace

import pytest

from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from tests.making import GENERAL, GUILD, NOON
from tests.wording.samples import (
    CASE,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
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

LINK = f"https://discord.com/channels/{GUILD}/{GENERAL}/1000"


def line(of: Dossier, which: int = 1):
    """Return the line of the moderators' log on a ruling of a case."""
    return WORDING.ruling_line(of, of.ruling(which), TOKEN)


def decided() -> Dossier:
    """Return a case in which a post was removed and its author timed out; all of it worked."""
    return dossier(
        ruling(removes=(1000,), sanctions=(1, 2), words="Please stop.", internal="Second time."),
        sanctions=(sanction(draft(WARNING), 2), sanction(draft(TIMEOUT, 7))),
        intents=(
            done(IntentKind.DELETE, "removed", message=1000),
            done(IntentKind.APPLY, "they are timed out", sanction=1),
            done(IntentKind.NOTICE, "by direct message"),
        ),
    )


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([("removed", IntentState.DONE)] * 2, "• 2 posts removed"),
        (
            [("removed", IntentState.DONE), ("", IntentState.PENDING)],
            "• 2 posts to be removed, 1 gone",
        ),
        (
            [("removed", IntentState.DONE), ("it was gone already", IntentState.DONE)],
            "• 2 posts removed (1 gone already)",
        ),
    ],
)
def test_posts_are_counted_as_they_are(outcomes, said: str) -> None:
    """Gone, gone before, or still there."""
    deletes = tuple(
        done(IntentKind.DELETE, words, message=1000 + number, state=state)
        for number, (words, state) in enumerate(outcomes)
    )
    known = dossier(ruling(removes=(1000, 1001)), intents=deletes, posts=(mailed(), mailed(1001)))

    assert said in line(known).paragraphs


def test_several_posts_are_told_apart_and_the_rest_counted() -> None:
    """Each with its place, its time, a few words and its address; who reads it need not guess."""
    posts = tuple(unseen(f"number {one}\nof many", 1000 + one) for one in range(12))
    made = ruling(rule="politics", removes=tuple(post.message for post in posts))
    deletes = tuple(done(IntentKind.DELETE, "removed", message=one) for one in made.removes)

    said = whole(line(dossier(made, intents=deletes, posts=posts)))

    assert "• 12 posts removed" in said
    assert f"• <#{GENERAL}> {stamp(NOON)} `number 0 of many` {LINK}" in said
    assert "`number 4 of many`" in said
    assert "number 5" not in said
    assert "• and 7 more" in said


def test_data_that_nobody_found_is_masked_for_moderators_too() -> None:
    """The log is read by many, for long."""
    known = dossier(ruling(rule="doxing", removes=(1000,)), posts=(unseen("Jane in Elm Street"),))

    assert "```\nJ*** i* E** S*****\n```" in line(known).paragraphs


def test_erased_words_leave_what_was_decided() -> None:
    """Written anew from what is left: about whom, by whom, by which guideline, until when."""
    held = decided()
    posts = tuple(replace(one, parts=(), files=()) for one in held.case.posts)
    silenced = tuple(replace(one, words="", internal="", because="") for one in held.rulings)
    known = replace(held, case=replace(held.case, posts=posts), rulings=silenced)

    line = WORDING.erased(WORDING.ruling_line(known, known.ruling(1), TOKEN))

    assert line.title == f"{CASE} · timeout, warning and 1 post removed"
    assert line.paragraphs[-1] == "Some of what was written here has been erased."
    text = "\n".join(line.paragraphs)
    assert "Decided by" in text
    assert "contact-info" in text
    assert "Timeout until" in text
    assert "```" not in text
