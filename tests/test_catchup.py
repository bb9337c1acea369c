"""After downtime: what came since is judged once, the rest remembered, as if nobody had slept."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.absence import NotToldError, tell_of_absence
from bot.catchup import BATCH, Missed, Tell
from bot.desk import TOO_OLD
from bot.model.action import Action
from bot.model.intent import IntentKind, IntentState
from bot.model.post import Post
from bot.model.snowflake import first_at, time_of
from bot.placing import Location
from tests.fakes import FakeEnforcer, HastyClock, Sent, later
from tests.making import (
    ART,
    GENERAL,
    GUILD,
    LOUNGE,
    MODERATORS,
    NOON,
    post,
)
from tests.waking import Guild, opened

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def guild(tmp_path: Path) -> AsyncIterator[Guild]:
    """A guild that was set up at noon."""
    async with opened(tmp_path) as one:
        yield one


def bad(number: int, at: timedelta = MINUTE, **changes) -> Post:
    """Return a post that is to be removed, by an author of its own."""
    return post("a bad post", number=number, at=NOON + at, author=600 + number, **changes)


async def test_what_was_written_while_away_is_judged(guild: Guild) -> None:
    """In all channels, in the order of their ids."""
    await guild.wake()
    posts = [
        bad(1, MINUTE),
        bad(2, 2 * MINUTE, channel=ART, board="art"),
        bad(3, 3 * MINUTE),
    ]
    guild.history.write(*reversed(posts))
    guild.clock.advance(5 * MINUTE)
    caught_up = await guild.wake()

    assert caught_up.cases == (1, 2, 3)
    found = await guild.store.cases(GUILD, 10)
    assert [case.posts[0].message for case in reversed(found)] == [one.id for one in posts]


async def test_what_was_judged_is_only_remembered(guild: Guild) -> None:
    """Two copies heard before, one after: the third is found, the first two are let be."""
    await guild.wake()
    copies = [post("buy this now", number=n, at=NOON + n * MINUTE) for n in range(1, 4)]
    guild.clock.advance(10 * MINUTE)
    for one in copies[:2]:
        guild.history.write(one)
        await guild.hears(one)
    await guild.wake()
    guild.history.write(copies[2])
    assert await guild.hears(copies[2]) == (1,)
    assert await guild.removed() == [copies[2].id]


async def test_catching_up_twice_changes_nothing(guild: Guild) -> None:
    """One case, one set of intents."""
    guild.history.write(bad(1))
    guild.clock.advance(5 * MINUTE)
    await guild.wake()
    before = await guild.store.intents(1)
    await guild.wake()
    assert await guild.store.intents(1) == before
    assert len(await guild.store.cases(GUILD, 10)) == 1


async def test_what_was_written_before_the_community_was_set_up_is_nobodys_business(
    guild: Guild,
) -> None:
    """It is remembered for comparison, never judged."""
    guild.history.write(
        bad(1, -MINUTE), *(post("buy this now", number=n, at=NOON - n * MINUTE) for n in (2, 3))
    )
    await guild.wake()
    assert await guild.removed() == []

    guild.clock.advance(MINUTE)
    third = post("buy this now", at=NOON + MINUTE)
    assert await guild.hears(third) == (1,)


async def test_a_post_edited_while_away_is_judged_as_it_is_now(guild: Guild) -> None:
    """Though its first version was judged before."""
    await guild.wake()
    one = post("hello", at=NOON + MINUTE)
    guild.history.write(one)
    await guild.hears(one)
    guild.clock.advance(10 * MINUTE)
    guild.history.write(later(one, "a bad post", NOON + 9 * MINUTE))
    await guild.wake()
    assert await guild.removed() == [one.id]


async def test_an_old_post_edited_since_the_community_was_set_up_is_judged(guild: Guild) -> None:
    """Whoever edits writes now."""
    guild.history.write(later(post("hello", at=NOON - HOUR), "a bad post", NOON + MINUTE))
    guild.clock.advance(5 * MINUTE)
    await guild.wake()
    assert len(await guild.removed()) == 1


async def test_what_is_older_than_an_hour_is_asked_about(guild: Guild) -> None:
    """Nothing that old is removed without a moderator."""
    guild.history.write(bad(1, MINUTE), bad(2, 3 * HOUR))
    guild.clock.advance(3 * HOUR + MINUTE)
    await guild.wake()
    newest, oldest = await guild.store.cases(GUILD, 10)
    assert (oldest.action, newest.action) == (Action.REVIEW, Action.REMOVE)
    assert oldest.posts[0].findings[0].because == TOO_OLD


async def test_what_is_older_than_a_day_is_listed_and_not_judged(guild: Guild) -> None:
    """From the last judged post to where judging begins."""
    await guild.wake()
    heard = post("hello", at=NOON + MINUTE)
    guild.history.write(heard)
    await guild.hears(heard)
    guild.history.write(bad(1, HOUR), bad(2, 30 * HOUR))
    guild.clock.advance(30 * HOUR + MINUTE)
    caught_up = await guild.wake()

    assert await guild.removed() == [bad(2, 30 * HOUR).id]
    (missed,) = caught_up.missed
    assert missed.channel == GENERAL
    assert missed.since == time_of(heard.id)
    assert missed.until == guild.clock.now() - timedelta(hours=24)


async def test_a_long_absence_in_which_nobody_wrote_misses_nothing(guild: Guild) -> None:
    """Moderators are not told of silence."""
    await guild.wake()
    guild.clock.advance(timedelta(days=3))
    guild.history.write(bad(1, timedelta(days=3) - MINUTE))
    assert (await guild.wake()).missed == ()


def telling(guild: Guild, discord: FakeEnforcer) -> Tell:
    """Return what tells a guild's moderators, without waiting for anything."""

    async def tell(missed: Sequence[Missed]) -> None:
        await tell_of_absence(GUILD, missed, guild.store, discord, HastyClock())

    return tell


async def test_what_was_missed_is_told_once(guild: Guild) -> None:
    """The next start begins where the line left off."""
    guild.history.write(bad(1, HOUR))
    guild.clock.advance(30 * HOUR)
    discord = FakeEnforcer()
    for _ in range(2):
        await guild.wake(tell=telling(guild, discord))
        guild.clock.advance(MINUTE)

    assert discord.requests() == ["announce"]
    (words,) = discord.words.values()
    assert f"<#{GENERAL}>" in words.paragraphs[0]
    reachable = guild.clock.now() - timedelta(hours=24) - 2 * MINUTE
    assert f"before <t:{int(reachable.timestamp())}:f>" in words.paragraphs[0]


async def test_an_absence_that_gets_no_answer_is_told_again_and_stands_there_once(
    guild: Guild,
) -> None:
    """Asked to wait, then unanswered, then found to have arrived."""
    guild.history.write(bad(1, HOUR))
    guild.clock.advance(30 * HOUR)
    discord = FakeEnforcer()
    discord.plan("announce", Sent.LATER, Sent.LOST)
    for _ in range(2):
        await guild.wake(tell=telling(guild, discord))
        guild.clock.advance(MINUTE)

    assert discord.requests() == ["announce"] * 3
    assert len(discord.words) == 1


async def test_an_absence_is_told_before_what_came_later_is_judged(guild: Guild) -> None:
    """Killed while telling, the next start still knows what was missed."""
    guild.history.write(bad(1, HOUR))
    guild.history.write(bad(2, 29 * HOUR))
    guild.clock.advance(30 * HOUR)

    async def killed(_missed: Sequence[Missed]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await guild.wake(tell=killed)
    discord = FakeEnforcer()
    await guild.wake(tell=telling(guild, discord))

    assert discord.requests() == ["announce"]


async def test_an_absence_that_no_moderator_hears_of_is_not_hidden_by_later_posts(
    guild: Guild,
) -> None:
    """While Discord does not answer, nothing is judged; the next reading tells it."""
    guild.history.write(bad(1, HOUR))
    guild.history.write(bad(2, 29 * HOUR))
    guild.clock.advance(30 * HOUR)
    discord = FakeEnforcer()
    discord.plan("announce", *[Sent.LATER] * 3)

    with pytest.raises(NotToldError):
        await guild.wake(tell=telling(guild, discord))
    assert await guild.removed() == []
    await guild.wake(tell=telling(guild, discord))

    assert len(discord.words) == 1
    assert await guild.store.cases(GUILD, 10) != ()


async def test_an_absence_that_may_not_be_told_is_not_tried_for_ever(guild: Guild) -> None:
    """Without a log there is nobody to tell."""
    discord = FakeEnforcer()
    discord.plan("announce", Sent.REFUSED)
    missed = [Missed(GENERAL, NOON, NOON + HOUR)]
    await telling(guild, discord)(missed)
    assert (await guild.store.judged_until(GUILD))[GENERAL] == first_at(NOON + HOUR)


async def test_a_removed_post_is_remembered_though_it_no_longer_stands(guild: Guild) -> None:
    """Its copies before and after it are compared with it: it counts as the second."""
    await guild.wake()
    texts = [post("bad, buy this", number=n, at=NOON + 5 * n * MINUTE) for n in range(1, 4)]
    guild.clock.advance(20 * MINUTE)
    for one in texts[:2]:
        guild.history.write(one)
        await guild.hears(one)
    await guild.carries_out()
    await guild.wake()
    await guild.hears(texts[2])

    (last, *_) = await guild.store.cases(GUILD, 10)
    assert {f.evidence.rule for f in last.findings()} == {"vulgarity", "spam-repeat"}


async def test_channels_that_are_not_screened_are_not_read(guild: Guild) -> None:
    """Neither what is no board nor the log."""
    guild.history.locations[LOUNGE] = Location((LOUNGE,), public=True)
    guild.history.write(bad(1, channel=LOUNGE))
    guild.clock.advance(5 * MINUTE)
    await guild.wake()
    assert LOUNGE not in guild.history.reads
    assert await guild.removed() == []


async def test_posts_of_moderators_count_as_theirs(guild: Guild) -> None:
    """Roles are those of now."""
    guild.history.write(bad(1), roles=frozenset({MODERATORS}))
    guild.clock.advance(5 * MINUTE)
    await guild.wake()
    assert await guild.removed() == []


async def test_more_than_one_commit_is_caught_up_on(guild: Guild) -> None:
    """Long absences are judged in pieces."""
    posts = [bad(n, n * SECOND) for n in range(1, BATCH * 2 + 4)]
    guild.history.write(*posts)
    guild.clock.advance(5 * MINUTE)
    caught_up = await guild.wake()
    assert len(caught_up.cases) == len(posts)
    assert await guild.removed() == [one.id for one in posts]


async def test_cases_left_undone_are_among_those_to_act_on(guild: Guild) -> None:
    """Whatever kept them from being carried out."""
    await guild.wake()
    one = bad(1)
    guild.history.write(one)
    guild.clock.advance(5 * MINUTE)
    await guild.hears(one)
    assert (await guild.wake()).cases == (1,)


async def test_a_post_whose_event_never_came_is_judged_in_the_next_session(guild: Guild) -> None:
    """Though later posts of its channel were judged; a new process cannot know it."""
    await guild.wake()
    guild.clock.advance(10 * MINUTE)
    lost, heard = bad(1, MINUTE), bad(2, 2 * MINUTE)
    guild.history.write(lost, heard)
    await guild.hears(heard)
    await guild.wake(earlier=guild.desk)
    assert await guild.removed() == [lost.id, heard.id]


async def test_a_version_whose_event_never_came_is_judged_in_the_next_session(
    guild: Guild,
) -> None:
    """Though later edits were judged."""
    await guild.wake()
    guild.clock.advance(30 * MINUTE)
    posts = [post(f"hello {n}", number=n, at=NOON + n * MINUTE) for n in (1, 2)]
    for one in posts:
        guild.history.write(one)
        await guild.hears(one)
    guild.history.write(later(posts[0], "a bad post", NOON + 10 * MINUTE))
    heard = later(posts[1], "hello again", NOON + 20 * MINUTE)
    guild.history.write(heard)
    await guild.hears(heard)
    await guild.wake(earlier=guild.desk)
    assert await guild.removed() == [posts[0].id]


async def test_an_edit_older_than_a_day_is_not_judged(guild: Guild) -> None:
    """Like a post of that age."""
    await guild.wake()
    one = post("hello", at=NOON + MINUTE)
    guild.history.write(later(one, "a bad post", NOON + HOUR))
    guild.clock.advance(26 * HOUR)
    await guild.wake()
    assert await guild.store.cases(GUILD, 10) == ()


async def test_a_removal_that_was_given_up_still_stands_and_is_not_judged_anew(
    guild: Guild,
) -> None:
    """Moderators were told; only its author's edit makes it a matter again."""
    await guild.wake()
    one = bad(1)
    guild.history.write(one)
    guild.clock.advance(5 * MINUTE)
    await guild.hears(one)
    for intent in await guild.store.intents(1):
        gone = intent.kind is IntentKind.DELETE
        state = IntentState.FAILED if gone else IntentState.DONE
        changed = replace(intent, state=state, outcome="settled by the test")
        await guild.store.write(lambda tx, c=changed: tx.settle(c, NOON))
    assert (await guild.wake()).cases == ()
    assert len(await guild.store.cases(GUILD, 10)) == 1
