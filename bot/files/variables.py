"""The variables of ``.env`` and the environment, each with meaning, unit and default.

A wrong value is shown with what was expected, except of secrets and of fields with ``repr=False``:
an address may hold a password or a key.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from textwrap import wrap
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, SecretStr

from bot.files._table import Shape, expected
from bot.files._words import word_of

KEY_LENGTH = 32
"""Characters of a key that signs, at least: as many as HMAC-SHA256 has bytes (RFC 2104, 3)."""


class LogLevel(StrEnum):
    """From which weight on a line is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    """For people."""
    JSON = "json"
    """For programs: one object a line."""


def _token(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise ValueError
    return value


def _loopback(*schemes: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        # Characters on which readers of addresses disagree about where the host ends.
        if not value.isascii() or not value.isprintable() or set(value) & set(" \\@"):
            raise ValueError
        address = urlsplit(value)
        host = address.hostname or ""
        _ = address.port  # raises ValueError where it is no port
        if address.scheme not in schemes:
            raise ValueError
        if host not in ("localhost", "::1") and not _is_loopback_v4(host):
            raise ValueError
        return value.rstrip("/")

    return check


def _is_loopback_v4(host: str) -> bool:
    address = ip_address(host)
    return address.version == 4 and address.is_loopback


def _address(value: str) -> str:
    """Take an https address, or an http one on this machine."""
    if value.startswith("http:"):
        return _loopback("http")(value)
    if not value.isascii() or not value.isprintable() or set(value) & set(" \\@"):
        raise ValueError
    address = urlsplit(value)
    _ = address.port  # raises ValueError where it is no port
    if address.scheme != "https" or not address.hostname:
        raise ValueError
    return value


def _key(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if len(secret) < KEY_LENGTH or not secret.isascii() or not secret.isprintable():
        raise ValueError
    return value


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


_Days = Annotated[
    int,
    Field(ge=1, le=3650),
    BeforeValidator(_number),
    expected("a whole number of days from 1 to 3650"),
]


class Variables(Shape):
    """Every variable Concord reads; the field's name in capitals is the variable's."""

    model_config = ConfigDict(alias_generator=str.upper, strict=False, hide_input_in_errors=True)

    discord_token: (
        Annotated[
            SecretStr,
            AfterValidator(_token),
            expected("the bot's token as the developer portal shows it, without spaces"),
        ]
        | None
    ) = Field(
        default=None,
        description="The bot's token, from the page Bot of your application at Discord. "
        "Keep it secret. Only run and apply need it.",
        json_schema_extra={"unit": "text", "default": "none"},
    )
    concord_database: Annotated[Path, expected("the path of a file")] | None = Field(
        default=None,
        description="The file that holds cases, decisions and members' records. A relative path "
        "starts at the folder of .env; one set in the environment, at the folder Concord is "
        "started in. Only one process may use the file at a time.",
        json_schema_extra={"unit": "path", "default": "concord.sqlite3 beside .env"},
    )
    concord_log_level: Annotated[LogLevel, word_of(LogLevel)] = Field(
        default=LogLevel.INFO,
        description="From which weight on a line is logged.",
        json_schema_extra={"unit": "debug, info, warning or error", "default": "info"},
    )
    concord_log_format: Annotated[LogFormat, word_of(LogFormat)] = Field(
        default=LogFormat.CONSOLE,
        description="How log lines look: for people, or one JSON object a line.",
        json_schema_extra={"unit": "console or json", "default": "console"},
    )
    discord_api_base: (
        Annotated[
            str,
            AfterValidator(_loopback("http", "https")),
            expected("an http address on this machine, such as http://127.0.0.1:8080/api/v10"),
        ]
        | None
    ) = Field(
        default=None,
        description="Where the API of a simulated Discord answers. Only addresses on this machine "
        "are accepted (127.0.0.0/8, localhost, ::1).",
        json_schema_extra={"unit": "web address", "default": "Discord itself"},
    )
    discord_gateway_url: (
        Annotated[
            str,
            AfterValidator(_loopback("ws", "wss")),
            expected("a ws address on this machine, such as ws://127.0.0.1:8080/gateway"),
        ]
        | None
    ) = Field(
        default=None,
        description="Where the gateway of a simulated Discord answers. Only addresses on this "
        "machine are accepted.",
        json_schema_extra={"unit": "web address", "default": "the one the API names"},
    )
    evidence_days: _Days = Field(
        default=90,
        description="How long evidence is kept after a case is closed.",
        json_schema_extra={"unit": "days", "default": "90"},
    )
    observation_days: _Days = Field(
        default=30,
        description="How long observations and fingerprints of removed posts are kept.",
        json_schema_extra={"unit": "days", "default": "30"},
    )
    referral_url: (
        Annotated[
            str,
            AfterValidator(_address),
            expected(
                "an https address, or an http one on this machine, with no name or password in it"
            ),
        ]
        | None
    ) = Field(
        default=None,
        repr=False,
        description="Where members are reported to the platform, when a moderator decides so. "
        "Needs REFERRAL_SECRET; without both, nobody is reported to anybody.",
        json_schema_extra={"unit": "web address", "default": "none"},
    )
    referral_secret: (
        Annotated[
            SecretStr,
            AfterValidator(_key),
            expected(f"a secret of at least {KEY_LENGTH} characters"),
        ]
        | None
    ) = Field(
        default=None,
        description="What reports to the platform are signed with (HMAC-SHA256). Whoever receives "
        "them needs it too. Keep it secret.",
        json_schema_extra={"unit": "text", "default": "none"},
    )
    shard_count: (
        Annotated[
            int,
            Field(ge=1, le=10_000),
            BeforeValidator(_number),
            expected("a whole number from 1 to 10000"),
        ]
        | None
    ) = Field(
        default=None,
        description="How many gateway connections to open, for very large communities.",
        json_schema_extra={"unit": "connections", "default": "as many as Discord asks for"},
    )


def env_example() -> str:
    """Return the text of ``.env.example``: every variable with meaning, unit and default."""
    return "\n".join(_example_lines())


def _example_lines() -> Iterator[str]:
    yield "# Copy this file to .env and fill in what you need; what is left out has its default."
    yield "# A variable set in the environment wins over the same one here."
    yield ""
    for name, field in Variables.model_fields.items():
        extra = field.json_schema_extra
        assert isinstance(extra, dict), f"BUG: {name} says neither unit nor default"
        yield from wrap(field.description or "", 98, initial_indent="# ", subsequent_indent="# ")
        yield f"# Unit: {extra['unit']}. Default: {extra['default']}."
        yield f"# {name.upper()}={'' if field.default is None else field.default}"
        yield ""
