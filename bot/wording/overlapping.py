"""What else holds a member beside a sanction, in words: what the member lives with."""

from collections.abc import Iterable, Iterator

from bot.model.ruling import Telling
from bot.model.sanction import ENDLESS, SanctionDraft, SanctionKind
from bot.text.escaping import escaped
from bot.wording.consequences import ends, now_lasts
from bot.wording.parts import moment


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
        return ends(ended, back=_is_back(ended, telling))
    return f"One decision is over, but another still holds: {_stays(other)}."


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
    without = [one for one in same if one.until is None]
    return without[0] if without else max(same, key=lambda one: str(one.until))


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
