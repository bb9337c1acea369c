"""How Discord says "too many requests"."""

import math
from collections.abc import Mapping
from typing import Literal, TypeAlias

from aiohttp import web

from bot.sandbox.seam import json_response

RateLimitScope: TypeAlias = Literal["user", "global", "shared"]
"""Whose limit was reached: the bot's on this route, the bot's on all, everybody's on a resource."""


def rate_limited_answer(
    retry_after: float, scope: RateLimitScope, bucket_headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return Discord's 429.

    Body and headers are those of Discord's documentation ("Rate Limits", 2026-08-06). The header
    ``Via`` is what discord.py tells Discord's own 429 from a block at the edge by
    (``http.py``, ``HTTPClient.request``).

    Args:
        retry_after: seconds to wait; the header rounds up to whole seconds.
        scope: whose limit was reached.
        bucket_headers: the ``X-RateLimit-*`` headers of the bucket, where there is one.
    """
    headers = {
        **(bucket_headers or {}),
        "Retry-After": str(math.ceil(retry_after)),
        "X-RateLimit-Scope": scope,
        "Via": "1.1 google",
    }
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    message = (
        "The resource is being rate limited."
        if scope == "shared"
        else "You are being rate limited."
    )
    return json_response(
        {"message": message, "retry_after": round(retry_after, 3), "global": scope == "global"},
        status=429,
        headers=headers,
    )
