"""REST: the application's commands."""

from aiohttp import web

from bot.sandbox import access, errors
from bot.sandbox.form import Form, as_snowflake
from bot.sandbox.interactions.command_form import read_command, read_command_form
from bot.sandbox.interactions.commands import MOST, Command, CommandBook, CommandKind
from bot.sandbox.requests import path_id
from bot.sandbox.seam import API_PREFIX, ApiError, JsonObject, json_response
from bot.sandbox.world import World

_APPLICATION = API_PREFIX + "/applications/{application_id}"
_SCOPES = ("/commands", "/guilds/{guild_id}/commands")


class CommandRoutes:
    """List, write, change and remove commands, everywhere or in one guild."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        routes = [
            web.get(
                _APPLICATION + "/guilds/{guild_id}/commands/permissions",
                self.permissions,
                allow_head=False,
            )
        ]
        for scope in _SCOPES:
            every, one = _APPLICATION + scope, _APPLICATION + scope + "/{command_id}"
            routes += [
                web.get(every, self.listed, allow_head=False),
                web.put(every, self.overwrite),
                web.post(every, self.create),
                web.get(one, self.fetch, allow_head=False),
                web.patch(one, self.edit),
                web.delete(one, self.delete),
            ]
        return routes

    async def listed(self, request: web.Request) -> web.Response:
        """List the commands of a scope."""
        return json_response([command.payload() for command in self._book.of(self._scope(request))])

    async def permissions(self, request: web.Request) -> web.Response:
        """List what a guild's staff changed about who may call what: in the simulation nothing."""
        self._scope(request)
        return json_response([])

    async def fetch(self, request: web.Request) -> web.Response:
        """Return one command."""
        return json_response(self._command(request).payload())

    async def overwrite(self, request: web.Request) -> web.Response:
        """Let the scope hold these commands and no others."""
        scope = self._scope(request)
        body = request["payload"]
        if not isinstance(body, list):
            raise errors.invalid_form(
                errors.leaf("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            )
        if len(body) > sum(MOST.values()):
            raise errors.invalid_form(
                errors.leaf(
                    "BASE_TYPE_MAX_LENGTH", f"Must be {sum(MOST.values())} or fewer in length."
                )
            )
        wrong: JsonObject = {}
        commands: list[Command] = []
        for index, source in enumerate(body):
            form = Form(source)
            kind, fields = read_command_form(form, None)
            if form.errors:
                wrong[str(index)] = form.errors
                continue
            if any((each.kind, each.name) == (kind, fields["name"]) for each in commands):
                wrong[str(index)] = {
                    "name": errors.leaf(
                        "APPLICATION_COMMANDS_DUPLICATE_NAME",
                        "Application command names must be unique",
                    )
                }
            commands.append(self._make(scope, kind, fields))
        if wrong:
            raise errors.invalid_form(wrong)
        held = self._book.replace(scope, commands, self._world.clock.now())
        return json_response([command.payload() for command in held])

    async def create(self, request: web.Request) -> web.Response:
        """Write one command; one of the same kind and name is overwritten."""
        scope = self._scope(request)
        kind, fields = read_command(request["payload"])
        known = self._book.named(scope, kind, str(fields["name"])) is not None
        command = self._book.put(self._make(scope, kind, fields), self._world.clock.now())
        return json_response(command.payload(), status=200 if known else 201)

    async def edit(self, request: web.Request) -> web.Response:
        """Change some fields of one command."""
        command = self._command(request)
        _, fields = read_command(request["payload"], command.payload())
        name = str(fields.pop("name"))
        if name != command.name:
            self._book.rename(command, name)
        command.fields = fields
        command.version = self._world.snowflakes.next()
        return json_response(command.payload())

    async def delete(self, request: web.Request) -> web.Response:
        """Remove one command."""
        self._book.remove(self._command(request))
        return web.Response(status=204)

    @property
    def _book(self) -> CommandBook:
        return self._world.interactions.commands

    def _make(self, scope: int | None, kind: CommandKind, fields: JsonObject) -> Command:
        world = self._world
        rest = {key: value for key, value in fields.items() if key != "name"}
        return Command(
            id=world.snowflakes.next(),
            version=world.snowflakes.next(),
            application_id=world.app.id,
            guild_id=scope,
            kind=kind,
            name=str(fields["name"]),
            fields=rest,
        )

    def _scope(self, request: web.Request) -> int | None:
        if path_id(request, "application_id") != self._world.app.id:
            # Another's application: Discord answers as to one that is not there.
            raise ApiError(404, 10002, "Unknown Application")
        if as_snowflake(request.match_info.get("guild_id")) is None:
            return None
        return access.guild_for(self._world, self._world.bot.id, path_id(request, "guild_id")).id

    def _command(self, request: web.Request) -> Command:
        return self._book.get(self._scope(request), path_id(request, "command_id"))
