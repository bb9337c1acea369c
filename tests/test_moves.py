"""A post is moved once and never lost, whatever fails or crashes in between; erased quotes go."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.activity import Activity
from bot.model.move import Move, MoveDraft
from bot.model.ruling import RulingKind
from bot.model.standing import Power
from bot.model.unechoed import unechoed
from bot.moves import AGAIN, HalfMoved, Moved, Moves, NotMoved
from bot.ports import Delivery, Outcome, Quotes, RulingDraft, Store
from bot.storage import open_store
from tests.fakes import FakeClock, until
from tests.making import (
    ADA,
    ART,
    BEA,
    GENERAL,
    GUILD,
    NOON,
    case_post,
    community,
    finding,
    policy,
)
from tests.moderating import FIRST, MEMBER, standing

POST = case_post("My logo", findings=())
DRAFT = MoveDraft(GUILD, 1000, ADA, GENERAL, ART, BEA, NOON)
WELL = Outcome(Delivery.DONE, "well")
REFUSED = Outcome(Delivery.REFUSED, "Concord is not allowed to")
LOST = Outcome(Delivery.UNCERTAIN, "Discord did not answer")


class CrashError(Exception):
    """The process ends here."""


@dataclass
class Boards(Quotes):
    """Two boards: where the post stands, and where its quotes stand."""

    stands: bool = True
    quotes: dict[int, str] = field(default_factory=dict)
    """By id, the nonce each was sent with: Discord takes each nonce once."""
    sent: int = 900
    messages: set[str] = field(default_factory=set)
    """What was told and noted, by nonce."""
    fails: dict[str, Outcome] = field(default_factory=dict)
    """What comes of a request instead."""
    crashes_before: str = ""
    crashes_after: str = ""
    looked: int = 0

    async def post(self, move: Move) -> Outcome:
        """Post a quote, unless one of its nonce is there."""

        def change() -> Outcome:
            nonce = move.nonce("quote")
            for number, known in self.quotes.items():
                if known == nonce:
                    return replace(WELL, result=number)
            self.sent += 1
            self.quotes[self.sent] = nonce
            return replace(WELL, result=self.sent)

        if self.fails.get("post") == LOST:
            change()
        return await self._do("post", change)

    async def find(self, move: Move) -> Outcome:
        """Look for a quote."""
        self.looked += 1
        found = [
            replace(WELL, result=number)
            for number, nonce in self.quotes.items()
            if move.quote in (None, number) and nonce == move.nonce("quote")
        ]
        return await self._do(
            "find", lambda: found[0] if found else Outcome(Delivery.LATER, "it had not arrived")
        )

    async def remove_original(self, _move: Move) -> Outcome:
        """Remove the post."""

        def change() -> Outcome:
            assert self.quotes, "the post is lost"
            self.stands = False
            return WELL

        return await self._do("remove", change)

    async def withdraw(self, move: Move) -> Outcome:
        """Delete a quote."""

        def change() -> Outcome:
            self.quotes.pop(move.quote or 0, None)
            return WELL

        return await self._do("withdraw", change)

    async def tell(self, move: Move, *, again: bool) -> Outcome:
        """Tell the author."""
        return await self._write("tell", move, again=again)

    async def note(self, move: Move, *, again: bool) -> Outcome:
        """Tell the moderators."""
        return await self._write("note", move, again=again)

    async def _write(self, what: str, move: Move, *, again: bool) -> Outcome:
        def change() -> Outcome:
            assert again or move.nonce(what) not in self.messages, "told twice"
            self.messages.add(move.nonce(what))
            return WELL

        return await self._do(what, change)

    async def _do(self, what: str, change) -> Outcome:  # type: ignore[no-untyped-def]
        await asyncio.sleep(0)
        if self.crashes_before == what:
            raise CrashError
        if what in self.fails:
            return self.fails[what]
        outcome: Outcome = change()
        if self.crashes_after == what:
            raise CrashError
        return outcome


@dataclass
class Service:
    """Moves on a real database."""

    store: Store
    clock: FakeClock = field(default_factory=FakeClock)
    boards: Boards = field(default_factory=Boards)

    def __post_init__(self) -> None:
        """Begin."""
        self.restart()

    def restart(self) -> None:
        """Go on in a new process that nothing happens to."""
        self.boards.crashes_before = self.boards.crashes_after = ""
        self.boards.fails.clear()
        self.moves = Moves(
            self.store, self.boards, self.clock, Activity(), policy().practice.mass_actions
        )

    async def move(self, draft: MoveDraft = DRAFT) -> Moved | HalfMoved | NotMoved:
        """Move the post."""
        return await self.moves.move(draft, self.boards.post)

    async def later(self) -> None:
        """Let a while pass, and take up what is left."""
        self.clock.advance(AGAIN)
        await self.moves.take_up()

    @property
    def state(self) -> tuple[bool, int]:
        """Whether the post stands, and how many quotes of it there are."""
        return self.boards.stands, len(self.boards.quotes)


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """A fresh database."""
    async with open_store(tmp_path / "concord.sqlite3") as store:
        yield Service(store)


async def test_a_post_is_quoted_removed_told_and_noted(service: Service) -> None:
    """And nothing is left to be done."""
    what = await service.move()

    assert isinstance(what, Moved)
    assert what.told
    assert service.state == (False, 1)
    assert len(service.boards.messages) == 2
    assert await service.store.unfinished_moves() == ()


@pytest.mark.parametrize("step", ["post", "remove", "tell", "note"])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("by", ["restart", "moderator"])
async def test_a_crash_at_any_step_neither_doubles_the_quote_nor_loses_the_post(
    service: Service, step: str, moment: str, by: str
) -> None:
    """What was begun is finished at the next start, or by whoever moves it again."""
    setattr(service.boards, f"crashes_{moment}", step)
    with pytest.raises(CrashError):
        await service.move()
    assert service.state in {(True, 0), (True, 1), (False, 1)}

    service.restart()
    if by == "moderator":
        assert isinstance(await service.move(), Moved)
    await service.later()

    never_posted = (step, moment, by) == ("post", "before", "restart")
    assert service.state == ((True, 0) if never_posted else (False, 1))
    assert len(service.boards.messages) == (0 if never_posted else 2)
    assert await service.store.unfinished_moves() == ()


async def test_a_double_press_moves_once(service: Service) -> None:
    """The second one is told so."""
    both = await asyncio.gather(service.move(), service.move())

    assert [type(one) for one in both] == [Moved, NotMoved]
    assert service.state == (False, 1)


async def test_a_quote_whose_answer_was_lost_is_found(service: Service) -> None:
    """Not posted a second time."""
    service.boards.fails["post"] = LOST

    what = await service.move()

    assert isinstance(what, Moved)
    assert service.state == (False, 1)


async def test_where_nobody_can_say_whether_it_stands_nothing_is_removed(service: Service) -> None:
    """Until it can be seen again."""
    service.boards.fails |= {"post": LOST, "find": LOST}

    first = await service.move()
    second = await service.move()

    assert [type(first), type(second)] == [NotMoved, NotMoved]
    assert service.state == (True, 1)
    service.boards.fails.clear()
    await service.moves.take_up()
    assert service.state == (False, 1)


async def test_a_quote_that_was_refused_leaves_nothing_behind(service: Service) -> None:
    """It can be tried again, also to another board."""
    service.boards.fails["post"] = REFUSED
    what = await service.move()

    assert what == NotMoved("Concord is not allowed to.")
    assert await service.store.moves_of(GUILD, ADA) == ()
    service.boards.fails.clear()
    assert isinstance(await service.move(replace(DRAFT, target=99)), Moved)


async def test_an_original_that_cannot_be_removed_is_told_and_removed_the_next_time(
    service: Service,
) -> None:
    """The quote is not posted again."""
    service.boards.fails["remove"] = REFUSED
    half = await service.move()
    service.boards.fails.clear()
    again = await service.move()

    assert isinstance(half, HalfMoved)
    assert half.why == REFUSED.words
    assert isinstance(again, Moved)
    assert service.state == (False, 1)


async def test_a_quote_that_somebody_deleted_is_posted_anew_before_the_post_goes(
    service: Service,
) -> None:
    """Else the post would be lost."""
    service.boards.fails["remove"] = REFUSED
    await service.move()
    (old,) = service.boards.quotes.values()
    service.boards.quotes.clear()
    service.boards.fails.clear()

    await service.move()

    (new,) = service.boards.quotes.values()
    assert service.state == (False, 1)
    assert new != old  # Discord may still know the nonce of the one that is gone


async def test_an_erased_members_quotes_go(service: Service) -> None:
    """At once, and once more where Discord was away."""
    await service.move()
    running = asyncio.create_task(service.moves.run())
    service.boards.fails["withdraw"] = LOST
    await service.store.write(lambda tx: tx.forget(GUILD, ADA, NOON))
    service.moves.wake()
    await until(lambda: service.clock.next_wake is not None)
    assert service.state == (False, 1)

    service.boards.fails.clear()
    service.clock.advance(AGAIN)
    await until(lambda: service.clock.next_wake == NOON + 2 * AGAIN)
    running.cancel()

    await asyncio.gather(running, return_exceptions=True)
    assert await service.store.moves_of(GUILD, ADA) == ()


async def test_an_erasure_in_the_middle_of_a_move_has_the_last_word(service: Service) -> None:
    """The post stays where its author can delete it; the quote goes."""
    post = service.boards.post

    async def erased_meanwhile(move: Move) -> Outcome:
        outcome = await post(move)
        await service.store.write(lambda tx: tx.forget(GUILD, ADA, NOON))
        return outcome

    what = await service.moves.move(DRAFT, erased_meanwhile)

    assert isinstance(what, NotMoved)
    assert service.state == (True, 0)
    assert await service.store.moves_of(GUILD, ADA) == ()


async def test_a_quote_that_a_crash_left_unknown_is_found_and_taken_away(service: Service) -> None:
    """Its author erased their words before the next start."""
    service.boards.crashes_after = "post"
    with pytest.raises(CrashError):
        await service.move()
    await service.store.write(lambda tx: tx.forget(GUILD, ADA, NOON))
    service.restart()

    await service.moves.take_up()

    assert service.state == (True, 0)
    assert await service.store.moves_of(GUILD, ADA) == ()


async def test_a_quote_that_was_taken_away_is_forgotten(service: Service) -> None:
    """By its button."""
    what = await service.move()
    assert isinstance(what, Moved)

    await service.moves.withdrawn(what.move.quote or 0)
    await service.moves.withdrawn(4711)

    assert await service.store.moves_of(GUILD, ADA) == ()


async def test_who_may_not_decide_about_somebody_may_not_move_their_posts(
    service: Service,
) -> None:
    """Staff, oneself; and Concord must be able to remove the post."""
    staff = replace(MEMBER, is_moderator=True)
    unable = standing(powers=frozenset(Power) - {Power.MANAGE_MESSAGES})

    assert await service.moves.refusals(GUILD, standing(), POST) == ()
    assert await service.moves.refusals(GUILD, standing(subject=staff), POST)
    assert await service.moves.refusals(GUILD, standing(subject=FIRST), POST)
    assert await service.moves.refusals(GUILD, unable, POST)


async def test_what_may_show_a_child_is_not_copied_to_another_board(service: Service) -> None:
    """Whether it is found in the post, or a moderator has said so."""
    await service.store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
    found = replace(POST, findings=(finding(rule_id="minor-safety"),))
    said = RulingDraft(
        guild=GUILD,
        key="i1",
        kind=RulingKind.DECIDED,
        at=NOON,
        by=BEA,
        subject=ADA,
        rule="minor-safety",
        posts=(unechoed(POST, "minor-safety"),),
        guidelines_version="1",
        screening_version="1",
    )

    (reason,) = await service.moves.refusals(GUILD, standing(), found)
    await service.store.write(lambda tx: tx.rule(said))
    reasons = await service.moves.refusals(GUILD, standing(), POST)

    assert "may show a child" in reason
    assert reasons == (reason,)


async def test_posts_of_many_members_in_a_short_time_need_an_admin(service: Service) -> None:
    """As sanctions do; more posts of one of them do not."""
    mass = policy().practice.mass_actions
    for number in range(mass.members):
        one = replace(DRAFT, message=number + 1, author=700 + number)
        await service.store.write(lambda tx, one=one: tx.begin_move(one))  # type: ignore[misc]
    other = standing(subject=replace(MEMBER, user=ADA))
    same = standing(subject=replace(MEMBER, user=700))
    admin = standing(replace(FIRST, is_admin=True))

    (reason,) = await service.moves.refusals(GUILD, other, POST)
    assert "admin" in reason
    assert await service.moves.refusals(GUILD, same, POST) == ()
    assert await service.moves.refusals(GUILD, admin, POST) == ()
    service.clock.advance(mass.within + timedelta(seconds=1))
    assert await service.moves.refusals(GUILD, other, POST) == ()
