"""Sanctions and what they need, as values for tests."""

from dataclasses import replace
from datetime import datetime

from bot.model.sanction import Sanction, SanctionDraft, SanctionKind, SanctionState
from tests.making import ADA, ART, GUILD, NOON, PAINTERS


def draft(kind: SanctionKind = SanctionKind.TIMEOUT, **changes: object) -> SanctionDraft:
    """Return a sanction's draft: of the board Art, of the group Painters."""
    places: dict[str, object] = {}
    if kind is SanctionKind.BOARD_REMOVAL:
        places = {"board": "art", "channel": ART}
    if kind is SanctionKind.GROUP_REMOVAL:
        places = {"group": "Painters", "role": PAINTERS}
    return replace(SanctionDraft(kind, **places), **changes)  # type: ignore[arg-type]


def sanction(
    kind: SanctionKind = SanctionKind.TIMEOUT,
    state: SanctionState = SanctionState.ACTIVE,
    *,
    number: int = 1,
    until: datetime | None = None,
    user: int = ADA,
    **changes: object,
) -> Sanction:
    """Return a committed sanction."""
    ordered = draft(kind, until=until, **changes)
    return Sanction(
        id=number,
        case=7,
        ruling=1,
        guild=GUILD,
        user=user,
        rule="vulgarity",
        at=NOON,
        ordered=ordered,
        state=state,
        until=until,
        ended_at=None,
        version=1,
    )
