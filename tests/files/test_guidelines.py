"""The guidelines file: what ships, and what is said about mistakes in it."""

import re
from pathlib import Path

import pytest

from bot.files.folder import config_folder
from bot.files.guidelines import declared_rules, placeholders, read_guidelines
from bot.model.action import Action
from bot.model.guidelines import Guidelines, Rule
from bot.model.mode import Mode
from tests.shared import SHARED, need

SHIPPED = config_folder() / "guidelines.toml"

NUMBERED = {
    1: {"language"},
    2: {"solicitation"},
    3: {"contact-info", "private-communication", "doxing"},
    4: {"named-accusation"},
    5: {
        "vulgarity",
        "sexual",
        "minor-safety",
        "hate",
        "harassment",
        "threat",
        "dispute",
        "obscene-image",
        "impersonation",
    },
    6: {"disrespect"},
    7: {"politics"},
    8: {"spam-repeat", "report-abuse"},
    9: {"sanction-talk", "repost-removed"},
    10: {"negativity"},
    11: {"terms-violation", "leave-platform"},
    12: {"unsafe-download"},
    13: {"moderation-talk"},
    14: {"confidential"},
    15: {"discretion"},
}


@pytest.fixture(scope="module")
def shipped() -> Guidelines:
    """The guidelines that ship with Concord."""
    guidelines, problems = read_guidelines(SHIPPED)
    assert guidelines is not None, problems
    return guidelines


def test_every_guideline_has_its_rules(shipped: Guidelines) -> None:
    """Numbers and rule ids are those that records rely on."""
    found = {one.number: {rule.id for rule in one.rules} for one in shipped.guidelines}

    assert found == NUMBERED
    assert [rule.id for rule in shipped.care] == ["self-harm"]
    assert list(found) == sorted(found)


def test_what_protects_people_is_never_excepted(shipped: Guidelines) -> None:
    """Exactly these rules refuse every exception."""
    never = {rule.id for rule in shipped.rules() if not rule.exceptable}

    assert never == {
        "minor-safety",
        "hate",
        "threat",
        "doxing",
        "confidential",
        "harassment",
        "sexual",
    }


def test_matters_of_judgement_only_ever_ask(shipped: Guidelines) -> None:
    """Rules that need a human reading never remove, nor does the moderators' own rule."""
    asking = {rule.id for rule in shipped.rules() if rule.max_action is Action.REVIEW}

    assert asking == {
        "language",
        "named-accusation",
        "dispute",
        "harassment",
        "disrespect",
        "politics",
        "sanction-talk",
        "moderation-talk",
        "negativity",
        "leave-platform",
        "self-harm",
    }
    assert shipped.rule("discretion").moderators_only
    assert shipped.rule("discretion").max_action is Action.ALLOW


def test_no_default_mode_goes_beyond_what_its_rule_may_do(shipped: Guidelines) -> None:
    """A mode that promises removal belongs to a rule that may remove."""
    for rule in shipped.rules():
        assert rule.default_mode.cap <= rule.max_action, rule.id
        assert rule.moderators_only == (rule.default_mode is Mode.OFF), rule.id


def test_members_read_sentences(shipped: Guidelines) -> None:
    """What is fine and what to do instead are sentences with the platform's name in them."""
    for rule in shipped.rules():
        for words in (rule.permitted, rule.instead):
            assert words[0].isupper(), words
            assert words.endswith("."), words
            assert "{" not in words
    assert shipped.platform in shipped.rule("solicitation").instead


def test_links_that_are_examples_are_named(shipped: Guidelines) -> None:
    """Whoever forgets to set the official pages is told."""
    assert len(list(placeholders(shipped))) == len(shipped.links)


@pytest.mark.shared
def test_the_wording_is_our_own(shipped: Guidelines) -> None:
    """No six words in a row are those of the document the guidelines were written after."""
    seed = need(SHARED / "seed" / "community-guidelines.txt")
    ours = " ".join(
        " ".join((one.title, one.wording, *(_texts(rule) for rule in one.rules)))
        for one in shipped.guidelines
    )

    assert not _runs(ours) & _runs(seed.read_text("utf-8"))


def _texts(rule: Rule) -> str:
    return f"{rule.label} {rule.permitted} {rule.instead}"


def _runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z']+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


MISTAKES = [
    ('version = "1.0"', "version = 1.0", "version is 1.0; expected one line"),
    ("dated = 2026-11-22", 'dated = "soon"', "dated is 'soon'; expected a date such as"),
    ('version = "1.0"', 'version = "1.0"\ncolour = "red"', "colour is an unknown key"),
    ('severity = "minor"', 'severity = "tiny"', "severity is 'tiny'; expected one of minor, "),
    ("exceptable = true", 'exceptable = "yes"', "exceptable is 'yes'; expected true or false"),
    ("exceptable = true", "exceptible = true", "did you mean 'exceptable'?"),
    ("exceptable = true\n", "", "exceptable is missing"),
    ('max_action = "review"', 'max_action = "ban"', "expected one of allow, note, review, remove"),
    ('default_mode = "review"', 'default_mode = "on"', "expected one of off, observe, review, enf"),
    ('label = "Not in English"', f'label = "{"x" * 101}"', "expected one line of 1 to 100 char"),
    ('label = "Not in English"', 'label = ""', "label is ''; expected one line of 1 to 100 char"),
    ('id = "language"', 'id = "Language!"', "expected lower-case words joined by hyphens"),
    ('id = "language"', f'id = "{"long-" * 8}x"', "expected lower-case words joined by hyphens"),
    ('id = "solicitation"', 'id = "language"', "rule 'language' stands in guideline 1 and in gui"),
    ("number = 2", "number = 1", "guideline 1 comes after 1; expected rising numbers"),
    ("number = 2", 'number = "two"', "number is 'two'; expected a whole number from 1 on"),
    ("through {platform}", "through {plattform}", "only {platform} may stand in braces"),
    ('terms = "https:', 'terms = "ftp:', "expected an address that starts with https://"),
    ('max_action = "allow"', 'max_action = "note"', "expected 'allow', for only moderators may"),
    ("[links]", "[links", "this is not TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    """A mistake is one sentence with file, key, value and what was expected."""
    path = tmp_path / "guidelines.toml"
    text = SHIPPED.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")

    guidelines, problems = read_guidelines(path)

    assert guidelines is None
    assert any(said in problem for problem in problems), problems
    assert all(str(path) in problem for problem in problems)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Nobody has to run the check once for each mistake."""
    path = tmp_path / "guidelines.toml"
    text = SHIPPED.read_text("utf-8")
    wrong = text.replace('version = "1.0"', "version = 1").replace('"moderate"', '"medium"', 1)
    path.write_text(wrong.replace('id = "hate"', 'id = "threat"'), "utf-8")

    _, problems = read_guidelines(path)

    assert len(problems) == 3, problems


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"\xff", "byte 0 is not UTF-8"),
        (b"", "version is missing"),
        (b"#" * 1_000_001, "longer than 1000000 bytes"),
        (b"a = " + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_none_is_named(content: bytes | None, said: str, tmp_path: Path) -> None:
    """A file that is not there, not text or empty is said to be so."""
    path = tmp_path / "guidelines.toml"
    if content is not None:
        path.write_bytes(content)

    guidelines, problems = read_guidelines(path)

    assert guidelines is None
    assert said in problems[0]


def test_rules_of_a_broken_file_are_still_known(tmp_path: Path) -> None:
    """A mistake in one file does not hide what others say about its rules."""
    path = tmp_path / "guidelines.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace('version = "1.0"', ""), "utf-8")

    rules = declared_rules(path)

    assert rules["vulgarity"] is True
    assert rules["hate"] is False


def test_a_file_saved_by_other_editors_is_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends change nothing."""
    path = tmp_path / "guidelines.toml"
    text = SHIPPED.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))

    assert read_guidelines(path).value == read_guidelines(SHIPPED).value


@pytest.mark.parametrize("platform", ["5", '""', '"{name}"', "'a\tb'", '"{platform}"'])
def test_a_wrong_name_of_the_platform_is_one_mistake(platform: str, tmp_path: Path) -> None:
    """It is not told again for every text that speaks of the platform."""
    text, times = re.subn(
        r"^platform = .*$", f"platform = {platform}", SHIPPED.read_text("utf-8"), flags=re.MULTILINE
    )
    assert times == 1
    path = tmp_path / "guidelines.toml"
    path.write_text(text, "utf-8")

    guidelines, problems = read_guidelines(path)

    assert guidelines is None
    assert len(problems) == 1, problems
    assert ": platform is " in problems[0]
