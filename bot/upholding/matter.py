"""What one intent about a sanction needs to know, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.case import Case
from bot.model.intent import Intent, IntentKind
from bot.model.sanction import ENDLESS, Hold, Sanction, SanctionKind
from bot.ports import Delivery, Measures, Outcome, Store, Transaction

RETURNED, AGAIN, RENEWAL, CHANNELS = "returned", "again", "until", "channels"
MOVED, PART = "moved", "part"
"""How the serial of a KEEP begins: a member came back, a role is taken again, a long timeout runs
out, a board's channels changed; a group has another role, an order worked in part."""

_LEAVES_HANDS = frozenset({RENEWAL, CHANNELS, PART})


@dataclass(frozen=True, slots=True)
class Upheld:
    """What came of one intent about a sanction."""

    outcome: Outcome
    in_part: bool = False
    """Whether some of it is in force though the outcome says that some could not be done."""
    renew_at: datetime | None = None
    """When it has to be put in force again; None where that is never needed."""
    left: tuple[Hold, ...] = ()
    """How things are left now, to be remembered."""
    released: tuple[Hold, ...] = ()
    """What is no longer held."""
    needless: tuple[Hold, ...] = ()
    """What is no longer held if it is not tried again: Concord has not changed it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One intent about a sanction, read while nobody else acts on the same member."""

    intent: Intent
    case: Case
    sanction: Sanction
    asking: tuple[Sanction, ...]
    """The member's sanctions of this kind that ask for something now; see :func:`asking`."""
    holds: tuple[Hold, ...]
    """What is held of the member by this kind."""
    now: datetime
    reason: str
    """For Discord's audit log."""
    board_bits: int
    """What a removal from a board denies, as bits of Discord's permissions."""
    store: Store
    measures: Measures
    handed_back: Mapping[int, datetime] = field(default_factory=dict)
    """When a moderator last gave something back by hand, by channel or role; see
    :func:`bot.upholding.handed_back.handed_back`."""

    @property
    def guild(self) -> int:
        """The guild."""
        return self.sanction.guild

    @property
    def user(self) -> int:
        """The member."""
        return self.sanction.user

    @property
    def insists(self) -> bool:
        """Whether what somebody changed by hand meanwhile is changed back.

        A renewal does not fight with moderators: it leaves what they have done since.
        """
        return not leaves_hands(self.intent)

    def insists_on(self, target: int, place: int) -> bool:
        """Whether what somebody changed by hand in one channel, or of one role, is changed back.

        Args:
            target: the channel or the role.
            place: the board's place, or the role, that the sanctions name.
        """
        back = self.handed_back.get(target)
        ordered = (
            one.at for one in self.asking if place in (one.ordered.channel, one.ordered.role)
        )
        return self.insists and (back is None or any(back < at for at in ordered))

    def hold_on(self, target: int = 0) -> Hold | None:
        """Return what is held of one thing."""
        return next((one for one in self.holds if one.target == target), None)

    async def hold(self, *holds: Hold) -> None:
        """Remember holds, before anything is changed."""

        async def work(tx: Transaction) -> None:
            for hold in holds:
                await tx.hold(hold)

        if holds:
            await self.store.write(work)

    def holding(self, before: str, after: str, target: int = 0) -> Hold:
        """Return a hold of this matter's kind."""
        return Hold(self.guild, self.sanction.kind, self.user, target, before, after)


def serial(intent: Intent) -> str:
    """Return what a KEEP is for: the word its serial begins with; empty for any other intent."""
    if intent.kind is not IntentKind.KEEP:
        return ""
    return intent.key.split(":", 2)[2].partition("-")[0]


def leaves_hands(intent: Intent) -> bool:
    """Whether an intent leaves what somebody changed by hand; see :attr:`Matter.insists`."""
    return serial(intent) in _LEAVES_HANDS


def asks(sanction: Sanction, now: datetime) -> bool:
    """Whether Discord is to show a sanction at a moment: in force, and its time has not run out."""
    return sanction.in_force and (sanction.until is None or now < sanction.until)


def matters(sanction: Sanction, now: datetime) -> bool:
    """Whether a sanction holds or counts still; a reminder, as long as it is remembered."""
    lasts = sanction.kind not in ENDLESS and asks(sanction, now)
    until = sanction.points_until
    remembered = sanction.ordered.is_reminder and until is not None and now < until
    return lasts or sanction.points_at(now) > 0 or (remembered and sanction.in_force)


def keeps_out(sanction: Sanction) -> bool:
    """Whether Concord takes again what a sanction takes.

    Not a group's role that somebody only took by hand: nobody has said that the member may not
    join again, and nobody has told them, until a moderator names the guideline.
    """
    by_hand = sanction.ordered.by_hand and sanction.rule is None
    return not (by_hand and sanction.kind is SanctionKind.GROUP_REMOVAL)


def asking(sanctions: Iterable[Sanction], kin: Sanction, now: datetime) -> tuple[Sanction, ...]:
    """Return those of a member's sanctions of one kind that ask for something now."""
    return tuple(one for one in sanctions if one.kind is kin.kind and asks(one, now))


def is_done(words: str) -> Outcome:
    """Return the outcome of what is as it is meant to be, with what is remarkable of it."""
    return Outcome(Delivery.DONE, words)


def unless_done(outcome: Outcome) -> Outcome:
    """Return an outcome; of one that says no more than that it worked, without words.

    What is remarkable stands in the moderators' log, and nothing else does.
    """
    return is_done("") if outcome.delivery is Delivery.DONE else outcome
