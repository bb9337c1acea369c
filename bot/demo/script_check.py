"""What is wrong with a script beyond its form: names nobody has, steps that cannot be played."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.demo.script import Happening
from bot.demo.script_shape import PersonShape, ScriptShape, StepShape
from bot.files._sentences import did_you_mean
from bot.model.action import Action
from bot.model.community import Community
from bot.model.guidelines import Guidelines


def problems(shape: ScriptShape, community: Community, guidelines: Guidelines) -> Iterator[str]:
    """Yield a sentence for everything that keeps a script from being played."""
    names = [person.name for person in shape.person]
    for person in shape.person:
        for problem in _wrong_person(person, names, community):
            yield f"person {person.name!r}: {problem}"
    steps = _Steps(names, community, [rule.id for rule in guidelines.rules()])
    for scene in shape.scene:
        for number, step in enumerate(scene.step, 1):
            for problem in steps.wrong_with(step):
                yield f"scene {scene.title!r}, step {number}: {problem}"
    if not steps.running:
        yield "the bot stays killed at the end; expected bot = 'started' as the last step"


def _wrong_person(person: PersonShape, names: Sequence[str], community: Community) -> Iterator[str]:
    if names.count(person.name) > 1:
        yield "it is there more than once; expected each name once"
    groups = [group.name for group in community.groups]
    for group in person.groups:
        if group not in groups:
            yield f"groups has {group!r}; {did_you_mean(group, groups)}"
    if person.staff and not community.moderators:
        yield "staff is true; expected a community that names moderators"


@dataclass
class _Steps:
    """Goes through the steps in order, knowing what was before."""

    people: Sequence[str]
    community: Community
    rules: Sequence[str]
    running: bool = True
    said: dict[str, str | None] = field(default_factory=dict)
    """Who wrote a post, by the step's id."""

    def wrong_with(self, step: StepShape) -> Iterator[str]:
        if step.bot is not None:
            yield from self._wrong_turn(step)
            self.running = step.bot is Happening.STARTED
        if step.says is not None:
            yield from self._wrong_speech(step)
        elif step.bot is None:
            yield "nothing happens; expected says or bot"
        elif extra := sorted(step.model_fields_set - {"bot", "aside"}):
            yield f"{', '.join(extra)} without says; expected bot and aside alone"
        if step.id is not None:
            self.said[step.id] = step.who

    def _wrong_turn(self, step: StepShape) -> Iterator[str]:
        if step.bot is Happening.KILLED:
            if not self.running:
                yield "bot is 'killed'; expected it while the bot is running"
            if step.says is not None and step.expect is not Action.REMOVE:
                yield "bot is 'killed' once the post is gone; expected a post to remove"
        elif self.running or step.says is not None:
            yield "bot is 'started'; expected it alone, and after bot = 'killed'"

    def _wrong_speech(self, step: StepShape) -> Iterator[str]:
        if step.who is None or step.who not in self.people:
            yield f"who is {step.who!r}; {did_you_mean(step.who or '', self.people)}"
        if step.expect is None:
            words = ", ".join(action.word for action in Action)
            yield f"expect is missing; expected one of {words}"
        if step.id is not None and step.id in self.said:
            yield f"id {step.id!r} is there already; expected each id once"
        for rule in step.found:
            if rule not in self.rules:
                yield f"found has {rule!r}; {did_you_mean(rule, self.rules)}"
        yield from self._wrong_place(step) if step.edits is None else self._wrong_edit(step)

    def _wrong_place(self, step: StepShape) -> Iterator[str]:
        if step.on is None or self.community.board(step.on) is None:
            boards = [board.name for board in self.community.boards]
            yield f"on is {step.on!r}; {did_you_mean(step.on or '', boards)}"

    def _wrong_edit(self, step: StepShape) -> Iterator[str]:
        if step.on is not None:
            yield "on and edits are both there; expected one of the two"
        if step.edits not in self.said:
            yield f"edits is {step.edits!r}; expected the id of an earlier step"
        elif self.said[step.edits] != step.who:
            yield f"edits is {step.edits!r}, a post by somebody else; expected one's own"
