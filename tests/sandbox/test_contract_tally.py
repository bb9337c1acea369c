"""The count of checks against Discord's contract."""

from collections import Counter

from bot.sandbox.contract_tally import ContractTally, Violation

MISSING = Violation("POST /channels/{channel_id}/messages", "request body", "nonce is missing")


def test_counts_of_several_processes_add_up() -> None:
    """What one of them found is found."""
    tally = ContractTally(3, 2, Counter({MISSING: 1}))

    tally.add(ContractTally(4, 4, Counter({MISSING: 2})))

    assert tally == ContractTally(7, 6, Counter({MISSING: 3}))
    assert tally.summary().startswith(
        "Discord's contract: 7 requests and 6 answers checked, 3 violations"
    )
