"""What the simulated Discord remembers of commands and interactions."""

from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.interactions.commands import CommandBook
from bot.sandbox.interactions.interaction import Interaction
from bot.sandbox.messages import Message

FIRST_ANSWER_SECONDS = 3.0
"""Real seconds in which the bot has to answer first (Discord's documentation, topic "Receiving and
Responding", 2026-08)."""

KEPT = 10_000
"""Interactions remembered; chosen, not measured. An older one is unknown."""


@dataclass(slots=True)
class Interactions:
    """Commands, open and past interactions, and the messages that only one person sees.

    Attributes:
        answer_seconds: real seconds for the first answer; a test on a busy machine may give more.
        private: ephemeral messages that are still there, with who sees each.
    """

    commands: CommandBook = field(default_factory=CommandBook)
    answer_seconds: float = FIRST_ANSWER_SECONDS
    private: dict[int, tuple[Message, int]] = field(default_factory=dict)
    _by_id: dict[int, Interaction] = field(default_factory=dict)
    _by_token: dict[str, Interaction] = field(default_factory=dict, repr=False)
    _order: deque[Interaction] = field(default_factory=deque)

    def add(self, interaction: Interaction) -> None:
        """Remember an interaction."""
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        self._order.append(interaction)
        if len(self._order) > KEPT:
            oldest = self._order.popleft()
            del self._by_id[oldest.id]
            del self._by_token[oldest.token]

    def get(self, interaction_id: int) -> Interaction | None:
        """Return an interaction by its id."""
        return self._by_id.get(interaction_id)

    def by_token(self, token: str) -> Interaction | None:
        """Return an interaction by its token."""
        return self._by_token.get(token)

    def unanswered(self, now: float) -> list[Interaction]:
        """Return the interactions whose first answer is still awaited, oldest first.

        Args:
            now: monotonic seconds.
        """
        # The deadlines rise with the order: what came before an expired one is expired too.
        found = []
        for interaction in reversed(self._order):
            if interaction.due_at <= now:
                break
            if interaction.answer is None:
                found.append(interaction)
        return found[::-1]

    def seen_by(self, message: Message) -> int | None:
        """Return who sees an ephemeral message; None for one that is not there, or not private."""
        found = self.private.get(message.id)
        return None if found is None else found[1]
