"""Removals that were decided and not yet tried, turned into questions to moderators."""

from collections import defaultdict
from dataclasses import replace

from bot.docket import Versions
from bot.errors import StaleVersionError
from bot.model.case import Case
from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.moderation.carrying import Carrying
from bot.policy.brake import PAUSED, Brake
from bot.ports import Clock, RulingDraft, Store, Transaction

ATTEMPTS = 5
"""How often a case that changes meanwhile is looked at anew; chosen, not measured."""


async def hold_back(
    guild: int, brake: Brake, store: Store, clock: Clock, carrying: Carrying, versions: Versions
) -> tuple[int, tuple[int, ...]]:
    """Turn what the brake covers, and nobody has begun to remove, into questions.

    A removal that was tried before goes on: whether it happened is known only once it is settled.
    Nobody is told of what did not happen.

    Returns:
        How many removals are held back, and the cases in which there is something to do now.
    """
    waiting: defaultdict[int, list[Intent]] = defaultdict(list)
    for one in await store.unsettled():
        if one.guild == guild and _may_be_held(one):
            waiting[one.case].append(one)
    held = 0
    for case in waiting:
        for _ in range(ATTEMPTS):
            try:
                held += await _hold_back(case, brake, store, clock, carrying, versions)
            except StaleVersionError:  # something of the case was settled meanwhile
                continue
            break
    return held, tuple(waiting)


def _may_be_held(intent: Intent) -> bool:
    return (
        intent.kind is IntentKind.DELETE
        and intent.ruling is None
        and intent.state is IntentState.PENDING
    )


async def _hold_back(
    case_id: int,
    brake: Brake,
    store: Store,
    clock: Clock,
    carrying: Carrying,
    versions: Versions,
) -> int:
    dossier = await store.dossier(case_id)
    assert dossier is not None, "BUG: an intent without a case"
    case = dossier.case
    covered = {
        post.message
        for post in case.posts
        if brake.held_back(case.guild, post).action is not post.action
    }
    found = [one for one in dossier.intents if _may_be_held(one) and one.message in covered]
    under_way = carrying.call_off(found)
    held = [one for one in found if one.id not in under_way]
    if not held:
        return 0
    draft = _ruling(case, held, versions, clock)
    logged = any(one.kind is IntentKind.LOG for one in dossier.intents)

    async def work(tx: Transaction) -> None:
        for one in held:
            dropped = replace(one, state=IntentState.DROPPED, outcome=f"not removed: {PAUSED}")
            await tx.settle(dropped, draft.at)
        await tx.rule(draft)
        await tx.ask_instead(case.id, draft.removes, PAUSED)
        if logged:
            edit = IntentDraft(IntentKind.LOG_EDIT, f"log-edit:{draft.key}")
            await tx.add_intent(case.id, edit, draft.at)

    try:
        await store.write(work)
    except BaseException:
        carrying.call_back(held)
        raise
    return len(held)


def _ruling(case: Case, held: list[Intent], versions: Versions, clock: Clock) -> RulingDraft:
    """Return Concord's own ruling that takes back what it had decided."""
    return RulingDraft(
        guild=case.guild,
        key=f"held-back:{case.id}:{case.version}",
        kind=RulingKind.VOIDED,
        at=clock.now(),
        by=None,
        subject=case.author,
        subject_kind=case.author_kind,
        case=case.id,
        case_version=case.version,
        removes=tuple(one.message for one in held if one.message is not None),
        internal=PAUSED,
        silent=True,
        tells=False,
        closes=False,
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
    )
