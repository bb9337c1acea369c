"""What moderators order: each command once, who may not, and what is typed wrongly."""

from collections.abc import Mapping

import pytest

from bot.sandbox import Choice, InteractionRefusedError, Simulation
from bot.sandbox.event_faults import EventFault
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import buttons, confirmed, decided, link, says
from tests.e2e.town import MODERATING, Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 40

SANCTIONS: Mapping[str, Mapping[str, str | int | bool]] = {
    "warn": {},
    "timeout": {"duration": "3 days"},
    "remove-from-board": {"board": "General", "duration": "3 days"},
    "remove-from-group": {"group": "Design Portfolio", "duration": "3 days"},
    "ban": {"duration": "forever"},
}
"""Each command that orders a sanction, with the options of its own."""

SPEAK = Permission((1 << 21) | (1 << 9))
"""Speak and Video, which the simulation does not know by name."""

HAPPENS = {
    "warn": "Warning",
    "timeout": "Timeout until",
    "remove-from-board": "Board removal (General) until",
    "remove-from-group": "Group removal (Design Portfolio) until",
    "ban": "Ban without end",
}


async def may_silence(sim: Simulation, town: Town) -> None:
    """Give the bot what a board removal takes from others: Discord demands that it holds it."""
    role = await town.guild.role("Voices", SPEAK | Permission.ADD_REACTIONS)
    await MemberHandle(town.guild, sim.world.bot).gets_role(role)
    await sim.settled()


@pytest.mark.parametrize("command", SANCTIONS)
async def test_each_sanction_is_one_command_and_its_answer_says_what_was_done(
    sim: Simulation, town: Town, command: str
) -> None:
    """What, until when, the case's number, what the member reads, and the ways back."""
    await may_silence(sim, town)
    ada = await town.guild.member("Ada", roles=[town.designers])
    options = SANCTIONS[command]

    ordered = await town.moderator.slash(
        command, member=ada, rule="contact-info", because="As agreed.", **options
    )
    answer = await decided(town.moderator, ordered)

    assert "C-1 · done" in answer.text
    assert HAPPENS[command] in answer.text
    assert "guideline 3" in answer.text
    assert answer.ephemeral
    ways = ["It was wrong…", "Show C-1"]
    assert buttons(answer) == (ways if command == "warn" else ["Lift…", *ways])


async def test_a_first_minor_breach_is_a_reminder_and_the_post_stays(
    sim: Simulation, town: Town
) -> None:
    """As the ladder proposes: done at once, told kindly, and a case that counts nothing."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")

    answer = await town.moderator.slash(
        "warn", member=ada, rule="vulgarity", post=link(post), reminder=True
    )

    assert "C-1 · done" in await says(answer)
    await sim.settled()
    (notice,) = notices(ada)
    assert "This is a reminder, and no warning." in notice
    assert "Nothing more: no warning and no points." in notice
    assert not post.deleted
    (line,) = town.log_texts()
    assert "C-1 · reminder" in line
    assert "Reminder" in await says(await town.moderator.slash("case show", case="C-1"))


@pytest.mark.parametrize("command", [*SANCTIONS, "lift", "remove post"])
async def test_a_member_is_not_even_offered_what_moderators_do(town: Town, command: str) -> None:
    """Discord's own permissions hide it; nothing reaches the bot."""
    ada, bea = await town.guild.members(["Ada", "Bea"])

    with pytest.raises(InteractionRefusedError):
        await ada.slash(command, member=bea, rule="contact-info")


async def test_who_is_no_moderator_of_concords_is_refused_at_the_press(town: Town) -> None:
    """A role with Discord's permissions that setup does not name gives nothing."""
    helpers = await town.guild.role("Helpers", MODERATING)
    eve = await town.guild.member("Eve", roles=[helpers])
    bea = await town.guild.member("Bea")

    answer = await eve.slash("warn", member=bea, rule="contact-info")
    suggested = await eve.autocomplete("warn", focused="rule", text="con", member=bea)

    assert "Only the moderators of this server may do this." in await says(answer)
    assert suggested == []


async def test_who_lost_the_role_meanwhile_cannot_confirm(town: Town) -> None:
    """Who may is read afresh at the press, not at the preview."""
    helpers = await town.guild.role("Helpers", MODERATING)
    mia = await town.guild.member("Mia", roles=[town.moderator_role, helpers])
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "A first post about my garden.")
    shown = await mia.slash("remove post", post=link(post), rule="vulgarity")
    await shown.answered()

    await mia.loses_role(town.moderator_role)
    answer = await mia.press(shown, label="Confirm")

    assert "Only the moderators" in await says(answer)
    assert post in town.general.messages()


async def test_nobody_acts_on_staff_bots_or_themselves(town: Town) -> None:
    """Each refusal is a sentence of its own."""
    mia = await town.guild.member("Mia", roles=[town.moderator_role])
    robot = await town.guild.member("Robot", bot=True)
    said = {}
    for who, member in (("staff", mia), ("bot", robot), ("self", town.moderator)):
        answer = await town.moderator.slash("timeout", member=member, rule="contact-info")
        said[who] = await says(answer)

    assert all(text.startswith("Nothing was done") for text in said.values())
    assert "Nobody decides about themselves" in said["self"]
    assert len(set(said.values())) == 3


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("warn", {"rule": "quantum"}, "No rule has these words"),
        ("warn", {"rule": "5"}, "More than one rule may be meant"),
        ("warn", {"rule": "discretion"}, "Discretion needs words"),
        ("timeout", {"rule": "hate", "duration": "soon"}, "is no length of time"),
        ("timeout", {"rule": "hate", "duration": "5 seconds"}, "is too short"),
        ("remove-from-board", {"rule": "hate", "board": "Nowhere"}, "There is no board"),
        ("remove-from-group", {"rule": "hate", "group": "Nobodies"}, "There is no group"),
        ("warn", {"rule": "hate", "post": "that one"}, "This is no link to a post"),
        (
            "warn",
            {"rule": "hate", "post": "https://discord.com/channels/111111111111111111/111111111111111111/111111111111111111"},
            "another server",
        ),
        ("warn", {"rule": "hate", "post": "111111111111111111"}, "There is no such post"),
    ],
)  # fmt: skip
async def test_what_is_typed_wrongly_is_answered_with_what_was_expected(
    town: Town, command: str, options: dict[str, str], sentence: str
) -> None:
    """And nothing is done."""
    ada = await town.guild.member("Ada")

    answer = await says(await town.moderator.slash(command, member=ada, **options))

    assert sentence in answer
    assert answer.startswith("Nothing was done")


async def test_who_has_left_or_was_never_there_can_be_banned(sim: Simulation, town: Town) -> None:
    """By the account's id, which Discord turns into the account."""
    stranger = sim.user("Stranger")

    ordered = await town.moderator.slash(
        "ban", member=stranger, rule="solicitation", because="Spam"
    )
    answer = await decided(town.moderator, ordered)

    assert "C-1 · done" in answer.text
    assert "Telling the member" in answer.text
    assert "They would have read" in str(answer.message.embeds)


async def test_suggestions_are_rules_lengths_boards_groups_and_cases(town: Town) -> None:
    """What is typed as it is understood; what the ladder proposes comes first."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    await says(await mo.slash("warn", member=ada, rule="contact-info"))

    def names(found: list[Choice]) -> list[str]:
        return [one.name for one in found]

    rules = await mo.autocomplete("warn", focused="rule", text="phone", member=ada)
    assert [one.value for one in rules][:1] == ["contact-info"]
    proposed = await mo.autocomplete(
        "timeout", focused="duration", text="", member=ada, rule="contact-info"
    )
    assert "the ladder, 2nd contact-info" in proposed[0].name
    typed = await mo.autocomplete("timeout", focused="duration", text="90m", member=ada)
    assert names(typed) == ["1 hour 30 minutes"]
    boards = await mo.autocomplete("remove-from-board", focused="board", text="sh", member=ada)
    assert names(boards) == ["Showcase"]
    groups = await mo.autocomplete("remove-from-group", focused="group", text="", member=ada)
    assert names(groups) == ["Design Portfolio"]
    cases = await mo.autocomplete("case show", focused="case", text="")
    assert names(cases)[0].startswith("C-1 · Ada · closed")


async def test_posts_of_the_members_cases_are_suggested_as_links(
    sim: Simulation, town: Town
) -> None:
    """Pasting is needed only for what Concord has not noticed; not a word of a post is shown."""
    ada, bea = await town.guild.members(["Ada", "Bea"])
    post = await ada.says(town.general, "this is fucking useless, what a bunch of bullshit")
    await sim.settled()

    of_ada = await town.moderator.autocomplete("warn", focused="post", text="", member=ada)
    of_bea = await town.moderator.autocomplete("warn", focused="post", text="", member=bea)

    assert [one.value for one in of_ada] == [link(post)]
    assert of_ada[0].name.startswith("C-1 · Ada · acted")
    assert "useless" not in of_ada[0].name
    assert of_bea == []


async def test_a_sanction_is_lifted_by_picking_it_from_the_list(
    sim: Simulation, town: Town
) -> None:
    """The list holds what is in force, by the member's name."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    ordered = await mo.slash("timeout", member=ada, rule="contact-info", because="As agreed.")
    await decided(mo, ordered)
    await sim.settled()

    (only,) = await mo.autocomplete("lift", focused="sanction", text="ada")
    answer = await mo.slash("lift", sanction=str(only.value), note="All is well.")
    await decided(mo, answer)

    assert "Timeout" in answer.text
    assert "All is well." in answer.text
    assert await mo.autocomplete("lift", focused="sanction", text="") == []


async def test_posts_are_removed_one_or_many_with_or_without_a_warning(
    sim: Simulation, town: Town
) -> None:
    """One by its link, the last ones of a member, and what somebody wrote round a post."""
    mo = town.moderator
    ada, bea = await town.guild.members(["Ada", "Bea"])
    garden = await ada.says(town.general, "My garden is green.")
    flat = await bea.says(town.general, "My flat is small.")
    await sim.advance(hours=1)
    burst = [await ada.says(town.general, f"Look at number {number}.") for number in range(3)]
    await sim.advance(hours=1)
    last = [await ada.says(town.general, f"Also this, {number}.") for number in range(3)]
    await sim.settled()

    one = await mo.slash("remove post", post=link(garden), rule="negativity", also="a warning")
    assert "Warning" in (await confirmed(mo, one)).text
    round_it = await mo.slash(
        "remove burst", town.general, post=str(burst[1].id), rule="spam-repeat"
    )
    assert "3 posts are removed" in (await confirmed(mo, round_it)).text
    newest = await mo.slash(
        "remove last", town.general, member=ada, count=2, rule="discretion", note="Too much."
    )
    assert "2 posts are removed" in (await confirmed(mo, newest)).text
    await sim.settled()

    assert [post.id for post in town.general.messages()] == [flat.id, last[0].id]


async def test_the_last_posts_are_looked_for_everywhere_only_if_asked(
    sim: Simulation, town: Town
) -> None:
    """And only where the moderator can see them, too."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    await ada.says(town.general, "On the board.")
    await ada.says(town.lounge, "In the lounge.")
    await sim.settled()

    here = await mo.slash("remove last", town.general, member=ada, count=5, rule="negativity")
    every = await mo.slash(
        "remove last", town.general, member=ada, count=5, rule="negativity", where="everywhere"
    )
    none = await mo.slash("remove last", town.showcase, member=ada, count=5, rule="negativity")

    assert "1 post is removed" in await says(here)
    assert "2 posts are removed" in await says(every)
    assert "has written nothing lately in this channel" in await says(none)


async def test_a_moderator_reads_no_post_of_a_channel_they_cannot_see(
    sim: Simulation, town: Town
) -> None:
    """A link is no key to other rooms."""
    admins = await town.guild.role("Admins", Permission.MANAGE_GUILD | Permission.VIEW_CHANNEL)
    boss = await town.guild.member("Boss", roles=[admins])
    secret = await town.guild.staff_channel("admins-only", admins)
    post = await boss.says(secret, "Nobody else reads this.")
    ada = await town.guild.member("Ada")

    answer = await town.moderator.slash("warn", member=ada, rule="hate", post=link(post))

    assert "There is no such post" in await says(answer)


async def test_two_moderators_at_once_the_second_is_told_what_the_first_did(
    sim: Simulation, town: Town
) -> None:
    """And may do it all the same, knowingly."""
    mia = await town.guild.member("Mia", roles=[town.moderator_role])
    ada = await town.guild.member("Ada")
    why = "As agreed."
    first = await town.moderator.slash("timeout", member=ada, rule="contact-info", because=why)
    await decided(town.moderator, first)

    second = await mia.slash("timeout", member=ada, rule="contact-info", because=why)
    told = await says(second)

    assert town.moderator.mention in told
    assert "C-1" in told
    assert "C-2 · done" in (await confirmed(mia, second)).text


async def test_more_than_one_moderator_may_decide_alone_waits_for_an_admin(
    sim: Simulation, town: Town
) -> None:
    """Asked in the log; the admin looks, sees the preview, and confirms the very same order."""
    admins = await town.guild.role("Admins", Permission.MANAGE_GUILD | MODERATING, position=60)
    boss = await town.guild.member("Boss", roles=[admins, town.moderator_role])
    crowd = await town.guild.members([f"Member {number}" for number in range(11)])
    answers = [
        await says(await town.moderator.slash("warn", member=one, rule="contact-info"))
        for one in crowd
    ]
    asked = town.log.messages()[-1]

    assert "C-10 · done" in answers[9]
    assert "The admins have been asked" in answers[10]
    assert "It can be confirmed until <t:" in answers[10]
    assert asked.embeds[0]["title"] == "An admin is asked"
    assert "One moderator may decide about 10 members" in asked.embeds[0]["description"]
    assert "It can be confirmed until <t:" in asked.embeds[0]["description"]
    not_theirs = await town.moderator.press(asked, label="Look and decide")
    assert "Only an admin may decide about this." in await says(not_theirs)
    look = await boss.press(asked, label="Look and decide")
    done = await confirmed(boss, look)
    assert "C-11 · done" in done.text
    again = await boss.press(asked, label="Look and decide")
    assert "This waits no longer: it could be confirmed until <t:" in await says(again)


async def test_who_presses_enter_twice_is_told_so_and_one_thing_is_done(
    sim: Simulation, town: Town
) -> None:
    """Each press is an order of its own: the second is asked about, and done knowingly."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    options = {"member": ada, "rule": "contact-info", "because": "As agreed."}
    both = [await mo.slash("timeout", **options) for _ in range(2)]  # type: ignore[arg-type]
    for one in both:
        await one.answered()
    (asked,) = [one for one in both if "· done" not in one.text]
    (done,) = [one for one in both if "C-1 · done" in one.text]

    assert "You did this yourself" in asked.text
    assert "(C-1): Timeout until" in asked.text
    assert "Confirm" not in buttons(done)
    await sim.settled()
    assert (await says(await mo.slash("case list", member=ada))).startswith("1 case")
    label = next(one for one in buttons(asked) if one in ("Confirm", "Do it all the same"))
    assert "C-2 · done" in await says(await mo.press(asked, label=label))


async def test_a_second_delivery_of_a_command_does_nothing_twice(
    sim: Simulation, town: Town
) -> None:
    """Discord may send an event again after a lost connection: the same id is the same order."""
    ada = await town.guild.member("Ada")
    sim.faults.next_event("INTERACTION_CREATE", EventFault.DUPLICATE)
    answer = await town.moderator.slash("warn", member=ada, rule="contact-info")
    await answer.answered()
    await sim.settled()

    shown: MemberHandle = town.moderator
    listed = await shown.slash("case list", member=ada)
    assert (await says(listed)).startswith("1 case")
