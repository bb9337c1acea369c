"""The errors Concord raises on purpose."""

from collections.abc import Iterable


class ConcordError(Exception):
    """The parent of all of them; its text is a sentence fit for whoever caused it."""


class ConfigurationError(ConcordError):
    """Settings or files that cannot be used: all problems at once, each a sentence."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems in the order they were found.

        Args:
            problems: sentences that name file, key, value and what was expected; not empty.
        """
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class StaleVersionError(ConcordError):
    """Somebody else changed a record since it was read; read it again and decide anew."""


class StorageError(ConcordError):
    """The database refused: the disk is full or failing, or a value broke a rule of the schema."""


class UncleanError(StorageError):
    """What was erased is committed and gone from the tables, but not yet from every file."""
