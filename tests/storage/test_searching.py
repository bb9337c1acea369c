"""Looking for cases: each condition by itself, and all together as one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.evidence import Finding
from bot.model.post import Part, PostFile, Surface
from bot.model.ruling import RulingKind
from bot.model.sanction import ENDLESS, IN_FORCE, SanctionKind, SanctionState
from bot.ports import CaseQuery, Store
from bot.storage.recording import record
from bot.storage.rulings import rule
from bot.storage.searching import find_cases
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    MODERATOR,
    NOON,
    days,
    draft,
    finding,
    post,
    ruling,
    timeout,
    undone,
)


def said(message: int, text: str, **changes: object) -> Finding:
    """A post that is asked about, with a text."""
    return replace(
        post(message, action=Action.REVIEW), parts=(Part(Surface.CONTENT, text),), **changes
    )


@pytest.fixture
async def filled(store: Store) -> Store:
    """Six cases, each different in something."""
    other = AUTHOR + 1
    file = PostFile(1, "Rechnung.PDF", "https://cdn.example/1", 5, "application/pdf")
    steps = [
        draft(said(1, "Please mail me at Straße 5")),
        draft(said(2, "100% off", files=(file,)), author=other, opened_at=NOON + days(1)),
        draft(
            said(3, "calm words", findings=(finding(Action.REVIEW, "hate"),)),
            opened_at=NOON + days(2),
        ),
    ]
    for step in steps:
        await store.write(lambda tx, step=step: tx.record(step))
    rulings = [
        ruling("4", at=NOON + days(3), sanctions=(timeout(),), internal="ÄRGER mit ihm"),
        ruling("5", at=NOON + days(4), subject=other, by=MODERATOR + 1, rule="threat"),
        ruling("3", at=NOON + days(5), case=3, kind=RulingKind.KEPT, because="it_was_calm"),
        ruling(
            "6",
            at=NOON + days(6),
            sanctions=(replace(timeout(), kind=SanctionKind.BAN),),
            words="Good bye",
        ),
    ]
    for step in rulings:
        await store.write(lambda tx, step=step: tx.rule(step))
    elsewhere = draft(said(9, "Please mail me"), guild=GUILD + 1)
    await store.write(lambda tx: tx.record(elsewhere))
    (ban,) = await store.sanctions_in_force(GUILD, SanctionKind.BAN)
    await store.write(lambda tx: tx.move_sanction(ban, SanctionState.EXPIRED, None, NOON))
    return store


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"guild": GUILD + 1}, [1]),
        ({"member": AUTHOR}, [6, 4, 3, 1]),
        ({"member": 404}, []),
        ({"moderator": MODERATOR}, [6, 4, 3]),
        ({"moderator": MODERATOR + 1}, [5]),
        # found, ruled, or what a sanction rests on
        ({"rule": "hate"}, [3]),
        ({"rule": "vulgarity"}, [6, 4, 3, 2, 1]),
        ({"rule": "threat"}, [5]),
        ({"kind": SanctionKind.TIMEOUT}, [4]),
        ({"kind": SanctionKind.BAN}, [6]),
        ({"state": CaseState.OPEN}, [2, 1]),
        ({"state": CaseState.CLOSED}, [6, 5, 4, 3]),
        ({"in_force": True}, [4]),
        ({"since": NOON + days(3)}, [6, 5, 4]),
        ({"until": NOON + days(2)}, [2, 1]),
        # the evidence, whatever its capitals and letters
        ({"text": "PLEASE MAIL"}, [1]),
        ({"text": "STRASSE"}, [1]),
        # signs that mean something in SQL are letters here
        ({"text": "100%"}, [2]),
        ({"text": "1%"}, []),
        ({"text": "it_was"}, [3]),
        ({"text": "it%was"}, []),
        # file names, notes, words to the member, reasons
        ({"text": "rechnung"}, [2]),
        ({"text": "ärger"}, [4]),
        ({"text": "good bye"}, [6]),
        ({"text": "a vulgar word"}, [3, 2, 1]),
        # all together
        ({"member": AUTHOR, "moderator": MODERATOR, "kind": SanctionKind.TIMEOUT}, [4]),
        ({"member": AUTHOR, "state": CaseState.OPEN, "text": "mail"}, [1]),
        ({"member": AUTHOR + 1, "text": "please mail"}, []),
    ],
)
async def test_cases_are_found(
    filled: Store, wanted: dict[str, object], numbers: list[int]
) -> None:
    """By what is asked, newest first."""
    page = await filled.find_cases(CaseQuery(**{"guild": GUILD, **wanted}), 0, 100)

    assert [one.case.number for one in page.cases] == numbers
    assert page.total == len(numbers)


async def test_a_page_says_where_it_is(filled: Store) -> None:
    """And one beyond the end is empty."""
    query = CaseQuery(GUILD)
    pages = [await filled.find_cases(query, first, 4) for first in (0, 4, 8)]

    assert [[one.case.number for one in page.cases] for page in pages] == [[6, 5, 4, 3], [2, 1], []]
    assert [(page.first, page.total) for page in pages] == [(0, 6), (4, 6), (8, 6)]
    assert pages[0].cases[0] == await filled.dossier_numbered(GUILD, 6)


@settings(max_examples=40, deadline=None)
@given(
    members=st.lists(st.integers(1, 3), min_size=1, max_size=6),
    moderators=st.lists(st.integers(11, 12), min_size=6, max_size=6),
    rules=st.lists(st.sampled_from(("hate", "threat")), min_size=6, max_size=6),
    ruled=st.lists(st.booleans(), min_size=6, max_size=6),
    query=st.builds(
        CaseQuery,
        guild=st.just(GUILD),
        member=st.none() | st.integers(1, 3),
        moderator=st.none() | st.integers(11, 12),
        rule=st.sampled_from((None, "hate", "threat")),
        kind=st.sampled_from((None, SanctionKind.TIMEOUT)),
        state=st.none() | st.sampled_from(CaseState),
        in_force=st.booleans(),
        since=st.none() | st.just(NOON + timedelta(hours=3)),
    ),
)
def test_a_query_finds_what_a_reading_of_all_cases_finds(
    scratch: Engine,
    members: list[int],
    moderators: list[int],
    rules: list[str],
    ruled: list[bool],
    query: CaseQuery,
) -> None:
    """Over any cases and any conditions."""
    with undone(scratch) as connection:
        for number, member in enumerate(members):
            at = NOON + timedelta(hours=number)
            shown = post(number, action=Action.REVIEW, rule=rules[number])
            case = record(connection, draft(shown, author=member, opened_at=at, intents=()))
            if ruled[number]:
                wanted = ruling(
                    str(number), case=case, subject=member, by=moderators[number], rule=None
                )
                rule(connection, replace(wanted, sanctions=(timeout(),) if number % 2 else ()))
        everything = find_cases(connection, CaseQuery(GUILD), 0, 100).cases

        found = find_cases(connection, query, 0, 100)

    expected = [
        one
        for one in everything
        if query.member in (None, one.case.author)
        and (query.moderator is None or query.moderator in [r.by for r in one.rulings])
        and (query.rule is None or query.rule in [f.evidence.rule for f in one.case.findings()])
        and (query.kind is None or query.kind in [s.kind for s in one.sanctions])
        and query.state in (None, one.case.state)
        and (
            not query.in_force
            or any(s.state in IN_FORCE and s.kind not in ENDLESS for s in one.sanctions)
        )
        and (query.since is None or one.case.opened_at >= query.since)
    ]
    assert found.cases == tuple(expected)
    assert found.total == len(expected)
