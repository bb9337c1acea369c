"""Records of members with their two readers: moderators, and the member."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_io.render import embed_of
from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.dossier import Dossier
from bot.model.ruling import BY_AUTOMOD, BY_BOT, BY_NOBODY_KNOWN, DENIED, Change, RulingKind
from bot.model.sanction import Sanction, SanctionState
from bot.ports import Words
from tests.making import ADA, GENERAL, NOON
from tests.wording.samples import (
    CASE,
    DAY,
    MODERATOR,
    PAGE,
    REFERRAL,
    TIMEOUT,
    WARNING,
    WORDING,
    counting,
    decided_case,
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
NOW = f"until {stamp(NOON + 9 * DAY)} (9 days)"


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
    known = decided_case()
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
        WORDING.case_entry(decided_case()),
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
        f"• Timeout {NOW}: in force",
        "• Warning: given",
        "It was about:",
        f"• <#{GENERAL}> {stamp(NOON)} `Reach me at a**@*******.***, thanks`",
        "A moderator decided this.",
        "A note from the moderators:",
        "> Please stop.",
    )

    words = WORDING.record_page(full(own=True))

    assert words.title == "Your record"
    assert words.paragraphs == (
        POINTS,
        f"**In force**\n• Timeout {NOW}",
        "\n".join(entry),
        f"If something here is a mistake, please {ask}: a person will look at it again.",
        f"All guidelines: {PAGE} (version 1.0)",
    )
    assert words.reference == "1 case · only you see this"


def removing(*posts: CasePost, rule: str = "negativity") -> Dossier:
    """Return a case in which a moderator removed some posts."""
    made = ruling(rule=rule, removes=tuple(post.message for post in posts))
    return dossier(made, posts=tuple(replace(post, ruling=1) for post in posts))


def own(*cases: Dossier) -> Words:
    """Return somebody's own record of these cases."""
    return WORDING.record_page(Record(cases, own=True, total=len(cases)))


def test_a_record_of_ones_own_quotes_what_each_case_was_about() -> None:
    """Some posts of many; not those that moderators only looked at."""
    many = removing(*(unseen(f"number {one}", 1000 + one) for one in range(5)))
    stays = replace(unseen("nobody's reproach", 2000), action=Action.REVIEW)
    posts = (*many.case.posts, stays)

    read = whole(own(replace(many, case=replace(many.case, posts=posts))))

    assert f"It was about:\n• <#{GENERAL}> {stamp(NOON)} `number 0`\n" in read
    assert "`number 2`\n• and 2 more\n" in read
    assert "nobody's reproach" not in read


@pytest.mark.parametrize(
    ("erased", "said"),
    [((True, True), "What you wrote is erased: "), ((True, False), "Part of it is erased: ")],
)
def test_a_record_of_ones_own_says_that_words_are_erased(
    erased: tuple[bool, ...], said: str
) -> None:
    """And why; where and when it was stays."""
    posts = (
        replace(unseen("kept", 1000 + one), erased=gone, parts=() if gone else unseen("kept").parts)
        for one, gone in enumerate(erased)
    )

    read = whole(own(removing(*posts)))

    assert f"{said}you asked for it, or it had been kept long enough." in read
    assert read.count(f"• <#{GENERAL}> {stamp(NOON)}") == 2


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (BY_AUTOMOD, "It was done in Discord itself, by Discord's AutoMod."),
        (BY_BOT, "It was done in Discord itself, by another bot (<@600>)."),
        (BY_NOBODY_KNOWN, "It was done in Discord itself, by somebody whom Discord does not name."),
        ("rule", "A moderator decided this."),
    ],
)
def test_a_record_of_ones_own_speaks_of_no_moderator_where_none_decided(
    what: str, said: str
) -> None:
    """Of what was done by hand it says whose hand it was, unless it was a moderator's."""
    by_hand = ruling(RulingKind.BY_HAND, rule=None, changes=(Change(what, "", "600"),))

    assert said in whole(own(dossier(by_hand, posts=())))


@pytest.mark.parametrize("rule", ["minor-safety", "self-harm"])
def test_a_record_of_ones_own_never_echoes_some_words(rule: str) -> None:
    """Not even to who wrote them."""
    assert "hurts" not in whole(own(removing(unseen("hurts"), rule=rule)))


@given(st.integers(0, 4), st.sampled_from(["*" * 900, "plain " * 99, "`", "||"]))
def test_a_record_of_ones_own_fits_discord_with_all_its_cases(number: int, text: str) -> None:
    """Where there is no room for all quotes, the newest cases have theirs."""
    known = removing(*(unseen(text, 1000 + one) for one in range(9)))
    made = replace(known.rulings[0], words=text, sanctions=(1, 2, 3))
    held = tuple(sanction(counting(TIMEOUT, 7), one) for one in (1, 2, 3))
    cases = [replace(known, rulings=(made,), sanctions=held)] * number

    words = own(*cases)

    assert embed_of(words).description == "\n\n".join(words.paragraphs)
    assert len([one for one in words.paragraphs if one.startswith(f"**{CASE}**")]) == number


@pytest.mark.parametrize("own", [True, False])
def test_a_record_shows_all_cases_of_its_page_however_much_there_is_of_each(*, own: bool) -> None:
    """A case that is cut off stands on no other page; long ones are told in short."""
    made = ruling(words="*_" * 120, removes=(1000,))
    lifted = tuple(
        replace(sanction(draft(TIMEOUT, 1), state=SanctionState.LIFTED), id=number)
        for number in range(1, 30)
    )
    held = tuple(
        replace(sanction(draft(TIMEOUT), state=SanctionState.ACTIVE), id=40 + number)
        for number in range(40)
    )
    one = dossier(made, sanctions=lifted, posts=(unseen("*_" * 400, 1000),))
    cases = tuple(
        replace(one, case=replace(one.case, number=number))
        for number in (range(4) if own else range(8))
    )
    record = Record(cases, own, Points(), held, total=16)

    words = WORDING.record_page(record)

    shown = embed_of(words).description or ""
    assert shown == "\n\n".join(words.paragraphs)
    assert all(f"**C-{one.case.number}**" in shown for one in cases)
    assert not own or "and 26 more" in shown
    assert "30 more" in shown
    assert not own or "It is in the message that told you." in shown


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
    words = WORDING.record_page(Record((decided_case(),), first=2, total=7))

    assert words.reference == "cases 3 to 3 of 7 · for moderators only"
    assert "Nothing counts against them now." in words.paragraphs


def test_a_referral_is_no_hold_on_anybody() -> None:
    """It is listed with its case."""
    known = dossier(ruling(), sanctions=(sanction(draft(REFERRAL)),), posts=(mailed(),))

    words = WORDING.record_page(Record((known,), True, Points(), known.sanctions, total=1))

    assert "**In force**" not in whole(words)
    assert "• Referral: given" in whole(words)


def test_what_was_done_by_hand_and_voided_counts_for_nothing_and_is_not_said_to_be_undone() -> None:
    """Concord gives back nothing of it."""
    shut = Change(DENIED, "Send Messages", str(GENERAL))
    made = dossier(
        ruling(RulingKind.BY_HAND, rule=None, changes=(shut,)),
        ruling(RulingKind.VOIDED, 2),
        posts=(),
    )

    said = whole(WORDING.record_page(Record((made,), own=True, total=1)))

    assert "It was a mistake: it counts for nothing." in said
    assert "undone" not in said
