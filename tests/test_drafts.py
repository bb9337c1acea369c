"""An order waits for its button, over restarts, for a day."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from bot.drafts import WAITS, Draft, Drafts
from bot.model.order import Amendment, AmendmentOrder, Order
from bot.ports import Transaction
from tests.making import ADA, BEA, CYD, GUILD, NOON
from tests.moderating import FIRST, TIMEOUT, WARNING, Office, opened, order, rude, standing


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Open a fresh database with moderators at work."""
    async with opened(tmp_path) as one:
        yield one


async def test_an_order_is_taken_out_as_it_was_put_in(office: Office) -> None:
    """Also by a process that was started later."""
    wanted = order(TIMEOUT, WARNING, removes=(rude(),), words="Please.")

    put = await office.drafts.put(wanted, BEA)
    draft = await Drafts(office.store, office.clock).draft(put)

    assert draft is not None
    assert (draft.order, draft.user, draft.subject, draft.for_admin) == (wanted, BEA, ADA, False)


async def test_of_a_childs_safety_no_word_is_written_down(office: Office) -> None:
    """A preview waits without what it was about."""
    wanted = order(TIMEOUT, removes=(rude(1),), evidence=(rude(2),), rule="minor-safety")

    put = await office.drafts.put(wanted, BEA)
    draft = await office.drafts.draft(put)

    assert draft is not None
    assert isinstance(draft.order, Order)
    posts = (*draft.order.removes, *draft.order.evidence)
    assert [one.parts for one in posts] == [(), ()]
    assert [one.digest for one in posts] == [rude(1).digest, rude(2).digest]


async def test_a_change_to_a_case_waits_as_well(office: Office) -> None:
    """It knows whom the case is about."""
    done = await office.carried(order(TIMEOUT))
    wanted = AmendmentOrder("a1", GUILD, BEA, done.case, Amendment.VOID, restore=False)

    put = await office.drafts.put(wanted, BEA)
    draft = await office.drafts.draft(put)

    assert draft is not None
    assert (draft.order, draft.subject) == (wanted, ADA)


async def test_only_its_owner_presses_it_or_an_admin_where_one_is_asked() -> None:
    """Whoever else finds the button may not."""
    mine = Draft(1, GUILD, BEA, ADA, order(), for_admin=False, until=NOON)
    asked = replace(mine, for_admin=True)

    assert mine.may_be_pressed_by(BEA, is_admin=False)
    assert not mine.may_be_pressed_by(CYD, is_admin=True)
    assert asked.may_be_pressed_by(CYD, is_admin=True)
    assert not asked.may_be_pressed_by(BEA, is_admin=False)


async def test_a_draft_is_gone_after_a_day(office: Office) -> None:
    """What was seen then is old news."""
    put = await office.drafts.put(order(TIMEOUT), BEA)

    office.clock.advance(WAITS - timedelta(seconds=1))
    assert await office.drafts.order_of(put) is not None
    office.clock.advance(timedelta(seconds=1))
    assert await office.drafts.order_of(put) is None


async def test_what_is_taken_is_gone(office: Office) -> None:
    """Changing an order leaves no second button that does the old thing."""
    put = await office.drafts.put(order(TIMEOUT), BEA)

    first, second = await office.drafts.take(put), await office.drafts.take(put)

    assert first is not None
    assert second is None


async def test_confirmed_twice_it_is_carried_out_once(office: Office) -> None:
    """A restart between carrying out and dropping the draft does no harm."""
    put = await office.drafts.put(order(TIMEOUT), BEA)
    for _ in range(2):
        draft = await office.drafts.draft(put)
        assert draft is not None
        await office.moderation.carry_out(draft.order, standing(FIRST))  # type: ignore[arg-type]

    await office.drafts.discard(put)

    assert await office.drafts.draft(put) is None
    assert len(await office.sanctions()) == 1


async def test_something_else_that_is_kept_is_no_draft(office: Office) -> None:
    """Ids of lists, and what an earlier version wrote, open nothing."""
    now, until = office.clock.now(), office.clock.now() + WAITS

    async def work(tx: Transaction) -> list[int]:
        return [
            await tx.keep(GUILD, BEA, purpose, text, now, until)
            for purpose, text in (("listing", "{}"), ("draft", "{}"), ("draft", '{"subject":1}'))
        ]

    kept = await office.store.write(work)

    assert [await office.drafts.draft(one) for one in kept] == [None, None, None]
    assert await office.drafts.draft(99) is None


async def test_erasing_a_members_words_drops_drafts_about_them(office: Office) -> None:
    """Of an order and of a change to a case."""
    done = await office.carried(order(TIMEOUT))
    puts = [
        await office.drafts.put(order(TIMEOUT, words="about Ada"), BEA),
        await office.drafts.put(AmendmentOrder("a", GUILD, BEA, done.case, Amendment.LIFT), BEA),
    ]

    await office.casebook.erase(GUILD, ADA)

    assert [await office.drafts.draft(one) for one in puts] == [None, None]
