"""From a report to what is committed: digests, bursts, cases with their intents."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.docket import asking, continues, continuing_rules, digest, draft, observations
from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import IntentDraft, IntentKind
from bot.model.post import AuthorKind, Part, PostFile, Surface
from bot.model.report import Failure, Report
from bot.model.snowflake import first_at
from bot.ports import CaseDraft, Observation
from tests.making import (
    ADA,
    BEA,
    GENERAL,
    GUILD,
    NOON,
    VERSIONS,
    case,
    case_post,
    finding,
    policy,
    post,
)

parts = st.lists(st.builds(Part, st.sampled_from(Surface), st.text(max_size=8)), max_size=3).map(
    tuple
)
tricky = st.lists(
    st.builds(
        Part,
        st.sampled_from((Surface.CONTENT, Surface.EMBED)),
        st.text("a\0\1\ud800content", max_size=20),
    ),
    max_size=3,
).map(tuple)


@given(st.one_of(parts, tricky), st.one_of(parts, tricky))
def test_versions_have_equal_digests_if_and_only_if_their_parts_are_equal(
    one: tuple[Part, ...], other: tuple[Part, ...]
) -> None:
    """Surfaces, texts and their borders all count."""
    assert (digest(post(parts=one)) == digest(post(parts=other))) is (one == other)


def test_no_text_can_pretend_to_be_two() -> None:
    """Signs that a digest might put between texts do not make two versions look alike."""
    two = (Part(Surface.CONTENT, "a"), Part(Surface.FILE_NAME, "b"))
    one = (Part(Surface.CONTENT, "a\1file-name\0b"),)
    assert digest(post(parts=one)) != digest(post(parts=two))


def test_a_digest_tells_nothing_but_the_texts() -> None:
    """Place, time and author are no part of a version."""
    assert digest(post("a")) == digest(
        post("a", at=NOON + timedelta(days=1), author=BEA, channel=1, board=None)
    )


def test_only_findings_worth_a_note_become_observations() -> None:
    """What asks for more goes into a case, what asks for nothing nowhere."""
    note = finding(Action.NOTE)
    report = Report((note, finding(Action.ALLOW)))
    one = post()

    assert observations(one, report) == (Observation(GUILD, one.id, GENERAL, ADA, NOON, note),)


def test_a_post_is_removed_for_the_rules_whose_findings_ask_for_it() -> None:
    """Sorted, each once."""
    report = Report(
        (
            finding(rule_id="vulgarity"),
            finding(rule_id="hate", start=4, end=5),
            finding(rule_id="hate"),
            finding(Action.REVIEW, rule_id="language"),
        )
    )
    assert continuing_rules(report) == ("hate", "vulgarity")


@pytest.mark.parametrize(
    ("apart", "belongs"),
    [
        (timedelta(), True),
        (timedelta(minutes=2), True),
        (timedelta(minutes=2, milliseconds=1), False),
        (timedelta(minutes=-2), True),
        (timedelta(minutes=-3), False),
    ],
)
def test_a_post_belongs_to_a_burst_by_the_times_of_the_posts_alone(
    apart: timedelta, *, belongs: bool
) -> None:
    """Within two minutes of the newest post of the case, before or after it."""
    older = case_post(message=1, at=NOON - timedelta(hours=1))
    whole = replace(case(older, case_post()), opened_at=NOON + timedelta(days=5))
    assert continues(whole, post(at=NOON + apart), "vulgarity", policy()) is belongs


def test_a_question_is_no_burst_and_neither_is_somebody_elses_case() -> None:
    """Only a removal is continued, and only by its own author."""
    asked = case(case_post(action=Action.REVIEW))
    assert not continues(asked, post(), "vulgarity", policy())
    assert not continues(case(), post(author=BEA), "vulgarity", policy())


BURST = policy().burst


def drafted(action: Action, *, log: bool = True, earlier=None, **changes):
    """Return the draft about a post with one finding."""
    report = Report((finding(action),))
    return draft(
        post(**changes),
        report,
        VERSIONS,
        NOON + timedelta(seconds=1),
        earlier=earlier,
        log=log,
        burst=BURST,
    )


def test_a_removal_deletes_tells_and_logs() -> None:
    """One intent each, with keys that a second draft would repeat."""
    one = post()
    assert drafted(Action.REMOVE).intents == (
        IntentDraft(IntentKind.DELETE, f"delete:{one.id}", GENERAL, one.id),
        IntentDraft(IntentKind.NOTICE, "notice", GENERAL, user=ADA),
        IntentDraft(IntentKind.LOG, "log"),
    )


def test_a_question_is_only_logged() -> None:
    """Nothing happens to the post, and its author is told nothing."""
    assert [one.kind for one in drafted(Action.REVIEW).intents] == [IntentKind.LOG]


def test_an_apps_post_is_removed_and_nobody_is_told() -> None:
    """There is nobody behind it."""
    kinds = [one.kind for one in drafted(Action.REMOVE, kind=AuthorKind.APP).intents]
    assert kinds == [IntentKind.DELETE, IntentKind.LOG]


def test_without_a_log_channel_nothing_is_logged() -> None:
    """No intent that could only fail."""
    continued = drafted(Action.REMOVE, log=False, earlier=case())
    assert [one.kind for one in continued.intents] == [IntentKind.DELETE, IntentKind.NOTICE]


def test_a_continued_case_has_its_line_brought_up_to_date_once_for_each_version() -> None:
    """The key names message and version."""
    first = drafted(Action.REMOVE, earlier=case(), text="a bad one").intents[-1]
    again = drafted(Action.REMOVE, earlier=case(), text="a bad one").intents[-1]
    other = drafted(Action.REMOVE, earlier=case(), text="another bad one").intents[-1]
    assert first.kind is IntentKind.LOG_EDIT
    assert first == again
    assert first.key != other.key


def test_a_draft_holds_what_was_judged_by_what_and_when() -> None:
    """Text, findings, digest, versions, and whether something failed."""
    report = Report((finding(Action.REVIEW),), (Failure("hate", "RuntimeError"),))
    one = post("an iffy post")
    held = draft(one, report, VERSIONS, NOON, earlier=None, log=True, burst=BURST)

    assert held.post.parts == one.parts
    assert held.post.findings == report.findings
    assert held.post.digest == digest(one)
    assert held.post.degraded
    assert held.post.action is Action.REVIEW
    assert (held.guidelines_version, held.screening_version) == ("1.0", "0.1.0+test")
    assert held.joins is None


def test_a_case_for_nothing_is_a_mistake() -> None:
    """Notes and less never open a case."""
    with pytest.raises(AssertionError, match="BUG"):
        drafted(Action.NOTE)


def test_a_repeat_belongs_to_the_case_of_the_first_one_also_when_that_only_asked() -> None:
    """Within the time that posts are remembered, and never to somebody else's case."""
    asked = case(case_post(action=Action.REVIEW))
    within, beyond = NOON + policy().memory, NOON + policy().memory + timedelta(seconds=1)

    assert continues(asked, post(at=within), "spam-repeat", policy())
    assert not continues(asked, post(at=beyond), "spam-repeat", policy())
    assert not continues(asked, post(at=within, author=BEA), "spam-repeat", policy())


def test_a_repeat_that_is_only_asked_about_may_continue_a_case() -> None:
    """Other questions open cases of their own."""
    report = Report(
        (
            finding(Action.REVIEW, rule_id="spam-repeat"),
            finding(Action.REVIEW, rule_id="solicitation"),
        )
    )

    assert continuing_rules(report) == ("spam-repeat",)


def test_a_closed_case_is_not_continued() -> None:
    """What a moderator has decided is over: a later post is a new matter, and is asked about."""
    closed = replace(case(case_post(action=Action.REMOVE)), state=CaseState.CLOSED)

    assert not continues(closed, post(), "vulgarity", policy())
    assert not continues(closed, post(), "spam-repeat", policy())


def told(at: timedelta, *earlier: timedelta, action: Action = Action.REMOVE) -> str:
    """Return the key of the notice on a post, given when the posts of its case were written."""
    posts = [
        case_post(message=first_at(NOON + one), at=NOON + one, action=action) for one in earlier
    ]
    held = drafted(Action.REMOVE, earlier=case(*posts) if posts else None, at=NOON + at)
    (notice,) = (one for one in held.intents if one.kind is IntentKind.NOTICE)
    assert notice.key == (f"notice:{notice.message}" if notice.message else "notice")
    return notice.key


def test_a_burst_has_one_notice_and_what_comes_later_has_its_own() -> None:
    """By the times of the removed posts: within two minutes of the last one is the same burst."""
    minute, late = timedelta(minutes=1), timedelta(hours=1)
    own = f"notice:{first_at(NOON + late)}"

    assert told(minute) == "notice"
    assert told(3 * minute, 0 * minute, 2 * minute) == "notice"
    assert told(late, 0 * minute, 2 * minute) == own
    assert told(late + 3 * minute, 0 * minute, late, late + 2 * minute) == own
    assert told(late, 0 * minute, late) == own, "another version of the same post"
    assert told(late - minute, 0 * minute, late) == own, "judged out of order"
    assert told(-minute, 0 * minute, late) == "notice", "judged out of order"
    assert told(late, 0 * minute, action=Action.REVIEW) == "notice", "nobody was told of a question"


class TestFiles:
    """Files of what is removed are kept for moderators, but for those nobody may look at."""

    FILE = PostFile(9, "cat.png", "https://cdn.example/cat.png", 10, "image/png")

    def _draft(self, rule: str, action: Action = Action.REMOVE, *, log: bool = True) -> CaseDraft:
        one = replace(post("a bad post"), files=(self.FILE,))
        report = Report((finding(action, rule_id=rule),))
        burst = policy().burst
        return draft(one, report, VERSIONS, NOON, earlier=None, log=log, burst=burst)

    def test_files_are_kept_before_the_post_goes(self) -> None:
        """The intent stands before the removal."""
        held = self._draft("vulgarity")

        kinds = [one.kind for one in held.intents]
        assert kinds[:2] == [IntentKind.EVIDENCE, IntentKind.DELETE]
        assert held.intents[0].message == held.post.message
        assert held.post.files == (self.FILE,)

    def test_of_a_childs_safety_nothing_is_fetched_and_nothing_leads_there(self) -> None:
        """Id and size are all that is kept."""
        held = self._draft("minor-safety")

        assert IntentKind.EVIDENCE not in {one.kind for one in held.intents}
        assert held.post.files == (replace(self.FILE, name="", address=""),)
        assert held.post.parts == ()
        assert held.post.digest

    def test_without_a_log_or_a_removal_there_is_nothing_to_keep(self) -> None:
        """The post stands, or there is nowhere to keep its files."""
        for held in (self._draft("vulgarity", log=False), self._draft("vulgarity", Action.REVIEW)):
            assert IntentKind.EVIDENCE not in {one.kind for one in held.intents}

    def test_what_is_asked_instead_of_removed_keeps_no_files(self) -> None:
        """The brake leaves the post where it is, and its files with it."""
        left = asking(self._draft("vulgarity").intents)

        assert [one.kind for one in left] == [IntentKind.LOG]
