"""Every button and select of ours: its words, and the custom id that holds its whole state.

A custom id has at most 100 characters (Discord's documentation of components, August 2026); ids are
checked again at the press, for anybody may send any custom id that they have seen.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import discord

from bot.discord_io.interactions.answers import Control
from bot.model.case import CaseState
from bot.model.dossier import Dossier
from bot.model.guidelines import Rule
from bot.model.ruling import RulingKind
from bot.model.sanction import ENDLESS

Style = discord.ButtonStyle

DRAFT = r"draft:(?P<draft>[0-9]{1,19}):(?P<verb>confirm|why|change|cancel|look)"
CASE = r"case:(?P<number>[0-9]{1,9}):(?P<verb>show|decide|lift|void|note|edit|keep|confirm)"
CASE_PAGE = r"case-page:(?P<number>[0-9]{1,9}):(?P<page>[0-9]{1,6})"
LIST = r"list:(?P<listing>[0-9]{1,19}):(?P<page>[0-9]{1,6})"
PICK = r"pick-case"
RECORD = r"record:(?P<member>[0-9]{1,20}):(?P<page>[0-9]{1,6})"
OWN_RECORD = r"my-record:(?P<guild>[0-9]{1,20}):(?P<page>[0-9]{1,6})"
MINE = r"mine:(?P<guild>[0-9]{1,20}):(?P<verb>record|export|erase)"
ERASE = r"erase:(?P<guild>[0-9]{1,20}):(?P<verb>erase|keep)"
RESTORE = r"restore:(?P<rule>[a-z-]{1,40}):(?P<since>[0-9]{1,12}):(?P<verb>confirm|cancel|look)"
POST = (
    r"post:(?P<channel>[0-9]{1,20}):(?P<message>[0-9]{1,20}):(?P<rule>[a-z-]{1,40})"
    r":(?P<verb>rule|duration|remove|remove-warn|warn|remind|more|open)"
)
MOVED = r"moved:(?P<author>[0-9]{1,20})"
UNLOCK = r"unlock:(?P<thread>[0-9]{1,20})"

NO_RULE = "-"
"""In a custom id, where no rule is chosen."""


def button(
    label: str, custom_id: str, style: Style = Style.secondary, *, row: int = 0, off: bool = False
) -> Control:
    """Return a button.

    Args:
        label: at most 80 characters.
        custom_id: its whole state.
        style: how much it asks to be pressed.
        row: 0 to 4.
        off: whether it is shown and cannot be pressed.
    """
    return discord.ui.Button(label=label, custom_id=custom_id, style=style, row=row, disabled=off)


def select(
    placeholder: str, custom_id: str, options: Iterable[discord.SelectOption], *, row: int
) -> Control:
    """Return a select of one among several; it fills its row. The first 25 options are shown."""
    return discord.ui.Select(
        placeholder=placeholder, custom_id=custom_id, options=list(options)[:25], row=row
    )


def deciding(
    draft: int, confirm: str = "Confirm", *, unexplained: bool = False, row: int = 0
) -> tuple[Control, ...]:
    """Return the buttons under a preview.

    Args:
        draft: what waits.
        confirm: what is written on the first of them.
        unexplained: whether confirming asks why it is not what the ladder proposes.
        row: 0 to 4.
    """
    verb = "why" if unexplained else "confirm"
    return (
        button(confirm, f"draft:{draft}:{verb}", Style.danger, row=row),
        button("Change…", f"draft:{draft}:change", row=row),
        button("Cancel", f"draft:{draft}:cancel", row=row),
    )


def under_a_notice(guild: int) -> tuple[Control, ...]:
    """Return the button under a notice: it works for who is no member any more, too."""
    return (button("My record", f"mine:{guild}:record"),)


def under_a_record(guild: int) -> tuple[Control, ...]:
    """Return what somebody may do with what is held about them."""
    return (
        button("Take my data", f"mine:{guild}:export"),
        button("Erase my words…", f"mine:{guild}:erase"),
    )


def under_a_line(number: int, *, lifts: bool = False) -> tuple[Control, ...]:
    """Return the buttons under a line of the moderators' log about a case.

    Args:
        number: the case's.
        lifts: whether the line asks if its sanctions are to be lifted.
    """
    show = button(f"Show C-{number}", f"case:{number}:show")
    if not lifts:
        return (show,)
    return (button("Lift…", f"case:{number}:lift", Style.primary), show)


def asking_admins(draft: int) -> tuple[Control, ...]:
    """Return the button under what waits for an admin."""
    return (button("Look and decide", f"draft:{draft}:look", Style.primary),)


def about_case(dossier: Dossier, *, row: int = 0) -> tuple[Control, ...]:
    """Return what may be done about a case as it stands."""
    number = dossier.case.number
    found: list[Control] = []
    if dossier.case.posts and dossier.case.state is not CaseState.CLOSED:
        found.append(button("Decide…", f"case:{number}:decide", Style.primary, row=row))
    if dossier.case.state is CaseState.ACTED:
        found.append(button("It was right", f"case:{number}:confirm", Style.success, row=row))
    elif dossier.case.state is CaseState.OPEN:
        found.append(button("Nothing follows…", f"case:{number}:keep", row=row))
    if any(one.in_force and one.kind not in ENDLESS for one in dossier.sanctions):
        found.append(button("Lift…", f"case:{number}:lift", Style.primary, row=row))
    if any(one.kind in CHANGEABLE for one in dossier.rulings):
        found.append(button("Change…", f"case:{number}:edit", row=row))
    found.append(button("Note…", f"case:{number}:note", row=row))
    if dossier.case.state is not CaseState.OPEN and not is_voided(dossier):
        found.append(button("It was wrong…", f"case:{number}:void", Style.danger, row=row))
    return tuple(found)


CHANGEABLE = frozenset({RulingKind.DECIDED, RulingKind.BY_HAND})
"""Rulings whose words, rule and length may be changed."""


def is_voided(dossier: Dossier) -> bool:
    """Whether a case counts for nothing any more."""
    return bool(dossier.rulings) and dossier.rulings[-1].kind is RulingKind.VOIDED


def after_decision(number: int, *, lifts: bool, wrong: bool) -> tuple[Control, ...]:
    """Return what may be done about what has just been decided.

    Args:
        number: the case's.
        lifts: whether something in it can be ended early.
        wrong: whether it can be taken back: what was ordered, not what was changed about it.
    """
    found: list[Control] = []
    if lifts:
        found.append(button("Lift…", f"case:{number}:lift"))
    if wrong:
        found.append(button("It was wrong…", f"case:{number}:void"))
    return (*found, *under_a_line(number))


def paging(prefix: str, page: int, pages: int, *, row: int = 0) -> tuple[Control, ...]:
    """Return Previous and Next, or nothing for a single page.

    Args:
        prefix: the custom id up to the page's number.
        page: from 0.
        pages: how many there are.
        row: 0 to 4.
    """
    if pages < 2:
        return ()
    return (
        button("◀ Previous", f"{prefix}:{max(0, page - 1)}", row=row, off=page == 0),
        button("Next ▶", f"{prefix}:{page + 1}", row=row, off=page + 1 >= pages),
    )


def pick_case(cases: Sequence[tuple[int, str]], *, row: int) -> tuple[Control, ...]:
    """Return the select that opens one of the cases on a page; nothing where there are none.

    Args:
        cases: number and a few words of each, at most 25.
        row: 0 to 4.
    """
    if not cases:
        return ()
    options = [
        discord.SelectOption(label=f"C-{number}", value=str(number), description=words[:100])
        for number, words in cases
    ]
    return (select("Open a case…", PICK, options, row=row),)


def rules(custom_id: str, offered: Sequence[Rule], chosen: str | None, *, row: int) -> Control:
    """Return the select of rules; the first 25 are shown."""
    options = [
        discord.SelectOption(
            label=rule.label,
            value=rule.id,
            description=rule.id
            if rule.guideline is None
            else f"{rule.id}, guideline {rule.guideline}",
            default=rule.id == chosen,
        )
        for rule in offered
    ]
    return select("Which rule is it about?", custom_id, options, row=row)


def restoring(rule: str | None, since: datetime, *, waits: bool = False) -> tuple[Control, ...]:
    """Return the buttons under a preview of giving everything back.

    Args:
        rule: whose removals; None for any rule's.
        since: from then on.
        waits: whether an admin has to do it.
    """
    what = _restoring(rule, since)
    label = "Ask an admin" if waits else "Give them all back"
    style = Style.primary if waits else Style.danger
    return (button(label, f"{what}:confirm", style), button("Cancel", f"{what}:cancel"))


def asking_to_restore(rule: str | None, since: datetime) -> tuple[Control, ...]:
    """Return the button under what waits for an admin: giving everything back."""
    return (button("Look and decide", f"{_restoring(rule, since)}:look", Style.primary),)


def _restoring(rule: str | None, since: datetime) -> str:
    return f"restore:{rule or NO_RULE}:{int(since.timestamp())}"
