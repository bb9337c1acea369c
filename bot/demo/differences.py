"""Where what happened is not what the script expects, in sentences."""

from collections.abc import Iterable, Iterator, Mapping

from bot.demo.facts import Outcome
from bot.model.action import Action

_DONE = {
    Action.ALLOW: "left alone",
    Action.NOTE: "noted",
    Action.REVIEW: "brought to the moderators",
    Action.REMOVE: "removed",
}


def differences(outcomes: Iterable[Outcome], letters: Mapping[str, int]) -> Iterator[str]:
    """Yield one sentence for each thing that is not as expected.

    Args:
        outcomes: of every post and every change of one.
        letters: how often each notice and each line of the log was found, by its mark.
    """
    for outcome in outcomes:
        yield from _in_one(outcome)
    for mark, times in letters.items():
        if times > 1:
            yield f"The message {mark!r} came {times} times; expected it once."


def _in_one(outcome: Outcome) -> Iterator[str]:
    wanted = outcome.speech.expected
    what = f"{outcome.speech.who}'s post in #{outcome.channel}"
    if outcome.action is not wanted.action:
        yield f"{what} was {_DONE[outcome.action]}; expected it {_DONE[wanted.action]}."
        return
    if outcome.told:
        found = {one.rule for one in outcome.seen}
        if found != wanted.rules:
            yield f"In {what} was found: {_listed(found)}; expected: {_listed(wanted.rules)}."
        if outcome.excepted is not wanted.excepted:
            word = "an" if outcome.excepted else "no"
            yield f"For {what} {word} exception held; expected the opposite."
    if outcome.action is Action.REMOVE and outcome.notice is None:
        yield f"{what} was removed, but {outcome.speech.who} was not told; expected a notice."
    if outcome.action is not Action.REMOVE and outcome.notice is not None:
        yield f"{what} stands, but {outcome.speech.who} got a notice; expected none."
    if outcome.action >= Action.REVIEW and outcome.card is None:
        yield f"{what} is not in the moderators' log; expected it there."


def _listed(rules: Iterable[str]) -> str:
    return ", ".join(sorted(rules)) or "nothing"
