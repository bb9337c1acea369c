"""What is on record can be looked up, paged, read by its member, taken along and erased.

Long, for an erasure is only understood beside the record that it leaves.
"""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.casebook.casebook import KEPT, OWN_PER_PAGE, PER_PAGE
from bot.casebook.record import points_of
from bot.errors import UncleanError
from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import IntentKind, IntentState
from bot.model.order import Amendment
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import CaseQuery
from bot.wording import Wording
from tests.making import ADA, BEA, CYD, GUILD, NOON, community
from tests.moderating import (
    BAN,
    DAY,
    MEMBER,
    TIMEOUT,
    WARNING,
    Office,
    document,
    opened,
    order,
    rude,
)
from tests.sanctioning import sanction

WORDING = Wording(document())

OTHER_GUILD = GUILD + 1


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Open a fresh database with moderators at work."""
    async with opened(tmp_path) as one:
        yield one


async def decided(office: Office, count: int) -> None:
    """Warn Ada so often, each time in a matter of its own."""
    for number in range(count):
        await office.carried(order(WARNING, key=f"w{number}", words=f"number {number}"))


async def test_a_case_is_found_by_its_number(office: Office) -> None:
    """With everything that was decided and asked of Discord."""
    done = await office.carried(order(WARNING))

    found = await office.casebook.case(GUILD, 1)

    assert found is not None
    assert found.case.id == done.case
    assert await office.casebook.case(GUILD, 2) is None


async def test_a_search_is_paged_and_its_pages_outlive_a_restart(office: Office) -> None:
    """A button of yesterday still turns the page."""
    await decided(office, PER_PAGE + 1)

    first = await office.casebook.search(CaseQuery(GUILD, kind=SanctionKind.WARNING), BEA)
    later = office.open_casebook()
    second = await later.turn(first.id, BEA, 1)
    beyond = await later.turn(first.id, BEA, 99)

    assert (len(first.page.cases), first.number, first.pages) == (PER_PAGE, 0, 2)
    assert second is not None
    assert [one.case.number for one in second.page.cases] == [1]
    assert (second.number, second.query) == (1, first.query)
    assert beyond == second


async def test_a_search_that_finds_nothing_has_one_empty_page(office: Office) -> None:
    """Not an error."""
    found = await office.casebook.search(CaseQuery(GUILD, rule="hate"), BEA)

    assert (found.page.cases, found.pages, found.number) == ((), 1, 0)
    turned = await office.casebook.turn(found.id, BEA, 3)
    assert turned is not None
    assert turned.page.cases == ()


async def test_only_who_searched_turns_pages_and_not_for_ever(office: Office) -> None:
    """Another moderator searches for themselves."""
    found = await office.casebook.search(CaseQuery(GUILD), BEA)

    assert await office.casebook.turn(found.id, CYD, 0) is None
    assert await office.casebook.turn(found.id + 1, BEA, 0) is None
    office.clock.advance(KEPT)
    assert await office.casebook.turn(found.id, BEA, 0) is None


async def test_a_draft_is_no_search(office: Office) -> None:
    """Ids of other things open no page."""
    put = await office.drafts.put(order(WARNING), BEA)

    assert await office.casebook.turn(put, BEA, 0) is None


def test_points_of_one_case_count_once_and_run_out_one_after_the_other() -> None:
    """By the most of each case, soonest first; voided and failed ones never."""
    week, month = NOON + 7 * DAY, NOON + 30 * DAY
    held = [
        sanction(number=1, points=2, points_until=week),
        sanction(number=2, points=3, points_until=week),
        sanction(SanctionKind.BAN, SanctionState.VOIDED, number=3, points=50),
    ]
    ban = sanction(SanctionKind.BAN, number=4, points=5, points_until=month)
    other = replace(ban, case=8)

    points = points_of([*held, other], NOON)

    assert points.now == 8
    assert points.runs_out == ((week, 5), (month, 0))
    assert points_of([*held, other], week).now == 5


async def test_moderators_read_a_whole_record(office: Office) -> None:
    """Names, notes, open questions."""
    await office.found(1, Action.REVIEW)
    await office.carried(order(TIMEOUT, internal="again"))

    record = await office.casebook.record(GUILD, ADA)

    assert (record.total, len(record.in_force)) == (2, 1)
    assert record.cases[0].rulings[0].by == BEA
    assert record.points.now > 0


async def test_members_read_their_own_record_without_names_and_notes(office: Office) -> None:
    """Nor what was only looked at, nor what moderators noted to each other."""
    await office.found(1, Action.REVIEW)
    kept = await office.found(2, Action.REVIEW)
    await office.amended(kept, Amendment.KEEP, "k")
    done = await office.carried(order(TIMEOUT, words="For you.", internal="not for you"))
    await office.amended(done.case, Amendment.NOTE, "n", internal="nor this")

    record = await office.casebook.record(GUILD, ADA, own=True)

    (only,) = record.cases
    assert (record.total, only.case.id, only.intents) == (1, done.case, ())
    (ruling,) = only.rulings
    assert (ruling.by, ruling.words, ruling.internal, ruling.because) == (None, "For you.", "", "")


async def test_own_records_are_paged_over_what_may_be_read(office: Office) -> None:
    """No page is half empty because of what is left out."""
    for number in range(3):
        await office.found(number, Action.REVIEW)
    await decided(office, OWN_PER_PAGE + 1)

    second = await office.casebook.record(GUILD, ADA, own=True, number=1)

    assert (second.total, second.first, len(second.cases)) == (OWN_PER_PAGE + 1, OWN_PER_PAGE, 1)


async def test_an_export_holds_everything_and_nobody_else(office: Office) -> None:
    """Posts, decisions, notes to them; neither moderators nor internal notes."""
    await office.found(1)
    await office.carried(
        order(TIMEOUT, removes=(rude(2),), words="For you. 🙂", internal="secret", because="why")
    )
    await office.carried(order(BAN, key="other", subject=700), subject=replace(MEMBER, user=700))

    text = await office.casebook.export(GUILD, ADA)

    document = json.loads(text)
    assert [one["case"] for one in document["cases"]] == ["C-2", "C-1"]
    newest = document["cases"][0]
    assert newest["posts"][0]["texts"] == [{"where": "content", "text": "a bad post"}]
    assert newest["decisions"][0]["note_to_you"] == "For you. 🙂"
    assert newest["decisions"][0]["sanctions"][0]["kind"] == "timeout"
    assert document["points"]["now"] > 0
    assert not {str(BEA), str(CYD), "secret", "why", "700"} & set(text.replace('"', " ").split())


async def test_an_erasure_is_previewed_with_reasons(office: Office) -> None:
    """What goes, what stays, what waits."""
    await office.found(1, Action.REVIEW)
    await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))

    preview = await office.casebook.preview_erasure(GUILD, ADA)

    assert preview.waits == ("C-1",)
    assert any("1 post" in one for one in preview.goes)
    assert any("1 note" in one for one in preview.goes)
    assert any("1 sanction in force" in one for one in preview.stays)
    assert any("Points" in one for one in preview.stays)


async def test_nothing_on_record_leaves_nothing_to_erase(office: Office) -> None:
    """The preview says so by saying nothing."""
    preview = await office.casebook.preview_erasure(GUILD, ADA)

    assert (preview.goes, preview.stays, preview.waits) == ((), (), ())


async def test_an_erasure_takes_the_words_and_leaves_the_sanction(office: Office) -> None:
    """Open cases keep theirs until they close; messages of ours are to be changed."""
    asked = await office.found(1, Action.REVIEW)
    done = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    office.begun.clear()

    erased = await office.casebook.erase(GUILD, ADA)

    assert erased.waits == ("C-1",)
    assert erased.redactions > 0
    assert office.begun == [done.case]
    dossier = await office.dossier(done.case)
    assert [one.parts for one in dossier.case.posts] == [()]
    assert dossier.rulings[0].words == ""
    assert [one.in_force for one in dossier.sanctions] == [True]
    assert (await office.dossier(asked)).case.posts[0].parts
    kinds = [one.kind for one in dossier.intents]
    assert kinds.count(IntentKind.REDACT) == erased.redactions
    assert office.forgotten == [(GUILD, ADA)]


async def test_an_erasure_leaves_other_servers_alone(office: Office) -> None:
    """It does what its preview said, and the preview speaks of one server."""
    await office.store.write(lambda tx: tx.set_community(OTHER_GUILD, community(), NOON))
    there = order(TIMEOUT, key="there", guild=OTHER_GUILD, removes=(rude(3),), words="For you.")
    elsewhere = await office.carried(there)
    here = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    before = await office.dossier(elsewhere.case)
    office.begun.clear()

    await office.casebook.erase(GUILD, ADA)

    assert office.begun == [here.case]
    assert await office.dossier(elsewhere.case) == before
    assert (await office.casebook.preview_erasure(OTHER_GUILD, ADA)).goes


async def test_only_what_lasts_is_said_to_be_in_force(office: Office) -> None:
    """A warning happens once."""
    await office.carried(order(WARNING, key="w"))
    await office.carried(order(TIMEOUT, key="t"))

    preview = await office.casebook.preview_erasure(GUILD, ADA)

    (timeout,) = (one for one in await office.sanctions() if one.kind is SanctionKind.TIMEOUT)
    until = "until a moderator lifts what has no end"
    if timeout.until is not None:
        until = f"until <t:{int(timeout.until.timestamp())}:D>"
    assert f"1 sanction in force, {until}: erasing lifts nothing." in preview.stays


async def sent(office: Office, case: int) -> None:
    """Have all messages of a case sent, and all redactions carried out."""
    for one in (await office.intents(case)).values():
        made = replace(one, state=IntentState.DONE, outcome="done", result=9000 + one.id)
        if one.state is IntentState.PENDING:
            await office.store.write(lambda tx, made=made: tx.settle(made, NOON))  # type: ignore[misc]


async def test_erasing_again_promises_nothing_and_says_what_is_gone(office: Office) -> None:
    """What stays is said with until when and why, as before."""
    done = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    await sent(office, done.case)
    first = await office.casebook.preview_erasure(GUILD, ADA)
    await office.casebook.erase(GUILD, ADA)

    under_way = await office.casebook.preview_erasure(GUILD, ADA)
    await sent(office, done.case)
    after = await office.casebook.preview_erasure(GUILD, ADA)
    await office.casebook.erase(GUILD, ADA)

    words = "The words of 1 post that cases held, and names of files."
    assert "The same words in 2 messages of Concord's, which are changed." in first.goes
    assert (first.gone, under_way.goes, after.goes) == ((), (), ())
    assert under_way.gone == (words, "The same words in 2 more messages of Concord's go just now.")
    assert after.gone == (words, "The same words in 2 messages of Concord's.")
    assert after.stays == first.stays
    assert await office.casebook.preview_erasure(GUILD, ADA) == after


async def test_messages_that_show_nobodys_words_are_not_said_to_be_changed(office: Office) -> None:
    """A warning without a post or a note says only what was decided."""
    done = await office.carried(order(WARNING, because=""))
    await sent(office, done.case)

    assert (await office.casebook.preview_erasure(GUILD, ADA)).goes == ()


async def test_a_message_that_could_not_be_changed_is_owned_up_to(office: Office) -> None:
    """The member may ask somebody to delete it."""
    done = await office.carried(order(TIMEOUT, removes=(rude(2),)))
    await sent(office, done.case)
    await office.casebook.erase(GUILD, ADA)
    for one in (await office.intents(done.case)).values():
        if one.kind is IntentKind.REDACT:
            failed = replace(one, state=IntentState.FAILED, outcome="not allowed")
            await office.store.write(lambda tx, failed=failed: tx.settle(failed, NOON))  # type: ignore[misc]

    (_, left) = (await office.casebook.preview_erasure(GUILD, ADA)).gone

    assert left.startswith("2 messages of Concord's could not be changed")


@pytest.mark.parametrize("own", [True, False])
async def test_what_was_voided_reads_so_after_an_erasure_and_whatever_is_noted(
    office: Office, *, own: bool
) -> None:
    """By the member and by moderators: it was a mistake, and it counts for nothing."""
    done = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    await office.amended(done.case, Amendment.VOID, "v", words="Sorry.")
    await office.amended(done.case, Amendment.NOTE, "n", internal="We will be careful.")
    await office.casebook.erase(GUILD, ADA)

    record = await office.casebook.record(GUILD, ADA, own=own)
    read = "\n".join(WORDING.record_page(record).paragraphs)

    said = "It was a mistake: it is undone and counts for nothing." if own else "· voided"
    assert said in read
    assert "Nothing counts against" in read
    assert ("counts for nothing, taken back <t:" in read) is own
    title = WORDING.case_page(await office.dossier(done.case)).title
    assert title == "C-1 · voided"


async def test_an_automatic_removal_is_in_the_members_record(office: Office) -> None:
    """They were told of it, so they may read of it."""
    case = await office.found(1)

    record = await office.casebook.record(GUILD, ADA, own=True)

    (only,) = record.cases
    assert (only.case.id, only.case.state) == (case, CaseState.ACTED)
    assert [one.kind for one in only.rulings] == [RulingKind.REMOVED]


async def test_what_an_erasure_asks_for_begins_though_another_program_reads(
    office: Office, tmp_path: Path
) -> None:
    """The words are gone from the tables by then: whoever asked learns where they still are."""
    done = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    office.begun.clear()
    await office.store._writer._thread.execute("PRAGMA busy_timeout = 10")  # type: ignore[attr-defined]
    with closing(sqlite3.connect(tmp_path / "concord.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM cases").fetchone()

        with pytest.raises(UncleanError, match="another program is reading"):
            await office.casebook.erase(GUILD, ADA)

    assert (await office.dossier(done.case)).rulings[0].words == ""
    assert (office.begun, office.forgotten) == ([done.case], [(GUILD, ADA)])


async def test_erasing_again_begins_what_has_not_gone_yet(office: Office) -> None:
    """What it says will follow follows, also where nothing new was erased."""
    done = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    first = await office.casebook.erase(GUILD, ADA)
    office.begun.clear()

    again = await office.casebook.erase(GUILD, ADA)

    assert (again, office.begun) == (first, [done.case])


async def test_a_message_that_may_have_arrived_is_said_to_be_looked_for(office: Office) -> None:
    """Beside those that are there; what came to nothing is not counted."""
    done = await office.carried(order(TIMEOUT, removes=(rude(2),), words="For you."))
    ends = {IntentKind.NOTICE: IntentState.UNKNOWN, IntentKind.LOG: IntentState.FAILED}
    for one in (await office.intents(done.case)).values():
        state = ends.get(one.kind, IntentState.DONE)

        async def work(tx, one=one, state=state) -> None:  # type: ignore[no-untyped-def]
            await tx.settle(replace(await tx.attempt(one, NOON), state=state, outcome="over"), NOON)

        await office.store.write(work)

    before = await office.casebook.preview_erasure(GUILD, ADA)
    erased = await office.casebook.erase(GUILD, ADA)

    assert any("1 message of Concord's that may have arrived" in one for one in before.goes)
    assert not any("which are changed" in one for one in before.goes)
    assert erased.redactions == 1
