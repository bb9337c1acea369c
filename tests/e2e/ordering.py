"""How a moderator orders each kind of sanction, and how Discord shows it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.interactions.options import Value
from bot.sandbox.interactions.outcome import InteractionHandle
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Overwrite, Permission
from tests.e2e.answers import BECAUSE
from tests.e2e.cells import LASTS, Kind
from tests.e2e.court import DESIGNERS, WORKSHOP, Court
from tests.e2e.platform import Platform

RULE = "disrespect"
WORDS = "You would not know a good brief if you saw one."
"""A post that nobody but a moderator would find anything in; too short to count as a repeat."""

RENEWED = timedelta(days=1)
"""How far before its end on Discord a longer timeout has been renewed at the latest."""

CLOSE = timedelta(minutes=10)
"""How far two ends may lie apart: time goes on while a test runs."""

RIGHTS = {
    Kind.TIMEOUT: Permission.MODERATE_MEMBERS,
    Kind.LONG_TIMEOUT: Permission.MODERATE_MEMBERS,
    Kind.BOARD: Permission.MANAGE_ROLES,
    Kind.GROUP: Permission.MANAGE_ROLES,
    Kind.BAN: Permission.BAN_MEMBERS,
    Kind.TEMPORARY_BAN: Permission.BAN_MEMBERS,
    Kind.POST: Permission.MANAGE_MESSAGES,
}
"""What Concord needs for each."""

NAMED = {
    Permission.MODERATE_MEMBERS: "Time out members",
    Permission.MANAGE_ROLES: "Manage Roles",
    Permission.BAN_MEMBERS: "Ban Members",
    Permission.MANAGE_MESSAGES: "Manage Messages",
}
"""As Discord's settings call them."""

COMMANDS: dict[Kind, tuple[str, dict[str, Value]]] = {
    Kind.WARNING: ("warn", {}),
    Kind.TIMEOUT: ("timeout", {"duration": "20 days"}),
    Kind.LONG_TIMEOUT: ("timeout", {"duration": "40 days"}),
    Kind.BOARD: ("remove-from-board", {"board": WORKSHOP, "duration": "30 days"}),
    Kind.GROUP: ("remove-from-group", {"group": DESIGNERS, "duration": "30 days"}),
    Kind.BAN: ("ban", {"duration": "forever"}),
    Kind.TEMPORARY_BAN: ("ban", {"duration": "30 days"}),
}


@dataclass(repr=False)
class Subject:
    """A member, one post of theirs, and how Discord showed them before anything was decided."""

    court: Court
    platform: Platform
    member: MemberHandle
    post: Message
    before: dict[str, Overwrite | None] = field(default_factory=dict)
    ordered_at: datetime | None = None
    """When something was ordered last."""

    @classmethod
    async def of(cls, court: Court, platform: Platform, name: str = "Ada") -> "Subject":
        """Make a member who has written something."""
        ada = await court.member(name)
        post = await ada.says(court.general, f"{WORDS} ({name})")
        return cls(court, platform, ada, post, dict(court.overwrites(ada)))

    async def asked(self, kind: Kind) -> InteractionHandle:
        """Have the moderator ask for a sanction; what is previewed still waits for Confirm.

        The form of the card has no field for why it is not what the ladder proposes: asked later.
        """
        mo, member = self.court.moderator, self.member
        if kind is Kind.REFERRAL:
            card = await (await mo.menu("Moderate post", self.post)).answered()
            form = await (await mo.press(card, label="More…")).answered()
            filled = {"What is to happen": ["referral"], "Rule": "terms-violation"}
            return await (await mo.submit(form, filled)).answered()
        if kind is Kind.POST:
            link = f"https://discord.com/channels/{self.court.guild.id}/"
            link += f"{self.post.channel_id}/{self.post.id}"
            asked = await mo.slash("remove post", post=link, rule=RULE, because=BECAUSE)
            return await asked.answered()
        name, options = COMMANDS[kind]
        asked = await mo.slash(name, None, member=member, rule=RULE, because=BECAUSE, **options)
        return await asked.answered()

    async def ordered(self, kind: Kind) -> InteractionHandle:
        """Have the moderator order a sanction and confirm it."""
        self.ordered_at = self.court.guild.world.clock.now()
        return await self.court.confirms(await self.asked(kind))

    def is_shown(self, kind: Kind) -> list[str]:
        """Return what Discord does not show as the sanction asks for it."""
        court, member = self.court, self.member
        match kind:
            case Kind.WARNING:
                return []
            case Kind.TIMEOUT | Kind.LONG_TIMEOUT:
                return self._timed_out(LASTS[kind])
            case Kind.BOARD:
                open_ = [one.name for one in (court.followed, court.apart) if self._writes(one)]
                wrong = [f"they can write in {name}" for name in open_]
                return wrong if self._writes(court.general) else [*wrong, "other boards are shut"]
            case Kind.GROUP:
                held = member.is_member and court.designers.id in member.member.role_ids
                return ["they have the group's role"] if held else []
            case Kind.BAN | Kind.TEMPORARY_BAN:
                return [] if member.is_banned else ["they are not banned"]
            case Kind.REFERRAL:
                told = self.platform.about(member.id)
                return [] if told == ["referral"] else [f"the platform was told {told}"]
            case Kind.POST:
                return [] if self.post.deleted else ["the post is still there"]

    def is_as_before(self, kind: Kind, *, voided: bool = False, quoted: bool = True) -> list[str]:
        """Return what Discord still shows of a sanction that is over.

        Args:
            kind: what was decided.
            voided: whether it was a mistake: the platform is told so, the post stands again.
            quoted: whether Concord could quote the post where it stood.
        """
        court, member = self.court, self.member
        match kind:
            case Kind.WARNING:
                return []
            case Kind.TIMEOUT | Kind.LONG_TIMEOUT:
                until = member.timeout_until
                return [] if until is None else [f"they are timed out until {until}"]
            case Kind.BOARD:
                now = dict(court.overwrites(member))
                return [] if now == self.before else [f"overwrites: {now}, not {self.before}"]
            case Kind.GROUP:
                held = court.designers.id in member.member.role_ids
                return [] if held else ["they do not have the group's role"]
            case Kind.BAN | Kind.TEMPORARY_BAN:
                return ["they are banned"] if member.is_banned else []
            case Kind.REFERRAL:
                told = self.platform.about(member.id)
                expected = ["referral", "withdrawn"] if voided else ["referral"]
                return [] if told == expected else [f"the platform was told {told}"]
            case Kind.POST:
                quotes = self.quotes()
                return (
                    [] if len(quotes) == quoted else [f"the post stands again {len(quotes)} times"]
                )

    def quotes(self) -> list[Message]:
        """Return Concord's quotes of the post, where it stood."""
        ours = self.court.guild.world.bot
        return [
            one
            for one in self.court.general.messages()
            if one.author is ours
            and any(self.post.content in str(embed) for embed in (one.content, *one.embeds))
        ]

    def touched_nobody_else(self) -> list[str]:
        """Return what has changed for a member whom nothing concerns."""
        court, bea = self.court, self.court.bystander
        wrong = [name for name, own in court.overwrites(bea).items() if own is not None]
        if court.designers.id not in bea.member.role_ids or bea.timeout_until is not None:
            wrong.append("role or timeout")
        return [f"a bystander's: {one}" for one in wrong]

    def _timed_out(self, lasts: timedelta) -> list[str]:
        assert self.ordered_at is not None, "nothing was ordered"
        until, end = self.member.timeout_until, self.ordered_at + lasts
        if until is None:
            return ["they are not timed out"]
        least = min(end, self.court.guild.world.clock.now() + RENEWED)
        wrong = not least - CLOSE < until < end + CLOSE
        return [f"timed out until {until}, not from {least} to {end}"] if wrong else []

    def _writes(self, channel: ChannelHandle) -> bool:
        return self.court.writes(self.member, channel)
