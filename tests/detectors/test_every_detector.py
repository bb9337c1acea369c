"""What every file of the rule book is held to, whatever its rule."""

import inspect
import re
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from bot.detectors import discover
from bot.detectors._detector import Detector
from bot.files.folder import config_folder
from bot.files.rulebook import Rulebook, read_rulebook
from bot.memory import GuildMemory
from bot.model.evidence import Evidence
from bot.text.prepare import prepare
from tests.making import post

DETECTORS = discover()
SECTIONS = ("Reasoning", "Catches", "Permits", "Known gaps", "Source")

ODD_TEXTS = {
    "empty": "",
    "one letter, very long": "a" * 100_000,
    "one digit, very long": "1" * 4000,
    "lone surrogates": "\ud800 hello \udfff" * 100,
    "right-to-left marks": "\u202e\u200f\u202c hello \u202b" * 200,
    "marks": "e\u0301\u0302\u0303" * 1000,
    "only spaces": " \n\t\u00a0" * 1000,
    "only signs": "@#$%^&*()[]{}<>|\\/.,;:-_+=~`" * 140,
}

SLACK_MS = 150
"""Milliseconds of processor time; the aim is a share of 50 ms, on idle machines."""

COMMON = pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.rule)


@cache
def rulebook() -> Rulebook:
    """Return the shipped guidelines, numbers and detectors."""
    return read_rulebook(config_folder(), DETECTORS)


def found(detector: Detector, text: str) -> list[Evidence]:
    """Return what a detector sees in a text that a member posts alone."""
    policy = rulebook().policy
    screened, _ = prepare(post(text), policy.bounds, policy.numbers)
    return list(detector(screened, GuildMemory(policy.memory, policy.memory_posts)))


def documentation(detector: Detector) -> str:
    """Return the docstring of the module that a detector stands in."""
    (module,) = (
        module
        for name, module in sys.modules.items()
        if name.startswith("bot.detectors.") and getattr(module, "DETECTOR", None) is detector
    )
    return inspect.getdoc(module) or ""


def test_every_public_module_is_a_detector() -> None:
    """The folder listing is the rule book."""
    folder = Path(str(inspect.getfile(discover))).parent
    files = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}

    assert {detector.rule.replace("-", "_") for detector in DETECTORS} == files


def test_the_shipped_files_and_the_detectors_fit() -> None:
    """Every rule and every number that a detector names is in the shipped files."""
    assert rulebook().detectors == DETECTORS


@COMMON
def test_breaches_are_found(detector: Detector) -> None:
    """Each example of a breach is found when it is posted alone."""
    missed = [text for text in detector.examples.breaches if not found(detector, text)]

    assert missed == []


@COMMON
def test_permitted_posts_pass(detector: Detector) -> None:
    """No near miss is found."""
    wrong = [text for text in detector.examples.permitted if found(detector, text)]

    assert wrong == []


@COMMON
def test_near_misses_are_named(detector: Detector) -> None:
    """A detector says by example what it lets pass."""
    assert detector.examples.permitted


@COMMON
def test_evidence_is_sound(detector: Detector) -> None:
    """It bears the detector's rule, lies in the raw text, and its confidence is a probability."""
    for text in (*detector.examples.breaches, *ODD_TEXTS.values()):
        for one in found(detector, text):
            assert one.rule == detector.rule
            assert 0 <= one.start < one.end <= len(text)
            assert 0 < one.confidence <= 1
            assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", one.kind), one.kind


@COMMON
def test_reasons_are_fit_to_be_shown(detector: Detector) -> None:
    """A reason is a short noun phrase: no full stop, no capital, no words of the member."""
    for text in detector.examples.breaches:
        for one in found(detector, text):
            assert re.fullmatch(r"[^.!?\n]{3,120}", one.reason), one.reason
            assert not one.reason.endswith(" ")
            assert not one.reason.startswith(("You ", "Your "))


@COMMON
def test_the_docstring_has_its_five_sections(detector: Detector) -> None:
    """Reasoning, Catches, Permits, Known gaps, Source: in this order, none of them empty."""
    text = documentation(detector)
    places = [re.search(rf"(?m)^{section}:\s*\S", text) for section in SECTIONS]

    assert all(places), [name for name, place in zip(SECTIONS, places, strict=True) if not place]
    assert [place.start() for place in places] == sorted(place.start() for place in places)


@COMMON
def test_the_same_post_gives_the_same_evidence(detector: Detector) -> None:
    """A detector is pure: twice the same input, twice the same output, in the same order."""
    for text in detector.examples.breaches:
        assert found(detector, text) == found(detector, text)


@COMMON
@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_no_text_is_too_odd(detector: Detector, text: str) -> None:
    """Whatever is posted, a detector neither raises nor takes long."""
    policy = rulebook().policy
    screened, _ = prepare(post(text), policy.bounds, policy.numbers)
    memory = GuildMemory(policy.memory, policy.memory_posts)

    def cost_ms() -> float:
        before = time.process_time()
        list(detector(screened, memory))
        return (time.process_time() - before) * 1000

    assert min(cost_ms() for _ in range(3)) < SLACK_MS
