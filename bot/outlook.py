"""What follows from an attempt to uphold a sanction: its state, renewals, what is needless now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.model.sanction import Hold, Sanction, SanctionState
from bot.ports import Delivery, Outcome, Transaction
from bot.upholding.matter import PART, RENEWAL, Upheld, asks, leaves_hands, serial

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 3600, 7200, 14400)
)
"""Waits between attempts that did not go through, nine hours in all: chosen, not measured."""

DAILY = timedelta(days=1)
"""How long what Discord refused waits before it is tried again, unless Concord may do more before:
see ``bot.upkeep``. Chosen, not measured."""

ENDS_TRIED = timedelta(days=30)
"""How long an end is tried daily after all pauses: nobody else would give the member back what
Discord still holds, and a missing permission may be noticed late. Chosen, not measured."""


def pause_after(
    intent: Intent, delivery: Delivery, sanction: Sanction, now: datetime
) -> timedelta | None:
    """Return how long to wait before an intent about a sanction is tried again; None for never.

    An order that Discord refuses is over. What keeps a sanction in force is tried for as long as
    that lasts, daily where Discord refused it; an end also where it was refused, for a month.

    Args:
        intent: as it is once the attempt is counted.
        delivery: what came of it.
        sanction: what it is about.
        now: aware UTC.
    """
    orders = intent.kind is IntentKind.APPLY
    keeps = intent.kind is IntentKind.KEEP and asks(sanction, now)
    refused = delivery is Delivery.REFUSED
    if delivery is Delivery.DONE or (refused and orders):
        return None
    if refused and keeps:
        return DAILY
    if intent.attempts <= len(PAUSES):
        return PAUSES[intent.attempts - 1]
    tried_for = now - (intent.attempted_at or now)
    in_time = tried_for < sum(PAUSES, ENDS_TRIED)
    return DAILY if keeps or (in_time and not orders) else None


def waits_for_more(intent: Intent) -> bool:
    """Whether an intent about a sanction waits since it did not work, and is to be tried again."""
    return (
        intent.kind in (IntentKind.KEEP, IntentKind.END)
        and intent.state not in SETTLED
        and (intent.attempts > 0 or serial(intent) == PART)
    )


def overtaken(intent: Intent, others: Iterable[Intent]) -> list[Intent]:
    """Return what waits to keep a sanction in force and need not, since a later one does the same.

    Args:
        intent: the later one, as it is now.
        others: the case's intents.
    """
    if intent.kind is not IntentKind.KEEP:
        return []
    done = intent.state is IntentState.DONE
    return [
        one
        for one in others
        if one.kind is IntentKind.KEEP
        and one.sanction == intent.sanction
        and one.id < intent.id
        and waits_for_more(one)
        and (
            serial(one) == serial(intent)
            or (done and (leaves_hands(one) or not leaves_hands(intent)))
        )
    ]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is committed together once an intent about a sanction settles."""

    intent: Intent
    """As it is to be settled."""
    sanction: Sanction
    """As it was when that was decided."""
    state: SanctionState | None = None
    """Where the sanction stands from then on; None for where it stands."""
    further: tuple[IntentDraft, ...] = ()
    left: tuple[Hold, ...] = ()
    released: tuple[Hold, ...] = ()
    again_at: datetime | None = None
    """Not to be settled at all: its time was moved, to this one."""

    async def commit(self, tx: Transaction, at: datetime) -> None:
        """Write where the sanction stands and what is held of the member from then on."""
        for hold in self.left:
            await tx.hold(hold)
        for hold in self.released:
            await tx.release(hold)
        if self.state is not None:
            await tx.move_sanction(self.sanction, self.state, self.sanction.until, at)

    def makes_needless(self, others: Collection[Intent]) -> dict[Intent, str]:
        """Return what waits and is not called for any more, each with why."""
        ends = self.intent.kind is IntentKind.END and self.intent.state is not IntentState.DROPPED
        over = [
            one
            for one in others
            if ends
            and one.kind is IntentKind.KEEP
            and one.sanction == self.sanction.id
            and one.state not in SETTLED
            and (serial(one) == RENEWAL or waits_for_more(one))
        ]
        return {
            **dict.fromkeys(overtaken(self.intent, others), "a later one does the same"),
            **dict.fromkeys(over, "the sanction is over"),
        }


def outlook(intent: Intent, sanction: Sanction, upheld: Upheld | None, now: datetime) -> Outlook:
    """Return what follows from what came of an attempt.

    Laws: only what is ordered becomes active or failed, and only what is in force expires; what a
    moderator decided meanwhile stands.

    Args:
        intent: as it was tried.
        sanction: as it stands now.
        upheld: what came of it; None where there was nothing to do, or not yet.
        now: aware UTC.
    """
    if upheld is None:
        return _nothing_to_do(intent, sanction, now)
    settled = _settled(intent, upheld.outcome)
    further: tuple[IntentDraft, ...] = ()
    again = upheld.renew_at
    if again is not None and (sanction.until is None or again < sanction.until):
        further = (_kept(intent, sanction, RENEWAL, again),)
    if intent.kind is IntentKind.APPLY and upheld.in_part and asks(sanction, now):
        further = (_kept(intent, sanction, PART, now + DAILY),)
    state = _moved(intent, sanction, settled.state, upheld, now)
    needless = upheld.needless if state is SanctionState.FAILED else ()
    return Outlook(
        settled,
        sanction,
        state,
        further,
        upheld.left,
        (*upheld.released, *needless),
    )


def _nothing_to_do(intent: Intent, sanction: Sanction, now: datetime) -> Outlook:
    if intent.kind is IntentKind.END:
        if sanction.until is not None and sanction.until > now:
            return Outlook(intent, sanction, again_at=sanction.until)
        words = "it has no end any more"
    elif sanction.in_force:
        words = "its time had run out before it could be put in force"
    else:
        words = "it was taken back before it was in force"
    return Outlook(replace(intent, state=IntentState.DROPPED, outcome=words), sanction)


def _settled(intent: Intent, outcome: Outcome) -> Intent:
    match outcome.delivery:
        case Delivery.DONE:
            return replace(intent, state=IntentState.DONE, outcome=outcome.words)
        case Delivery.REFUSED:
            return replace(intent, state=IntentState.FAILED, outcome=outcome.words)
        case _:
            state, words = given_up(intent, outcome)
            return replace(intent, state=state, outcome=words)


def given_up(intent: Intent, outcome: Outcome) -> tuple[IntentState, str]:
    """Return how an intent ends that is tried no more, and in which words."""
    words = f"given up after {intent.attempts} attempts: {outcome.words}"
    unknown = outcome.delivery is Delivery.UNCERTAIN
    return (IntentState.UNKNOWN if unknown else IntentState.FAILED), words


def _moved(
    intent: Intent, sanction: Sanction, state: IntentState, upheld: Upheld, now: datetime
) -> SanctionState | None:
    assert state in SETTLED, "BUG: a sanction moved by what is not settled"
    match intent.kind:
        case IntentKind.APPLY if sanction.state is SanctionState.ORDERED:
            done = state is IntentState.DONE or upheld.in_part
            return SanctionState.ACTIVE if done else SanctionState.FAILED
        case IntentKind.END if sanction.in_force and not asks(sanction, now):
            return SanctionState.EXPIRED
        case _:
            return None


def _kept(intent: Intent, sanction: Sanction, word: str, at: datetime) -> IntentDraft:
    return IntentDraft(
        IntentKind.KEEP,
        f"keep:{sanction.id}:{word}-{int(at.timestamp())}",
        user=sanction.user,
        sanction=sanction.id,
        ruling=intent.ruling,
        not_before=at,
    )
