"""The bytes of attachments, and where they are served."""

import mimetypes
import re
from collections.abc import Iterable
from urllib.parse import quote

from bot.sandbox.drafts import File
from bot.sandbox.messages import Attachment
from bot.sandbox.world import World


def attach(world: World, channel_id: int, files: Iterable[File]) -> list[Attachment]:
    """Store files so that their bytes are served, and return them as attachments."""
    attachments = []
    for file in files:
        attachment_id = world.snowflakes.next()
        # Discord keeps letters, digits, dots, dashes and underscores of a name.
        name = re.sub(r"[^\w.-]+", "_", file.name) or "file"
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        attachment = Attachment(
            attachment_id,
            name,
            file.content_type or guessed,
            file.data,
            f"{world.base_url}/cdn/attachments/{channel_id}/{attachment_id}/{quote(name)}",
            file.description,
            file.title,
        )
        world.attachments[attachment_id] = attachment
        attachments.append(attachment)
    return attachments
