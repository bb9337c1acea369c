"""How moderators name a post or a case in an option: links and numbers become values."""

import re
from dataclasses import dataclass
from typing import Final

from bot.errors import ConcordError

_LINK: Final = re.compile(
    r"<?https?://(?:(?:ptb|canary)\.)?discord(?:app)?\.com"
    r"/channels/(?P<guild>[0-9]{15,20})/(?P<channel>[0-9]{15,20})/(?P<message>[0-9]{15,20})/?>?"
)
_PAIR: Final = re.compile(r"(?P<channel>[0-9]{15,20})-(?P<message>[0-9]{15,20})")
"""What Discord copies for "Copy Message ID" with the shift key held."""
_ID: Final = re.compile(r"[0-9]{15,20}")
"""A snowflake: 15 digits were written in 2015, and 20 will do until 2154."""
_CASE: Final = re.compile(r"(?:case ?)?[#c]? ?-? ?(?P<number>[0-9]{1,9})", re.IGNORECASE)
"""Blanks are one at most: three runs of any length beside each other took minutes to fail."""

LONGEST_CASE: Final = 100
"""Characters of an option that are read as a case's name; Discord lets 6,000 through. Chosen."""


class OptionError(ConcordError):
    """An option that cannot be understood; says what was expected."""


@dataclass(frozen=True, slots=True)
class PostPlace:
    """Where a post is said to stand."""

    message: int
    channel: int | None
    """None where only the message was named."""


def read_post(text: str, guild: int) -> PostPlace:
    """Return the post that a link, or an id, names.

    Raises:
        OptionError: if it names none, or one of another server.
    """
    said = text.strip()
    if link := _LINK.fullmatch(said):
        if int(link["guild"]) != guild:
            raise OptionError("This link leads to another server; only posts of this one work.")
        return PostPlace(int(link["message"]), int(link["channel"]))
    if pair := _PAIR.fullmatch(said):
        return PostPlace(int(pair["message"]), int(pair["channel"]))
    if _ID.fullmatch(said):
        return PostPlace(int(said), None)
    raise OptionError(
        "This is no link to a post. Right-click the post (on a phone: press and hold it), choose "
        "Copy Message Link, and paste it here."
    )


def read_case(text: str) -> int:
    """Return the number of the case that ``C-12``, ``c12``, ``#12`` or ``12`` names.

    Raises:
        OptionError: if it names none.
    """
    said = " ".join(text.split()) if len(text) <= LONGEST_CASE else ""
    if match := _CASE.fullmatch(said):
        return int(match["number"])
    raise OptionError("This is no case. Write its number as in C-12, or pick one from the list.")


def link_of(guild: int, channel: int, message: int) -> str:
    """Return the address of a post."""
    return f"https://discord.com/channels/{guild}/{channel}/{message}"
