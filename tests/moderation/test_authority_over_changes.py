"""A change that weighs more needs the authority of a new decision, and many changes an admin."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.model.order import Amendment, AmendmentOrder, Carried, Refusal
from bot.model.ruling import CONFIRMED, Change
from bot.model.standing import Person
from tests.making import ADA, GUILD
from tests.moderating import (
    ADMIN,
    BAN,
    DAY,
    FIRST,
    MEMBER,
    SECOND,
    TIMEOUT,
    Office,
    order,
    standing,
)

ABOVE = replace(MEMBER, rank=7)
STAFF = replace(MEMBER, is_moderator=True)


async def changed(
    office: Office, case: int, subject: Person, key: str = "a1", **changes: Any
) -> Carried | Refusal:
    """Have Bea edit a case, about a member who is somebody else by now."""
    whole = AmendmentOrder(key, GUILD, FIRST.user, case, Amendment.EDIT)
    wanted = replace(whole, **changes)
    return await office.moderation.amend(wanted, standing(subject=subject))


@pytest.mark.parametrize(
    ("subject", "words"), [(STAFF, "They are staff"), (ABOVE, "stands above yours")]
)
@pytest.mark.parametrize(
    "harsher", [{"duration": 2 * DAY}, {"endless": True}, {"rule": "crumb"}], ids=str
)
async def test_who_became_staff_is_not_held_longer(
    office: Office, subject: Person, words: str, harsher: dict[str, Any]
) -> None:
    """Nor by another rule; nobody acts on staff, or above themselves."""
    done = await office.carried(order(TIMEOUT))

    refusal = await changed(office, done.case, subject, **harsher)

    assert isinstance(refusal, Refusal)
    assert words in refusal.reasons[0]


async def test_who_became_staff_may_be_let_go_earlier(office: Office) -> None:
    """A shorter length takes nothing from them, nor do kinder words."""
    done = await office.carried(order(TIMEOUT))

    shorter = await changed(office, done.case, STAFF, duration=timedelta(hours=2))
    words = await changed(office, done.case, STAFF, "a2", words="We talked.")

    assert isinstance(shorter, Carried)
    assert isinstance(words, Carried)


def about(number: int) -> Person:
    """Return one of many members."""
    return replace(MEMBER, user=700 + number)


async def many_cases(office: Office, members: int, by: Person) -> list[int]:
    """Have somebody time many members out, a day ago."""
    cases = []
    for number in range(members):
        one = about(number)
        wanted = order(TIMEOUT, key=f"t{number}", by=by.user, subject=one.user)
        cases.append((await office.carried(wanted, by, subject=one)).case)
    office.clock.advance(timedelta(hours=1))
    return cases


@pytest.mark.parametrize("amendment", [Amendment.LIFT, Amendment.VOID, Amendment.EDIT])
async def test_too_many_changes_by_one_moderator_wait_for_an_admin(
    office: Office, amendment: Amendment
) -> None:
    """Who took an account over can no more let everybody in than throw everybody out."""
    cases = await many_cases(office, 11, ADMIN)
    length = 2 * DAY if amendment is Amendment.EDIT else None
    wanted = [
        AmendmentOrder(f"a{one}", GUILD, FIRST.user, one, amendment, duration=length)
        for one in cases
    ]
    for number in range(10):
        done = await office.moderation.amend(wanted[number], standing(subject=about(number)))
        assert isinstance(done, Carried)

    proposed = await office.moderation.propose_amendment(wanted[10], standing(subject=about(10)))
    refusal = await office.moderation.amend(wanted[10], standing(subject=about(10)))
    new = await office.refused(order(BAN, key="b", subject=999), subject=replace(MEMBER, user=999))
    noted = await office.moderation.amend(
        AmendmentOrder("n", GUILD, FIRST.user, cases[10], Amendment.NOTE, internal="Please look."),
        standing(subject=about(10)),
    )
    allowed = await office.moderation.amend(wanted[10], standing(ADMIN, about(10)))

    assert isinstance(proposed, Refusal)
    assert isinstance(refusal, Refusal)
    assert proposed.needs_admin
    assert refusal.needs_admin
    assert new.needs_admin
    assert isinstance(noted, Carried)
    assert isinstance(allowed, Carried)


async def test_who_decided_too_much_may_take_it_back(office: Office) -> None:
    """Ten members timed out by mistake need no admin to be let go; an eleventh one does."""
    other = await office.carried(order(TIMEOUT, by=SECOND.user), SECOND)
    cases = [
        (
            await office.carried(
                order(TIMEOUT, key=f"t{number}", subject=700 + number), subject=about(number)
            )
        ).case
        for number in range(10)
    ]

    own = [
        await office.moderation.amend(
            AmendmentOrder(f"a{one}", GUILD, FIRST.user, one, Amendment.VOID),
            standing(subject=about(number)),
        )
        for number, one in enumerate(cases)
    ]
    refusal = await office.amended(other.case, Amendment.LIFT)

    assert all(isinstance(one, Carried) for one in own)
    assert isinstance(refusal, Refusal)
    assert refusal.needs_admin
    assert (await office.sanctions(ADA))[0].in_force


async def test_who_confirmed_a_change_stands_in_the_case(office: Office) -> None:
    """By id, so that it can be shown as a mention."""
    done = await office.carried(order(TIMEOUT))
    wanted = AmendmentOrder("a1", GUILD, FIRST.user, done.case, Amendment.LIFT)

    carried = await office.moderation.amend(wanted, standing(ADMIN))

    assert isinstance(carried, Carried)
    ruling = (await office.dossier(done.case)).ruling(carried.ruling)
    assert ruling.by == FIRST.user
    assert ruling.changes == (Change(CONFIRMED, "", str(ADMIN.user)),)
    assert not any("Confirmed" in one for one in carried.happens)
