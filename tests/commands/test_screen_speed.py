"""How fast `screen` answers."""

import json
import subprocess

import psutil

from tests.commands.process import COMMAND, ROOT, environment

FIRST_ANSWER = 2.0
"""Seconds from the start to the first answer, best of three: the contract of `screen`."""
LINES_PER_MINUTE = 20_000
"""Ordinary lines on one core: the contract of `screen`."""

ORDINARY = [
    "Thanks a lot, that solved it for me!",
    "Has anyone here moved from hourly to fixed price contracts? What made you decide?",
    "I sent 12 proposals last week and got two interviews, so do not lose heart.",
    "Good morning from a rainy Tuesday. Coffee first, then the invoice nobody wants to write.",
    "My client asked for a third round of changes after approving the design. How do I say no?",
    "lol same",
    "The help page says https://example.com/help/fees that the fee depends on the contract.",
    "You can sort by `created_at DESC`, then the newest come first.",
    "@anna I think the second option is better, but ask support to be sure.",
    "Happy birthday!! 🎉🎉",
]


def _ask(lines: list[bytes]) -> tuple[float, float]:
    """Return processor seconds to the first answer, and for all the others.

    Processor time is what the wall clock shows on an idle machine, and what other work on a busy
    one does not stretch.
    """
    with subprocess.Popen(
        [*COMMAND, "screen", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        spent = []
        for batch in (lines[:1], lines[1:]):
            for line in batch:
                process.stdin.write(line)
                process.stdin.flush()
                process.stdout.readline()
            spent.append(_processor_seconds(process.pid))
        process.stdin.close()
    return spent[0], spent[1] - spent[0]


def _processor_seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def test_the_first_answer_comes_in_two_seconds() -> None:
    """With files in the disk cache, the best of three starts keeps the bound, in any language."""
    text = "Estoy buscando ayuda con mi perfil porque no consigo ningún cliente."
    line = json.dumps({"id": 1, "text": text}).encode() + b"\n"

    best = min(_ask([line])[0] for _ in range(3))

    assert best < FIRST_ANSWER, f"{best:.2f} s"


def test_twenty_thousand_ordinary_lines_take_a_minute_at_most() -> None:
    """Processor time of 2,000 ordinary lines by 300 authors on boards, scaled up."""
    lines = [
        json.dumps(
            {"id": n, "text": f"{ORDINARY[n % len(ORDINARY)]} {n}", "author": n % 300, "at": n * 5}
        ).encode()
        + b"\n"
        for n in range(2_001)
    ]

    _, spent = _ask(lines)

    assert 2_000 / spent * 60 >= LINES_PER_MINUTE, f"{spent:.2f} s for 2,000 lines"
