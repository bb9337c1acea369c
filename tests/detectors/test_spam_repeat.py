"""Which repetitions are found, how strongly, and which are left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detectors.spam_repeat import DETECTOR
from bot.memory import GuildMemory
from bot.model.memory import RememberedPost
from bot.model.post import AuthorKind, Part, Surface
from bot.text.own_words import own_words
from bot.text.prepare import prepare
from tests.detectors.talk import AD, NUMBERS, QUESTION, THIRD, Talk
from tests.making import ADA, ART, BEA, CYD, GENERAL, NOON, policy, post


def test_its_numbers_are_those_it_reads() -> None:
    """policy.toml is checked against this set."""
    assert DETECTOR.numbers == set(NUMBERS["spam-repeat"])


def test_the_third_copy_within_a_day_is_worth_removal() -> None:
    """One copy may be a mistake; the third is not."""
    talk = Talk()

    found = [talk.says(AD, hour * 3600, channel=GENERAL + hour) for hour in range(4)]

    assert [each and each.confidence for each in found] == [None, 0.85, 0.97, 0.97]
    assert {each.kind for each in found if each} == {"copy"}


def test_case_spacing_and_signs_make_no_difference() -> None:
    """A text does not become another one by shouting it."""
    talk = Talk()
    talk.says(AD)
    talk.says(AD.upper(), 600, channel=ART)

    found = talk.says("  " + AD.replace(" ", "   ") + " !!! 👉", 1200, channel=THIRD)

    assert found
    assert found.confidence == 0.97


def test_the_span_is_the_whole_post_without_the_space_round_it() -> None:
    """The text as such is what was repeated."""
    talk = Talk()
    talk.says(AD)
    text = f"\n  {AD}\n"

    found = talk.says(text, 600, channel=ART)

    assert found
    assert text[found.start : found.end] == AD


def test_a_double_send_is_only_noted() -> None:
    """A client that sends twice is no spammer."""
    talk = Talk()
    talk.says(AD)

    found = talk.says(AD, 20)

    assert found
    assert (found.kind, found.confidence) == ("double-send", 0.40)


def test_a_second_copy_in_the_same_channel_asks_a_moderator() -> None:
    """The guidelines say more than once; people may decide."""
    talk = Talk()
    talk.says(AD)

    found = talk.says(AD, 1800)

    assert found
    assert found.confidence == 0.70


def test_a_question_asked_again_after_half_a_day_is_no_repetition() -> None:
    """Once; after that moderators are asked."""
    talk = Talk()
    talk.says(QUESTION)

    assert talk.says(QUESTION, 50_000) is None
    again = talk.says(QUESTION, 100_000)
    assert again
    assert again.confidence == 0.70


def test_copies_older_than_the_window_are_forgiven() -> None:
    """Three days later it is another day."""
    talk = Talk()
    talk.says(AD)

    assert talk.says(AD, 259_201, channel=ART) is None


def test_copies_spread_over_more_than_a_day_are_not_removed() -> None:
    """The third copy within three days asks, unless all three are of one day."""
    talk = Talk()
    for day in range(2):
        talk.says(AD, day * 86_400, channel=GENERAL + day)

    found = talk.says(AD, 2 * 86_400, channel=THIRD)

    assert found
    assert found.confidence < 0.95


def test_the_same_answer_to_several_people_is_only_noted() -> None:
    """Helpers repeat themselves."""
    talk = Talk()
    answer = "Please read the first page of the handbook, the part on payments explains it well."

    found = [
        talk.says(answer, 600 * turn, channel=GENERAL + turn, reply_to="how do I get paid?")
        for turn in range(4)
    ]

    assert max(each.confidence for each in found if each) == 0.45


@pytest.mark.parametrize(
    "kind_words",
    [
        "Welcome to the community! Feel free to introduce yourself and ask whatever you like.",
        "Congratulations on your first contract, well deserved and many more to come!",
        "Thank you so much for taking the time to look at my proposal, it helps a lot!",
    ],
)
def test_kind_words_to_many_are_at_most_noted(kind_words: str) -> None:
    """Nobody is asked about somebody who welcomes people."""
    talk = Talk()

    found = [talk.says(kind_words, 300 * turn, channel=GENERAL + turn) for turn in range(5)]

    assert max(each.confidence for each in found if each) < 0.50


def test_kind_words_with_a_link_are_an_advertisement() -> None:
    """A welcome that carries a link gets no leniency."""
    talk = Talk()
    text = "Welcome everyone! Get your free design course here: https://example.com/course now"
    talk.says(text)
    talk.says(text, 60, channel=ART)

    found = talk.says(text, 120, channel=THIRD)

    assert found
    assert found.confidence == 0.97


@pytest.mark.parametrize("short", ["thanks!", "+1", "congrats!!", "ok", "same here", "lol", "👍"])
def test_short_answers_may_be_repeated(short: str) -> None:
    """They are how people talk."""
    talk = Talk()

    assert [talk.says(short, 20 * turn) for turn in range(8)] == [None] * 8


def test_a_flood_of_the_same_few_words_asks() -> None:
    """Four times in ten minutes is no answer any more."""
    talk = Talk()

    found = [talk.says("check my gig now", 60 * turn) for turn in range(4)]

    assert [each and each.kind for each in found] == [None, None, None, "burst"]


def test_the_third_copy_of_a_short_sentence_only_asks() -> None:
    """Short sentences recur by chance; people look before anything goes."""
    talk = Talk()

    found = [talk.says("Check out my new portfolio!", 3600 * turn) for turn in range(3)]

    assert [each and each.confidence for each in found] == [None, None, 0.60]


def test_quoting_a_post_is_not_repeating_it() -> None:
    """Quoted words are somebody else's, even one's own earlier self's."""
    talk = Talk()
    talk.says(AD)

    assert talk.says(f"> {AD}\nI should have said that this is for one page only.", 600) is None


def test_an_edit_does_not_repeat_its_own_post() -> None:
    """Versions of one message are one message."""
    talk = Talk()
    written = post(AD, at=NOON)
    assert talk.judge(written) is None

    edited = replace(written, parts=(Part(Surface.CONTENT, AD + "!"),), edited_at=NOON)

    assert talk.judge(edited) is None


def test_a_post_is_compared_with_earlier_ones_only() -> None:
    """Whichever of two is judged first, the later one is the copy."""
    talk = Talk()
    first = post(AD, at=NOON, channel=GENERAL)
    second = post(AD, at=NOON + timedelta(seconds=600), channel=ART)

    assert talk.judge(second) is None
    assert talk.judge(first) is None
    found = talk.judge(second)
    assert found
    assert found.kind == "copy"


def test_posts_of_one_moment_are_told_apart_by_their_ids() -> None:
    """Time alone does not order two posts of the same second."""
    talk = Talk()
    talk.judge(post(AD, number=1, channel=GENERAL))

    assert talk.judge(post(AD, number=0, channel=ART)) is None
    assert talk.judge(post(AD, number=2, channel=ART)) is not None


def test_a_post_whose_author_deleted_the_earlier_one_is_no_copy() -> None:
    """Who takes a post back and posts it better repeats nothing."""
    talk = Talk()
    first = post(AD, at=NOON)
    talk.judge(first)
    talk.memory.forget_message(first.id)

    assert talk.says(AD, 300) is None


def test_one_text_by_several_accounts_asks() -> None:
    """From the third account on; two people may share a joke."""
    talk = Talk()

    found = [
        talk.says(AD, 600 * turn, author=author) for turn, author in enumerate((ADA, BEA, CYD))
    ]

    assert [each and each.kind for each in found] == [None, None, "several-accounts"]
    assert found[2]
    assert found[2].confidence == 0.80


def test_short_texts_by_several_accounts_are_left_alone() -> None:
    """Everybody says congrats."""
    talk = Talk()

    assert [
        talk.says("congratulations to the winners of the contest!", author=author)
        for author in range(1, 9)
    ] == [None] * 8


def test_an_app_is_at_most_noted() -> None:
    """Reminders and feeds repeat themselves by design."""
    talk = Talk()

    found = [
        talk.says(AD, 600 * turn, channel=GENERAL + turn, kind=AuthorKind.APP) for turn in range(5)
    ]

    assert max(each.confidence for each in found if each) < 0.50


def test_east_asian_letters_count_for_more() -> None:
    """A sentence of twenty characters is as long as an English one."""
    talk = Talk()
    text = "我可以帮你做网站，价格便宜，速度快，欢迎联系我。"
    talk.says(text)

    assert talk.says(text, 600, channel=ART) is not None


def test_posts_without_an_author_are_not_judged() -> None:
    """Nobody repeats what nobody wrote."""
    talk = Talk()
    talk.says(AD)

    assert talk.judge(replace(post(AD, number=9, channel=ART), remembered=False)) is None


def test_a_full_memory_costs_a_post_little() -> None:
    """Looking for copies does not walk through thousands of posts."""
    memory = GuildMemory(timedelta(days=3), 5000)
    for number in range(5000):
        text = f"{AD} and number {number} of many other things " * 8
        when = NOON + timedelta(seconds=number)
        memory.remember(RememberedPost(number, number % 50, GENERAL, when, text[:1000]))
    written = post(f"{AD} and number of many other things " * 8, at=NOON + timedelta(hours=2))
    screened, _ = prepare(written, policy().bounds, NUMBERS)
    compared = Counting(memory)

    list(DETECTOR(screened, compared))

    assert compared.yielded <= 4 * 31


class Counting(GuildMemory):
    """A memory that counts what is taken from it."""

    def __init__(self, memory: GuildMemory) -> None:
        super().__init__(timedelta(days=3), 5000)
        self._memory = memory
        self.yielded = 0

    def recent(self, author, before, seconds):  # type: ignore[no-untyped-def]
        """Count an author's posts."""
        return self._counted(self._memory.recent(author, before, seconds))

    def others(self, author, before, seconds):  # type: ignore[no-untyped-def]
        """Count others' posts."""
        return self._counted(self._memory.others(author, before, seconds))

    def copies(self, text, before, seconds):  # type: ignore[no-untyped-def]
        """Count copies."""
        return self._counted(self._memory.copies(text, before, seconds))

    def _counted(self, posts):  # type: ignore[no-untyped-def]
        for each in posts:
            self.yielded += 1
            yield each


TEXTS = st.sampled_from([AD, AD.upper(), QUESTION, AD.replace("fast", "quick"), "thanks!", "hm"])


@given(st.lists(st.tuples(TEXTS, st.sampled_from([ADA, BEA]), st.integers(0, 9)), max_size=9))
@settings(max_examples=40, deadline=None)
def test_judging_again_gives_the_same_evidence(said: list[tuple[str, int, int]]) -> None:
    """A restart that judges the same posts again finds the same."""
    talk = Talk()
    posts = [
        post(text, at=NOON + timedelta(minutes=7 * turn), author=author, channel=GENERAL + channel)
        for turn, (text, author, channel) in enumerate(said)
    ]
    first = [talk.judge(each) for each in posts]

    assert [talk.judge(each) for each in posts] == first


def test_own_words_join_the_parts_an_author_wrote() -> None:
    """A poll and its question are one text."""
    parts = (Part(Surface.CONTENT, "Vote now"), Part(Surface.POLL, "Cats or dogs?"))
    screened, _ = prepare(post(parts=parts), policy().bounds, {})

    assert own_words(screened) == "vote now cats or dogs?"
