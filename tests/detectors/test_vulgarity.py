"""Vulgarity: what goes, what is asked about, what is only noted, and what is none."""

import gzip
import json
from collections.abc import Iterator

import pytest

from bot.detectors.vulgarity import DETECTOR
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.evidence import Evidence
from bot.model.post import Part, Surface
from bot.policy.weigh import weigh
from bot.text import prepare as prepare_module
from bot.text.prepare import prepare
from tests.making import THRESHOLDS, policy, post, rule
from tests.shared import DATA, need

POLICY = policy()


def found(text: str, surface: Surface = Surface.CONTENT) -> list[Evidence]:
    """Return what is found in a text."""
    screened, _ = prepare(post(parts=(Part(surface, text),)), POLICY.bounds, POLICY.numbers)
    return list(DETECTOR(screened, GuildMemory(POLICY.memory, POLICY.memory_posts)))


def worth(text: str) -> Action:
    """Return what the evidence of a text is worth by thresholds like the shipped ones."""
    vulgarity = rule("vulgarity", 5)
    actions = (weigh(one, vulgarity, THRESHOLDS) for one in found(text))
    return max(actions, default=Action.ALLOW)


@pytest.mark.parametrize(
    "text",
    [
        "this is fucking ridiculous",
        "FUCK",
        "what a piece of shit",
        "you absolute motherfucker",
        "unfuckingbelievable",
        "such a shitshow",
        "he is an asshole",
        "son of a bitch!",
        "that client is a cunt",
        "sh1t happens",
        "a$$hole",
        "fuuuuuck",
        "f u c k",
        "f.u.c.k",
        "ｆｕｃｋ",
        "fսck",
        "f\u200buck",
        "fu**ck**",
        "||fu||ck",
        "%66uck",
        "\u202ekcuf\u202c",
        "mother-fucker",
        "a fuck-up",
        "s-h-i-t",
        "fvck this",
        "f0ck",
        "f0cking hell",
        "5h1t4$$",
        "f\u3164u\u3164c\u3164k",
        "\u0493\u03c5\u0441\u03ba",
        "\u03dd\u03bc\u03f2\u03ba you",
    ],
)
def test_strong_words_are_worth_removal(text: str) -> None:
    """As written and through disguises that nothing innocent wears."""
    assert worth(text) is Action.REMOVE


@pytest.mark.parametrize(
    "text",
    [
        "f*ck this",
        "what the f***",
        "fu-ck",
        "fu\nck",
        "t h i s i s s h i t",
        "s.h.i.t.i.t.i.s",
        "sh🤬t",
        "f🤬ck you",
        "fu<@123456789>ck",
        "sh<:x:123456789>it",
        "fu\u3164ck",
        "sh\u2800it",
        "f uck",
        "shitt",
        "you are an ass",
        "what a dick",
        "stfu",
        "https://example.com/fuck-this",
        "key=4f9aXqfuckBz71QpLm3vTr8sWd5yUk2eHn6jCg0oZi1xRb7a",
        "mail fuckface@example.com",
        "the word 'fuck' is in the log",
        "`fuck` is on the list",
        "> what the fuck\nplease do not write that",
    ],
)
def test_doubtful_coarse_and_borrowed_words_ask_a_moderator(text: str) -> None:
    """Nothing happens to such a post without a person."""
    assert worth(text) is Action.REVIEW


@pytest.mark.parametrize(
    "text", ["damn, that was quick", "wtf", "holy crap", "@dicks sold me a tent"]
)
def test_everyday_swearing_is_noted(text: str) -> None:
    """Moderators may list it; nobody is asked and nobody is told."""
    assert worth(text) is Action.NOTE


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe, Penistone and Cockermouth",
        "We assess each class and pass the bass to the assistant",
        "a cocktail at the Hitchcock exhibition",
        "Dick Smith and Moby Dick",
        "my Title was rejected",
        "shiitake mushrooms, Shiite history",
        "cum laude",
        "as\ns is the plural",
        "Brainfuck is a language",
        "Radio Shack",
        "let us push it",
        "the hello world shell",
        "hit submit",
        "such as* this",
        "the list of 90s hits",
        "who're you",
        "it took 5h17",
        "s o u n d s g o o d",
        "r0ck and d0ck",
        "Hartree-Fock2, Fock1",
        "love❤️ly, I❤️NY, so🔥hot",
        "thank <@123456789> it works",
        "the shi <:x:123456789> t",
        "m a t s u s h i t a",
        "w o r l d c l a s s",
        "class A SS1 machine",
        "let s hit the road",
        "",
    ],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    """Names, places, animals, Latin and words that only contain a vulgar one."""
    assert found(text) == []


def test_the_span_is_the_word_in_the_raw_text() -> None:
    """What is shown to the moderator is what the member wrote."""
    text = "well **f\u200buck** that"

    (one,) = found(text)

    assert text[one.start : one.end] == "f\u200buck"
    assert (one.kind, one.reason) == ("disguised", "vulgar language in disguise")


def test_each_word_is_found_once() -> None:
    """Several readings of one stretch are one finding."""
    assert [one.kind for one in found("fuck this shit, you asshole")] == ["strong"] * 3


def test_only_a_word_alone_in_quotation_marks_is_spoken_of() -> None:
    """Inside a longer quotation it is said."""
    assert [one.quoted for one in found('the word "fuck" here')] == [True]
    assert [one.quoted for one in found('he yelled "fuck you" here')] == [False]


def test_the_surface_is_passed_on() -> None:
    """Words in a poll are found there."""
    assert [one.surface for one in found("shit", Surface.POLL)] == [Surface.POLL]


def rows(file: str, label: str) -> Iterator[str]:
    """Yield the texts of one label of a labelled file beside the checkout."""
    with gzip.open(need(DATA / f"{file}.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["label"] == label:
                yield row["text"]


@pytest.fixture
def _no_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell no languages: most of the time a post takes, and no part of this rule."""
    monkeypatch.setattr(prepare_module, "guess_languages", lambda _view, _quoted: ())


@pytest.mark.shared
@pytest.mark.usefixtures("_no_languages")
def test_half_of_vulgar_tweets_go_and_most_are_seen() -> None:
    """Recall does not fall below what the docstring of the detector says."""
    worths = [worth(text) for text in rows("d_toxicity/vulgar_twitter", "vulgar")]

    assert sum(one is Action.REMOVE for one in worths) >= 0.48 * len(worths)
    assert sum(one > Action.ALLOW for one in worths) >= 0.81 * len(worths)


@pytest.mark.shared
@pytest.mark.usefixtures("_no_languages")
@pytest.mark.parametrize(
    ("file", "label", "most"),
    [
        ("j_evasion/rustrict_false_positives", "clean", 0),
        ("b_solicitation/upwork_job_titles", "job_offer_title", 0),
        ("f_constructive/suggestions_software_forum", "suggestion", 0),
        ("f_constructive/suggestions_software_forum", "not_suggestion", 0),
        ("d_toxicity/politeness_stackexchange", "neutral", 0),
    ],
)
def test_nothing_innocent_goes(file: str, label: str, most: int) -> None:
    """Look-alikes of vulgar words, titles of jobs and talk of work: none is worth removal."""
    removed = sum(worth(text) is Action.REMOVE for text in rows(file, label))

    assert removed <= most
