"""The demo as visitors meet it: one command, a story, an exit status, nothing left behind."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.commands.process import COMMAND, ROOT, environment, run

PATIENCE = 120
"""Seconds that a busy machine may take for what takes ten; chosen, not measured."""

SCRIPT = """\
title = "Short"
community = "community.toml"
[[person]]
name = "Ada"
[[scene]]
title = "Only"
[[scene.step]]
who = "Ada"
on = "General"
says = "What a load of bullshit this is."
expect = "{expect}"
found = "vulgarity"
"""
COMMUNITY = """\
name = "Town"
posture = "act"
log = "mod-log"
[[board]]
name = "General"
channel = "general"
"""


@dataclass(frozen=True)
class Story:
    """One run of the real command, with its output going to a file."""

    text: str
    status: int
    processor_seconds: float

    @property
    def flowing(self) -> str:
        """The text without the line breaks of the page."""
        return re.sub(r"\s*\n\s+", " ", self.text)


def _temporary(folder: Path) -> dict[str, str]:
    return environment(TMPDIR=str(folder), PYTHONUNBUFFERED="1")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The demo of the README's first line, played once."""
    folder = tmp_path_factory.mktemp("demo")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*COMMAND, "demo", "--terminal"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=_temporary(folder),
        timeout=PATIENCE,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Story(done.stdout, done.returncode, spent)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script of one post, which is removed."""
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    path = tmp_path / "script.toml"
    path.write_text(SCRIPT.format(expect="remove"), "utf-8")
    return path


def test_it_says_first_that_this_is_not_discord(story: Story) -> None:
    """Nobody takes it for a real server; the bot is the real one."""
    opening = story.flowing.split("An ordinary morning")[0]

    assert "A simulated server on this machine, not Discord" in opening
    assert "apply config/community.example.toml --guild" in opening
    assert "9 boards, 4 groups, 4 exceptions" in opening


@pytest.mark.parametrize(
    "fact",
    [
        "“bullsh1t”: vulgar language in disguise",
        "“discord.gg/no-such-table”: an invitation to another server",
        "“lena dot w at gmail dot com”: an e-mail address written in a disguised form",
        "“+44 7700 900123”: a telephone number",
        "Lena, in a private thread named “About your post",
        "ms after it was edited",
        "Allowed by an exception",
        "allowed: group 'Design Portfolio' permits solicitation (showcase) on this board",
        "Moderators are asked; until one has looked, the post stands",
        "the whole post: a passage in Spanish",
        "allowed: this board also speaks es",
        "posts of staff are noted at most",
        "the same text posted again and again",
        "What Viktor reads, in a direct message",
        "What moderators read: the case, in their log",
    ],
)
def test_the_story_has_its_facts(story: Story, fact: str) -> None:
    """Each as the real bot decided it."""
    assert fact in story.flowing


def test_the_kill_and_the_return_are_told(story: Story) -> None:
    """Removed but not told, then told once; what was written meanwhile is dealt with."""
    processes = re.findall(r"process (\d+), connected", story.text)
    told = story.flowing.split("The bot is killed, and comes back")[1]

    assert len(set(processes)) == 2
    assert f"kill -9: process {processes[0]} is gone" in told
    assert "Bea had not been told why" in told
    assert "Removed before the kill; Bea is told now" in told
    assert "Removed when the bot was back" in told
    assert "none came twice" in told


def test_the_sums_are_those_of_the_script(story: Story) -> None:
    """Every post has one outcome."""
    sums = [int(count) for count in re.findall(r"^ +(\d+)  [a-z]", story.text, re.MULTILINE)]

    assert sums[0] == sum(sums[1:]) == 19
    assert sums[1:] == [7, 3, 1, 2, 6]


def test_the_page_fits_80_columns_and_has_no_colours_in_a_pipe(story: Story) -> None:
    """No escape sequence, no line too long, none that ends in spaces."""
    lines = story.text.split("\n")

    assert "\x1b" not in story.text
    assert max(map(cell_len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_no_process_is_left(story: Story) -> None:
    """Neither the one that was killed nor the one that came back."""
    for pid in re.findall(r"process (\d+), connected", story.text):
        assert not _alive(int(pid))


def test_it_costs_little(story: Story) -> None:
    """Under 25 s of one processor for everything, three processes of Python included."""
    assert story.processor_seconds < 25


def test_a_difference_is_told_and_ends_with_1(script: Path) -> None:
    """The demo never claims what did not happen."""
    script.write_text(SCRIPT.format(expect="review"), "utf-8")

    done = run("demo", "--terminal", "--script", str(script))

    assert done.returncode == 1, done.stderr.decode()
    text = " ".join(done.stdout.decode().split())
    assert "Ada's post in #general was removed; expected it brought to the moderators." in text


def test_a_script_with_mistakes_is_not_played(script: Path) -> None:
    """Exit status 2, and sentences."""
    script.write_text(SCRIPT.format(expect="delete"), "utf-8")

    done = run("demo", "--terminal", "--script", str(script))

    assert done.returncode == 2
    assert done.stdout == b""
    assert b"expected one of allow, note, review, remove" in done.stderr


def test_where_to_play_must_be_said() -> None:
    """There will be other places than the terminal."""
    done = run("demo")

    assert done.returncode == 2
    assert b"demo --terminal" in done.stderr


@dataclass
class Playing:
    """A demo that waits a little before its first post, the bot running."""

    demo: subprocess.Popen[str]
    bot: int
    folder: Path


@contextmanager
def _playing(script: Path, tmp_path: Path, pace: str = "60") -> Iterator[Playing]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    # A shell that starts the tests in the background has them ignore Ctrl+C, and so their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    demo = subprocess.Popen(
        [*COMMAND, "demo", "--terminal", "--pace", pace, "--script", str(script)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=_temporary(folder),
        start_new_session=True,
    )
    try:
        assert demo.stdout is not None
        for line in demo.stdout:
            if found := re.search(r"process (\d+), connected", line):
                yield Playing(demo, int(found[1]), folder)
                break
        else:
            pytest.fail("the bot never connected")
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGKILL)
        demo.communicate()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_demo_that_is_stopped_takes_its_bot_along(
    script: Path, tmp_path: Path, name: str
) -> None:
    """Ctrl+C, and an end asked for: no process and no folder stays."""
    with _playing(script, tmp_path) as playing:
        playing.demo.send_signal(signal.Signals[name])
        output, _ = playing.demo.communicate(timeout=PATIENCE)

        assert playing.demo.returncode == 130
        assert "Traceback" not in output
        assert not _alive(playing.bot)
        assert list(playing.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_demo_that_is_killed_takes_its_bot_along(script: Path, tmp_path: Path) -> None:
    """Even kill -9 of the demo leaves no bot behind."""
    with _playing(script, tmp_path) as playing:
        playing.demo.kill()
        playing.demo.wait(PATIENCE)

        end = time.monotonic() + PATIENCE
        while _alive(playing.bot):
            assert time.monotonic() < end, "the bot outlived the demo"
            time.sleep(0.02)


def test_a_bot_that_ends_by_itself_is_told(script: Path, tmp_path: Path) -> None:
    """With its exit status and the end of its log, as a failure; nothing is left behind."""
    with _playing(script, tmp_path, pace="2") as playing:
        os.kill(playing.bot, signal.SIGKILL)
        output, _ = playing.demo.communicate(timeout=PATIENCE)

        assert playing.demo.returncode == 1
        assert "The bot ended by itself, with exit status -9" in output
        assert list(playing.folder.iterdir()) == []


def _alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be collected does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
