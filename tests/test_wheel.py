"""The wheel, installed elsewhere, runs from a folder that holds hostile files."""

import json
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it into a new environment, and return that environment's folder.

    What Concord depends on is taken from the running environment, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    [site] = environment.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return environment


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A working folder whose cogs and config would do harm if anyone looked at them."""
    for package in ("cogs", "config"):
        (tmp_path / package).mkdir()
    (tmp_path / "cogs" / "__init__.py").write_text("raise SystemExit('hostile cogs were imported')")
    (tmp_path / "config" / "guidelines.toml").write_text("this is no guideline")
    (tmp_path / "config" / "policy.toml").write_text("[thresholds]\nremove = 0.0")
    return tmp_path


@pytest.fixture
def concord(installed: Path, hostile: Path) -> Run:
    """Run a command of the installed Concord in the hostile folder."""

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(installed / "bin" / "concord"), *arguments],
            cwd=hostile,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_installed_package_is_the_one_that_runs(installed: Path, hostile: Path) -> None:
    """Not the checkout this test belongs to."""
    code = "import bot, cogs; print(bot.__file__); print(cogs.__path__[0])"
    where = subprocess.run(
        [str(installed / "bin" / "python"), "-P", "-c", code],
        cwd=hostile,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert all(line.startswith(str(installed)) for line in where)


def test_screen_judges_by_the_packaged_rules(concord: Run) -> None:
    """An e-mail address is found, a greeting is not."""
    lines = [
        json.dumps({"id": 1, "text": "Hello everyone, nice to be here."}),
        json.dumps({"id": 2, "text": "write to me at marta.kowalska@gmail.com"}),
    ]

    done = concord("screen", "--jsonl", stdin="\n".join(lines))

    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["action"] == "allow"
    assert second["findings"][0]["rule"] == "contact-info"


def test_check_finds_the_packaged_configuration_sound(concord: Run) -> None:
    """The hostile files beside it are not looked at."""
    done = concord("check")

    assert done.returncode == 0, done.stdout + done.stderr


def test_coverage_lists_the_packaged_rules(concord: Run) -> None:
    """With their detectors."""
    done = concord("coverage", "--format", "json")

    assert done.returncode == 0, done.stderr
    rules = {row["rule"] for row in json.loads(done.stdout)}
    assert {"language", "contact-info", "vulgarity", "self-harm"} <= rules


def test_a_run_with_foreign_cogs_is_refused(installed: Path, hostile: Path) -> None:
    """Started so that the folder's cogs come first, the bot does not start at all."""
    env_file = hostile / "settings"
    env_file.write_text(
        "DISCORD_TOKEN=a.b.c\nDISCORD_API_BASE=http://127.0.0.1:9/api/v10\n"
        "DISCORD_GATEWAY_URL=ws://127.0.0.1:9/gw\n"
    )
    done = subprocess.run(
        [str(installed / "bin" / "python"), "-m", "bot", "run", "--env", str(env_file)],
        cwd=hostile,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "The folder cogs was found at" in done.stderr
    assert "hostile cogs were imported" not in done.stderr
