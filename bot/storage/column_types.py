"""How values are written into columns: times, enums, and words by whoever wrote them."""

import re
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from sqlalchemy import Dialect, Integer, Text, TypeDecorator

Rank = TypeVar("Rank", bound=IntEnum)
Name = TypeVar("Name", bound=StrEnum)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONE_SURROGATE_RE = re.compile("[\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A time as whole microseconds since 1970, so that it comes back exactly as it went in.

    Aware times only; they come back in UTC.
    """

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Count the microseconds."""
        if value is None:
            return None
        assert value.tzinfo is not None, "BUG: a time without a zone cannot be stored"
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Give the time back, aware UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Ranked(TypeDecorator[Rank], Generic[Rank]):
    """An enum whose order is its meaning, kept as its number so that SQL can compare it."""

    impl = Integer
    cache_ok = True

    def __init__(self, ranks: type[Rank]) -> None:
        """Take the enum."""
        super().__init__()
        self.ranks = ranks

    def process_bind_param(self, value: Rank | None, _dialect: Dialect) -> int | None:
        """Write the number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Rank | None:
        """Give the member back."""
        return None if value is None else self.ranks(value)


class Named(TypeDecorator[Name], Generic[Name]):
    """An enum without an order, kept as its word."""

    impl = Text
    cache_ok = True

    def __init__(self, names: type[Name]) -> None:
        """Take the enum."""
        super().__init__()
        self.names = names

    def process_bind_param(self, value: Name | None, _dialect: Dialect) -> str | None:
        """Write the word."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Name | None:
        """Give the member back."""
        return None if value is None else self.names(value)


def storable(text: str) -> str:
    """Return a text as it is read back from a column of free text."""
    return _LONE_SURROGATE_RE.sub("\ufffd", text)


class _Words(TypeDecorator[str]):
    """Free text; a lone surrogate, which no file can hold, becomes U+FFFD, one for one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Make the text fit for UTF-8 without moving any offset."""
        return None if value is None else storable(value)


class MemberWords(_Words):
    """What a member wrote, or a moderator wrote about them: erased on request and in time."""

    cache_ok = True


class AdminWords(_Words):
    """What an admin wrote about the community; replaced with it."""

    cache_ok = True


class OurWords(_Words):
    """Ids, versions and sentences of Concord's own; they repeat nobody's words."""

    cache_ok = True
