"""Rulings about what was done by hand, as drafts; pure functions."""

from collections.abc import Sequence
from datetime import datetime

from bot.docket import Versions
from bot.model.dossier import Dossier
from bot.model.manual_act import AUTOMOD, ActKind, ManualAct
from bot.model.ruling import (
    BY_AUTOMOD,
    BY_BOT,
    BY_NOBODY_KNOWN,
    KICKED,
    Change,
    Ending,
    RulingKind,
    Telling,
)
from bot.model.sanction import Sanction, SanctionDraft, SanctionState
from bot.moderation import effects
from bot.moderation.plan import Plan
from bot.ports import RulingDraft

_DONE = {
    ActKind.AUTOMOD_TIMEOUT: "Discord's AutoMod timed them out.",
    ActKind.AUTOMOD_QUARANTINE: (
        "Discord's AutoMod has quarantined them, for their name or profile breaks one of its rules."
    ),
}
_KICKED = {ActKind.KICK: (Change(KICKED, "", ""),)}


def by_hand(
    act: ManualAct, sanctions: Sequence[SanctionDraft], versions: Versions, more: str = ""
) -> RulingDraft:
    """Return the ruling that opens a case about an act.

    It names no rule, for nobody has said one, and so it counts for nothing; a moderator may add
    one. The member is not told: Discord has told them, and Concord would have no reason to give.

    Args:
        act: what was done.
        sanctions: what lasts of it.
        versions: by what posts are judged now.
        more: what moderators should know beside.
    """
    return RulingDraft(
        guild=act.guild,
        key=act.key,
        kind=RulingKind.BY_HAND,
        at=act.at,
        by=None if act.kind in AUTOMOD else act.actor,
        subject=act.target,
        internal=said(act, more),
        silent=True,
        tells=False,
        sanctions=tuple(sanctions),
        changes=(*_KICKED.get(act.kind, ()), *done_by(act)),
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
    )


def said(act: ManualAct, more: str = "") -> str:
    """Return what moderators read of an act beside who did it: what, why, and by which rule."""
    parts = (
        _DONE.get(act.kind, ""),
        f"AutoMod's rule: {act.automod_rule}" if act.automod_rule else "",
        f"Reason given in Discord: {act.reason}" if act.reason else "",
        more,
    )
    return "\n".join(part for part in parts if part)


def done_by(act: ManualAct) -> tuple[Change, ...]:
    """Return that no moderator did it, where that is so: nobody is told of one then."""
    if act.kind in AUTOMOD:
        return (Change(BY_AUTOMOD, "", ""),)
    if act.actor is None:
        return (Change(BY_NOBODY_KNOWN, "", ""),)
    return (Change(BY_BOT, "", str(act.actor)),) if act.by_app else ()


def lifted(act: ManualAct, dossier: Dossier, ended: Sequence[Sanction], versions: Versions) -> Plan:
    """Return the ruling that sanctions of a case count as lifted, for somebody ended them by hand.

    The member is told where they were told of the sanction. Of what was done by hand and ended by
    hand Concord has nothing to give back: if it is there again, somebody has done it again.
    """
    draft = _about(
        act,
        dossier,
        RulingKind.LIFTED,
        versions,
        internal=said(act, "Ended in Discord itself."),
        tells=not all(one.ordered.by_hand for one in ended),
        endings=tuple(Ending(one.id, SanctionState.LIFTED) for one in ended),
    )
    waiting = {one.id: effects.pending_end(one, dossier.intents) for one in ended}
    ours = tuple(one for one in ended if not one.ordered.by_hand)
    our_ends = tuple(end for one in ours if (end := waiting.pop(one.id)) is not None)
    return Plan(
        draft,
        _telling(draft, dossier, [one.ordered for one in ended]),
        dossier,
        ended=ours,
        dropped=tuple(end for end in waiting.values() if end is not None),
        rescheduled=tuple((end, act.at) for end in our_ends),
    )


def moved(
    act: ManualAct, dossier: Dossier, sanction: Sanction, until: datetime, versions: Versions
) -> Plan:
    """Return the ruling that a sanction made by hand ends at another time, by another hand."""
    change = Change(f"end of the {sanction.kind.value}", _end(sanction.until), _end(until))
    draft = _about(
        act,
        dossier,
        RulingKind.EDITED,
        versions,
        internal=said(act),
        tells=False,
        endings=(Ending(sanction.id, SanctionState.ACTIVE, until),),
        changes=(change,),
    )
    end = effects.pending_end(sanction, dossier.intents)
    return Plan(
        draft,
        _telling(draft, dossier, [sanction.ordered]),
        dossier,
        moved=((sanction, until),) if end is None else (),
        rescheduled=((end, until),) if end is not None else (),
    )


def asked(act: ManualAct, dossier: Dossier, what: Change, versions: Versions) -> RulingDraft:
    """Return the note that a moderator gave something back by hand; its line asks what was meant.

    Args:
        act: what was done.
        dossier: the case of the sanction.
        what: what was given back.
        versions: by what posts are judged now.
    """
    return _about(
        act,
        dossier,
        RulingKind.NOTED,
        versions,
        internal=said(act),
        tells=False,
        changes=(what,),
    )


def _about(
    act: ManualAct,
    dossier: Dossier,
    kind: RulingKind,
    versions: Versions,
    *,
    internal: str,
    tells: bool,
    endings: tuple[Ending, ...] = (),
    changes: tuple[Change, ...] = (),
) -> RulingDraft:
    rules = (one.rule for one in reversed(dossier.rulings) if one.rule is not None)
    return RulingDraft(
        guild=act.guild,
        key=act.key,
        kind=kind,
        at=act.at,
        by=act.actor,
        subject=dossier.case.author,
        subject_kind=dossier.case.author_kind,
        case=dossier.case.id,
        case_version=dossier.case.version,
        rule=next(rules, None),
        internal=internal,
        silent=not tells,
        tells=tells,
        endings=endings,
        changes=(*changes, *done_by(act)),
        closes=False,
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
    )


def _telling(draft: RulingDraft, dossier: Dossier, ended: Sequence[SanctionDraft]) -> Telling:
    return Telling(
        kind=draft.kind,
        at=draft.at,
        rule=draft.rule,
        ended=tuple(ended),
        reference=dossier.case.reference,
        changes=draft.changes,
    )


def _end(until: datetime | None) -> str:
    return until.strftime("%d %B %Y, %H:%M UTC") if until is not None else "none"
