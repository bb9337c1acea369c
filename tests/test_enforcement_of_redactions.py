"""Our own messages lose erased words, once nothing they show is on its way any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.enforcement import PAUSES
from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.post import PostFile
from bot.model.sanction import SanctionKind
from tests.enforcing import Scene
from tests.fakes import Seen, Sent
from tests.making import ADA, GUILD, case_post
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, TIMEOUT, WARNING = SanctionKind.BAN, SanctionKind.TIMEOUT, SanctionKind.WARNING
LOG = IntentKind.LOG
DONE, DROPPED, FAILED = IntentState.DONE, IntentState.DROPPED, IntentState.FAILED
UNKNOWN = IntentState.UNKNOWN
HOUR = timedelta(hours=1)
FILE = PostFile(9, "cat.png", "https://cdn.example/cat.png", 10, "image/png")


async def redaction_of(scene: Scene, sent: Intent) -> Intent:
    """Return what takes the words out of a message."""
    every = await scene.store.intents(sent.case)
    return next(one for one in every if one.target == sent.id)


class TestRedaction:
    """Erased words are taken out of our own messages."""

    @staticmethod
    async def _redact(scene: Scene, case: int) -> None:
        async def work(tx) -> None:  # type: ignore[no-untyped-def]
            await tx.forget(GUILD, ADA, scene.clock.now())
            for one in await scene.store.intents(case):
                key = f"redact:{one.id}"
                await tx.add_intent(
                    case, IntentDraft(IntentKind.REDACT, key, target=one.id), scene.clock.now()
                )

        await scene.store.write(work)

    async def test_every_message_of_ours_loses_the_words(self, scene: Scene, bench: Bench) -> None:
        """Notices and lines stay without them, files and quotes go; what was no message is left."""
        ruled = await bench.decide(removes=(replace(case_post(), files=(FILE,)),))
        await bench.act(ruled)
        await bench.act(await bench.end(ruled.case, void=True))
        assert any("a bad post" in str(words) for words in scene.discord.words.values())
        made = len(scene.discord.words)
        await self._redact(scene, ruled.case)
        await bench.act(ruled)

        assert await scene.store.unsettled() == ()
        assert not any("a bad post" in str(words) for words in scene.discord.words.values())
        assert len(scene.discord.words) == made - 2

    @pytest.mark.parametrize("void", [True, False])
    async def test_a_notice_of_a_mistake_says_so_once_it_is_written_anew(
        self, scene: Scene, bench: Bench, void: bool
    ) -> None:
        """Else it would read as if it still held; what was only lifted was no mistake."""
        ruled = await bench.decide(draft(TIMEOUT))
        await bench.act(ruled)
        await bench.act(await bench.end(ruled.case, void=void))
        await self._redact(scene, ruled.case)
        await bench.act(ruled)

        (told,) = (one for one in scene.discord.words.values() if one.title == "You are timed out")
        mistake = "It was a mistake: it is undone since then and counts for nothing."
        assert (told.paragraphs[0] == mistake) is void
        assert "has been erased" in told.paragraphs[-1]

    async def test_it_waits_for_what_is_still_under_way(self, scene: Scene) -> None:
        """A notice that has not gone through yet is redacted once it has."""
        scene.discord.plan("tell", Sent.LATER)
        case = await scene.decide()
        await scene.act(case)
        await self._redact(scene, case)
        await scene.act(case)
        notice = (await scene.intents(case))["notice"]
        assert notice.state is not DONE

        await scene.wait(case, PAUSES[0])
        (message,) = scene.discord.messages[notice.nonce]
        assert "has been erased" in str(scene.discord.words[message])
        assert await scene.store.unsettled() == ()

    @pytest.mark.parametrize("arrived", [True, False])
    async def test_a_message_that_nobody_knows_of_is_looked_for(
        self, scene: Scene, *, arrived: bool
    ) -> None:
        """Its answer was lost, and the place could not be read: the words may stand there."""
        scene.discord.plan("tell", Sent.LOST if arrived else Sent.NEVER)
        scene.discord.plan("find_notice", *[Seen.UNANSWERED, Seen.REFUSED])
        case = await scene.decide()
        await scene.act(case)
        await scene.wait(case, PAUSES[0])
        notice = (await scene.intents(case))["notice"]
        assert (notice.state, notice.result) == (UNKNOWN, None)

        await scene.store.write(lambda tx: tx.forget(GUILD, ADA, scene.clock.now()))
        await scene.act(case)

        redaction = await redaction_of(scene, notice)
        assert redaction.state is (DONE if arrived else DROPPED)
        assert "a bad post" not in str(scene.discord.words)
        if arrived:
            (message,) = scene.discord.messages[notice.nonce]
            assert "has been erased" in str(scene.discord.words[message])

    @pytest.mark.parametrize("sent", [Sent.REFUSED, Sent.NEVER])
    async def test_where_it_cannot_be_looked_for_it_is_owned_up_to_unless_discord_refused_it(
        self, scene: Scene, sent: Sent
    ) -> None:
        """What Discord never took is not there, and nobody is asked to look for it."""
        scene.discord.plan("tell", sent)
        scene.discord.plan("find_notice", *[Seen.UNANSWERED, Seen.REFUSED])
        scene.discord.plan("redact", Sent.REFUSED)
        case = await scene.decide()
        await scene.act(case)
        await scene.wait(case, PAUSES[0])
        notice = (await scene.intents(case))["notice"]
        await scene.store.write(lambda tx: tx.forget(GUILD, ADA, scene.clock.now()))

        await scene.act(case)

        expected = DROPPED if sent is Sent.REFUSED else FAILED
        assert (await redaction_of(scene, notice)).state is expected
