"""How a decision looks: before it is confirmed, once it is carried out, and when it is refused."""

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.discord_io.interactions.answers import Answer, Control, done, refused, said
from bot.discord_io.interactions.outcomes import MANY, Outcome
from bot.discord_io.render import fitted, panel
from bot.model.order import Carried, Order, Proposal, Refusal
from bot.policy.ladder import spoken
from bot.text.escaping import escaped
from bot.wording import excerpts

HAPPENS_ROOM, READS_ROOM = 1700, 2500
"""Characters of the two embeds of a preview: with 1,500 for the card of a post they stay below the
6,000 that Discord counts over all embeds of a message."""

_ASKING = discord.Colour(0xC98A1B)
_NOTICE = discord.Colour(0x5B6EAE)


def listed(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return "\n".join(f"• {line}" for line in lines)


def preview(proposal: Proposal, controls: Sequence[Control]) -> Answer:
    """Return what will happen and what the member will read, with the buttons to decide by."""
    reads = _reading(proposal.member_reads, "They will read")
    return Answer((_happening(proposal), *reads), tuple(controls))


def carried_out(
    carried: Carried, proposal: Proposal | None, outcome: Outcome, controls: Sequence[Control]
) -> Answer:
    """Return what has been decided, and how far it has been carried out.

    Args:
        carried: what began.
        proposal: what it was before; None where only its outcome is known.
        outcome: what worked and what did not.
        controls: what may be done about it.
    """
    paragraphs = [listed(carried.happens)] if carried.happens else []
    if carried.repeated:
        paragraphs.insert(0, "This had been done before; nothing was done twice.")
    reads = outcome.reads
    if outcome.open and proposal is not None:
        reads = proposal.member_reads
    if outcome.open:
        paragraphs.append(_under_way(outcome))
    paragraphs.extend(outcome.lines)
    text = fitted(paragraphs, HAPPENS_ROOM)
    if outcome.trouble:
        answer = refused((text,), f"{carried.reference} · decided, but not all of it worked")
    elif outcome.open:
        answer = said(text, f"{carried.reference} · decided")
    else:
        answer = done(text, f"{carried.reference} · done")
    return Answer((*answer.embeds, *_reading(reads, _when_read(outcome))), tuple(controls))


def refusal(refusal: Refusal, controls: Sequence[Control] = ()) -> Answer:
    """Return why an order was not carried out."""
    return Answer(refused(refusal.reasons).embeds, tuple(controls))


def _when_read(outcome: Outcome) -> str:
    if outcome.told:
        return "They read"
    return "They will read" if outcome.open else "They would have read"


def _under_way(outcome: Outcome) -> str:
    if outcome.of < MANY:
        return "Discord is still being asked; the moderators' log says how it ends."
    return f"{outcome.of - outcome.open} of {outcome.of} done; the log says how it ends."


def _happening(proposal: Proposal) -> discord.Embed:
    paragraphs = [listed(proposal.happens)] if proposal.happens else ["Nothing follows from this."]
    paragraphs.extend(f"⚠️ {warning}" for warning in proposal.warnings)
    paragraphs.extend(_ladder(proposal))
    paragraphs.extend(_several(proposal))
    title = "Please look once more: this is what will happen"
    return panel(title, fitted(paragraphs, HAPPENS_ROOM), _ASKING)


def _several(proposal: Proposal) -> Iterator[str]:
    """Yield which posts go, where it is more than one: the notice shows the same to the member."""
    order = proposal.order
    if isinstance(order, Order) and len(order.removes) > 1:
        which = excerpts.for_moderators(order.guild, order.removes, order.rule)
        yield f"**Which posts**\n{which}"


def _ladder(proposal: Proposal) -> Iterator[str]:
    """Yield what the ladder proposes and why, where it proposes anything."""
    said_why = isinstance(proposal.order, Order) and bool(proposal.order.because)
    if not proposal.ladder or (proposal.deviates and not said_why):
        return  # the second stands among the warnings
    what = " and ".join(escaped(spoken(step.wanted)) for step in proposal.ladder)
    line = f"**The ladder proposes** {what}: {proposal.ladder[0].because}."
    if proposal.deviates:
        line += " You chose otherwise, and said why."
    yield line


def _reading(reads: tuple[str, ...], what: str) -> tuple[discord.Embed, ...]:
    if not reads:
        return ()
    title, *paragraphs = reads
    return (panel(title, fitted(paragraphs, READS_ROOM), _NOTICE, author=what),)
