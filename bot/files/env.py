"""An ``.env`` file read into names and values; what cannot be read is named by its line."""

from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from bot.files._sentences import did_you_mean
from bot.files._table import Read, name_of
from bot.files.variables import Variables

OURS = ("CONCORD_", "DISCORD_")
"""What the names of our variables begin with: an unknown one that does is a slip of the pen."""


def read_env(path: Path) -> Read[dict[str, str]]:
    """Return the variables of ours that a file sets; empty values count as not set.

    Names of other programs are left alone. Nothing is interpolated, and no problem holds a value.
    """
    file = name_of(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Read(None, (f"{file}: the file cannot be read ({reason})",))
    except UnicodeDecodeError as error:
        return Read(None, (f"{file}: byte {error.start} is not UTF-8; expected a UTF-8 text",))
    known = [name.upper() for name in Variables.model_fields]
    values: dict[str, str] = {}
    problems: list[str] = []
    for binding in parse_stream(StringIO(text)):
        line = binding.original.line
        if binding.error:
            problems.append(f"{file}: line {line} cannot be read; expected NAME=value")
        elif binding.key in known and binding.key in values:
            problems.append(f"{file}: {binding.key} is set again on line {line}; expected it once")
        elif binding.key in known and binding.value:
            values[binding.key] = binding.value
        elif binding.key is not None and binding.key not in known:
            close = get_close_matches(binding.key, known, n=1, cutoff=0.8)
            if close or binding.key.startswith(OURS):
                hint = did_you_mean(binding.key, known)
                problems.append(f"{file}: {binding.key} on line {line} is unknown; {hint}")
    return Read(None, tuple(problems)) if problems else Read(values)
