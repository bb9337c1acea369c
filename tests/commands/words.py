"""A screener that finds marked words, so that tests can say exact values."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.commands._compose import load_screener
from bot.commands._stream import Stream
from bot.detectors._detector import Detector, Examples
from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.screened import ScreenedPost
from bot.screening import Screener

COMMUNITY = """
name = "Here"
posture = "act"
[modes]
vulgarity = "review"
[[board]]
name = "Talk"
channel = "talk"
[[board]]
name = "Makers' bench"
channel = "bench"
modes = { vulgarity = "off" }
[[board]]
name = "Español"
channel = "espanol"
languages = ["es"]
[[group]]
name = "Makers"
umbrella = "interest"
role = "Makers"
boards = ["Makers' bench"]
[[exception]]
rule = "contact-info"
group = "Makers"
"""

CONFIDENCE = {"weak": 0.2, "note": 0.4, "review": 0.6, "remove": 0.97}


def _marked(rule: str, mark: str) -> Detector:
    """Find ``<mark>!<word of CONFIDENCE>`` as evidence of a rule with that confidence."""
    pattern = re.compile(rf"{mark}!(weak|note|review|remove)")

    def find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
        del memory
        for part in screened.parts:
            for match in pattern.finditer(part.raw):
                confidence = CONFIDENCE[match[1]]
                place = (part.index, part.part.surface, *match.span())
                yield Evidence(rule, *place, confidence, mark, f"the word {mark}")

    return Detector(rule, find, Examples((), ()))


def _repeated(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    """Find a post whose author wrote something in the hour before."""
    post, part = screened.post, screened.parts[0]
    for earlier in memory.recent(post.author, post.at, 3600):
        if part.raw and earlier.id != post.id and post.remembered:
            place = (0, part.part.surface, 0, len(part.raw))
            yield Evidence("spam-repeat", *place, 0.6, "repeat", "one post after another")
            return


def _known(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    """Find a post that holds the words of a removed one, or the name of a sanctioned member."""
    part = screened.parts[0]
    place = (0, part.part.surface, 0, len(part.raw))
    if any(part.folded.text == removed.text for removed in memory.removed()):
        yield Evidence("repost-removed", *place, 0.97, "repost", "a post that was removed")
    if any(name in part.raw.casefold() for name in memory.sanctioned()):
        yield Evidence("sanction-talk", *place, 0.4, "name", "a matter of other members")


def _broken(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    """Fail where a post says so."""
    del memory
    if "boom" in screened.parts[0].raw:
        raise RuntimeError
    yield from ()


def plain_screener() -> Screener:
    """Return the shipped guidelines and numbers with detectors that find marked words only."""
    none = Examples((), ())
    detectors = (
        _marked("contact-info", "mail"),
        _marked("language", "es"),
        _marked("vulgarity", "damn"),
        _marked("hate", "hate"),
        Detector("spam-repeat", _repeated, none),
        Detector("repost-removed", _known, none),
        Detector("doxing", _broken, none),
    )
    return replace(load_screener(), detectors=detectors)


def ask(stream: Stream, **line: Any) -> Any:
    """Return the answer to a line as a value."""
    answer = stream.answer(json.dumps(line).encode())
    return None if answer is None else json.loads(answer)
