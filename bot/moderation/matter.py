"""The matter of an order: the cases its posts belong to, and what counts against the member."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines, Rule
from bot.model.order import Order
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import Sanction, SanctionState
from bot.moderation.together import main_case
from bot.policy.ladder import Breach, unpunished
from bot.policy.rungs import Ladder
from bot.ports import Store

DECIDING = frozenset({RulingKind.DECIDED, RulingKind.BY_HAND, RulingKind.VOIDED, RulingKind.KEPT})
"""Rulings after which a matter is decided."""

_NO_BREACH = frozenset({SanctionState.VOIDED, SanctionState.FAILED})


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of what an order is about."""

    main: Dossier | None
    """The case it decides; None where it will open one."""
    further: tuple[Dossier, ...] = ()
    """Further cases that some of its posts belong to, by number: decided with it."""
    problems: tuple[str, ...] = ()
    """Why its case or posts cannot be decided so; sentences."""

    @property
    def cases(self) -> tuple[Dossier, ...]:
        """All cases it decides."""
        return (*(() if self.main is None else (self.main,)), *self.further)

    @property
    def confirmed(self) -> tuple[int, ...]:
        """Messages of its cases that Concord removed by itself: deciding confirms that."""
        return tuple(message for one in self.cases for message in unconfirmed(one))


def unconfirmed(dossier: Dossier) -> tuple[int, ...]:
    """Return the messages of an undecided case that Concord removed by itself."""
    if dossier.case.state is not CaseState.ACTED:
        return ()
    return tuple(
        post.message
        for post in dossier.case.posts
        if post.action is Action.REMOVE and post.ruling is None
    )


def deciding_ruling(dossier: Dossier) -> Ruling | None:
    """Return the newest ruling that decided a case; None while none has."""
    return next((one for one in reversed(dossier.rulings) if one.kind in DECIDING), None)


async def matter_of(order: Order, store: Store) -> Matter:
    """Return which cases an order decides.

    The one it names, else the one that most of its posts belong to.
    """
    held: defaultdict[int, int] = defaultdict(int)
    problems: list[str] = []
    for post in (*order.removes, *order.evidence):
        known = await store.case_of(post.message)
        if known is None:
            continue
        if (known.guild, known.author) != (order.guild, order.subject):
            problems.append(
                f"A post in <#{post.channel}> is not by <@{order.subject}>; it belongs to "
                f"{known.reference}."
            )
        else:
            held[known.id] += 1
    if order.case is not None:
        held[order.case] += len(order.removes) + len(order.evidence) + 1
    found = [(one, await store.dossier(one)) for one in sorted(held, key=lambda c: (-held[c], c))]
    dossiers = []
    for case, dossier in found:
        if dossier is None or dossier.case.guild != order.guild:
            problems.append("There is no such case on this server.")
        elif dossier.case.author != order.subject:
            problems.append(f"{dossier.case.reference} is not about <@{order.subject}>.")
        elif case == order.case and _is_empty(order) and not unconfirmed(dossier):
            problems.append(
                f"Nothing would happen: in {dossier.case.reference} there is no removal to confirm."
            )
        else:
            dossiers.append(dossier)
    further = sorted(dossiers[1:], key=lambda one: one.case.number)
    main = dossiers[0] if dossiers else None
    return Matter(main, tuple(further), tuple(dict.fromkeys(problems)))


async def history(
    store: Store, guild: int, member: int, guidelines: Guidelines, ladder: Ladder
) -> tuple[Breach, ...]:
    """Return what may count against a member: sanctions, and removals that moderators decided.

    One decision about posts of several cases is one matter: that of the case with its sanctions.
    """
    rules = {rule.id: rule for rule in guidelines.rules()}
    sanctions = await store.sanctions_of(guild, member)
    found = [_breach(one, rules, ladder) for one in sanctions]
    breaches = [one for one in found if one is not None]
    seen: set[int | None] = set()
    for removed in await store.removals_of(guild, member):
        if removed.post.ruling in seen:
            continue
        seen.add(removed.post.ruling)
        case = await store.case_of(removed.post.message)
        dossier = await store.dossier(case.id) if case is not None else None
        if dossier is None or removed.post.ruling is None:
            continue
        ruling = dossier.ruling(removed.post.ruling)
        if ruling.rule in rules:  # one that is no longer written is worth nothing any more
            main = await main_case(store, ruling, dossier.case.number)
            breaches.append(unpunished(main, rules[ruling.rule], ruling.at, ladder))
    return tuple(breaches)


def _breach(sanction: Sanction, rules: Mapping[str, Rule], ladder: Ladder) -> Breach | None:
    """Return how a sanction is remembered; None for what was done by hand and rests on no rule.

    One that stands beside the one with the points is remembered for as long as its rule's are.
    """
    voided = sanction.state in _NO_BREACH
    if sanction.points or sanction.points_until is not None:
        return Breach(
            matter=sanction.case,
            rule=sanction.rule,
            at=sanction.at,
            points=sanction.points,
            points_until=sanction.points_until,
            voided=voided,
        )
    rule = rules.get(sanction.rule) if sanction.rule is not None else None
    if rule is None:
        return None
    return replace(unpunished(sanction.case, rule, sanction.at, ladder), voided=voided)


def _is_empty(order: Order) -> bool:
    return not (order.sanctions or order.removes)
