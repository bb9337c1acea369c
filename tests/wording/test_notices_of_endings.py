"""What members are told when something ends early, or was a mistake."""

from dataclasses import replace

import pytest

from bot.model.ruling import RulingKind
from tests.making import GENERAL, PAINTERS
from tests.wording.samples import (
    BAN,
    BOARD,
    CASE,
    GROUP,
    TIMEOUT,
    WARNING,
    counting,
    draft,
    mailed,
    notice,
    whole,
)

AGAIN = "You can join this community again, with an invitation"


@pytest.mark.parametrize(
    ("kind", "title", "over"),
    [
        (TIMEOUT, "Your timeout is over", "Your timeout is over: you can write again."),
        (BOARD, "A board is open to you again", "You can write on the board **Art** again."),
        (
            GROUP,
            "A group is open to you again",
            "The group **Painters** is open to you again; if you were in it, its role comes back.",
        ),
        (BAN, "You can come back", f"{AGAIN}."),
    ],
)
def test_what_is_lifted_is_told_with_what_stays(kind, title: str, over: str) -> None:
    """The end is early; the decision was no mistake."""
    words = notice(RulingKind.LIFTED, ended=(draft(kind, 7),))

    stays = "The decision itself stays on your record."
    assert words.title == title
    assert words.paragraphs == (
        f"{over}\nA moderator ended this early.",
        f"{stays} Questions? Please tell a moderator and name {CASE}.",
    )


@pytest.mark.parametrize("kind", [RulingKind.LIFTED, RulingKind.VOIDED])
def test_who_is_in_a_group_again_is_not_told_to_join_it(kind: RulingKind) -> None:
    """And who is not, for the role could not be given back, is told how to."""
    ended = (draft(GROUP, 7),)

    back = whole(notice(kind, ended=ended, back=frozenset({PAINTERS})))
    away = whole(notice(kind, ended=ended, not_back=frozenset({PAINTERS})))

    assert "You are in the group **Painters** again." in back
    assert "join" not in back
    assert (
        "You can join the group **Painters** again: choose it as you did the first time, or ask a "
        "moderator."
    ) in away


@pytest.mark.parametrize(
    ("restored", "back"),
    [
        (True, f"Your post stands again in <#{GENERAL}>, as a quote."),
        (False, "Your post was fine, and you may post the same again."),
    ],
)
def test_a_mistake_is_called_one(back: str, *, restored: bool) -> None:
    """What is undone, and that it counts for nothing."""
    words = notice(
        RulingKind.VOIDED,
        ended=(draft(WARNING), draft(TIMEOUT, 7)),
        removed=(mailed(),),
        restored=restored,
    )

    mistake = "A moderator looked again: what was decided about you was a mistake."
    assert words.title == "It was our mistake"
    assert words.paragraphs == (
        f"{mistake} It is undone and counts for nothing. We are sorry.",
        f"• Your timeout is over: you can write again.\n• The warning is taken back.\n• {back}",
        "You need to do nothing.",
    )


def test_several_posts_that_come_back_are_counted() -> None:
    """One place is named where it is one."""
    posts = (mailed(), mailed(1001))
    elsewhere = (mailed(), replace(mailed(1001), channel=5))

    assert f"Your 2 posts stand again in <#{GENERAL}>, as quotes." in whole(
        notice(RulingKind.VOIDED, removed=posts, restored=True)
    )
    assert "Your 2 posts stand again, as quotes." in whole(
        notice(RulingKind.VOIDED, removed=elsewhere, restored=True)
    )
    assert "Your 2 posts were fine: 1 of them stands again, as a quote." in whole(
        notice(RulingKind.VOIDED, removed=elsewhere, restored=True, again=1)
    )


def test_files_that_are_not_there_again_are_named() -> None:
    """Nobody reads that their post stands again who finds half of it."""
    one = notice(RulingKind.VOIDED, removed=(mailed(),), restored=True, bare=1)
    posts = (mailed(), mailed(1001))
    two = notice(RulingKind.VOIDED, removed=posts, restored=True, bare=1)

    assert "as a quote. Its files are not all there, for not all were kept" in whole(one)
    assert "as quotes. Their files are not all there, for not all were kept" in whole(two)


def test_who_has_to_come_back_is_not_told_to_do_nothing() -> None:
    """They need an invitation; and who is removed for good is not told what counts."""
    back = whole(notice(RulingKind.VOIDED, ended=(draft(BAN),)))
    gone = whole(notice(sanctions=(counting(BAN),)))

    assert f"{AGAIN}." in back
    assert "do nothing" not in back
    assert "This counts" not in gone
