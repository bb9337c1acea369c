"""The chain of decisions: what it shows, and what erasing leaves of it."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chain import (
    Inspection,
    LinkState,
    commitment,
    content,
    hash_of,
    inspect,
    link_hash,
    state_of,
)
from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import Sanction, SanctionDraft, SanctionKind, SanctionState
from bot.model.sealed import SealedPost
from bot.ports import Link
from tests.making import ADA, GUILD, NOON
from tests.storage.samples import finding

SALT = "5a" * 32
SEALED = SealedPost(7, 70, 1, (), commitment(SALT, "words"), SALT, "words", is_bare=False)


def linked(*texts: str) -> list[Link]:
    """A sound chain of decisions with these contents."""
    chain: list[Link] = []
    for number, text in enumerate(texts, 1):
        previous = chain[-1].hash if chain else ""
        committed = commitment(SALT, text)
        at = NOON + timedelta(minutes=number)
        link = Link(
            guild=GUILD,
            number=number,
            at=at,
            kind=RulingKind.DECIDED,
            rule="hate",
            previous=previous,
            commitment=committed,
            salt=SALT,
            content=text,
            hash=link_hash(GUILD, number, at, RulingKind.DECIDED, "hate", previous, committed),
            posts=(SEALED,),
        )
        chain.append(link)
    return chain


def erased(link: Link) -> Link:
    """A link without its words and its key."""
    bare = replace(SEALED, salt=None, words="", is_bare=True)
    return replace(link, salt=None, content=None, posts=(bare,))


def test_a_chain_that_nobody_touched_is_intact() -> None:
    """Each link, and the head is the newest one's."""
    chain = linked("a", "b", "c")

    assert inspect(chain, chain[1].hash) == Inspection(
        intact=(1, 2, 3),
        erased=(),
        altered=(),
        missing=(),
        last=3,
        head=chain[2].hash,
        head_at=2,
    )


def test_an_empty_chain_is_sound() -> None:
    """And has no head."""
    seen = inspect(())

    assert (seen.is_sound, seen.head, seen.last, seen.head_at) == (True, None, 0, None)


CHANGES: dict[str, dict[str, object]] = {
    "guild": {"guild": GUILD + 1},
    "number": {"number": 7},
    "time": {"at": NOON},
    "a microsecond": {"at": NOON + timedelta(minutes=2, microseconds=1)},
    "kind": {"kind": RulingKind.VOIDED},
    "rule": {"rule": "threat"},
    "no rule": {"rule": None},
    "previous": {"previous": "0" * 64},
    "commitment": {"commitment": "0" * 64},
    "salt": {"salt": "5b" * 32},
    "content": {"content": "other"},
    "content without a key": {"salt": None},
    "a key without content": {"content": None},
    "hash": {"hash": "0" * 64},
    "words of a post": {"posts": (replace(SEALED, words="other"),)},
    "words of a post that were erased": {"posts": (replace(SEALED, salt=None),)},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_field_that_was_changed_shows(change: dict[str, object]) -> None:
    """Whatever it is, and whatever it was changed to."""
    chain = linked("a", "b", "c")
    chain[1] = replace(chain[1], **change)

    assert not inspect(sorted(chain, key=lambda link: link.number)).is_sound


def test_every_field_is_among_those_tried() -> None:
    """A field added later is tried, too."""
    tried = {name for change in CHANGES.values() for name in change}

    assert tried == {one.name for one in fields(Link)}


def test_one_altered_link_does_not_make_two() -> None:
    """The next one follows from what is held of it, or from what its fields give."""
    chain = linked("a", "b", "c")

    for changed in ({"rule": "threat"}, {"hash": "0" * 64}, {"content": "other"}):
        altered = [chain[0], replace(chain[1], **changed), chain[2]]
        assert inspect(altered).altered == (2,)


def test_a_decision_written_anew_with_all_its_hashes_breaks_the_next_link() -> None:
    """Whoever changes one must change all that follow, and then the head is another one."""
    chain = linked("a", "b", "c")
    posted = chain[2].hash
    anew = linked("a", "other", "c")

    one_changed = inspect([chain[0], anew[1], chain[2]])
    all_changed = inspect(anew, posted)

    assert one_changed.altered == (3,)
    assert all_changed.is_sound
    assert all_changed.head_at is None


def test_erasing_leaves_the_chain_whole() -> None:
    """Every subset of links can be erased; what is left of them still fits."""
    chain = linked("a", "b", "c")

    seen = inspect([erased(chain[0]), chain[1], erased(chain[2])], chain[2].hash)

    assert (seen.erased, seen.intact, seen.altered) == ((1, 3), (2,), ())
    assert (seen.head_at, seen.is_sound) == (3, True)


@given(
    which=st.sets(st.integers(0, 4)),
    changed=st.integers(0, 4),
    kind=st.sampled_from([kind for kind in RulingKind if kind is not RulingKind.DECIDED]),
)
def test_what_is_left_of_an_erased_link_is_still_watched(
    which: set[int], changed: int, kind: RulingKind
) -> None:
    """Number, time, kind, rule and place."""
    chain = linked(*"abcde")
    chain = [erased(link) if place in which else link for place, link in enumerate(chain)]
    chain[changed] = replace(chain[changed], kind=kind)

    assert changed + 1 in inspect(chain).altered


def test_a_link_whose_posts_lost_their_words_counts_as_erased() -> None:
    """The ruling is still checked with its own key."""
    (link,) = linked("a")
    without = replace(link, posts=erased(link).posts)

    assert state_of(without, frozenset({""})) is LinkState.ERASED
    altered = replace(without, content="b")
    assert state_of(altered, frozenset({""})) is LinkState.ALTERED


def test_a_gap_is_named_and_what_follows_is_judged_by_itself() -> None:
    """Missing numbers are no altered ones."""
    chain = linked(*"abcdef")

    seen = inspect([chain[0], chain[3], chain[5]])

    assert (seen.missing, seen.altered, seen.intact) == (((2, 3), (5, 5)), (), (1, 4, 6))
    assert [seen.is_sound_until(number) for number in (1, 2, 6)] == [True, False, False]


def test_a_chain_that_lost_its_newest_links_is_told_by_a_posted_head_only() -> None:
    """That is what posting it is for."""
    chain = linked("a", "b", "c")

    cut = inspect(chain[:2], chain[2].hash)

    assert (cut.is_sound, cut.head_at) == (True, None)


def test_a_head_counts_by_what_the_fields_give() -> None:
    """Writing a hash into the column does not make it so."""
    chain = linked("a", "b")
    chain[0] = replace(chain[0], hash="f" * 64)

    assert inspect(chain, "f" * 64).head_at is None


def test_the_form_of_the_hash_stays() -> None:
    """What was posted is found again by every later Concord; worked out once without Concord."""
    committed = commitment("00" * 32, "{}")
    link = Link(1, 1, NOON, RulingKind.REMOVED, None, "", committed, "00" * 32, "{}", "")

    assert committed == "22f8eea909400af98adf3681a9f31923ef6b7fcba4abb553d92823a3e9d5c25e"
    assert hash_of(link) == "5062bf1c6cab1fc66df082ab10f944f828abcab32be566073df66050339c6cd2"
    assert state_of(replace(link, hash=hash_of(link)), frozenset({""})) is LinkState.INTACT


RULING = Ruling(
    id=3,
    case=4,
    guild=GUILD,
    kind=RulingKind.DECIDED,
    at=NOON,
    by=5,
    rule="hate",
    words="w",
    internal="i",
    because="b",
    silent=False,
    tells=True,
    removes=(7, 8),
    sanctions=(1,),
    endings=(Ending(2, SanctionState.LIFTED),),
    changes=(Change("rule", "old", "new"),),
)
SANCTION = Sanction(
    id=1,
    case=4,
    ruling=3,
    guild=GUILD,
    user=ADA,
    rule="hate",
    at=NOON,
    ordered=SanctionDraft(SanctionKind.TIMEOUT, points=2, until=NOON),
    state=SanctionState.ORDERED,
    until=NOON,
    ended_at=None,
    version=1,
)


@pytest.mark.parametrize(
    "other",
    [
        replace(RULING, by=6),
        replace(RULING, by=None),
        replace(RULING, words="w "),
        # the border between two texts is part of them
        replace(RULING, words="wi", internal=""),
        replace(RULING, because=""),
        replace(RULING, silent=True),
        replace(RULING, tells=False),
        replace(RULING, removes=(8, 7)),
        replace(RULING, removes=()),
        replace(RULING, endings=(Ending(2, SanctionState.VOIDED),)),
        replace(RULING, endings=(Ending(2, SanctionState.LIFTED, NOON),)),
        replace(RULING, changes=(Change("rule", "new", "old"),)),
    ],
)
def test_another_ruling_has_another_content(other: Ruling) -> None:
    """Whatever is different about it."""
    assert content(other, 1, ADA, [SANCTION]) != content(RULING, 1, ADA, [SANCTION])


@pytest.mark.parametrize(
    "other",
    [
        (2, ADA, [SANCTION]),
        (1, ADA + 1, [SANCTION]),
        (1, ADA, []),
        (1, ADA, [replace(SANCTION, user=ADA + 1)]),
        (1, ADA, [replace(SANCTION, ordered=replace(SANCTION.ordered, points=3))]),
        (1, ADA, [replace(SANCTION, ordered=replace(SANCTION.ordered, until=None))]),
    ],
)
def test_another_case_or_sanction_is_another_content(
    other: tuple[int, int, list[Sanction]],
) -> None:
    """The case's number, whom it is about, and what was ordered."""
    assert content(RULING, *other) != content(RULING, 1, ADA, [SANCTION])


@pytest.mark.parametrize(
    "other",
    [
        (),
        (replace(SEALED, message=8),),
        (replace(SEALED, channel=71),),
        (replace(SEALED, case=2),),
        (replace(SEALED, seal="0" * 64),),
        (replace(SEALED, found=(finding(),)),),
        (SEALED, SEALED),
    ],
)
def test_other_posts_are_another_content(other: tuple[SealedPost, ...]) -> None:
    """Where they stood, in which case they are, what they said and what was found in them."""
    assert content(RULING, 1, ADA, (), other) != content(RULING, 1, ADA, (), (SEALED,))


def test_a_sanction_of_another_case_or_by_another_rule_is_another_content() -> None:
    """The rule it rests on must follow from what was decided."""
    plain = content(RULING, 1, ADA, [SANCTION])

    assert content(RULING, 1, ADA, [replace(SANCTION, case=5)]) != plain
    assert content(RULING, 1, ADA, [SANCTION], (), {SANCTION.id}) != plain


def test_what_becomes_of_a_sanction_is_not_part_of_the_ruling() -> None:
    """It is over one day, or rests on another rule by a later ruling."""
    later = replace(SANCTION, state=SanctionState.EXPIRED, until=None, rule="threat", version=9)

    assert content(RULING, 1, ADA, [later]) == content(RULING, 1, ADA, [SANCTION])
