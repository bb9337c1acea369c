"""What discord.py really sends, held against Discord's contract."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import discord
import pytest
from aiohttp import ClientSession, web
from discord import app_commands
from discord.http import HTTPClient, Route, handle_message_parameters
from discord.webhook.async_ import (
    AsyncWebhookAdapter,
    interaction_message_response_params,
    interaction_response_params,
)

from bot.sandbox.contract import Contract
from bot.sandbox.contract_document import ContractDocument
from bot.sandbox.seam import API_PREFIX, json_response
from tests.sandbox.app_under_layer import OPENAPI, serving
from tests.sandbox.checked_discord import NEEDS_OPENAPI

pytestmark = NEEDS_OPENAPI


class Sender:
    """discord.py's HTTP client, against an application that answers anything with ``{}``."""

    def __init__(self, http: HTTPClient, session: ClientSession) -> None:
        self.http = http
        self.webhooks = AsyncWebhookAdapter()
        self.session = session


@pytest.fixture(scope="module")
def document() -> ContractDocument:
    """The compiled contract."""
    return ContractDocument.load(OPENAPI)


@contextmanager
def pointed_at(base: str) -> Iterator[None]:
    """Let discord.py speak to this address."""
    official = Route.BASE
    Route.BASE = f"{base}{API_PREFIX}"
    try:
        yield
    finally:
        Route.BASE = official


@pytest.fixture
async def contract(document: ContractDocument) -> Contract:
    """A fresh contract."""
    return Contract(document)


@pytest.fixture
async def sender(contract: Contract) -> AsyncIterator[Sender]:
    """discord.py, logged in behind the contract."""

    async def anything(_request: web.Request) -> web.StreamResponse:
        return json_response({})

    async with serving(contract, ("* /{path:.*}", anything)) as base:
        with pointed_at(base):
            http = HTTPClient(asyncio.get_running_loop())
            await http.static_login("a token")
            async with ClientSession() as session:
                yield Sender(http, session)
            await http.close()


def an_embed() -> discord.Embed:
    """Return an embed with every part that a notice may have."""
    embed = discord.Embed(title="t", description="d", color=255, url="https://example.org/x")
    embed.timestamp = discord.utils.utcnow()
    embed.add_field(name="n", value="v", inline=False)
    embed.set_footer(text="f")
    embed.set_author(name="a")
    return embed


def a_view() -> discord.ui.View:
    """Return a view with a button and a select."""
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="l", custom_id="case:1:uphold"))
    view.add_item(discord.ui.Select(options=[discord.SelectOption(label="l")]))
    return view


def a_layout() -> discord.ui.LayoutView:
    """Return a view of the second kind of components."""
    layout = discord.ui.LayoutView()
    layout.add_item(discord.ui.Container(discord.ui.TextDisplay("t"), accent_colour=3))
    return layout


def a_modal() -> discord.ui.Modal:
    """Return a modal with labels, a text input, a select and a file upload."""
    modal = discord.ui.Modal(title="t")
    modal.add_item(discord.ui.Label(text="l", component=discord.ui.TextInput()))
    options = [discord.SelectOption(label="l")]
    modal.add_item(discord.ui.Label(text="l", component=discord.ui.Select(options=options)))
    modal.add_item(discord.ui.Label(text="l", component=discord.ui.FileUpload(required=False)))
    modal.add_item(discord.ui.TextDisplay("t"))
    return modal


def mentions() -> discord.AllowedMentions:
    """Return mentions of one user and one role."""
    return discord.AllowedMentions(
        everyone=False,
        users=[discord.Object(5)],
        roles=[discord.Object(6)],
        replied_user=False,
    )


def commands() -> list[dict[str, object]]:
    """Return slash commands, a group and a context menu as discord.py registers them."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))

    @tree.command(description="d")
    async def check(
        _interaction: discord.Interaction,
        text: str,
        number: app_commands.Range[int, 1, 5] = 1,
        who: discord.Member | None = None,
    ) -> None:
        """Take options of several types."""

    group = app_commands.Group(
        name="case", description="d", default_permissions=discord.Permissions(8), guild_only=True
    )

    @group.command(description="d")
    @app_commands.choices(outcome=[app_commands.Choice(name="n", value="v")])
    async def decide(_interaction: discord.Interaction, outcome: str) -> None:
        """Take a choice."""

    tree.add_command(group)

    @tree.context_menu(name="Notify Moderator")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def notify(_interaction: discord.Interaction, _message: discord.Message) -> None:
        """Stand in the menu of a message."""

    kinds = (discord.AppCommandType.chat_input, discord.AppCommandType.message)
    return [command.to_dict(tree) for kind in kinds for command in tree.get_commands(type=kind)]


CALLS: dict[str, Callable[[Sender], Awaitable[object]]] = {
    "create message": lambda to: to.http.send_message(
        1,
        params=handle_message_parameters(
            "c",
            embed=an_embed(),
            allowed_mentions=mentions(),
            nonce="case-1-notice",
            message_reference=discord.MessageReference(
                message_id=9, channel_id=8, guild_id=7, fail_if_not_exists=False
            ).to_dict(),
            view=a_view(),
            flags=discord.MessageFlags(suppress_embeds=True),
        ),
    ),
    "create message of components": lambda to: to.http.send_message(
        1, params=handle_message_parameters(view=a_layout())
    ),
    "create message with a file": lambda to: to.http.send_message(
        1, params=handle_message_parameters("c", file=discord.File(io.BytesIO(b"x"), "a.txt"))
    ),
    "edit message": lambda to: to.http.edit_message(
        1,
        2,
        params=handle_message_parameters(
            "c", embed=an_embed(), attachments=[], allowed_mentions=mentions(), view=None
        ),
    ),
    "delete message": lambda to: to.http.delete_message(1, 2, reason="ünneeded"),
    "bulk delete": lambda to: to.http.delete_messages(1, [2, 3], reason="r"),
    "history after": lambda to: to.http.logs_from(1, 100, after=5),
    "history around": lambda to: to.http.logs_from(1, 100, around=5),
    "get message": lambda to: to.http.get_message(1, 2),
    "create DM": lambda to: to.http.start_private_message(5),
    "thread at a message": lambda to: to.http.start_thread_with_message(
        1, 2, name="n", auto_archive_duration=1440
    ),
    "private thread": lambda to: to.http.start_thread_without_message(
        1, name="n", auto_archive_duration=1440, type=12, invitable=False
    ),
    "forum post": lambda to: to.http.start_thread_in_forum(
        1,
        params=handle_message_parameters(
            "c", embed=an_embed(), channel_payload={"name": "n", "auto_archive_duration": 60}
        ),
    ),
    "add thread member": lambda to: to.http.add_user_to_thread(1, 2),
    "lock thread": lambda to: to.http.edit_channel(1, archived=True, locked=True),
    "active threads": lambda to: to.http.get_active_threads(1),
    "archived threads": lambda to: to.http.get_public_archived_threads(1, limit=50),
    "audit log": lambda to: to.http.get_audit_logs(
        1, limit=100, after=4, user_id=3, action_type=72
    ),
    "add role": lambda to: to.http.add_role(1, 2, 3, reason="r"),
    "remove role": lambda to: to.http.remove_role(1, 2, 3),
    "roles of a member": lambda to: to.http.edit_member(1, 2, roles=[1, 2], nick="n"),
    "time-out": lambda to: to.http.edit_member(
        1,
        2,
        communication_disabled_until=(discord.utils.utcnow() + timedelta(hours=1)).isoformat(),
        reason="r",
    ),
    "lift time-out": lambda to: to.http.edit_member(1, 2, communication_disabled_until=None),
    "own nickname": lambda to: to.http.edit_my_member(1, nick="n"),
    "ban": lambda to: to.http.ban(1, 2, 0, reason="r"),
    "unban": lambda to: to.http.unban(1, 2),
    "bulk ban": lambda to: to.http.bulk_ban(1, [2, 3], 0),
    "kick": lambda to: to.http.kick(1, 2),
    "get ban": lambda to: to.http.get_ban(1, 2),
    "overwrite": lambda to: to.http.edit_channel_permissions(1, 2, "1024", "0", 1),
    "remove overwrite": lambda to: to.http.delete_channel_permissions(1, 2),
    "create channel": lambda to: to.http.create_channel(
        1, 0, name="n", permission_overwrites=[{"id": 1, "type": 0, "allow": 0, "deny": 1024}]
    ),
    "create role": lambda to: to.http.create_role(1, name="n", permissions="0", color=0),
    "edit role": lambda to: to.http.edit_role(1, 2, permissions="8"),
    "get guild": lambda to: to.http.get_guild(1),
    "get guilds": lambda to: to.http.get_guilds(200),
    "get member": lambda to: to.http.get_member(1, 2),
    "get members": lambda to: to.http.get_members(1, 1000, None),
    "get channel": lambda to: to.http.get_channel(1),
    "get user": lambda to: to.http.get_user(1),
    "react": lambda to: to.http.add_reaction(1, 2, "✅"),
    "typing": lambda to: to.http.send_typing(1),
    "pin": lambda to: to.http.pin_message(1, 2),
    "application": lambda to: to.http.application_info(),
    "commands": lambda to: to.http.bulk_upsert_global_commands(1, commands()),
    "commands of a guild": lambda to: to.http.bulk_upsert_guild_commands(1, 2, commands()),
    "defer": lambda to: to.webhooks.create_interaction_response(
        1, "token", session=to.session, params=interaction_response_params(5, {"flags": 64})
    ),
    "answer an interaction": lambda to: to.webhooks.create_interaction_response(
        1,
        "token",
        session=to.session,
        params=interaction_message_response_params(
            type=4,
            content="c",
            flags=discord.MessageFlags(ephemeral=True),
            embed=an_embed(),
            view=a_view(),
        ),
    ),
    "open a modal": lambda to: to.webhooks.create_interaction_response(
        1,
        "token",
        session=to.session,
        params=interaction_response_params(9, a_modal().to_dict()),
    ),
    "follow up": lambda to: to.webhooks.execute_webhook(
        1,
        "token",
        session=to.session,
        payload=handle_message_parameters("c", flags=discord.MessageFlags(ephemeral=True)).payload,
        wait=True,
    ),
    "edit the answer": lambda to: to.webhooks.edit_webhook_message(
        1, "token", "@original", session=to.session, payload=handle_message_parameters("c").payload
    ),
}


@pytest.mark.parametrize("name", CALLS)
async def test_what_discordpy_sends_is_in_the_contract(
    sender: Sender, contract: Contract, name: str
) -> None:
    """The request passes, but for the deviations that are listed with their reasons."""
    before = contract.checked_requests

    await CALLS[name](sender)

    assert contract.checked_requests == before + 1
    assert [str(one) for one in contract.violations if not one.where.startswith("answer")] == []
