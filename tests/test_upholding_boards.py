"""Removals from boards: only the bits they need, and each back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.sanction import Hold, SanctionKind
from bot.ports import OverwriteSeen
from bot.upholding.denials import NEUTRAL, Mark, denied, given_back, is_undone, named, taken
from tests.enforcing import BITS
from tests.making import ADA, ART, GUILD

ADD_REACTIONS, SEND = 1 << 6, 1 << 11
SAMPLE = (ADD_REACTIONS, 1 << 10, SEND, 1 << 35, 1 << 36, 1 << 38)


def _overwrite(states: list[int]) -> OverwriteSeen:
    pairs = list(zip(SAMPLE, states, strict=True))
    return OverwriteSeen(
        sum(bit for bit, state in pairs if state > 0), sum(bit for bit, state in pairs if state < 0)
    )


states = st.lists(st.sampled_from((-1, 0, 1)), min_size=len(SAMPLE), max_size=len(SAMPLE))
overwrites = states.map(_overwrite)
seen = st.none() | overwrites


def _hold(mark: Mark) -> Hold:
    return Hold(GUILD, SanctionKind.BOARD_REMOVAL, ADA, ART, mark.before_text, mark.after_text)


@given(before=seen, after=overwrites, unsure=st.integers(0, BITS))
def test_what_is_remembered_is_read_back_as_it_was_written(
    before: OverwriteSeen | None, after: OverwriteSeen, unsure: int
) -> None:
    """A hold's words lose nothing, and say what is not known to have worked."""
    mark = Mark(before, after, unsure)

    assert Mark.of(_hold(mark)) == mark


@given(before=seen)
def test_only_what_is_known_to_have_been_denied_can_be_undone_by_hand(
    before: OverwriteSeen | None,
) -> None:
    """An attempt that came to nothing looks as if somebody had changed it back."""
    mark = taken(before, None, BITS)

    assert not is_undone(before, mark, BITS)
    assert is_undone(before, mark.confirmed(), BITS) is (mark.unsure != 0)
    assert not is_undone(mark.after, mark.confirmed(), BITS)


@given(before=seen)
def test_applied_and_lifted_a_removal_leaves_the_overwrite_as_it_was(
    before: OverwriteSeen | None,
) -> None:
    """None stays none, an empty one stays an empty one."""
    mark = taken(before, None, BITS)

    assert given_back(mark.after, mark) == (before, 0)


@given(before=seen)
def test_only_the_bits_it_needs_are_touched(before: OverwriteSeen | None) -> None:
    """Reading, reactions and all the rest stay as they were."""
    after, there = denied(before, BITS), before or NEUTRAL

    assert after.deny & BITS == BITS
    assert after.allow & BITS == 0
    assert after.allow & ~BITS == there.allow & ~BITS
    assert after.deny & ~BITS == there.deny & ~BITS


@given(before=seen, times=st.integers(1, 3))
def test_applied_again_it_remembers_the_same(before: OverwriteSeen | None, times: int) -> None:
    """After a crash, or for a second sanction on the same board."""
    mark = taken(before, None, BITS)
    for _ in range(times):
        # Whether the change was made before the crash or not.
        assert taken(before, mark, BITS) == mark
        assert taken(mark.after, mark, BITS) == mark.confirmed()


@given(before=seen, now=seen)
def test_a_bit_that_is_no_longer_as_concord_left_it_stays_as_it_is(
    before: OverwriteSeen | None, now: OverwriteSeen | None
) -> None:
    """What somebody changed by hand is theirs; only bits that Concord denied are touched."""
    mark = taken(before, None, BITS)
    back, alone = given_back(now, mark)

    there, after, was = now or NEUTRAL, back or NEUTRAL, before or NEUTRAL
    for bit in SAMPLE:
        ours = bool(mark.taken & bit and there.deny & bit)
        expected = was if ours else there
        assert after.allow & bit == expected.allow & bit
        assert after.deny & bit == expected.deny & bit
        changed = bool(mark.taken & bit) and not there.deny & bit
        if alone & bit:
            assert changed
            assert there.allow & bit != was.allow & bit
    if now is None:
        assert back is None


@given(before=seen, between=overwrites)
def test_what_somebody_changed_before_a_second_removal_is_what_comes_back(
    before: OverwriteSeen | None, between: OverwriteSeen
) -> None:
    """The second one denies again what a moderator had given back in between."""
    first = taken(before, None, BITS)
    second = taken(between, first, BITS)

    back, alone = given_back(second.after, second)

    assert alone == 0
    for bit in SAMPLE:
        held = bool(first.taken & bit and between.deny & bit)
        expected = (before or NEUTRAL) if held else between
        assert (back or NEUTRAL).allow & bit == expected.allow & bit
        assert (back or NEUTRAL).deny & bit == expected.deny & bit


def test_an_overwrite_that_says_nothing_goes_only_if_it_was_not_there_before() -> None:
    """An empty one that an admin made stays."""
    assert given_back(denied(None, BITS), taken(None, None, BITS)) == (None, 0)
    assert given_back(denied(NEUTRAL, BITS), taken(NEUTRAL, None, BITS)) == (NEUTRAL, 0)


def test_what_is_left_alone_is_named_as_discord_names_it() -> None:
    """A moderator finds it in the channel's settings."""
    mark = taken(None, None, BITS)
    _, alone = given_back(OverwriteSeen(SEND, BITS & ~SEND), mark)

    assert named(alone) == "Send Messages"
