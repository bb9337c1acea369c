"""The community file: read, checked, written, and the same after both."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.detectors import discover
from bot.detectors._detector import kinds_by_rule
from bot.files.community import load_community, read_community, warnings, write_community
from bot.files.folder import config_folder
from bot.files.guidelines import declared_rules, read_guidelines
from bot.model.community import (
    Board,
    Community,
    CommunityGroup,
    Place,
    RuleException,
    Umbrella,
)
from bot.model.mode import Mode, Posture

EXAMPLE = config_folder() / "community.example.toml"
RULES = declared_rules(config_folder() / "guidelines.toml")
KINDS = kinds_by_rule(discover())
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _read(folder: Path, text: str) -> tuple[Community | None, tuple[str, ...]]:
    path = folder / "community.toml"
    path.write_text(text, "utf-8")
    return read_community(path, RULES, KINDS)


def test_the_example_can_be_used() -> None:
    """The example is read without a problem or a warning, and uses every part of the form."""
    guidelines = read_guidelines(config_folder() / "guidelines.toml").value
    assert guidelines is not None

    community = load_community(EXAMPLE, guidelines, KINDS)

    assert list(warnings(community, NOW)) == []
    assert {group.umbrella for group in community.groups} == set(Umbrella)
    assert community.board("Español") is not None
    assert any(one.until for one in community.exceptions)
    assert any(one.kinds for one in community.exceptions)
    assert any(one.board for one in community.exceptions)
    assert any(board.modes for board in community.boards)


_names = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp", "Zs")),
    min_size=1,
    max_size=12,
)
_places = st.builds(Place, _names, st.none() | st.integers(1, 2**63 - 1))
_modes = st.dictionaries(st.sampled_from(sorted(RULES)), st.sampled_from(Mode), max_size=3)
_codes = st.frozensets(st.sampled_from(["es", "fr", "hi", "uk"]), max_size=3)
_kinds = st.frozensets(st.sampled_from(["email", "invite", "show-case"]), max_size=2)
_times = st.none() | st.builds(
    timedelta, days=st.integers(-9000, 9000), microseconds=st.integers(0, 10**12)
).map(lambda distance: NOW + distance)


@st.composite
def _communities(draw: st.DrawFn) -> Community:
    board_names = draw(st.lists(_names, unique=True, max_size=4))
    group_names = draw(st.lists(_names, unique=True, max_size=3))
    channels = draw(
        st.lists(_places, unique=True, min_size=len(board_names) + 2, max_size=len(board_names) + 2)
    )
    some_boards = (
        st.frozensets(st.sampled_from(board_names)) if board_names else st.just(frozenset())
    )
    boards = tuple(
        Board(name, channel, draw(_names | st.just("")), draw(_codes), draw(_modes))
        for name, channel in zip(board_names, channels, strict=False)
    )
    groups = tuple(
        CommunityGroup(
            name, draw(st.sampled_from(Umbrella)), draw(_places), draw(some_boards), draw(_names)
        )
        for name in group_names
    )
    places = [(name, None) for name in board_names] + [(None, name) for name in group_names]
    exceptions = []
    for board, group in draw(st.lists(st.sampled_from(places), max_size=3)) if places else ():
        rule = draw(st.sampled_from(sorted(rule for rule, may in RULES.items() if may)))
        kinds = draw(_codes if rule == "language" else _kinds)
        exceptions.append(RuleException(rule, board, group, kinds, draw(_times), draw(_names)))
    return Community(
        name=draw(_names),
        posture=draw(st.none() | st.sampled_from(Posture)),
        boards=boards,
        groups=groups,
        exceptions=tuple(exceptions),
        modes=draw(_modes),
        moderators=tuple(draw(st.lists(_places, max_size=2))),
        admins=tuple(draw(st.lists(_places, max_size=2))),
        log=draw(st.sampled_from([None, channels[-1]])),
        public_log=draw(st.sampled_from([None, channels[-2], Place("decisions")])),
        excluded=tuple(draw(st.sampled_from([[], [channels[-2]]]))),
        screen_unmapped=draw(st.booleans()),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(community=_communities())
def test_what_is_written_is_read_again(community: Community, tmp_path: Path) -> None:
    """Writing a community and reading the text gives the same community."""
    path = tmp_path / "community.toml"
    path.write_text(write_community(community), "utf-8")

    assert read_community(path, RULES) == (community, ())


def test_names_that_need_care_survive(tmp_path: Path) -> None:
    """Quotes, backslashes and letters of all scripts come back as they were."""
    name = 'Off "topic" \\ déjà 🌱 \\u0041'
    community = Community(name, boards=(Board(name, Place(name, 5)),))

    assert _read(tmp_path, write_community(community)) == (community, ())


GOOD = """
name = "Here"
[[board]]
name = "Talk"
channel = "talk"
[[group]]
name = "Makers"
umbrella = "interest"
role = "Makers"
boards = ["Talk"]
[[exception]]
rule = "solicitation"
group = "Makers"
"""

MISTAKES = [
    ('name = "Here"', "name = 5", "name is 5; expected one line of 1 to 100 characters"),
    ('name = "Here"', 'nam = "Here"', "nam is an unknown key; did you mean 'name'?"),
    (
        'name = "Here"',
        'name = "Here"\nposture = "war"',
        "posture is 'war'; expected one of observe",
    ),
    (
        'name = "Here"',
        'name = "Here"\nmodes = { hat = "off" }',
        "modes.hat is not the id of a rule of the guidelines; did you mean 'hate'?",
    ),
    (
        'name = "Here"',
        'name = "Here"\nmodes = { hate = "no" }',
        "modes.hate is 'no'; expected one of",
    ),
    ('name = "Here"', 'name = "Here"\nlog = "talk"', "channel 'talk' is a board and the log"),
    (
        'name = "Here"',
        'name = "Here"\nlog = "staff"\npublic_log = "staff"',
        "channel 'staff' is the log and the public log; expected two channels",
    ),
    (
        'name = "Here"',
        'name = "Here"\nexcluded = ["talk"]',
        "channel 'talk' is a board and excluded",
    ),
    ('name = "Here"', 'name = "Here"\nadmins = "A"', "admins is 'A'; expected a list in square"),
    ('channel = "talk"', "channel = {}", "board[Talk].channel.name is missing"),
    (
        'channel = "talk"',
        'channel = { name = "t", id = -1 }',
        "channel.id is -1; expected an id as",
    ),
    ('channel = "talk"', 'channel = "t"\nlanguages = ["Spanish"]', "expected a code of ISO 639-1"),
    (
        'umbrella = "interest"',
        'umbrella = "fun"',
        "expected one of identity, industry, interest, im",
    ),
    ('boards = ["Talk"]', 'boards = ["Tolk"]', "group[Makers].boards[1] is 'Tolk'; expected the"),
    (
        'rule = "solicitation"',
        'rule = "solicit"',
        "exception[1].rule is 'solicit'; expected the id",
    ),
    (
        'rule = "solicitation"',
        'rule = "hate"',
        "expected a rule that may be excepted; hate never is",
    ),
    (
        'group = "Makers"',
        'group = "Maker"',
        "expected the name of a group of this file; did you mean",
    ),
    (
        'group = "Makers"',
        'group = "Makers"\nboard = "Talk"',
        "expected either a board or a group, and",
    ),
    ('group = "Makers"', "", "expected either a board or a group, and one of them only"),
    (
        'group = "Makers"',
        'group = "Makers"\nlanguages = ["es"]',
        "languages only with the rule 'lang",
    ),
    ('group = "Makers"', 'group = "Makers"\nuntil = 2027-01-01', "expected a time with its offset"),
    (
        'group = "Makers"',
        'group = "Makers"\nuntil = 2027-01-01T00:00:00',
        "expected a time with its offset",
    ),
    (
        'group = "Makers"',
        'group = "Makers"\nkinds = ["E Mail"]',
        "expected a kind of evidence in smal",
    ),
    (
        'group = "Makers"',
        'group = "Makers"\nkinds = ["showcases"]',
        "expected a kind of evidence that solicitation finds; did you mean 'showcase'?",
    ),
    ('channel = "talk"', 'channel = "t"\nlanguages = ["xx"]', "expected a code of ISO 639-1"),
    (
        "[[group]]",
        '[[board]]\nname = "Talk"\nchannel = "b"\n[[group]]',
        "board 'Talk' is there 2 times; expected each name once",
    ),
    (
        "[[group]]",
        '[[board]]\nname = "More"\nchannel = "talk"\n[[group]]',
        "channel 'talk' belongs to 2 boards",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    """A mistake is one sentence with file, key, value and what was expected."""
    assert _read(tmp_path, GOOD)[1] == ()
    assert right in GOOD

    community, problems = _read(tmp_path, GOOD.replace(right, wrong, 1))

    assert community is None
    assert any(said in problem for problem in problems), problems
    assert all(str(tmp_path / "community.toml") in problem for problem in problems)


@pytest.mark.parametrize("rule", sorted(rule for rule, may in RULES.items() if not may))
def test_no_exception_from_what_protects_people(rule: str, tmp_path: Path) -> None:
    """Each rule that never has exceptions refuses one by its name."""
    _, problems = _read(tmp_path, GOOD.replace("solicitation", rule))

    assert any(f"{rule} never is" in problem for problem in problems)


def test_what_is_hardly_meant_is_a_warning() -> None:
    """No posture, no staff, no log, no boards of a group, an odd language, an ended exception."""
    group = CommunityGroup("Makers", Umbrella.INTEREST, Place("Makers"), frozenset())
    ended = RuleException("solicitation", group="Makers", until=NOW - timedelta(days=1))

    board = Board("Talk", Place("talk"), languages=frozenset({"es", "id", "sp"}))

    said = list(warnings(Community("Here", None, (board,), (group,), (ended,)), NOW))

    assert len(said) == 6, said
    assert "language 'sp' is permitted, but is none" in said[-2]
    assert "ended on 2026-11-21" in said[-1]


def test_our_own_example_removes_nothing_as_it_is_shipped() -> None:
    """Whoever applies it unchanged only has posts watched, by every rule on every board."""
    document, _ = read_guidelines(config_folder() / "guidelines.toml")
    assert document is not None
    example = load_community(config_folder() / "community.example.toml", document)

    for rule in document.rules():
        for board in (None, *example.boards):
            assert example.mode(rule.id, rule.default_mode, board) <= Mode.OBSERVE


def test_kinds_of_a_rule_that_nothing_detects_yet_are_not_judged(tmp_path: Path) -> None:
    """Which kinds a rule has is known from its detector alone."""
    text = GOOD.replace('"solicitation"', '"politics"') + 'kinds = ["elections"]\n'

    assert _read(tmp_path, text)[1] == ()


def test_what_was_expected_stands_in_the_order_of_the_file(tmp_path: Path) -> None:
    """The names there are come as the admin wrote them, in every run."""
    boards = "".join(f'[[board]]\nname = "{n}"\nchannel = "c{n}"\n' for n in "zqxjkv")
    text = f'name = "Here"\n{boards}[[exception]]\nrule = "politics"\nboard = "Lounge"\n'

    _, problems = _read(tmp_path, text)

    assert any(problem.endswith("expected one of z, q, x, j, k, v") for problem in problems)
