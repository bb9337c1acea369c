"""Settings: what is read from where, and that nothing secret gets out."""

import dataclasses
import traceback
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.files import folder
from bot.settings import LogFormat, LogLevel, Settings, load_settings, surroundings

TOKEN = "abc.def.ghi"
SECRET = "a token with spaces"


def _load(env_file: Path | None = None, **environ: str) -> Settings:
    return load_settings(env_file=env_file, environ=environ)


def _env(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_the_surroundings_hold_no_variable_of_ours() -> None:
    """In whatever case they are written; everybody else's stay."""
    environ = {"PATH": "/bin", "DISCORD_TOKEN": TOKEN, "shard_count": "2", "CONCORDE": "a plane"}

    assert surroundings(environ) == {"PATH": "/bin", "CONCORDE": "a plane"}


def test_everything_has_a_default(tmp_path: Path) -> None:
    """An empty file and an empty environment make settings; only the token is missing."""
    settings = _load(_env(tmp_path / ".env", ""))

    assert settings.token is None
    assert settings.database == tmp_path / "concord.sqlite3"
    assert (settings.log_level, settings.log_format) == (LogLevel.INFO, LogFormat.CONSOLE)
    assert (settings.evidence, settings.observations) == (timedelta(90), timedelta(30))
    assert (settings.api_base, settings.gateway_url, settings.shard_count) == (None, None, None)
    assert settings.rulebook.guidelines.guidelines


def test_settings_are_frozen(tmp_path: Path) -> None:
    """Nobody changes settings after they were read."""
    settings = _load(_env(tmp_path / ".env", ""))

    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.shard_count = 2  # type: ignore[misc]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A variable set in both has the value of the environment."""
    path = _env(tmp_path / ".env", "EVIDENCE_DAYS=10\nOBSERVATION_DAYS=11\n")

    settings = _load(path, EVIDENCE_DAYS="12")

    assert (settings.evidence, settings.observations) == (timedelta(12), timedelta(11))


def test_a_relative_database_starts_where_it_was_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From `.env` it starts at that file's folder, from the environment at the current one."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    path = _env(tmp_path / ".env", "CONCORD_DATABASE=data/a.sqlite3\n")

    assert _load(path).database == tmp_path / "data" / "a.sqlite3"
    assert _load(path, CONCORD_DATABASE="b.db").database == tmp_path / "here" / "b.db"


def test_a_folder_somebody_stands_in_is_only_heard_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed Concord reads `.env` of the current folder only for commands that pass it on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.settings.checkout", lambda: None)
    _env(tmp_path / ".env", "EVIDENCE_DAYS=10\n")

    unasked = load_settings(environ={})
    asked = load_settings(environ={}, working_directory=tmp_path)

    assert (unasked.evidence, asked.evidence) == (timedelta(90), timedelta(10))


def test_in_a_checkout_its_own_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The `.env` beside pyproject.toml is read wherever somebody stands."""
    monkeypatch.setattr("bot.settings.checkout", lambda: tmp_path)
    _env(tmp_path / ".env", "EVIDENCE_DAYS=10\n")

    settings = load_settings(config=folder.config_folder(), environ={})

    assert settings.evidence == timedelta(10)


LOOPBACK = [
    ("DISCORD_API_BASE", "http://127.0.0.1:8080/api/v10"),
    ("DISCORD_API_BASE", "http://127.8.9.1/api"),
    ("DISCORD_API_BASE", "https://localhost:1/api"),
    ("DISCORD_API_BASE", "http://[::1]:80/api"),
    ("DISCORD_GATEWAY_URL", "ws://127.0.0.1:8080/gateway"),
    ("DISCORD_GATEWAY_URL", "wss://localhost/gateway"),
]


@pytest.mark.parametrize(("name", "value"), LOOPBACK)
def test_addresses_on_this_machine_are_taken(name: str, value: str, tmp_path: Path) -> None:
    """A simulated Discord may answer on any loopback address."""
    settings = _load(_env(tmp_path / ".env", f"{name}={value}\n"))

    assert value in (settings.api_base, settings.gateway_url)


ELSEWHERE = [
    "http://example.com/api",  # another machine
    "http://10.0.0.1/api",  # the local network
    "http://0.0.0.0/api",  # every interface
    "http://169.254.169.254/api",  # a cloud's metadata
    "http://127.0.0.1.example.com/api",  # looks like it at the start
    "http://127.0.0.1@example.com/api",  # looks like it before the at sign
    "http://example.com\\@127.0.0.1/api",  # where readers of addresses disagree
    "http://127.0.0.1#@example.com/api",
    "http://localhost.example.com/api",
    "http://2130706433/api",  # 127.0.0.1 as one number: not every reader agrees
    "http://[::ffff:127.0.0.1]/api",
    "http://127.0.0.1:99999/api",
    "http://127.0.0.1 /api",
    "http://１２７.0.0.1/api",
    "http:///api",
    "ftp://127.0.0.1/api",
    "127.0.0.1",
]


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("name", ["DISCORD_API_BASE", "DISCORD_GATEWAY_URL"])
def test_no_token_can_be_led_elsewhere(name: str, address: str, tmp_path: Path) -> None:
    """An address that is not on this machine, or not plainly so, is refused."""
    value = address.replace("http", "ws", 1) if name.endswith("URL") else address

    with pytest.raises(ConfigurationError, match=f"{name} is .* address on this machine"):
        _load(_env(tmp_path / ".env", ""), **{name: value})


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """Every wrong variable of either source is one sentence."""
    path = _env(tmp_path / ".env", "EVIDENCE_DAYS=soon\nCONCORD_LOG_LEVEL=loud\n")

    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path / "nowhere", path, environ={"SHARD_COUNT": "0"})

    assert [problem.split(";")[0] for problem in caught.value.problems] == [
        f"{path}: CONCORD_LOG_LEVEL is 'loud'",
        f"{path}: EVIDENCE_DAYS is 'soon'",
        "environment: SHARD_COUNT is '0'",
        f"--config {tmp_path / 'nowhere'}: there is no such folder",
    ]


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "٣", "9999", "1e2", " 5 x"])
def test_days_are_a_whole_number_within_reason(days: str, tmp_path: Path) -> None:
    """What is no number of days is refused, whatever else reads it as one."""
    with pytest.raises(ConfigurationError, match="a whole number of days from 1 to 3650"):
        _load(_env(tmp_path / ".env", ""), EVIDENCE_DAYS=days)


def test_a_secret_never_shows(tmp_path: Path) -> None:
    """Neither the settings, nor an error, nor its traceback holds the token."""
    settings = _load(_env(tmp_path / ".env", f"DISCORD_TOKEN={TOKEN}\n"))
    try:
        _load(tmp_path / ".env", DISCORD_TOKEN=SECRET, EVIDENCE_DAYS="x")
    except ConfigurationError as error:
        told = "".join(traceback.format_exception(error))
    else:
        pytest.fail("a token with a space was taken")

    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)
    assert SECRET not in told
    assert "DISCORD_TOKEN is not usable; expected the bot's token" in told
    assert settings.require_token().get_secret_value() == TOKEN


KEY = "k" * 32


def test_reports_to_the_platform_need_an_address_and_a_key(tmp_path: Path) -> None:
    """Both or neither, wherever each is set; the key never shows."""
    path = _env(tmp_path / ".env", "REFERRAL_URL=https://platform.example/concord\n")
    settings = _load(path, REFERRAL_SECRET=KEY)

    assert settings.referral_url == "https://platform.example/concord"
    assert settings.referral_secret is not None
    assert settings.referral_secret.get_secret_value() == KEY
    assert KEY not in repr(settings)
    with pytest.raises(ConfigurationError, match="REFERRAL_SECRET is missing; expected both"):
        _load(path)
    with pytest.raises(ConfigurationError, match="REFERRAL_URL is missing; expected both"):
        _load(_env(tmp_path / ".env", ""), REFERRAL_SECRET=KEY)


@pytest.mark.parametrize(
    "address",
    [
        "http://platform.example/concord",
        "http://10.0.0.1/concord",
        "https://user:hushhush@platform.example/",
        "https://user@platform.example/",
        "http://user:hushhush@127.0.0.1/",
        "ftp://platform.example/?key=hushhush",
        "https://",
        "https://platform.example:99999/",
        "ftp://platform.example/",
        "platform.example",
    ],
)
def test_members_are_reported_over_https_only(address: str, tmp_path: Path) -> None:
    """What is not encrypted stays on this machine; what an address may hide is not repeated."""
    with pytest.raises(ConfigurationError, match=r"REFERRAL_URL is .*https address") as caught:
        _load(_env(tmp_path / ".env", ""), REFERRAL_URL=address, REFERRAL_SECRET=KEY)
    assert "hushhush" not in str(caught.value)
    assert "user:" not in str(caught.value)


def test_on_this_machine_http_will_do(tmp_path: Path) -> None:
    """For trying it out."""
    settings = _load(
        _env(tmp_path / ".env", ""), REFERRAL_URL="http://127.0.0.1:8080/a", REFERRAL_SECRET=KEY
    )
    assert settings.referral_url == "http://127.0.0.1:8080/a"


def test_a_short_key_signs_nothing(tmp_path: Path) -> None:
    """And the error does not hold it."""
    with pytest.raises(ConfigurationError, match="at least 32 characters") as caught:
        _load(
            _env(tmp_path / ".env", ""),
            REFERRAL_URL="https://platform.example/",
            REFERRAL_SECRET="short but dear",
        )
    assert "short but dear" not in str(caught.value)


def test_a_missing_token_is_named(tmp_path: Path) -> None:
    """What needs a token says where to put it."""
    with pytest.raises(ConfigurationError, match="DISCORD_TOKEN is missing; expected"):
        _load(_env(tmp_path / ".env", "")).require_token()
