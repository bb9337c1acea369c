"""Forms that are filled in with how it stands: what nobody touched in them changes nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import pytest

from bot.discord_io.interactions.case_buttons import AmendForm
from bot.discord_io.interactions.changing import ChangeForm, changed
from bot.discord_io.interactions.length_fields import retyped, shown_length
from bot.drafts import Draft
from bot.model.order import Amendment, Wanted
from bot.model.sanction import SanctionKind
from bot.text.durations import Length, said_end
from tests.making import ADA, BEA, GUILD, NOON
from tests.moderating import document, opened, order

DAY = timedelta(days=1)
DOCUMENT = document()
TIMEOUT = Wanted(SanctionKind.TIMEOUT, DAY)
ENDLESS = Wanted(SanctionKind.BAN)
LONG = Wanted(SanctionKind.BOARD_REMOVAL, timedelta(days=30), board="general")
WARNING = Wanted(SanctionKind.WARNING)


def stands(form: discord.ui.Modal, name: str) -> str | None:
    """Return what stands in a field of a form; None where there is no such field."""
    for label in form.children:
        field = label.component  # type: ignore[attr-defined]
        if field.custom_id == name:
            return str(field.default or "")
    return None


def draft(*sanctions: Wanted) -> Draft:
    """Return a draft of an order for these."""
    return Draft(1, GUILD, BEA, ADA, order(*sanctions), for_admin=False, until=NOON + DAY)


@pytest.mark.parametrize(
    ("lengths", "shown"),
    [
        ((), None),
        ((DAY,), "1 day"),
        ((DAY, DAY), "1 day"),
        ((None,), "forever"),
        ((DAY, timedelta(days=30)), ""),
        ((DAY, None), ""),
        ((timedelta(hours=5, microseconds=300),), "5 hours"),
    ],
)
def test_a_length_stands_in_a_form_only_where_it_is_the_length_of_all(
    lengths: tuple[timedelta | None, ...], shown: str | None
) -> None:
    """One of several may not stand for the others."""
    assert shown_length(map(Length, lengths)) == shown


@pytest.mark.parametrize(("typed", "shown"), [("1 day", "1 day"), ("", ""), ("", "1 day")])
def test_a_length_that_stands_as_it_stood_was_not_typed(typed: str, shown: str) -> None:
    """Emptying the field asks for nothing either."""
    assert retyped({"duration": typed}, shown) is None


def test_a_note_written_into_the_form_leaves_lengths_as_they_were() -> None:
    """Of a decision with several lasting sanctions, each keeps its own."""
    whole = order(TIMEOUT, LONG, ENDLESS, WARNING)
    form = ChangeForm.of(draft(*whole.sanctions))

    sent = {"words": "Please be kinder.", "duration": stands(form, "duration") or ""}
    after = changed(whole, sent, DOCUMENT, NOON)

    assert after.words == "Please be kinder."
    assert after.sanctions == whole.sanctions


def test_an_end_that_was_named_stands_in_the_form_and_stays_what_it_is() -> None:
    """Nobody's note moves it; typed anew, another one holds for all that lasts."""
    whole = order(Wanted(SanctionKind.TIMEOUT, until=NOON + DAY), WARNING)
    form = ChangeForm.of(draft(*whole.sanctions))

    shown = stands(form, "duration") or ""
    kept = changed(whole, {"duration": shown}, DOCUMENT, NOON + DAY / 2)
    other = changed(whole, {"duration": "until 2027-01-01 18:00"}, DOCUMENT, NOON)

    assert shown == said_end(NOON + DAY)
    assert kept == whole
    assert [one.until for one in other.sanctions] == [  # type: ignore[union-attr]
        datetime(2027, 1, 1, 18, tzinfo=UTC),
        None,
    ]


def test_a_length_that_is_typed_holds_for_all_that_lasts() -> None:
    """Who types one means it."""
    after = changed(order(TIMEOUT, LONG, WARNING), {"duration": "2 days"}, DOCUMENT, NOON)

    lengths = [one.duration for one in after.sanctions]  # type: ignore[union-attr]
    assert lengths == [2 * DAY, 2 * DAY, None]


@pytest.mark.asyncio
async def test_the_form_of_a_case_remembers_the_length_that_stood_in_it(tmp_path: Path) -> None:
    """So that a note alone moves no end, also where another moderator moved it meanwhile."""
    async with opened(tmp_path) as office:
        one = await office.carried(order(TIMEOUT))
        two = await office.carried(order(TIMEOUT, LONG, key="i2"))

        single = AmendForm.about(await office.dossier(one.case), Amendment.EDIT)
        several = AmendForm.about(await office.dossier(two.case), Amendment.EDIT)

    assert stands(single, "duration") == "1 day"
    assert retyped({"duration": "1 day"}, single.match["shown"]) is None
    assert retyped({"duration": "3 days"}, single.match["shown"]) == "3 days"
    assert stands(several, "duration") == ""
    assert retyped({"duration": ""}, several.match["shown"]) is None
