"""The policy file: what ships, and that it and the detectors agree to the last number."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.detectors import discover
from bot.files._units import unit_problem
from bot.files.folder import config_folder
from bot.files.policy import read_policy
from bot.policy.policy import Thresholds

SHIPPED = config_folder() / "policy.toml"
READS: Mapping[str, frozenset[str]] = {detector.rule: detector.numbers for detector in discover()}

SANCTIONS = """
[ladder]
reminder_first = ["minor"]
[ladder.points]
minor = 1
moderate = 2
serious = 4
critical = 10
[ladder.expires_days]
minor = 30
moderate = 90
serious = 180
critical = 365
[[ladder.rung]]
points = 1
sanctions = [{ kind = "warning" }]
[[ladder.rung]]
points = 4
sanctions = [{ kind = "timeout", lasts = "24 hours" }]
[sanctions]
board_removal_takes = ["send_messages"]
board_removal_hides = false
mass_members = 10
mass_minutes = 10
same_matter_minutes = 10
evidence_files = 10
evidence_file_bytes = 1000
evidence_total_bytes = 2000
notice_first_seconds = 5
[sanctions.lasts]
timeout = "24 hours"
board_removal = "30 days"
group_removal = "30 days"
ban = "forever"
"""

MINIMAL = (
    """
[thresholds]
note = 0.3
review = 0.5
remove = 0.95
[bounds]
part_length = 4000
parts = 32
post_length = 6000
[catch_up]
window_hours = 24
remove_within_minutes = 60
[cases]
burst_seconds = 120
[memory]
hours = 24
posts = 5000
[brake]
members = 60
minutes = 10
restored = 3
restored_ratio = 0.1
restored_hours = 24
"""
    + SANCTIONS
)


def _file(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_numbers_are_those_of_the_design() -> None:
    """Thresholds, bounds and the catch-up window are as they were decided."""
    policy, problems = read_policy(SHIPPED, READS)

    assert policy is not None, problems
    assert policy.thresholds == Thresholds(note=0.30, review=0.50, remove=0.95)
    assert (policy.bounds.part_length, policy.bounds.parts) == (4000, 32)
    assert policy.catch_up.window == timedelta(hours=24)
    assert policy.catch_up.remove_within == timedelta(hours=1)


def test_memory_reaches_as_far_back_as_any_detector_looks() -> None:
    """No detector compares with posts that have been forgotten already."""
    policy, _ = read_policy(SHIPPED, READS)
    assert policy is not None

    windows = [
        number
        for table in policy.numbers.values()
        for name, number in table.items()
        if name.endswith("window_seconds")
    ]

    assert all(timedelta(seconds=window) <= policy.memory for window in windows)


def test_every_number_says_where_it_comes_from() -> None:
    """Each number of the file has a comment beside it."""
    lines = SHIPPED.read_text("utf-8").splitlines()

    bare = [line for line in lines if "=" in line.partition("#")[0] and "#" not in line]

    assert bare == []


def test_a_rule_may_have_thresholds_of_its_own(tmp_path: Path) -> None:
    """What a rule's table leaves out is as for every rule."""
    path = _file(tmp_path, f"{MINIMAL}[rule_thresholds.vulgarity]\nremove = 0.9\n")

    policy, problems = read_policy(path, {"vulgarity": frozenset()})

    assert policy is not None, problems
    assert policy.thresholds_of("vulgarity") == Thresholds(0.3, 0.5, 0.9)
    assert policy.thresholds_of("language") == Thresholds(0.3, 0.5, 0.95)


def test_detectors_find_their_numbers(tmp_path: Path) -> None:
    """A detector's table reaches it, and a detector without numbers has an empty one."""
    path = _file(tmp_path, f"{MINIMAL}[numbers.spam-repeat]\ncopies = 3\n")

    policy, _ = read_policy(path, {"spam-repeat": frozenset({"copies"}), "language": frozenset()})

    assert policy is not None
    assert policy.numbers == {"spam-repeat": {"copies": 3}, "language": {}}


MISTAKES = [
    ("members = 60", "members = 0", "brake.members is 0; expected a whole number from 1 on"),
    ("restored_ratio = 0.1", "restored_ratio = 2", "brake.restored_ratio is 2; expected a number"),
    ("restored_hours = 24\n", "", "brake.restored_hours is missing"),
    ("note = 0.3", "note = 0.6", "thresholds is a table; expected note, review and remove to rise"),
    ("note = 0.3", "note = 1.5", "thresholds.note is 1.5; expected a number from 0 to 1"),
    ("note = 0.3", "note = nan", "thresholds.note is nan; expected a number from 0 to 1"),
    ("note = 0.3", 'note = "low"', "thresholds.note is 'low'; expected a number from 0 to 1"),
    ("note = 0.3", "note = true", "thresholds.note is true; expected a number from 0 to 1"),
    ("note = 0.3\n", "", "thresholds.note is missing"),
    ("parts = 32", "parts = 0", "bounds.parts is 0; expected a whole number from 1 to 32"),
    ("parts = 32", "parts = 1.5", "bounds.parts is 1.5; expected a whole number from 1 to"),
    (
        "part_length = 4000",
        "part_length = 4000000000",
        "bounds.part_length is 4000000000; expected a whole number from 1 to 4000, so that no post",
    ),
    ("parts = 32", "parts = 33", "bounds.parts is 33; expected a whole number from 1 to 32"),
    ("post_length = 6000", "post_length = 6001", "expected a whole number from 1 to 6000"),
    ("hours = 24\nposts", "hours = -1\nposts", "memory.hours is -1; expected a number above 0"),
    ("[bounds]", "[bound]", "bound is an unknown key; did you mean 'bounds'?"),
    ("[thresholds]", "numbers = 3\n[thresholds]", "numbers is 3; expected a table"),
    (
        "[memory]",
        "[rule_thresholds.hate]\nremove = 0.9\n[memory]",
        "rule_thresholds.hate is for no detector",
    ),
    (
        "[memory]",
        "[rule_thresholds.language]\nreview = 0.96\n[memory]",
        "rule_thresholds.language: thresholds must rise",
    ),
    ("[memory]", "[numbers.hate]\nx = 1\n[memory]", "numbers.hate is for no detector"),
    (
        "[memory]",
        "[numbers.language]\nletters = 4\nleters = 4\n[memory]",
        "numbers.language.leters is read by nobody; did you mean 'letters'?",
    ),
    ("[memory]", "[memory]\n", "numbers.language.letters is missing; the detector of language"),
    (
        "[memory]",
        "[numbers.language]\nletters = 'four'\n[memory]",
        "numbers.language.letters is 'four'; expected a finite number",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    """A mistake is one sentence with file, key, value and what was expected."""
    assert right in MINIMAL
    path = _file(tmp_path, MINIMAL.replace(right, wrong, 1))

    policy, problems = read_policy(path, {"language": frozenset({"letters"})})

    assert policy is None
    assert any(said in problem for problem in problems), problems
    assert all(str(path) in problem for problem in problems)


def test_a_section_that_an_older_file_lacks_is_told_with_where_to_find_it(tmp_path: Path) -> None:
    """Who keeps numbers of their own and updates Concord reads what to do, not only what lacks."""
    text = MINIMAL[: MINIMAL.index("[brake]")]

    _, problems = read_policy(_file(tmp_path, text), {"language": frozenset({"letters"})})

    wanted = "brake is missing; copy the section [brake] from the policy.toml of this version"
    assert any(problem.endswith(wanted) for problem in problems), problems


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Types, unknown keys and tables for no detector come in one go."""
    text = MINIMAL.replace("0.3", "'a'").replace("[bounds]", "[bound]") + "[numbers.x]\ny = 1\n"

    _, problems = read_policy(_file(tmp_path, text), {})

    assert len(problems) == 4, problems  # bounds is missing too


def test_every_number_of_every_detector_has_a_unit() -> None:
    """No number that a detector reads may be just anything."""
    free = [name for names in READS.values() for name in names if unit_problem(name, -1) is None]
    strange = [
        name
        for names in READS.values()
        for name in names
        if "has no unit" in str(unit_problem(name, -1))
    ]

    assert (free, strange) == ([], [])


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("near_ratio", "85", "is 85; expected a number from 0 to 1"),
        ("near_ratio", "-1", "is -1; expected a number from 0 to 1"),
        ("remove_copies", "3.5", "is 3.5; expected a whole number from 1 to 1000"),
        ("remove_copies", "0", "is 0; expected a whole number from 1 to 1000"),
        ("phone_windows", "-8", "is -8; expected a whole number from 0 to 16"),
        ("phone_windows", "4000000000", "expected a whole number from 0 to 16"),
        ("window_seconds", "-5", "is -5; expected a number above 0 and up to 1,000,000"),
        ("window_seconds", "0", "is 0; expected a number above 0"),
        ("window_seconds", "inf", "is inf; expected a finite number"),
        ("min_letters", "-1", "is -1; expected a whole number from 0 to 4000"),
        ("compared_posts", "5000", "is 5000; expected a whole number from 0 to 100"),
        ("sharpness", "3", "has no unit at the end of its name; expected one of authors, copies"),
    ],
)
def test_a_number_is_one_of_its_unit(name: str, wrong: str, said: str, tmp_path: Path) -> None:
    """Counts are whole, shares lie between 0 and 1, times pass; and no number costs 50 ms."""
    path = _file(tmp_path, f"{MINIMAL}[numbers.language]\n{name} = {wrong}\n")

    policy, problems = read_policy(path, {"language": frozenset({name})})

    assert policy is None
    assert len(problems) == 1, problems
    assert f"numbers.language.{name} " in problems[0]
    assert said in problems[0]


def test_a_number_in_its_bounds_is_read(tmp_path: Path) -> None:
    """The ends belong to the bounds."""
    text = f"{MINIMAL}[numbers.language]\na_ratio = 1\nb_ratio = 0.0\nc_copies = 1\n"

    policy, problems = read_policy(
        _file(tmp_path, text), {"language": frozenset({"a_ratio", "b_ratio", "c_copies"})}
    )

    assert policy is not None, problems


def test_what_was_expected_comes_in_one_order(tmp_path: Path) -> None:
    """The names a detector reads are told sorted, in every run."""
    names = frozenset(f"{letter}_copies" for letter in "zqxjkv")
    path = _file(tmp_path, f"{MINIMAL}[numbers.language]\nunheard = 1\n")

    _, problems = read_policy(path, {"language": names})

    expected = "unheard is read by nobody; expected one of j_copies, k_copies, q_copies, v_copies"
    assert any(expected in problem for problem in problems), problems
