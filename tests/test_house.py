"""The house rules that no linter knows."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    "bot",
    "cogs",
    "config",
    "tests",
    ".ci",
    ".env.example",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "pyproject.toml",
}
MOST_LINES = 400
LONG = 300
WHY_LONG = re.compile(r"\blong\b", re.IGNORECASE)

# Written in pieces, so that this file is not its own finding.
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
UNCOVERED = re.compile(r"pragma: *no" r" cover")
BARE_IGNORE = re.compile(r"type: *ignore(?!\[)")
BARE_NOQA = re.compile(r"# *noqa(?!:)", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:work|home|Users|root|mnt)/\w")
REGISTRY_HOST = re.compile(
    r"pypi\.(?:org|io)|pythonhosted\.org|npmjs\.(?:com|org)|crates\.io|rubygems\.org", re.IGNORECASE
)


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files of the project: what git holds, else what lies here."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the house rules are checked in a git checkout")
    return tuple(path for name in listed if name and (path := ROOT / name).is_file())


def python() -> list[Path]:
    """Return the project's Python files."""
    return [path for path in tracked() if path.suffix == ".py"]


def texts() -> list[tuple[Path, str]]:
    """Return all files that are text, with what they hold."""
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def places(pattern: re.Pattern[str], *, suffix: str | None = None) -> list[str]:
    """Return where a pattern stands, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in texts()
        if suffix is None or path.suffix == suffix
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_top_level_holds_what_the_design_names_and_nothing_else() -> None:
    """A newcomer reads the folder as documentation."""
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


def test_no_file_is_too_long_for_one_idea() -> None:
    """Over 400 lines a Python file holds more than one."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in python()
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_a_long_file_of_the_bot_says_why() -> None:
    """In its docstring, to whoever wonders whether it holds two ideas."""
    silent = []
    for path in python():
        text = path.read_text()
        if path.is_relative_to(ROOT / "tests") or len(text.splitlines()) <= LONG:
            continue
        if not WHY_LONG.search(ast.get_docstring(ast.parse(text)) or ""):
            silent.append(path.relative_to(ROOT).as_posix())
    assert silent == []


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, UNCOVERED, BARE_IGNORE, BARE_NOQA], ids=lambda p: p.pattern
)
def test_nothing_is_left_undone_uncovered_or_silenced_without_a_word(
    pattern: re.Pattern[str],
) -> None:
    """Every exception from a rule names the rule."""
    assert places(pattern, suffix=".py") == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    """The project runs where it is put."""
    assert places(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the reader's own affair."""
    assert places(REGISTRY_HOST) == []


def test_every_test_says_what_it_promises() -> None:
    """Each test function, method and test file has a docstring."""
    silent = []
    for path in python():
        if not path.is_relative_to(ROOT / "tests"):
            continue
        tree = ast.parse(path.read_text())
        if path.stem != "__init__" and ast.get_docstring(tree) is None:
            silent.append(f"{path.relative_to(ROOT)}")
        silent.extend(
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name.startswith("test_")
            and ast.get_docstring(node) is None
        )
    assert silent == []


def test_no_test_waits_for_time_to_pass() -> None:
    """Time is an argument: nobody sleeps for a second; only kills happen at chance moments."""
    waits = re.compile(r"\bsleep\(\s*(?:[1-9]|0?\.[1-9])")
    assert [place for place in places(waits, suffix=".py") if place.startswith("tests/")] == []


def test_no_two_test_files_hide_each_other() -> None:
    """Test files of one name need packages, or one would not be collected."""
    names: dict[str, set[Path]] = {}
    for path in python():
        if path.name.startswith("test_") and not (path.parent / "__init__.py").is_file():
            names.setdefault(path.name, set()).add(path)
    assert [sorted(several) for several in names.values() if len(several) > 1] == []


def test_ci_calls_the_readmes_own_test_line() -> None:
    """What newcomers are told to run is what is run for every change."""
    lines = (ROOT / "README.md").read_text().splitlines()
    line = next(line for line in lines if "-m venv" in line and "-m pytest" in line)

    assert line in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_architecture_names_every_part_and_no_other() -> None:
    """Whoever looks for something finds its file there, and what is named is there."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    parts = {
        path.relative_to(ROOT / "bot").parts[0]
        for path in python()
        if path.is_relative_to(ROOT / "bot")
    }
    unnamed = {part for part in parts if part not in text and not part.startswith("__")}
    paths = re.findall(r"`((?:bot|cogs|config|tests)/[\w./]*)`", text)
    gone = {one for one in paths if "your_" not in one and not (ROOT / one).exists()}
    assert (unnamed, gone) == (set(), set())
