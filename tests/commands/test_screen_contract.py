"""What `screen --jsonl` answers: actions, findings, offsets, exceptions and modes."""

import json
from dataclasses import replace

import pytest

from bot.commands._stream import Setting, Stream
from bot.screening import Screener
from tests.commands.words import ask


def test_an_answer_has_exactly_the_promised_keys(alone: Stream) -> None:
    """Id, action, findings and degraded; of a finding where, what, how sure and why."""
    answer = ask(alone, id="a", text="ok mail!remove")

    assert answer == {
        "id": "a",
        "action": "remove",
        "findings": [
            {
                "rule": "contact-info",
                "guideline": 3,
                "confidence": 0.97,
                "surface": "content",
                "start": 3,
                "end": 14,
                "action": "remove",
                "reason": "the word mail",
            }
        ],
        "degraded": False,
    }


@pytest.mark.parametrize("word", ["note", "review", "remove"])
def test_the_action_is_what_the_evidence_is_worth(word: str, alone: Stream) -> None:
    """The strongest finding decides, by the thresholds of policy.toml."""
    answer = ask(alone, id=1, text=f"mail!weak mail!{word}")

    assert [one["action"] for one in answer["findings"]] == ["allow", word]
    assert answer["action"] == word


def test_a_rule_that_only_asks_never_removes(alone: Stream) -> None:
    """A language finding, however sure, is at most a review."""
    assert ask(alone, id=1, text="es!remove")["action"] == "review"


def test_findings_are_sorted_by_place_then_rule(alone: Stream) -> None:
    """The order does not depend on the order of detectors."""
    answer = ask(alone, id=1, text="damn!note mail!note damn!note")

    assert [(one["start"], one["rule"]) for one in answer["findings"]] == [
        (0, "vulgarity"),
        (10, "contact-info"),
        (20, "vulgarity"),
    ]


@pytest.mark.parametrize("before", ["", "é", "🌱🌱", "\ud83d ", "\x00\t", "e\u0301"])
def test_offsets_are_code_points_of_the_text_as_given(before: str, alone: Stream) -> None:
    """Emoji count one, a combining mark counts one, half a surrogate pair counts one."""
    text = f"{before}mail!remove"

    found = ask(alone, id=1, text=text)["findings"][0]

    assert text[found["start"] : found["end"]] == "mail!remove"


def test_a_group_counts_on_its_own_boards_only(here: Stream) -> None:
    """The group's exception holds on its board for its members, and nowhere and for nobody else."""
    post = {"id": 1, "text": "mail!remove"}

    home = ask(here, **post, board="Makers' bench", groups=["Makers"])
    away = ask(here, **post, board="Talk", groups=["Makers"])
    guest = ask(here, **post, board="Makers' bench")
    nowhere = ask(here, **post, groups=["Makers"])

    assert [one["action"] for one in (home, away, guest, nowhere)] == [
        "allow",
        "remove",
        "remove",
        "remove",
    ]
    assert "group 'Makers' permits contact-info" in home["findings"][0]["because"]
    assert "because" not in away["findings"][0]


def test_what_a_line_allows_stays_listed_with_the_reason(alone: Stream) -> None:
    """An exception takes the action away, not the finding, and touches its own rule only."""
    answer = ask(
        alone, id=1, text="mail!remove damn!review", exceptions={"allow": ["contact-info"]}
    )

    mail, damn = answer["findings"]
    assert (mail["action"], damn["action"], answer["action"]) == ("allow", "review", "review")
    assert mail["because"] == "allowed: the exceptions given with this post permit it"
    assert "because" not in damn


def test_languages_add_to_english(alone: Stream) -> None:
    """A language that is given is permitted, another is not."""
    given = ask(alone, id=1, text="es!review", exceptions={"languages": ["es", "fr"]})
    other = ask(alone, id=2, text="es!review", exceptions={"languages": ["fr"]})

    assert (given["action"], other["action"]) == ("allow", "review")
    assert "permit es, fr" in given["findings"][0]["because"]


def test_a_board_speaks_its_languages(here: Stream) -> None:
    """A board's own languages need no exception on the line."""
    assert ask(here, id=1, text="es!review", board="Español")["action"] == "allow"
    assert ask(here, id=2, text="es!review", board="Talk")["action"] == "review"


def test_modes_cap_only_when_asked_for(in_community: Setting) -> None:
    """Without --modes the action is what the evidence is worth, with it what the mode permits."""
    free = Stream(in_community)
    capped = Stream(replace(in_community, modes=True))
    posts = [
        {"id": 1, "text": "damn!remove", "board": "Talk"},
        {"id": 2, "text": "damn!remove", "board": "Makers' bench"},
        {"id": 3, "text": "mail!remove", "board": "Talk"},
    ]

    assert [ask(free, **post)["action"] for post in posts] == ["remove", "remove", "remove"]
    assert [ask(capped, **post)["action"] for post in posts] == ["review", "allow", "remove"]


def test_modes_without_a_community_only_observe(screener: Screener) -> None:
    """Until an admin has chosen a posture, nothing goes beyond an observation."""
    stream = Stream(Setting(screener, modes=True))

    answer = ask(stream, id=1, text="mail!remove")

    assert answer["action"] == "note"
    assert answer["findings"][0]["because"] == "the mode of contact-info here is observe"


def test_a_detector_that_fails_degrades_the_answer(alone: Stream) -> None:
    """What could not be checked is said, and nothing is removed for it."""
    answer = ask(alone, id=1, text="boom mail!remove")

    assert answer["degraded"] is True
    assert answer["action"] == "review"


def test_the_same_lines_give_the_same_answers(screener: Screener) -> None:
    """Nothing depends on the clock, on chance or on an earlier run."""
    lines = [
        json.dumps({"id": n, "text": f"mail!note {n % 3}", "author": n % 5}).encode()
        for n in range(50)
    ]

    runs = [
        [stream.answer(line) for line in lines] for stream in map(Stream, [Setting(screener)] * 2)
    ]

    assert runs[0] == runs[1]
