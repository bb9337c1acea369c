"""The community file: boards, Community Groups, exceptions, posture and modes of one guild."""

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from bot.errors import ConfigurationError
from bot.files._community_shape import CommunityShape, Known
from bot.files._table import Read, name_of, read_shape, read_table
from bot.files._toml import Value, line, section
from bot.model.community import Community, Place, RuleException
from bot.model.guidelines import Guidelines
from bot.model.mode import Mode
from bot.policy.languages import can_be_found

_ANY: Mapping[str, AbstractSet[str]] = MappingProxyType({})


def load_community(
    path: Path, guidelines: Guidelines, kinds: Mapping[str, AbstractSet[str]] = _ANY
) -> Community:
    """Read a community file.

    Args:
        path: the file.
        guidelines: the rules it may name.
        kinds: as of :func:`read_community`.

    Raises:
        ConfigurationError: with every problem of the file, among them rules, boards or groups that
            do not exist, and exceptions from rules that never have any.
    """
    community, problems = read_community(
        path, {rule.id: rule.exceptable for rule in guidelines.rules()}, kinds
    )
    if community is None:
        raise ConfigurationError(problems)
    return community


def read_community(
    path: Path, rules: Mapping[str, bool], kinds: Mapping[str, AbstractSet[str]] = _ANY
) -> Read[Community]:
    """Read a community file; problems name file, key, value and expectation.

    Args:
        path: the file.
        rules: whether a rule may be excepted, by rule id; empty if rules are not to be checked.
        kinds: which kinds of evidence can be found, by rule id; what an exception says about those
            of a rule that is missing is not checked.
    """
    table, problems = read_table(path)
    if table is None:
        return Read(None, problems)
    known = Known(rules, tuple(_names(table, "board")), tuple(_names(table, "group")), kinds)
    shape, problems = read_shape(CommunityShape, table, name_of(path), known)
    problems = (*problems, *_repeated(table, name_of(path)))
    if shape is None or problems:
        return Read(None, problems)
    community = Community(
        name=shape.name,
        posture=shape.posture,
        boards=tuple(board.build() for board in shape.board),
        groups=tuple(group.build() for group in shape.group),
        exceptions=tuple(exception.build() for exception in shape.exception),
        modes=MappingProxyType(dict(shape.modes)),
        moderators=tuple(place.build() for place in shape.moderators),
        admins=tuple(place.build() for place in shape.admins),
        log=shape.log.build() if shape.log is not None else None,
        public_log=shape.public_log.build() if shape.public_log is not None else None,
        excluded=tuple(place.build() for place in shape.excluded),
        screen_unmapped=shape.screen_unmapped,
    )
    problems = tuple(f"{name_of(path)}: {problem}" for problem in _clashes(community))
    return Read(None, problems) if problems else Read(community)


def _names(table: Mapping[str, object], key: str) -> Iterator[str]:
    entries = table.get(key)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("name"), str):
            yield entry["name"]


def _repeated(table: Mapping[str, object], file: str) -> Iterator[str]:
    for key in ("board", "group"):
        for name, times in Counter(_names(table, key)).items():
            if times > 1:
                yield f"{file}: {key} {name!r} is there {times} times; expected each name once"


def _clashes(community: Community) -> Iterator[str]:
    """Yield where channels are used for two things that exclude each other."""
    channels = Counter(board.channel for board in community.boards)
    for place, times in channels.items():
        if times > 1:
            yield f"channel {place.name!r} belongs to {times} boards; expected one board a channel"
    for place in community.excluded:
        if place in channels:
            yield f"channel {place.name!r} is a board and excluded too; expected one of the two"
    log = community.log
    if log is not None and log in channels:
        yield f"channel {log.name!r} is a board and the log; expected a log for staff only"
    if log is not None and log == community.public_log:
        yield (
            f"channel {log.name!r} is the log and the public log; "
            "expected two channels, since everyone may read the public one"
        )


def warnings(community: Community, now: datetime) -> Iterator[str]:
    """Yield what is allowed in a community but hardly meant.

    Args:
        community: what to look at.
        now: aware; exceptions that ended before it are named.
    """
    if community.posture is None:
        yield "no posture is chosen, so Concord only observes; set posture to observe, ask or act"
    if not community.moderators and not community.admins:
        yield "no moderators or admins are named, so only who may manage the server is staff"
    if community.log is None:
        yield "no log channel is named, so moderators see cases only when they ask for them"
    for group in community.groups:
        if not group.boards:
            yield f"group {group.name!r} has no boards, so its exceptions hold nowhere"
    for code in sorted(_languages(community)):
        if not can_be_found(code):
            yield f"language {code!r} is permitted, but is none that Concord can tell from others"
    for exception in community.exceptions:
        if exception.until is not None and not exception.holds_at(now):
            yield f"the exception {_said(exception)} ended on {exception.until.date()}"


def _languages(community: Community) -> frozenset[str]:
    by_exception = (one.kinds for one in community.exceptions if one.rule == "language")
    return frozenset().union(*(board.languages for board in community.boards), *by_exception)


def _said(exception: RuleException) -> str:
    where = f"group {exception.group!r}" if exception.group else f"board {exception.board!r}"
    return f"from {exception.rule} for {where}"


def write_community(community: Community) -> str:
    """Return a community as the text of a community file.

    Law: reading the text gives the same community.
    """
    head: dict[str, Value] = {"name": community.name}
    if community.posture is not None:
        head["posture"] = community.posture.value
    head["screen_unmapped"] = community.screen_unmapped
    head["moderators"] = [_place(place) for place in community.moderators]
    head["admins"] = [_place(place) for place in community.admins]
    if community.log is not None:
        head["log"] = _place(community.log)
    if community.public_log is not None:
        head["public_log"] = _place(community.public_log)
    head["excluded"] = [_place(place) for place in community.excluded]
    parts = ["\n".join(line(key, value) for key, value in head.items())]
    if community.modes:
        parts.append(section("[modes]", _modes(community.modes)))
    parts.extend(section("[[board]]", table) for table in _boards(community))
    parts.extend(section("[[group]]", table) for table in _groups(community))
    parts.extend(section("[[exception]]", _exception(one)) for one in community.exceptions)
    return "\n\n".join(parts) + "\n"


def _place(place: Place) -> Value:
    return place.name if place.id is None else {"name": place.name, "id": place.id}


def _modes(modes: Mapping[str, Mode]) -> dict[str, Value]:
    return {rule: mode.word for rule, mode in modes.items()}


def _boards(community: Community) -> Iterator[dict[str, Value]]:
    for board in community.boards:
        table: dict[str, Value] = {"name": board.name, "channel": _place(board.channel)}
        if board.purpose:
            table["purpose"] = board.purpose
        if board.languages:
            table["languages"] = sorted(board.languages)
        if board.modes:
            table["modes"] = _modes(board.modes)
        yield table


def _groups(community: Community) -> Iterator[dict[str, Value]]:
    for group in community.groups:
        table: dict[str, Value] = {
            "name": group.name,
            "umbrella": group.umbrella.value,
            "role": _place(group.role),
            "boards": sorted(group.boards),
        }
        if group.purpose:
            table["purpose"] = group.purpose
        yield table


def _exception(exception: RuleException) -> dict[str, Value]:
    table: dict[str, Value] = {"rule": exception.rule}
    if exception.board is not None:
        table["board"] = exception.board
    if exception.group is not None:
        table["group"] = exception.group
    if exception.kinds:
        key = "languages" if exception.rule == "language" else "kinds"
        table[key] = sorted(exception.kinds)
    if exception.until is not None:
        table["until"] = exception.until
    if exception.note:
        table["note"] = exception.note
    return table
