"""Guilds, their roles and their members."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.automod_rules import AutomodRule
from bot.sandbox.channels import Channel, Thread
from bot.sandbox.permissions import ALL, EVERYONE_DEFAULT, Permission, Standing, in_guild
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import iso
from bot.sandbox.users import User

QUARANTINED = 1 << 7
"""The member flag of who is quarantined by AutoMod for a name (resource "Guild", 2026-08): may do
as little as who is timed out."""


@dataclass(slots=True, eq=False)
class Role:
    """A role; the one whose id is the guild's is @everyone.

    Attributes:
        bot_id: the bot whose own, managed role this is.
    """

    id: int
    name: str
    permissions: Permission = Permission.NONE
    position: int = 1
    color: int = 0
    hoist: bool = False
    mentionable: bool = False
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        """The text that mentions this role."""
        return f"<@&{self.id}>"

    def payload(self) -> JsonObject:
        """Return the role as Discord writes it."""
        payload: JsonObject = {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": self.color,
            "colors": {
                "primary_color": self.color,
                "secondary_color": None,
                "tertiary_color": None,
            },
            "hoist": self.hoist,
            "managed": self.bot_id is not None,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        if self.bot_id is not None:
            payload["tags"] = {"bot_id": str(self.bot_id)}
        return payload


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild.

    Attributes:
        role_ids: without @everyone, in the order given.
        timed_out_until: aware UTC; a time in the past means not timed out any more.
        flags: Discord's guild member flags; of them only `QUARANTINED` does anything here.
    """

    user: User
    joined_at: datetime
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: datetime | None = None
    flags: int = 0

    def payload(self) -> JsonObject:
        """Return the member, its user included."""
        return {"user": self.user.payload(), **self.partial_payload()}

    def partial_payload(self) -> JsonObject:
        """Return the member without its user, as messages carry it."""
        until = self.timed_out_until
        return {
            "nick": self.nick,
            "avatar": None,
            "avatar_decoration_data": None,
            "banner": None,
            "collectibles": None,
            "roles": [str(role_id) for role_id in self.role_ids],
            "joined_at": iso(self.joined_at),
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": self.flags,
            "pending": False,
            "communication_disabled_until": None if until is None else iso(until),
        }


@dataclass(slots=True, eq=False)
class Guild:
    """A server with its roles, members, channels and threads.

    Attributes:
        bans: the reason of each ban by user id, in the order of banning.
        kept_timeouts: by user id, the timeouts of members who left: they hold on their return.
        stranger_bans_left: how many users who are no members may still be banned; None: any
            number. Discord names no quota; about two thousand were seen (discord-api-docs issue
            5002, 2022).
    """

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)
    automod_rules: dict[int, AutomodRule] = field(default_factory=dict)
    bans: dict[int, str | None] = field(default_factory=dict)
    kept_timeouts: dict[int, datetime] = field(default_factory=dict)
    stranger_bans_left: int | None = None

    def __post_init__(self) -> None:
        """Give the guild its @everyone."""
        self.roles.setdefault(self.id, Role(self.id, "@everyone", EVERYONE_DEFAULT, position=0))

    @property
    def everyone(self) -> Role:
        """The role that every member has."""
        return self.roles[self.id]

    def standing(self, user_id: int, now: datetime) -> Standing | None:
        """Return what the permissions of a member depend on; None: not a member."""
        member = self.members.get(user_id)
        if member is None:
            return None
        until = member.timed_out_until
        return Standing(
            user_id=user_id,
            guild_id=self.id,
            is_owner=user_id == self.owner_id,
            everyone=self.everyone.permissions,
            roles={role_id: self.roles[role_id].permissions for role_id in member.role_ids},
            is_timed_out=(until is not None and until > now) or bool(member.flags & QUARANTINED),
        )

    def permissions_of(self, user_id: int, now: datetime) -> Permission:
        """Return a user's permissions in the guild; none for who is not a member."""
        standing = self.standing(user_id, now)
        return Permission.NONE if standing is None else in_guild(standing)

    def is_administrator(self, user_id: int, now: datetime) -> bool:
        """Say whether a user has every permission here."""
        return self.permissions_of(user_id, now) == ALL

    def rank(self, user_id: int) -> tuple[int, int]:
        """Return how high a user stands: the owner above all, then by the highest role.

        Of two roles at one position the older stands higher (Discord's documentation, topic
        "Permissions", section "Permission Hierarchy").
        """
        if user_id == self.owner_id:
            return (1 << 30, 0)
        member = self.members.get(user_id)
        if member is None:
            return (-1, 0)
        return max((role_rank(self.roles[role_id]) for role_id in member.role_ids), default=(0, 0))

    def payload(self) -> JsonObject:
        """Return the guild as REST answers with it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "description": None,
            "home_header": None,
            "splash": None,
            "discovery_splash": None,
            "features": [],
            "banner": None,
            "owner_id": str(self.owner_id),
            "application_id": None,
            "region": "us-east",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "widget_enabled": False,
            "widget_channel_id": None,
            "verification_level": 0,
            "roles": [role.payload() for role in self.roles.values()],
            "default_message_notifications": 1,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": None,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "rules_channel_id": None,
            "safety_alerts_channel_id": None,
            "public_updates_channel_id": None,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": None,
        }


def role_rank(role: Role) -> tuple[int, int]:
    """Return a key by which roles are ordered, the highest last."""
    return (role.position, -role.id)
