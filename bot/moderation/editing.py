"""Changing a decision that stands: its rule, its end, the note to the member; history is kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.order import AmendmentOrder, Refusal
from bot.model.ruling import Change, Ending, RulingKind
from bot.model.sanction import Recount, Sanction, SanctionState
from bot.moderation import effects
from bot.moderation.drafting import telling_of
from bot.moderation.plan import Plan
from bot.moderation.recounting import recounted, said_of_points
from bot.moderation.validity import DISCRETION, end_problem, length_problem, rule_problem
from bot.policy.rungs import Ladder
from bot.ports import RulingDraft
from bot.telling import first_told

UNCHANGED = Refusal(("Nothing would change: it is like that already.",))


def edit(
    order: AmendmentOrder,
    draft: RulingDraft,
    dossier: Dossier,
    chosen: tuple[Sanction, ...],
    guidelines: Guidelines,
    ladder: Ladder,
) -> Plan | Refusal:
    """Return what an edit would do, or why it may not be made.

    Args:
        order: what is to be changed.
        draft: the ruling as far as every change shares it.
        dossier: the case as it is.
        chosen: the sanctions in force that it is about.
        guidelines: what rules there are.
        ladder: what breaches of them are worth.
    """
    until = {one.id: edited_end(order, one) for one in chosen}
    reasons = list(_edit_problems(order, draft, dossier, chosen, guidelines))
    if reasons:
        return Refusal(tuple(reasons))
    moved = tuple(
        (one, until[one.id]) for one in chosen if order.moves_end and until[one.id] != one.until
    )
    recounts: tuple[tuple[int, Recount], ...] = ()
    if order.rule is not None and order.rule != draft.rule:
        those = frozenset(one.id for one, _ in moved)
        recounts = tuple(recounted(dossier, guidelines.rule(order.rule), ladder, those))
    changes = (*_changes(order, draft, dossier, moved), *said_of_points(dossier, recounts))
    if not changes:
        return UNCHANGED
    draft = replace(
        draft,
        rule=order.rule or draft.rule,
        endings=tuple(Ending(one.id, SanctionState.ACTIVE, end) for one, end in moved),
        changes=changes,
        recounts=recounts,
    )
    worth = dict(recounts)
    counting = {
        one.id: replace(one, recounted=worth.get(one.id, one.recounted)).now
        for one in dossier.sanctions
    }
    telling = replace(
        telling_of(draft, dossier),
        ended=tuple(replace(one.ordered, until=end) for one, end in moved),
        counts=tuple(counting[one] for one in worth),
    )
    if (first := first_told(dossier, rule=draft.rule)) is not None:
        ends = {one.id: end for one, end in moved}
        telling = replace(
            first,
            words=order.words or first.words,
            sanctions=tuple(
                replace(counting[one.id], until=ends.get(one.id, one.until))
                for one in dossier.sanctions
                if one.in_force
            ),
        )
    pending = [(effects.pending_end(one, dossier.intents), end) for one, end in moved]
    return Plan(
        draft,
        telling,
        dossier,
        moved=moved,
        dropped=tuple(one for one, end in pending if one is not None and end is None),
        rescheduled=tuple(
            (one, end) for one, end in pending if one is not None and end is not None
        ),
    )


def _edit_problems(
    order: AmendmentOrder,
    draft: RulingDraft,
    dossier: Dossier,
    chosen: tuple[Sanction, ...],
    guidelines: Guidelines,
) -> Iterator[str]:
    last = next((one for one in reversed(dossier.rulings) if one.kind in DECIDES), None)
    if last is None or last.kind is RulingKind.VOIDED:
        yield f"{dossier.case.reference} holds no decision that could be changed."
    if order.rule is not None and (problem := rule_problem(order.rule, guidelines)):
        yield problem
    if order.rule == DISCRETION and not order.words.strip():
        yield "Discretion needs words: please write the member why."
    if order.moves_end:
        yield from _end_problems(order, draft.at, dossier, chosen)


def _end_problems(
    order: AmendmentOrder, now: datetime, dossier: Dossier, chosen: tuple[Sanction, ...]
) -> Iterator[str]:
    if order.endless and (order.duration is not None or order.until is not None):
        yield "A sanction has an end or none; please choose one of the two."
    elif problem := length_problem(order.duration):
        yield problem
    elif problem := end_problem(order.until, now):
        yield problem
        return
    if not chosen:
        yield f"In {dossier.case.reference} nothing is in force whose end could be moved."
    for one in chosen:
        end = edited_end(order, one)
        if end is not None and end <= now:
            yield f"With that length the {_named(one)} would be over already; please lift it."


DECIDES = frozenset({RulingKind.DECIDED, RulingKind.BY_HAND, RulingKind.REMOVED, RulingKind.VOIDED})
"""Rulings of which the last says whether a case holds a decision."""


def edited_end(order: AmendmentOrder, sanction: Sanction) -> datetime | None:
    """Return the end that an edit gives a sanction: a length counts from when it began."""
    if order.until is not None:
        return order.until
    return sanction.at + order.duration if order.duration is not None else None


def _changes(
    order: AmendmentOrder,
    draft: RulingDraft,
    dossier: Dossier,
    moved: tuple[tuple[Sanction, datetime | None], ...],
) -> Iterator[Change]:
    if order.rule is not None and order.rule != draft.rule:
        yield Change("rule", draft.rule or "none", order.rule)
    for one, until in moved:
        yield Change(f"end of the {_named(one)}", _said(one.until), _said(until))
    told = next((one.words for one in reversed(dossier.rulings) if one.words), "")
    if order.words and order.words != told:
        yield Change("note", told, order.words)


def _said(until: datetime | None) -> str:
    return f"{until:%Y-%m-%d %H:%M} UTC" if until is not None else "without end"


def _named(sanction: Sanction) -> str:
    return sanction.kind.value.replace("-", " ")
