"""What changes between two descriptions of a community, in lines an admin reads before agreeing."""

from collections.abc import Iterator, Mapping, Sequence

from bot.model.community import Board, Community, CommunityGroup, Place, RuleException
from bot.model.mode import Mode


def difference(old: Community | None, new: Community) -> tuple[str, ...]:
    """Return one line for each thing added (+), removed (-) or changed (~); empty if nothing is."""
    return tuple(_difference(old or Community(name=""), new))


def _difference(old: Community, new: Community) -> Iterator[str]:
    yield from _value("name", old.name or "none", new.name)
    yield from _value("posture", _posture(old), _posture(new))
    yield from _places("moderators' log", _one(old.log), _one(new.log))
    yield from _places("public log", _one(old.public_log), _one(new.public_log))
    yield from _places("moderators", old.moderators, new.moderators)
    yield from _places("admins", old.admins, new.admins)
    yield from _places("excluded channels", old.excluded, new.excluded)
    yield from _value("channels that are no board", _unmapped(old), _unmapped(new))
    yield from _modes("", old.modes, new.modes)
    yield from _named("board", _by_name(old.boards), _by_name(new.boards))
    for board in new.boards:
        before = old.board(board.name)
        yield from _modes(
            f" on board {board.name!r}", before.modes if before is not None else {}, board.modes
        )
    yield from _named("group", _by_name(old.groups), _by_name(new.groups))
    yield from _named("exception", _by_words(old.exceptions), _by_words(new.exceptions))


def _value(what: str, old: str, new: str) -> Iterator[str]:
    if old != new:
        yield f"~ {what}: {old} → {new}"


def _named(what: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    yield from (f"- {what} {name!r}" for name in old if name not in new)
    yield from (f"+ {what} {name!r}" for name in new if name not in old)
    yield from (f"~ {what} {name!r}" for name in new if name in old and old[name] != new[name])


def _modes(where: str, old: Mapping[str, Mode], new: Mapping[str, Mode]) -> Iterator[str]:
    for rule in sorted({*old, *new}):
        before = old[rule].word if rule in old else "as the posture says"
        after = new[rule].word if rule in new else "as the posture says"
        yield from _value(f"mode of {rule}{where}", before, after)


def _by_name(things: Sequence[Board | CommunityGroup]) -> dict[str, object]:
    return {thing.name: thing for thing in things}


def _by_words(exceptions: Sequence[RuleException]) -> dict[str, frozenset[RuleException]]:
    """Group exceptions that read alike: they differ in their notes, or in seconds of their ends."""
    grouped: dict[str, frozenset[RuleException]] = {}
    for one in exceptions:
        words = _exception(one)
        grouped[words] = grouped.get(words, frozenset()) | {one}
    return grouped


def _exception(exception: RuleException) -> str:
    where = (
        f"group {exception.group}" if exception.group is not None else f"board {exception.board}"
    )
    kinds = f" ({', '.join(sorted(exception.kinds))})" if exception.kinds else ""
    until = f" until {exception.until:%Y-%m-%d %H:%M} UTC" if exception.until is not None else ""
    return f"{exception.rule}{kinds} for {where}{until}"


def _posture(community: Community) -> str:
    return community.posture.value if community.posture is not None else "not chosen (observe)"


def _places(what: str, old: Sequence[Place], new: Sequence[Place]) -> Iterator[str]:
    if old == new:
        return
    before, after = _names(old), _names(new)
    if before == after:
        # Deleted and made anew under the same name: only the ids tell them apart.
        before, after = _ids(old), _ids(new)
    yield from _value(what, before, after)


def _one(place: Place | None) -> tuple[Place, ...]:
    return (place,) if place is not None else ()


def _names(places: Sequence[Place]) -> str:
    return ", ".join(place.name for place in places) or "none"


def _ids(places: Sequence[Place]) -> str:
    return ", ".join(f"{place.name} ({place.id})" for place in places)


def _unmapped(community: Community) -> str:
    return "screened where everyone can see them" if community.screen_unmapped else "not screened"
