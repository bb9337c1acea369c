"""Members of enums by the words that stand for them in files."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeVar

from pydantic import BeforeValidator

from bot.files._table import unexpected

EnumT = TypeVar("EnumT", bound=Enum)


def word_of(enum: type[EnumT]) -> BeforeValidator:
    """Read a member by its lower-case name or, of an enum of texts, by its value."""
    words: Mapping[str, EnumT] = {
        str(member.value) if issubclass(enum, StrEnum) else member.name.lower(): member
        for member in enum
    }

    def read(value: object) -> EnumT:
        if isinstance(value, str) and value in words:
            return words[value]
        raise unexpected(f"one of {', '.join(words)}")

    return BeforeValidator(read)
