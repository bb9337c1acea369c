"""How long a sanction lasts where nobody said: as the ladder proposes, else as the policy says."""

from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from bot.app import App
from bot.discord_io.interactions.answers import Interaction
from bot.model.case import CasePost
from bot.model.order import Step
from bot.model.sanction import SanctionKind
from bot.text.durations import Length, said, said_end

USUAL: Final = (
    timedelta(hours=1),
    timedelta(hours=24),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=30),
    None,
)
"""Lengths that are suggested beside the ladder's; chosen, not measured."""

KINDS: Final = MappingProxyType(
    {
        "timeout": SanctionKind.TIMEOUT,
        "remove-from-board": SanctionKind.BOARD_REMOVAL,
        "remove-from-group": SanctionKind.GROUP_REMOVAL,
        "ban": SanctionKind.BAN,
    }
)
"""What the commands with a length order, by the command's name."""


async def usual_length(
    app: App,
    guild: int,
    subject: int,
    kind: SanctionKind,
    rule: str,
    posts: tuple[CasePost, ...] = (),
) -> timedelta | None:
    """Return how long a sanction lasts where its moderator names no length."""
    step = await proposed(app, guild, subject, kind, rule, posts)
    return app.policy.practice.lengths.of(kind) if step is None else step.wanted.duration


async def proposed(
    app: App,
    guild: int,
    subject: int,
    kind: SanctionKind,
    rule: str,
    posts: tuple[CasePost, ...] = (),
) -> Step | None:
    """Return the ladder's step of a kind for a member and a rule; None if it proposes none."""
    suggestion = await app.moderation.suggestion(guild, subject, rule, posts)
    return next((step for step in suggestion.steps if step.wanted.kind is kind), None)


async def sensible_lengths(interaction: Interaction) -> list[tuple[str, str]]:
    """Return lengths to suggest, each as shown and as read back; the ladder's own comes first."""
    app, guild = interaction.client.app, interaction.guild_id
    kind = KINDS.get(interaction.command.name) if interaction.command is not None else None
    found: list[tuple[str, str]] = []
    if kind is not None and guild is not None:
        member, rule = given(interaction, "member"), given(interaction, "rule")
        if member is not None and member.isdigit() and rule:
            step = await proposed(app, guild, int(member), kind, rule)
            if step is not None:
                words = f"{said(step.wanted.duration)}: the ladder, {step.because}"
                found.append((words, spelled(step.wanted.duration)))
        usual = app.policy.practice.lengths.of(kind)
        found.append((f"{said(usual)}: usual here", spelled(usual)))
    shown = {value for _, value in found}
    found += [(said(one), spelled(one)) for one in USUAL if spelled(one) not in shown]
    return found


def spelled(length: Length | timedelta | None) -> str:
    """Return a length as it is read back from an option; a moment stays the moment it is."""
    if isinstance(length, Length):
        return said_end(length.until) if length.until is not None else spelled(length.lasts)
    return "forever" if length is None else said(length)


def given(interaction: Interaction, name: str) -> str | None:
    """Return what stands in an option, as text, while another is being typed."""
    data: Any = interaction.data or {}
    options = list(data.get("options", ()))
    while options:
        option = options.pop()
        options.extend(option.get("options", ()))
        if option["name"] == name and "value" in option:
            return str(option["value"])
    return None
