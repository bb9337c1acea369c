"""Contact information: what is found, how sure that is, and what only looks like it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detectors.contact_info import DETECTOR
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.evidence import Evidence
from bot.model.post import Part, Surface
from bot.policy.weigh import weigh
from bot.text.prepare import prepare
from tests.detectors import contact_posts as posts
from tests.making import THRESHOLDS, policy, post, rule
from tests.text.reading import unhurried

POLICY = policy()
NUMBERS = {"contact-info": {"phone_windows": 8.0, "context_reach": 48.0}}


def found(text: str, surface: Surface = Surface.CONTENT) -> list[Evidence]:
    """Return what is found in a text."""
    screened, _ = prepare(post(parts=(Part(surface, text),)), POLICY.bounds, NUMBERS)
    return list(DETECTOR(screened, GuildMemory(POLICY.memory, POLICY.memory_posts)))


def worth(text: str, surface: Surface = Surface.CONTENT) -> Action:
    """Return what the evidence of a text is worth by thresholds like the shipped ones."""
    actions = (weigh(one, rule("contact-info", 3), THRESHOLDS) for one in found(text, surface))
    return max(actions, default=Action.ALLOW)


def kinds(text: str) -> set[str]:
    """Return the kinds of what is found in a text."""
    return {one.kind for one in found(text)}


@pytest.mark.parametrize("text", posts.EMAILS)
def test_an_email_address_is_found(text: str) -> None:
    """An address is found however it is written, and called one."""
    assert "email" in kinds(text)
    assert worth(text) >= Action.REVIEW


@pytest.mark.parametrize("text", posts.PHONES)
def test_a_telephone_number_is_found(text: str) -> None:
    """A number is found with its country code, by what is said of it, and in words."""
    assert "phone" in kinds(text)
    assert worth(text) >= Action.REVIEW


@pytest.mark.parametrize("text", posts.ACCOUNTS)
def test_an_account_elsewhere_is_found(text: str) -> None:
    """A name on a messenger or network is found beside the name of the service."""
    assert "messenger" in kinds(text)
    assert worth(text) >= Action.REVIEW


@pytest.mark.parametrize("text", posts.LINKS)
def test_a_link_to_a_person_is_found(text: str) -> None:
    """Links that open a talk, a meeting or a profile are found."""
    assert kinds(text) & {"contact-link", "booking-link", "profile-link", "phone", "messenger"}
    assert worth(text) >= Action.REVIEW


@pytest.mark.parametrize("text", posts.ADDRESSES)
def test_a_postal_address_is_asked_about(text: str) -> None:
    """A house number with its street is shown to a moderator, never removed by itself."""
    assert kinds(text) == {"address"}
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize("text", posts.NEAR_MISSES)
def test_what_only_looks_like_contact_information_passes(text: str) -> None:
    """Talk about mail and calls, placeholders, code, figures and pages of nobody are fine."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You can reach me at maria.k.9931@gmail.com any time",
        "Write to sam (at) riverstone (dot) studio",
        "Call me at (415) 555-0132 after six",
        "+1 (415) 555-2671",
        "415-555-2671",
        *posts.OFFERED_ANYWAY,
    ],
)
def test_what_is_beyond_doubt_is_removed(text: str) -> None:
    """Addresses and valid numbers are measured precise enough to act on."""
    assert worth(text) is Action.REMOVE


@pytest.mark.parametrize("text", posts.EXAMPLES)
def test_a_made_up_example_is_noted_at_most(text: str) -> None:
    """The guidelines permit made-up examples; technical talk is full of them."""
    assert worth(text) <= Action.NOTE


@pytest.mark.parametrize("text", posts.OF_EVERYBODY)
def test_what_belongs_to_everybody_is_noted_at_most(text: str) -> None:
    """Help lines, desks of organisations and numbers of companies are passed on in good faith."""
    assert worth(text) <= Action.NOTE


@pytest.mark.parametrize("text", posts.FICTIONAL)
def test_a_number_kept_for_fiction_is_asked_about(text: str) -> None:
    """It reaches nobody; so nothing is lost by asking first."""
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "Telegram: @pixel_maria",
        "https://t.me/pixelmaria",
        "https://calendly.com/maria-k/30min",
        "https://www.linkedin.com/in/maria-keller-77",
        "contact us, support@riverstone.studio",
        "Upwork support hotline: 1-800-273-8255",
        "call four one five 555 0132",
        "> reach me at maria.k.9931@gmail.com\nis this allowed?",
        "```\nmaria.k.9931@gmail.com\n```",
    ],
)
def test_what_needs_judgement_is_asked_about(text: str) -> None:
    """Unmeasured kinds, help lines, help desks and borrowed words wait for a moderator."""
    assert worth(text) is Action.REVIEW


def test_words_of_others_are_only_asked_about() -> None:
    """An address in the text replied to is not the author's own."""
    assert worth("mail maria.k.9931@gmail.com", Surface.REPLY) is Action.REVIEW


def test_the_span_is_what_a_reader_sees() -> None:
    """The span covers the address and nothing else, in the raw text."""
    text = "😀 mail **maria.k**.9931@gmail.com, thanks"

    (one,) = found(text)

    assert "maria.k" in text[one.start : one.end]
    assert text[one.start : one.end].endswith("9931@gmail.com")


def test_each_finding_has_a_place_of_its_own() -> None:
    """Two addresses and a number give three findings that do not overlap."""
    evidence = sorted(found("a.k.77@gmail.com or b.k.77@gmail.com or +1 415 555 0132"))

    assert [one.kind for one in evidence] == ["email", "email", "phone"]
    assert all(left.end <= right.start for left, right in pairwise(evidence))


def test_a_text_full_of_addresses_gives_a_bounded_list() -> None:
    """What would change nothing more is left out."""
    assert len(found("a.k.77@gmail.com " * 200)) == 32


@unhurried
@given(st.text(alphabet="a1@. +-()\n٣é\u200b😀", max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    """Whatever the text, spans lie in it and are not empty."""
    for one in found(text):
        assert 0 <= one.start < one.end <= len(text)


@unhurried
@given(st.sampled_from(posts.EMAILS[:4]), st.sampled_from(["", "hello, ", "😀 ", "\n\n"]))
def test_what_stands_before_changes_nothing(text: str, before: str) -> None:
    """Ordinary words before an address do not hide it."""
    assert [one.kind for one in found(before + text)] == [one.kind for one in found(text)]
