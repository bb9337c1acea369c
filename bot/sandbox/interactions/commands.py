"""The application's commands as they are synced: global ones and those of single guilds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from bot.sandbox.seam import ApiError, JsonObject

CREATES_A_DAY = 200
"""New commands in 24 hours, globally and per guild (Discord's documentation, topic "Application
Commands", 2026-08)."""


class CommandKind(IntEnum):
    """How a command is called."""

    CHAT_INPUT = 1
    USER = 2
    MESSAGE = 3


MOST = {CommandKind.CHAT_INPUT: 100, CommandKind.USER: 15, CommandKind.MESSAGE: 15}
"""Commands of one kind in one scope (same source)."""


class OptionKind(IntEnum):
    """What an option of a command takes."""

    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


class ContextKind(IntEnum):
    """Where something is set in motion."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


@dataclass(slots=True, eq=False)
class Command:
    """One command.

    Attributes:
        guild_id: None for a global command.
        fields: what the bot sent of it, read and completed; without the ids.
    """

    id: int
    version: int
    application_id: int
    guild_id: int | None
    kind: CommandKind
    name: str
    fields: JsonObject

    @property
    def options(self) -> list[JsonObject]:
        """Its options, or its subcommands and groups."""
        return objects_of(self.fields, "options")

    @property
    def needed(self) -> int | None:
        """The permissions that a member needs; 0: administrators only; None: none."""
        value = self.fields["default_member_permissions"]
        return int(value) if isinstance(value, str) else None

    def is_offered_in(self, context: ContextKind) -> bool:
        """Say whether the command can be called from there."""
        contexts = self.fields.get("contexts")
        if self.guild_id is not None:
            return context is ContextKind.GUILD
        if isinstance(contexts, list):
            return context in contexts
        return context is not ContextKind.BOT_DM or self.fields.get("dm_permission") is not False

    def payload(self) -> JsonObject:
        """Return the command as Discord writes it."""
        payload: JsonObject = {
            "id": str(self.id),
            "application_id": str(self.application_id),
            "version": str(self.version),
            "type": int(self.kind),
            "name": self.name,
            **self.fields,
        }
        if self.guild_id is not None:
            payload["guild_id"] = str(self.guild_id)
        return payload


@dataclass(slots=True)
class CommandBook:
    """All commands, by scope: a guild's id, or None for the global ones.

    Laws: a name is there once for each kind and scope; a command that is written anew under the
    same kind and name keeps its id and rises in version.
    """

    _scopes: dict[int | None, dict[tuple[CommandKind, str], Command]] = field(default_factory=dict)
    _created: dict[int | None, list[datetime]] = field(default_factory=dict)

    def of(self, guild_id: int | None) -> list[Command]:
        """Return the commands of one scope, in the order of their making."""
        return list(self._scopes.get(guild_id, {}).values())

    def get(self, guild_id: int | None, command_id: int) -> Command:
        """Return a command of one scope.

        Raises:
            ApiError: 10063 where it is not there.
        """
        for command in self.of(guild_id):
            if command.id == command_id:
                return command
        raise unknown_command()

    def named(self, guild_id: int | None, kind: CommandKind, name: str) -> Command | None:
        """Return the command of a scope by its name."""
        return self._scopes.get(guild_id, {}).get((kind, name))

    def callable_in(self, guild_id: int | None) -> Iterator[Command]:
        """Yield what can be called in a guild (None: outside guilds); its own before global."""
        if guild_id is not None:
            yield from self.of(guild_id)
        yield from self.of(None)

    def put(self, command: Command, now: datetime) -> Command:
        """Write a command into its scope; return it, with the id of the one that it replaces.

        Raises:
            ApiError: 30034 for too many new ones today, 30032 for too many in all.
        """
        scope = self._scopes.setdefault(command.guild_id, {})
        key = (command.kind, command.name)
        earlier = scope.get(key)
        if earlier is None:
            self._count_new(command, now)
        else:
            command.id = earlier.id
        scope[key] = command
        return command

    def replace(
        self, guild_id: int | None, commands: Iterable[Command], now: datetime
    ) -> list[Command]:
        """Let a scope hold these commands and no others.

        Raises:
            ApiError: as `put`; then nothing has changed.
        """
        before = dict(self._scopes.get(guild_id, {}))
        counted = list(self._created.get(guild_id, []))
        commands = list(commands)
        wanted = {(command.kind, command.name) for command in commands}
        self._scopes[guild_id] = {key: old for key, old in before.items() if key in wanted}
        try:
            return [self.put(command, now) for command in commands]
        except ApiError:
            self._scopes[guild_id] = before
            self._created[guild_id] = counted
            raise

    def rename(self, command: Command, name: str) -> None:
        """Give a command another name, in the place of any that has it."""
        scope = self._scopes[command.guild_id]
        del scope[command.kind, command.name]
        command.name = name
        scope[command.kind, name] = command

    def remove(self, command: Command) -> None:
        """Take a command out."""
        del self._scopes[command.guild_id][command.kind, command.name]

    def _count_new(self, command: Command, now: datetime) -> None:
        of_kind = [each for each in self.of(command.guild_id) if each.kind is command.kind]
        if len(of_kind) >= MOST[command.kind]:
            raise ApiError(
                400,
                30032,
                f"Maximum number of application commands reached ({MOST[command.kind]})",
            )
        created = self._created.setdefault(command.guild_id, [])
        created[:] = [moment for moment in created if now - moment < timedelta(days=1)]
        if len(created) >= CREATES_A_DAY:
            raise ApiError(
                400,
                30034,
                f"Max number of daily application command creates has been reached"
                f" ({CREATES_A_DAY})",
            )
        created.append(now)


def unknown_command() -> ApiError:
    """Return the error for a command that is not there."""
    return ApiError(404, 10063, "Unknown application command")


def objects_of(source: JsonObject, key: str) -> list[JsonObject]:
    """Return the JSON objects in a list of another one; empty where there is none."""
    value = source.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
