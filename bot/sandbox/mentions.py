"""Whom a message mentions."""

import re

from bot.sandbox.channels import AnyChannel
from bot.sandbox.drafts import MentionRules
from bot.sandbox.messages import Message
from bot.sandbox.world import World

_USER_MENTION_RE = re.compile(r"<@!?(?P<id>[0-9]{15,20})>")
_ROLE_MENTION_RE = re.compile(r"<@&(?P<id>[0-9]{15,20})>")
_EVERYONE_RE = re.compile(r"@(?:everyone|here)\b")


def read_mentions(world: World, channel: AnyChannel, message: Message, rules: MentionRules) -> None:
    """Set a message's mentions from its words and the message it replies to."""
    ids = [int(found["id"]) for found in _USER_MENTION_RE.finditer(message.content)]
    if rules.user_ids is not None:
        ids = [user_id for user_id in ids if user_id in rules.user_ids]
    if message.referenced is not None and rules.replied_user:
        ids.append(message.referenced.author.id)
    message.mentions = [
        world.users[user_id] for user_id in dict.fromkeys(ids) if user_id in world.users
    ]
    guild = world.guild_of(channel)
    if guild is None:
        return
    role_ids = [int(found["id"]) for found in _ROLE_MENTION_RE.finditer(message.content)]
    message.mention_role_ids = [
        role_id
        for role_id in dict.fromkeys(role_ids)
        if role_id in guild.roles
        and (rules.role_ids is None or role_id in rules.role_ids)
        and (guild.roles[role_id].mentionable or rules.everyone)
    ]
    message.mention_everyone = rules.everyone and bool(_EVERYONE_RE.search(message.content))
