"""What was removed by mistake comes back with its files, or everybody reads that they are lost."""

from dataclasses import replace

import pytest

from bot.model.intent import IntentKind, IntentState
from bot.model.post import Part, PostFile, Surface
from bot.ports import WITHOUT_FILES, Words
from tests.enforcing import Scene
from tests.fakes import Seen, Sent
from tests.making import case_post
from tests.rulings import Bench

FILE = PostFile(9, "cat.png", "https://cdn.example/cat.png", 10, "image/png")
ONLY_A_FILE = replace(case_post(parts=(Part(Surface.FILE_NAME, FILE.name),)), files=(FILE,))


def said(scene: Scene, title: str) -> list[Words]:
    """What stands in Discord under a title."""
    return [one for one in scene.discord.words.values() if one.title == title]


async def voided(scene: Scene, *plans: tuple[str, Sent | Seen]) -> list[Words]:
    """Remove a post that was only a file, and void it; return the notice and the log's last line.

    Args:
        scene: where.
        plans: how requests go, by name.
    """
    bench = Bench(scene)
    for request, step in plans:
        scene.discord.plan(request, step)
    ruled = await bench.decide(removes=(ONLY_A_FILE,))
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case, void=True))
    assert await scene.store.unsettled() == ()
    (line,) = (one for one in scene.discord.words.values() if one.title.endswith("voided"))
    return [*said(scene, "It was our mistake"), line]


async def test_files_that_were_kept_come_back_with_the_post(scene: Scene) -> None:
    """Nobody reads of anything that is missing."""
    notice, line = await voided(scene)

    (quote,) = said(scene, "A post is back")
    assert quote.paragraphs[0].endswith("here it is again.")
    assert "stands again" in str(notice)
    assert "kept" not in f"{notice}{line}"


@pytest.mark.parametrize("answer", [Sent.WELL, Sent.LOST])
async def test_files_that_were_not_kept_are_said_to_be_missing(scene: Scene, answer: Sent) -> None:
    """By the quote, the notice and the log, also where the quote's answer was lost."""
    notice, line = await voided(scene, ("keep_files", Sent.REFUSED), ("restore", answer))

    (quote,) = said(scene, "A post is back")
    assert quote.paragraphs[-1] == "What is missing of its files was not kept."
    assert "Its files are not all there, for not all were kept" in str(notice)
    assert f"1 post {WITHOUT_FILES}" in str(line)


async def test_a_quote_waits_for_files_that_are_still_being_kept(scene: Scene) -> None:
    """What is on its way is not lost."""
    bench = Bench(scene)
    scene.discord.plan("keep_files", Sent.LATER)
    ruled = await bench.decide(removes=(ONLY_A_FILE,))
    await bench.act(ruled)
    void = await bench.end(ruled.case, void=True)
    await bench.act(void)
    kinds = {one.kind: one.state for one in await scene.store.intents(ruled.case)}
    early = said(scene, "A post is back")

    while await scene.store.unsettled():
        await bench.wait(
            void, max(one.not_before for one in await scene.store.unsettled()) - scene.clock.now()
        )

    assert kinds[IntentKind.RESTORE] is IntentState.PENDING
    assert early == []
    (quote,) = said(scene, "A post is back")
    assert quote.paragraphs[0].endswith("here it is again.")
