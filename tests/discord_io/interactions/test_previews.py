"""What a decision looks like, within what Discord takes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.discord_io.interactions.answers import Answer
from bot.discord_io.interactions.ordered import in_short
from bot.discord_io.interactions.outcomes import Outcome
from bot.discord_io.interactions.previews import carried_out, preview, refusal
from bot.discord_io.render import fitted
from bot.model.order import Carried, Order, Proposal, Refusal, Step, Wanted
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind
from tests.making import ADA, CYD, GUILD

ORDER = Order("i1", GUILD, CYD, ADA, (Wanted(SanctionKind.WARNING),), rule="vulgarity")
STEP = Step(Wanted(SanctionKind.WARNING), "1st vulgarity")
PROPOSAL = Proposal(ORDER, ("Warning",), ("A warning", "This is one."), (STEP,), deviates=False)
CARRIED = Carried(7, 12, 3, RulingKind.DECIDED, ("Warning",), None, repeated=False)

texts = st.lists(st.text(min_size=1, max_size=3000), max_size=5).map(tuple)


def read(answer: Answer) -> str:
    """Return all that is read in an answer."""
    return "\n".join(f"{one.title}\n{one.description}" for one in answer.embeds)


@given(texts, texts, texts)
def test_any_preview_fits_beside_the_card_of_a_post(
    happens: tuple[str, ...], reads: tuple[str, ...], warnings: tuple[str, ...]
) -> None:
    """Discord counts 6,000 characters over all embeds of a message; a card takes 1,500 of them."""
    proposal = replace(PROPOSAL, happens=happens, member_reads=reads, warnings=warnings)

    for answer in (preview(proposal, ()), carried_out(CARRIED, proposal, Outcome(), ())):
        assert sum(len(one) for one in answer.embeds) <= 4400
        assert all(one.title for one in answer.embeds)


@given(st.lists(st.text(min_size=1, max_size=400), max_size=9), st.integers(50, 2000))
def test_what_does_not_fit_is_cut_between_paragraphs_and_said_so(
    paragraphs: list[str], room: int
) -> None:
    """What is shown is the beginning."""
    shown = fitted(paragraphs, room)

    assert len(shown) <= room
    if shown != "\n\n".join(paragraphs):
        assert shown.endswith("…")


def test_a_preview_says_why_the_ladder_proposes_what() -> None:
    """In its own words."""
    assert "**The ladder proposes** warning: 1st vulgarity." in read(preview(PROPOSAL, ()))


def test_who_deviates_and_said_why_is_not_asked_again() -> None:
    """The ladder is shown beside; without a reason the warning speaks of it already."""
    said = replace(PROPOSAL, deviates=True, order=replace(ORDER, because="A long story."))
    unsaid = replace(PROPOSAL, deviates=True, warnings=("This is not what the ladder proposes.",))

    assert "You chose otherwise, and said why." in read(preview(said, ()))
    assert read(preview(unsaid, ())).count("ladder") == 1


def test_a_name_of_somebodys_choosing_does_not_act_in_a_preview() -> None:
    """Nor in the line that asks an admin."""
    board = Wanted(SanctionKind.BOARD_REMOVAL, board="**<@&1>** @everyone")
    proposed = replace(PROPOSAL, ladder=(Step(board, "1st vulgarity"),))

    for said in (read(preview(proposed, ())), in_short(replace(ORDER, sanctions=(board,)))):
        assert "<@&1>" not in said
        assert "**<" not in said
        assert "@everyone" not in said


def test_where_nobody_is_told_no_notice_is_shown() -> None:
    """As of accounts banned as spam; the lines above say that they are not told."""
    silent = replace(PROPOSAL, member_reads=())

    assert (
        len(preview(silent, ()).embeds)
        == len(carried_out(CARRIED, silent, Outcome(), ()).embeds)
        == 1
    )


def test_what_they_read_is_what_came_about() -> None:
    """What was meant to be is shown only while it may still come true."""
    came = ("It was a mistake", "You may post the same again.")
    told = carried_out(CARRIED, PROPOSAL, Outcome(told=True, reads=came), ())
    closed = carried_out(CARRIED, PROPOSAL, Outcome(reads=came), ())
    slow = carried_out(CARRIED, PROPOSAL, Outcome(open=1), ())

    assert "You may post the same again." in read(told)
    assert "This is one." not in read(told)
    assert [told.embeds[1].author.name, closed.embeds[1].author.name] == [
        "They read",
        "They would have read",
    ]
    assert "This is one." in read(slow)
    assert slow.embeds[1].author.name == "They will read"


def test_what_was_done_before_is_said_to_be_done_once() -> None:
    """A press that came twice."""
    again = carried_out(replace(CARRIED, repeated=True), PROPOSAL, Outcome(), ())

    assert "nothing was done twice" in read(again)
    assert read(again).startswith("C-12 · done")


def test_every_reason_of_a_refusal_is_read() -> None:
    """All at once, as a list; a single one as it is."""
    several = refusal(Refusal(("You may not.", "Concord cannot.")))
    one = refusal(Refusal(("You may not.",)))

    assert read(several) == "Nothing was done\n• You may not.\n• Concord cannot."
    assert read(one) == "Nothing was done\nYou may not."


def test_an_answer_says_how_far_it_came() -> None:
    """Done, under way, or with what did not work."""
    calm = carried_out(CARRIED, PROPOSAL, Outcome(("The member was told.",), of=2), ())
    slow = carried_out(CARRIED, PROPOSAL, Outcome(open=1, of=2), ())
    long = carried_out(CARRIED, PROPOSAL, Outcome(open=60, of=100), ())
    wrong = carried_out(CARRIED, PROPOSAL, Outcome(("⚠️ It did not work.",), trouble=True), ())

    assert read(calm).startswith("C-12 · done\n• Warning\n\nThe member was told.")
    assert "Discord is still being asked" in read(slow)
    assert "40 of 100 done" in read(long)
    assert read(wrong).startswith("C-12 · decided, but not all of it worked")
    assert "⚠️ It did not work." in read(wrong)
