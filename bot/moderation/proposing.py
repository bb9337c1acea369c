"""What moderators are shown: before they confirm, line by line, and after it was committed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind
from bot.model.order import AmendmentOrder, Carried, Proposal
from bot.model.ruling import CONFIRMED, Change, Ending, Ruling, RulingKind, Telling
from bot.model.sanction import ENDLESS, Sanction, SanctionDraft, SanctionKind, SanctionState
from bot.model.standing import Standing
from bot.model.unechoed import UNECHOED_RULES
from bot.moderation.deciding import Decision
from bot.moderation.lines import about_posts, about_standing
from bot.moderation.others import Earlier
from bot.moderation.plan import Plan
from bot.moderation.setting import Setting
from bot.policy.authority import cautions
from bot.telling import others, was_in_force
from bot.wording.by_hand import left_to_undo
from bot.wording.consequences import described, gravest, happens
from bot.wording.parts import counted, moment

_NO_TOKEN = ""

InForce = tuple[Sanction, str]
"""A sanction in force, and what its case is called."""

_FINAL = frozenset({SanctionKind.BAN, SanctionKind.REFERRAL})
"""What lifting does not give back: a ban takes membership and roles, and those whom it took are
hard to tell that it was a mistake; what the platform was told, it knows."""


_CONFIRMED = "What Concord removed by itself is confirmed: {posts}."

_NOTHING_FOLLOWS = MappingProxyType(
    {
        RulingKind.NOTED: "A note for moderators is added; nobody else reads it.",
        RulingKind.KEPT: "The case is closed, and nothing follows.",
    }
)


def of_decision(
    decision: Decision, standing: Standing, in_force: tuple[InForce, ...], setting: Setting
) -> Proposal:
    """Return what an order would do, and what the member will read.

    Args:
        decision: the order, examined.
        standing: who gives it, and about whom.
        in_force: the member's sanctions in force, each with what its case is called.
        setting: what it is decided with.
    """
    earlier = decision.earlier
    despite = max((one.ruling for one in earlier), default=None)
    order = decision.order
    shown = replace(order, shown_at=setting.clock.now())
    main, _ = decision.drafts[0]
    kinds = [one.kind for one in order.sanctions]
    return Proposal(
        order=shown if despite is None else replace(shown, despite=despite),
        happens=tuple(_happens(decision, setting.clock.now())),
        member_reads=_reads(
            setting, decision.telling, others([one for one, _ in in_force], (), setting.clock.now())
        )
        if main.tells
        else (),
        ladder=decision.advice.steps,
        deviates=decision.deviates,
        unexplained=decision.unexplained is not None,
        warnings=(
            *(one.words for one in earlier),
            *cautions(standing, kinds),
            *about_standing(decision.sanctions, in_force),
            *(() if decision.unexplained is None else (decision.unexplained,)),
        ),
        irreversible=bool(order.removes or _FINAL.intersection(kinds)),
        despite=despite,
    )


def of_plan(
    order: AmendmentOrder,
    plan: Plan,
    standing: Standing,
    in_force: tuple[InForce, ...],
    earlier: tuple[Earlier, ...],
    setting: Setting,
) -> Proposal:
    """Return what a change to a case would do, and what the member will read.

    Args:
        order: the change.
        plan: the same, examined.
        standing: who asks, and about whom.
        in_force: the member's sanctions in force, each with what its case is called.
        earlier: what others decided about the case meanwhile.
        setting: what it is decided with.
    """
    own = {one.sanction for one in plan.draft.endings}
    if plan.telling.kind is not plan.draft.kind:  # all that holds of the case is told of
        own = {one.id for one in plan.dossier.sanctions}
    despite = max((one.ruling for one in earlier), default=None)
    shown = replace(order, shown_at=setting.clock.now())
    return Proposal(
        order=shown if despite is None else replace(shown, despite=despite),
        happens=tuple(
            dict.fromkeys((*_changes(plan), *_beside(plan.dossier, plan.draft.endings, in_force)))
        ),
        member_reads=_reads(
            setting, plan.telling, others([one for one, _ in in_force], own, plan.draft.at)
        )
        if plan.draft.tells
        else (),
        ladder=(),
        deviates=False,
        irreversible=_erases(plan),
        warnings=(
            *(one.words for one in earlier),
            *(cautions(standing, ()) if plan.draft.tells else ()),
            *_lost(plan),
        ),
        despite=despite,
    )


def carried(
    dossier: Dossier, ruling: Ruling, in_force: tuple[InForce, ...] = (), *, repeated: bool
) -> Carried:
    """Return what was committed, as it can be read from the case at any later time.

    Args:
        dossier: its case.
        ruling: what was committed.
        in_force: the member's sanctions in force, each with what its case is called.
        repeated: whether it had been committed before.
    """
    ordered = [dossier.sanction(one).ordered for one in ruling.sanctions]
    posts = [post for post in dossier.case.posts if post.message in ruling.removes]
    back = ruling.kind is RulingKind.VOIDED
    lines = [_NOTHING_FOLLOWS[ruling.kind]] if ruling.kind in _NOTHING_FOLLOWS else []
    if back:
        lines.extend(about_posts(posts, "permitted again"))
        lines.extend(left_to_undo(dossier.rulings))
    else:
        own = {one.message for one in dossier.intents if _removes_by_itself(one)}
        lines.extend(about_posts([one for one in posts if one.message not in own], "removed"))
        if confirmed := sum(one.message in own for one in posts):
            lines.append(_CONFIRMED.format(posts=counted(confirmed, "post")))
    lines.extend(happens(one, ruling.at) for one in gravest(ordered))
    for one in ruling.endings:
        over = not was_in_force(dossier, dossier.sanction(one.sanction), ruling)
        lines.append(_ending(dossier, one, ruling.at, over=over))
    lines.extend(_changed(ruling.changes))
    known = [one for one in in_force if one[0].id not in ruling.sanctions]
    lines.extend(about_standing(ordered, known))
    lines.extend(_beside(dossier, ruling.endings, in_force))
    ends = [one.until for one in ordered if one.until is not None]
    ends.extend(one.until for one in ruling.endings if one.until is not None)
    return Carried(
        case=dossier.case.id,
        number=dossier.case.number,
        ruling=ruling.id,
        kind=ruling.kind,
        happens=tuple(dict.fromkeys(lines)),
        until=max(ends, default=None),
        repeated=repeated,
    )


def _removes_by_itself(intent: Intent) -> bool:
    return intent.kind is IntentKind.DELETE and intent.ruling is None


def _happens(decision: Decision, now: datetime) -> Iterator[str]:
    order = decision.order
    yield from about_posts(order.removes, "removed")
    confirmed = len(decision.matter.confirmed)
    if confirmed:
        yield _CONFIRMED.format(posts=counted(confirmed, "post"))
    for one in gravest(decision.sanctions):
        yield happens(one, now)
    for dossier in decision.matter.further:
        yield f"{dossier.case.reference} is decided with it, with a message of its own."
    if not decision.drafts[0][0].tells:
        yield "The member is not told."


def _changes(plan: Plan) -> Iterator[str]:
    """Yield what a change does, one line for each consequence."""
    draft = plan.draft
    if draft.kind is RulingKind.VOIDED:
        removed = {post.message: post for post in plan.dossier.case.posts}
        yield from about_posts([removed[one] for one in draft.removes], "permitted again")
        yield from about_posts(plan.given_back, "posted again, as a quote")
        yield from left_to_undo(plan.dossier.rulings)
    for ending in draft.endings:
        sanction = plan.dossier.sanction(ending.sanction)
        yield _ending(plan.dossier, ending, draft.at, over=not sanction.in_force)
    yield from _changed(draft.changes)
    if _erases(plan):
        yield "What its posts said is erased for good, also where Concord has shown it."
    if draft.kind is RulingKind.NOTED:
        yield _NOTHING_FOLLOWS[draft.kind]
    if draft.kind is RulingKind.KEPT:
        yield _NOTHING_FOLLOWS[draft.kind]
    elif not draft.tells and draft.kind is not RulingKind.NOTED:
        yield "The member is not told."


def _ending(dossier: Dossier, ending: Ending, now: datetime, *, over: bool) -> str:
    """Return what becomes of a sanction; ``over``: whether it was over before this."""
    sanction = dossier.sanction(ending.sanction)
    what = described(replace(sanction.ordered, until=None), now).removesuffix(" without end")
    match ending.state:
        case SanctionState.VOIDED:
            since = ", which was over already," if over and sanction.kind not in ENDLESS else ""
            points = ", its points too" if sanction.points else ""
            return f"{what}{since} counts for nothing{points}."
        case SanctionState.LIFTED:
            points = "; its points stay" if sanction.points else ""
            return f"{what} ends now{points}."
        case _:
            end = "has no end" if ending.until is None else f"ends {moment(ending.until)}"
            return f"{what} now {end}."


def _changed(changes: Iterable[Change]) -> Iterator[str]:
    """Yield what changes; ends are told as what they are, and who confirmed it is known."""
    for one in changes:
        if one.what != CONFIRMED and not one.what.startswith("end "):
            yield _change(one)


def _erases(plan: Plan) -> bool:
    """Whether an edit lets a case rest on a rule by which nothing of its posts may be kept."""
    edits = plan.draft.kind is RulingKind.EDITED and plan.draft.rule in UNECHOED_RULES
    return edits and any(post.parts or post.files for post in plan.dossier.case.posts)


def _beside(
    dossier: Dossier, endings: tuple[Ending, ...], in_force: tuple[InForce, ...]
) -> Iterator[str]:
    """Yield what else is in force beside sanctions that end, or whose end is moved."""
    own = {one.sanction for one in endings}
    others = [one for one in in_force if one[0].id not in own]
    for moved in (False, True):
        those = [
            dossier.sanction(one.sanction).ordered
            for one in endings
            if (one.state is SanctionState.ACTIVE) is moved
        ]
        yield from about_standing(those, others, ends=not moved)


def _change(change: Change) -> str:
    if change.what == "note":
        return "The note to the member is another one now."
    return f"{change.what.capitalize()}: {change.before}, from now on {change.after}."


def _lost(plan: Plan) -> Iterator[str]:
    """Yield what cannot be given back."""
    if plan.draft.kind is not RulingKind.VOIDED:
        return
    removed = [post for post in plan.dossier.case.posts if post.message in plan.draft.removes]
    erased = sum(not post.parts for post in removed)
    if erased:
        yield f"The words of {counted(erased, 'post')} are erased; they cannot be posted again."
    bare = plan.telling.bare
    if bare:
        yield f"The files of {counted(bare, 'post')} were not kept; they cannot be posted again."


def _reads(setting: Setting, telling: Telling, still: tuple[SanctionDraft, ...]) -> tuple[str, ...]:
    words = setting.wording.ruling_notice(replace(telling, still=still), _NO_TOKEN)
    return (words.title, *words.paragraphs)
