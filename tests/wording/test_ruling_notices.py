"""What members are told about moderators' decisions, word for word, and what is never said.

Long, for it holds the texts themselves, side by side, so that they can be read as one.
"""

from dataclasses import replace

import pytest

from bot.model.ruling import Change, RulingKind
from bot.model.unechoed import UNECHOED_RULES
from tests.making import ART, GENERAL, NOON
from tests.wording.samples import (
    BAN,
    BOARD,
    CASE,
    DAY,
    GROUP,
    PAGE,
    REFERRAL,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
    counting,
    draft,
    mailed,
    notice,
    stamp,
    telling,
    unseen,
    whole,
)

CONTACT = (
    "**Guideline 3: Keep contact details and private talks private**\n"
    "Do not post ways to reach a person or a company: yours, somebody else's, for any reason. Do "
    "not post emails, chats or other private messages, and never gather or reveal who somebody "
    "is.\nPlease keep contact details out of posts and talk through the messages of the platform. "
    "Naming an app without an account, links to help pages and made-up examples are fine."
)
REVIEW = (
    f"If this was a mistake, please tell a moderator and name {CASE}: a person will look at it "
    "again."
)
CLOSED = "Our boards are closed to you; direct messages from us stay readable."
STAYS = "What has no end stays until a moderator lifts it."
ALL = f"All guidelines: {PAGE} (version 1.0)"
COUNTS = (
    f"This counts until {stamp(NOON + 30 * DAY, 'D')}: if something like it happens again, more "
    "may follow."
)
ITS_END = "It ends by itself; you need to do nothing."
THAT_BOARD = "This is about that board alone; elsewhere it changes nothing."
THAT_GROUP = "This is about that group alone; elsewhere it changes nothing."
BY_3 = "A moderator decided this, by guideline 3."


def test_a_removed_post_is_told_whole() -> None:
    """What, where, own words masked, what was found, guideline, what now, whom to ask."""
    words = notice(removed=(mailed(),))

    assert words.title == "A post of yours was removed"
    assert words.paragraphs == (
        f"Your post in <#{GENERAL}> was removed.\n{BY_3}",
        f"**What you wrote** {stamp(NOON)}\n```\nReach me at a**@*******.***, thanks\n```",
        "**What was found**\n• an email address",
        CONTACT,
        ALL,
        "**What happens now**\nNothing more: no warning and no points.",
        REVIEW,
    )
    assert words.reference == f"{CASE} · {TOKEN}"


@pytest.mark.parametrize(
    ("posts", "title", "said"),
    [
        (1, "A post of yours is no longer there", f"Your post in <#{GENERAL}> is no longer there."),
        (
            2,
            "2 posts of yours are no longer there",
            f"2 of your posts, the first in <#{GENERAL}>, are no longer there.",
        ),
    ],
)
def test_of_a_post_that_was_gone_before_it_is_not_said_who_removed_it(
    posts: int, title: str, said: str
) -> None:
    """Its author may have; then a removal would be news to them."""
    words = notice(removed=tuple(mailed(1000 + one) for one in range(posts)), ours=False)

    assert words.title == title
    assert words.paragraphs[0].startswith(said)


def test_a_warning_is_told_with_how_long_it_counts() -> None:
    """And with what the moderators wrote."""
    words = notice(removed=(mailed(),), sanctions=(counting(WARNING),), words="Please *think*.")

    assert words.title == "A warning"
    assert words.paragraphs[0] == (
        f"Your post in <#{GENERAL}> was removed.\nThis is a warning.\n{BY_3}"
    )
    assert words.paragraphs[1] == "**A note from the moderators**\n> Please \\*think\\*."
    now = f"**What happens now**\nA warning takes nothing from you: you can keep posting. {COUNTS}"
    assert now in words.paragraphs


END = f"until {stamp(NOON + 7 * DAY)} (7 days)"
TIMED_OUT = f"You are timed out {END}: you can read, and not write anywhere."


@pytest.mark.parametrize(
    ("ordered", "title", "begins", "now"),
    [
        (
            draft(TIMEOUT, 7),
            "You are timed out",
            f"You are timed out {END}: you can read, and not write anywhere.",
            ITS_END,
        ),
        (
            draft(TIMEOUT),
            "You are timed out",
            "You are timed out: you can read, and not write anywhere.",
            STAYS,
        ),
        (
            draft(BOARD, 7),
            "You are removed from a board",
            f"You cannot write on the board **Art** {END}.",
            f"{THAT_BOARD} {ITS_END}",
        ),
        (
            draft(BOARD),
            "You are removed from a board",
            "You cannot write on the board **Art** any more.",
            f"{THAT_BOARD} {STAYS}",
        ),
        (
            draft(GROUP, 7),
            "You are removed from a group",
            f"You are no longer in the group **Painters**, and cannot join it again {END}.",
            f"{THAT_GROUP} {ITS_END}",
        ),
        (
            draft(GROUP),
            "You are removed from a group",
            "You are no longer in the group **Painters**, and cannot join it again.",
            f"{THAT_GROUP} {STAYS}",
        ),
        (
            draft(BAN, 7),
            "You are removed from this community",
            f"You are removed from this community {END}.",
            f"{CLOSED} When it is over, you can join again with an invitation.",
        ),
        (
            draft(BAN),
            "You are removed from this community",
            "You are removed from this community for good.",
            f"{CLOSED} {STAYS}",
        ),
        (
            draft(REFERRAL),
            "We passed something on",
            "We passed this on to the platform, which decides by its own terms.",
            "",
        ),
    ],
)
def test_each_consequence_is_said_with_its_end_and_what_is_left(
    ordered, title: str, begins: str, now: str
) -> None:
    """As a moment that every reader sees in their own time, and as a plain length."""
    words = notice(sanctions=(ordered,))

    assert words.title == title
    assert words.paragraphs[0] == f"{begins}\n{BY_3}"
    assert not now or f"**What happens now**\n{now}" in words.paragraphs


def test_several_consequences_are_a_list_with_the_gravest_first() -> None:
    """One notice for one decision."""
    words = notice(sanctions=(draft(WARNING), draft(BOARD, 7), draft(BAN, 7)))

    assert words.title == "You are removed from this community"
    assert words.paragraphs[0] == (
        f"• You are removed from this community {END}.\n"
        f"• You cannot write on the board **Art** {END}.\n"
        "• This is a warning.\n"
        f"{BY_3}"
    )


def test_who_is_banned_is_told_another_way_to_ask() -> None:
    """They cannot write here any more."""
    assert notice(sanctions=(draft(BAN),)).paragraphs[-1] == (
        f"If this was a mistake, please write to a moderator directly and name {CASE}: a person "
        "will look at it again."
    )


def test_discretion_rests_on_the_moderators_words() -> None:
    """They stand before the guideline that allows it."""
    words = notice(rule="discretion", removed=(unseen(),), words="Off topic for a book club.")

    read = words.paragraphs
    assert read[0].endswith("A moderator decided this, by guideline 15.")
    assert read[1] == "**A note from the moderators**\n> Off topic for a book club."
    assert any(one.startswith("**Guideline 15: The moderators' discretion**") for one in read)


def test_what_nobody_found_in_a_post_is_masked_as_a_whole() -> None:
    """A moderator sees data where no detector does; the author still knows their post."""
    words = notice(rule="doxing", removed=(unseen("Jane Doe lives in Elm Street 5"),))

    assert "J*** D** l**** i* E** S***** 5" in whole(words)
    assert "Jane" not in whole(words)


def test_of_many_posts_the_member_recognises_some_and_learns_how_many_there_were() -> None:
    """In short, with channel and time, masked as ever; what most was found in comes first."""
    plain = [replace(unseen(f"words {one}", 1000 + one), channel=ART) for one in range(11)]

    read = whole(notice(removed=(*plain, mailed(1011)))).splitlines()

    begin = read.index("**What you wrote**")
    assert read[0] == "12 posts of yours were removed"
    assert read[begin + 1 : begin + 7] == [
        f"• <#{GENERAL}> {stamp(NOON)} `Reach me at a**@*******.***, thanks`",
        *(f"• <#{ART}> {stamp(NOON)} `w**** {one}`" for one in range(4)),
        "• and 7 more",
    ]


def test_where_there_is_no_room_for_words_the_places_stay() -> None:
    """A long note of the moderators does not hide which posts it is about."""
    long = tuple(unseen("x" * 200, 1000 + one) for one in range(9))
    words = "\n".join("*_`|" * 5 for _ in range(50))[:1000]

    few = whole(notice(removed=long[:2], words=words))
    read = whole(notice(removed=long, sanctions=(counting(BAN), counting(TIMEOUT)), words=words))

    assert "**What you wrote**" in few
    assert len(read) <= 4300
    assert f"• <#{GENERAL}> {stamp(NOON)}" in read
    assert "• and 4 more" in read


def test_of_several_posts_that_are_never_echoed_only_place_and_time_are_told() -> None:
    """So that their author knows which they were; nothing of what they said."""
    read = whole(notice(rule="minor-safety", removed=(unseen("hurts"), unseen("more", 1001))))

    assert read.count(f"• <#{GENERAL}> {stamp(NOON)}\n") == 2
    assert "**Which posts**" in read
    assert "What you wrote" not in read
    assert "hurts" not in read


@pytest.mark.parametrize("rule", [*UNECHOED_RULES, "self-harm"])
def test_some_words_are_never_echoed(rule: str) -> None:
    """Neither where a child may be at risk nor where somebody is in distress."""
    words = notice(rule=rule, removed=(unseen("words that hurt"),), sanctions=(draft(WARNING),))

    assert "hurt" not in whole(words)
    assert "What you wrote" not in whole(words)


def test_a_post_that_stays_is_quoted_with_its_place() -> None:
    """So that the member knows what the warning is about."""
    words = notice(about=(mailed(),), sanctions=(draft(WARNING),))

    assert f"**What you wrote** {stamp(NOON)}, in <#{GENERAL}>\n" in whole(words)
    assert "was removed" not in whole(words)


def test_an_act_by_hand_needs_no_rule() -> None:
    """Then no guideline is cited, and the rest stays."""
    words = notice(RulingKind.BY_HAND, rule=None, sanctions=(draft(TIMEOUT, 7),))

    assert words.paragraphs == (
        f"{TIMED_OUT}\nA moderator decided this.",
        f"**What happens now**\n{ITS_END}",
        REVIEW,
    )


def test_who_is_warned_is_told_that_they_can_post_only_where_they_can() -> None:
    """Another decision may hold them."""
    held = whole(notice(sanctions=(counting(WARNING),), still=(draft(TIMEOUT, 3),)))

    assert "keep posting" not in held


def test_a_change_is_told_as_it_holds_now() -> None:
    """The end, the guideline, the note; the history of it is for moderators."""
    words = notice(
        RulingKind.EDITED,
        ended=(draft(TIMEOUT, 7), draft(BAN)),
        changes=(Change("rule", "vulgarity", "contact-info"), Change("note", "old", "new words")),
        words="new words",
    )

    lines = (
        "• Your removal from this community has no end now.",
        f"• Your timeout now lasts until {stamp(NOON + 7 * DAY)}.",
        "• It now rests on guideline 3: Keep contact details and private talks private.",
    )
    assert words.title == "A decision has changed"
    assert words.paragraphs == (
        f"A moderator changed what was decided in {CASE}.",
        "\n".join(lines),
        "**A note from the moderators**\n> new words",
        CONTACT,
        ALL,
        REVIEW,
    )


def test_a_look_without_consequence_says_so() -> None:
    """In case anybody is told of it."""
    assert notice(RulingKind.KEPT).paragraphs == ("Nothing changes for you.",)


def test_a_preview_knows_no_case_yet() -> None:
    """Its number comes with the decision."""
    words = WORDING.ruling_notice(telling(reference=None, sanctions=(draft(WARNING),)), "")

    assert words.reference == ""
    assert words.paragraphs[-1].startswith("If this was a mistake, please tell a moderator and na")
    assert "name the case:" in words.paragraphs[-1]


def test_a_rule_that_is_no_longer_written_does_not_silence_the_notice() -> None:
    """What happened and whom to ask stay."""
    words = notice(rule="gossip", sanctions=(draft(WARNING),))

    assert words.paragraphs[0] == "This is a warning.\nA moderator decided this."
    assert words.paragraphs[-1] == REVIEW
