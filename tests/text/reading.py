"""Short ways to prepare a text in tests."""

from hypothesis import settings

from bot.model.post import Part, Surface
from bot.model.screened import ScreenedPart
from bot.text.prepare import prepare
from tests.making import policy, post

unhurried = settings(deadline=None)
"""For laws: how long a busy machine takes says nothing; cost is tested in processor time."""


def read(text: str, surface: Surface = Surface.CONTENT) -> ScreenedPart:
    """Return one text as detectors read it."""
    screened, _ = prepare(post(parts=(Part(surface, text),)), policy().bounds, {})
    return screened.parts[0]
