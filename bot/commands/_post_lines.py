"""One line of ``screen --jsonl`` read into a value, or refused in a sentence."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn, Self, TypeVar

from bot.errors import ConcordError
from bot.files._sentences import shown
from bot.files.language_codes import is_language

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a first line that gives none, and zero of times in seconds."""
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Room on either side for every window that detectors look back over. Chosen."""

_POST_KEYS = ("id", "text", "author", "board", "at", "groups", "exceptions")
_EXCEPTION_KEYS = ("allow", "languages")
_EVENT_KEYS = {"removed": "text", "sanctioned": "name"}
"""By event, the key that says what happened to what."""

T = TypeVar("T")


class _Decimal(float):
    """A number with a point or an exponent that remembers how it was written."""

    written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number.written = written
        return number


class LineError(ConcordError):
    """A line that cannot be used, in a sentence."""

    def __init__(self, sentence: str, line_id: str | None = None) -> None:
        """Keep the sentence and, where it could be read, the line's id as JSON text."""
        super().__init__(sentence)
        self.line_id = line_id


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post to be screened."""

    id: str
    """As JSON text, exactly as it was given."""
    text: str
    author: str | None
    board: str | None
    at: datetime | None
    """Aware UTC; None where the line gives no time."""
    groups: tuple[str, ...]
    allow: tuple[str, ...]
    """Rule ids that do not hold for this post."""
    languages: tuple[str, ...]
    """ISO 639-1 codes permitted beside English."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened and informs later lines."""

    event: str
    """``removed`` or ``sanctioned``."""
    words: str
    """The removed text, or the sanctioned member's name."""
    at: datetime | None


def read_line(line: bytes) -> PostLine | EventLine:
    """Read one line.

    Raises:
        LineError: with every problem of the line in one sentence.
    """
    table = _table(line)
    line_id = _id(table.get("id"))
    try:
        return _Fields(table).event() if "event" in table else _Fields(table).post(line_id)
    except LineError as error:
        raise LineError(str(error), line_id) from None


def _table(line: bytes) -> dict[str, object]:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LineError(f"byte {error.start} of the line is not UTF-8; expected UTF-8") from None
    if not text.strip():
        raise LineError("the line is empty; expected a JSON object")
    try:
        value = json.loads(
            text,
            parse_int=_whole,
            parse_float=_Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except json.JSONDecodeError as error:
        raise LineError(
            f"the line is not JSON ({error.msg.lower()} at character {error.pos})"
        ) from None
    except (RecursionError, ValueError) as error:
        reason = "too deep" if isinstance(error, RecursionError) else str(error)
        raise LineError(f"the line is not JSON that can be read ({reason})") from None
    if not isinstance(value, dict):
        raise LineError(f"the line is {shown(value)}; expected a JSON object")
    return value


def _whole(written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise ValueError(f"a number of {len(written)} digits is too long") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {shown(twice)} is there twice")
    return table


def _id(value: object) -> str | None:
    """Return an id as JSON text, or None if it is none."""
    if isinstance(value, _Decimal):
        return value.written
    if isinstance(value, str | int) and not isinstance(value, bool):
        return json.dumps(value)
    return None


class _Fields:
    """The keys of one line, each read once; problems are gathered."""

    def __init__(self, table: dict[str, object]) -> None:
        self._table = table
        self._problems: list[str] = []

    def post(self, line_id: str | None) -> PostLine:
        self._only(self._table, _POST_KEYS, "")
        if "id" not in self._table:
            self._problems.append("id is missing")
        elif line_id is None:
            self._expected("id", self._table["id"], "a text or a number")
        text = self._text("text")
        author = self._read(self._table, "author", _as_name, "a text or a number")
        board = self._read(self._table, "board", _as_text, "the name of a board")
        at = self._at()
        groups = self._read(self._table, "groups", _as_texts, "a list of names of groups")
        given = self._read(self._table, "exceptions", _as_table, "an object") or {}
        self._only(given, _EXCEPTION_KEYS, "exceptions.")
        allow = self._read(given, "allow", _as_texts, "a list of rule ids", "exceptions.")
        languages = self._read(
            given,
            "languages",
            _as_languages,
            "a list of ISO 639-1 codes, such as 'es'",
            "exceptions.",
        )
        self._settle()
        assert line_id is not None, "BUG: a line without an id was not refused"
        return PostLine(
            line_id, text, author, board, at, groups or (), allow or (), languages or ()
        )

    def event(self) -> EventLine:
        event = self._table["event"]
        if not isinstance(event, str) or event not in _EVENT_KEYS:
            self._expected("event", event, f"one of {', '.join(_EVENT_KEYS)}")
            self._settle()
        key = _EVENT_KEYS[str(event)]
        self._only(self._table, ("event", "id", "at", key), "")
        line = EventLine(str(event), self._text(key), self._at())
        self._settle()
        return line

    def _only(self, table: dict[str, object], known: Iterable[str], prefix: str) -> None:
        self._problems.extend(
            f"{prefix}{shown(key)[1:-1]} is an unknown key; expected one of {', '.join(known)}"
            for key in table
            if key not in known
        )

    def _text(self, key: str) -> str:
        if key not in self._table:
            self._problems.append(f"{key} is missing")
            return ""
        if self._table[key] is None:
            self._expected(key, None, "a text")
        return self._read(self._table, key, _as_text, "a text") or ""

    def _at(self) -> datetime | None:
        return self._read(
            self._table,
            "at",
            _as_time,
            "seconds since 1970 or an ISO 8601 time, from the year 1900 to the year 9000",
        )

    def _read(
        self,
        table: dict[str, object],
        key: str,
        reader: Callable[[object], T],
        expectation: str,
        prefix: str = "",
    ) -> T | None:
        value = table.get(key)
        if value is None:  # null says the same as leaving the key out
            return None
        try:
            return reader(value)
        except (ValueError, OverflowError):
            self._expected(prefix + key, value, expectation)
            return None

    def _expected(self, key: str, value: object, expectation: str) -> None:
        self._problems.append(f"{key} is {shown(value)}; expected {expectation}")

    def _settle(self) -> None:
        if self._problems:
            raise LineError("; and ".join(self._problems))


def _as_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - one kind of error for whatever is not as expected
    return value


def _as_name(value: object) -> str:
    written = _id(value)
    if written is None:
        raise ValueError
    return value if isinstance(value, str) else written


def _as_texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError  # noqa: TRY004 - as above
    return tuple(_as_text(one) for one in value)


def _as_languages(value: object) -> tuple[str, ...]:
    codes = _as_texts(value)
    if not all(map(is_language, codes)):
        raise ValueError
    return codes


def _as_table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - as above
    return value


def _as_time(value: object) -> datetime:
    if isinstance(value, str):
        read = datetime.fromisoformat(value)
        at = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        at = EPOCH + timedelta(seconds=value)
    else:
        raise ValueError  # noqa: TRY004 - as above
    if not _EARLIEST <= at < _LATEST:
        raise ValueError
    return at
