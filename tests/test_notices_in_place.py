"""Who gets no new message reads what holds now in the one they have: an edit, a further ban."""

from datetime import timedelta

import pytest

from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.sanction import SanctionKind
from bot.ports import Ruled, Transaction
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import ADA, GUILD, NOON
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, TIMEOUT = SanctionKind.BAN, SanctionKind.TIMEOUT
DAY = timedelta(days=1)
DONE, FAILED = IntentState.DONE, IntentState.FAILED


async def notices(scene: Scene, case: int) -> list[Intent]:
    """Return a case's notices, in the order they were ordered."""
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.NOTICE]


def read(scene: Scene, notice: Intent) -> str:
    """Return what a message that arrived says now."""
    assert notice.result is not None
    words = scene.discord.words[notice.result]
    return "\n".join((words.title, *words.paragraphs))


async def banned(bench: Bench, **changes: object) -> Ruled:
    """Ban Ada, who is told of it; afterwards nothing new arrives."""
    ruled = await bench.decide(draft(BAN, **changes))
    await bench.act(ruled)
    bench.scene.discord.plan("tell", *[Sent.REFUSED] * 2)
    return ruled


async def test_a_ban_that_was_shortened_reads_shortened_where_no_new_message_arrives(
    scene: Scene, bench: Bench
) -> None:
    """With all that was decided: nothing else tells them why."""
    ruled = await banned(bench)
    await bench.edit(ruled.case, duration=3 * DAY, words="We thought again.")
    await bench.act(ruled)

    first, second = await notices(scene, ruled.case)
    said = read(scene, first)
    assert (second.state, second.result) == (DONE, first.result)
    assert "for good" not in said
    assert (
        f"You are removed from this community until <t:{int((NOON + 3 * DAY).timestamp())}" in said
    )
    assert "A moderator changed what was decided in C-1; this is how it stands now." in said
    assert "We thought again." in said
    assert "A moderator decided this, by guideline" in said


async def test_an_edit_that_can_be_told_of_is_told_of_shortly(scene: Scene, bench: Bench) -> None:
    """The first message stands beside it."""
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY))
    await bench.act(ruled)
    await bench.edit(ruled.case, duration=3 * DAY)
    await bench.act(ruled)

    first, second = await notices(scene, ruled.case)
    assert first.result != second.result
    assert "Your timeout now lasts until" in read(scene, second)
    assert "this is how it stands now" not in read(scene, second)


async def redacted(bench: Bench, ruled: Ruled, *, forget: bool = False) -> None:
    """Have the words taken out of a case's notices, as when they have been kept long enough."""
    scene = bench.scene

    async def erase(tx: Transaction) -> None:
        if forget:
            await tx.forget(GUILD, ADA, scene.clock.now())
        for one in await notices(scene, ruled.case):
            redact = IntentDraft(IntentKind.REDACT, f"redact:{one.id}", target=one.id)
            await tx.add_intent(ruled.case, redact, scene.clock.now())

    await scene.store.write(erase)
    await bench.act(ruled)


async def test_an_edit_that_stands_in_an_earlier_message_stays_whole_once_words_are_erased(
    scene: Scene, bench: Bench
) -> None:
    """What was decided is nobody's words."""
    ruled = await banned(bench)
    await bench.edit(ruled.case, duration=3 * DAY)
    await bench.act(ruled)
    first = (await notices(scene, ruled.case))[0]
    await redacted(bench, ruled, forget=True)

    assert "You are removed from this community until" in read(scene, first)
    assert "has been erased" in read(scene, first)


async def test_a_longer_ban_of_who_is_banned_already_is_read_where_the_first_was(
    scene: Scene, bench: Bench
) -> None:
    """The new one first, with what was decided before; the line says how they were told."""
    first = await banned(bench, until=NOON + 3 * DAY)
    second = await bench.decide(draft(BAN, until=NOON + 30 * DAY))
    await bench.act(second)

    (earlier,) = await notices(scene, first.case)
    (later,) = await notices(scene, second.case)
    said = read(scene, earlier)
    month = f"You are removed from this community until <t:{int((NOON + 30 * DAY).timestamp())}"
    days = f"You are removed from this community until <t:{int((NOON + 3 * DAY).timestamp())}"
    assert (later.state, later.result) == (DONE, earlier.result)
    assert said.index(month) < said.index("What was decided before") < said.index(days)
    assert "changing what they read last" in later.outcome


async def banned_twice(bench: Bench) -> tuple[Ruled, Ruled]:
    """Ban Ada for three days, then for thirty, both told of in one message."""
    first = await banned(bench, until=NOON + 3 * DAY)
    second = await bench.decide(draft(BAN, until=NOON + 30 * DAY), rule="spam-repeat")
    await bench.act(second)
    bench.scene.discord.plan("tell", *[Sent.REFUSED] * 4)
    return first, second


BEFORE = "What was decided before, as it stands now"


@pytest.mark.parametrize("void", [False, True])
async def test_a_second_ban_that_is_taken_back_leaves_the_first_to_be_read(
    scene: Scene, bench: Bench, *, void: bool
) -> None:
    """By which guideline, in which case, and whom to write to."""
    first, second = await banned_twice(bench)
    await bench.end(second.case, void=void)
    await bench.act(second)

    said = read(scene, (await notices(scene, first.case))[0])
    over, before = said.split(BEFORE)
    assert "One decision is over, but another still holds" in over
    assert f"until <t:{int((NOON + 3 * DAY).timestamp())}" in before
    assert "A moderator decided this, by guideline" in before
    assert "please write to a moderator directly and name C-1" in before


async def test_a_change_of_the_first_ban_leaves_the_second_to_be_read(
    scene: Scene, bench: Bench
) -> None:
    """First edited, then lifted: it is the second that holds."""
    first, second = await banned_twice(bench)
    message = (await notices(scene, second.case))[0]
    await bench.edit(first.case, duration=4 * DAY)
    await bench.act(first)
    edited = read(scene, message)
    await bench.end(first.case)
    await bench.act(first)
    lifted = read(scene, message)

    for said in (edited, lifted):
        before = said.split(BEFORE)[1]
        assert f"until <t:{int((NOON + 30 * DAY).timestamp())}" in before
        assert "please write to a moderator directly and name C-2" in before
    assert "what was decided in C-1; this is how it stands now" in edited


@pytest.mark.parametrize("forget", [False, True])
@pytest.mark.parametrize("last", [0, 1])
async def test_bans_in_one_message_are_both_read_there_once_words_are_erased(
    scene: Scene, bench: Bench, last: int, *, forget: bool
) -> None:
    """Whichever case's words are taken out last: what was decided last stands first."""
    both = await banned_twice(bench)
    (message,) = await notices(scene, both[0].case)
    reference = scene.discord.words[message.result or 0].reference
    for one in (both[1 - last], both[last]):
        await redacted(bench, one, forget=forget)

    said = read(scene, message)
    above, before = said.split(BEFORE)
    assert "name C-2" in above
    assert "name C-1" in before
    assert said.count("Some of what was written here has been erased.") == 1
    assert scene.discord.words[message.result or 0].reference == reference


async def test_three_bans_in_one_message_are_all_read_there(scene: Scene, bench: Bench) -> None:
    """The newest first."""
    first, _ = await banned_twice(bench)
    third = await bench.decide(draft(BAN))
    await bench.act(third)

    said = read(scene, (await notices(scene, first.case))[0])
    assert said.index("name C-3") < said.index("name C-2") < said.index("name C-1")


async def test_what_was_a_mistake_is_said_once_and_not_carried_along(
    scene: Scene, bench: Bench
) -> None:
    """It holds no more, and counts for nothing."""
    first, second = await banned_twice(bench)
    await bench.end(second.case, void=True)
    await bench.act(second)
    await bench.edit(first.case, duration=4 * DAY)
    await bench.act(first)

    said = read(scene, (await notices(scene, first.case))[0])
    assert BEFORE not in said
    assert "C-2" not in said


async def test_a_first_ban_that_reaches_nobody_changes_no_other_message(
    scene: Scene, bench: Bench
) -> None:
    """What they read of another matter is as true as before."""
    other = await bench.decide(draft(TIMEOUT, until=NOON + DAY))
    await bench.act(other)
    scene.discord.plan("tell", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)

    (earlier,) = await notices(scene, other.case)
    (later,) = await notices(scene, ruled.case)
    assert later.state is FAILED
    assert "You are timed out" in read(scene, earlier)
