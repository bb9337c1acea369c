"""What tests share: a scene, and the count of checks against Discord's contract and of skips.

Where the tests run in several processes, each hands its count to the one that speaks for all.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.contract_tally import ContractTally, Violation
from tests.enforcing import Scene, opened
from tests.rulings import Bench

_TALLY = pytest.StashKey[ContractTally]()
_HANDED_OVER = "contract_tally"

NOTHING_MISSING = "CONCORD_NOTHING_MISSING"
"""Set to 1 where all that tests may need is installed: then a skipped test fails the run."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the count of this session."""
    config.stash[_TALLY] = ContractTally()


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter is not None else 0


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was checked against Discord's contract, and how much was skipped."""
    terminalreporter.write_line(config.stash[_TALLY].summary())
    if skipped := _skipped(config):
        terminalreporter.write_line(f"{skipped} skipped, each with its reason above")
        if os.environ.get(NOTHING_MISSING) == "1":
            terminalreporter.write_line(f"{NOTHING_MISSING}=1, so that is a failure")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what one of several processes has counted; one that crashed hands nothing over."""
    handed = getattr(node, "workeroutput", {}).get(_HANDED_OVER)
    if handed is not None:
        requests, answers, violations = handed
        counted = Counter({Violation(*fields): times for *fields, times in violations})
        node.config.stash[_TALLY].add(ContractTally(requests, answers, counted))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the count over, and fail where nothing may be missing and something was skipped."""
    handing_over = getattr(session.config, "workeroutput", None)
    if handing_over is not None:
        tally = session.config.stash[_TALLY]
        violations = [
            [one.route, one.where, one.message, times] for one, times in tally.violations.items()
        ]
        handing_over[_HANDED_OVER] = [tally.checked_requests, tally.checked_answers, violations]
    if os.environ.get(NOTHING_MISSING) == "1" and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def contract_tally(pytestconfig: pytest.Config) -> ContractTally:
    """The session's count of checks."""
    return pytestconfig.stash[_TALLY]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A fresh database and a well-behaved Discord."""
    async with opened(tmp_path) as one:
        yield one


@pytest.fixture
def bench(scene: Scene) -> Bench:
    """A moderator who decides in that scene."""
    return Bench(scene)
