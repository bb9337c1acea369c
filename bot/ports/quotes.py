"""What Concord does on Discord about posts that are moved; ``bot.discord_io`` implements it."""

from typing import Protocol

from bot.model.move import Move
from bot.ports.outcome import Outcome


class Quotes(Protocol):
    """Messages about a move. Each method may be called again for the same move."""

    async def find(self, move: Move) -> Outcome:
        """Look whether the quote stands: DONE, LATER (it does not), or nobody can say."""
        ...

    async def remove_original(self, move: Move) -> Outcome:
        """Remove the post where it stood; one that is gone counts as done."""
        ...

    async def withdraw(self, move: Move) -> Outcome:
        """Delete the quote; one that is gone counts as done."""
        ...

    async def tell(self, move: Move, *, again: bool) -> Outcome:
        """Tell the author where their post is; ``again``: unless they were told already."""
        ...

    async def note(self, move: Move, *, again: bool) -> Outcome:
        """Write in the moderators' log who moved what; ``again``: unless it is there already."""
        ...
