"""When something was, as moderators type it: a day of the calendar, or a time ago."""

import re
from datetime import UTC, datetime
from typing import Final

from bot.discord_io.interactions.references import OptionError
from bot.errors import ConcordError
from bot.text.durations import read_length

_DAY: Final = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ t]+(?P<time>[0-9]{2}:[0-9]{2}))?"
)


def read_moment(typed: str, now: datetime) -> datetime:
    """Return the moment that ``2026-11-22``, ``2026-11-22 18:00`` or ``7 days`` (ago) names; UTC.

    Raises:
        OptionError: if it names none.
    """
    said = " ".join(typed.lower().split()).removesuffix(" ago")
    if match := _DAY.fullmatch(said):
        try:
            moment = datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}")
        except ValueError:
            raise OptionError(f"{typed!r} is no day of the calendar.") from None
        return moment.replace(tzinfo=UTC)
    try:
        length = read_length(said)
    except ConcordError:
        length = None
    if length is None:
        raise OptionError(
            f"{typed[:40]!r} is no time. Write a day, as in 2026-11-22, or how long ago, as in "
            "7 days."
        )
    return now - length
