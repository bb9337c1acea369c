"""What a notice about a committed ruling has to say: what was done, not what was meant to be."""

from dataclasses import replace

from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from bot.model.ruling import Ruling, RulingKind, Telling
from bot.model.sanction import Sanction, SanctionDraft, SanctionState


def telling_of(dossier: Dossier, ruling: Ruling) -> Telling:
    """Return what the member is told of a ruling, as far as it was carried out.

    A sanction that could not be put in force is not told of, nor is a post that still stands, nor
    an end that Discord refused. What is still under way counts as done: it is told of before, as
    a ban has to be.
    """
    removes = frozenset(ruling.removes)
    about = tuple(post for post in dossier.case.posts if post.message in removes)
    others = tuple(
        post
        for post in dossier.case.posts
        if post.ruling == ruling.id and post.message not in removes
    )
    failed = {
        (one.kind, one.message)
        for one in dossier.intents
        if one.state in (IntentState.FAILED, IntentState.UNKNOWN)
    }
    if ruling.kind is RulingKind.VOIDED:
        removed = about
    else:
        removed = tuple(post for post in about if (IntentKind.DELETE, post.message) not in failed)
    return Telling(
        kind=ruling.kind,
        at=ruling.at,
        rule=ruling.rule,
        words=ruling.words,
        sanctions=tuple(
            dossier.sanction(one).ordered
            for one in ruling.sanctions
            if dossier.sanction(one).state is not SanctionState.FAILED
        ),
        ended=tuple(_ended(dossier, ruling)),
        removed=removed,
        reference=dossier.case.reference,
        changes=ruling.changes,
        about=others,
        restored=any(
            one.kind is IntentKind.RESTORE
            and one.ruling == ruling.id
            and one.state is IntentState.DONE
            for one in dossier.intents
        ),
    )


def says_nothing(telling: Telling) -> bool:
    """Whether nothing of a ruling came about, so that there is nothing to tell of."""
    if telling.kind in (RulingKind.EDITED, RulingKind.KEPT, RulingKind.NOTED):
        return False
    return not (telling.sanctions or telling.ended or telling.removed)


def _ended(dossier: Dossier, ruling: Ruling) -> list[SanctionDraft]:
    refused = {
        one.sanction
        for one in dossier.intents
        if one.kind is IntentKind.END and one.state in (IntentState.FAILED, IntentState.UNKNOWN)
    }
    ended = []
    for ending in ruling.endings:
        sanction = dossier.sanction(ending.sanction)
        if sanction.id in refused or not was_in_force(dossier, sanction, ruling):
            continue
        moved = ending.state is SanctionState.ACTIVE
        ended.append(replace(sanction.ordered, until=ending.until if moved else sanction.until))
    return ended


def was_in_force(dossier: Dossier, sanction: Sanction, ruling: Ruling) -> bool:
    """Whether a ruling ended a sanction that was in force: what was over is not told of again."""
    if sanction.until is not None and sanction.until <= ruling.at:
        return False
    lifted_before = any(
        ending.sanction == sanction.id and ending.state is SanctionState.LIFTED
        for earlier in dossier.rulings
        if earlier.id < ruling.id
        for ending in earlier.endings
    )
    applied = (
        one
        for one in dossier.intents
        if one.kind is IntentKind.APPLY and one.sanction == sanction.id
    )
    failed = any(one.state in (IntentState.FAILED, IntentState.UNKNOWN) for one in applied)
    return not lifted_before and not failed
