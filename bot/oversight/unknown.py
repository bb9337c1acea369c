"""That Discord did not say what an act by hand depends on."""

from bot.errors import ConcordError


class NotKnownError(ConcordError):
    """Discord did not say how things stand now; the act is considered again later."""
