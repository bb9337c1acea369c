"""The pipeline: a failure is never silent, a rule that is off is not run, posts are remembered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import screening
from bot.detectors._detector import Detector, Examples
from bot.memory import GuildMemory
from bot.model.action import Action
from bot.model.decision import Decision
from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.mode import Mode
from bot.model.report import Failure, Report
from bot.model.screened import ScreenedPost
from bot.policy.terms import Permission, Terms
from tests.making import NOON, evidence, failing_detector, guidelines, post, screener


def memory() -> GuildMemory:
    """Return an empty memory."""
    return GuildMemory(timedelta(hours=72), 100)


def screened(text: str, terms: Terms | None = None, *more: Detector) -> Report:
    """Return the report on a post with some text."""
    return screener(*more).screen(post(text), memory(), terms or Terms())


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("hello", Action.ALLOW),
        ("meh", Action.NOTE),
        ("iffy", Action.REVIEW),
        ("bad", Action.REMOVE),
        ("iffy and bad", Action.REMOVE),
    ],
)
def test_a_post_is_worth_its_strongest_finding(text: str, action: Action) -> None:
    """From nothing to removal."""
    assert screened(text).decision.action is action


def test_a_permission_lets_its_rule_pass_and_the_finding_stays_listed() -> None:
    """Another rule's finding in the same post still acts."""
    terms = Terms((Permission("solicitation", "allowed: here"),))
    alone = screened("hire me", terms)
    both = screened("hire me, bad people", terms)
    assert alone.decision == Decision()
    assert [(f.action, f.because) for f in alone.findings] == [(Action.ALLOW, "allowed: here")]
    assert both.decision.action is Action.REMOVE
    assert len(both.findings) == 2


def test_a_detector_that_raises_makes_the_report_degraded_and_caps_it() -> None:
    """What the others found is kept, at REVIEW at most; the failure says whose it was."""
    report = screened("a bad boom", None, failing_detector("hate", "boom"))
    assert report.degraded
    assert report.failures == (Failure("hate", "RuntimeError"),)
    assert report.decision.action is Action.REVIEW


def test_a_failure_holds_no_words_of_the_member() -> None:
    """The error's own text may quote the post; it is not kept."""
    (failure,) = screened("boom", None, failing_detector("hate", "boom")).failures
    assert "words of the member" not in repr(failure)


def test_what_a_detector_saw_before_it_raised_is_kept() -> None:
    """As a question at most."""

    def find(_screened: ScreenedPost, _memory: Memory) -> Iterator[Evidence]:
        yield evidence("hate")
        raise RuntimeError

    report = screened("xyz", None, Detector("hate", find, Examples((), ())))
    assert [f.evidence.rule for f in report.findings] == ["hate"]
    assert report.decision.action is Action.REVIEW


def test_a_rule_that_is_off_is_not_run() -> None:
    """Its detector cannot even fail."""
    modes = {rule.id: Mode.ENFORCE for rule in guidelines().rules()}
    off = Terms(modes={**modes, "hate": Mode.OFF, "vulgarity": Mode.OFF})
    report = screened("a bad boom", off, failing_detector("hate", "boom"))
    assert report == Report()


def test_a_post_that_cannot_be_made_ready_is_degraded_and_does_not_stop_screening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever a text library may raise, the next post is screened as ever."""
    ready = screening.prepare

    def prepare(one, bounds, numbers):
        if "poison" in one.parts[0].text:
            raise RecursionError
        return ready(one, bounds, numbers)

    monkeypatch.setattr(screening, "prepare", prepare)
    remembered = memory()
    poisoned = screener().screen(post("poison, bad"), remembered, Terms())
    after = screener().screen(post("bad", number=1), remembered, Terms())
    screener().recall(post("poison", number=2), remembered, Decision())

    assert poisoned.degraded
    assert poisoned.failures == (Failure("unread", "RecursionError"),)
    assert poisoned.decision == Decision()
    assert after.decision.action is Action.REMOVE


def test_warming_up_reaches_every_detector_and_none_can_stop_the_start() -> None:
    """It is no promise about any post: what fails then fails visibly later."""
    asked: list[str] = []

    def find(screened: ScreenedPost, _memory: Memory) -> Iterator[Evidence]:
        asked.append(screened.post.parts[0].text)
        yield from ()
        raise RuntimeError

    screener(Detector("hate", find, Examples((), ()))).warm_up()

    assert len(asked) == 1


def test_a_post_is_remembered_after_it_was_judged_with_what_was_decided() -> None:
    """Memory then knows whether it was removed."""
    remembered = memory()
    screener().screen(post("bad"), remembered, Terms())
    screener().screen(post("fine", number=1), remembered, Terms())
    known = {one.text: one.removed for one in remembered.recent(post().author, NOON, 60)}
    assert known == {"bad": True, "fine": False}


def test_the_same_posts_in_the_same_order_give_the_same_reports() -> None:
    """Memory of earlier posts included: the third copy is found each time."""

    def run() -> list[Report]:
        remembered, one = memory(), screener()
        texts = ("buy this now", "hello", "buy this now", "buy this now", "bad")
        return [one.screen(post(t, number=n), remembered, Terms()) for n, t in enumerate(texts)]

    first = run()
    assert first == run()
    assert [report.decision.action for report in first] == [
        Action.ALLOW,
        Action.ALLOW,
        Action.ALLOW,
        Action.REMOVE,
        Action.REMOVE,
    ]


def test_recalling_remembers_as_judging_does() -> None:
    """Two recalled copies and a third that is judged are three copies."""
    remembered = memory()
    for number in range(2):
        screener().recall(post("buy this now", number=number), remembered, Decision())
    report = screener().screen(post("buy this now", number=2), remembered, Terms())
    assert [f.evidence.rule for f in report.findings] == ["spam-repeat"]
