"""Reports members to the platform: signed JSON over HTTPS, to the one address of the settings.

The receiver checks that ``HMAC-SHA256(secret, timestamp + "." + body)`` is what the header
``Concord-Signature`` says, that ``Concord-Timestamp`` is not long ago, and keeps one event of an
``Idempotency-Key``; README.md shows how.
"""

import hmac
import json
from hashlib import sha256
from typing import Final

import aiohttp

from bot.ports import Clock, Delivery, Outcome, Referrals

WITHIN: Final = aiohttp.ClientTimeout(total=15, sock_connect=5)
"""Seconds for one event, and of those to connect; chosen, not measured."""

_LATER: Final = frozenset({408, 425, 429, 503})
"""Answers that say: not now (RFC 9110 and 6585, RFC 8470)."""


class WebhookReferrals(Referrals):
    """Posts events to one address.

    Laws: nothing is sent anywhere else, for no redirect is followed; neither the secret nor the
    facts are ever logged.
    """

    def __init__(self, url: str, secret: str, clock: Clock) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock

    async def refer(self, key: str, event: str, facts: str) -> Outcome:
        """Send one signed event; every attempt carries the same key."""
        body = body_of(key, event, facts)
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Concord-Event": event,
            "Concord-Timestamp": timestamp,
            "Concord-Signature": f"sha256={signature(self._secret, timestamp, body)}",
            "Idempotency-Key": key,
            "User-Agent": "Concord",
        }
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=WITHIN, cookie_jar=aiohttp.DummyCookieJar()
                ) as session,
                session.post(
                    self._url, data=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                return outcome_of(answer.status)
        except (aiohttp.ClientError, OSError, TimeoutError):
            return Outcome(Delivery.UNCERTAIN, "the platform did not answer")


def body_of(key: str, event: str, facts: str) -> bytes:
    """Return what is sent: canonical JSON in UTF-8, with the facts as they are.

    Args:
        key: of the event.
        event: its name.
        facts: a JSON text.
    """
    whole = {"event": event, "facts": json.loads(facts), "key": key}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the HMAC-SHA256 over time and body, in hexadecimal."""
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, sha256).hexdigest()


def outcome_of(status: int) -> Outcome:
    """Return what an answer's status means for the event."""
    if 200 <= status < 300:
        return Outcome(Delivery.DONE, "the platform has been told")
    if 300 <= status < 400:
        words = "the platform's address leads elsewhere: REFERRAL_URL has to be the final one"
        return Outcome(Delivery.REFUSED, words)
    if status in _LATER:
        return Outcome(Delivery.LATER, f"the platform asked for patience ({status})")
    if 400 <= status < 500:
        return Outcome(Delivery.REFUSED, f"the platform refused it ({status})")
    return Outcome(Delivery.UNCERTAIN, f"the platform had an outage ({status})")
