"""A script as a file: what it says, and every mistake named."""

from pathlib import Path

import pytest

from bot.demo.script import Happening, Script, Speech
from bot.demo.script_file import load_script
from bot.errors import ConfigurationError
from bot.files.folder import config_folder
from bot.files.guidelines import read_guidelines
from bot.model.action import Action
from bot.model.guidelines import Guidelines

COMMUNITY = """\
name = "Town"
posture = "act"
moderators = ["Moderator"]
[[board]]
name = "General"
channel = "general"
[[group]]
name = "Painters"
umbrella = "interest"
role = "Painters"
boards = ["General"]
"""
HEAD = """\
title = "A day"
community = "community.toml"
[[person]]
name = "Ada"
[[person]]
name = "Bea"
"""


@pytest.fixture(scope="module")
def guidelines() -> Guidelines:
    """Our own."""
    read = read_guidelines(config_folder() / "guidelines.toml").value
    assert read is not None
    return read


def _load(folder: Path, guidelines: Guidelines, scenes: str, head: str = HEAD) -> Script:
    (folder / "community.toml").write_text(COMMUNITY, "utf-8")
    path = folder / "script.toml"
    path.write_text(f'{head}[[scene]]\ntitle = "One"\n{scenes}', "utf-8")
    return load_script(path, guidelines)


def _problems(folder: Path, guidelines: Guidelines, scenes: str, head: str = HEAD) -> str:
    with pytest.raises(ConfigurationError) as raised:
        _load(folder, guidelines, scenes, head)
    return "\n".join(raised.value.problems)


SAID = '[[scene.step]]\nwho = "Ada"\non = "General"\nsays = "Hello"\nexpect = "allow"\n'


def test_our_own_script_is_sound_and_shows_all_five_rules(guidelines: Guidelines) -> None:
    """Every rule that has a detector, every action, an exception, an edit, a kill, a return."""
    script = load_script(config_folder() / "demo.toml", guidelines)
    speeches = list(script.speeches())

    found = {rule for one in speeches for rule in one.expected.rules}
    assert found == {"language", "contact-info", "solicitation", "vulgarity", "spam-repeat"}
    assert {one.expected.action for one in speeches} == set(Action)
    assert any(one.expected.excepted for one in speeches)
    assert any(one.edits for one in speeches)
    assert any(not person.takes_dms for person in script.people)
    assert any(one.happening is Happening.KILLED for one in speeches)


def test_our_own_script_explains_every_key_it_may_hold(guidelines: Guidelines) -> None:
    """The file is where its form is documented."""
    words = (config_folder() / "demo.toml").read_text("utf-8").split("\ntitle = ")[0]

    from bot.demo.script_shape import PersonShape, ScriptShape, StepShape

    keys = {*ScriptShape.model_fields, *PersonShape.model_fields, *StepShape.model_fields}
    missing = [key for key in keys if f"  {key} " not in words and f"[[{key}]]" not in words]
    assert [key for key in missing if f"[[scene.{key}]]" not in words] == []


def test_an_edit_stands_where_the_post_stands(tmp_path: Path, guidelines: Guidelines) -> None:
    """The board of an edit is that of the post it changes."""
    steps = (
        SAID
        + 'id = "hello"\n'
        + ('[[scene.step]]\nwho = "Ada"\nedits = "hello"\nsays = "Bye"\nexpect = "allow"\n')
    )

    _, edit = _load(tmp_path, guidelines, steps).scenes[0].steps

    assert isinstance(edit, Speech)
    assert edit.board == "General"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (SAID.replace('"Ada"', '"Adda"'), "who is 'Adda'; did you mean 'Ada'?"),
        (SAID.replace('"General"', '"Genral"'), "on is 'Genral'; did you mean 'General'?"),
        (SAID.replace('"allow"', '"delete"'), "expected one of allow, note, review, remove"),
        (SAID.replace('expect = "allow"\n', ""), "expect is missing"),
        (SAID + 'found = "vulgar"\n', "found has 'vulgar'; did you mean 'vulgarity'?"),
        (SAID + 'mood = "bad"\n', "mood is an unknown key"),
        (SAID + 'edits = "x"\n', "on and edits are both there"),
        (SAID.replace('on = "General"', 'edits = "x"'), "expected the id of an earlier step"),
        (SAID + 'id = "a"\n' + SAID + 'id = "a"\n', "id 'a' is there already"),
        (
            SAID
            + 'id = "a"\n'
            + SAID.replace('"Ada"', '"Bea"').replace('on = "General"', 'edits = "a"'),
            "a post by somebody else; expected one's own",
        ),
        ('[[scene.step]]\naside = "Well"\n', "nothing happens; expected says or bot"),
        ('[[scene.step]]\nbot = "killed"\n', "the bot stays killed at the end"),
        ('[[scene.step]]\nbot = "started"\n', "expected it alone, and after bot = 'killed'"),
        (SAID + 'bot = "killed"\n', "expected a post to remove"),
        (
            '[[scene.step]]\nbot = "killed"\n' * 2 + '[[scene.step]]\nbot = "started"\n',
            "expected it while the bot is running",
        ),
        (
            '[[scene.step]]\nbot = "killed"\nwho = "Ada"\n[[scene.step]]\nbot = "started"\n',
            "who without says",
        ),
    ],
)
def test_each_mistake_in_a_step_is_a_sentence(
    tmp_path: Path, guidelines: Guidelines, steps: str, sentence: str
) -> None:
    """It names the step, the value and what was expected."""
    told = _problems(tmp_path, guidelines, steps)

    assert sentence in told
    assert "script.toml: " in told


def test_people_are_checked_against_the_community(tmp_path: Path, guidelines: Guidelines) -> None:
    """Groups that exist, names that are unique; all mistakes at once."""
    head = HEAD + 'groups = ["Painter"]\n[[person]]\nname = "Ada"\n'

    told = _problems(tmp_path, guidelines, SAID, head)

    assert "person 'Bea': groups has 'Painter'; did you mean 'Painters'?" in told
    assert "person 'Ada': it is there more than once" in told


def test_a_community_file_that_is_wrong_is_told_by_its_own_sentences(
    tmp_path: Path, guidelines: Guidelines
) -> None:
    """Before the script is held against it."""
    head = HEAD.replace("community.toml", "elsewhere.toml")

    assert "elsewhere.toml: the file cannot be read" in _problems(tmp_path, guidelines, SAID, head)
