"""What all tests share: the count of checks against Discord's contract, and of what was skipped."""

import os

import pytest

from bot.sandbox.contract_tally import ContractTally

_TALLY = pytest.StashKey[ContractTally]()

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


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where nothing may be missing and something was skipped."""
    if os.environ.get(NOTHING_MISSING) == "1" and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def contract_tally(pytestconfig: pytest.Config) -> ContractTally:
    """The session's count of checks."""
    return pytestconfig.stash[_TALLY]
