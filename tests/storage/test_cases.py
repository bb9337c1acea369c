"""What record() promises: one case per message, versions, bursts, numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.post import AuthorKind, Part, Surface
from bot.ports import Store
from bot.storage.case_reading import holding, read_cases
from bot.storage.recording import record
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    NOON,
    change,
    days,
    draft,
    finding,
    look,
    post,
    undone,
)


async def test_a_case_comes_back_as_it_was_recorded(store: Store) -> None:
    """Every field of the draft is in the case, times to the microsecond."""
    wanted = replace(
        draft(),
        author_kind=AuthorKind.APP,
        post=replace(
            post(action=Action.REVIEW, degraded=True),
            parts=(Part(Surface.CONTENT, "a\x00b"), Part(Surface.POLL, "")),
            findings=(
                finding(Action.REVIEW),
                replace(
                    finding(Action.NOTE, "self-harm", 4, part=1, quoted=True),
                    guideline=None,
                    because="lowered",
                ),
            ),
        ),
    )

    case = await store.case(await store.write(lambda tx: tx.record(wanted)))

    assert case is not None
    assert case.posts == (wanted.post,)
    assert (case.guild, case.author, case.author_kind) == (GUILD, AUTHOR, AuthorKind.APP)
    assert (case.number, case.version, case.opened_at) == (1, 1, NOON)
    assert (case.state, case.action) == (CaseState.OPEN, Action.REVIEW)
    assert (case.guidelines_version, case.screening_version) == ("2026-03", "7")


async def test_recording_a_version_twice_changes_nothing(store: Store, database: Path) -> None:
    """The second time gives the same case, and the file is byte for byte the same set of rows."""
    case = await store.write(lambda tx: tx.record(draft()))
    before = _everything(database)

    again = await store.write(
        lambda tx: tx.record(replace(draft(), opened_at=NOON + days(1), guidelines_version="new"))
    )

    assert again == case
    assert _everything(database) == before


async def test_a_removal_acts_and_a_question_stays_open(store: Store) -> None:
    """The state of a new case follows its action."""
    acted = await store.write(lambda tx: tx.record(draft(post(1))))
    asked = await store.write(lambda tx: tx.record(draft(post(2, action=Action.REVIEW))))

    assert [(await store.case(case)).state for case in (acted, asked)] == [
        CaseState.ACTED,
        CaseState.OPEN,
    ]


async def test_a_new_version_joins_the_case_of_its_message(store: Store) -> None:
    """An edited post stays one matter; a stronger version makes the case act."""
    case = await store.write(lambda tx: tx.record(draft(post(action=Action.REVIEW))))

    edited = await store.write(lambda tx: tx.record(draft(post(digest="second"))))

    after = await store.case(case)
    assert edited == case
    assert (after.action, after.state, after.version) == (Action.REMOVE, CaseState.ACTED, 2)
    assert after.posts == (post(digest="second"),)


async def test_the_strongest_version_is_shown_and_the_latest_is_known(store: Store) -> None:
    """A weaker edit hides nothing, and is still not judged twice."""
    await store.write(lambda tx: tx.record(draft()))

    await store.write(lambda tx: tx.record(draft(post(digest="mild", action=Action.REVIEW))))

    case = await store.case_of(1)
    assert case.posts == (post(),)
    assert (case.action, case.state) == (Action.REMOVE, CaseState.ACTED)
    assert await store.digest_of(1) == "mild"


async def test_of_versions_as_strong_the_latest_is_shown(store: Store) -> None:
    """Moderators see what stands there now."""
    for digest in ("first", "second"):
        await store.write(lambda tx, digest=digest: tx.record(draft(post(digest=digest))))

    assert (await store.case_of(1)).posts == (post(digest="second"),)


async def test_a_post_edited_back_is_known_by_its_first_digest(store: Store) -> None:
    """First, second, first again: nothing is stored twice, and the latest is the first."""
    for digest in ("first", "second", "first"):
        await store.write(lambda tx, digest=digest: tx.record(draft(post(digest=digest))))

    assert await store.digest_of(1) == "first"
    assert (await store.case_of(1)).posts == (post(digest="first"),)


async def test_no_version_is_lost(store: Store, database: Path) -> None:
    """The evidence of versions that are not shown is kept beside those that are."""
    for number, action in enumerate((Action.REVIEW, Action.REMOVE, Action.REVIEW)):
        version = post(digest=f"d{number}", action=action, text=f"words {number}")
        await store.write(lambda tx, version=version: tx.record(draft(version)))

    assert look(database, "SELECT text FROM post_parts ORDER BY serial") == [
        ("words 0",),
        ("words 1",),
        ("words 2",),
    ]
    assert look(database, "SELECT count(*) FROM findings") == [(3,)]


async def test_a_burst_is_one_case(store: Store) -> None:
    """A post that joins adds itself to the case and may make it act."""
    case = await store.write(lambda tx: tx.record(draft(post(5, action=Action.REVIEW))))

    joined = await store.write(lambda tx: tx.record(draft(post(4), joins=case)))

    after = await store.case_of(4)
    assert joined == case
    assert after == await store.case_of(5)
    assert [case_post.message for case_post in after.posts] == [4, 5]
    assert (after.action, after.state, after.version) == (Action.REMOVE, CaseState.ACTED, 2)


async def test_a_message_with_a_case_keeps_it_whatever_it_is_to_join(store: Store) -> None:
    """A message belongs to one case at most."""
    own = await store.write(lambda tx: tx.record(draft(post(1))))
    other = await store.write(lambda tx: tx.record(draft(post(2))))

    kept = await store.write(lambda tx: tx.record(draft(post(1, digest="new"), joins=other)))

    assert kept == own


async def test_nothing_joins_a_case_about_somebody_else(store: Store) -> None:
    """A burst is by one author; anything else is a defect, and leaves no trace."""
    case = await store.write(lambda tx: tx.record(draft(post(1))))

    with pytest.raises(AssertionError, match="somebody else"):
        await store.write(lambda tx: tx.record(draft(post(2), author=AUTHOR + 1, joins=case)))

    assert await store.case_of(2) is None


async def test_a_closed_case_stays_closed(store: Store, database: Path) -> None:
    """A further version of a decided matter is added; deciding again is another's business."""
    case = await store.write(lambda tx: tx.record(draft(post(action=Action.REVIEW))))
    change(database, "UPDATE cases SET state = 'closed', closed_at = 0")

    await store.write(lambda tx: tx.record(draft(post(digest="second"))))

    after = await store.case(case)
    assert (after.state, after.action) == (CaseState.CLOSED, Action.REMOVE)


async def test_numbers_count_from_one_in_each_guild(store: Store) -> None:
    """Numbers have no gaps, not even where a use case was undone."""

    async def undone(tx: object) -> None:
        await tx.record(draft(post(100)))
        raise ValueError("undone")

    for message in (1, 2):
        await store.write(lambda tx, message=message: tx.record(draft(post(message))))
        with pytest.raises(ValueError, match="undone"):
            await store.write(undone)
    await store.write(lambda tx: tx.record(draft(post(3), guild=11)))
    await store.write(lambda tx: tx.record(draft(post(4))))

    assert [case.number for case in await store.cases(GUILD, 9)] == [3, 2, 1]
    assert [case.number for case in await store.cases(11, 9)] == [1]


async def test_cases_come_newest_first_and_no_more_than_asked(store: Store) -> None:
    """The limit cuts the oldest."""
    for message in range(1, 6):
        await store.write(lambda tx, message=message: tx.record(draft(post(message))))

    assert [case.number for case in await store.cases(GUILD, 3)] == [5, 4, 3]


async def test_the_latest_case_is_the_one_with_the_newest_post(store: Store) -> None:
    """Of an author's cases with a finding of the rule, the post's time decides, not the number."""
    hour = timedelta(hours=1)
    posts = (
        post(1, at=NOON + hour),
        post(2, at=NOON),
        post(3, rule="politics", action=Action.REVIEW, at=NOON + 9 * hour),
    )
    ids = [await store.write(lambda tx, one=one: tx.record(draft(one))) for one in posts]

    assert (await store.latest_case(GUILD, AUTHOR, "vulgarity", Action.REMOVE)).id == ids[0]
    assert await store.latest_case(GUILD, AUTHOR, "politics", Action.REMOVE) is None
    asked = await store.latest_case(GUILD, AUTHOR, "politics", Action.REVIEW)
    assert asked is not None
    assert asked.id == ids[2]
    assert await store.latest_case(GUILD, AUTHOR, "hate", Action.REMOVE) is None
    assert await store.latest_case(GUILD, AUTHOR + 1, "vulgarity", Action.REMOVE) is None
    assert await store.latest_case(GUILD + 1, AUTHOR, "vulgarity", Action.REMOVE) is None


async def test_a_mere_note_makes_no_latest_case(store: Store) -> None:
    """A finding counts that asked or removed; one that was excepted or noted does not."""
    noted = replace(post(), findings=(finding(), finding(Action.NOTE, "politics", 5)))
    await store.write(lambda tx: tx.record(draft(noted)))

    assert await store.latest_case(GUILD, AUTHOR, "politics", Action.REVIEW) is None


async def test_removed_posts_are_those_that_stay_removed(store: Store) -> None:
    """Asked about, deleted by others, given up or too old: none of these is a removal."""
    await store.write(lambda tx: tx.record(draft(post(1))))
    await store.write(lambda tx: tx.record(draft(post(2, action=Action.REVIEW))))
    await store.write(lambda tx: tx.record(draft(post(3))))
    await store.write(lambda tx: tx.post_deleted(3, NOON))
    await store.write(lambda tx: tx.record(draft(post(4, at=NOON - days(1)))))
    failing = await store.write(lambda tx: tx.record(draft(post(5))))
    await store.write(lambda tx: tx.record(draft(post(6, at=NOON + days(1)))))
    await store.write(lambda tx: tx.record(draft(post(7), guild=GUILD + 1)))
    delete = (await store.intents(failing))[0]
    await store.write(lambda tx: tx.settle(replace(delete, state="failed"), NOON))

    removed = await store.removed_since(GUILD, NOON)

    assert [(one.post, one.author) for one in removed] == [
        (post(1), AUTHOR),
        (post(6, at=NOON + days(1)), AUTHOR),
    ]


async def test_what_is_not_there_is_none(store: Store) -> None:
    """Absence is no error."""
    assert await store.case(1) is None
    assert await store.case_of(1) is None
    assert await store.digest_of(1) is None
    assert await store.cases(GUILD, 5) == ()
    assert await store.intents(1) == ()
    assert await store.removed_since(GUILD, NOON) == ()


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(st.characters(codec=None, exclude_categories=()), max_size=60),
    at=st.datetimes(timezones=st.just(UTC)),
)
def test_any_text_and_any_time_come_back(scratch: Engine, text: str, at: datetime) -> None:
    """Texts come back with lone surrogates replaced one for one, times exactly."""
    with undone(scratch) as connection:
        record(connection, draft(post(text=text, at=at)))
        (found,) = read_cases(connection, holding(1))

    readable = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
    assert found.posts == (post(text=readable, at=at),)


def _everything(database: Path) -> list[object]:
    tables = look(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [(name, look(database, f"SELECT * FROM {name}")) for (name,) in tables]
