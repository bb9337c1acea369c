"""Of a post that a moderator has said may show a child, no later version is kept either."""

from dataclasses import replace
from pathlib import Path

from bot.desk import Desk
from bot.model.action import Action
from bot.model.ruling import RulingKind
from bot.ports import RulingDraft
from bot.storage import open_store
from tests.fakes import FakeClock
from tests.making import BEA, GUILD, NOON, VERSIONS, case_post, community, post, screener


async def test_of_a_post_that_may_show_a_child_no_later_version_is_kept(tmp_path: Path) -> None:
    """Its author writes something else into it, and that is found as well: it goes, unread."""
    one = post("a drawing")
    said = RulingDraft(
        guild=GUILD,
        key="i1",
        kind=RulingKind.DECIDED,
        at=NOON,
        by=BEA,
        subject=one.author,
        rule="minor-safety",
        posts=(case_post(message=one.id, parts=(), findings=()),),
    )
    edited = replace(one, parts=post("a bad drawing").parts)
    async with open_store(tmp_path / "concord.sqlite3") as store:
        await store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        ruled = await store.write(lambda tx: tx.rule(said))

        await Desk(GUILD, community(), screener(), store, FakeClock(), VERSIONS).judge([edited])
        case = await store.case(ruled.case)

    assert case is not None
    assert case.action is Action.REMOVE
    assert [held.parts for held in case.posts] == [()]
