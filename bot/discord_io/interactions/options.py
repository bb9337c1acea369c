"""The options of commands: what is typed becomes a value, and what may be typed is suggested.

What is suggested is for moderators' eyes: whoever is none gets an empty list.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, cast

import discord
from discord import app_commands

from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.lengths import given, sensible_lengths, spelled
from bot.discord_io.interactions.people import NotHereError, as_staff, is_staff
from bot.discord_io.interactions.references import PostPlace, link_of, read_case, read_post
from bot.model.case import Case
from bot.model.community import Community
from bot.model.sanction import ENDLESS, Sanction
from bot.policy.rule_names import named, proposed
from bot.ports import CaseQuery
from bot.text.durations import DurationError, Length, in_short, read_duration, said, said_end
from bot.wording.parts import known_names

Choice = app_commands.Choice[str | int | float]

MOST = 25
"""Suggestions that Discord shows."""

RECENT = 10
"""Cases whose posts are suggested; chosen."""

SEARCHED = 100
"""Newest cases, or sanctions, that suggestions are looked for in; chosen: it is asked at each
letter that somebody types."""

WIDEST = 100
"""Characters of a suggestion (Discord's documentation of application commands, August 2026)."""

Note = app_commands.Range[str, 1, 1000]
"""A note: a notice has room for it beside the guideline; chosen, not measured."""


class RuleOption(app_commands.Transformer):
    """A rule, by id, number or words; becomes its id."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> str:
        """Return the rule's id."""
        return named(value, cast(Interaction, interaction).client.app.guidelines).id

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest the rules that fit."""
        if not await is_staff(interaction):
            return []
        guidelines = interaction.client.app.guidelines
        return _choices(
            (f"{rule.label} ({rule.id}, guideline {rule.guideline})", rule.id)
            for rule in proposed(str(value), guidelines)
        )


class PausedRuleOption(RuleOption):
    """A rule whose pause is to end: those that are paused are suggested."""

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest the rules that are paused and fit."""
        if interaction.guild is None or not await is_staff(interaction):
            return []
        app = cast(Interaction, interaction).client.app
        paused = {one.rule for one in await app.pausing.pauses(interaction.guild.id)}
        return _choices(
            (f"{rule.label} ({rule.id}), paused", rule.id)
            for rule in proposed(str(value), app.guidelines, care=True)
            if rule.id in paused
        )


class LengthOption(app_commands.Transformer):
    """How long something lasts."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Length:
        """Return the length."""
        return read_duration(value, cast(Interaction, interaction).client.app.clock.now())

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest what was typed as it is read, else what the ladder proposes and what is usual."""
        if not await is_staff(interaction):
            return []
        typed = str(value).strip()
        found: list[tuple[str, str]] = []
        if typed:
            now = interaction.client.app.clock.now()
            try:
                length = read_duration(typed, now)
            except DurationError as error:
                return _choices([(str(error), typed)])
            if length.until is not None:
                left = in_short(length.until - now)
                found.append((f"{said_end(length.until)} UTC, {left} from now", spelled(length)))
            else:
                found.append((said(length.lasts), spelled(length)))
        else:
            found += await sensible_lengths(interaction)
        return _choices(found)


class PostOption(app_commands.Transformer):
    """A post, by its link or id."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> PostPlace:
        """Return where it is said to stand."""
        return read_post(value, interaction.guild_id or 0)

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest the posts of the newest cases, of the member where one is named already."""
        if value or not await is_staff(interaction) or interaction.guild is None:
            return []
        member = given(interaction, "member")
        whose = int(member) if member is not None and member.isdigit() else None
        query = CaseQuery(interaction.guild.id, member=whose)
        page = await interaction.client.app.store.find_cases(query, 0, RECENT)
        return _choices(
            (
                f"{_of_case(one.case, interaction.guild)} · post of {post.at:%d %b, %H:%M} UTC",
                link_of(interaction.guild.id, post.channel, post.message),
            )
            for one in page.cases
            for post in reversed(one.case.posts)
        )


class CaseOption(app_commands.Transformer):
    """A case, by its number."""

    async def transform(self, _interaction: discord.Interaction[Any], value: str, /) -> int:
        """Return the number."""
        return read_case(value)

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest the newest cases whose number begins so."""
        if not await is_staff(interaction) or interaction.guild is None:
            return []
        typed = "".join(sign for sign in str(value) if sign.isdigit())[:9]
        guild, app = interaction.guild, interaction.client.app
        exact = await app.casebook.case(guild.id, int(typed)) if typed else None
        found = [] if exact is None else [exact.case]
        found += await app.store.cases(guild.id, SEARCHED)
        return _choices(
            {
                case.reference: (_of_case(case, guild), case.reference)
                for case in found
                if str(case.number).startswith(typed)
            }.values()
        )


class _NameOption(app_commands.Transformer, ABC):
    """Something of the community, by its name."""

    what: ClassVar[str]
    """As a moderator calls it."""

    @staticmethod
    @abstractmethod
    def names(community: Community) -> list[str]:
        """Return the names there are."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> str:
        """Return the name as the community writes it."""
        here = await as_staff(interaction)
        return _one_of(self.names(here.community), value, self.what)

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest the names."""
        if not await is_staff(interaction):
            return []
        here = await as_staff(interaction)
        return _named(self.names(here.community), str(value))


class BoardOption(_NameOption):
    """A board of the community, by its name."""

    what = "board"

    @staticmethod
    def names(community: Community) -> list[str]:
        """Return the boards' names."""
        return [board.name for board in community.boards]


class GroupOption(_NameOption):
    """A Community Group, by its name."""

    what = "group"

    @staticmethod
    def names(community: Community) -> list[str]:
        """Return the groups' names."""
        return [group.name for group in community.groups]


class InForceOption(app_commands.Transformer):
    """A sanction in force, or a case with all of them; becomes the case's number and one's id."""

    async def transform(
        self, _interaction: discord.Interaction[Any], value: str, /
    ) -> tuple[int, int | None]:
        """Return the case's number, and the sanction's id if one was picked."""
        case, _, one = value.partition("/")
        return read_case(case), int(one) if one.isdigit() else None

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[Choice]:
        """Suggest what is in force, the newest first, by the member's name or the case."""
        if not await is_staff(interaction) or interaction.guild is None:
            return []
        guild, store = interaction.guild, interaction.client.app.store
        typed = str(value).lower().strip()
        found = []
        in_force = await store.sanctions_in_force(guild.id)
        lasting = [one for one in reversed(in_force) if one.kind not in ENDLESS]
        for one in lasting[:SEARCHED]:
            case = await store.case(one.case)
            assert case is not None, "BUG: a sanction without a case"
            words = f"{case.reference} · {_in_short(one)} · {name_of(guild, one.user)}"
            if typed in words.lower():
                found.append((words, f"{case.reference}/{one.id}"))
            if len(found) == MOST:
                break
        return _choices(found)


def name_of(guild: discord.Guild, user: int) -> str:
    """Return a member's name as it is known here, else the account's id."""
    member = guild.get_member(user)
    return member.display_name if member is not None else str(user)


def _of_case(case: Case, guild: discord.Guild) -> str:
    when = f"{case.opened_at:%d %b %Y}"
    return f"{case.reference} · {name_of(guild, case.author)} · {case.state.value} · {when}"


def _in_short(sanction: Sanction) -> str:
    where = sanction.ordered.board or sanction.ordered.group
    what = sanction.kind.value if where is None else f"{sanction.kind.value} ({where})"
    until = f"until {sanction.until:%d %b %Y %H:%M} UTC" if sanction.until else "without end"
    return f"{what} {until}"


def _named(names: Iterable[str], typed: str) -> list[Choice]:
    return _choices((name, name) for name in names if typed.lower().strip() in name.lower())


def _one_of(known: list[str], typed: str, what: str) -> str:
    same = [name for name in known if name.lower() == typed.lower().strip()]
    if same:
        return same[0]
    raise NotHereError(f"There is no {what} of this name. There are: {known_names(known)}.")


def _choices(pairs: Iterable[tuple[str, str]]) -> list[Choice]:
    found = []
    for words, value in pairs:
        short = words if len(words) <= WIDEST else f"{words[: WIDEST - 1]}…"
        found.append(Choice(name=short, value=value[:WIDEST]))
        if len(found) == MOST:
            break
    return found
