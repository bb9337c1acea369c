"""What keeps Concord out of Discord, in words that say how to mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.errors import ConcordError


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a refused or failed connection into a sentence.

    Raises:
        ConcordError: if Discord does not take the token or the intents, or cannot be reached.
    """
    try:
        yield
    except discord.LoginFailure as error:
        raise ConcordError(
            "DISCORD_TOKEN was not accepted by Discord; copy the bot's token again from the "
            "developer portal, page Bot."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise ConcordError(
            "Discord refused the privileged intents. Concord needs two: switch on Server "
            "Members Intent and Message Content Intent in the developer portal, page Bot."
        ) from error
    except (aiohttp.ClientConnectionError, OSError) as error:
        raise ConcordError(
            "Discord cannot be reached from here; check the connection and start again."
        ) from error
