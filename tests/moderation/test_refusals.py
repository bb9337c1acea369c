"""What is refused is refused with all its reasons, and changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.community import Board, Place
from bot.model.order import Order, Proposal, Refusal, Wanted
from bot.model.post import AuthorKind
from bot.model.sanction import SanctionKind
from bot.model.standing import Power
from tests.making import ADA, BEA, CYD, GUILD, NOON, community
from tests.moderating import (
    BAN,
    CONCORD,
    FIRST,
    MEMBER,
    SECOND,
    TIMEOUT,
    WARNING,
    Office,
    order,
    rude,
    standing,
)

BOARD = Wanted(SanctionKind.BOARD_REMOVAL, board="general")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        # nothing, or nothing sensible
        (order(), "Nothing would happen"),
        (order(WARNING, rule=None), "which guideline"),
        (order(WARNING, rule="no-such"), "no rule 'no-such'"),
        (order(WARNING, rule="self-harm"), "about care"),
        (order(WARNING, rule="discretion"), "Discretion needs words"),
        (order(WARNING, rule="discretion", words="  "), "Discretion needs words"),
        (order(WARNING, WARNING), "twice"),
        (order(WARNING, spam=True), "Only a ban"),
        (order(WARNING, words="x" * 1001), "1001 characters"),
        # lengths
        (order(Wanted(SanctionKind.TIMEOUT, timedelta(seconds=59))), "lasts 1 minute"),
        (order(Wanted(SanctionKind.BAN, timedelta(days=3651))), "lasts 1 minute"),
        (order(Wanted(SanctionKind.WARNING, timedelta(days=1))), "has no length"),
        (order(Wanted(SanctionKind.WARNING, until=NOON + timedelta(days=1))), "has no length"),
        (order(Wanted(SanctionKind.TIMEOUT, until=NOON)), "has passed; please name another"),
        (order(Wanted(SanctionKind.TIMEOUT, until=NOON + timedelta(seconds=9))), "lasts 1 minute"),
        (order(replace(TIMEOUT, delete_messages=timedelta(hours=1))), "Only a ban"),
        (order(replace(BAN, delete_messages=timedelta(days=8))), "at most 7 days"),
        # places
        (order(replace(BOARD, board="nowhere")), "no board 'nowhere'; boards are: general, art"),
        (order(replace(BOARD, board=None)), "no board"),
        (order(replace(TIMEOUT, board="art")), "not about one board"),
        (order(Wanted(SanctionKind.GROUP_REMOVAL, group="nobody")), "no Community Group 'nobody'"),
        # posts
        (order(WARNING, removes=(rude(), rude())), "twice"),
        (order(WARNING, removes=tuple(rude(n) for n in range(101))), "101 posts"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(
    office: Office, wanted: Order, words: str
) -> None:
    """In a sentence that says what to change; nothing is committed."""
    refusal = await office.refused(wanted)

    assert any(words in one for one in refusal.reasons), refusal.reasons
    assert await office.store.cases(GUILD, 10) == ()
    assert office.begun == []


async def test_all_reasons_are_told_at_once(office: Office) -> None:
    """Nobody has to mend an order one sentence after the other."""
    wanted = order(replace(TIMEOUT, duration=timedelta(0)), rule=None, words="x" * 1001)

    refusal = await office.refused(wanted, powers=frozenset())

    assert len(refusal.reasons) == 4
    assert any(Power.MODERATE_MEMBERS.value in one for one in refusal.reasons)


@pytest.mark.parametrize("who", ["themselves", "staff", "the owner", "above", "no moderator"])
async def test_who_may_not_is_refused(office: Office, who: str) -> None:
    """Authority is asked for in the proposal, and again when it is carried out."""
    people = {
        "themselves": standing(replace(FIRST, user=ADA)),
        "staff": standing(subject=replace(MEMBER, is_moderator=True)),
        "the owner": standing(subject=replace(MEMBER, is_owner=True)),
        "above": standing(subject=replace(MEMBER, rank=6)),
        "no moderator": standing(replace(FIRST, is_moderator=False)),
    }
    wanted = order(TIMEOUT, by=people[who].actor.user)

    proposed = await office.moderation.propose(wanted, people[who])
    done = await office.moderation.carry_out(wanted, people[who])

    assert isinstance(proposed, Refusal)
    assert proposed == done


async def test_of_many_boards_a_refusal_names_a_few(office: Office) -> None:
    """It is read by somebody in a hurry, and nothing in a name acts."""
    boards = tuple(Board(f"*board* {number}", Place("general", 1)) for number in range(80))
    whole = community(boards=boards, groups=(), exceptions=())
    await office.store.write(lambda tx: tx.set_community(GUILD, whole, NOON))

    refusal = await office.refused(order(replace(BOARD, board="@everyone")))

    (words,) = refusal.reasons
    assert words.startswith("There is no board '@\u200beveryone'; boards are: \\*board\\* 0, ")
    assert words.endswith("\\*board\\* 9 and 70 more.")


@pytest.mark.parametrize("nobody", [{"is_bot": True}, {"is_account": False}])
async def test_the_ladder_proposes_nothing_for_apps_and_webhooks(
    office: Office, nobody: dict[str, bool]
) -> None:
    """So that nobody has to say why a post goes without a sanction for who wrote it."""
    app = replace(MEMBER, **nobody)
    wanted = order(removes=(rude(),), because="")

    proposal = await office.moderation.propose(wanted, standing(subject=app))
    done = await office.carried(wanted, subject=app)

    assert isinstance(proposal, Proposal)
    assert (proposal.ladder, proposal.deviates, proposal.unexplained) == ((), False, False)
    assert (await office.dossier(done.case)).case.author_kind is AuthorKind.APP


async def test_only_its_moderator_or_an_admin_confirms_an_order(office: Office) -> None:
    """A button does not belong to whoever finds it."""
    refusal = await office.refused(order(WARNING, by=BEA), SECOND)

    assert refusal.reasons == ("Only who gave this order, or an admin, may confirm it.",)


async def test_a_post_of_somebody_else_is_not_held_against_the_member(office: Office) -> None:
    """A link that was pasted wrong does not remove a stranger's post."""
    case = await office.found(author=CYD)
    posts = (await office.dossier(case)).case.posts

    refusal = await office.refused(order(WARNING, removes=posts))

    assert "not by <@501>" in refusal.reasons[0]


async def test_a_case_about_somebody_else_cannot_be_named(office: Office) -> None:
    """A number that was typed wrong decides nobody's case."""
    case = await office.found(author=CYD)

    refusal = await office.refused(order(WARNING, case=case))
    nowhere = await office.refused(order(WARNING, case=999))

    assert refusal.reasons == ("C-1 is not about <@501>.",)
    assert nowhere.reasons == ("There is no such case on this server.",)


async def test_where_concord_stands_too_low_it_says_how_to_mend_it(office: Office) -> None:
    """Discord would refuse it; the moderator reads what to drag where."""
    low = replace(CONCORD, rank=1, top_role="Concord")

    refusal = await office.refused(order(TIMEOUT), concord=low)

    assert "drag it above" in refusal.reasons[0]


async def test_a_server_that_is_not_set_up_is_refused(office: Office) -> None:
    """Nobody's roles are known there."""
    wanted = order(WARNING, guild=901)

    refusal = await office.refused(wanted)

    assert "not set up" in refusal.reasons[0]
