"""What a person sets in motion that the bot has to answer, as a test or the demo plays it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.channels import AnyChannel, DirectChannel
from bot.sandbox.guilds import Guild
from bot.sandbox.interactions import invoking, pressing, submitting
from bot.sandbox.interactions.interaction import Choice, Interaction, Modal
from bot.sandbox.interactions.options import Value
from bot.sandbox.interactions.outcome import InteractionHandle
from bot.sandbox.interactions.pressing import Chosen
from bot.sandbox.interactions.submitting import Filled
from bot.sandbox.messages import Message
from bot.sandbox.users import User

if TYPE_CHECKING:
    from bot.sandbox.member_handle import MemberHandle
    from bot.sandbox.simulation import Simulation

Where: TypeAlias = ChannelHandle | DirectChannel | None
"""Where a command is called; None: in the first room of the guild where the person may."""


class InteractionActs:
    """One person, who is or was in a guild.

    Each act raises `InteractionRefusedError` where Discord's own client does not let the person;
    else it returns at once, and what the person sees comes with time.
    """

    def __init__(self, sim: "Simulation", guild: Guild, user: User) -> None:
        self._sim = sim
        self._guild = guild
        self._user = user

    async def slash(
        self, name: str, where: Where, options: Mapping[str, Value]
    ) -> InteractionHandle:
        """Call a command as typed."""
        return await self._handle(
            invoking.type_command(self._sim.world, self._user, self._in(where), name, options)
        )

    async def autocomplete(
        self,
        name: str,
        where: Where,
        focused: str,
        text: str,
        options: Mapping[str, Value],
    ) -> list[Choice]:
        """Type into one option of a command; return what is suggested.

        Raises:
            NotAnsweredError: nothing is suggested in time.
        """
        given = {**options, focused: text}
        handle = await self._handle(
            invoking.ask_suggestions(
                self._sim.world, self._user, self._in(where), name, focused, given
            )
        )
        return (await handle.answered()).choices

    async def menu(
        self, name: str, target: "Message | MemberHandle | User", where: Where
    ) -> InteractionHandle:
        """Choose a command from a context menu."""
        world = self._sim.world
        if isinstance(target, Message):
            return await self._handle(invoking.choose_for_message(world, self._user, name, target))
        user = target if isinstance(target, User) else target.user
        return await self._handle(
            invoking.choose_for_user(world, self._user, self._in(where), name, user)
        )

    async def press(
        self, what: Message | InteractionHandle, label: str | None, custom_id: str | None
    ) -> InteractionHandle:
        """Press a button."""
        return await self._handle(
            pressing.press(
                self._sim.world, self._user, _message_of(what), label=label, custom_id=custom_id
            )
        )

    async def choose(
        self, what: Message | InteractionHandle, chosen: Chosen, custom_id: str | None
    ) -> InteractionHandle:
        """Choose from a menu."""
        return await self._handle(
            pressing.choose(
                self._sim.world, self._user, _message_of(what), chosen, custom_id=custom_id
            )
        )

    async def submit(
        self, form: Modal | InteractionHandle, filled: Mapping[str, Filled]
    ) -> InteractionHandle:
        """Send a form."""
        modal = form.modal if isinstance(form, InteractionHandle) else form
        return await self._handle(submitting.submit(self._sim.world, self._user, modal, filled))

    def _in(self, where: Where) -> AnyChannel:
        if isinstance(where, ChannelHandle):
            return where.state
        return where or invoking.usual_channel(self._sim.world, self._user, self._guild)

    async def _handle(self, interaction: Interaction) -> InteractionHandle:
        await self._sim.breathe()
        return InteractionHandle(self._sim, interaction)


def _message_of(what: Message | InteractionHandle) -> Message:
    return what.message if isinstance(what, InteractionHandle) else what
