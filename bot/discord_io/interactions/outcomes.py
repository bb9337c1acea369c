"""What became of a decision on Discord, as far as it is known while the moderator looks on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.app import App
from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentKind
from bot.model.order import Carried
from bot.telling import says_nothing, still_held
from bot.wording.troubles import told, troubles

FIRST_LOOKS: Final = tuple(timedelta(milliseconds=each) for each in (50, 150, 300, 700, 1500))
"""Pauses before the first answer, under three seconds in all: most decisions are done by then, and
nobody waits longer for an answer gladly. Chosen."""

LATER_LOOKS: Final = (timedelta(seconds=3),) * 40
"""Pauses between words on how far a long removal has come: two minutes in all; chosen."""

MANY: Final = 5
"""Posts from which on a removal is followed with words on how far it has come; chosen."""

_NO_TOKEN: Final = ""

_SEEN: Final = frozenset(
    {
        IntentKind.DELETE,
        IntentKind.APPLY,
        IntentKind.KEEP,
        IntentKind.END,
        IntentKind.NOTICE,
        IntentKind.RESTORE,
    }
)
"""What a moderator waits for; lines of logs and kept files are not among it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a decision has been carried out."""

    lines: tuple[str, ...] = ()
    """What worked and what did not, one line each."""
    trouble: bool = False
    """Whether something beside telling the member did not work, or has not worked yet."""
    told: bool = False
    """Whether the member's notice has arrived."""
    open: int = 0
    """How many things Discord is still being asked for."""
    of: int = 0
    """How many there are in all."""
    reads: tuple[str, ...] = ()
    """Title and paragraphs of the member's notice, as far as it came about; empty while something
    is open, and where nobody is told."""


async def outcomes(app: App, carried: Carried) -> AsyncIterator[Outcome]:
    """Yield how far a decision has come: once, and for long removals again until they are through.

    Args:
        app: where it is looked up.
        carried: the decision.
    """
    outcome = await _look(app, carried)
    for pause in FIRST_LOOKS:
        if not outcome.open:
            break
        await app.clock.sleep_until(app.clock.now() + pause)
        outcome = await _look(app, carried)
    yield outcome
    if outcome.of < MANY:
        return
    for pause in LATER_LOOKS:
        if not outcome.open:
            return
        await app.clock.sleep_until(app.clock.now() + pause)
        outcome = await _look(app, carried)
        yield outcome


async def _look(app: App, carried: Carried) -> Outcome:
    dossier = await app.store.dossier(carried.case)
    if dossier is None:  # erased meanwhile
        return Outcome()
    outcome = outcome_of(dossier, carried.ruling, app.clock.now())
    return outcome if outcome.open else replace(outcome, reads=await _reads(app, dossier, carried))


async def _reads(app: App, dossier: Dossier, carried: Carried) -> tuple[str, ...]:
    """Return what the notice says, made of what came about as the notice itself is.

    What somebody else put on the member in Discord may be named in the notice beside it.
    """
    ruling = dossier.ruling(carried.ruling)
    if not ruling.tells:
        return ()
    theirs = await app.store.sanctions_of(dossier.case.guild, dossier.case.author)
    telling = still_held(theirs, dossier, ruling)
    if says_nothing(telling):
        return ()
    words = app.wording.ruling_notice(telling, _NO_TOKEN)
    return (words.title, *words.paragraphs)


def outcome_of(dossier: Dossier, ruling: int, now: datetime) -> Outcome:
    """Return how far a ruling has been carried out at a moment."""
    made = dossier.ruling(ruling)
    concerned = {*made.sanctions, *(one.sanction for one in made.endings)}
    own = [
        one
        for one in dossier.intents
        if one.kind in _SEEN
        and (one.ruling == ruling or one.sanction in concerned or one.message in made.removes)
        and not _is_for_later(one, now)
    ]
    open_now = [one for one in own if one.state not in SETTLED and not one.outcome]
    wrong = troubles(own, dossier)
    ways = dict.fromkeys(told(one for one in own if one.ruling == ruling))
    trouble = troubles((one for one in own if one.kind is not IntentKind.NOTICE), dossier)
    return Outcome((*ways, *wrong), bool(trouble), bool(ways), len(open_now), len(own))


def _is_for_later(intent: Intent, now: datetime) -> bool:
    """Whether it is nobody's business yet: the end of something that has just begun."""
    return not intent.attempts and intent.state not in SETTLED and intent.not_before > now
