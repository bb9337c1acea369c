"""What `screen --jsonl` says about lines: ids come back, and bad lines get a sentence."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands._post_lines import LineError, read_line
from bot.commands._stream import Setting, Stream
from bot.screening import Screener
from tests.commands.words import ask, plain_screener

IDS = [
    "7",
    "-7",
    "1.50",
    "1e2",
    "1e999",
    "123456789012345678901234567890",
    '"a"',
    '""',
    '"\\ud800"',
]


@pytest.mark.parametrize("given_id", IDS)
def test_an_id_comes_back_as_it_was_given(given_id: str, alone: Stream) -> None:
    """A number keeps its form, a text its characters, also where the line gets an error."""
    good = alone.answer(f'{{"text": "x", "id": {given_id}}}'.encode())
    bad = alone.answer(f'{{"text": 5, "id": {given_id}}}'.encode())

    assert good is not None
    assert bad is not None
    assert good.startswith(f'{{"id": {given_id}, "action"')
    assert bad.startswith(f'{{"id": {given_id}, "error"')
    assert good.isascii()


BAD = [
    ("{", "the line is not JSON"),
    ("", "the line is empty; expected a JSON object"),
    ("  \t", "the line is empty; expected a JSON object"),
    ("[1]", "expected a JSON object"),
    ("null", "expected a JSON object"),
    ('"text"', "expected a JSON object"),
    ("[" * 100_000, "the line is not JSON that can be read (too deep)"),
    ('{"id": 1, "text": "x"} {}', "the line is not JSON"),
    ('{"id": NaN, "text": "x"}', "NaN is no JSON number"),
    ('{"id": 1, "id": 2, "text": "x"}', "the key 'id' is there twice"),
    ('{"id": ' + "1" * 5000 + ', "text": "x"}', "the line is not JSON that can be read"),
    ('{"text": "x"}', "id is missing"),
    ('{"id": 1}', "text is missing"),
    ('{"id": null, "text": "x"}', "id is null; expected a text or a number"),
    ('{"id": true, "text": "x"}', "id is true; expected a text or a number"),
    ('{"id": [1], "text": "x"}', "id is [1]; expected a text or a number"),
    ('{"id": 1, "text": 5}', "text is 5; expected a text"),
    ('{"id": 1, "text": null}', "text is null; expected a text"),
    ('{"id": 1, "text": ["x"]}', "text is ['x']; expected a text"),
    ('{"id": 1, "text": "x", "author": {}}', "author is a table; expected a text or a number"),
    ('{"id": 1, "text": "x", "auther": "a"}', "auther is an unknown key; expected one of id, text"),
    ('{"id": 1, "text": "x", "board": 5}', "board is 5; expected the name of a board"),
    ('{"id": 1, "text": "x", "board": "Talk"}', "board 'Talk' is unknown"),
    ('{"id": 1, "text": "x", "groups": "Makers"}', "expected a list of names of groups"),
    ('{"id": 1, "text": "x", "groups": ["Makers"]}', "group 'Makers' is unknown"),
    ('{"id": 1, "text": "x", "groups": [5]}', "groups is [5]; expected a list of names of groups"),
    ('{"id": 1, "text": "x", "at": "soon"}', "at is 'soon'; expected seconds since 1970 or an ISO"),
    ('{"id": 1, "text": "x", "at": true}', "at is true; expected seconds since 1970 or an ISO"),
    ('{"id": 1, "text": "x", "at": 1e300}', "at is 1e+300; expected seconds since 1970 or an ISO"),
    ('{"id": 1, "text": "x", "at": 1e999}', "expected seconds since 1970 or an ISO 8601 time"),
    ('{"id": 1, "text": "x", "at": "1700-01-01"}', "from the year 1900 to the year 9000"),
    (
        '{"id": 1, "text": "x", "exceptions": ["hate"]}',
        "exceptions is ['hate']; expected an object",
    ),
    ('{"id": 1, "text": "x", "exceptions": {"alow": []}}', "exceptions.alow is an unknown key"),
    ('{"id": 1, "text": "x", "exceptions": {"allow": "politics"}}', "expected a list of rule ids"),
    ('{"id": 1, "text": "x", "exceptions": {"allow": ["polite"]}}', "rule 'polite' is unknown"),
    ('{"id": 1, "text": "x", "exceptions": {"allow": ["hate"]}}', "rule 'hate' is never excepted"),
    ('{"id": 1, "text": "x", "exceptions": {"languages": ["Spanish"]}}', "a list of ISO 639-1"),
    ('{"id": 1, "text": "x", "exceptions": {"languages": ["xx"]}}', "['xx']; expected a list of"),
    ('{"id": ' + "1" * 5000 + "}", "(a number of 5000 digits is too long)"),
    ('{"event": "gone", "text": "x"}', "event is 'gone'; expected one of removed, sanctioned"),
    ('{"event": 5}', "event is 5; expected one of removed, sanctioned"),
    ('{"event": "removed"}', "text is missing"),
    ('{"event": "removed", "name": "x"}', "name is an unknown key"),
    ('{"event": "sanctioned", "name": 5}', "name is 5; expected a text"),
]


@pytest.mark.parametrize(("line", "said"), BAD)
def test_a_bad_line_gets_a_sentence(line: str, said: str, alone: Stream) -> None:
    """The sentence names key, value and what was expected; the next line is screened as ever."""
    bad = json.loads(alone.answer(line.encode()) or "")

    assert said in bad["error"], bad
    assert set(bad) <= {"id", "error"}
    assert alone.failed
    assert ask(alone, id=2, text="mail!remove")["action"] == "remove"


def test_every_rule_that_protects_people_refuses_to_be_allowed(
    screener: Screener, alone: Stream
) -> None:
    """Each such rule in `allow` is an error that names it."""
    never = [rule.id for rule in screener.guidelines.rules() if not rule.exceptable]

    said = [ask(alone, id=1, text="x", exceptions={"allow": [rule]})["error"] for rule in never]

    assert len(never) == 7
    assert all(
        f"rule '{rule}' is never excepted" in one for rule, one in zip(never, said, strict=True)
    )


def test_all_problems_of_a_line_come_together(alone: Stream) -> None:
    """One line, one sentence with everything that is wrong in it."""
    error = ask(alone, id=1, text=5, auther="a", groups="x")["error"]

    assert all(word in error for word in ("text is 5", "auther is an unknown key", "groups is 'x'"))


def test_bytes_that_are_no_text_are_an_error(alone: Stream) -> None:
    """A line that is not UTF-8 is refused with the place of the first such byte."""
    answer = alone.answer(b'{"id": 1, "text": "\xff"}')

    assert answer == '{"error": "byte 19 of the line is not UTF-8; expected UTF-8"}'


def test_null_says_the_same_as_leaving_a_key_out(alone: Stream) -> None:
    """What is optional may be null."""
    line = {"author": None, "board": None, "at": None, "groups": None, "exceptions": None}

    assert ask(alone, id=1, text="x", **line)["action"] == "allow"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_keys = st.sampled_from(
    ["id", "text", "author", "board", "at", "groups", "exceptions", "event", "name", "x"]
)


@settings(deadline=None)
@given(value=_json | st.dictionaries(_keys, _json))
def test_no_json_stops_the_run(value: object) -> None:
    """Whatever JSON a line holds, it gets one answer that is JSON, and it is not an exception."""
    stream = Stream(Setting(_SCREENER))
    answer = stream.answer(json.dumps(value).encode())

    if answer is not None:
        assert json.loads(answer).keys() & {"action", "error"}
        assert "\n" not in answer


@settings(deadline=None)
@given(line=st.binary(max_size=60))
def test_no_bytes_stop_the_run(line: bytes) -> None:
    """Whatever a line holds, it is read or refused in a sentence."""
    with suppress(LineError):
        assert read_line(line)


_SCREENER = plain_screener()
