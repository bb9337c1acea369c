"""Each kind of sanction comes in force and out of force once, and leaves all else as it was."""

from datetime import timedelta

import pytest

from bot.model.intent import IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import OverwriteSeen
from bot.upholding.denials import denied
from bot.upholding.timeouts import AHEAD, LONGEST
from tests.enforcing import BITS, Scene
from tests.fakes import Sent
from tests.making import ADA, ART, GENERAL, GUILD, NOON, PAINTERS
from tests.rulings import TOWN, Bench
from tests.sanctioning import draft

HOUR = timedelta(hours=1)
BAN, BOARD, GROUP, TIMEOUT, WARNING, REFERRAL = (
    SanctionKind.BAN,
    SanctionKind.BOARD_REMOVAL,
    SanctionKind.GROUP_REMOVAL,
    SanctionKind.TIMEOUT,
    SanctionKind.WARNING,
    SanctionKind.REFERRAL,
)
ACTIVE, EXPIRED, LIFTED = SanctionState.ACTIVE, SanctionState.EXPIRED, SanctionState.LIFTED


def _timed_out(scene: Scene) -> object:
    return scene.measures.members[ADA].timed_out_until


def _in_force(scene: Scene, kind: SanctionKind) -> bool:
    """Whether Discord shows a sanction of a kind."""
    discord = scene.measures
    match kind:
        case SanctionKind.TIMEOUT:
            return discord.members[ADA].timed_out_until is not None
        case SanctionKind.BOARD_REMOVAL:
            return discord.overwrites.get((ART, ADA)) == denied(None, BITS)
        case SanctionKind.GROUP_REMOVAL:
            return PAINTERS not in discord.members[ADA].roles
        case SanctionKind.BAN:
            return ADA in discord.bans
        case SanctionKind.REFERRAL:
            return [event for event, _ in scene.referrals.events.values()] == ["referral"]
        case _:
            return True


LASTING = [TIMEOUT, BOARD, GROUP, BAN]


@pytest.mark.parametrize("kind", [*LASTING, WARNING, REFERRAL])
async def test_a_sanction_is_put_in_force_and_the_member_told(
    scene: Scene, bench: Bench, kind: SanctionKind
) -> None:
    """It is active, the member has read of it, moderators and everybody have their lines."""
    ruled = await bench.decide(draft(kind))
    await bench.act(ruled)

    assert _in_force(scene, kind)
    assert (await bench.sanction(ruled)).state is ACTIVE
    assert scene.discord.requests() == ["tell", "log", "public_log"]
    assert all(one.not_before > NOON for one in await scene.store.unsettled())


@pytest.mark.parametrize("kind", LASTING)
async def test_a_sanction_ends_at_its_time_and_not_before(
    scene: Scene, bench: Bench, kind: SanctionKind
) -> None:
    """Nothing of it is left on Discord, and it counts as expired."""
    before = scene.measures.state()
    ruled = await bench.decide(draft(kind, until=NOON + HOUR))
    await bench.act(ruled)
    await bench.wait(ruled, HOUR - timedelta(seconds=1))
    assert _in_force(scene, kind)

    await bench.wait(ruled, timedelta(seconds=1))
    if kind is BAN:
        scene.measures.come_back(ADA)
        scene.measures.by_hand(roles=frozenset({PAINTERS}))

    assert scene.measures.state() == before
    assert (await bench.sanction(ruled)).state is EXPIRED
    assert await scene.store.holds_of(GUILD, ADA) == ()
    assert await scene.store.unsettled() == ()


@pytest.mark.parametrize("void", [False, True])
@pytest.mark.parametrize("kind", [*LASTING, REFERRAL])
async def test_lifted_or_voided_a_sanction_is_gone_at_once(
    scene: Scene, bench: Bench, kind: SanctionKind, *, void: bool
) -> None:
    """Also one with an end that still waits for its time."""
    until = None if kind is REFERRAL else NOON + 48 * HOUR
    ruled = await bench.decide(draft(kind, until=until))
    await bench.act(ruled)
    scene.clock.advance(HOUR)
    ended = await bench.end(ruled.case, void=void)
    await bench.act(ended)

    if kind is REFERRAL:
        events = [event for event, _ in scene.referrals.events.values()]
        assert events == ["referral", "withdrawn"]
    else:
        assert not (_in_force(scene, kind) if kind is not BAN else scene.measures.bans)
    assert (await bench.sanction(ruled)).state is (SanctionState.VOIDED if void else LIFTED)
    assert await scene.store.holds_of(GUILD, ADA) == ()
    assert await scene.store.unsettled() == ()


async def test_a_short_timeout_ends_without_a_request(scene: Scene, bench: Bench) -> None:
    """Discord ends it by itself; only where the sanction stands moves."""
    ruled = await bench.decide(draft(until=NOON + HOUR))
    await bench.act(ruled)
    asked = len(scene.measures.asked)
    await bench.wait(ruled, HOUR)

    assert len(scene.measures.asked) == asked
    assert (await bench.sanction(ruled)).state is EXPIRED


async def test_a_long_timeout_is_renewed_on_schedule_once_until_its_end(
    scene: Scene, bench: Bench
) -> None:
    """Discord takes 28 days; ninety are four requests, each two days before the last runs out."""
    until = NOON + timedelta(days=90)
    ruled = await bench.decide(draft(until=until))
    await bench.act(ruled)
    shown = [_timed_out(scene)]
    while await scene.store.unsettled():
        (due,) = {min(one.not_before for one in await scene.store.unsettled())}
        await bench.wait(ruled, due - scene.clock.now())
        if _timed_out(scene) != shown[-1]:
            shown.append(_timed_out(scene))

    assert len(scene.measures.changed) == 4
    assert shown == [NOON + LONGEST + n * (LONGEST - AHEAD) for n in range(3)] + [until]
    assert (await bench.sanction(ruled)).state is EXPIRED
    assert scene.clock.now() == until


async def test_a_renewal_that_was_missed_while_concord_was_away_is_made_up_for(
    scene: Scene, bench: Bench
) -> None:
    """Two months down: the timeout had run out by itself, and holds again until its end."""
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    scene.clock.advance(timedelta(days=60))
    await scene.restart()

    assert _timed_out(scene) == scene.clock.now() + LONGEST
    assert len(scene.measures.changed) == 2


async def test_once_a_long_timeout_is_lifted_no_renewal_waits_for_its_time(
    scene: Scene, bench: Bench
) -> None:
    """Nothing is left to be done about a matter that is over."""
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case))

    assert await scene.store.unsettled() == ()
    assert (await scene.states(ruled.case))["keep"] is IntentState.DROPPED


async def test_a_longer_timeout_set_by_hand_is_never_shortened(scene: Scene, bench: Bench) -> None:
    """Neither when it begins nor when it ends."""
    theirs = NOON + timedelta(days=7)
    scene.measures.by_hand(timed_out_until=theirs)
    ruled = await bench.decide(draft(until=NOON + HOUR))
    await bench.act(ruled)
    assert _timed_out(scene) == theirs
    await bench.act(await bench.end(ruled.case))

    assert _timed_out(scene) == theirs
    assert scene.measures.changed == []


async def test_what_was_there_before_a_timeout_comes_back(scene: Scene, bench: Bench) -> None:
    """A moderator's own shorter one still runs when ours is lifted."""
    theirs = NOON + 3 * HOUR
    scene.measures.by_hand(timed_out_until=theirs)
    ruled = await bench.decide(draft(until=NOON + 48 * HOUR))
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case))

    assert _timed_out(scene) == theirs


@pytest.mark.parametrize("first_lifted", [0, 1])
@pytest.mark.parametrize("kind", LASTING)
async def test_of_two_that_hold_the_same_only_the_last_gives_it_back(
    scene: Scene, bench: Bench, kind: SanctionKind, first_lifted: int
) -> None:
    """In whichever order they are lifted; afterwards nothing of either is left."""
    if kind is not BAN:
        before = scene.measures.state()
    both = [
        await bench.decide(draft(kind, until=NOON + timedelta(days=2))),
        await bench.decide(draft(kind, until=NOON + timedelta(days=3))),
    ]
    for ruled in both:
        await bench.act(ruled)
    await bench.act(await bench.end(both[first_lifted].case))
    assert _in_force(scene, kind)
    if kind is TIMEOUT:
        assert _timed_out(scene) == NOON + timedelta(days=2 if first_lifted else 3)
    await bench.act(await bench.end(both[1 - first_lifted].case))

    if kind is BAN:
        assert scene.measures.bans == {}
    else:
        assert scene.measures.state() == before
    assert await scene.store.holds_of(GUILD, ADA) == ()


async def test_a_role_is_given_back_only_to_who_had_it(scene: Scene, bench: Bench) -> None:
    """Nobody becomes a member of a group by a sanction that ends."""
    scene.measures.by_hand(roles=frozenset())
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case))

    assert scene.measures.members[ADA].roles == frozenset()
    assert scene.measures.changed == []


@pytest.mark.parametrize("trouble", [[Sent.REFUSED], [Sent.LATER] * 10])
async def test_of_a_removal_that_did_not_come_about_nothing_is_given_back_later(
    scene: Scene, bench: Bench, trouble: list[Sent]
) -> None:
    """Who drops the role then is not given it at the end of a later removal."""
    scene.measures.plan("set_role", *trouble)
    ruled = await bench.decide(draft(GROUP))
    for _ in trouble:
        await bench.wait(ruled, 4 * HOUR)
    assert (await bench.sanction(ruled)).state is SanctionState.FAILED
    assert await scene.store.holds_of(GUILD, ADA) == ()
    scene.measures.by_hand(roles=frozenset())

    later = await bench.decide(draft(GROUP))
    await bench.act(later)
    await bench.act(await bench.end(later.case))

    assert scene.measures.members[ADA].roles == frozenset()


async def test_what_another_removal_took_is_not_forgotten_when_a_second_fails(
    scene: Scene, bench: Bench
) -> None:
    """A role given back by hand and refused to the second removal: the first still holds it."""
    first = await bench.decide(draft(GROUP))
    await bench.act(first)
    scene.measures.by_hand(roles=frozenset({PAINTERS}))
    scene.measures.plan("set_role", Sent.REFUSED)
    second = await bench.decide(draft(GROUP))
    await bench.act(second)

    assert (await bench.sanction(second)).state is SanctionState.FAILED
    assert len(await scene.store.holds_of(GUILD, ADA)) == 1


async def test_a_role_that_may_have_been_taken_is_remembered(scene: Scene, bench: Bench) -> None:
    """Nobody knows what Discord did: it is as it was before only for all Concord knows."""
    scene.measures.plan("set_role", *([Sent.NEVER] * 10))
    ruled = await bench.decide(draft(GROUP))
    for _ in range(10):
        await bench.wait(ruled, 4 * HOUR)

    assert (await bench.sanction(ruled)).state is SanctionState.FAILED
    assert len(await scene.store.holds_of(GUILD, ADA)) == 1


@pytest.mark.parametrize("lifted", [False, True])
async def test_where_the_role_is_deleted_nothing_is_left_to_end(
    scene: Scene, bench: Bench, *, lifted: bool
) -> None:
    """It is over at once, the member is told, and the line in the log says why."""
    ruled = await bench.decide(draft(GROUP, until=NOON + HOUR))
    await bench.act(ruled)
    scene.measures.deleted_roles.add(PAINTERS)
    if lifted:
        await bench.act(await bench.end(ruled.case))
    else:
        await bench.wait(ruled, HOUR)

    assert (await bench.sanction(ruled)).state is (LIFTED if lifted else EXPIRED)
    assert await scene.store.unsettled() == ()
    assert scene.discord.requests("tell") == ["tell"] * (1 + lifted)
    said = ["\n".join(one.paragraphs) for one in scene.discord.words.values()]
    assert any("the role is no longer there" in one for one in said)


async def test_the_audit_log_names_case_token_and_guideline(scene: Scene, bench: Bench) -> None:
    """By that our own entries are known."""
    ruled = await bench.decide(draft())
    await bench.act(ruled)

    apply = next(
        one for one in await scene.store.intents(ruled.case) if one.kind is IntentKind.APPLY
    )
    assert scene.measures.reasons == [f"Concord C-1 · {apply.token} · guideline 5"]


async def test_who_has_left_is_sanctioned_once_they_come_back(scene: Scene, bench: Bench) -> None:
    """It counts as in force meanwhile; nothing on Discord can show it."""
    scene.measures.leave(ADA)
    ruled = await bench.decide(draft(until=NOON + 48 * HOUR))
    await bench.act(ruled)

    assert (await bench.sanction(ruled)).state is ACTIVE
    assert scene.measures.changed == []


class TestBoards:
    """Removal from a board over its channels."""

    async def test_a_category_and_its_channels_of_their_own(
        self, scene: Scene, bench: Bench
    ) -> None:
        """The synced ones follow; each other one has its own overwrite, given back as it was."""
        discord = scene.measures
        discord.categories |= {211: ART, 212: ART}
        discord.synced = {212}
        discord.put(211, ADA, OverwriteSeen(1 << 11, 1 << 6))
        before = discord.state()
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)

        assert discord.overwrites[ART, ADA] == denied(None, BITS)
        assert discord.overwrites[212, ADA] == denied(None, BITS)
        assert discord.overwrites[211, ADA] == OverwriteSeen(0, BITS | 1 << 6)
        assert len(discord.changed) == 2

        await bench.act(await bench.end(ruled.case))
        assert discord.state() == before

    async def test_a_channel_that_is_a_board_itself_is_not_reached(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Who may not write on a category's board may still write on a board inside of it."""
        scene.measures.categories[GENERAL] = ART
        await scene.store.write(lambda tx: tx.set_community(GUILD, TOWN, NOON))
        await bench.act(await bench.decide(draft(BOARD)))

        assert set(scene.measures.overwrites) == {(ART, ADA)}

    async def test_what_somebody_changed_stays_and_is_said(
        self, scene: Scene, bench: Bench
    ) -> None:
        """Only bits still as Concord left them are given back."""
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)
        send = 1 << 11
        scene.measures.put(ART, ADA, OverwriteSeen(send, BITS & ~send))
        await bench.act(await bench.end(ruled.case))

        assert scene.measures.overwrites[ART, ADA] == OverwriteSeen(send, 0)
        ends = [one for one in await scene.store.intents(ruled.case) if one.kind is IntentKind.END]
        assert [one.outcome for one in ends] == [
            f"in <#{ART}> somebody has changed Send Messages, which stays"
        ]

    async def test_where_one_channel_refuses_the_others_are_denied_and_it_is_said(
        self, scene: Scene, bench: Bench
    ) -> None:
        """In part in force is in force: what was denied is given back at the end."""
        scene.measures.categories[211] = ART
        scene.measures.plan("set_overwrite", Sent.WELL, Sent.REFUSED)
        ruled = await bench.decide(draft(BOARD))
        await bench.act(ruled)

        apply = (await scene.intents(ruled.case))["apply"]
        assert apply.state is IntentState.FAILED
        assert apply.outcome == "in <#211>: Concord is not allowed to"
        assert (await bench.sanction(ruled)).state is ACTIVE
        await bench.act(await bench.end(ruled.case))
        assert scene.measures.overwrites == {}
