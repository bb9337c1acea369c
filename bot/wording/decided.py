"""A ruling in a few words: who, what, when. For moderators only."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.model.ruling import Ruling, RulingKind
from bot.wording.parts import moment

VERBS: Mapping[RulingKind, str] = MappingProxyType(
    {
        RulingKind.REMOVED: "Removed",
        RulingKind.DECIDED: "Decided",
        RulingKind.BY_HAND: "Done by hand",
        RulingKind.LIFTED: "Lifted",
        RulingKind.VOIDED: "Voided",
        RulingKind.EDITED: "Changed",
        RulingKind.NOTED: "Noted",
        RulingKind.KEPT: "Looked at",
    }
)
"""What was done, at the beginning of a line."""


def who(ruling: Ruling) -> str:
    """Return who decided; what nobody did by hand was AutoMod's doing."""
    if ruling.by is not None:
        return f"<@{ruling.by}>"
    return "Discord's AutoMod" if ruling.kind is RulingKind.BY_HAND else "Concord"


def decided_by(ruling: Ruling) -> str:
    """Return a ruling as one line: "Voided by <@5> <t:…:R>"."""
    return f"{VERBS[ruling.kind]} by {who(ruling)} {moment(ruling.at, 'R')}"
