"""Buttons and forms are known by their custom ids alone, and what they set in motion is work."""

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from bot.activity import Activity
from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions import presses
from bot.discord_io.interactions.answers import Answer, Interaction, said
from bot.discord_io.interactions.case_buttons import AmendForm, CasePress
from bot.discord_io.interactions.controls import deciding, paging
from bot.discord_io.interactions.draft_buttons import DraftPress
from bot.discord_io.interactions.fields import choice, choices, filled_in, line, text
from bot.discord_io.interactions.presses import Form, Press, watch_presses

USER = {"id": "501", "username": "ada", "discriminator": "0", "avatar": None}


def client() -> tuple[ConcordClient, Activity]:
    """Return a client that watches presses and has never connected."""
    activity = Activity()
    one = ConcordClient(activity)
    one.use(SimpleNamespace(activity=activity))  # type: ignore[arg-type]
    watch_presses(one)
    return one, activity


def event(kind: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return INTERACTION_CREATE as Discord sends it."""
    return {
        "id": "1",
        "application_id": "2",
        "type": kind,
        "token": "t",
        "version": 1,
        "channel_id": "3",
        "user": USER,
        "data": dict(data),
        "attachment_size_limit": 1,
        "entitlements": [],
        "authorizing_integration_owners": {},
    }


def receive(one: ConcordClient, payload: Mapping[str, Any]) -> None:
    """Have the client parse an event."""
    one._connection.parsers["INTERACTION_CREATE"](payload)


async def test_every_button_and_form_of_the_package_is_known_from_the_start() -> None:
    """Nobody keeps a list of them; a class that is written is found."""
    one, _ = client()

    known = set(one._connection._view_store._dynamic_items.values())
    assert {CasePress, DraftPress} <= known
    assert Press not in known
    assert AmendForm in presses._every(Form)


async def test_no_two_buttons_or_forms_answer_to_the_same_custom_id() -> None:
    """One press is one thing."""
    ids = [
        *("draft:7:confirm", "draft:7:change", "case:7:lift", "case-page:7:1", "list:7:1"),
        *(
            "record:7:1",
            "my-record:7:1",
            "erase:7:erase",
            "mine:7:record",
            "pick-case",
            "moved:7",
            "unlock:7",
        ),
        *("restore:-:7:confirm", "restore:contact-info:7:cancel"),
        *("post:7:8:contact-info:remove", "post:7:8:-:rule"),
    ]
    templates = [one.__discord_ui_compiled_template__ for one in presses._every(Press)]

    assert {one: sum(bool(t.fullmatch(one)) for t in templates) for one in ids} == dict.fromkeys(
        ids, 1
    )


async def test_the_longest_custom_ids_fit_and_are_understood() -> None:
    """Discord takes 100 characters."""
    longest, rule = 10**19, "x" * 40
    ids = [
        f"post:{longest}:{longest}:{rule}:remove-warn",
        f"restore:{rule}:9999999999:confirm",
        f"my-record:{longest}:999999",
        f"draft:{10**18}:confirm",
    ]
    templates = [one.__discord_ui_compiled_template__ for one in presses._every(Press)]

    assert [one for one in ids if len(one) > 100] == []
    assert [one for one in ids if not any(t.fullmatch(one) for t in templates)] == []


async def test_a_form_is_understood_by_a_process_that_never_opened_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As after a restart while somebody was writing; what is filled in comes along."""
    got: list[tuple[str, Mapping[str, str]]] = []

    async def sent(self: AmendForm, interaction: Interaction, filled: Mapping[str, str]) -> None:
        got.append((self.match["number"], filled))

    monkeypatch.setattr(AmendForm, "sent", sent)
    one, activity = client()
    field = {"type": 18, "component": {"type": 4, "custom_id": "words", "value": " Sorry. "}}
    receive(one, event(5, {"custom_id": "amend:12:void", "components": [field]}))

    assert not activity.quiet
    await activity.until_quiet()
    assert got == [("12", {"words": "Sorry."})]
    assert one._connection._view_store._modals == {}


async def test_a_form_that_nobody_sends_is_not_kept() -> None:
    """Whoever closes it leaves nothing behind."""
    one, _ = client()
    shown: list[Form] = []

    async def send_modal(form: Form) -> None:
        shown.append(form)

    interaction = SimpleNamespace(response=SimpleNamespace(send_modal=send_modal))
    form = AmendForm("amend:12:void", "Void C-12", [text("words", "Note")])
    await form.open(interaction)  # type: ignore[arg-type]

    assert shown == [form]
    assert form.is_finished()
    assert one._connection._view_store._modals == {}


async def test_a_press_that_is_none_of_ours_is_let_be() -> None:
    """A button of an older version, or an invented one."""
    one, activity = client()
    data = {"custom_id": "unknown:7", "component_type": 2}
    receive(one, event(3, data))
    receive(one, event(5, {"custom_id": "unknown:7", "components": []}))

    assert activity.quiet


async def test_a_view_of_ours_is_never_kept_by_discordpy() -> None:
    """Or every preview would stay in memory for ever."""
    view = Answer(said("x").embeds, deciding(7)).view()

    assert view is not None
    assert view.is_finished()
    assert [item.custom_id for item in view.children] == [  # type: ignore[attr-defined]
        "draft:7:confirm",
        "draft:7:change",
        "draft:7:cancel",
    ]


async def test_pages_are_turned_only_where_there_are_some() -> None:
    """At both ends one of the two buttons cannot be pressed."""

    def ways(page: int, pages: int) -> list[tuple[str | None, bool]]:
        return [(one.custom_id, one.disabled) for one in paging("list:7", page, pages)]

    assert ways(0, 1) == []
    assert ways(0, 3) == [("list:7:0", True), ("list:7:1", False)]
    assert ways(1, 3) == [("list:7:0", False), ("list:7:2", False)]
    assert ways(2, 3) == [("list:7:1", False), ("list:7:3", True)]


async def test_what_is_filled_in_is_read_whatever_it_stands_in() -> None:
    """Labels, rows, texts, selects; several choices come joined."""
    data = {
        "components": [
            {"type": 18, "component": {"custom_id": "words", "value": " hello\n"}},
            {"type": 18, "component": {"custom_id": "what", "values": ["warning", "ban"]}},
            {"type": 18, "component": {"custom_id": "none", "values": []}},
            {"type": 1, "components": [{"custom_id": "old", "value": None}]},
            {"type": 10},
        ]
    }

    assert filled_in(data) == {"words": "hello", "what": "warning,ban", "none": "", "old": ""}


async def test_forms_keep_discords_limits() -> None:
    """Five fields, labels of 45 characters, hints of 100; what was said before is cut to fit."""

    class Long(Form):
        template: ClassVar[re.Pattern[str]] = re.compile("long")

    form = Long(
        "long",
        "Long",
        [
            line("a", "Label", "x" * 500, hint="Hint"),
            text("b", "Label", "y" * 5000),
            choice("c", "Label", (("yes", "Yes"), ("no", "No")), "yes"),
            choices("d", "Label", (("one", "One"), ("two", "Two"))),
        ],
    )
    parts = [one["component"] for one in form.to_dict()["components"]]

    assert [len(part.get("value", "")) for part in parts] == [200, 1000, 0, 0]
    assert [part.get("max_length") for part in parts] == [200, 1000, None, None]
    assert [part.get("max_values") for part in parts] == [None, None, 1, 2]
