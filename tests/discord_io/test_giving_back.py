"""A post that is given back has its files again, as they were kept in the moderators' log."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.discord_io.giving_back import TRIES
from bot.model.case import CasePost
from bot.model.intent import Intent, IntentKind, IntentState
from bot.ports import WITHOUT_FILES, Delivery, Outcome, Words
from bot.sandbox import File
from bot.sandbox.fault_kinds import Fault
from tests.discord_io.simulated import server
from tests.discord_io.test_enforcer import Town, held

WHOLE, BARE = "A post is back", "A post is back, in part"
FILES = (File("plan_of_beds.png", b"a picture"), File("SPOILER_end.txt", b"the end"))


@pytest.fixture
async def town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A server with a moderators' log."""
    async with server(monkeypatch) as here:
        yield Town(here, await here.guild.channel("mod-log"), None)


async def removed(town: Town, *files: File) -> tuple[CasePost, int]:
    """Post with files, keep them, remove it; return what is held, and the line they hang on."""
    post = await town.here.ada.says(town.here.board, "look", files=files or FILES)
    one = await held(town, post.id)
    kept = await town.enforcer.keep_files(
        town.intent(IntentKind.EVIDENCE, message=post.id), town.case, one
    )
    taking = replace(town.intent(IntentKind.DELETE, message=post.id), channel=town.here.board.id)
    await town.enforcer.delete(taking)
    assert kept.result is not None
    return one, kept.result


def quote(town: Town, attempts: int = 1) -> Intent:
    """What posts it again, being tried."""
    one = replace(town.intent(IntentKind.RESTORE), channel=town.here.board.id)
    return replace(one, state=IntentState.ATTEMPTED, attempts=attempts)


async def restore(town: Town, post: CasePost, kept: int | None, attempts: int = 1) -> Outcome:
    """Try to post it again."""
    one = quote(town, attempts)
    words = Words(WHOLE, ("Here it is.",), f"C-1 · {one.token}")
    return await town.enforcer.restore(one, post, kept, words, replace(words, title=BARE))


def seen(town: Town) -> list[tuple[object, list[str]]]:
    """What stands on the board: the title of each message, and its files."""
    return [
        (one.embeds[0]["title"], [each.filename for each in one.attachments])
        for one in town.here.board.messages()
    ]


async def test_its_files_are_there_again_as_its_author_had_them(town: Town) -> None:
    """Hidden only where they were; found again with them."""
    post, kept = await removed(town)

    done = await restore(town, post, kept)

    assert (done.delivery, done.words) == (Delivery.DONE, "written")
    assert seen(town) == [(WHOLE, [one.name for one in FILES])]
    assert await town.enforcer.find_restored(quote(town), post) == done


async def test_files_that_were_not_kept_are_not_promised(town: Town) -> None:
    """None at all, or a line that somebody deleted since; found again, it says the same."""
    post, kept = await removed(town)
    (line,) = town.log.messages()

    never = await restore(town, post, None)
    found = await town.enforcer.find_restored(quote(town), post)
    await town.enforcer.redact(
        town.intent(IntentKind.REDACT),
        replace(town.intent(IntentKind.EVIDENCE), result=line.id),
        town.case,
        None,
    )
    gone = await restore(town, post, kept)

    assert [one.words for one in (never, found, gone)] == [WITHOUT_FILES] * 3
    assert seen(town) == [(BARE, [])]  # one nonce, one message


async def test_a_log_that_does_not_answer_is_waited_for_but_not_for_ever(town: Town) -> None:
    """The words are worth more than to wait for hours."""
    post, kept = await removed(town)
    reading = "GET /channels/{channel_id}/messages/{message_id}"
    town.here.sim.faults.next(reading, Fault.UNAVAILABLE, 99)

    first = await restore(town, post, kept)
    last = await restore(town, post, kept, TRIES)

    assert first.delivery is Delivery.LATER
    assert (last.delivery, last.words) == (Delivery.DONE, WITHOUT_FILES)
    assert seen(town) == [(BARE, [])]
