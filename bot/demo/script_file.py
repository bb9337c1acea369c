"""A script and its community file, read and checked as a whole."""

from pathlib import Path

from bot.demo.script import Expected, Scene, Script, Speech, Turn
from bot.demo.script_check import problems as problems_of
from bot.demo.script_shape import ScriptShape, StepShape
from bot.errors import ConfigurationError
from bot.files._table import name_of, read_shape, read_table
from bot.files.community import load_community
from bot.model.guidelines import Guidelines


def load_script(path: Path, guidelines: Guidelines) -> Script:
    """Read a script and the community file that it names.

    Args:
        path: the script; the community file's path starts at its folder.
        guidelines: whose rules the script may name.

    Raises:
        ConfigurationError: with every problem of the file that is wrong.
    """
    file = name_of(path)
    table, problems = read_table(path)
    if table is None:
        raise ConfigurationError(problems)
    shape, problems = read_shape(ScriptShape, table, file)
    if shape is None:
        raise ConfigurationError(problems)
    community_file = path.parent / shape.community
    community = load_community(community_file, guidelines)
    problems = tuple(f"{file}: {one}" for one in problems_of(shape, community, guidelines))
    if problems:
        raise ConfigurationError(problems)
    boards: dict[str, str] = {}
    return Script(
        shape.title,
        community_file,
        community,
        shape.posture,
        people=tuple(person.build() for person in shape.person),
        scenes=tuple(
            Scene(scene.title, tuple(_step(step, boards) for step in scene.step))
            for scene in shape.scene
        ),
    )


def _step(step: StepShape, boards: dict[str, str]) -> Speech | Turn:
    """Return a step that was checked.

    Args:
        step: as it stands in the file.
        boards: where earlier posts stand, by the ids of their steps; this one's is added.
    """
    if step.says is None:
        assert step.bot is not None, "BUG: an empty step was not refused"
        return Turn(step.bot, step.aside)
    board = boards[step.edits] if step.edits is not None else step.on
    assert board is not None, "BUG: a post that stands nowhere was not refused"
    assert step.who is not None, "BUG: a post by nobody was not refused"
    assert step.expect is not None, "BUG: a post without an expectation was not refused"
    if step.id is not None:
        boards[step.id] = board
    return Speech(
        step.who,
        step.says,
        Expected(step.expect, frozenset(step.found), step.excepted),
        board,
        id=step.id,
        edits=step.edits,
        aside=step.aside,
        happening=step.bot,
    )
