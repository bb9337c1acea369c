"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

import logging.config
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]


@cache
def graph() -> grimp.ImportGraph:
    """Return all imports, also those inside functions."""
    return grimp.build_graph("bot", "cogs", include_external_packages=True, cache_dir=None)


def ours() -> list[str]:
    """Return our own modules."""
    return sorted(m for m in graph().modules if m.split(".")[0] in {"bot", "cogs"})


def importers(library: str) -> set[str]:
    """Return our modules that import a library themselves."""
    return {
        module
        for module in ours()
        if any(
            found == library or found.startswith(f"{library}.")
            for found in graph().find_modules_directly_imported_by(module)
        )
    }


def outside(modules: set[str], *allowed: str) -> list[str]:
    """Return the modules that are not, and do not lie in, one of the allowed ones."""
    return sorted(
        one for one in modules if not any(one == a or one.startswith(f"{a}.") for a in allowed)
    )


def test_the_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layers, and what each part must not know, over any number of steps."""
    monkeypatch.chdir(ROOT)
    # It sets up logging for itself, which silences every logger there is, for all later tests.
    monkeypatch.setattr(logging.config, "dictConfig", lambda _config: None)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, "run lint-imports to see which"


def test_the_contract_on_the_core_names_every_part_of_the_core() -> None:
    """Whatever lies at or below the use cases in the layers, but for what makes log lines."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        layers, _, core, *_ = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    rows = [re.findall(r"[a-z_]+", row) for row in layers["layers"]]
    from_use_cases = next(n for n, row in enumerate(rows) if "desk" in row)
    parts = {f"bot.{part}" for row in rows[from_use_cases:] for part in row}
    assert set(core["source_modules"]) == parts - {"bot.logs"}


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("discord", ("bot.discord_io", "bot.simulated", "cogs")),
        ("sqlalchemy", ("bot.storage",)),
        ("aiosqlite", ("bot.storage",)),
        ("alembic", ("bot.storage",)),
        ("aiohttp", ("bot.discord_io", "bot.referrals", "bot.sandbox")),
        ("tenacity", ("bot.discord_io",)),
        ("pydantic", ("bot.files", "bot.settings", "bot.demo")),
        ("click", ("bot.__main__", "bot.commands")),
        ("cogs", ("cogs",)),
    ],
)
def test_a_library_is_known_at_its_border_only(library: str, allowed: tuple[str, ...]) -> None:
    """One place to look when it changes."""
    assert outside(importers(library), *allowed) == []


def test_the_nouns_need_the_standard_library_only() -> None:
    """They are what everybody can agree on."""
    imported = {
        found.split(".")[0]
        for module in ours()
        if module.startswith("bot.model")
        for found in graph().find_modules_directly_imported_by(module)
    }
    assert imported - sys.stdlib_module_names == {"bot"}


def test_the_simulated_discord_knows_nothing_of_the_bot() -> None:
    """It could not test what it shares; it is a package that others could use."""
    imported = {
        found
        for module in ours()
        if module.startswith("bot.sandbox")
        for found in graph().find_modules_directly_imported_by(module)
    }
    assert {one for one in imported if one.split(".")[0] in {"bot", "cogs", "discord"}} == {
        one for one in imported if one.startswith("bot.sandbox")
    }


def test_no_detector_is_imported_by_name() -> None:
    """Not by another detector, nor by anybody else: they are discovered."""
    rules = {
        m for m in graph().find_children("bot.detectors") if not m.split(".")[-1].startswith("_")
    }
    assert len(rules) >= 5
    by_name = {
        (who, rule) for rule in rules for who in graph().find_modules_that_directly_import(rule)
    }
    assert by_name == set()


def test_only_settings_reads_the_environment() -> None:
    """One place that knows the variables."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for package in ("bot", "cogs")
        for path in (ROOT / package).rglob("*.py")
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    }
    assert readers == {"bot/settings.py"}
