"""Solicitation: advertisements by their combined signals, invitations by their links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detectors.solicitation import _COMBINATIONS, _SIGNALS, DETECTOR
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.evidence import Evidence
from bot.model.post import Part, Surface
from bot.policy.weigh import weigh
from bot.text.prepare import prepare
from tests.detectors import solicitation_posts as posts
from tests.detectors import solicitation_talk as talk
from tests.making import THRESHOLDS, policy, post, rule
from tests.text.reading import unhurried

POLICY = policy()
NUMBERS = {"solicitation": {"reach": 240.0}}


def found(text: str, surface: Surface = Surface.CONTENT) -> list[Evidence]:
    """Return what is found in a text."""
    screened, _ = prepare(post(parts=(Part(surface, text),)), POLICY.bounds, NUMBERS)
    return list(DETECTOR(screened, GuildMemory(POLICY.memory, POLICY.memory_posts)))


def worth(text: str, surface: Surface = Surface.CONTENT) -> Action:
    """Return what the evidence of a text is worth by thresholds like the shipped ones."""
    actions = (weigh(one, rule("solicitation", 2), THRESHOLDS) for one in found(text, surface))
    return max(actions, default=Action.ALLOW)


def kinds(text: str) -> set[str]:
    """Return the kinds of what is found in a text, observations left out."""
    return {one.kind for one in found(text) if one.confidence >= THRESHOLDS.review}


@pytest.mark.parametrize("text", posts.INVITES)
def test_an_invitation_elsewhere_is_removed(text: str) -> None:
    """Invitations are told by their links, also where these are broken up."""
    assert "invite" in kinds(text)
    assert worth(text) is Action.REMOVE


@pytest.mark.parametrize("text", posts.WORKSPACES)
def test_an_invitation_to_a_workspace_is_asked_about(text: str) -> None:
    """It may be for work as well as for a crowd."""
    assert kinds(text) == {"invite"}
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", [*posts.OFFERS, *posts.WORK_WANTED])
def test_an_offer_of_own_work_is_asked_about(text: str) -> None:
    """A member who offers work, or asks for any, is shown to a moderator."""
    assert "offer" in kinds(text)
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", [*posts.HIRING, *posts.PEOPLE_WANTED])
def test_recruiting_is_asked_about(text: str) -> None:
    """A member who looks for people to work for them is shown to a moderator."""
    assert "hiring" in kinds(text)
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", posts.STUDIES)
def test_a_call_to_a_study_is_asked_about(text: str) -> None:
    """Surveys, interviews and research for which members are sought are found."""
    assert "study" in kinds(text)
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", posts.CONTESTS)
def test_a_call_to_a_contest_is_asked_about(text: str) -> None:
    """Contests and giveaways of members are found."""
    assert "contest" in kinds(text)
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", posts.PROMOTIONS)
def test_promotion_is_asked_about(text: str) -> None:
    """Channels, referral codes, traded accounts and easy money are found."""
    assert kinds(text) & {
        "promotion",
        "referral",
        "account-trade",
        "showcase",
        "offer",
    }
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", talk.NEAR_MISSES)
def test_talk_about_work_passes(text: str) -> None:
    """Questions about the craft, tales about clients and news are what the place is for."""
    assert found(text) == []


@pytest.mark.parametrize("text", posts.ASKED_ABOUT)
def test_showing_an_advertisement_is_never_removed(text: str) -> None:
    """Who asks whether an offer can be trusted borrows its words."""
    assert all(one.quoted for one in found(text))
    assert worth(text) <= Action.REVIEW


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Check out my gig on Fiverr", "showcase"),
        ("Here is my portfolio: https://folio.studio/maria", "showcase"),
        ("Sign up with my referral link and we both get $10", "referral"),
        ("Selling verified Upwork accounts, DM me", "account-trade"),
        ("Subscribe to my newsletter!", "promotion"),
    ],
)
def test_kinds_are_told_apart(text: str, kind: str) -> None:
    """A group that permits showing one's work permits nothing else."""
    assert kinds(text) == {kind}


@pytest.mark.parametrize("text", posts.BORROWED_INVITES)
def test_a_borrowed_invitation_is_asked_about(text: str) -> None:
    """Reported, asked about or in quotation marks, it is a moderator's to judge."""
    assert "invite" in kinds(text)
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", posts.QUOTED_ADS)
def test_an_advertisement_in_quotation_marks_is_noted_at_most(text: str) -> None:
    """Who shows what others write does not advertise."""
    assert worth(text) <= Action.NOTE


def test_an_advertisement_that_is_all_in_quotation_marks_is_still_one() -> None:
    """Quotation marks alone excuse nothing: the rest must tell whose words they are."""
    assert worth('"Hire me! I build WordPress sites from $100, DM me"') is Action.REVIEW


def test_a_text_full_of_invitations_gives_a_bounded_list() -> None:
    """What would change nothing more is left out."""
    assert len(found("discord.gg/webdevs " * 100)) == 32


def test_an_invitation_in_a_code_block_is_asked_about() -> None:
    """What stands in a quote or a code block need not be the author's own."""
    assert worth("```\nhttps://discord.gg/webdevs\n```") is Action.REVIEW


def test_an_invitation_in_a_forward_is_asked_about() -> None:
    """A forwarded invitation only asks a moderator."""
    assert worth("https://discord.gg/webdevs", Surface.FORWARD) is Action.REVIEW


def test_signals_far_apart_are_not_read_as_one() -> None:
    """A price a page away from a request says nothing about it."""
    near = "We need a designer. The budget is $500."
    far = "We need a designer. " + "The weather is nice today. " * 20 + "It cost $500."

    assert worth(near) is Action.REVIEW
    assert worth(far) < Action.REVIEW


def test_the_span_covers_what_was_combined() -> None:
    """The finding shows the member the words it rests on."""
    text = "Hello all! Need a logo? DM me, thanks."

    (one,) = found(text)

    assert text[one.start : one.end].startswith(("Need", "! Need"))
    assert "DM me" in text[one.start : one.end]


def test_one_finding_for_each_kind() -> None:
    """Saying the same thing three times is one finding."""
    assert len(found("Hire me! DM me. " * 3)) == 1


@unhurried
@given(st.sampled_from(posts.BREACHES), st.sampled_from(["", "\u200b", "😀 ", "> x\n"]))
def test_spans_lie_in_the_raw_text(text: str, before: str) -> None:
    """Whatever stands before, spans lie in the raw text and are not empty."""
    whole = before + text
    for one in found(whole):
        assert 0 <= one.start < one.end <= len(whole)


def test_the_surest_combination_of_a_kind_is_tried_first() -> None:
    """The first that holds is the one told, so confidence falls within each kind."""
    for name in {one.kind.name for one in _COMBINATIONS}:
        sure = [one.kind.confidence for one in _COMBINATIONS if one.kind.name == name]
        assert sure == sorted(sure, reverse=True)


def test_combinations_name_signals_that_there_are() -> None:
    """A misspelt name would silently never be seen."""
    named = {
        name
        for one in _COMBINATIONS
        for group in (one.first, *one.others, *one.never_with)
        for name in group.split("|")
    }

    assert named == set(_SIGNALS) | {"link", "form-link"}
