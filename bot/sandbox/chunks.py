"""Answers to "request guild members": the member list in chunks."""

from bot.sandbox.form import as_integer, as_snowflake
from bot.sandbox.guilds import Guild, Member
from bot.sandbox.intents import Intent
from bot.sandbox.seam import JsonObject
from bot.sandbox.sessions import Session
from bot.sandbox.world import World

CHUNK = 1000
"""Members in one chunk (Discord's documentation, topic "Gateway Events", 2026-08)."""


def answer(world: World, session: Session, request: JsonObject) -> None:
    """Send the requested members of one guild; a request that is not allowed gets nothing."""
    guild = world.guilds.get(as_snowflake(request.get("guild_id")) or 0)
    if guild is None or world.bot.id not in guild.members or not session.hosts(guild.id):
        return
    found, missing = _find(guild, session, request)
    if found is None:
        return
    groups = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
    for index, group in enumerate(groups):
        payload: JsonObject = {
            "guild_id": str(guild.id),
            "members": [member.payload() for member in group],
            "chunk_index": index,
            "chunk_count": len(groups),
        }
        if missing:
            payload["not_found"] = missing
        if request.get("presences"):
            payload["presences"] = []
        if isinstance(request.get("nonce"), str):
            payload["nonce"] = request["nonce"]
        session.dispatch("GUILD_MEMBERS_CHUNK", payload)


def _find(
    guild: Guild, session: Session, request: JsonObject
) -> tuple[list[Member] | None, list[str]]:
    wanted = request.get("user_ids")
    if wanted is not None:
        ids = wanted if isinstance(wanted, list) else [wanted]
        numbers = [as_snowflake(user_id) or 0 for user_id in ids[:100]]
        found = [guild.members[number] for number in numbers if number in guild.members]
        return found, [str(number) for number in numbers if number not in guild.members]
    query = request.get("query")
    limit = as_integer(request.get("limit")) or 0
    if not isinstance(query, str):
        return None, []
    if not query and limit == 0:
        # The whole list needs the privileged intent.
        allowed = bool(session.intents & Intent.GUILD_MEMBERS)
        return (list(guild.members.values()) if allowed else None), []
    prefix = query.lower()
    matching = [
        member
        for member in guild.members.values()
        if (member.nick or member.user.global_name or member.user.username)
        .lower()
        .startswith(prefix)
        or member.user.username.lower().startswith(prefix)
    ]
    return matching[: limit or 100], []
