"""Entries of the audit log become values, as their event and as the log brings them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.discord_io.audit_log import DiscordAuditLog, act_of
from bot.model.manual_act import ActKind, ManualAct
from bot.model.snowflake import first_at
from bot.ports import AuditPage, Delivery, Outcome
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.permissions import Permission
from tests.discord_io.simulated import Server, server
from tests.making import ADA, BEA, GENERAL, GUILD, NOON

ME, BOT = 599, 588
BLOCK = ActKind.AUTOMOD_BLOCK
LOG = "GET /guilds/{guild_id}/audit-logs"


def entry(action: int, **changes: Any) -> dict[str, Any]:
    """Return an entry of Bea's about Ada."""
    whole = {
        "id": str(first_at(NOON)),
        "action_type": action,
        "user_id": str(BEA),
        "target_id": str(ADA),
    }
    return whole | changes


def read(action: int, **changes: Any) -> ManualAct | None:
    """Read an entry."""
    return act_of(entry(action, **changes), GUILD, ME, {BOT}.__contains__)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        (20, ActKind.KICK),
        (22, ActKind.BAN),
        (23, ActKind.UNBAN),
        (25, ActKind.ROLES),
        (145, ActKind.AUTOMOD_TIMEOUT),
        (146, ActKind.AUTOMOD_QUARANTINE),
    ],
)
def test_what_concerns_sanctions_is_read(action: int, kind: ActKind) -> None:
    """With who, whom, when and why."""
    act = read(action, reason="spam")

    assert act == ManualAct(first_at(NOON), GUILD, kind, BEA, ADA, NOON, reason="spam")
    assert act.by_staff


@pytest.mark.parametrize("action", [1, 10, 21, 26, 27, 28, 30, 60, 73, 110, 140, 144, 192])
def test_everything_else_is_not(action: int) -> None:
    """Channels, prunes, voice, roles themselves, webhooks, deletions in bulk, AutoMod's alerts."""
    assert read(action) is None


@pytest.mark.parametrize(("action", "kind"), [(72, ActKind.POST_DELETED), (143, BLOCK)])
def test_where_a_post_was_deleted_or_kept_back_is_read(action: int, kind: ActKind) -> None:
    """From the options, with what the channel belongs to."""
    options = {"channel_id": "777", "count": "1", "auto_moderation_rule_name": "No pills"}
    one = entry(action, options=options)
    act = act_of(one, GUILD, ME, {BOT}.__contains__, lambda channel: (channel, GENERAL))
    nowhere = read(action, options={"channel_id": ""})

    assert act is not None
    assert (act.kind, act.channel, act.places) == (kind, 777, (777, GENERAL))
    assert act.automod_rule == "No pills"
    assert nowhere is not None
    assert (nowhere.channel, nowhere.places) == (None, ())


@pytest.mark.parametrize(
    ("change", "denied"),
    [
        ({"new_value": "3072"}, 3072),
        ({"old_value": "1024", "new_value": "3072"}, 2048),
        ({"old_value": "3072", "new_value": "1024"}, 0),
        ({"old_value": "3072"}, 0),
    ],
)
def test_what_is_denied_from_then_on_is_read(change: dict[str, str], denied: int) -> None:
    """What was denied before is nothing new, what is given back neither."""
    options = {"id": str(ADA), "type": "1"}
    act = read(14, target_id="201", options=options, changes=[{"key": "deny"} | change])

    assert act is not None
    assert act.denied == denied


def test_a_timeout_is_told_from_other_changes_of_a_member() -> None:
    """Its end; none where it was ended; a nickname is nobody's sanction."""
    until = (NOON + timedelta(hours=1)).isoformat()
    key = "communication_disabled_until"
    given = read(24, changes=[{"key": "nick", "new_value": "A"}, {"key": key, "new_value": until}])
    ended = read(24, changes=[{"key": key, "old_value": until}])

    assert given is not None
    assert (given.kind, given.until) == (ActKind.TIMEOUT, NOON + timedelta(hours=1))
    assert ended is not None
    assert (ended.kind, ended.until) == (ActKind.TIMEOUT, None)
    assert read(24, changes=[{"key": "nick", "new_value": "A"}]) is None
    assert read(24) is None


def test_roles_given_and_taken_are_read() -> None:
    """Both may stand in one entry; what an integration does is no person's doing."""
    changes = [
        {"key": "$add", "new_value": [{"id": "401", "name": "Painters"}]},
        {"key": "$remove", "new_value": [{"id": "402", "name": "Moderators"}]},
    ]
    act = read(25, changes=changes)
    synced = read(25, changes=changes, options={"integration_type": "twitch"})

    assert act is not None
    assert (act.given, act.taken) == (frozenset({401}), frozenset({402}))
    assert act.by_staff
    assert synced is not None
    assert not synced.by_staff


@pytest.mark.parametrize("action", [13, 14, 15])
@pytest.mark.parametrize("kind", ["1", 1])
def test_a_members_overwrite_is_read_also_of_who_has_left(action: int, kind: object) -> None:
    """Whom it is for stands in the options; the target is the channel."""
    act = read(action, target_id="201", options={"id": str(ADA), "type": kind})

    assert act is not None
    assert (act.kind, act.target, act.channel) == (ActKind.OVERWRITE, ADA, 201)


def test_a_roles_overwrite_is_not() -> None:
    """It is about no member."""
    assert read(13, target_id="201", options={"id": "401", "type": "0"}) is None


def test_bots_members_and_concord_are_told_apart() -> None:
    """By account; a member who chooses their own roles is no moderator."""
    bot, own, self_made, to_bot = (
        read(25, user_id=str(BOT)),
        read(25, user_id=str(ME)),
        read(25, user_id=str(ADA)),
        read(20, target_id=str(BOT)),
    )

    assert bot is not None and bot.by_app and not bot.by_staff  # noqa: PT018 - one entry
    assert own is not None and own.by_concord  # noqa: PT018 - one entry
    assert self_made is not None and not self_made.by_staff  # noqa: PT018 - one entry
    assert to_bot is not None and to_bot.to_app  # noqa: PT018 - one entry


@pytest.fixture
async def here(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """A server whose audit log Concord may read."""
    async with server(monkeypatch) as one:
        yield one


async def test_the_log_is_read_oldest_first_from_an_entry_on(here: Server) -> None:
    """In pages of a hundred."""
    mo = here.moderator.as_moderator
    start = first_at(here.sim.clock.now())
    for hours in range(1, 131):
        await mo.times_out(here.ada, timedelta(hours=hours))
    log = DiscordAuditLog(here.bot, here.clock)

    first = await log.page(here.guild.id, start)
    assert isinstance(first, AuditPage)
    assert first.last is not None
    second = await log.page(here.guild.id, first.last)
    assert isinstance(second, AuditPage)

    assert (first.entries, first.more, second.more) == (100, True, False)
    acts = [*first.acts, *second.acts]
    ids = [act.entry for act in acts]
    assert ids == sorted(set(ids))
    assert len(ids) == 130
    assert {(act.actor, act.target, act.by_staff) for act in acts} == {
        (here.moderator.id, here.ada.id, True)
    }


async def test_a_bot_is_known_as_one_by_the_log_itself(here: Server) -> None:
    """Also once it has left."""
    helper = await here.guild.member(
        "Helper", bot=True, roles=[await here.guild.administrator_role()]
    )
    start = first_at(here.sim.clock.now())
    await helper.as_moderator.takes_role(here.ada, here.painters)
    await helper.leaves()

    page = await DiscordAuditLog(here.bot, here.clock).page(here.guild.id, start)

    assert isinstance(page, AuditPage)
    (act,) = [one for one in page.acts if one.target == here.ada.id]
    assert act.by_app
    assert act.taken == {here.painters.id}


async def test_what_cannot_be_read_is_an_outcome(
    here: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outage is asked again; a missing permission is named with what is lost."""
    here.sim.faults.next(LOG, Fault.UNAVAILABLE, 20)
    down = await DiscordAuditLog(here.bot, here.clock).page(here.guild.id, 0)
    assert isinstance(down, Outcome)
    assert down.delivery is Delivery.UNCERTAIN

    async with server(monkeypatch, BOT_PERMISSIONS & ~Permission.VIEW_AUDIT_LOG) as other:
        blind = await DiscordAuditLog(other.bot, other.clock).page(other.guild.id, 0)
    assert isinstance(blind, Outcome)
    assert blind.delivery is Delivery.REFUSED
    assert "lacks the permission View Audit Log" in blind.words


async def test_an_entry_nobody_can_read_hides_no_other(
    here: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is logged without its words."""
    start = first_at(here.sim.clock.now())
    await here.moderator.as_moderator.kicks(here.ada, "a reason")
    fetch = here.bot.http.get_audit_logs

    async def with_more(*args: Any, **more: Any) -> Any:
        answer = await fetch(*args, **more)
        broken = entry(22, id=str(start + 1), target_id="nobody", reason="a secret")
        answer["audit_log_entries"].append(broken)
        return answer

    monkeypatch.setattr(here.bot.http, "get_audit_logs", with_more)
    with capture_logs() as logs:
        page = await DiscordAuditLog(here.bot, here.clock).page(here.guild.id, start)

    assert isinstance(page, AuditPage)
    assert [act.kind for act in page.acts] == [ActKind.KICK]
    assert "a secret" not in str(logs)
    assert len(logs) == 1


async def test_a_channel_is_known_with_its_category_and_a_thread_with_its_board(
    here: Server,
) -> None:
    """What Concord does not see stands for itself."""
    start = first_at(here.sim.clock.now())
    thread = await here.ada.starts_thread(here.board, "A thread")
    post = await here.ada.says(thread, "A post.")
    await here.sim.until(lambda: here.known.get_thread(thread.id) is not None)
    await here.moderator.as_moderator.deletes(post)

    page = await DiscordAuditLog(here.bot, here.clock).page(here.guild.id, start)

    assert isinstance(page, AuditPage)
    (act,) = [one for one in page.acts if one.kind is ActKind.POST_DELETED]
    assert act.places[:2] == (thread.id, here.board.id)
