"""Reading request bodies the way Discord does: all errors at once, nested by key."""

from datetime import datetime

from bot.sandbox.errors import invalid_form, leaf
from bot.sandbox.seam import JsonObject

_SNOWFLAKE_MAX = (1 << 64) - 1


class Form:
    """One JSON object of a request, read key by key.

    Each reading method returns None for a key that is absent or null, and records what is wrong
    instead of raising; `check` raises everything at once.
    """

    def __init__(self, source: object) -> None:
        self._errors: JsonObject = {}
        self._fields: JsonObject = {}
        if isinstance(source, dict):
            self._fields = source
        elif source is not None:
            self._errors.update(
                leaf("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            )

    def __contains__(self, key: str) -> bool:
        """Say whether a key was given, null included."""
        return key in self._fields

    def raw(self, key: str) -> object:
        """Return a value as it came."""
        return self._fields.get(key)

    def fail(self, key: str, code: str, message: str) -> None:
        """Record what is wrong with a key; of what is no object at all, only that is told."""
        if "_errors" not in self._errors:
            self._errors[key] = leaf(code, message)

    def fail_inside(self, key: str, errors: JsonObject) -> None:
        """Record what is wrong below a key."""
        self._errors[key] = errors

    def check(self) -> None:
        """Raise what was found.

        Raises:
            ApiError: 50035 with every recorded error.
        """
        if self._errors:
            raise invalid_form(self._errors)

    @property
    def errors(self) -> JsonObject:
        """What was found so far, for a form inside another one."""
        return self._errors

    def text(self, key: str, longest: int, shortest: int = 0) -> str | None:
        """Read a string of bounded length, in code points."""
        value = self._fields.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.fail(key, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
            return None
        if len(value) > longest and shortest == 0:
            self.fail(key, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length.")
        elif not shortest <= len(value) <= longest:
            self.fail(
                key,
                "BASE_TYPE_BAD_LENGTH",
                f"Must be between {shortest} and {longest} in length.",
            )
        return value

    def flag(self, key: str) -> bool | None:
        """Read a boolean."""
        value = self._fields.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fail(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return None

    def number(self, key: str, least: int, most: int) -> int | None:
        """Read an integer in a closed range; digits in a string count, as with Discord."""
        value = self._fields.get(key)
        if value is None:
            return None
        number = as_integer(value)
        if number is None:
            self.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif number < least:
            self.fail(
                key,
                "NUMBER_TYPE_MIN",
                f"int value should be greater than or equal to {least}.",
            )
        elif number > most:
            self.fail(
                key,
                "NUMBER_TYPE_MAX",
                f"int value should be less than or equal to {most}.",
            )
        else:
            return number
        return None

    def snowflake(self, key: str) -> int | None:
        """Read an id."""
        value = self._fields.get(key)
        if value is None:
            return None
        number = as_snowflake(value)
        if number is None:
            self.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return number

    def snowflakes(self, key: str, most: int) -> list[int] | None:
        """Read a list of ids, with its duplicates."""
        ids: list[int] = []
        errors: JsonObject = {}
        values = self.items(key, most)
        if values is None:
            return None
        for index, value in enumerate(values):
            number = as_snowflake(value)
            if number is None:
                errors[str(index)] = leaf(
                    "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.'
                )
            else:
                ids.append(number)
        if errors:
            self._errors[key] = errors
        return ids

    def moment(self, key: str) -> datetime | None:
        """Read an ISO 8601 time; one without an offset counts as not readable."""
        value = self._fields.get(key)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(key, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
            return None
        return moment

    def items(self, key: str, most: int) -> list[object] | None:
        """Read a list of bounded length."""
        value = self._fields.get(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self.fail(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return None
        if len(value) > most:
            self.fail(key, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
            return None
        return value

    def objects(self, key: str, most: int) -> list[JsonObject] | None:
        """Read a list of JSON objects."""
        values = self.items(key, most)
        if values is None:
            return None
        errors: JsonObject = {
            str(index): leaf("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            for index, value in enumerate(values)
            if not isinstance(value, dict)
        }
        if errors:
            self._errors[key] = errors
        return [value for value in values if isinstance(value, dict)]

    def form(self, key: str) -> "Form | None":
        """Read a JSON object as a form of its own; merge its errors with `fail_inside`."""
        value = self._fields.get(key)
        return None if value is None else Form(value)

    def absorb(self, key: str, inner: "Form") -> None:
        """Take over the errors of a form inside this one."""
        if inner.errors:
            self._errors[key] = inner.errors


def as_integer(value: object) -> int | None:
    """Return an integer or an integral string as an integer; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) <= 20:
            return int(value)
    return None


def as_snowflake(value: object) -> int | None:
    """Return an id as an integer; None for what is no id."""
    number = as_integer(value)
    return number if number is not None and 0 <= number <= _SNOWFLAKE_MAX else None
