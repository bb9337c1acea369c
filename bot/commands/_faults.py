"""What of a post could not be checked, in words, and faults on standard error."""

from collections.abc import Iterable

import click

from bot.model.report import Failure

_UNREAD = "unread"


def in_words(failure: Failure) -> str:
    """Return what was not checked, and why; holds no words of the post."""
    if failure.what != _UNREAD:
        return f"the detector of {failure.what} failed ({failure.detail})"
    if _is_fault(failure):
        return f"reading a text failed ({failure.detail})"
    return f"not read: {failure.detail}"


def _is_fault(failure: Failure) -> bool:
    """Whether something broke, rather than a bound left something out on purpose."""
    # A bound tells in words what it left out; what broke is told by the name of an exception.
    return failure.what != _UNREAD or failure.detail.isidentifier()


class Faults:
    """Names what broke on standard error, each once, however many posts it concerns."""

    def __init__(self) -> None:
        """Start with nothing named."""
        self._named: set[Failure] = set()

    def name(self, failures: Iterable[Failure]) -> None:
        """Name those that are new; what a bound left out is no fault."""
        for failure in failures:
            if _is_fault(failure) and failure not in self._named:
                self._named.add(failure)
                words = f"{in_words(failure)}; what it could not check is marked degraded"
                click.echo(f"concord: {words}", err=True)
