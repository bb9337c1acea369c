"""`.env.example` says of every variable what it means, in which unit, and what it is by default."""

import re
from pathlib import Path

import pytest

from bot.files.env import read_env
from bot.files.variables import Variables, env_example

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"
_LINE_RE = re.compile(r"^# ([A-Z_]+)=(.*)$", re.MULTILINE)


def test_the_example_and_the_settings_name_the_same_variables() -> None:
    """No variable is undocumented, and none that is documented goes unread."""
    named = [name for name, _ in _LINE_RE.findall(EXAMPLE.read_text("utf-8"))]

    assert named == [name.upper() for name in Variables.model_fields]


@pytest.mark.parametrize("name", Variables.model_fields)
def test_each_variable_says_meaning_unit_and_default(name: str) -> None:
    """The words stand above the variable, and the default is the one that holds."""
    text = EXAMPLE.read_text("utf-8")
    block = next(one for one in text.split("\n\n") if f"# {name.upper()}=" in one)
    default = Variables.model_fields[name].default

    meaning, unit = block.split("# Unit: ")
    assert re.fullmatch(r"(?s)# [A-Z].{20,}\.\n", meaning), block
    assert re.match(r".+\. Default: .+\.\n", unit), block
    if default is not None:
        assert f"Default: {default}." in block
        assert f"# {name.upper()}={default}" in block


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    """Copied to `.env`, with every line made active, it is read without a problem."""
    path = tmp_path / ".env"
    path.write_text(_LINE_RE.sub(r"\1=\2", EXAMPLE.read_text("utf-8")), "utf-8")

    values, problems = read_env(path)

    assert problems == ()
    assert values


def test_the_example_is_not_stale() -> None:
    """The file is what the settings say about themselves (bot.files.variables.env_example)."""
    assert EXAMPLE.read_text("utf-8") == env_example()
