"""Discord's own AutoMod at work: a message is blocked, its author timed out, moderators alerted.

Source: Discord's documentation, resource "Auto Moderation" and topic "Gateway Events" (2026-08).
Who manages the guild is exempt (Discord's help centre, "AutoMod FAQ"). That the entries in the log
name the author as the one who acts is read off discord-api-docs pull request 6040.
"""

from bot.sandbox import errors, membership, posting
from bot.sandbox.audit import AuditAction, record
from bot.sandbox.automod_rules import (
    KEYWORD_TRIGGER,
    PROFILE_TRIGGER,
    AutomodAction,
    AutomodActionKind,
    AutomodMatch,
    AutomodRule,
)
from bot.sandbox.channels import AnyChannel, DirectChannel, Thread
from bot.sandbox.drafts import Draft
from bot.sandbox.guilds import QUARANTINED, Guild, Member
from bot.sandbox.messages import Message, MessageType
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World

_ENTRIES = {
    AutomodActionKind.BLOCK_MESSAGE: AuditAction.AUTO_MODERATION_BLOCK_MESSAGE,
    AutomodActionKind.SEND_ALERT_MESSAGE: AuditAction.AUTO_MODERATION_FLAG_TO_CHANNEL,
    AutomodActionKind.TIMEOUT: AuditAction.AUTO_MODERATION_USER_COMMUNICATION_DISABLED,
}


def add_rule(world: World, guild: Guild, rule: AutomodRule) -> None:
    """Put a rule into force, and tell those who may see it."""
    guild.automod_rules[rule.id] = rule
    world.screen = AutomodScreen(world)
    tell_managers(world, guild, "AUTO_MODERATION_RULE_CREATE", rule.payload())
    record(world, guild, AuditAction.AUTO_MODERATION_RULE_CREATE, rule.creator_id, rule.id)


def remove_rule(world: World, guild: Guild, rule: AutomodRule) -> None:
    """Take a rule away."""
    del guild.automod_rules[rule.id]
    tell_managers(world, guild, "AUTO_MODERATION_RULE_DELETE", rule.payload())
    record(world, guild, AuditAction.AUTO_MODERATION_RULE_DELETE, guild.owner_id, rule.id)


def quarantine(world: World, guild: Guild, member: Member, rule_name: str) -> None:
    """Quarantine a member for a name, as a rule for profiles does.

    Such rules themselves are not simulated. The channel's id is empty in the entry
    (discord-api-docs pull request 6040).
    """
    membership.set_flags(world, guild, member, member.flags | QUARANTINED)
    record(
        world,
        guild,
        AuditAction.AUTO_MODERATION_QUARANTINE_USER,
        member.user.id,
        member.user.id,
        options={
            "auto_moderation_rule_name": rule_name,
            "auto_moderation_rule_trigger_type": str(PROFILE_TRIGGER),
            "channel_id": "",
        },
    )


def release(world: World, guild: Guild, member: Member) -> None:
    """End a quarantine, as a change of the name does: the log says nothing of it."""
    membership.set_flags(world, guild, member, member.flags & ~QUARANTINED)


def tell_managers(world: World, guild: Guild, event: str, payload: JsonObject) -> None:
    """Tell the bot of something about AutoMod, where it may manage the guild."""
    if guild.permissions_of(world.bot.id, world.clock.now()) & Permission.MANAGE_GUILD:
        world.tell(event, payload, guild=guild)


class AutomodScreen:
    """Looks at what people write: before it is posted, and after."""

    def __init__(self, world: World) -> None:
        self._world = world

    def before(self, author: User, channel: AnyChannel, content: str) -> None:
        """Let the rules that block have their say.

        Raises:
            ApiError: 200000 for a message that is blocked, after all that follows from it.
        """
        blocked = False
        for guild, rule, match in self._triggered(author, channel, content):
            if rule.blocks:
                blocked = True
                self._act(guild, rule, match, author, channel, content, None)
        if blocked:
            raise errors.blocked_by_automod()

    def after(self, message: Message) -> None:
        """Let the rules that only watch have their say of what is posted."""
        channel = self._world.channels[message.channel_id]
        for guild, rule, match in self._triggered(message.author, channel, message.content):
            if not rule.blocks:
                self._act(guild, rule, match, message.author, channel, message.content, message)

    def _triggered(
        self, author: User, channel: AnyChannel, content: str
    ) -> list[tuple[Guild, AutomodRule, AutomodMatch]]:
        if isinstance(channel, DirectChannel):
            return []
        guild = self._world.guilds[channel.guild_id]
        granted = guild.permissions_of(author.id, self._world.clock.now())
        member = guild.members.get(author.id)
        if member is None or granted & Permission.MANAGE_GUILD:
            return []
        places = {channel.id}
        if isinstance(channel, Thread):
            places.add(channel.parent_id)
        found = []
        for rule in guild.automod_rules.values():
            exempt = rule.exempt_role_ids & set(member.role_ids) or rule.exempt_channel_ids & places
            match = None if exempt or not rule.enabled else rule.match(content)
            if match is not None:
                found.append((guild, rule, match))
        return found

    def _act(
        self,
        guild: Guild,
        rule: AutomodRule,
        match: AutomodMatch,
        author: User,
        channel: AnyChannel,
        content: str,
        message: Message | None,
    ) -> None:
        for action in rule.actions:
            alert = self._do(guild, rule, action, match, author, channel, content)
            execution: JsonObject = {
                "guild_id": str(guild.id),
                "action": action.payload(),
                "rule_id": str(rule.id),
                "rule_trigger_type": KEYWORD_TRIGGER,
                "user_id": str(author.id),
                "channel_id": str(channel.id),
                "content": content,
                "matched_keyword": match.keyword,
                "matched_content": match.content,
            }
            if message is not None:
                execution["message_id"] = str(message.id)
            if alert is not None:
                execution["alert_system_message_id"] = str(alert.id)
            tell_managers(self._world, guild, "AUTO_MODERATION_ACTION_EXECUTION", execution)
            record(
                self._world,
                guild,
                _ENTRIES[action.kind],
                author.id,
                author.id,
                options={
                    "auto_moderation_rule_name": rule.name,
                    "auto_moderation_rule_trigger_type": str(KEYWORD_TRIGGER),
                    "channel_id": str(channel.id),
                },
            )

    def _do(
        self,
        guild: Guild,
        rule: AutomodRule,
        action: AutomodAction,
        match: AutomodMatch,
        author: User,
        channel: AnyChannel,
        content: str,
    ) -> Message | None:
        if action.kind is AutomodActionKind.TIMEOUT and action.duration is not None:
            until = self._world.clock.now() + action.duration
            membership.disable_communication(self._world, guild, guild.members[author.id], until)
        if action.kind is not AutomodActionKind.SEND_ALERT_MESSAGE or action.channel_id is None:
            return None
        room = guild.channels.get(action.channel_id)
        if room is None:
            return None
        fields = {
            "rule_name": rule.name,
            "channel_id": str(channel.id),
            "keyword": match.keyword,
            "keyword_matched_content": match.content,
        }
        embed: JsonObject = {
            "type": "auto_moderation_message",
            "description": content,
            "fields": [
                {"name": name, "value": value, "inline": False} for name, value in fields.items()
            ],
        }
        draft = Draft(embeds=[embed], kind=MessageType.AUTO_MODERATION_ACTION)
        return posting.publish(self._world, author, room, draft, Permission.NONE)
