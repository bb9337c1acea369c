"""How many calls of which route Discord allows in which time."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.sandbox.rate_limit_answer import RateLimitScope


@dataclass(frozen=True, slots=True)
class BucketRule:
    """So many calls in so many seconds, for each set of major parameters.

    The window begins with its first call.
    """

    limit: int
    """Calls in a window; at least 1."""
    window: float
    """Seconds; above 0."""
    group: str = ""
    """Routes of one group share a bucket; empty: the route has its own."""
    scope: RateLimitScope = "user"

    def __post_init__(self) -> None:
        """Refuse what allows nothing.

        Raises:
            ValueError: `limit` or `window` is too small.
        """
        if self.limit < 1:
            raise ValueError(f"limit={self.limit}: expected at least 1 call in a window")
        if self.window <= 0:
            raise ValueError(f"window={self.window}: expected more than 0 seconds")


DELETE_MESSAGE = "DELETE /channels/{channel_id}/messages/{message_id}"

YOUNG_MESSAGE_SECONDS = 10.0
"""Below this age a message has the first bucket of its own (discord-api-docs issue 8330)."""

OLD_MESSAGE_SECONDS = 14 * 86_400.0
"""From this age on a message has the third bucket of its own (discord-api-docs issue 8330)."""

# Discord's documentation ("Rate Limits", 2026-08-06) says only that deleting messages has a limit
# of its own, above the others'. The figures are those that a user read from the headers
# (discord-api-docs issue 8330, 2026-05-01).
DELETE_YOUNG_MESSAGE = BucketRule(5, 1.0, "delete-message-young")
DELETE_MESSAGE_RULE = BucketRule(3, 0.333, "delete-message")
DELETE_OLD_MESSAGE = BucketRule(30, 4.0, "delete-message-old")

DEFAULT_RULE = BucketRule(10, 2.0)
"""For every route that is not in `DEFAULT_RULES`; chosen, not measured."""

DEFAULT_RULES: Mapping[str, BucketRule] = MappingProxyType(
    # Discord documents none of these on purpose ("should not be hard-coded"): chosen, not measured,
    # but for bans (50 in a second went through: discord-api-docs issue 559, 2018; listing them in a
    # large guild: issue 3803, 2021) and the number of role changes (issue 7680, 2025).
    {
        "POST /channels/{channel_id}/messages": BucketRule(5, 5.0),
        "PATCH /channels/{channel_id}/messages/{message_id}": BucketRule(5, 5.0),
        "GET /channels/{channel_id}/messages": BucketRule(5, 5.0),
        "POST /channels/{channel_id}/messages/bulk-delete": BucketRule(1, 1.0),
        "POST /channels/{channel_id}/threads": BucketRule(10, 60.0, "thread"),
        "POST /channels/{channel_id}/messages/{message_id}/threads": BucketRule(10, 60.0, "thread"),
        "POST /users/@me/channels": BucketRule(10, 10.0),
        "PATCH /guilds/{guild_id}/members/{user_id}": BucketRule(10, 10.0),
        "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}": BucketRule(10, 10.0, "role"),
        "DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}": BucketRule(10, 10.0, "role"),
        "PUT /guilds/{guild_id}/bans/{user_id}": BucketRule(50, 1.0),
        "GET /guilds/{guild_id}/bans": BucketRule(5, 60.0),
        "PUT /channels/{channel_id}/permissions/{overwrite_id}": BucketRule(10, 10.0, "overwrite"),
        "DELETE /channels/{channel_id}/permissions/{overwrite_id}": BucketRule(
            10, 10.0, "overwrite"
        ),
        "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": BucketRule(
            1, 0.25, "reaction", "shared"
        ),
    }
)

GLOBAL_PER_SECOND = 50
"""Calls of one bot in a second (Discord's documentation, "Rate Limits", 2026-08-06)."""

INVALID_REQUEST_LIMIT = 10_000
"""Answers 401, 403 and 429 that bar an address (same source)."""

INVALID_REQUEST_WINDOW = 600.0
"""The seconds in which they are counted (same source)."""
