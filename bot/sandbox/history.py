"""A channel's messages in the order of their ids."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

from bot.sandbox.messages import Message


class History:
    """The messages that are still there, by id; ids rise with time.

    Law: iteration gives ids in strictly rising order, whatever the order of insertion.
    """

    def __init__(self) -> None:
        self._by_id: dict[int, Message] = {}
        self._ids: list[int] = []
        self._newest = 0

    def __len__(self) -> int:
        """Return how many messages there are."""
        return len(self._ids)

    def __iter__(self) -> Iterator[Message]:
        """Yield the messages, oldest first."""
        return (self._by_id[message_id] for message_id in tuple(self._ids))

    def get(self, message_id: int) -> Message | None:
        """Return a message; None where it never was or is deleted."""
        return self._by_id.get(message_id)

    def add(self, message: Message) -> None:
        """Put a message in its place."""
        self._by_id[message.id] = message
        insort(self._ids, message.id)
        self._newest = max(self._newest, message.id)

    def remove(self, message_id: int) -> Message | None:
        """Take a message out and return it; None where it is not there."""
        message = self._by_id.pop(message_id, None)
        if message is not None:
            del self._ids[bisect_left(self._ids, message_id)]
        return message

    def newest_id_text(self) -> str | None:
        """Return the id of the last message ever sent here, deleted or not, as text."""
        return str(self._newest) if self._newest else None

    def before(self, message_id: int | None, limit: int) -> list[Message]:
        """Return up to `limit` messages older than an id (None: the newest), newest first."""
        end = len(self._ids) if message_id is None else bisect_left(self._ids, message_id)
        return self._take(max(0, end - limit), end)

    def after(self, message_id: int, limit: int) -> list[Message]:
        """Return the `limit` messages that follow an id directly, newest first."""
        start = bisect_right(self._ids, message_id)
        return self._take(start, start + limit)

    def around(self, message_id: int, limit: int) -> list[Message]:
        """Return up to `limit` messages about an id, that one included, newest first."""
        middle = bisect_left(self._ids, message_id)
        start = max(0, middle - limit // 2)
        return self._take(start, start + limit)

    def _take(self, start: int, end: int) -> list[Message]:
        return [self._by_id[message_id] for message_id in reversed(self._ids[start:end])]
