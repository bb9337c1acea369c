"""What moderators read in their log about the brake."""

from collections.abc import Iterable
from hashlib import blake2b

from bot.model.order import Refusal
from bot.model.standing import Person
from bot.ports import Pause, Words
from bot.wording.parts import counted, joined

_NOT_STAFF = Refusal(("Only moderators may do this.",))


def refused(person: Person) -> Refusal | None:
    """Return the refusal of somebody who is no moderator, or None."""
    return None if person.is_staff else _NOT_STAFF


def paused(pause: Pause, held_back: int) -> Words:
    """Return the line that says that enforcement is paused."""
    first = (
        f"<@{pause.by}> turned enforcement into review for {_what(pause.rule)}. Nothing is removed "
        "by itself for it; moderators are asked instead, until somebody uses /resume."
    )
    lines = [first]
    if held_back:
        lines.append(held(held_back))
    return Words("Enforcement is paused", tuple(lines), reference="pause", alert=True)


def held(count: int) -> str:
    """Return how many removals are held back, as a sentence."""
    which = "1 removal that was" if count == 1 else f"{count} removals that were"
    return f"{which} about to happen {'is' if count == 1 else 'are'} held back."


def fell_back(rule: str, why: str, held_back: int) -> Words:
    """Return the line that says that a rule fell back to review by itself."""
    first = (
        f"{why} So it asks moderators from now on, and removes nothing by itself. Please have a "
        "look at what it removed: /restore-all gives it back, /resume lets the rule act again."
    )
    lines = [first]
    if held_back:
        lines.append(held(held_back))
    return Words(f"The rule {rule} only asks now", tuple(lines), reference="brake", alert=True)


def resumed(rule: str | None, by: int, left: Iterable[Pause]) -> Words:
    """Return the line that says that a pause is over, and what is paused still."""
    lines = (f"<@{by}> ended the pause of {_what(rule)}.", still(left))
    return Words("A pause is over", lines, reference="pause")


def still(left: Iterable[Pause]) -> str:
    """Return what is paused, as a sentence; nothing paused is said as well."""
    paused = [one.rule for one in left]
    if not paused:
        return "Nothing is paused: every rule works as it was set up."
    if None in paused:
        return "Every rule is paused still; /resume without a rule ends that."
    rules = joined([f"**{rule}**" for rule in paused])
    which = f"the rule {rules}" if len(paused) == 1 else f"the rules {rules}"
    return f"Paused still: {which}; /resume with a rule ends its pause. All others work."


def restored(by: int, rule: str | None, cases: int, posts: int, failed: int = 0) -> Words:
    """Return the line that says that automatic removals were given back."""
    first = (
        f"<@{by}> gave back {counted(posts, 'post')} in {counted(cases, 'case')} that Concord had "
        f"removed by itself, by {_what(rule)}. Each case says what became of it."
    )
    lines = [first]
    if failed:
        lines.append(
            f"{counted(failed, 'case')} could not be given back; /restore-all tries again."
        )
    return Words("Removed posts were given back", tuple(lines), reference="restore")


def key(*parts: object) -> str:
    """Return what tells one announcement from every other: 24 characters."""
    return blake2b("/".join(map(str, parts)).encode(), digest_size=12).hexdigest()


def _what(rule: str | None) -> str:
    return f"the rule **{rule}**" if rule is not None else "all rules"
