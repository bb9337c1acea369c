"""Who could not be told is told after all: on their return, or in the message they have already."""

from datetime import timedelta

import pytest

from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.sanction import SanctionKind
from bot.ports import Transaction, Words
from bot.upkeep import Upkeep
from tests.enforcing import Scene
from tests.fakes import Seen, Sent
from tests.making import ADA, GUILD
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, TIMEOUT = SanctionKind.BAN, SanctionKind.TIMEOUT
WARNING = SanctionKind.WARNING
HOUR = timedelta(hours=1)


async def notices(scene: Scene, case: int) -> list[Intent]:
    """Return a case's notices, in the order they were ordered."""
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.NOTICE]


def upkeep(scene: Scene) -> Upkeep:
    """What looks after returns."""
    return Upkeep(scene.store, scene.measures, scene.clock, scene.enforcement.carry_out)


async def come_back(scene: Scene) -> None:
    """Let Ada come back now."""
    await upkeep(scene).returned(GUILD, ADA, scene.clock.now())
    await scene.enforcement.activity.until_quiet()


@pytest.mark.parametrize("void", [False, True])
async def test_the_notice_of_a_ban_is_put_right_where_no_new_message_arrives(
    scene: Scene, bench: Bench, *, void: bool
) -> None:
    """The innocent is not left with "for good" before their eyes."""
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    (first,) = await notices(scene, ruled.case)
    scene.discord.script["tell"].append(Sent.REFUSED)

    await bench.end(ruled.case, void=void)
    await bench.act(ruled)

    _, second = await notices(scene, ruled.case)
    assert first.result is not None
    words = scene.discord.words[first.result]
    assert (second.state, second.result) == (IntentState.DONE, first.result)
    assert "You can join this community again, with an invitation." in "\n".join(words.paragraphs)
    assert "changing what they read last" in second.outcome


async def test_who_came_back_is_told_what_they_could_not_be_told_while_away(
    scene: Scene, bench: Bench
) -> None:
    """Once for each return, and not again once they have read it."""
    scene.discord.script["tell"].append(Sent.REFUSED)
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)
    before = [one.state for one in await notices(scene, ruled.case)]
    scene.clock.advance(HOUR)

    await come_back(scene)
    await come_back(scene)
    scene.clock.advance(HOUR)
    await come_back(scene)

    states = [one.state for one in await notices(scene, ruled.case)]
    assert before == [IntentState.FAILED]
    assert states == [IntentState.FAILED, IntentState.DONE]


@pytest.mark.parametrize("points", [0, 2])
async def test_a_warning_that_counts_is_told_on_their_return(
    scene: Scene, bench: Bench, points: int
) -> None:
    """One given while they were away; so is a reminder, while it is remembered."""
    until = scene.clock.now() + 30 * HOUR
    scene.discord.script["tell"].append(Sent.REFUSED)
    ruled = await bench.decide(draft(WARNING, points=points, points_until=until))
    await bench.act(ruled)
    watched = await upkeep(scene).watched(GUILD)
    scene.clock.advance(HOUR)

    await come_back(scene)
    await come_back(scene)

    states = [one.state for one in await notices(scene, ruled.case)]
    line = "\n".join(next(iter(written(scene))).paragraphs)
    assert ADA in watched
    assert states == [IntentState.FAILED, IntentState.DONE]
    assert "The member was told: by direct message." in line
    assert "⚠️" not in line


def written(scene: Scene) -> list[Words]:
    """Return the lines of the moderators' log as they stand."""
    return [one for one in scene.discord.words.values() if "·" in one.title]


async def test_a_warning_that_counts_no_more_is_not_told_on_their_return(
    scene: Scene, bench: Bench
) -> None:
    """Nothing of it is left that they should know of."""
    until = scene.clock.now() + HOUR
    scene.discord.script["tell"].append(Sent.REFUSED)
    ruled = await bench.decide(draft(WARNING, points=2, points_until=until))
    await bench.act(ruled)
    scene.clock.advance(2 * HOUR)

    await come_back(scene)

    assert [one.state for one in await notices(scene, ruled.case)] == [IntentState.FAILED]


async def test_what_was_changed_while_they_were_away_is_told_on_their_return(
    scene: Scene, bench: Bench
) -> None:
    """They had read another end, and the message could not be changed."""
    ruled = await bench.decide(draft(TIMEOUT, until=scene.clock.now() + 50 * HOUR))
    await bench.act(ruled)
    scene.discord.script["tell"].append(Sent.REFUSED)
    scene.discord.script["redact"].append(Sent.REFUSED)
    await bench.edit(ruled.case, duration=90 * HOUR)
    await bench.act(ruled)
    scene.clock.advance(HOUR)

    await come_back(scene)

    states = [one.state for one in await notices(scene, ruled.case)]
    assert states == [IntentState.DONE, IntentState.FAILED, IntentState.DONE]


async def test_the_line_of_who_came_back_says_how_it_is_now(scene: Scene, bench: Bench) -> None:
    """It began while they were away, and it does not wait for them any more."""
    scene.measures.leave(ADA)
    scene.discord.script["tell"].append(Sent.REFUSED)
    ruled = await bench.decide(draft(TIMEOUT, until=scene.clock.now() + 50 * HOUR))
    await bench.act(ruled)
    before = "\n".join(written(scene)[0].paragraphs)
    scene.clock.advance(HOUR)
    scene.measures.come_back(ADA)

    await come_back(scene)

    after = "\n".join(written(scene)[0].paragraphs)
    assert "it begins if they come back" in before
    assert "Telling the member did not work" in before
    assert "it begins if they come back" not in after
    assert "Telling the member did not work" not in after
    assert "The member was told: by direct message." in after


async def test_who_has_read_it_is_not_told_again_on_their_return(
    scene: Scene, bench: Bench
) -> None:
    """Coming back changes nothing about it."""
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)
    scene.clock.advance(HOUR)

    await come_back(scene)

    assert [one.state for one in await notices(scene, ruled.case)] == [IntentState.DONE]


@pytest.mark.parametrize("void", [False, True])
@pytest.mark.parametrize("kind", [BAN, TIMEOUT])
async def test_who_could_not_be_told_that_it_is_over_is_told_on_their_return(
    scene: Scene, bench: Bench, kind: SanctionKind, *, void: bool
) -> None:
    """No new message arrived, and the old one could not be changed: once, and not again."""
    ruled = await bench.decide(draft(kind))
    await bench.act(ruled)
    scene.clock.advance(HOUR)
    scene.discord.script["tell"].append(Sent.REFUSED)
    scene.discord.script["redact"].append(Sent.REFUSED)
    await bench.end(ruled.case, void=void)
    await bench.act(ruled)
    before = [one.state for one in await notices(scene, ruled.case)]
    watched = await upkeep(scene).watched(GUILD)
    scene.clock.advance(HOUR)

    await come_back(scene)
    await come_back(scene)
    scene.clock.advance(HOUR)
    await come_back(scene)

    done, failed = IntentState.DONE, IntentState.FAILED
    assert before == [done, failed]
    assert [one.state for one in await notices(scene, ruled.case)] == [done, failed, done]
    assert ADA in watched
    assert await upkeep(scene).watched(GUILD) == frozenset()


async def test_who_never_read_of_it_is_not_told_that_it_is_over(scene: Scene, bench: Bench) -> None:
    """Neither reached them: nothing holds, and they knew of nothing."""
    scene.discord.script["tell"].extend([Sent.REFUSED, Sent.REFUSED])
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)
    await bench.end(ruled.case)
    await bench.act(ruled)
    scene.clock.advance(HOUR)

    await come_back(scene)

    assert [one.state for one in await notices(scene, ruled.case)] == [IntentState.FAILED] * 2


async def test_who_was_there_when_it_failed_is_told_on_no_old_return(
    scene: Scene, bench: Bench
) -> None:
    """They had come back before; only a later return tells them."""
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)
    back = scene.clock.now()
    scene.clock.advance(HOUR)
    scene.discord.script["tell"].append(Sent.REFUSED)
    scene.discord.script["redact"].append(Sent.REFUSED)
    await bench.end(ruled.case)
    await bench.act(ruled)

    await upkeep(scene).returned(GUILD, ADA, back)
    await scene.enforcement.activity.until_quiet()

    assert len(await notices(scene, ruled.case)) == 2


@pytest.mark.parametrize("void", [False, True])
async def test_what_was_taken_back_before_it_was_told_is_not_told_afterwards(
    scene: Scene, bench: Bench, *, void: bool
) -> None:
    """Or the last that a member reads would be a timeout that is over."""
    scene.discord.script["tell"].append(Sent.LATER)
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)

    await bench.end(ruled.case, void=void)
    await bench.act(ruled)
    await scene.wait(ruled.case, HOUR)

    first, second = await notices(scene, ruled.case)
    assert (first.state, second.state) == (IntentState.DROPPED, IntentState.DONE)
    assert first.outcome == "not sent, because all of it was taken back before it could be told"
    assert first.nonce not in scene.discord.messages


async def test_a_notice_that_arrived_unanswered_and_was_taken_back_is_known_to_have_arrived(
    scene: Scene, bench: Bench
) -> None:
    """So that its words can be erased one day."""
    scene.discord.script["tell"].extend([Sent.LOST])
    scene.discord.script["find_notice"].append(Seen.UNANSWERED)
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)
    await bench.end(ruled.case, void=True)

    await scene.wait(ruled.case, HOUR)

    first, second = await notices(scene, ruled.case)
    assert (first.state, second.state) == (IntentState.DONE, IntentState.DONE)
    assert len(scene.discord.messages[first.nonce]) == 1


async def test_a_put_right_notice_stays_right_once_words_are_erased(
    scene: Scene, bench: Bench
) -> None:
    """What was decided last is said, whichever notice made the message."""
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    scene.discord.script["tell"].append(Sent.REFUSED)
    await bench.end(ruled.case, void=True)
    await bench.act(ruled)
    (first, _) = await notices(scene, ruled.case)
    assert first.result is not None
    before = scene.discord.words[first.result]

    async def erase(tx: Transaction) -> None:
        await tx.forget(GUILD, ADA, scene.clock.now())
        for one in await scene.store.intents(ruled.case):
            redact = IntentDraft(IntentKind.REDACT, f"redact:{one.id}", target=one.id)
            if one.kind is IntentKind.NOTICE:
                await tx.add_intent(ruled.case, redact, scene.clock.now())

    await scene.store.write(erase)
    await bench.act(ruled)

    after = scene.discord.words[first.result]
    assert after.title == before.title == "It was our mistake"
    assert after.paragraphs == (*before.paragraphs, after.paragraphs[-1])
