"""An intent's marks: the same at every attempt, different for every intent."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.model.intent import SETTLED, IntentState
from tests.making import NOON, intent


def test_the_nonce_fits_discords_limit_and_does_not_depend_on_how_far_it_got() -> None:
    """At most 25 characters (API reference, Create Message), equal at every attempt."""
    fresh = intent(state=IntentState.PENDING)
    tried = replace(fresh, state=IntentState.ATTEMPTED, attempts=4, version=9, attempted_at=NOON)
    assert len(fresh.nonce) <= 25
    assert tried.nonce == fresh.nonce
    assert tried.token == fresh.token == fresh.nonce[:6]


identities = st.tuples(
    st.integers(1, 2**63 - 1),
    st.integers(1, 10**6),
    st.sampled_from(("notice", "log", "delete:1", "delete:11")),
)


@given(identities, identities)
def test_two_intents_share_a_nonce_only_if_they_are_the_same(
    one: tuple[int, int, str], other: tuple[int, int, str]
) -> None:
    """Guild, case and key make the nonce."""
    first, second = (replace(intent(), guild=g, case=c, key=k) for g, c, k in (one, other))
    assert (first.nonce == second.nonce) is (one == other)


def test_pending_and_attempted_are_all_that_is_still_to_be_done() -> None:
    """Every other state is settled."""
    assert set(IntentState) - SETTLED == {IntentState.PENDING, IntentState.ATTEMPTED}
