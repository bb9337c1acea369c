"""The `.env` file as it is read."""

from pathlib import Path

import pytest

from bot.files.env import read_env


def _read(folder: Path, text: str) -> tuple[dict[str, str] | None, tuple[str, ...]]:
    path = folder / ".env"
    path.write_text(text, "utf-8")
    return read_env(path)


def test_values_are_read_as_shells_read_them(tmp_path: Path) -> None:
    """Comments, quotes and `export` are understood; nothing is put in for a dollar sign."""
    text = "# a comment\nexport EVIDENCE_DAYS='90' # days\nCONCORD_DATABASE=\"${HOME}/a b\"\n"

    assert _read(tmp_path, text) == (
        {"EVIDENCE_DAYS": "90", "CONCORD_DATABASE": "${HOME}/a b"},
        (),
    )


def test_empty_values_count_as_not_set(tmp_path: Path) -> None:
    """A line copied from the example and left empty changes nothing."""
    assert _read(tmp_path, "DISCORD_TOKEN=\nSHARD_COUNT=''\n") == ({}, ())


def test_variables_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    """A file shared with other programs can be used."""
    assert _read(tmp_path, "POSTGRES_PASSWORD=x\nEVIDENCE_DAYS=9\n") == ({"EVIDENCE_DAYS": "9"}, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("DISCORD_TOKN=x", "DISCORD_TOKN on line 1 is unknown; did you mean 'DISCORD_TOKEN'?"),
        ("CONCORD_COLOUR=x", "CONCORD_COLOUR on line 1 is unknown"),
        ("EVIDENCE_DAY=9", "did you mean 'EVIDENCE_DAYS'?"),
        ("\nEVIDENCE_DAYS=9\nEVIDENCE_DAYS=8", "EVIDENCE_DAYS is set again on line 3"),
        ("DISCORD_TOKEN = 'half", "line 1 cannot be read; expected NAME=value"),
    ],
)
def test_a_slip_is_named_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    """A name nobody reads, a name set twice and a line that is none are said to be so."""
    values, problems = _read(tmp_path, text)

    assert values is None
    assert any(said in problem for problem in problems), problems


def test_no_problem_holds_a_value(tmp_path: Path) -> None:
    """A secret on a line that cannot be read stays out of the message."""
    _, problems = _read(tmp_path, "DISCORD_TOKN=geheim\nDISCORD_TOKEN='geheim\n")

    assert len(problems) == 2
    assert "geheim" not in "".join(problems)


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"\xff", "not UTF-8")])
def test_a_file_that_is_none_is_named(content: bytes | None, said: str, tmp_path: Path) -> None:
    """A file that is not there or not text is said to be so."""
    path = tmp_path / ".env"
    if content is not None:
        path.write_bytes(content)

    assert said in read_env(path).problems[0]
