"""Lines of the logs on rulings: who, what, until when, what worked and what did not.

Long, for it holds the texts themselves, side by side, so that they can be read as one.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_io.render import embed_of
from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.wording.troubles import remarks
from tests.making import ADA, GENERAL, GUILD, NOON
from tests.wording.samples import (
    BAN,
    BOARD,
    CASE,
    DAY,
    MODERATOR,
    REFERRAL,
    TIMEOUT,
    TOKEN,
    WARNING,
    WORDING,
    done,
    dossier,
    draft,
    ruling,
    sanction,
    stamp,
    unseen,
    whole,
)

LINK = f"https://discord.com/channels/{GUILD}/{GENERAL}/1000"
RULE = "**contact-info** (guideline 3: Keep contact details and private talks private)"
QUOTE = "```\nReach me at a**@*******.***, thanks\n```"


def line(of: Dossier, which: int = 1):
    """Return the line of the moderators' log on a ruling of a case."""
    return WORDING.ruling_line(of, of.ruling(which), TOKEN)


def public(of: Dossier, which: int = 1):
    """Return the line of the public log on a ruling of a case."""
    return WORDING.public_line(of, of.ruling(which), TOKEN)


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


def test_a_decision_is_told_whole() -> None:
    """Member, moderator, rule, each consequence with end and state, words, how they were told."""
    consequences = (
        f"• Timeout until {stamp(NOON + 7 * DAY)} (7 days): in force; they are timed out",
        "• Warning: given",
        f"• 1 post removed: {LINK}",
    )

    words = line(decided())

    assert words.title == f"{CASE} · timeout, warning and 1 post removed"
    assert words.paragraphs == (
        f"<@{ADA}> · Decided by <@{MODERATOR}>",
        RULE,
        "\n".join(consequences),
        QUOTE,
        "**Note to the member**\n> Please stop.",
        "**Note for moderators**\n> Second time.",
        "The member was told: by direct message.",
    )
    assert words.reference == f"{CASE} · {TOKEN}"
    assert not words.alert


def test_why_is_told_of_what_was_proposed_too() -> None:
    """Whoever gave a reason is not said to have gone another way than the ladder."""
    said = line(dossier(ruling(because="They said sorry."))).paragraphs

    assert "**Why**\n> They said sorry." in said


def test_what_was_not_proposed_is_told_with_why() -> None:
    """And what was silent, or told nobody."""
    why = "They said sorry.\nThe ladder proposed: 1st vulgarity: warning."
    said = line(dossier(ruling(because=why, silent=True, tells=False))).paragraphs

    assert (
        "**Not as proposed**\n> They said sorry.\n> The ladder proposed: 1st vulgarity: warning."
    ) in said
    assert "The member is not told." in said
    assert "Nothing is said of it in public." in said


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        (IntentKind.APPLY, IntentState.FAILED, "⚠️ Putting the timeout in force did not work: so."),
        (
            IntentKind.KEEP,
            IntentState.ATTEMPTED,
            "⚠️ Keeping the timeout in force has not worked yet and will be tried again: so.",
        ),
        (IntentKind.END, IntentState.UNKNOWN, "⚠️ Ending the timeout: so."),
        (IntentKind.DELETE, IntentState.FAILED, "⚠️ Removing the post did not work: so."),
        (IntentKind.NOTICE, IntentState.FAILED, "⚠️ Telling the member did not work: so."),
        (IntentKind.EVIDENCE, IntentState.FAILED, "⚠️ Keeping the post's files did not work: so."),
        (IntentKind.RESTORE, IntentState.FAILED, "⚠️ Posting the words again did not work: so."),
        (
            IntentKind.PUBLIC_LOG,
            IntentState.FAILED,
            "⚠️ Writing the line in the public log did not work: so.",
        ),
        (
            IntentKind.REDACT,
            IntentState.FAILED,
            "⚠️ Taking erased words out of a message of ours did not work: so.",
        ),
    ],
)
def test_each_trouble_has_its_plain_line(kind: IntentKind, state: IntentState, words: str) -> None:
    """And makes the line stand out."""
    sanction = None if kind is IntentKind.NOTICE else 1
    trouble = done(kind, "so", state=state, sanction=sanction, message=1000)
    known = decided()

    said = line(replace(known, intents=(*known.intents, trouble)))

    assert words in said.paragraphs
    assert said.alert


def test_trouble_of_another_ruling_is_told_in_its_own_line() -> None:
    """But what happens to a sanction later belongs to the ruling that ordered it."""
    later = done(IntentKind.KEEP, "so", state=IntentState.FAILED, sanction=1, ruling=None)
    other = done(IntentKind.NOTICE, "no", state=IntentState.FAILED, ruling=2)

    said = line(replace(decided(), intents=(later, other)))

    assert [one for one in said.paragraphs if "⚠️" in one] == [
        "⚠️ Keeping the timeout in force did not work: so."
    ]


def test_a_referral_that_could_not_be_sent_is_said() -> None:
    """In its own words."""
    failed = done(IntentKind.APPLY, "no answer", state=IntentState.FAILED, sanction=1)
    known = dossier(
        ruling(sanctions=(1,)),
        sanctions=(sanction(draft(REFERRAL), state=SanctionState.FAILED),),
        intents=(failed,),
    )

    assert "⚠️ Sending the referral did not work: no answer." in line(known).paragraphs
    assert "• Referral: could not be put in force" in whole(line(known))


def test_what_was_lifted_changed_or_voided_is_told_as_it_stands() -> None:
    """With the moderator who did it."""
    until = NOON + 9 * DAY
    timeout = replace(sanction(draft(TIMEOUT, 7)), state=SanctionState.LIFTED, ended_at=NOON)
    kept = sanction(draft(BOARD, 7), 2)
    known = dossier(
        ruling(),
        ruling(RulingKind.LIFTED, 2, endings=(Ending(1, SanctionState.LIFTED),)),
        ruling(
            RulingKind.EDITED,
            3,
            endings=(Ending(2, SanctionState.ACTIVE, until),),
            changes=(Change("note", "", "*new*"),),
        ),
        ruling(RulingKind.VOIDED, 4, removes=(1000,)),
        sanctions=(timeout, kept),
    )
    week = f"until {stamp(NOON + 7 * DAY)} (7 days)"

    lifted, changed, voided = line(known, 2), line(known, 3), line(known, 4)

    assert lifted.title == f"{CASE} · timeout lifted"
    assert f"• Timeout {week}: lifted {stamp(NOON)}" in lifted.paragraphs
    assert f"• Board removal (Art) {week}: now until {stamp(until)} (9 days)" in changed.paragraphs
    assert "• note: nothing → \\*new\\*" in changed.paragraphs
    assert f"• 1 post permitted after all, 0 posted again: {LINK}" in voided.paragraphs
    assert voided.paragraphs[0] == f"<@{ADA}> · Voided by <@{MODERATOR}>"


def test_a_line_about_a_note_asks() -> None:
    """Notes of moderators have no line: one that has a line is a question."""
    asked = line(dossier(ruling(RulingKind.NOTED, rule=None, internal="Lift it?")))

    assert (asked.title, asked.alert) == (f"{CASE} · please look at this", True)
    assert asked.paragraphs[-1] == "**Note for moderators**\n> Lift it?"


def test_what_was_done_by_hand_or_automatically_says_so() -> None:
    """By whom, too."""
    by_hand = dossier(
        ruling(RulingKind.BY_HAND, rule=None, sanctions=(1,)),
        sanctions=(sanction(draft(BAN, by_hand=True, delete_message_seconds=3600)),),
    )
    automatic = dossier(ruling(RulingKind.REMOVED, by=None, removes=(1000,)))

    assert line(by_hand).title == f"{CASE} · ban, by hand"
    assert line(by_hand).paragraphs[:2] == (
        f"<@{ADA}> · Done by hand by <@{MODERATOR}>",
        "• Ban without end, with what they wrote in the last 1 hour: in force, by hand",
    )
    assert "Please name the guideline with `/case edit` for case 3." in whole(line(by_hand))
    assert line(automatic).paragraphs[0] == f"<@{ADA}> · Removed by Concord"


@pytest.mark.parametrize(
    ("which", "said"),
    [
        (
            ruling(removes=(1000,), sanctions=(1, 2)),
            "1 post removed, a timeout of 7 days and a warning.",
        ),
        (ruling(sanctions=(3,)), "A ban without end."),
        (
            ruling(RulingKind.LIFTED, endings=(Ending(1, SanctionState.LIFTED),)),
            "A timeout ended early.",
        ),
        (
            ruling(RulingKind.VOIDED),
            "A decision was a mistake. It is undone and counts for nothing.",
        ),
        (ruling(RulingKind.EDITED), "A decision was changed."),
    ],
)
def test_everybody_may_read_what_was_decided_but_not_about_whom(which: Ruling, said: str) -> None:
    """The guideline, the case, and nothing of a person, a place or their words."""
    known = dossier(
        replace(which, words="note", internal="inner"),
        sanctions=(
            sanction(draft(TIMEOUT, 7)),
            sanction(draft(WARNING), 2),
            sanction(draft(BAN), 3),
        ),
    )

    words = public(known)

    assert words.title == f"{CASE} · a moderator decided"
    assert words.paragraphs == (said, "Guideline 3: Keep contact details and private talks private")


def test_the_public_log_says_nothing_that_did_not_happen() -> None:
    """What failed is the moderators' affair."""
    known = dossier(
        ruling(removes=(1000, 1001), sanctions=(1, 2)),
        sanctions=(
            sanction(draft(WARNING)),
            sanction(draft(TIMEOUT, 7), 2, SanctionState.FAILED),
        ),
        intents=(done(IntentKind.DELETE, "no", message=1001, state=IntentState.FAILED),),
    )

    assert public(known).paragraphs[0] == "1 post removed and a warning."


def test_beside_an_end_stands_only_what_was_said_of_the_end() -> None:
    """What was true while it was in force is not any more."""
    away = done(IntentKind.KEEP, "they are no member now", id=8, sanction=1)
    over = done(IntentKind.END, "", id=7, sanction=1)

    assert remarks(1, (away,)) == ["they are no member now"]
    assert remarks(1, (away, over)) == []
    assert remarks(1, (replace(over, outcome="a role stays"), away)) == ["a role stays"]


kinds = st.sampled_from(list(SanctionKind))
nasty = st.text("ab*_`|<>@#[]()\n", max_size=1000)


@given(
    st.sampled_from(RulingKind),
    st.lists(kinds, max_size=6),
    nasty,
    nasty,
    st.sampled_from(["contact-info", "gossip", "minor-safety", None]),
    st.sampled_from(list(SanctionState)),
)
def test_every_line_fits_discord_whole(
    kind: RulingKind,
    ordered: list[SanctionKind],
    note: str,
    post: str,
    rule: str | None,
    state: SanctionState,
) -> None:
    """Whatever was decided and written, in both logs, with everything going wrong."""
    sanctions = tuple(
        sanction(draft(one, 7), number, state) for number, one in enumerate(ordered, 1)
    )
    troubles = tuple(
        done(one, "Concord is not allowed to; it needs much", state=IntentState.FAILED, sanction=1)
        for one in IntentKind
    )
    known = dossier(
        ruling(
            kind,
            rule=rule,
            words=note,
            internal=note,
            because=note,
            removes=(1000,),
            sanctions=tuple(one.id for one in sanctions),
            endings=tuple(Ending(one.id, SanctionState.LIFTED) for one in sanctions),
            changes=(Change("note", note, note),),
        ),
        sanctions=sanctions,
        intents=troubles,
        posts=(unseen(post),),
    )

    for words in (line(known), public(known)):
        embed = embed_of(words)
        assert embed.description == "\n\n".join(words.paragraphs)
        assert len(embed) <= 6000
        assert len(words.title) <= 256
    assert str(ADA) not in whole(public(known))
    assert str(MODERATOR) not in whole(public(known))
