"""The ladder and the numbers of sanctions in the policy file: what ships, and every mistake."""

from datetime import timedelta
from pathlib import Path

import discord
import pytest

from bot.detectors import discover
from bot.errors import ConfigurationError
from bot.files.folder import config_folder
from bot.files.policy import read_policy
from bot.files.rulebook import read_rulebook
from bot.model.guidelines import Severity
from bot.model.sanction import ENDLESS, SanctionKind
from bot.policy.policy import Policy
from bot.policy.practice import Lengths
from bot.policy.writing import SEEING, WRITING
from tests.files.test_policy import MINIMAL

RULES = frozenset({"vulgarity", "hate"})


def read(text: str, folder: Path) -> tuple[Policy | None, tuple[str, ...]]:
    """Read a policy file that knows two rules and no detector."""
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return read_policy(path, {}, RULES)


def shipped() -> Policy:
    """Return what ships."""
    return read_rulebook(config_folder(), discover()).policy


def test_what_ships_is_as_the_design_says() -> None:
    """A ban waits five seconds for its notice, and mass actions are counted over ten minutes."""
    practice = shipped().practice

    assert practice.notice_first == timedelta(seconds=5)
    assert practice.mass_actions.within == timedelta(minutes=10)
    assert practice.lengths == Lengths(
        timeout=timedelta(days=1),
        board_removal=timedelta(days=30),
        group_removal=timedelta(days=30),
        ban=None,
    )
    assert not practice.hides_board
    assert practice.evidence.total_bytes <= 10 * 1024 * 1024


def test_a_board_removal_takes_what_lets_a_member_write() -> None:
    """As Discord numbers the permissions; what everybody may read stays readable."""
    taken = discord.Permissions(shipped().practice.board_removal_bits)

    for permission in (
        "send_messages",
        "send_messages_in_threads",
        "create_public_threads",
        "create_private_threads",
        "add_reactions",
        "speak",
    ):
        assert getattr(taken, permission), permission
    assert not taken.view_channel
    assert not taken.read_message_history


def test_the_bits_are_those_of_discord() -> None:
    """Each name as discord.py knows it."""
    for name, bit in {**WRITING, "view_channel": SEEING}.items():
        assert discord.Permissions(**{name: True}).value == bit, name


def test_a_board_may_be_hidden_too(tmp_path: Path) -> None:
    """Where the file says so."""
    policy, problems = read(MINIMAL.replace("hides = false", "hides = true"), tmp_path)

    assert policy is not None, problems
    assert policy.practice.board_removal_bits == WRITING["send_messages"] | SEEING


def test_every_kind_has_a_length() -> None:
    """Kinds that happen once have none."""
    lengths = shipped().practice.lengths

    assert [kind for kind in SanctionKind if lengths.of(kind) is not None] == [
        kind for kind in SanctionKind if kind not in ENDLESS and kind is not SanctionKind.BAN
    ]


def test_the_shipped_ladder_rises_with_severity() -> None:
    """What is graver is worth more, and for longer."""
    ladder = shipped().ladder

    for numbers in (ladder.points, ladder.expires):
        values = [numbers[severity] for severity in Severity]
        assert values == sorted(values)
        assert len(set(values)) == len(values)


def test_a_rule_may_differ(tmp_path: Path) -> None:
    """In points, expiry, floor, ceiling, reminder and rungs."""
    text = """
[ladder.rules.vulgarity]
points = 2
expires_days = 0.5
floor = 1
ceiling = 2
[ladder.rules.hate]
reminder_first = true
[[ladder.rules.hate.rung]]
points = 1
sanctions = [{ kind = "ban", lasts = "forever" }, { kind = "referral" }]
"""
    policy, problems = read(MINIMAL + text, tmp_path)

    assert policy is not None, problems
    rude, hate = policy.ladder.rules["vulgarity"], policy.ladder.rules["hate"]
    assert (rude.points, rude.expires, rude.floor, rude.ceiling) == (2, timedelta(hours=12), 1, 2)
    assert hate.reminder
    assert [one.kind for one in hate.rungs[0].consequences] == [
        SanctionKind.BAN,
        SanctionKind.REFERRAL,
    ]
    assert hate.rungs[0].consequences[0].lasts is None


RUNG = '{ kind = "timeout", lasts = "24 hours" }'
AGAIN = f"""[[ladder.rung]]
points = 6
sanctions = [{RUNG}]
[sanctions]"""
SHORTER = AGAIN.replace("24 hours", "1 hour")
WARNED = AGAIN.replace(RUNG, '{ kind = "warning" }')

MISTAKES = [
    (
        "points = 4",
        "points = 1",
        "ladder.rung[2].points is 1; expected more than 1, for rungs rise",
    ),
    ("points = 4", "points = 0", "ladder.rung[2].points is 0; expected a whole number from 1 to"),
    ("[sanctions]", AGAIN, "ladder.rung[3].sanctions is nothing more than before; expected rungs"),
    ("[sanctions]", SHORTER, "ladder.rung[3].sanctions has a shorter timeout than before"),
    ("[sanctions]", WARNED, "ladder.rung[3].sanctions is nothing more than before"),
    (
        'kind = "timeout"',
        'kind = "mute"',
        "ladder.rung[2].sanctions[1].kind is 'mute'; expected one of warning, timeout, board-remov",
    ),
    ('"24 hours" }', '"soon" }', "sanctions[1].lasts is 'soon'; expected a length such as '90 min"),
    ('"24 hours" }', '"12 years" }', "is '12 years'; expected a length such as"),
    (', lasts = "24 hours"', "", "expected a 'lasts' beside kind 'timeout', such as '7 days'"),
    (
        'kind = "warning"',
        'kind = "warning", lasts = "1 day"',
        "expected no 'lasts' beside kind 'warning', which happens once",
    ),
    (f"[{RUNG}]", "[]", "ladder.rung[2].sanctions is []; expected at least one entry"),
    (f"[{RUNG}]", f"[{RUNG}, {RUNG}]", "expected every kind of sanction once in a rung"),
    ('["minor"]', '["small"]', "ladder.reminder_first[1] is 'small'; expected one of minor, mod"),
    ("serious = 4", "serious = -1", "ladder.points.serious is -1; expected a whole number from 0"),
    (
        "critical = 365",
        "critical = 0",
        "ladder.expires_days.critical is 0; expected a number above",
    ),
    ("critical = 365\n", "", "ladder.expires_days.critical is missing"),
    (
        "[sanctions]",
        "[ladder.rules.vulgarty]\nfloor = 1\n[sanctions]",
        "ladder.rules.vulgarty is for no rule; did you mean 'vulgarity'?",
    ),
    (
        "[sanctions]",
        "[ladder.rules.hate]\nfloor = 3\n[sanctions]",
        "ladder.rules.hate.floor is 3; expected a rung from 1 to 2",
    ),
    (
        "[sanctions]",
        "[ladder.rules.hate]\nfloor = 2\nceiling = 1\n[sanctions]",
        "ladder.rules.hate.floor is 2; expected no more than the ceiling 1",
    ),
    (
        "[sanctions]",
        "[ladder.rules.hate]\nfloor = 1\nreminder_first = true\n[sanctions]",
        "ladder.rules.hate.reminder_first is true; expected false, for its floor is 1",
    ),
    (
        "[sanctions]",
        "[ladder.rules.hate]\nroof = 1\n[sanctions]",
        "ladder.rules.hate.roof is an unknown key; expected one of points, expires_days",
    ),
    (
        '["send_messages"]',
        '["send_message"]',
        "sanctions.board_removal_takes[1] is 'send_message'; expected one of add_reactions, attach",
    ),
    ('["send_messages"]', "[]", "sanctions.board_removal_takes is []; expected at least one entry"),
    ("hides = false", "hides = 0", "sanctions.board_removal_hides is 0; expected true or false"),
    ("mass_members = 10", "mass_members = 0", "mass_members is 0; expected a whole number from 1"),
    ("mass_minutes = 10", "mass_minutes = 0", "mass_minutes is 0; expected a number above 0"),
    ("evidence_files = 10", "evidence_files = 11", "is 11; expected a whole number from 0 to 10"),
    (
        "total_bytes = 2000",
        "total_bytes = 900",
        "evidence_total_bytes is 900; expected no less than evidence_file_bytes, 1000",
    ),
    (
        "total_bytes = 2000",
        "total_bytes = 99999999",
        "is 99999999; expected a whole number from 0 to 10,485,760",
    ),
    (
        "notice_first_seconds = 5",
        "notice_first_seconds = 6",
        "sanctions.notice_first_seconds is 6; expected a number from 0 to 5",
    ),
    ('ban = "forever"', 'ban = "never"', "sanctions.lasts.ban is 'never'; expected a length such"),
    ('ban = "forever"\n', "", "sanctions.lasts.ban is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    """One sentence with file, key, value and what was expected."""
    assert right in MINIMAL

    policy, problems = read(MINIMAL.replace(right, wrong, 1), tmp_path)

    assert policy is None
    assert len(problems) == 1, problems
    assert said in problems[0]
    assert str(tmp_path) in problems[0]


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Also those between parts."""
    text = MINIMAL.replace("points = 4", "points = 1").replace(
        "total_bytes = 2000", "total_bytes = 1"
    )

    _, problems = read(f"{text}[ladder.rules.x]\nfloor = 9\n", tmp_path)

    assert len(problems) == 4, problems


def test_what_is_wrong_between_keys_is_named_beside_a_key_that_is_wrong(tmp_path: Path) -> None:
    """Nobody has to mend one to learn of the others."""
    text = MINIMAL.replace("points = 4", "points = 1").replace(
        "total_bytes = 2000", "total_bytes = 1"
    )
    assert "board_removal_hides = false" in text
    text = text.replace("board_removal_hides = false", 'board_removal_hides = "no"')

    _, problems = read(text, tmp_path)

    assert len(problems) == 3, problems
    for key in ("ladder.rung[", "evidence_total_bytes", "board_removal_hides"):
        assert any(key in problem for problem in problems), (key, problems)


def test_rules_are_held_against_the_guidelines(tmp_path: Path) -> None:
    """A ladder for a rule that nobody wrote stops the start."""
    for name in ("guidelines.toml", "policy.toml"):
        (tmp_path / name).write_bytes((config_folder() / name).read_bytes())
    path = tmp_path / "policy.toml"
    path.write_text(path.read_text("utf-8").replace("rules.discretion", "rules.weather"), "utf-8")

    with pytest.raises(ConfigurationError, match=r"ladder\.rules\.weather is for no rule"):
        read_rulebook(tmp_path, discover())
