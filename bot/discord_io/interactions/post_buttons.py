"""What may be pressed on the card of a post, and the form behind More."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Self

from bot.discord_io.interactions.answers import Interaction, hold, show
from bot.discord_io.interactions.controls import NO_RULE, POST
from bot.discord_io.interactions.deciding import decide
from bot.discord_io.interactions.fields import Field, choices, line, text
from bot.discord_io.interactions.ordering import Said, order_about
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.post_card import Seen, card, look_at
from bot.discord_io.interactions.posts import find
from bot.discord_io.interactions.presses import Form, Press
from bot.discord_io.interactions.references import OptionError, PostPlace
from bot.model.order import REMINDER, Order, Wanted
from bot.model.sanction import SanctionKind
from bot.policy.rule_names import named
from bot.text.durations import Length, read_duration

REMOVE, REMIND = "remove", "remind"
"""Beside the kinds of sanctions, what may be chosen in the form."""

_WHAT = (
    (REMOVE, "Remove the post"),
    (REMIND, "Reminder, no points"),
    (SanctionKind.WARNING.value, "Warning"),
    (SanctionKind.TIMEOUT.value, "Timeout"),
    (SanctionKind.BOARD_REMOVAL.value, "Removal from this board"),
    (SanctionKind.GROUP_REMOVAL.value, "Removal from their group of this board"),
    (SanctionKind.BAN.value, "Removal from the community"),
    (SanctionKind.REFERRAL.value, "Referral to the platform"),
)


class PostPress(Press, template=POST):
    """A button or a select on the card of a post."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what it says."""
        verb, rule = self.match["verb"], self.match["rule"]
        if verb == "more":
            await as_staff(interaction)
            refers = interaction.client.app.moderation.refers
            await MoreForm.about(self.match, refers=refers).open(interaction)
            return
        if not await hold(interaction, anew=False):
            return
        here = await as_staff(interaction)
        seen = await _seen(interaction, here, self.match)
        if verb == "rule":
            await show(interaction, await card(interaction, here, seen, self.chosen))
        elif rule == NO_RULE:
            await show(interaction, await card(interaction, here, seen, None))
        else:
            order = await self._order(interaction, here, seen, verb, rule)
            await show(interaction, await decide(interaction, here, order))

    async def _order(
        self, interaction: Interaction, here: Here, seen: Seen, verb: str, rule: str
    ) -> Order:
        wanted: list[Wanted] = []
        length = None
        if verb in ("warn", "remove-warn"):
            wanted.append(Wanted(SanctionKind.WARNING))
        if verb == "remind":
            wanted.append(REMINDER)
        if verb == "duration":
            wanted.append(Wanted(SanctionKind.TIMEOUT))
            length = read_duration(self.chosen, interaction.client.app.clock.now())
        return await _about(
            interaction,
            here,
            seen,
            Said(rule),
            wanted,
            length,
            removes=verb not in ("warn", "remind"),
        )


class MoreForm(Form):
    """Asks for everything at once: several consequences, rule, length, notes."""

    template: ClassVar[re.Pattern[str]] = re.compile(
        r"more:(?P<channel>[0-9]{1,20}):(?P<message>[0-9]{1,20})"
    )

    @classmethod
    def about(cls, post: re.Match[str], *, refers: bool) -> Self:
        """Return the form for the post that a button names; with referrals where they are on."""
        rule = "" if post["rule"] == NO_RULE else post["rule"]
        fields = _fields(rule, refers=refers)
        return cls(f"more:{post['channel']}:{post['message']}", "Moderate this post", fields)

    async def sent(self, interaction: Interaction, filled: Mapping[str, str]) -> None:
        """Do what was asked for, or show its preview."""
        if not await hold(interaction, anew=False):
            return
        here = await as_staff(interaction)
        app = interaction.client.app
        seen = await _seen(interaction, here, self.match)
        said = Said(
            named(filled.get("rule", ""), app.guidelines).id,
            filled.get("words", ""),
            filled.get("internal", ""),
        )
        length = None
        if filled.get("duration"):
            length = read_duration(filled["duration"], app.clock.now())
        what = filled.get("what", "").split(",")
        wanted = list(_wanted(what, here, seen))
        order = await _about(interaction, here, seen, said, wanted, length, removes=REMOVE in what)
        await show(interaction, await decide(interaction, here, order))


async def _seen(interaction: Interaction, here: Here, match: re.Match[str]) -> Seen:
    where = PostPlace(int(match["message"]), int(match["channel"]))
    return await look_at(interaction.client.app, here, await find(interaction, here, where))


async def _about(
    interaction: Interaction,
    here: Here,
    seen: Seen,
    said: Said,
    wanted: Iterable[Wanted],
    length: Length | None,
    *,
    removes: bool,
) -> Order:
    """Return an order about the post of a card: removed, or kept as what it is about."""
    order = await order_about(
        interaction,
        here,
        seen.found.author,
        said,
        tuple(wanted),
        length=length,
        removed=(seen.found,) if removes else (),
    )
    if removes and not seen.found.gone:
        return order
    return replace(order, evidence=(seen.found.post,))


def _wanted(what: Iterable[str], here: Here, seen: Seen) -> Iterator[Wanted]:
    placed = seen.found.placed
    board = placed.board if placed is not None else None
    for name in what:
        if name == REMOVE or not name:
            continue
        if name == REMIND:
            yield REMINDER
            continue
        kind = SanctionKind(name)
        if kind is SanctionKind.BOARD_REMOVAL:
            if board is None:
                raise OptionError("The post stands on no board; use /remove-from-board instead.")
            yield Wanted(kind, board=board)
        elif kind is SanctionKind.GROUP_REMOVAL:
            yield Wanted(kind, group=_group(here, seen, board))
        else:
            yield Wanted(kind)


def _group(here: Here, seen: Seen, board: str | None) -> str:
    """Return the one group that the author is in and that the board belongs to."""
    held = seen.found.placed.groups if seen.found.placed is not None else frozenset()
    groups = [one.name for one in here.community.groups if one.name in held and board in one.boards]
    if len(groups) != 1:
        raise OptionError(
            "Which group is meant is not clear from the post; use /remove-from-group instead."
        )
    return groups[0]


def _fields(rule: str, *, refers: bool) -> Iterator[Field]:
    offered = [one for one in _WHAT if refers or one[0] != SanctionKind.REFERRAL]
    yield choices("what", "What is to happen", offered)
    yield line(
        "rule", "Rule", rule, hint="Its id, the guideline's number, or words of it", needed=True
    )
    yield line("duration", "How long", hint="90m, 3 days, forever; empty for what is usual")
    yield text("words", "Note to the member", hint="They read it in the notice")
    yield text("internal", "Note for moderators", hint="Members never see it")
