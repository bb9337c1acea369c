"""What a moderator decided is carried out in the order that it is told in."""

import asyncio
from datetime import timedelta

from bot.enforcement import FILES_FIRST, PAUSES, Phase
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.post import PostFile
from bot.model.sanction import SanctionKind, SanctionState
from tests.enforcing import TOLD_FIRST, Scene
from tests.fakes import Sent, until
from tests.making import ADA, GUILD, NOON, case_post
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, TIMEOUT, WARNING = SanctionKind.BAN, SanctionKind.TIMEOUT, SanctionKind.WARNING
LOG = IntentKind.LOG
DONE, DROPPED, FAILED = IntentState.DONE, IntentState.DROPPED, IntentState.FAILED
HOUR = timedelta(hours=1)
FILE = PostFile(9, "cat.png", "https://cdn.example/cat.png", 10, "image/png")


def _both(scene: Scene) -> list[str]:
    """Return what was asked of Discord from now on: of messages, and of members."""
    order: list[str] = []
    for world in (scene.discord, scene.measures):
        asked = world.asked

        class Ordered(list):  # type: ignore[type-arg]
            def append(self, item: object) -> None:
                order.append(item if isinstance(item, str) else item[0])  # type: ignore[index]
                super().append(item)

        world.asked = Ordered(asked)
    return order


async def test_posts_go_and_sanctions_begin_before_the_member_reads_of_them(
    scene: Scene, bench: Bench
) -> None:
    """Several in one decision are one case and one notice."""
    order = _both(scene)
    await bench.act(await bench.decide(draft(), draft(WARNING), removes=(case_post(),)))

    assert set(order[:3]) == {"delete", "member", "time_out"}
    assert order[3:] == ["tell", "log", "public_log"]
    assert scene.discord.deleted == {case_post().message}


async def test_the_notice_of_a_ban_goes_first(scene: Scene, bench: Bench) -> None:
    """Who is banned can be written to no more."""
    order = _both(scene)
    await bench.act(await bench.decide(draft(BAN), removes=(case_post(),)))

    assert order.index("tell") < order.index("ban")


async def test_a_ban_waits_for_its_notice_no_longer_than_it_may(scene: Scene, bench: Bench) -> None:
    """The notice goes on afterwards, and the case tells of it once it is through."""
    held = asyncio.Event()
    tell = scene.discord.tell

    async def slow(*args: object) -> object:
        await held.wait()
        return await tell(*args)  # type: ignore[arg-type]

    scene.discord.tell = slow  # type: ignore[method-assign, assignment]
    ruled = await bench.decide(draft(BAN))
    scene.enforcement.carry_out((ruled.case,))
    await until(lambda: scene.clock.next_wake == NOON + TOLD_FIRST)
    assert scene.measures.bans == {}

    scene.clock.advance(TOLD_FIRST)
    await until(lambda: ADA in scene.measures.bans)
    assert scene.discord.requests("log") == []
    held.set()
    await scene.enforcement.activity.until_quiet()
    states = await scene.states(ruled.case)
    assert states == dict.fromkeys(("apply", "notice", "log", "public-log"), DONE)


async def test_a_ban_is_not_kept_by_a_notice_that_has_to_wait(scene: Scene, bench: Bench) -> None:
    """Discord asked us to slow down: the ban is made, the notice tried again later."""
    scene.discord.plan("tell", Sent.LATER)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    assert ADA in scene.measures.bans

    await bench.wait(ruled, PAUSES[0])
    assert (await scene.states(ruled.case))["notice"] is DONE


async def test_a_bans_notice_waits_for_no_removal(scene: Scene, bench: Bench) -> None:
    """Discord slows both down: the notice goes when it can, though the post still stands."""
    scene.discord.plan("tell", Sent.LATER)
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    ruled = await bench.decide(draft(BAN), removes=(case_post(),))
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[0])

    assert (await scene.states(ruled.case))["notice"] is DONE
    assert scene.discord.deleted == set()


async def test_who_is_told_that_a_sanction_is_over_is_free_of_it(
    scene: Scene, bench: Bench
) -> None:
    """While Discord does not let go of it, the notice waits."""
    ruled = await bench.decide(draft(until=NOON + 48 * HOUR))
    await bench.act(ruled)
    scene.measures.plan("time_out", Sent.LATER)
    ended = await bench.end(ruled.case)
    await bench.act(ended)
    assert scene.discord.requests("tell") == ["tell"]

    await bench.wait(ruled, PAUSES[0])
    assert scene.discord.requests("tell") == ["tell", "tell"]


async def test_an_account_banned_as_spam_is_not_told(scene: Scene, bench: Bench) -> None:
    """Nothing is sent to it, and the ban does not wait."""
    await bench.act(await bench.decide(draft(BAN), tells=False))

    assert scene.discord.requests() == ["log", "public_log"]
    assert ADA in scene.measures.bans


async def test_silent_keeps_the_public_log_quiet_and_nothing_else(
    scene: Scene, bench: Bench
) -> None:
    """The member is told all the same."""
    await bench.act(await bench.decide(draft(), silent=True))

    assert scene.discord.requests() == ["tell", "log"]


async def test_a_warning_is_in_force_with_its_notice_and_not_before(
    scene: Scene, bench: Bench
) -> None:
    """Nobody is warned who has read nothing; where they cannot be told, it counts and says so."""
    scene.discord.plan("tell", Sent.LATER, Sent.REFUSED)
    ruled = await bench.decide(draft(WARNING))
    await bench.act(ruled)
    assert (await bench.sanction(ruled)).state is SanctionState.ORDERED

    await bench.wait(ruled, PAUSES[0])
    assert (await bench.sanction(ruled)).state is SanctionState.ACTIVE
    assert (await scene.states(ruled.case))["notice"] is FAILED


async def test_a_sanction_lifted_before_it_began_never_begins(scene: Scene, bench: Bench) -> None:
    """Discord was away; the moderator thought better of it meanwhile."""
    scene.measures.plan("time_out", Sent.NEVER)
    ruled = await bench.decide(draft(until=NOON + 48 * HOUR))
    await bench.act(ruled)
    await bench.end(ruled.case)
    await bench.wait(ruled, PAUSES[0])

    assert scene.measures.changed == []
    assert (await scene.states(ruled.case))["apply"] is DROPPED
    assert (await bench.sanction(ruled)).state is SanctionState.LIFTED


async def test_a_sanction_whose_time_ran_out_while_concord_was_away_never_begins(
    scene: Scene, bench: Bench
) -> None:
    """It is over before it began, and counts as expired."""
    ruled = await bench.decide(draft(until=NOON + HOUR))
    scene.clock.advance(2 * HOUR)
    await scene.restart()

    assert scene.measures.changed == []
    assert (await bench.sanction(ruled)).state is SanctionState.EXPIRED
    assert await scene.store.unsettled() == ()


async def test_a_scheduled_end_costs_nothing_until_its_time(scene: Scene, bench: Bench) -> None:
    """Taken up at a start it waits by itself, is carried out on time, and holds up nothing else."""
    ruled = await bench.decide(draft(BAN, until=NOON + 48 * HOUR))
    await bench.act(ruled)
    scene.enforcement = scene.begin()
    await scene.enforcement.reconcile()
    assert scene.enforcement.activity.quiet
    background = asyncio.create_task(scene.enforcement.run())
    await until(lambda: scene.clock.next_wake == NOON + 48 * HOUR)
    asked = len(scene.measures.asked)
    scene.clock.advance(47 * HOUR)
    await scene.enforcement.activity.until_quiet()
    assert len(scene.measures.asked) == asked

    scene.clock.advance(HOUR)  # however far the clock jumps
    await until(lambda: not scene.measures.bans)
    await scene.enforcement.activity.until_quiet()
    assert (await bench.sanction(ruled)).state is SanctionState.EXPIRED
    background.cancel()


async def test_an_end_that_was_moved_comes_at_its_new_time(scene: Scene, bench: Bench) -> None:
    """An edit that the schedule has not heard of does not end anything too early."""
    ruled = await bench.decide(draft(until=NOON + HOUR))
    await bench.act(ruled)
    sanction = await bench.sanction(ruled)
    later = NOON + 2 * HOUR
    await scene.store.write(lambda tx: tx.move_sanction(sanction, sanction.state, later, NOON))
    await bench.wait(ruled, HOUR)
    assert (await bench.sanction(ruled)).state is SanctionState.ACTIVE

    await bench.wait(ruled, HOUR)
    assert (await bench.sanction(ruled)).state is SanctionState.EXPIRED


async def test_a_moderator_who_lifts_while_discord_is_asked_has_the_last_word(
    scene: Scene, bench: Bench
) -> None:
    """It begins and is ended at once; nothing counts as active that was lifted."""
    ruled = await bench.decide(draft(until=NOON + 48 * HOUR))
    time_out = scene.measures.time_out

    async def meanwhile(*args: object) -> object:
        scene.measures.time_out = time_out  # type: ignore[method-assign]
        outcome = await time_out(*args)  # type: ignore[arg-type]
        await bench.end(ruled.case)
        scene.enforcement.carry_out((ruled.case,))
        return outcome

    scene.measures.time_out = meanwhile  # type: ignore[method-assign, assignment]
    await bench.act(ruled)

    assert scene.measures.members[ADA].timed_out_until is None
    assert (await bench.sanction(ruled)).state is SanctionState.LIFTED
    assert await scene.store.unsettled() == ()


async def test_the_line_of_a_ruling_is_brought_up_to_date_when_its_sanction_ends(
    scene: Scene, bench: Bench
) -> None:
    """Moderators read there how it stands now."""
    ruled = await bench.decide(draft(until=NOON + HOUR))
    await bench.act(ruled)
    line = (await scene.intents(ruled.case))["log"].result
    assert line is not None
    before = scene.discord.words[line]
    await bench.wait(ruled, HOUR)

    assert scene.discord.edits == [line]
    assert scene.discord.words[line] != before


async def test_what_was_voided_is_posted_again_and_told(scene: Scene, bench: Bench) -> None:
    """A quote where the post stood, before the member reads of it."""
    ruled = await bench.decide(draft(WARNING), removes=(case_post(),))
    await bench.act(ruled)
    scene.discord.asked.clear()
    await bench.act(await bench.end(ruled.case, void=True))

    assert scene.discord.requests() == ["restore", "tell", "log", "edit_log", "public_log"]
    first = next(one for one in await scene.store.intents(ruled.case) if one.kind is LOG)
    assert scene.discord.edits == [first.result]


async def test_what_was_never_removed_is_not_posted_again(scene: Scene, bench: Bench) -> None:
    """A quote beside the post that stands would double it."""
    scene.discord.plan("delete", Sent.REFUSED)
    ruled = await bench.decide(draft(WARNING), removes=(case_post(),))
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case, void=True))

    restore = (await scene.intents(ruled.case))["restore"]
    assert (restore.state, "restore" in scene.discord.requests()) == (DROPPED, False)
    assert restore.outcome == "not posted again, for the post was not removed"


async def test_what_was_voided_before_it_was_gone_stays_and_is_not_quoted(
    scene: Scene, bench: Bench
) -> None:
    """The removal that had to wait is dropped, and the quote with it."""
    scene.discord.plan("delete", Sent.LATER)
    ruled = await bench.decide(draft(WARNING), removes=(case_post(),))
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case, void=True))
    await bench.wait(ruled, PAUSES[0])

    assert scene.discord.deleted == set()
    assert scene.discord.requests("restore") == []
    states = await scene.states(ruled.case)
    assert (states["delete"], states["restore"]) == (DROPPED, DROPPED)
    assert await scene.store.unsettled() == ()


async def test_a_notice_under_way_is_not_tried_by_who_tells_of_the_case_meanwhile(
    scene: Scene, bench: Bench
) -> None:
    """The line of what went before is brought up to date while a ban waits for its notice."""
    held = {"tell": asyncio.Event(), "log": asyncio.Event()}
    tell, log = scene.discord.tell, scene.discord.log
    told: list[str] = []

    async def slow_log(*args: object) -> object:
        await held["log"].wait()
        return await log(*args)  # type: ignore[arg-type]

    async def slow_tell(one: Intent, *args: object) -> object:
        told.append(one.key)
        await held["tell"].wait()
        return await tell(one, *args)  # type: ignore[arg-type]

    case = await scene.decide()
    scene.discord.log = slow_log  # type: ignore[method-assign, assignment]
    scene.enforcement.carry_out((case,))
    await until(lambda: scene.discord.requests("tell") == ["tell"])
    scene.discord.tell = slow_tell  # type: ignore[method-assign, assignment]
    posts = (case_post(), case_post(message=case_post().message + 1))
    ruled = await bench.decide(draft(BAN), removes=posts)
    assert ruled.case == case
    scene.enforcement.carry_out((case,))
    await until(lambda: len(scene.discord.deleted) == 2 and bool(told))
    held["log"].set()
    await until(lambda: "edit_log" in scene.discord.requests())
    await until(lambda: (case, Phase.TELLING) not in scene.enforcement._tasks)
    held["tell"].set()
    await scene.enforcement.activity.until_quiet()

    assert told == [f"notice:ruling:{ruled.ruling}"]
    assert ADA in scene.measures.bans


class TestFiles:
    """Files are kept before the post goes."""

    async def test_files_are_kept_before_the_post_goes(self, scene: Scene) -> None:
        """Afterwards they are gone with it."""
        await scene.act(await scene.decide(files=(FILE,)))

        assert scene.discord.requests() == ["keep_files", "delete", "tell", "log"]

    async def test_a_removal_waits_for_files_no_longer_than_it_may(self, scene: Scene) -> None:
        """What is to go goes; what was begun goes on."""
        held = asyncio.Event()
        keep = scene.discord.keep_files

        async def slow(*args: object) -> object:
            await held.wait()
            return await keep(*args)  # type: ignore[arg-type]

        scene.discord.keep_files = slow  # type: ignore[method-assign, assignment]
        case = await scene.decide(files=(FILE,))
        scene.enforcement.carry_out((case,))
        await until(lambda: scene.clock.next_wake == NOON + FILES_FIRST)
        assert scene.discord.deleted == set()

        scene.clock.advance(FILES_FIRST)
        await until(lambda: bool(scene.discord.deleted))
        held.set()
        await scene.enforcement.activity.until_quiet()
        assert (await scene.states(case))["evidence"] is DONE
        assert await scene.store.unsettled() == ()

    async def test_files_that_cannot_be_kept_hold_up_nothing(self, scene: Scene) -> None:
        """The post goes, and the member is told."""
        scene.discord.plan("keep_files", Sent.REFUSED)
        case = await scene.decide(files=(FILE,))
        await scene.act(case)

        states = await scene.states(case)
        assert states == {"evidence": FAILED, "delete": DONE, "notice": DONE, "log": DONE}


async def test_a_case_decided_meanwhile_is_known_when_its_line_is_written(
    scene: Scene, bench: Bench
) -> None:
    """A ruling that comes while another of the case is worked on is carried out after it."""
    case = await scene.decide()
    await scene.act(case)
    held = await scene.store.case(case)
    assert held is not None
    ruled = await bench.decide(draft(), removes=held.posts)
    assert ruled.case == case
    await bench.act(ruled)

    assert scene.measures.members[ADA].timed_out_until is not None
    assert await scene.store.holds_of(GUILD, ADA) != ()
    assert scene.discord.requests("delete") == ["delete"]
