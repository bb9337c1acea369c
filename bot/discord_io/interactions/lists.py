"""Turning the pages of lists, cases and records, also after a restart; opening a case from one."""

from bot.discord_io.interactions.answers import Answer, Interaction, hold, refused, show
from bot.discord_io.interactions.controls import CASE_PAGE, LIST, OWN_RECORD, PICK, RECORD
from bot.discord_io.interactions.deciding import case_of
from bot.discord_io.interactions.pages import case_page, list_page, record_page
from bot.discord_io.interactions.people import as_staff
from bot.discord_io.interactions.presses import Press
from bot.ports import CaseQuery

NO_LIST = "This list is too old, or somebody else's; please ask for it again with /case list."


async def first_page(interaction: Interaction, query: CaseQuery) -> Answer:
    """Return the first page of the cases that a query finds."""
    app = interaction.client.app
    return list_page(app, await app.casebook.search(query, interaction.user.id))


class ListPress(Press, template=LIST):
    """Turns a page of a list of cases."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the page."""
        if not await hold(interaction, anew=False):
            return
        place = await as_staff(interaction)
        app = interaction.client.app
        listing = await app.casebook.turn(
            int(self.match["listing"]), interaction.user.id, int(self.match["page"])
        )
        if listing is None or listing.query.guild != place.guild.id:
            await show(interaction, refused((NO_LIST,), "Please ask again"))
        else:
            await show(interaction, list_page(app, listing))


class CasePagePress(Press, template=CASE_PAGE):
    """Turns a page of a case."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the page."""
        if await hold(interaction, anew=False):
            place = await as_staff(interaction)
            dossier = await case_of(interaction, place, int(self.match["number"]))
            page = int(self.match["page"])
            await show(interaction, case_page(interaction.client.app, dossier, page))


class PickCase(Press, template=PICK):
    """Opens a case from a list or a record."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the case in an answer of its own; the list stays."""
        if await hold(interaction):
            place = await as_staff(interaction)
            dossier = await case_of(interaction, place, int(self.chosen))
            await show(interaction, case_page(interaction.client.app, dossier))


class RecordPress(Press, template=RECORD):
    """Turns a page of a member's record."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the page."""
        if await hold(interaction, anew=False):
            place = await as_staff(interaction)
            app = interaction.client.app
            member, page = int(self.match["member"]), int(self.match["page"])
            record = await app.casebook.record(place.guild.id, member, number=page)
            await show(interaction, record_page(app, record))


async def own_record(interaction: Interaction, guild: int, page: int = 0) -> Answer:
    """Return a page of the record of whoever presses, on a server they may have left."""
    app = interaction.client.app
    user = interaction.user.id
    return record_page(app, await app.casebook.record(guild, user, own=True, number=page))


class OwnRecordPress(Press, template=OWN_RECORD):
    """Turns a page of somebody's own record."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show the page of whoever presses: nobody reads another's."""
        if await hold(interaction, anew=False):
            guild, page = int(self.match["guild"]), int(self.match["page"])
            await show(interaction, await own_record(interaction, guild, page))
