"""What else holds a member beside a sanction, in words: what the member lives with."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.model.ruling import Telling
from bot.model.sanction import ENDLESS, SanctionDraft, SanctionKind
from bot.text.escaping import escaped
from bot.wording.consequences import ends, now_lasts
from bot.wording.parts import moment

_FORBID: Final[Mapping[SanctionKind, Collection[SanctionKind]]] = MappingProxyType(
    {
        SanctionKind.TIMEOUT: {SanctionKind.BAN, SanctionKind.BOARD_REMOVAL},
        SanctionKind.BOARD_REMOVAL: {SanctionKind.BAN, SanctionKind.TIMEOUT},
        SanctionKind.GROUP_REMOVAL: {SanctionKind.BAN},
    }
)
"""Kinds that forbid something of what a member may do again when one of another kind is over."""


def beside(sanctions: Iterable[SanctionDraft], telling: Telling) -> Iterator[str]:
    """Yield to the member what holds longer than some sanctions, by other decisions."""
    for one in sanctions:
        if (other := longer(one, telling)) is not None:
            yield f"Another decision lasts longer: {_stays(other)}."


def over(ended: Iterable[SanctionDraft], telling: Telling) -> Iterator[str]:
    """Yield to the member what is as it was, or what other decisions hold still."""
    for one in ended:
        other = _held(one, telling)
        if other is not None and _is_shortened(one, other):
            yield now_lasts(other)
        else:
            yield _over(one, other, telling)


def _over(ended: SanctionDraft, other: SanctionDraft | None, telling: Telling) -> str:
    if other is None:
        forbidding = list(_forbidding(ended, telling))
        if forbidding:
            return (
                f"{_open_again(ended, forbidding)}, but {', and '.join(map(_stays, forbidding))}."
            )
        return ends(ended, back=_is_back(ended, telling))
    return f"One decision is over, but another still holds: {_stays(other)}."


def _forbidding(ended: SanctionDraft, telling: Telling) -> Iterator[SanctionDraft]:
    """Yield what forbids of what a member may do again: a ban everything, else each on its own."""
    kinds = _FORBID.get(ended.kind, ())
    ways = dict.fromkeys(_way(one) for one in telling.still if one.kind in kinds)
    if any(kind is SanctionKind.BAN for kind, _, _ in ways):
        ways = {way: None for way in ways if way[0] is SanctionKind.BAN}
    for way in ways:
        yield _last(one for one in telling.still if _way(one) == way)


def _open_again(ended: SanctionDraft, forbidding: Iterable[SanctionDraft]) -> str:
    match ended.kind:
        case SanctionKind.BOARD_REMOVAL:
            return f"The board **{escaped(ended.board or '', 100)}** is open to you again"
        case SanctionKind.GROUP_REMOVAL:
            return f"The group **{escaped(ended.group or '', 100)}** is open to you again"
        case _ if any(one.kind is SanctionKind.BAN for one in forbidding):
            return "Your timeout is over"
        case _:
            return "Your timeout is over: you can write again"


def longer(sanction: SanctionDraft, telling: Telling) -> SanctionDraft | None:
    """Return what another decision holds longer than a sanction; None where nothing does."""
    other = _held(sanction, telling)
    if other is None or sanction.until is None:
        return None
    return other if other.until is None or other.until > sanction.until else None


def _held(sanction: SanctionDraft, telling: Telling) -> SanctionDraft | None:
    """Return what other decisions hold in the same way: of several the one that ends last."""
    same = [one for one in telling.still if _way(one) == _way(sanction)]
    if not same or sanction.kind in ENDLESS:
        return None
    return _last(same)


def _last(several: Iterable[SanctionDraft]) -> SanctionDraft:
    """Return what ends last of several; there is one at least."""
    every = list(several)
    without = [one for one in every if one.until is None]
    return without[0] if without else max(every, key=lambda one: str(one.until))


def _is_back(ended: SanctionDraft, telling: Telling) -> bool | None:
    """Whether a group's role was given back; None where that is not known, or there is none."""
    if ended.role in telling.back:
        return True
    return False if ended.role in telling.not_back else None


def _is_shortened(ended: SanctionDraft, other: SanctionDraft) -> bool:
    """Whether what somebody did by hand took the place of a sanction, and ends earlier."""
    if not other.by_hand or ended.by_hand or other.until is None:
        return False
    return ended.until is None or other.until < ended.until


def _way(one: SanctionDraft) -> tuple[SanctionKind, str | None, str | None]:
    return one.kind, one.board, one.group


def _stays(other: SanctionDraft) -> str:
    end = "without end" if other.until is None else f"until {moment(other.until)}"
    match other.kind:
        case SanctionKind.BOARD_REMOVAL:
            what = f"the board **{escaped(other.board or '', 100)}** stays closed to you"
        case SanctionKind.GROUP_REMOVAL:
            what = f"the group **{escaped(other.group or '', 100)}** stays closed to you"
        case SanctionKind.BAN:
            what = "you stay removed from this community"
        case _:
            what = "you stay timed out"
    return f"{what} {end}"
