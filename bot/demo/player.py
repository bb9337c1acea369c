"""Plays a script on a simulated server with the real bot, and finds out what came of each post."""

import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path

from bot.demo.bot_process import BotProcess
from bot.demo.differences import differences
from bot.demo.facts import (
    Applied,
    Ended,
    Fact,
    Killed,
    Letter,
    Opened,
    Outcome,
    Said,
    SceneBegan,
    Started,
    Typing,
    Waiting,
)
from bot.demo.mailroom import Mailroom
from bot.demo.script import Happening, Scene, Script, Speech
from bot.demo.server import build_server
from bot.demo.trace import Judgement, read_trace
from bot.errors import ConcordError
from bot.files._table import name_of
from bot.model.action import Action
from bot.sandbox import Message, Simulation

PATIENCE = 120.0
"""Seconds that the bot may take for anything; chosen for a machine many times slower than ours."""

_WRITING = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE"})


class Player:
    """One performance of one script.

    Law: every post and every change of one has exactly one outcome.
    """

    def __init__(
        self, script: Script, sim: Simulation, folder: Path, environ: Mapping[str, str]
    ) -> None:
        """Prepare a performance; nothing is started.

        Args:
            script: what is played.
            sim: the simulated Discord it is played on.
            folder: an empty folder for what the bot keeps.
            environ: the environment of the bot's process, without Concord's own variables.
        """
        self._script = script
        self._sim = sim
        self._bot = BotProcess(sim, folder, environ)
        self._killed = False
        self._posts: dict[str, Message] = {}
        self._open: list[tuple[Speech, Message]] = []
        self._outcomes: list[Outcome] = []

    async def play(self) -> AsyncGenerator[Fact, None]:
        """Play everything, telling each fact when it is known; ends the bot whatever happens.

        Raises:
            ConcordError: if the bot cannot start, ends by itself, or does not answer.
        """
        try:
            self._server = await build_server(
                self._sim, self._script.community, self._script.people
            )
            self._mail = Mailroom(self._server)
            yield Opened(self._script)
            yield Waiting("applying the community file")
            yield await self._apply()
            yield Waiting("starting the bot")
            yield await self._start()
            for scene in self._script.scenes:
                async for fact in self._scene(scene):
                    yield fact
            yield self._end()
        finally:
            await self._bot.stop()

    async def _scene(self, scene: Scene) -> AsyncGenerator[Fact, None]:
        yield SceneBegan(scene.title)
        for step in scene.steps:
            if isinstance(step, Speech):
                async for fact in self._speech(step):
                    yield fact
            elif step.happening is Happening.KILLED:
                yield await self._kill(None)
            else:
                yield Waiting("starting the bot again")
                yield await self._start(again=True)
                for outcome in self._conclude(caught_up=True):
                    yield outcome

    async def _speech(self, speech: Speech) -> AsyncGenerator[Fact, None]:
        yield Typing(speech)
        channel = self._server.boards[speech.board]
        author = self._server.people[speech.who]
        if speech.edits is None:
            message = await author.says(channel, speech.says)
        else:
            message = await author.edits(self._posts[speech.edits], speech.says)
        if speech.id is not None:
            self._posts[speech.id] = message
        self._open.append((speech, message))
        if speech.happening is Happening.KILLED:
            await self._wait_until_gone(message)
            killed = await self._kill(speech)
            yield Said(speech, channel.name, bot_is_away=False)
            yield killed
            return
        yield Said(speech, channel.name, bot_is_away=self._killed)
        if not self._killed:
            await self._settle()
            for outcome in self._conclude(caught_up=False):
                yield outcome

    async def _apply(self) -> Applied:
        file = self._script.community_file
        posture = self._script.posture
        chosen = ("--posture", posture.value) if posture is not None else ()
        guild = str(self._server.guild.id)
        arguments = ("apply", str(file), "--guild", guild, *chosen, "--yes")
        output = await self._bot.command(*arguments)
        near = name_of(file)
        name = file.name if Path(near).is_absolute() else near
        shown = " ".join(("apply", name, "--guild", f"{guild[:4]}…", *chosen, "--yes"))
        return Applied(shown, tuple(output.splitlines()))

    async def _start(self, *, again: bool = False) -> Started:
        began = time.monotonic()
        await self._bot.start()
        self._killed = False
        await self._bot.meanwhile(self._sim.connected(timeout=PATIENCE))
        await self._settle()
        return Started(self._bot.pid, time.monotonic() - began, again)

    async def _settle(self) -> None:
        try:
            await self._bot.meanwhile(self._sim.settled(timeout=PATIENCE))
        except TimeoutError as error:
            raise ConcordError(f"The bot does not answer: {error}") from error

    async def _wait_until_gone(self, message: Message) -> None:
        settled = False

        def gone_or_settled() -> bool:
            nonlocal settled
            settled = self._sim.is_settled()
            return message.deleted or settled

        # It may never go: then the bot has nothing more to do with it, and is killed all the same.
        await self._bot.meanwhile(self._sim.until(gone_or_settled, PATIENCE, "the removal"))

    async def _kill(self, speech: Speech | None) -> Killed:
        pid = self._bot.pid
        await self._bot.kill()
        self._killed = True
        await self._sim.until(lambda: not self._sim.gateway.connected, PATIENCE, "the disconnect")
        if speech is None or not self._open[-1][1].deleted:
            return Killed(pid, None, notified=False)
        author = self._server.people[speech.who]
        return Killed(pid, speech.who, notified=self._mail.has_notice(author))

    def _conclude(self, *, caught_up: bool) -> list[Outcome]:
        """Find out what came of the posts that are open; the bot has nothing more to do."""
        judged = read_trace(self._sim.traces)
        cards = {post: card for card in self._mail.cards() for post in card.posts}
        outcomes = []
        for speech, message in self._open:
            notices = self._mail.notices(self._server.people[speech.who])
            outcomes.append(
                self._outcome(
                    speech,
                    message,
                    judged,
                    notice=notices[0] if notices else None,
                    card=cards.get(message.id),
                    caught_up=caught_up,
                )
            )
        self._open.clear()
        self._outcomes.extend(outcomes)
        return outcomes

    def _outcome(
        self,
        speech: Speech,
        message: Message,
        judged: Mapping[int, Judgement],
        *,
        notice: Letter | None,
        card: Letter | None,
        caught_up: bool,
    ) -> Outcome:
        judgement = judged.get(message.id)
        if message.deleted:
            action = Action.REMOVE
        elif card is not None:
            action = Action.REVIEW
        else:
            action = judgement.action if judgement is not None else Action.ALLOW
        return Outcome(
            speech,
            self._server.boards[speech.board].name,
            action,
            seen=judgement.seen(speech.says) if judgement is not None else (),
            told=judgement is not None,
            seconds=None if caught_up else self._seconds_to_removal(message),
            notice=notice,
            card=card,
            caught_up=caught_up,
        )

    def _seconds_to_removal(self, message: Message) -> float | None:
        events = [
            at for name, at in self._sim.dispatched.get(message.id, ()) if "DELETE" not in name
        ]
        path = f"/channels/{message.channel_id}/messages/{message.id}"
        asked = [r.started for r in self._sim.requests if r.method == "DELETE" and r.path == path]
        return asked[0] - events[-1] if asked and events else None

    def _end(self) -> Ended:
        assert not self._open, "BUG: a script that leaves the bot killed was not refused"
        marks = Counter(self._mail.all_marks())
        return Ended(
            outcomes=tuple(self._outcomes),
            letters=sum(marks.values()),
            twice=sum(1 for times in marks.values() if times > 1),
            differences=tuple(differences(self._outcomes, marks)),
        )
