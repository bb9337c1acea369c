"""`screen` on what could not be checked: never silent, and never a word of the post."""

import json

import pytest
from rich.console import Console

from bot.commands._explain import explain
from bot.commands._faults import Faults
from bot.commands._post_lines import EPOCH, PostLine
from bot.commands._stream import Setting, Stream, as_post
from bot.memory import GuildMemory
from bot.model.report import Failure
from bot.screening import Screener
from tests.commands.process import run
from tests.commands.words import ask

FAILED = "the detector of doxing failed (RuntimeError)"


def _page(screener: Screener, text: str, *allow: str) -> str:
    line = PostLine("0", text, None, None, None, (), allow, ())
    post = as_post(line, EPOCH, number=1)
    memory = GuildMemory(screener.policy.memory, screener.policy.memory_posts)
    report = screener.screen(post, memory, Setting(screener).terms(post, line))
    console = Console(width=200, highlight=False, color_system=None)
    with console.capture() as capture:
        explain(text, report, screener.guidelines, console)
    return capture.get()


def test_a_failing_detector_is_not_called_fine(screener: Screener) -> None:
    """The headline speaks of what could be read only, and the detector is named."""
    page = _page(screener, "boom")

    assert page.startswith("Nothing was found in what could be read.\n")
    assert "This post is fine" not in page
    assert f"  - {FAILED}\n" in page


def test_what_is_permitted_in_a_post_half_checked_is_said_so(screener: Screener) -> None:
    """Where something was found and allowed, nobody reads that nothing was found."""
    page = _page(screener, "boom mail!remove", "contact-info")

    assert page.startswith("What could be read of this post is fine.\n")
    assert "allowed: the exceptions given" in page


def test_what_was_not_read_is_said_in_words(screener: Screener) -> None:
    """The middle of a long post is named with its length."""
    page = _page(screener, "a word " * 1000)

    assert page.startswith("Nothing was found in what could be read.\n")
    assert "Not all of this post could be checked, so nothing is removed for it:" in page
    assert "  - not read: 3000 characters inside text 1\n" in page


def test_a_fault_is_named_once_on_standard_error(
    alone: Stream, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rule and the kind of error, once however many posts; standard output stays as it was."""
    answers = [ask(alone, id=number, text=f"boom secret{number}") for number in range(3)]

    out, err = capsys.readouterr()
    assert [answer["degraded"] for answer in answers] == [True, True, True]
    assert [sorted(answer) for answer in answers] == [["action", "degraded", "findings", "id"]] * 3
    assert err.splitlines() == [f"concord: {FAILED}; what it could not check is marked degraded"]
    assert out == ""


def test_a_long_post_is_no_fault() -> None:
    """What a bound leaves out is on purpose: the answer says degraded, standard error nothing."""
    line = json.dumps({"id": 1, "text": "a word " * 1000}).encode()

    result = run("screen", "--jsonl", stdin=line)

    assert json.loads(result.stdout)["degraded"] is True
    assert result.stderr == b""


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Failure("hate", "KeyError"), "the detector of hate failed (KeyError)"),
        (Failure("unread", "ValueError"), "reading a text failed (ValueError)"),
    ],
)
def test_each_fault_has_its_words(
    failure: Failure, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A detector, or the reading of texts itself; each kind of error of its own."""
    faults = Faults()

    faults.name([failure, failure])

    assert capsys.readouterr().err.count(said) == 1
