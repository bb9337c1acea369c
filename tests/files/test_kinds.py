"""Kinds of evidence: what detectors say they find is what they find."""

import inspect
import re
import sys

import pytest

from bot.detectors import discover
from bot.detectors._detector import Detector
from bot.files.language_codes import is_language

WITH_KINDS = [detector for detector in discover() if detector.rule != "language"]


@pytest.mark.parametrize("detector", WITH_KINDS, ids=lambda detector: detector.rule)
def test_a_detector_names_every_kind_it_has(detector: Detector) -> None:
    """An exception for any of them can be written down, and none is a slip of the pen."""
    (module,) = (
        module
        for name, module in sys.modules.items()
        if name.startswith("bot.detectors.") and getattr(module, "DETECTOR", None) is detector
    )

    written = set(re.findall(r'\bKind\(\s*"([a-z-]+)"', inspect.getsource(module)))

    assert written
    assert detector.kinds == written


@pytest.mark.parametrize(("code", "is_one"), [("es", True), ("xx", False), ("ES", False)])
def test_codes_of_languages_are_told_from_others(code: str, is_one: bool) -> None:
    """Two letters alone make no language."""
    assert is_language(code) is is_one
