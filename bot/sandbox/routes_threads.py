"""REST: threads."""

from collections.abc import Iterable

from aiohttp import web

from bot.sandbox import access, errors, thread_members, threads
from bot.sandbox.channels import AnyChannel, ChannelType, Thread
from bot.sandbox.form import Form
from bot.sandbox.permissions import Permission
from bot.sandbox.requests import path_id, query_number, reason_of
from bot.sandbox.seam import API_PREFIX, json_response
from bot.sandbox.users import User
from bot.sandbox.world import World

_CHANNEL = API_PREFIX + "/channels/{channel_id}"
_MEMBERS = _CHANNEL + "/thread-members"


class ThreadRoutes:
    """Make threads, list them, and change who is in them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.post(_CHANNEL + "/messages/{message_id}/threads", self.from_message),
            web.post(_CHANNEL + "/threads", self.create),
            web.get(
                API_PREFIX + "/guilds/{guild_id}/threads/active", self.active, allow_head=False
            ),
            web.get(_CHANNEL + "/threads/archived/public", self.archived_public, allow_head=False),
            web.get(
                _CHANNEL + "/threads/archived/private", self.archived_private, allow_head=False
            ),
            web.get(
                _CHANNEL + "/users/@me/threads/archived/private",
                self.archived_private_of_mine,
                allow_head=False,
            ),
            web.get(_MEMBERS, self.members, allow_head=False),
            web.put(_MEMBERS + "/@me", self.join),
            web.delete(_MEMBERS + "/@me", self.leave),
            web.get(_MEMBERS + "/{user_id}", self.member, allow_head=False),
            web.put(_MEMBERS + "/{user_id}", self.add),
            web.delete(_MEMBERS + "/{user_id}", self.remove),
        ]

    async def from_message(self, request: web.Request) -> web.Response:
        """Make a public thread from a message."""
        channel = self._channel(request)
        message = channel.history.get(path_id(request, "message_id"))
        if message is None:
            raise errors.unknown_message()
        name, minutes, slowmode, _ = _read(Form(request["payload"]))
        thread = threads.create(
            self._world,
            self._world.bot,
            channel,
            name,
            message=message,
            auto_archive_minutes=minutes,
            slowmode_seconds=slowmode,
            reason=reason_of(request),
        )
        return json_response(thread.payload(self._world.bot.id), status=201)

    async def create(self, request: web.Request) -> web.Response:
        """Make a thread of its own; private where no type is given, as Discord does."""
        channel = self._channel(request)
        form = Form(request["payload"])
        kind = form.number("type", 10, 12) or ChannelType.PRIVATE_THREAD
        name, minutes, slowmode, invitable = _read(form)
        thread = threads.create(
            self._world,
            self._world.bot,
            channel,
            name,
            private=kind == ChannelType.PRIVATE_THREAD,
            invitable=invitable,
            auto_archive_minutes=minutes,
            slowmode_seconds=slowmode,
            reason=reason_of(request),
        )
        return json_response(thread.payload(self._world.bot.id), status=201)

    async def active(self, request: web.Request) -> web.Response:
        """List the threads of a guild that are not archived and that the bot sees."""
        world = self._world
        guild = access.guild_for(world, world.bot.id, path_id(request, "guild_id"))
        found = [
            thread
            for thread in guild.threads.values()
            if not thread.archived and access.sees(world, world.bot.id, thread)
        ]
        return json_response(self._listing(sorted(found, key=lambda thread: -thread.id)))

    async def archived_public(self, request: web.Request) -> web.Response:
        """List archived public threads, the last archived first."""
        return self._archived(request, private=False, mine=False)

    async def archived_private(self, request: web.Request) -> web.Response:
        """List archived private threads; needs MANAGE_THREADS."""
        access.require(
            self._world, self._world.bot.id, self._channel(request), Permission.MANAGE_THREADS
        )
        return self._archived(request, private=True, mine=False)

    async def archived_private_of_mine(self, request: web.Request) -> web.Response:
        """List archived private threads that the bot is a member of."""
        return self._archived(request, private=True, mine=True)

    async def members(self, request: web.Request) -> web.Response:
        """List who is in a thread."""
        thread = self._thread(request)
        return json_response([m.payload(thread.id) for m in thread.members.values()])

    async def member(self, request: web.Request) -> web.Response:
        """Return one membership."""
        thread = self._thread(request)
        membership = thread.members.get(path_id(request, "user_id"))
        if membership is None:
            raise errors.unknown_member()
        return json_response(membership.payload(thread.id))

    async def join(self, request: web.Request) -> web.Response:
        """Join a thread."""
        thread = self._thread(request)
        thread_members.add(self._world, self._world.bot, thread, self._world.bot)
        return web.Response(status=204)

    async def leave(self, request: web.Request) -> web.Response:
        """Leave a thread."""
        thread = self._thread(request)
        thread_members.remove(self._world, self._world.bot, thread, self._world.bot)
        return web.Response(status=204)

    async def add(self, request: web.Request) -> web.Response:
        """Add somebody to a thread."""
        thread = self._thread(request)
        thread_members.add(self._world, self._world.bot, thread, self._user(request))
        return web.Response(status=204)

    async def remove(self, request: web.Request) -> web.Response:
        """Remove somebody from a thread."""
        thread = self._thread(request)
        thread_members.remove(self._world, self._world.bot, thread, self._user(request))
        return web.Response(status=204)

    def _archived(self, request: web.Request, *, private: bool, mine: bool) -> web.Response:
        world, channel = self._world, self._channel(request)
        access.require(world, world.bot.id, channel, Permission.READ_MESSAGE_HISTORY)
        limit = query_number(request, "limit", 50, 2, 100)
        guild = world.guild_of(channel)
        found = [
            thread
            for thread in (guild.threads.values() if guild is not None else ())
            if thread.parent_id == channel.id
            and thread.archived
            and thread.is_private is private
            and (not mine or world.bot.id in thread.members)
        ]
        before = Form({"before": request.query.get("before")})
        if mine:
            oldest_id = before.snowflake("before")
            before.check()
            found = [t for t in found if oldest_id is None or t.id < oldest_id]
            found.sort(key=lambda thread: -thread.id)
        else:
            moment = before.moment("before")
            before.check()
            found = [t for t in found if moment is None or t.archive_changed_at < moment]
            found.sort(key=lambda thread: thread.archive_changed_at, reverse=True)
        payload = self._listing(found[:limit])
        payload["has_more"] = len(found) > limit
        return json_response(payload)

    def _listing(self, found: Iterable[Thread]) -> dict[str, object]:
        bot_id = self._world.bot.id
        listed = list(found)
        return {
            "threads": [thread.payload(bot_id) for thread in listed],
            "members": [
                thread.members[bot_id].payload(thread.id)
                for thread in listed
                if bot_id in thread.members
            ],
            "has_more": False,
        }

    def _channel(self, request: web.Request) -> AnyChannel:
        return access.visible(self._world, self._world.bot.id, path_id(request, "channel_id"))

    def _thread(self, request: web.Request) -> Thread:
        channel = self._channel(request)
        if not isinstance(channel, Thread):
            raise errors.wrong_channel_type()
        return channel

    def _user(self, request: web.Request) -> User:
        user = self._world.users.get(path_id(request, "user_id"))
        if user is None:
            raise errors.unknown_user()
        return user


def _read(form: Form) -> tuple[str, int, int, bool]:
    name = form.text("name", 100, 1)
    if name is None and "name" not in form.errors:
        form.fail("name", "BASE_TYPE_REQUIRED", "This field is required")
    minutes = form.number("auto_archive_duration", 60, 10080) or 4320
    if minutes not in threads.AUTO_ARCHIVE_MINUTES:
        form.fail(
            "auto_archive_duration",
            "BASE_TYPE_CHOICES",
            f"Value must be one of {threads.AUTO_ARCHIVE_MINUTES}.",
        )
    slowmode = form.number("rate_limit_per_user", 0, 21_600) or 0
    invitable = form.flag("invitable")
    form.check()
    return name or "", minutes, slowmode, invitable is not False
