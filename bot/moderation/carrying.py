"""What carries out intents, as moderators' decisions ask it: begin these, begin those no more."""

from collections.abc import Iterable
from typing import Protocol

from bot.model.intent import Intent


class Carrying(Protocol):
    """Carries out what was committed; :class:`bot.enforcement.Enforcement` does."""

    def carry_out(self, cases: Iterable[int]) -> None:
        """Begin to carry out what is unsettled in these cases; returns at once."""
        ...

    def call_off(self, intents: Iterable[Intent]) -> frozenset[int]:
        """Begin none of these intents any more, as they are now; taken up again later, they may be.

        Returns:
            Ids of those that are under way: they will happen all the same.
        """
        ...

    def call_back(self, intents: Iterable[Intent]) -> None:
        """Let intents be begun again that were called off: what was to drop them has failed."""
        ...
