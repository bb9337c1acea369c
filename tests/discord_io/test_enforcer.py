"""What Concord sends and takes back, tried by a real client in a simulated server.

Long, for each kind of message has its own ways to fail.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

import pytest

from bot.discord_io.enforcer import DiscordEnforcer
from bot.discord_io.messages import written
from bot.model.case import Case, CasePost
from bot.model.intent import Intent, IntentKind, IntentState
from bot.policy.practice import EvidenceBounds
from bot.ports import Delivery, Outcome, Words
from bot.sandbox import File
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.permissions import Permission
from tests.discord_io.simulated import Server, server
from tests.making import NOON, case, case_post, intent

BOUNDS = EvidenceBounds(files=10, file_bytes=8_000_000, total_bytes=16_000_000)
SEND = "POST /channels/{channel_id}/messages"
ADD = "PUT /channels/{channel_id}/thread-members/{user_id}"


class Town:
    """A server with its logs, and what is tested."""

    def __init__(self, here: Server, log: ChannelHandle, public: ChannelHandle | None) -> None:
        self.here = here
        self.log = log
        self.public = public
        self.enforcer = DiscordEnforcer(here.bot, here.clock, self._log, self._public, BOUNDS)
        self.case: Case = replace(case(), guild=here.guild.id, author=here.ada.id)

    async def _log(self, _guild: int) -> int | None:
        return self.log.id

    async def _public(self, _guild: int) -> int | None:
        return self.public.id if self.public is not None else None

    def intent(self, kind: IntentKind, **changes: object) -> Intent:
        """Return an intent that is about to be carried out here."""
        one = intent(kind, IntentState.ATTEMPTED)
        now = self.here.sim.clock.now()
        return replace(one, guild=self.here.guild.id, channel=None, attempted_at=now, **changes)  # type: ignore[arg-type]


def words(title: str = "A title", token: str = "") -> Words:
    """Return a text, with the reference it is found by."""
    return Words(title, ("Some words.",), f"C-3 · {token}")


@pytest.fixture
async def town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A server with a moderators' log and a public one."""
    async with server(monkeypatch) as here:
        log = await here.guild.channel("mod-log")
        public = await here.guild.channel("decisions")
        await here.sim.until(lambda: here.known.get_channel(public.id) is not None)
        yield Town(here, log, public)


@pytest.fixture
async def managing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A server where Concord manages threads, and a member whose direct messages are closed."""
    async with server(monkeypatch, BOT_PERMISSIONS | Permission.MANAGE_THREADS) as here:
        await here.ada.closes_dms()
        yield Town(here, await here.guild.channel("mod-log"), None)


async def test_a_public_line_is_written_found_and_not_doubled(town: Town) -> None:
    """It bears the nonce and token of its intent, as every message of ours."""
    one = town.intent(IntentKind.PUBLIC_LOG)
    assert town.public is not None
    assert (await town.enforcer.find_public_log(one)).delivery is Delivery.LATER

    first = await town.enforcer.public_log(one, words(token=one.token))
    again = await town.enforcer.public_log(one, words(token=one.token))

    assert (first.result, again.result) == (first.result, first.result)
    assert (await town.enforcer.find_public_log(one)).result == first.result
    assert len(town.public.messages()) == 1


async def test_without_a_public_log_nothing_is_missing(town: Town) -> None:
    """A guild need not have one."""
    town.public = None
    one = town.intent(IntentKind.PUBLIC_LOG)

    assert (await town.enforcer.public_log(one, words())).delivery is Delivery.DONE
    assert (await town.enforcer.find_public_log(one)).delivery is Delivery.DONE


async def test_a_posts_files_are_kept_in_the_log(town: Town) -> None:
    """Hidden, under the case's reference; found again after a crash; without any ping."""
    post = await town.here.ada.says(
        town.here.board, "look", files=[File("a.png", b"picture"), File("b.txt", b"words")]
    )
    one = town.intent(IntentKind.EVIDENCE, message=post.id)

    done = await town.enforcer.keep_files(one, town.case, await held(town, post.id))

    (line,) = town.log.messages()
    assert (done.delivery, done.result) == (Delivery.DONE, line.id)
    assert [(file.filename, file.data) for file in line.attachments] == [
        ("SPOILER_a.png", b"picture"),
        ("SPOILER_b.txt", b"words"),
    ]
    assert line.embeds[0]["footer"]["text"] == f"C-3 · {one.token}"
    assert (await town.enforcer.find_files(one)).result == line.id


async def test_files_too_large_for_the_server_are_named(town: Town) -> None:
    """Then at least moderators read what there was."""
    post = await town.here.ada.says(town.here.board, "look", files=[File("a.png", b"picture")])
    town.here.sim.faults.next(SEND, Fault.error(413, 40005))
    one = town.intent(IntentKind.EVIDENCE, message=post.id)

    done = await town.enforcer.keep_files(one, town.case, await held(town, post.id))

    (line,) = town.log.messages()
    assert done.delivery is Delivery.DONE
    assert line.attachments == []
    assert "a.png (1 kB) is not here: the server takes no files so large." in str(line.embeds)


async def test_a_quote_is_posted_where_the_post_stood(town: Town) -> None:
    """And found there; where the channel is gone, it says so."""
    one = replace(town.intent(IntentKind.RESTORE), channel=town.here.board.id)

    said, bare, post = words(token=one.token), words("Bare"), case_post()
    done = await town.enforcer.restore(one, post, None, said, bare)

    assert [message.id for message in town.here.board.messages()] == [done.result]
    assert (await town.enforcer.find_restored(one, post)).result == done.result
    gone = await town.enforcer.restore(replace(one, channel=4242), post, None, said, bare)
    assert gone.delivery is Delivery.REFUSED


@pytest.mark.parametrize("kind", [IntentKind.LOG, IntentKind.PUBLIC_LOG, IntentKind.RESTORE])
async def test_erased_words_are_taken_out_of_what_was_sent(town: Town, kind: IntentKind) -> None:
    """Replaced, then deleted; each done again changes nothing."""
    sent = replace(town.intent(kind), channel=town.here.board.id)
    place, send = {
        IntentKind.LOG: (town.log, town.enforcer.log),
        IntentKind.PUBLIC_LOG: (town.public, town.enforcer.public_log),
        IntentKind.RESTORE: (town.here.board, partial(quoted, town)),
    }[kind]
    assert place is not None
    sent = replace(sent, result=(await send(sent, words("Before", sent.token))).result)
    order = town.intent(IntentKind.REDACT)

    for _ in range(2):
        done = await town.enforcer.redact(order, sent, town.case, words("After", sent.token))
        assert done.delivery is Delivery.DONE
        assert [message.embeds[0]["title"] for message in place.messages()] == ["After"]
    for _ in range(2):
        done = await town.enforcer.redact(order, sent, town.case, None)
        assert done.delivery is Delivery.DONE
        assert place.messages() == []


async def test_files_go_with_their_words(town: Town) -> None:
    """What was kept as evidence is erased as well."""
    post = await town.here.ada.says(town.here.board, "look", files=[File("a.png", b"picture")])
    sent = town.intent(IntentKind.EVIDENCE, message=post.id)
    kept = await town.enforcer.keep_files(sent, town.case, await held(town, post.id))
    order = town.intent(IntentKind.REDACT)

    await town.enforcer.redact(order, replace(sent, result=kept.result), town.case, words("After"))

    (line,) = town.log.messages()
    assert line.attachments == []


async def test_a_line_in_a_former_log_is_found(town: Town) -> None:
    """The log was moved: gone from the new one does not mean gone."""
    sent = town.intent(IntentKind.LOG)
    sent = replace(sent, result=(await town.enforcer.log(sent, words("Before"))).result)
    former, town.log = town.log, await town.here.guild.channel("new-log")
    order = town.intent(IntentKind.REDACT)

    done = await town.enforcer.redact(order, sent, town.case, words("After"))

    assert done.delivery is Delivery.DONE
    assert [message.embeds[0]["title"] for message in former.messages()] == ["After"]


@pytest.mark.parametrize("closed", [False, True])
async def test_a_notice_is_rewritten_wherever_it_was_sent(town: Town, closed: bool) -> None:
    """In the direct messages or in the private thread, also once that was put away."""
    if closed:
        await town.here.ada.closes_dms()
    sent = replace(
        town.intent(IntentKind.NOTICE, user=town.here.ada.id), channel=town.here.board.id
    )
    told = await town.enforcer.tell(sent, town.case, words("Before", sent.token))
    order = town.intent(IntentKind.REDACT)
    threads = town.here.guild.threads()
    for thread in threads:
        await thread.archive()

    done = await town.enforcer.redact(
        order, replace(sent, result=told.result), town.case, words("After", sent.token)
    )

    assert done.delivery is Delivery.DONE
    messages = [*town.here.ada.dms(), *(one for thread in threads for one in thread.messages())]
    assert [one.embeds[0]["title"] for one in messages if one.embeds] == ["After"]
    assert len(threads) == closed


@pytest.mark.parametrize("gone", [Fault.error(404, 10013), Fault.MISSING_PERMISSIONS])
async def test_a_thread_that_nobody_can_be_added_to_does_not_stay(
    managing: Town, gone: Fault
) -> None:
    """Who left in between would never read it, and moderators would find it empty."""
    managing.here.sim.faults.next(ADD, gone)

    told = await managing.enforcer.tell(_notice(managing), managing.case, words())

    assert told.delivery is Delivery.REFUSED
    assert managing.here.guild.threads() == []


async def test_a_thread_that_may_not_be_deleted_is_put_away(town: Town) -> None:
    """Without Manage Threads Concord can only archive what it has opened itself."""
    await town.here.ada.closes_dms()
    town.here.sim.faults.next(ADD, Fault.error(404, 10013))

    told = await town.enforcer.tell(_notice(town), town.case, words())

    assert told.delivery is Delivery.REFUSED
    (thread,) = town.here.guild.threads()
    assert town.here.guild.state.threads[thread.id].archived
    assert [message for message in thread.messages() if message.embeds] == []


async def test_a_thread_of_an_earlier_attempt_does_not_stay_either(managing: Town) -> None:
    """Opened, then something went wrong; when it is found again, the member has left."""
    managing.here.sim.faults.next(ADD, Fault.error(409))
    one = _notice(managing)
    await managing.enforcer.tell(one, managing.case, words())
    made = len(managing.here.guild.threads())
    managing.here.sim.faults.next(ADD, Fault.error(404, 10013))

    told = await managing.enforcer.tell(replace(one, attempts=2), managing.case, words())

    assert made == 1
    assert told.delivery is Delivery.REFUSED
    assert managing.here.guild.threads() == []


async def test_a_thread_that_could_not_be_taken_back_yet_is_looked_for_again(
    managing: Town,
) -> None:
    """Discord has a bad moment: the notice is not given up before the thread is gone."""
    managing.here.sim.faults.next(ADD, Fault.error(404, 10013), 2)
    managing.here.sim.faults.next("DELETE /channels/{channel_id}", Fault.error(400, 50083))
    one = _notice(managing)
    first = await managing.enforcer.tell(one, managing.case, words())

    second = await managing.enforcer.tell(replace(one, attempts=2), managing.case, words())

    assert first.delivery is Delivery.LATER
    assert second.delivery is Delivery.REFUSED
    assert managing.here.guild.threads() == []


def _notice(town: Town) -> Intent:
    """Return a notice to Ada about a post on the board."""
    one = town.intent(IntentKind.NOTICE, user=town.here.ada.id)
    return replace(one, channel=town.here.board.id)


async def test_a_message_whose_id_was_never_learnt_is_looked_for(town: Town) -> None:
    """Sent just before a crash: found by its token, or nowhere, which is as good as gone."""
    sent = town.intent(IntentKind.LOG)
    order = town.intent(IntentKind.REDACT)
    assert (await town.enforcer.redact(order, sent, town.case, None)).delivery is Delivery.DONE
    await town.enforcer.log(sent, words("Before", sent.token))

    done = await town.enforcer.redact(order, sent, town.case, words("After", sent.token))

    assert done.delivery is Delivery.DONE
    assert town.log.messages()[0].embeds[0]["title"] == "After"


async def test_an_outage_is_no_erasure(town: Town) -> None:
    """What could not be rewritten is tried again later."""
    sent = town.intent(IntentKind.LOG)
    sent = replace(sent, result=(await town.enforcer.log(sent, words("Before"))).result)
    town.here.sim.faults.next(
        "PATCH /channels/{channel_id}/messages/{message_id}", Fault.UNAVAILABLE, 20
    )

    done = await town.enforcer.redact(town.intent(IntentKind.REDACT), sent, town.case, words())

    assert done.delivery is Delivery.UNCERTAIN


async def quoted(town: Town, intent: Intent, said: Words) -> Outcome:
    """Post a post without files again."""
    return await town.enforcer.restore(intent, case_post(), None, said, words("Bare"))


async def held(town: Town, message: int) -> CasePost:
    """Return a post as a case holds it, with the files a real client sees on it."""
    channel = town.here.bot.get_partial_messageable(town.here.board.id, guild_id=town.here.guild.id)
    seen = await channel.fetch_message(message)
    found = written(seen, 0)
    assert found is not None
    return replace(
        case_post(message=message, at=NOON), channel=town.here.board.id, files=found.post.files
    )
