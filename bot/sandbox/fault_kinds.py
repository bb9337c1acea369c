"""What can go wrong with one REST call of the simulated Discord."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from aiohttp import web

from bot.sandbox.rate_limit_answer import RateLimitScope, rate_limited_answer
from bot.sandbox.seam import ApiError


class FaultKind(Enum):
    """The ways in which a call can fail; `Fault` adds the particulars."""

    ERROR = auto()
    RATE_LIMITED = auto()
    LATENCY = auto()
    RESET = auto()
    DISCONNECT = auto()
    TIMEOUT = auto()
    ANSWER_LOST = auto()
    HELD = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a call fails.

    The class constants are the usual ones; `error`, `rate_limited` and `latency` make others.
    aiohttp's client repeats a GET, PUT or DELETE once by itself when its connection breaks
    (RFC 9110, section 9.2.2): to be noticed, RESET and DISCONNECT of such a call take two.
    Where the words of an answer are not documented they are chosen, not measured.
    """

    kind: FaultKind
    status: int = 0
    code: int = 0
    """Discord's JSON error code; 0 is the general one."""
    message: str = ""
    seconds: float = 0.0
    """The delay of LATENCY, the ``retry_after`` of RATE_LIMITED; seconds."""
    scope: RateLimitScope = "user"

    RESET: ClassVar["Fault"]
    """The connection is reset (RST) before the call is looked at; nothing happens."""
    DISCONNECT: ClassVar["Fault"]
    """The connection is closed (FIN) without an answer; nothing happens."""
    TIMEOUT: ClassVar["Fault"]
    """No answer comes until the switchboard lets go; nothing happens."""
    ANSWER_LOST: ClassVar["Fault"]
    """The call takes effect completely, then the connection is reset instead of answered."""
    HELD: ClassVar["Fault"]
    """The call is taken, and takes effect only when the test releases it, heard or not."""
    RATE_LIMITED: ClassVar["Fault"]
    """429 of the route, 0.05 s to wait (chosen: short enough for a test)."""
    INTERNAL_ERROR: ClassVar["Fault"]
    """500."""
    BAD_GATEWAY: ClassVar["Fault"]
    """502, in the words of a proxy: HTML."""
    UNAVAILABLE: ClassVar["Fault"]
    """503, in the words of a proxy: plain text."""
    MISSING_PERMISSIONS: ClassVar["Fault"]
    """403 with 50013."""
    CANNOT_SEND_TO_USER: ClassVar["Fault"]
    """403 with 50007: the member's direct messages are closed."""
    UNKNOWN_MESSAGE: ClassVar["Fault"]
    """404 with 10008."""
    UNAUTHORIZED: ClassVar["Fault"]
    """401: the token is not valid."""

    @staticmethod
    def error(status: int, code: int = 0, message: str = "") -> "Fault":
        """Return the fault that answers `status` with Discord's error `code`."""
        return Fault(FaultKind.ERROR, status=status, code=code, message=message)

    @staticmethod
    def rate_limited(retry_after: float, scope: RateLimitScope = "user") -> "Fault":
        """Return the fault that answers 429, to be tried again after so many seconds."""
        return Fault(FaultKind.RATE_LIMITED, status=429, seconds=retry_after, scope=scope)

    @staticmethod
    def latency(seconds: float) -> "Fault":
        """Return the fault that delays the call by so many seconds and then lets it through."""
        return Fault(FaultKind.LATENCY, seconds=seconds)

    def answer(self) -> web.Response:
        """Return the answer of an ERROR or RATE_LIMITED fault.

        Raises:
            ValueError: this fault does not answer.
        """
        if self.kind is FaultKind.RATE_LIMITED:
            return rate_limited_answer(self.seconds, self.scope)
        if self.kind is not FaultKind.ERROR:
            raise ValueError(f"{self.kind.name} is a fault without an answer")
        if self.status == 502:
            return web.Response(
                status=502,
                text="<html><head><title>502 Bad Gateway</title></head></html>",
                content_type="text/html",
            )
        if self.status == 503:
            return web.Response(
                status=503, text="upstream connect error", content_type="text/plain"
            )
        return ApiError(self.status, self.code, self.message).response()


# Codes and messages: Discord's documentation, "Opcodes and Status Codes", JSON Error Codes
# (2026-08-06); a general error repeats its status.
Fault.RESET = Fault(FaultKind.RESET)
Fault.DISCONNECT = Fault(FaultKind.DISCONNECT)
Fault.TIMEOUT = Fault(FaultKind.TIMEOUT)
Fault.ANSWER_LOST = Fault(FaultKind.ANSWER_LOST)
Fault.HELD = Fault(FaultKind.HELD)
Fault.RATE_LIMITED = Fault.rate_limited(0.05)
Fault.INTERNAL_ERROR = Fault.error(500, message="500: Internal Server Error")
Fault.BAD_GATEWAY = Fault.error(502)
Fault.UNAVAILABLE = Fault.error(503)
Fault.MISSING_PERMISSIONS = Fault.error(403, 50013, "Missing Permissions")
Fault.CANNOT_SEND_TO_USER = Fault.error(403, 50007, "Cannot send messages to this user")
Fault.UNKNOWN_MESSAGE = Fault.error(404, 10008, "Unknown Message")
Fault.UNAUTHORIZED = Fault.error(401, 0, "401: Unauthorized")
