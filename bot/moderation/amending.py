"""Examining a change to a case: lift, void, edit, note, keep; pure functions.

Long, for the kinds of change stand side by side, so that they can be compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.docket import Versions
from bot.model.action import Action
from bot.model.case import CasePost, CaseState
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.order import Amendment, AmendmentOrder, Refusal
from bot.model.post import AuthorKind
from bot.model.ruling import Ending, RulingKind
from bot.model.sanction import ENDLESS, Sanction, SanctionDraft, SanctionState
from bot.model.standing import Standing
from bot.model.unechoed import is_unechoed
from bot.moderation import effects
from bot.moderation.drafting import confirmed, telling_of
from bot.moderation.editing import DECIDES, UNCHANGED, edit, edited_end
from bot.moderation.others import done_by
from bot.moderation.plan import Plan
from bot.moderation.validity import MOST_WORDS
from bot.policy.authority import refusals_to_change
from bot.policy.rungs import Ladder
from bot.ports import RulingDraft
from bot.telling import left_by_hand, told_by

_ACTED = (
    "In {case} Concord removed a post: confirm that by deciding the case, or give the post back by "
    "voiding it."
)

_KINDS = {
    Amendment.LIFT: RulingKind.LIFTED,
    Amendment.VOID: RulingKind.VOIDED,
    Amendment.EDIT: RulingKind.EDITED,
    Amendment.NOTE: RulingKind.NOTED,
    Amendment.KEEP: RulingKind.KEPT,
}


def plan(
    order: AmendmentOrder,
    dossier: Dossier,
    standing: Standing,
    guidelines: Guidelines,
    ladder: Ladder,
    versions: Versions,
    now: datetime,
) -> Plan | Refusal:
    """Return what a change would do, or why it may not be made; a pure function.

    Args:
        order: what is to be changed.
        dossier: the case as it is.
        standing: who asks, and the person it is about.
        guidelines: what rules there are.
        ladder: what breaches of them are worth.
        versions: by what it is decided.
        now: aware UTC.
    """
    assert standing.subject.user == dossier.case.author, "BUG: a standing about somebody else"
    chosen, unknown = _chosen(order, dossier)
    kinds = {one.kind for one in chosen if effects.is_shown(one, dossier.intents)}
    ends = kinds if order.amendment in (Amendment.LIFT, Amendment.VOID, Amendment.EDIT) else set()
    reasons = [
        *refusals_to_change(standing, ends, harsher=_harsher(order, dossier, chosen)),
        *unknown,
        *_texts(order),
    ]
    if reasons:
        return Refusal(tuple(dict.fromkeys(reasons)))
    draft = RulingDraft(
        guild=order.guild,
        key=order.key,
        kind=_KINDS[order.amendment],
        at=now,
        by=order.by,
        subject=dossier.case.author,
        subject_kind=dossier.case.author_kind,
        case=dossier.case.id,
        case_version=dossier.case.version,
        rule=_rule_of(dossier),
        words=order.words,
        internal=order.internal,
        silent=order.silent,
        closes=False,
        tells=standing.subject.is_somebody,
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
    )
    made = _planned(order, draft, dossier, chosen, guidelines, ladder)
    if isinstance(made, Refusal):
        return made
    changes = (*made.draft.changes, *confirmed(standing, order.by))
    return replace(made, draft=replace(made.draft, changes=changes))


def _planned(
    order: AmendmentOrder,
    draft: RulingDraft,
    dossier: Dossier,
    chosen: tuple[Sanction, ...],
    guidelines: Guidelines,
    ladder: Ladder,
) -> Plan | Refusal:
    match order.amendment:
        case Amendment.LIFT:
            return _lift(draft, dossier, chosen, draft.at)
        case Amendment.VOID:
            return _void(draft, dossier, chosen, draft.at, restore=order.restore)
        case Amendment.EDIT:
            edited = edit(order, draft, dossier, chosen, guidelines, ladder)
            if edited == UNCHANGED and order.internal.strip():  # a note is not lost for that
                return _note(replace(draft, kind=RulingKind.NOTED), dossier)
            return edited
        case Amendment.NOTE:
            return _note(draft, dossier)
        case Amendment.KEEP:
            return _keep(draft, dossier)


def given_back(
    dossier: Dossier, posts: tuple[CasePost, ...], by: int, versions: Versions, now: datetime
) -> Plan:
    """Return what gives posts back that Concord removed by itself; the public log stays silent.

    Args:
        dossier: their case.
        posts: those that are given back.
        by: the moderator who gives them back.
        versions: by what it is decided.
        now: aware UTC.
    """
    case = dossier.case
    back = {post.message for post in posts}
    left = [post for post in case.posts if post.message not in back]
    draft = RulingDraft(
        guild=case.guild,
        key=f"given-back:{case.id}:{case.version}",
        kind=RulingKind.VOIDED,
        at=now,
        by=by,
        subject=case.author,
        subject_kind=case.author_kind,
        case=case.id,
        case_version=case.version,
        rule=_rule_of(dossier),
        silent=True,
        tells=case.author_kind is AuthorKind.MEMBER,
        closes=not any(post.action >= Action.REVIEW for post in left),
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
    )
    return _taken_back(draft, dossier, (), posts, now, restore=True)


def _chosen(
    order: AmendmentOrder, dossier: Dossier
) -> tuple[tuple[Sanction, ...], tuple[str, ...]]:
    """Return the sanctions a change is about, and what is wrong with those it names."""
    if order.amendment is Amendment.VOID:  # the whole case was wrong
        standing = (
            one
            for one in dossier.sanctions
            if one.state is not SanctionState.VOIDED or effects.is_shown(one, dossier.intents)
        )
        return tuple(standing), ()
    known = {one.id: one for one in dossier.sanctions}
    if any(one not in known for one in order.sanctions):
        return (), (f"{dossier.case.reference} has no such sanction.",)
    named = tuple(known[one] for one in dict.fromkeys(order.sanctions))
    lasting = (one for one in named or dossier.sanctions if one.kind not in ENDLESS)
    if order.amendment is Amendment.LIFT:  # also once more, where Discord refused the end
        return tuple(one for one in lasting if effects.is_shown(one, dossier.intents)), ()
    return tuple(one for one in lasting if one.in_force), ()


def _harsher(order: AmendmentOrder, dossier: Dossier, chosen: tuple[Sanction, ...]) -> bool:
    """Whether an edit weighs more on the member: it lasts longer, or rests on another rule."""
    if order.amendment is not Amendment.EDIT:
        return False
    if order.rule is not None and order.rule != _rule_of(dossier):
        return True
    if not order.moves_end:
        return False
    ends = ((one.until, edited_end(order, one)) for one in chosen)
    return any(was is not None and (end is None or end > was) for was, end in ends)


def _texts(order: AmendmentOrder) -> Iterator[str]:
    for what, text in (("note to the member", order.words), ("internal note", order.internal)):
        if len(text) > MOST_WORDS:
            yield f"The {what} has {len(text)} characters; at most {MOST_WORDS} fit."


def _rule_of(dossier: Dossier) -> str | None:
    """Return the rule a case rests on now."""
    return next((one.rule for one in reversed(dossier.rulings) if one.rule is not None), None)


def _over(dossier: Dossier, words: str, *kinds: RulingKind) -> Refusal:
    """Return the refusal of what somebody has done already, with who did it."""
    last = next((one for one in reversed(dossier.rulings) if one.kind in kinds), None)
    if last is None:
        return Refusal((words,))
    return Refusal((words, done_by(dossier, last)), by_other=last.id)


def _lift(
    draft: RulingDraft, dossier: Dossier, chosen: tuple[Sanction, ...], now: datetime
) -> Plan | Refusal:
    if not chosen:
        words = f"In {dossier.case.reference} nothing is in force that could be lifted."
        return _over(dossier, words, RulingKind.LIFTED, RulingKind.VOIDED)
    endings = tuple(Ending(one.id, SanctionState.LIFTED) for one in chosen)
    draft = replace(draft, endings=endings)
    telling = replace(telling_of(draft, dossier), ended=tuple(_now(one) for one in chosen))
    return Plan(
        draft, telling, dossier, ended=chosen, rescheduled=_brought_forward(chosen, dossier, now)
    )


def _void(
    draft: RulingDraft,
    dossier: Dossier,
    chosen: tuple[Sanction, ...],
    now: datetime,
    *,
    restore: bool,
) -> Plan | Refusal:
    removed = tuple(post for post in dossier.case.posts if post.action is Action.REMOVE)
    if not chosen and not removed and _is_only_by_hand(dossier):
        # Nothing but the case and its guideline can be taken back: of that hears who heard of it.
        told = any(told_by(dossier))
        draft = replace(draft, tells=draft.tells and told, silent=draft.silent or not told)
    elif not chosen and not removed:
        words = f"Nothing of {dossier.case.reference} stands that could be taken back."
        return _over(dossier, words, RulingKind.VOIDED, RulingKind.KEPT)
    return _taken_back(replace(draft, closes=True), dossier, chosen, removed, now, restore=restore)


def _is_only_by_hand(dossier: Dossier) -> bool:
    """Whether a case stands for nothing but what was done by hand and is upheld by nobody."""
    kinds = (one.kind for one in reversed(dossier.rulings) if one.kind in DECIDES)
    return not dossier.sanctions and next(kinds, None) is RulingKind.BY_HAND


def _taken_back(
    draft: RulingDraft,
    dossier: Dossier,
    chosen: tuple[Sanction, ...],
    removed: tuple[CasePost, ...],
    now: datetime,
    *,
    restore: bool,
) -> Plan:
    """Return what a void of these sanctions and removals does."""
    shown = tuple(one for one in chosen if effects.is_shown(one, dossier.intents))
    deletes = {one.message: one for one in dossier.intents if one.kind is IntentKind.DELETE}
    untried = tuple(
        one
        for one in (deletes.get(post.message) for post in removed)
        if one is not None and one.state is IntentState.PENDING
    )
    given_back = tuple(
        post for post in removed if restore and _can_be_restored(post, deletes.get(post.message))
    )
    draft = replace(
        draft,
        removes=tuple(post.message for post in removed),
        endings=tuple(Ending(one.id, SanctionState.VOIDED) for one in chosen),
    )
    telling = replace(
        telling_of(draft, dossier),
        ended=tuple(_now(one) for one in shown),
        changes=(*draft.changes, *left_by_hand(dossier)),
        restored=bool(given_back),
        bare=sum(effects.lost_files(post, dossier.intents) for post in given_back),
    )
    return Plan(
        draft,
        telling,
        dossier,
        ended=shown,
        given_back=given_back,
        dropped=untried,
        rescheduled=(*_brought_forward(shown, dossier, now), *_called_off(removed, deletes, now)),
    )


def _called_off(
    removed: tuple[CasePost, ...], deletes: Mapping[int | None, Intent], now: datetime
) -> Iterator[tuple[Intent, datetime]]:
    """Yield the removals that wait to be tried again: their turn drops them, and lines say so."""
    for post in removed:
        one = deletes.get(post.message)
        if one is not None and one.state is IntentState.ATTEMPTED and one.not_before > now:
            yield one, now


def _note(draft: RulingDraft, dossier: Dossier) -> Plan | Refusal:
    if not draft.internal.strip():
        return Refusal(("A note needs words.",))
    # A note is for moderators: nothing of it may reach the member, words meant for them least.
    draft = replace(draft, words="", tells=False, silent=True)
    return Plan(draft, telling_of(draft, dossier), dossier)


def _keep(draft: RulingDraft, dossier: Dossier) -> Plan | Refusal:
    case = dossier.case
    if case.state is CaseState.CLOSED:
        return _over(dossier, f"{case.reference} is decided already.", *RulingKind)
    if case.state is CaseState.ACTED:
        return Refusal((_ACTED.format(case=case.reference),))
    draft = replace(draft, closes=True, tells=False)
    return Plan(draft, telling_of(draft, dossier), dossier)


def _now(sanction: Sanction) -> SanctionDraft:
    """Return a sanction as it stands: its end may have been moved since it was ordered."""
    return replace(sanction.ordered, until=sanction.until)


def _brought_forward(
    sanctions: tuple[Sanction, ...], dossier: Dossier, now: datetime
) -> tuple[tuple[Intent, datetime], ...]:
    """Return the waiting ends of sanctions that end now, and orders that wait to be tried again.

    The turn of such an order drops it, and lines say so.
    """
    ends = (effects.pending_end(one, dossier.intents) for one in sanctions)
    over = {one.id for one in sanctions}
    orders = (
        one
        for one in dossier.intents
        if one.kind is IntentKind.APPLY
        and one.sanction in over
        and one.state is IntentState.ATTEMPTED
        and one.not_before > now
    )
    return tuple((one, now) for one in (*ends, *orders) if one is not None)


def _can_be_restored(post: CasePost, delete: Intent | None) -> bool:
    """Whether a post is known to be gone, by our hand, and what it said is still held."""
    if not post.parts or is_unechoed(post):
        return False
    return delete is not None and delete.state is IntentState.DONE
