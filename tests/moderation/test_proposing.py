"""Before anything happens a moderator reads what will happen, and what the member will read."""

from dataclasses import replace

from bot.model.order import Amendment, AmendmentOrder, Order, Proposal, Refusal, Wanted
from bot.model.sanction import SanctionKind
from bot.model.standing import Standing
from bot.policy.ladder import propose as advised
from bot.policy.rungs import RuleRungs
from tests.making import ADA, BEA, GUILD, NOON, policy
from tests.moderating import (
    BAN,
    DAY,
    MEMBER,
    SECOND,
    TIMEOUT,
    WARNING,
    Office,
    document,
    order,
    rude,
    standing,
)


async def proposed(office: Office, wanted: Order, who: Standing | None = None) -> Proposal:
    """Return the proposal; the order is not refused."""
    proposal = await office.moderation.propose(wanted, who or standing())
    assert isinstance(proposal, Proposal), proposal
    return proposal


async def test_a_proposal_changes_nothing(office: Office) -> None:
    """Looking is free."""
    await proposed(office, order(BAN, removes=(rude(),)))

    assert await office.store.cases(GUILD, 10) == ()
    assert office.begun == []


async def test_it_says_line_by_line_what_happens(office: Office) -> None:
    """One line for each consequence, with its end."""
    proposal = await proposed(office, order(TIMEOUT, WARNING, removes=(rude(1), rude(2))))

    assert proposal.happens[0] == "2 posts are removed: in <#201>."
    assert proposal.happens[1].startswith("Timeout until <t:")
    assert proposal.happens[2].startswith("Warning")


async def test_it_shows_the_notice_as_the_member_will_read_it(office: Office) -> None:
    """Word for word, without a moderator's name."""
    proposal = await proposed(office, order(TIMEOUT, words="Please be kind.", internal="again"))

    text = "\n".join(proposal.member_reads)
    assert "Please be kind." in text
    assert "guideline" in text.lower()
    assert str(BEA) not in text
    assert "again" not in proposal.member_reads


async def test_where_nobody_is_told_nothing_is_shown(office: Office) -> None:
    """A spam account reads nothing, and the moderator is told so."""
    proposal = await proposed(office, order(BAN, spam=True))

    assert proposal.member_reads == ()
    assert "The member is not told." in proposal.happens


async def test_only_what_cannot_be_undone_asks_for_confirmation(office: Office) -> None:
    """Removed posts and referrals; a ban takes roles, and whom it took can hardly be told."""
    assert not (await proposed(office, order(WARNING, TIMEOUT))).irreversible
    assert (await proposed(office, order(BAN, because="third account"))).irreversible
    assert (await proposed(office, order(BAN, spam=True))).irreversible
    assert (await proposed(office, order(WARNING, removes=(rude(),)))).irreversible
    assert (await proposed(office, order(Wanted(SanctionKind.REFERRAL)))).irreversible


async def test_the_ladder_proposes_and_a_moderator_may_deviate(office: Office) -> None:
    """What differs is said, and asked for a reason; the reason given, nothing is asked."""
    ban = await proposed(office, order(BAN, because=" "))
    as_said = await proposed(office, order(*(step.wanted for step in ban.ladder), because=""))
    with_reason = await proposed(office, order(BAN, because="third account"))

    assert (ban.deviates, as_said.deviates, with_reason.deviates) == (True, False, True)
    assert "please say why" in ban.warnings[-1]
    assert (ban.unexplained, as_said.unexplained, with_reason.unexplained) == (True, False, False)
    assert as_said.warnings == with_reason.warnings == ()


async def test_a_deviation_is_kept_with_its_reason_and_what_the_ladder_proposed(
    office: Office,
) -> None:
    """Whoever reads the case later sees what would have been, and why it was not."""
    said = await office.carried(order(BAN, because="third account"))
    spam = await office.carried(order(BAN, key="i2", because="", spam=True))
    steps = (await proposed(office, order(BAN, key="i3"))).ladder
    as_said = await office.carried(order(*(step.wanted for step in steps), key="i3", because=""))

    kept = [(await office.dossier(one.case)).rulings[-1].because for one in (said, spam, as_said)]
    assert kept[0] == "third account\nThe ladder proposed: 1st vulgarity: warning."
    assert kept[1].startswith("Banned as a spam account.\nThe ladder proposed: 2nd vulgarity")
    assert kept[2] == ""


async def test_what_is_not_as_the_ladder_proposes_needs_a_reason_before_it_is_done(
    office: Office,
) -> None:
    """Also where the ladder has climbed between the preview and Confirm."""
    wanted = order(WARNING, because="")
    shown = await proposed(office, wanted)
    await office.carried(order(TIMEOUT, key="i2"))

    refusal = await office.refused(wanted)

    assert not shown.unexplained
    assert refusal.unexplained
    assert "please say why" in refusal.reasons[0]
    await office.carried(replace(wanted, because="a kind person"))


async def test_where_the_ladder_proposes_nothing_there_is_no_deviation(office: Office) -> None:
    """Below the first rung nothing is proposed; a reminder is a proposal."""
    weightless = document().rule("vulgarity")
    ladder = replace(policy().ladder, rules={"vulgarity": RuleRungs(points=0, reminder=False)})

    nothing = advised((), weightless, NOON, ladder)
    reminder = advised((), document().rule("crumb"), NOON, policy().ladder)

    assert not nothing.proposes
    assert reminder.proposes
    removal = await proposed(office, order(removes=(rude(),), rule="crumb", because=""))
    warning = await proposed(office, order(WARNING, rule="crumb", because=""))
    assert (removal.deviates, warning.deviates) == (False, True)


async def test_history_climbs_the_ladder_and_a_void_takes_it_back(office: Office) -> None:
    """The suggestion of a context menu is what the ladder says of all that stands."""
    fresh = await office.moderation.suggestion(GUILD, ADA, "vulgarity", ())
    await office.carried(order(WARNING))
    office.clock.advance(DAY)
    second = await office.moderation.suggestion(GUILD, ADA, "vulgarity", ())

    assert second.points > fresh.points == 0
    assert second.steps != fresh.steps
    assert "2nd vulgarity" in second.steps[0].because


async def test_a_removal_that_a_moderator_made_is_remembered(office: Office) -> None:
    """It weighs nothing, and it is no first time any more."""
    await office.carried(order(removes=(rude(),)))

    suggestion = await office.moderation.suggestion(GUILD, ADA, "vulgarity", ())

    assert suggestion.points == 0
    assert "2nd vulgarity" in suggestion.steps[0].because


async def test_what_concord_removed_alone_does_not_count(office: Office) -> None:
    """Points come from decisions of people."""
    before = await office.moderation.suggestion(GUILD, ADA, "vulgarity", ())
    await office.found()

    assert await office.moderation.suggestion(GUILD, ADA, "vulgarity", ()) == before


async def test_a_suggestion_for_a_rule_that_is_not_there_is_empty(office: Office) -> None:
    """A menu that was open while the guidelines changed breaks nothing."""
    assert (await office.moderation.suggestion(GUILD, ADA, "no-such", (rude(),))).steps == ()


async def test_a_member_who_left_is_named_as_such(office: Office) -> None:
    """The moderator knows that the notice may not arrive, and when a timeout will hold."""
    gone = standing(subject=replace(MEMBER, is_member=False))

    proposal = await proposed(office, order(TIMEOUT, because="as agreed"), gone)

    assert any("no member now" in one for one in proposal.warnings)


async def test_what_is_in_force_already_is_said(office: Office) -> None:
    """Of two timeouts the later end holds."""
    await office.carried(order(TIMEOUT))

    proposal = await proposed(office, order(TIMEOUT, key="i2", because="more of it"))

    assert any(one.startswith("They are timed out already") for one in proposal.warnings)


async def test_what_another_moderator_did_comes_first(office: Office) -> None:
    """Who, what and when, before anything else."""
    await office.carried(order(TIMEOUT))
    wanted = order(TIMEOUT, key="i2", by=SECOND.user)

    proposal = await proposed(office, wanted, standing(SECOND))

    assert f"<@{BEA}> decided this: Timeout" in proposal.warnings[0]
    assert proposal.order != wanted
    assert not isinstance(
        await office.moderation.carry_out(proposal.order, standing(SECOND)), Refusal
    )  # type: ignore[arg-type]


async def test_a_first_minor_breach_is_a_reminder_and_counts_for_nothing_yet(
    office: Office,
) -> None:
    """Nothing is proposed, and nothing stood against the member before."""
    suggestion = await office.moderation.suggestion(GUILD, ADA, "crumb", ())

    assert (suggestion.steps, suggestion.points) == ((), 0)


async def test_the_preview_names_what_holds_longer_as_the_notice_will(office: Office) -> None:
    """A lift of one of two timeouts, and a short one beside a long one."""
    long = await office.carried(order(replace(TIMEOUT, duration=40 * DAY)))
    short = await proposed(office, order(TIMEOUT, key="i2"))
    await office.carried(order(TIMEOUT, key="i2"))
    lift = AmendmentOrder("a1", GUILD, BEA, long.case, Amendment.LIFT)

    lifted = await office.moderation.propose_amendment(lift, standing())

    assert isinstance(lifted, Proposal)
    assert "Another decision lasts longer" in "\n".join(short.member_reads)
    assert "another still holds" in "\n".join(lifted.member_reads)
    assert "You can write again" not in "\n".join(lifted.member_reads)


async def test_an_edit_that_erases_what_posts_said_asks_first(office: Office) -> None:
    """It cannot be undone; any other edit of the rule can."""
    done = await office.carried(order(WARNING, removes=(rude(),)))
    wanted = AmendmentOrder("a1", GUILD, BEA, done.case, Amendment.EDIT, rule="minor-safety")

    erasing = await office.moderation.propose_amendment(wanted, standing())
    other = await office.moderation.propose_amendment(replace(wanted, rule="crumb"), standing())

    assert isinstance(erasing, Proposal)
    assert isinstance(other, Proposal)
    assert erasing.irreversible
    assert any("erased for good" in one for one in erasing.happens)
    assert not other.irreversible
