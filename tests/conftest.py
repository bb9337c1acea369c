"""What all tests share: the count of checks against Discord's contract, printed at the end."""

import pytest

from bot.sandbox.contract_tally import ContractTally

_TALLY = pytest.StashKey[ContractTally]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the count of this session."""
    config.stash[_TALLY] = ContractTally()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was checked against Discord's contract, and what was skipped for want of what."""
    terminalreporter.write_line(config.stash[_TALLY].summary())
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} skipped, each with its reason above")


@pytest.fixture(scope="session")
def contract_tally(pytestconfig: pytest.Config) -> ContractTally:
    """The session's count of checks."""
    return pytestconfig.stash[_TALLY]
