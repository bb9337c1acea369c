"""A removed post's files as they were kept in the moderators' log, to be posted again with it."""

import io
from collections.abc import Collection
from typing import Final

import discord

from bot.discord_io.evidence import EvidenceFiles, is_unseen
from bot.discord_io.requests import UNANSWERED
from bot.model.case import CasePost
from bot.model.post import PostFile
from bot.ports import Delivery, Outcome

TRIES: Final = 3
"""How often the quote of a post waits for its files; afterwards it goes without. Chosen."""

NOT_FETCHED: Final = Outcome(Delivery.LATER, "its files could not be fetched yet")

_HIDDEN: Final = "SPOILER_"
"""How the name begins of a file that Discord hides until somebody chooses to look."""


async def kept_files(
    line: discord.PartialMessage | None, post: CasePost, store: EvidenceFiles, attempts: int
) -> list[discord.File] | None:
    """Return what is kept of a post's files, under the names they had and not hidden.

    Args:
        line: what they were uploaded with in the log; None where they were not.
        post: whose they are.
        store: fetches them; its room is taken meanwhile.
        attempts: at posting them again; from :data:`TRIES` on what cannot be had is left out.

    Returns:
        None if they could not be fetched for now.
    """
    if line is None or is_unseen(post):
        return []
    try:
        kept = (await line.fetch()).attachments
    except (discord.Forbidden, discord.NotFound):  # lost to Concord
        return []
    except (discord.HTTPException, *UNANSWERED):
        return None if attempts < TRIES else []
    names = {file.name for file in post.files}
    found = await store.fetch(
        [PostFile(one.id, _own_name(one.filename, names), one.url, one.size, "") for one in kept]
    )
    if attempts < TRIES and any(one.data is None for one in found):
        return None
    return [
        discord.File(io.BytesIO(one.data), filename=one.file.name)
        for one in found
        if one.data is not None
    ]


def _own_name(name: str, names: Collection[str]) -> str:
    """Return what a file was called before it was hidden in the log."""
    shown = name.removeprefix(_HIDDEN)
    hidden = f"{_HIDDEN}{shown}"
    return hidden if hidden in names else shown
