"""What Concord wrote, read where its readers read it: direct messages, threads, the log."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.demo.facts import Letter
from bot.demo.server import SimulatedServer
from bot.sandbox import MemberHandle, Message

_PERSON_RE = re.compile(r"<@(?P<id>\d+)>")
_ROOM_RE = re.compile(r"<#(?P<id>\d+)>")
_LINK_RE = re.compile(r"https://discord\.com/channels/\d+/(?P<room>\d+)/(?P<post>\d+)")
"""Mentions and links as Discord writes them (API reference, "Message Formatting")."""


@dataclass(slots=True)
class Mailroom:
    """Tells what is new since it was last asked.

    Law: every letter is handed out once, unless it was changed since.
    """

    server: SimulatedServer
    _read: dict[int, str] = field(default_factory=dict)
    """Text by message id."""

    def notices(self, member: MemberHandle) -> tuple[Letter, ...]:
        """Return a member's new notices, oldest first."""
        return tuple(self._new(_letters_to(self.server, member)))

    def cards(self) -> tuple[Letter, ...]:
        """Return the new and changed lines of the moderators' log, oldest first."""
        log = self.server.log
        return tuple(self._new((one, None) for one in log.messages())) if log is not None else ()

    def has_notice(self, member: MemberHandle) -> bool:
        """Whether a member has a notice that was not handed out yet."""
        return any(one.id not in self._read for one, _ in _letters_to(self.server, member))

    def all_marks(self) -> Iterator[str]:
        """Yield the mark of every letter there is: one that comes twice was sent twice."""
        for member in self.server.people.values():
            for message, thread in _letters_to(self.server, member):
                yield from (letter.footer for letter in self._letters(message, thread))
        if self.server.log is not None:
            for message in self.server.log.messages():
                yield from (letter.footer for letter in self._letters(message, None))

    def _new(self, found: Iterable[tuple[Message, str | None]]) -> Iterator[Letter]:
        for message, thread in found:
            for letter in self._letters(message, thread):
                text = letter.title + letter.body
                if self._read.get(message.id) != text:
                    self._read[message.id] = text
                    yield letter

    def _letters(self, message: Message, thread: str | None) -> Iterator[Letter]:
        for embed in message.embeds:
            footer = embed.get("footer")
            body = str(embed.get("description", ""))
            yield Letter(
                title=str(embed.get("title", "")),
                body=self._named(body),
                footer=str(footer.get("text", "")) if isinstance(footer, dict) else "",
                posts=frozenset(int(link["post"]) for link in _LINK_RE.finditer(body)),
                thread=thread,
            )

    def _named(self, body: str) -> str:
        """Return a text with people and rooms by name, as Discord shows them."""
        world = self.server.guild.world
        rooms = {room.id: room.name for room in self.server.guild.state.channels.values()}
        body = _LINK_RE.sub("link to the post", body)
        body = _ROOM_RE.sub(lambda found: f"#{rooms.get(int(found['id']), 'unknown')}", body)
        people = {user.id: user.global_name or user.username for user in world.users.values()}
        return _PERSON_RE.sub(lambda found: f"@{people.get(int(found['id']), 'unknown')}", body)


def _letters_to(
    server: SimulatedServer, member: MemberHandle
) -> Iterator[tuple[Message, str | None]]:
    for message in member.dms():
        yield message, None
    bot = server.guild.world.bot
    for thread in server.guild.state.threads.values():
        if thread.is_private and member.id in thread.members:
            for message in thread.history:
                if message.author is bot:
                    yield message, thread.name
