"""Reports to the platform: signed, to one address, each kept once by whoever receives it."""

import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.ports import Delivery
from bot.referrals import WebhookReferrals
from tests.fakes import FakeClock

SECRET = "a secret that is long enough to sign"
FACTS = '{"member":"501","guideline":3,"note":"grüße"}'
README = Path(__file__).parents[1] / "README.md"


@dataclass
class Platform:
    """Whoever receives events; answers as told."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """Keep an event."""
        self.got.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers=self.headers)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Platform"]:
        """Serve on loopback."""
        app = web.Application()
        app.router.add_post("/{any:.*}", self.take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/concord"
        try:
            yield self
        finally:
            await runner.cleanup()


def referrals(platform: Platform) -> WebhookReferrals:
    """Return what is tested."""
    return WebhookReferrals(platform.url, SECRET, FakeClock())


async def test_an_event_is_signed_and_bears_its_key() -> None:
    """Time and body are signed together; the facts arrive as they were given."""
    async with Platform().open() as platform:
        done = await referrals(platform).refer("concord-900-1-referral", "referral", FACTS)

    ((headers, body),) = platform.got
    assert done.delivery is Delivery.DONE
    assert json.loads(body) == {
        "event": "referral",
        "key": "concord-900-1-referral",
        "facts": json.loads(FACTS),
    }
    assert headers["Idempotency-Key"] == "concord-900-1-referral"
    assert headers["Content-Type"] == "application/json"
    signed = headers["Concord-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, "sha256").hexdigest()
    assert headers["Concord-Signature"] == f"sha256={expected}"


async def test_the_readme_says_truly_how_to_check_it() -> None:
    """The function printed there accepts what is sent, and nothing changed or old."""
    (code,) = re.findall(r"```python\n(import hmac.*?)```", README.read_text(), re.DOTALL)
    async with Platform().open() as platform:
        await referrals(platform).refer("a-key", "referral", FACTS)
    ((headers, body),) = platform.got
    now = float(headers["Concord-Timestamp"])
    scope: dict[str, object] = {}
    exec(code, scope)  # the code that README.md shows
    is_genuine = scope["is_genuine"]
    assert callable(is_genuine)

    def at(moment: float) -> None:
        scope["time"] = type("Time", (), {"time": staticmethod(lambda: moment)})

    at(now + 10)
    assert is_genuine(headers, body, SECRET)
    assert not is_genuine(headers, body + b" ", SECRET)
    assert not is_genuine(headers, body, SECRET + "!")
    assert not is_genuine(headers | {"Concord-Timestamp": str(int(now) + 1)}, body, SECRET)
    at(now + 301)
    assert not is_genuine(headers, body, SECRET)


async def test_the_same_event_has_the_same_body_and_key() -> None:
    """However often it is sent."""
    async with Platform().open() as platform:
        for _ in range(2):
            await referrals(platform).refer("a-key", "withdrawn", FACTS)

    (_, first), (_, second) = platform.got
    assert first == second


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        (200, Delivery.DONE),
        (202, Delivery.DONE),
        (301, Delivery.REFUSED),
        (400, Delivery.REFUSED),
        (401, Delivery.REFUSED),
        (404, Delivery.REFUSED),
        (408, Delivery.LATER),
        (429, Delivery.LATER),
        (500, Delivery.UNCERTAIN),
        (503, Delivery.LATER),
    ],
)
async def test_an_answer_decides_whether_it_is_sent_again(status: int, delivery: Delivery) -> None:
    """What was refused for good is not; what was not taken yet is."""
    async with Platform(status).open() as platform:
        done = await referrals(platform).refer("a-key", "referral", FACTS)

    assert done.delivery is delivery


async def test_no_redirect_is_followed() -> None:
    """Facts about a member go to the one address that was set."""
    async with Platform().open() as elsewhere:
        moved = Platform(307, {"Location": elsewhere.url})
        async with moved.open():
            done = await referrals(moved).refer("a-key", "referral", FACTS)

    assert done.delivery is Delivery.REFUSED
    assert elsewhere.got == []


async def test_no_answer_is_uncertain() -> None:
    """It may have arrived; the key makes a second one harmless."""
    async with Platform().open() as platform:
        pass

    done = await referrals(platform).refer("a-key", "referral", FACTS)

    assert done.delivery is Delivery.UNCERTAIN
