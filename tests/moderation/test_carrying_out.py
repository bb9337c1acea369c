"""An order is carried out once: one ruling, its sanctions, and what it asks of Discord."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.order import Amendment, Carried, Refusal, Wanted
from bot.model.post import PostFile
from bot.model.ruling import CONFIRMED, Change
from bot.model.sanction import SanctionKind
from bot.ports import Transaction
from tests.making import ADA, BEA, GENERAL, NOON, finding
from tests.moderating import (
    ADMIN,
    BAN,
    DAY,
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

FILE = PostFile(1, "a.png", "https://cdn.example.com/a.png", 10, "image/png")


async def test_a_timeout_begins_ends_and_is_told_of(office: Office) -> None:
    """What has an end is given its end together with its beginning."""
    done = await office.carried(order(TIMEOUT))

    dossier = await office.dossier(done.case)
    (sanction,) = dossier.sanctions
    intents = await office.intents(done.case)
    assert list(intents) == [
        f"apply:{sanction.id}",
        f"end:{sanction.id}",
        f"notice:ruling:{done.ruling}",
        f"log:ruling:{done.ruling}",
        f"public:ruling:{done.ruling}",
    ]
    assert intents[f"end:{sanction.id}"].not_before == NOON + DAY
    assert intents[f"apply:{sanction.id}"].sanction == sanction.id
    assert intents[f"notice:ruling:{done.ruling}"].user == ADA
    assert (done.reference, done.until, done.repeated) == ("C-1", NOON + DAY, False)
    assert dossier.case.state is CaseState.CLOSED
    assert office.begun == [done.case]


async def test_the_same_key_again_is_the_same_order(office: Office) -> None:
    """A button pressed twice, or a restart in between, begins nothing new."""
    first = await office.carried(order(TIMEOUT))
    before = await office.intents(first.case)
    office.moderation = office.begin()

    again = await office.carried(order(TIMEOUT))

    assert again == replace(first, repeated=True)
    assert await office.intents(first.case) == before
    assert len(await office.sanctions()) == 1


async def test_the_same_key_at_the_same_time_is_one_order(office: Office) -> None:
    """An interaction that is delivered twice is carried out once."""
    both = await asyncio.gather(
        *(office.moderation.carry_out(order(WARNING), standing()) for _ in range(5))
    )

    assert sorted(one.repeated for one in both if isinstance(one, Carried)) == [False] + [True] * 4
    assert len(await office.sanctions()) == 1


async def test_removed_posts_with_files_are_kept_before_they_are_removed(office: Office) -> None:
    """Evidence first: once the post is gone, its files are."""
    kept, gone = rude(1, files=(FILE,)), rude(2)

    done = await office.carried(order(WARNING, removes=(gone,), evidence=(kept,)))

    kinds = [one.kind for one in (await office.intents(done.case)).values()]
    assert kinds[:3] == [IntentKind.EVIDENCE, IntentKind.DELETE, IntentKind.APPLY]
    posts = {one.message: one.action for one in (await office.dossier(done.case)).case.posts}
    assert posts == {kept.message: Action.ALLOW, gone.message: Action.REMOVE}
    assert done.happens[0] == f"1 post is removed: in <#{GENERAL}>."


async def test_silence_leaves_out_the_public_line_only(office: Office) -> None:
    """The member and the moderators are told all the same."""
    done = await office.carried(order(WARNING, silent=True))

    kinds = {one.kind for one in (await office.intents(done.case)).values()}
    assert kinds == {IntentKind.APPLY, IntentKind.NOTICE, IntentKind.LOG}


async def test_a_spam_account_is_banned_without_a_word(office: Office) -> None:
    """Who only came to advertise learns nothing from a notice."""
    done = await office.carried(order(BAN, spam=True))

    kinds = [one.kind for one in (await office.intents(done.case)).values()]
    assert IntentKind.NOTICE not in kinds


async def test_the_case_of_its_posts_is_decided(office: Office) -> None:
    """A moderator who was asked about a post, and acts on it, has answered."""
    case = await office.found(action=Action.REVIEW)
    (asked,) = (await office.dossier(case)).case.posts

    done = await office.carried(order(WARNING, removes=(asked,)))

    dossier = await office.dossier(case)
    assert (done.case, dossier.case.state) == (case, CaseState.CLOSED)
    assert f"log-edit:ruling:{done.ruling}" in await office.intents(case)


async def test_deciding_a_case_confirms_what_concord_removed(office: Office) -> None:
    """A removal counts from the moment a person has stood up for it, and the member hears once."""
    case = await office.found()

    done = await office.carried(order(case=case))

    dossier = await office.dossier(case)
    assert dossier.case.state is CaseState.CLOSED
    assert [one.ruling for one in dossier.case.posts] == [done.ruling]
    assert [one.key for one in dossier.intents].count("notice") == 1
    assert not [one for one in dossier.intents if one.key.startswith("notice:ruling")]


async def test_posts_of_several_cases_are_decided_in_each(office: Office) -> None:
    """Every case a post belongs to is closed, with its own removal and its own message."""
    cases = [await office.found(number, Action.REVIEW) for number in (1, 2)]
    posts = [(await office.dossier(case)).case.posts[0] for case in cases]

    done = await office.carried(order(TIMEOUT, removes=(*posts, rude(9))))

    assert done.case == cases[0]
    for case, post in zip(cases, posts, strict=True):
        dossier = await office.dossier(case)
        keys = {one.key for one in dossier.intents}
        assert dossier.case.state is CaseState.CLOSED
        assert f"delete:{post.message}" in keys
        assert sum(key.startswith("notice:ruling") for key in keys) == 1
    assert len((await office.dossier(cases[0])).case.posts) == 2
    assert len(await office.sanctions()) == 1
    assert sorted(office.begun) == cases


async def test_points_stand_on_the_warning(office: Office) -> None:
    """A decision counts once, and by what cannot fail."""
    await office.carried(order(TIMEOUT, WARNING))

    points = {one.kind: one.ordered.points for one in await office.sanctions()}
    assert points[SanctionKind.WARNING] > 0
    assert points[SanctionKind.TIMEOUT] == 0


async def test_nothing_of_a_childs_safety_is_kept(office: Office) -> None:
    """Neither the words nor the files of such a post are stored or copied."""
    wanted = order(BAN, removes=(rude(1, files=(FILE,)),), rule="minor-safety")

    done = await office.carried(wanted)

    (post,) = (await office.dossier(done.case)).case.posts
    assert post.parts == ()
    assert post.files == (replace(FILE, name="", address=""),)
    assert post.digest == rude(1).digest
    kinds = {one.kind for one in (await office.intents(done.case)).values()}
    assert IntentKind.EVIDENCE not in kinds


async def test_nor_of_a_post_in_which_it_was_found_whatever_rule_is_applied(
    office: Office,
) -> None:
    """A moderator may call it something else; a child is seen on it all the same."""
    found = (finding(Action.REVIEW, rule_id="minor-safety"),)

    done = await office.carried(order(removes=(rude(1, files=(FILE,), findings=found),)))

    (post,) = (await office.dossier(done.case)).case.posts
    assert post.parts == ()
    assert "evidence" not in str(list(await office.intents(done.case)))


async def test_nor_of_a_post_whose_case_says_so_whatever_rule_is_applied_later(
    office: Office,
) -> None:
    """The post still stands, and is read from Discord anew each time."""
    done = await office.carried(order(WARNING, evidence=(rude(),), rule="minor-safety"))
    again = (rude(files=(FILE,)),)
    later = order(key="i2", removes=again, rule="vulgarity", case=done.case, despite=done.ruling)

    await office.carried(later)

    (post,) = (await office.dossier(done.case)).case.posts
    assert post.parts == ()
    assert "evidence" not in str(list(await office.intents(done.case)))


@pytest.mark.parametrize("by_edit", [False, True])
async def test_what_was_kept_of_a_post_goes_once_it_is_known_what_it_shows(
    office: Office, *, by_edit: bool
) -> None:
    """Decided, or changed to it: words, file names and addresses; and what ours show of it."""
    first = await office.carried(order(removes=(rude(1, files=(FILE,)),), words="Please."))
    await sent(office, first.case)

    if by_edit:
        await office.amended(first.case, Amendment.EDIT, rule="minor-safety")
    else:
        again = order(BAN, key="i2", case=first.case, rule="minor-safety")
        await office.carried(again)

    dossier = await office.dossier(first.case)
    (post,) = dossier.case.posts
    assert (post.parts, post.files[0].address, post.files[0].size) == ((), "", FILE.size)
    redacted = [one.target for one in dossier.intents if one.kind is IntentKind.REDACT]
    shown = [
        one.id
        for one in dossier.intents
        if one.ruling == first.ruling
        and one.kind in (IntentKind.NOTICE, IntentKind.EVIDENCE, IntentKind.LOG)
    ]
    assert sorted(filter(None, redacted)) == sorted(shown)


async def sent(office: Office, case: int) -> None:
    """Let every message of a case's intents be there."""
    for number, one in enumerate(await office.store.intents(case)):
        there = replace(one, state=IntentState.DONE, result=9000 + number)
        await office.store.write(partial(settled, there, office.clock.now()))


async def settled(one: Intent, at: datetime, tx: Transaction) -> Intent:
    """Settle an intent."""
    return await tx.settle(one, at)


async def test_two_moderators_at_once_decide_once(office: Office) -> None:
    """The second is told who did what, and nothing of theirs happens."""
    both = await asyncio.gather(
        office.moderation.carry_out(order(TIMEOUT), standing()),
        office.moderation.carry_out(order(TIMEOUT, key="i2", by=SECOND.user), standing(SECOND)),
    )

    done, refusal = sorted(both, key=lambda one: isinstance(one, Refusal))
    assert isinstance(done, Carried)
    assert isinstance(refusal, Refusal)
    assert refusal.by_other == done.ruling
    assert "C-1" in refusal.reasons[0]
    assert "Timeout" in refusal.reasons[0]
    assert len(await office.sanctions()) == 1


async def test_two_moderators_at_once_on_one_post_decide_once(office: Office) -> None:
    """Whatever the second one chose: the post is decided."""
    case = await office.found(action=Action.REVIEW)
    asked = (await office.dossier(case)).case.posts

    both = await asyncio.gather(
        office.moderation.carry_out(order(WARNING, removes=asked), standing()),
        office.moderation.carry_out(
            order(BAN, key="i2", by=SECOND.user, evidence=asked), standing(SECOND)
        ),
    )

    assert sum(isinstance(one, Refusal) for one in both) == 1
    assert len((await office.dossier(case)).rulings) == 1


async def test_who_was_told_may_decide_all_the_same(office: Office) -> None:
    """The proposal says what the other did; confirming it means knowing that."""
    first = await office.carried(order(TIMEOUT))
    wanted = order(Wanted(SanctionKind.TIMEOUT, 2 * DAY), key="i2", by=SECOND.user)

    proposal = await office.moderation.propose(wanted, standing(SECOND))

    assert not isinstance(proposal, Refusal)
    assert proposal.despite == first.ruling
    assert f"<@{BEA}>" in proposal.warnings[0]
    await office.carried(proposal.order, SECOND)  # type: ignore[arg-type]
    assert len(await office.sanctions()) == 2


async def test_the_same_matter_is_another_one_after_a_while(office: Office) -> None:
    """After the minutes of the policy a second timeout is a new matter."""
    await office.carried(order(TIMEOUT))
    office.clock.advance(timedelta(minutes=10, seconds=1))

    done = await office.carried(order(TIMEOUT, key="i2", by=SECOND.user), SECOND)

    assert done.number == 2


async def test_too_many_members_by_one_moderator_wait_for_an_admin(office: Office) -> None:
    """One account that was taken over cannot empty a server; an admin can say yes."""
    members = [replace(MEMBER, user=700 + number) for number in range(11)]
    for one in members[:10]:
        wanted = order(BAN, key=f"b{one.user}", subject=one.user)
        await office.carried(wanted, subject=one)
    last = order(BAN, key="last", subject=members[10].user)

    refusal = await office.refused(last, subject=members[10])
    stranger = await office.refused(last, SECOND, subject=members[10])
    done = await office.carried(last, ADMIN, subject=members[10])

    assert refusal.needs_admin
    assert not stranger.needs_admin
    ruling = (await office.dossier(done.case)).ruling(done.ruling)
    assert (ruling.by, ruling.internal) == (FIRST.user, "")
    assert ruling.changes == (Change(CONFIRMED, "", str(ADMIN.user)),)


async def test_a_post_of_an_app_is_removed_and_nobody_is_told(office: Office) -> None:
    """A webhook has no mailbox, and is never sanctioned."""
    app = replace(MEMBER, is_bot=True)

    done = await office.carried(order(removes=(rude(),)), subject=app)
    refusal = await office.refused(order(WARNING, key="i2"), subject=app)

    kinds = {one.kind for one in (await office.intents(done.case)).values()}
    assert IntentKind.DELETE in kinds
    assert IntentKind.NOTICE not in kinds
    assert "apps are not sanctioned" in refusal.reasons[0]
