"""What follows from an attempt to uphold a sanction: its state, renewals, what is needless now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.model.sanction import Hold, Sanction, SanctionState
from bot.ports import Delivery, Outcome, Transaction
from bot.upholding.matter import RENEWAL, Upheld, asks, serial

TRY_RENEWAL_AGAIN = timedelta(days=1)
"""When a renewal that failed is tried anew: its sanction is still in force. Chosen."""

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 3600, 7200, 14400)
)
"""Waits between attempts that did not go through, nine hours in all: chosen, not measured."""

ENDS_TRIED = 30
"""Attempts at an end, a day apart, after all pauses: nobody else would give the member back what
Discord still holds, and a missing permission may be noticed late. Chosen, not measured."""


def pause_after(intent: Intent, delivery: Delivery) -> timedelta | None:
    """Return how long to wait before an intent about a sanction is tried again; None for never.

    An end is tried again also where Discord refused it, and for a month.

    Args:
        intent: as it is once the attempt is counted.
        delivery: what came of it.
    """
    ends = intent.kind is IntentKind.END
    if delivery is Delivery.DONE or (delivery is Delivery.REFUSED and not ends):
        return None
    if intent.attempts <= len(PAUSES):
        return PAUSES[intent.attempts - 1]
    days = intent.attempts - len(PAUSES)
    return timedelta(days=1) if ends and days <= ENDS_TRIED else None


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

    def makes_needless(self, other: Intent) -> bool:
        """Whether a renewal that waits for its time is not called for any more."""
        return (
            self.intent.kind is IntentKind.END
            and self.intent.state is not IntentState.DROPPED
            and other.sanction == self.sanction.id
            and other.state is IntentState.PENDING
            and serial(other) == RENEWAL
        )


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
    if serial(intent) == RENEWAL and settled.state is not IntentState.DONE and asks(sanction, now):
        again = now + TRY_RENEWAL_AGAIN
    if again is not None and (sanction.until is None or again < sanction.until):
        further = (_renewal(intent, sanction, again),)
    return Outlook(
        settled,
        sanction,
        _moved(intent, sanction, settled.state, upheld, now),
        further,
        upheld.left,
        upheld.released,
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


def _renewal(intent: Intent, sanction: Sanction, at: datetime) -> IntentDraft:
    return IntentDraft(
        IntentKind.KEEP,
        f"keep:{sanction.id}:{RENEWAL}-{int(at.timestamp())}",
        user=sanction.user,
        sanction=sanction.id,
        ruling=intent.ruling,
        not_before=at,
    )
