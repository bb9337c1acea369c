"""Posts read once more before they go: whoever decided is to have seen what is removed."""

from collections.abc import Sequence

from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.people import Here
from bot.discord_io.interactions.posts import find
from bot.discord_io.interactions.references import OptionError, PostPlace
from bot.model.case import CasePost

LOOKED_AT = 10
"""Posts that are read once more before they are removed: Discord lets them be read about five a
second; chosen."""


async def seen_anew(
    interaction: Interaction, here: Here, posts: Sequence[CasePost]
) -> tuple[CasePost, ...] | None:
    """Return posts as they stand now; None if none was changed since it was looked at.

    A post that is gone, or cannot be read any more, is as it was. More than :data:`LOOKED_AT` are
    not read again.
    """
    if not posts or len(posts) > LOOKED_AT:
        return None
    now = []
    for post in posts:
        try:
            found = await find(interaction, here, PostPlace(post.message, post.channel))
        except OptionError:
            now.append(post)
            continue
        changed = not found.gone and found.post.digest != post.digest
        now.append(found.post if changed else post)
    return tuple(now) if tuple(now) != tuple(posts) else None
