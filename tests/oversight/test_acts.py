"""What is done by hand becomes cases, each entry once; nobody fights a moderator."""

from dataclasses import replace

import pytest

from bot.model.case import CaseOrigin, CaseState
from bot.model.intent import IntentKind
from bot.model.manual_act import ActKind
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.oversight.unknown import NotKnownError
from bot.ports import BanSeen
from bot.telling import telling_of
from bot.wording import Wording
from tests.fakes import Sent
from tests.making import ADA, BEA, CYD, PAINTERS
from tests.moderating import document
from tests.overseeing import HOUR, OTHER_BOT, Hall
from tests.sanctioning import draft

BAN = draft(SanctionKind.BAN)
WORDING = Wording(document())
GROUP = draft(SanctionKind.GROUP_REMOVAL)


async def test_a_ban_by_hand_becomes_a_case(hall: Hall) -> None:
    """In force without a rule or points; the line in the log asks for the rule, nobody is told."""
    await hall.learn(hall.act(ActKind.BAN, reason="spam **everywhere**"))

    (dossier,) = await hall.dossiers()
    (sanction,) = dossier.sanctions
    (ruling,) = dossier.rulings
    assert dossier.case.origin is CaseOrigin.BY_HAND
    assert dossier.case.state is CaseState.CLOSED
    assert (sanction.kind, sanction.state, sanction.rule) == (
        SanctionKind.BAN,
        SanctionState.ACTIVE,
        None,
    )
    assert sanction.ordered.by_hand
    assert sanction.ordered.points == 0
    assert (ruling.kind, ruling.by, ruling.tells) == (RulingKind.BY_HAND, BEA, False)
    assert [one.kind for one in dossier.intents] == [IntentKind.LOG]
    (line,) = hall.log()
    assert line.startswith("C-1 · ban, by hand\n")
    assert f"Done by hand by <@{BEA}>" in line
    assert "spam" in line
    assert "/case edit" in line
    assert hall.measures.changed == []


async def test_the_same_entry_is_one_case_however_often_it_comes(hall: Hall) -> None:
    """As its event and once more when the log is read."""
    act = hall.act(ActKind.BAN)
    await hall.learn(act, act)
    await hall.learn(act)

    assert len(await hall.dossiers()) == 1
    assert len(hall.log()) == 1


async def test_what_concord_did_itself_is_nothing_new(hall: Hall) -> None:
    """Known by its account and the case its reason names; by one of the two alone it is not."""
    ours = hall.act(
        ActKind.BAN, actor=599, by_concord=True, by_app=True, reason="Concord C-12 · a1b2c3"
    )
    await hall.learn(ours)
    assert await hall.dossiers() == []

    await hall.learn(replace(ours, entry=ours.entry + 1, actor=BEA, by_concord=False))
    await hall.learn(replace(ours, entry=ours.entry + 2, reason="something else"))

    assert len(await hall.dossiers()) == 2


async def test_nothing_is_recorded_of_bots_and_where_nothing_is_set_up(hall: Hall) -> None:
    """A bot that is banned is no member; a server nobody set up has no cases."""
    await hall.learn(hall.act(ActKind.BAN, to_app=True))
    await hall.learn(hall.act(ActKind.BAN, guild=901))

    assert await hall.dossiers() == []


async def test_a_kick_is_written_down_and_lasts_not(hall: Hall) -> None:
    """They may come back at once."""
    await hall.learn(hall.act(ActKind.KICK, reason="cool down"))

    (dossier,) = await hall.dossiers()
    assert dossier.sanctions == ()
    (line,) = hall.log()
    assert line.startswith("C-1 · kicked, by hand\n")
    assert "Kicked" in line
    assert "cool down" in line


@pytest.mark.parametrize("by_app", [False, True])
async def test_an_unban_by_hand_lifts_the_ban(hall: Hall, by_app: bool) -> None:
    """Whoever did it; nobody is banned again."""
    await hall.decide(BAN)
    del hall.measures.bans[ADA]

    await hall.learn(hall.act(ActKind.UNBAN, actor=OTHER_BOT if by_app else CYD, by_app=by_app))

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED
    assert hall.measures.bans == {}


@pytest.mark.parametrize(
    ("actor", "by_app", "log", "told"),
    [
        (CYD, False, f"Lifted by <@{CYD}>", "A moderator ended this early."),
        (
            OTHER_BOT,
            True,
            f"Lifted by another bot (<@{OTHER_BOT}>)",
            f"Another bot (<@{OTHER_BOT}>) ended this early.",
        ),
        (
            None,
            False,
            "Lifted by somebody whom Discord does not name",
            "It was ended early.",
        ),
    ],
)
async def test_who_ended_it_is_told_as_it_was(
    hall: Hall, actor: int | None, by_app: bool, log: str, told: str
) -> None:
    """No moderator is spoken of who had nothing to do with it; moderators read of whom it was."""
    case = await hall.decide(draft(SanctionKind.TIMEOUT))
    await hall.learn(hall.act(ActKind.TIMEOUT, actor=actor, by_app=by_app))

    dossier = await hall.store.dossier(case)
    assert dossier is not None
    lifted = dossier.rulings[-1]
    assert lifted.kind is RulingKind.LIFTED
    assert log in WORDING.ruling_line(dossier, lifted, "t").paragraphs[0]
    notice = WORDING.ruling_notice(telling_of(dossier, lifted), "t").paragraphs[0]
    assert notice.endswith(told)
    title = WORDING.public_line(dossier, lifted, "t").title
    assert title.endswith("a moderator decided") is (actor == CYD)


async def test_an_unban_before_the_ban_does_not_lift_it(hall: Hall) -> None:
    """A log read late tells of what was before."""
    act = hall.act(ActKind.UNBAN)
    hall.clock.advance(HOUR)
    await hall.decide(BAN)

    await hall.learn(act)

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE


async def test_a_group_role_taken_by_a_moderator_is_a_removal(hall: Hall) -> None:
    """Of that group; other roles are nobody's business, and bots and members as they like."""
    act = hall.act(ActKind.ROLES, taken=frozenset({PAINTERS, 4242}))
    await hall.learn(
        replace(act, entry=act.entry + 1, actor=OTHER_BOT, by_app=True),
        replace(act, entry=act.entry + 2, actor=ADA),
        replace(act, entry=act.entry + 3, taken=frozenset({4242})),
    )
    assert await hall.dossiers() == []

    await hall.learn(act)

    (sanction,) = await hall.sanctions()
    assert (sanction.kind, sanction.ordered.role, sanction.ordered.group) == (
        SanctionKind.GROUP_REMOVAL,
        PAINTERS,
        "Painters",
    )


async def test_a_role_that_a_moderator_gives_back_stays_and_the_case_asks(hall: Hall) -> None:
    """The sanction stands until somebody lifts it."""
    await hall.decide(GROUP)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))

    act = hall.act(ActKind.ROLES, actor=CYD, given=frozenset({PAINTERS}))
    await hall.learn(act, act)
    await hall.pass_time(HOUR)

    assert PAINTERS in hall.measures.members[ADA].roles
    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE
    (dossier,) = await hall.dossiers()
    assert [ruling.kind for ruling in dossier.rulings] == [RulingKind.DECIDED, RulingKind.NOTED]
    (asks,) = [line for line in hall.log() if "given back by hand" in line]
    assert f"The role <@&{PAINTERS}> was given back by hand" in asks


@pytest.mark.parametrize(("actor", "by_app"), [(OTHER_BOT, True), (ADA, False)])
async def test_a_role_that_a_bot_or_the_member_gives_back_is_taken_again(
    hall: Hall, actor: int, by_app: bool
) -> None:
    """Once for each time it is given."""
    await hall.decide(GROUP)
    for number in range(2):
        hall.measures.by_hand(roles=frozenset({PAINTERS}))
        act = hall.act(
            ActKind.ROLES, number, actor=actor, by_app=by_app, given=frozenset({PAINTERS})
        )
        await hall.learn(act, act)
        assert hall.measures.members[ADA].roles == frozenset()

    assert hall.measures.changed == [f"take {PAINTERS} {ADA}"] * 3
    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE


@pytest.mark.parametrize(("actor", "by_app"), [(OTHER_BOT, True), (ADA, False)])
async def test_a_role_only_taken_by_hand_is_nobodys_exclusion(
    hall: Hall, actor: int, by_app: bool
) -> None:
    """Nobody has said that they may not come back, so whoever gives it back ends it."""
    await hall.learn(hall.act(ActKind.ROLES, taken=frozenset({PAINTERS})))
    assert any("The member may take it again" in line for line in hall.log())
    hall.clock.advance(HOUR)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))

    await hall.learn(
        hall.act(ActKind.ROLES, actor=actor, by_app=by_app, given=frozenset({PAINTERS}))
    )

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED
    assert hall.measures.changed == []
    (dossier,) = await hall.dossiers()
    assert [one for one in dossier.intents if one.kind is IntentKind.NOTICE] == []


async def test_a_role_taken_by_hand_is_taken_again_once_a_moderator_has_named_the_rule(
    hall: Hall,
) -> None:
    """By then the member has been told, and a moderator has said so."""
    await hall.learn(hall.act(ActKind.ROLES, taken=frozenset({PAINTERS})))
    hall.measures.by_hand(roles=frozenset())
    await hall.names_the_rule()
    hall.clock.advance(HOUR)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))

    await hall.learn(hall.act(ActKind.ROLES, actor=ADA, given=frozenset({PAINTERS})))

    assert hall.measures.members[ADA].roles == frozenset()
    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE


async def test_a_role_taken_and_given_back_by_hand_is_lifted(hall: Hall) -> None:
    """Concord had no part in it, so there is nothing to ask."""
    await hall.learn(hall.act(ActKind.ROLES, taken=frozenset({PAINTERS})))
    hall.clock.advance(HOUR)

    await hall.learn(hall.act(ActKind.ROLES, actor=CYD, given=frozenset({PAINTERS})))

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED


async def test_what_automod_does_is_nobodys_decision(hall: Hall) -> None:
    """The member did not time themselves out; the end is read of Discord, the rule is named."""
    until = hall.clock.now() + HOUR
    hall.measures.by_hand(timed_out_until=until)

    await hall.learn(
        hall.act(ActKind.AUTOMOD_TIMEOUT, actor=ADA, automod_rule="No slurs"),
        hall.act(ActKind.AUTOMOD_QUARANTINE, 1, actor=ADA, automod_rule="Names"),
    )

    (sanction,) = await hall.sanctions()
    assert (sanction.kind, sanction.until) == (SanctionKind.TIMEOUT, until)
    first, second = await hall.dossiers()
    assert first.rulings[0].by is None
    assert second.sanctions == ()
    (said,) = [line for line in hall.log() if "C-1" in line]  # cases wait for nobody
    assert all(words in said for words in ("Discord's AutoMod", "No slurs"))


async def test_without_an_answer_nothing_is_guessed(hall: Hall) -> None:
    """The act is considered again later."""
    hall.measures.plan("member", Sent.LOST)

    with pytest.raises(NotKnownError):
        await hall.learn(hall.act(ActKind.AUTOMOD_TIMEOUT, actor=ADA))

    assert await hall.dossiers() == []


async def test_a_ban_made_again_by_hand_stays(hall: Hall) -> None:
    """Read late, all three at once: Concord does not undo what a moderator did in the end."""
    hall.measures.bans[ADA] = BanSeen("by hand, again")

    await hall.learn(hall.act(ActKind.BAN), hall.act(ActKind.UNBAN, 1), hall.act(ActKind.BAN, 2))

    first, second = await hall.sanctions()
    assert (first.state, second.state) == (SanctionState.LIFTED, SanctionState.ACTIVE)
    assert ADA in hall.measures.bans
    assert hall.measures.changed == []
