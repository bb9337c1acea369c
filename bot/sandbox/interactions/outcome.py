"""What somebody saw after setting something in motion."""

import time
from typing import TYPE_CHECKING, Self

from bot.sandbox.interactions.components import words_of
from bot.sandbox.interactions.interaction import (
    CallbackKind,
    Choice,
    Interaction,
    Modal,
    Shown,
)
from bot.sandbox.messages import Message
from bot.sandbox.seam import JsonObject

if TYPE_CHECKING:
    from bot.sandbox.simulation import Simulation


class NotAnsweredError(Exception):
    """The bot did not answer an interaction in time; the message says how far it came."""


class InteractionHandle:
    """An interaction with what its user has seen of it so far."""

    def __init__(self, sim: "Simulation", interaction: Interaction) -> None:
        self._sim = sim
        self.interaction = interaction

    @property
    def id(self) -> int:
        """The interaction's id."""
        return self.interaction.id

    async def responded(self, timeout: float = 10.0) -> Self:  # noqa: ASYNC109 - as in `until`
        """Return when the bot has answered first, or can no more (then `failed`).

        Args:
            timeout: real seconds, beyond those that Discord gives.
        """
        most = timeout + self._sim.world.interactions.answer_seconds
        await self._sim.until(
            lambda: self.interaction.answer is not None or self.failed,
            most,
            f"the first answer to {self._name()}",
        )
        return self

    async def answered(self, timeout: float = 10.0) -> Self:  # noqa: ASYNC109 - as in `until`
        """Return when the bot has answered for good.

        That is with a message, a form or suggestions; after a deferred answer: when the original
        was edited or a follow-up came.

        Args:
            timeout: real seconds after the first answer.

        Raises:
            NotAnsweredError: the bot has not.
        """
        await self.responded()
        if self.failed:
            raise NotAnsweredError(f"{self._name()}: the application did not respond")
        try:
            await self._sim.until(lambda: self.interaction.finished, timeout)
        except TimeoutError:
            raise NotAnsweredError(
                f"{self._name()}: deferred, and nothing more within {timeout} s;"
                f" {self._sim.outlook()}"
            ) from None
        return self

    @property
    def failed(self) -> bool:
        """Whether the user reads "The application did not respond".

        That is after three real seconds without any answer, or where a deferred one was still
        awaited when the token ran out.
        """
        if self.interaction.has_failed(time.monotonic()):
            return True
        return self.thinking and self.interaction.is_expired(self._sim.clock.now())

    @property
    def deferred(self) -> bool:
        """Whether the first answer was one that only says to wait."""
        return self.interaction.answer in {
            CallbackKind.DEFERRED_MESSAGE,
            CallbackKind.DEFERRED_UPDATE,
        }

    @property
    def thinking(self) -> bool:
        """Whether the user reads that the bot "is thinking"."""
        original = self.interaction.original
        return original is not None and original.is_loading and not original.deleted

    @property
    def ephemeral(self) -> bool:
        """Whether only the user sees the first answer."""
        original = self.interaction.original
        return original is not None and original.is_ephemeral

    @property
    def delay(self) -> float | None:
        """Real seconds from the user's act to the first answer; None: there is none."""
        at = self.interaction.answered_at
        return None if at is None else at - self.interaction.asked_at

    @property
    def message(self) -> Message:
        """The first answer as a message; of an update, the message that it updates.

        Raises:
            NotAnsweredError: there is no such message.
        """
        original = self.interaction.original
        if original is None:
            raise NotAnsweredError(f"{self._name()} was not answered with a message")
        return original

    @property
    def messages(self) -> list[Message]:
        """The first answer and the follow-ups that are still there, oldest first."""
        found = [self.interaction.original, *self.interaction.replies]
        return [each for each in found if each is not None and not each.deleted]

    @property
    def text(self) -> str:
        """Everything that stands in the messages now, a line for each piece: words, embeds, V2."""
        return "\n".join(text for message in self.messages if (text := text_of(message)))

    @property
    def history(self) -> list[Shown]:
        """Every look of every message, in order: posted, edited, taken away."""
        return list(self.interaction.shown)

    @property
    def modal(self) -> Modal:
        """The form that was opened.

        Raises:
            NotAnsweredError: there is none.
        """
        if self.interaction.modal is None:
            raise NotAnsweredError(f"{self._name()} was not answered with a form")
        return self.interaction.modal

    @property
    def choices(self) -> list[Choice]:
        """The suggestions.

        Raises:
            NotAnsweredError: there are none.
        """
        if self.interaction.choices is None:
            raise NotAnsweredError(f"{self._name()} was not answered with suggestions")
        return list(self.interaction.choices)

    def _name(self) -> str:
        kind = self.interaction.kind.name.lower()
        return f"{kind} {self.interaction.name!r} of {self.interaction.user.username}"


def text_of(message: Message) -> str:
    """Return everything that can be read in a message, a line for each piece."""
    pieces = [message.content, words_of(message.components)]
    for embed in message.embeds:
        pieces.extend(_embed_texts(embed))
    return "\n".join(piece for piece in pieces if piece)


def _embed_texts(embed: JsonObject) -> list[str]:
    texts = [str(embed.get(key) or "") for key in ("title", "description")]
    fields = embed.get("fields")
    for each in fields if isinstance(fields, list) else []:
        texts += [str(each["name"]), str(each["value"])]
    footer = embed.get("footer")
    if isinstance(footer, dict):
        texts.append(str(footer.get("text") or ""))
    return texts
