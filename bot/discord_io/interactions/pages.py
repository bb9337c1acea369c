"""Cases, lists of cases and records as answers, page by page; any page can be asked for later."""

from collections.abc import Sequence

import discord

from bot.app import App
from bot.casebook.casebook import OWN_PER_PAGE, PER_PAGE, Listing
from bot.casebook.record import Record
from bot.discord_io.interactions.answers import Answer, Control
from bot.discord_io.interactions.controls import about_case, paging, pick_case, under_a_record
from bot.discord_io.render import DESCRIPTION, embed_of, fitted, panel
from bot.model.case import CaseState
from bot.model.dossier import Dossier
from bot.wording import paged

_QUIET = discord.Colour(0x5B6EAE)

_STATES = {
    CaseState.OPEN: "waits for a moderator",
    CaseState.ACTED: "not confirmed yet",
    CaseState.CLOSED: "decided",
}


def case_page(app: App, dossier: Dossier, page: int = 0) -> Answer:
    """Return a case with all that was decided and done, and what may be done about it.

    Args:
        app: for its words.
        dossier: the case.
        page: from 0; beyond the last, the last.
    """
    pages = paged(app.wording.case_page(dossier))
    shown = min(page, len(pages) - 1)
    turning = paging(f"case-page:{dossier.case.number}", shown, len(pages), row=1)
    return Answer((embed_of(pages[shown]),), (*about_case(dossier), *turning))


def list_page(app: App, listing: Listing) -> Answer:
    """Return a page of the cases that were looked for."""
    page = listing.page
    if not page.cases:
        return _panel("No case fits", ("Nothing was found. Try fewer options, or another time.",))
    entries = [app.wording.case_entry(one) for one in page.cases]
    title = f"{page.total} case{'' if page.total == 1 else 's'}"
    if listing.pages > 1:
        title += f" · page {listing.number + 1} of {listing.pages}"
    turning = paging(f"list:{listing.id}", listing.number, listing.pages, row=1)
    return _panel(title, entries, (*_opening(page.cases), *turning))


def record_page(app: App, record: Record) -> Answer:
    """Return a page of a member's record: for moderators, or for themselves; see its ``own``."""
    per_page = OWN_PER_PAGE if record.own else PER_PAGE
    pages, number = max(1, -(-record.total // per_page)), record.first // per_page
    prefix = f"my-record:{record.guild}" if record.own else f"record:{record.member}"
    opening = under_a_record(record.guild) if record.own else _opening(record.cases)
    controls = (*opening, *paging(prefix, number, pages, row=1))
    return Answer((embed_of(app.wording.record_page(record)),), controls)


def _opening(cases: Sequence[Dossier]) -> tuple[Control, ...]:
    return pick_case(
        [
            (one.case.number, f"{one.case.opened_at:%d %b %Y}, {_STATES[one.case.state]}")
            for one in cases
        ],
        row=0,
    )


def _panel(title: str, paragraphs: Sequence[str], controls: Sequence[Control] = ()) -> Answer:
    embed = panel(title, fitted(paragraphs, DESCRIPTION), _QUIET)
    return Answer((embed,), tuple(controls))
