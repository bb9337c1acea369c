"""Discord's own AutoMod: what it blocks, whom it silences, whom it tells."""

from datetime import timedelta

import pytest

from bot.sandbox import ApiError, MemberHandle, Permission
from bot.sandbox.automod_rules import AutomodRule
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import EVERYTHING, GatewayClient
from tests.sandbox.rest_client import RestClient

WITH_AUTOMOD = EVERYTHING | (1 << 20) | (1 << 21)


@pytest.fixture
async def managing(community: Community) -> Community:
    """The community, where the bot may manage the guild."""
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    more = role.permissions | Permission.MANAGE_GUILD
    await community.guild.change_role(role, permissions=more)
    return community


async def refused(author: MemberHandle, community: Community, words: str) -> bool:
    """Say whether AutoMod lets somebody post something."""
    before = len(community.board.messages())
    try:
        await author.says(community.board, words)
    except ApiError as error:
        return error.code == 200000 and len(community.board.messages()) == before
    return False


async def test_a_blocked_message_is_never_there(
    managing: Community, gateway: GatewayClient
) -> None:
    """Its author is told, silenced and entered; moderators are alerted with its words."""
    ada, guild = managing.ada, managing.guild
    alerts = await guild.channel("alerts")
    rule = await guild.automod.add("No pills", "pill*", alert=alerts, silence=timedelta(minutes=10))
    await gateway.identify(WITH_AUTOMOD)
    assert await refused(ada, managing, "buy PILLS now")

    assert managing.board.history_texts() == []
    assert ada.is_timed_out
    (alert,) = alerts.messages()
    assert (int(alert.type), alert.author.id) == (24, ada.id)
    assert alert.embeds[0]["description"] == "buy PILLS now"
    entries = guild.audit_log()[-3:]
    assert [entry["action_type"] for entry in entries] == [143, 144, 145]
    assert {entry["target_id"] for entry in entries} == {str(ada.id)}
    assert entries[0]["options"] == {
        "auto_moderation_rule_name": "No pills",
        "auto_moderation_rule_trigger_type": "1",
        "channel_id": str(managing.board.id),
    }
    told = [await gateway.event("AUTO_MODERATION_ACTION_EXECUTION") for _ in range(3)]
    assert [each["action"]["type"] for each in told] == [1, 2, 3]
    assert told[0]["matched_keyword"] == "pill*"
    assert (told[0]["content"], told[0]["matched_content"]) == ("buy PILLS now", "PILL")
    assert told[1]["alert_system_message_id"] == str(alert.id)
    assert told[2]["action"]["metadata"] == {"duration_seconds": 600}
    assert all("message_id" not in each for each in told)
    assert told[0]["rule_id"] == str(rule.id)


async def test_a_watching_rule_lets_the_message_through(
    managing: Community, gateway: GatewayClient
) -> None:
    """The event names it, for edits too; without the intent for contents its words are missing."""
    alerts = await managing.guild.channel("alerts")
    await managing.guild.automod.add("Watch", "telegram", block=False, alert=alerts)
    await gateway.identify(WITH_AUTOMOD & ~(1 << 15))
    post = await managing.ada.says(managing.board, "on telegram please")
    told = await gateway.event("AUTO_MODERATION_ACTION_EXECUTION")
    assert told["message_id"] == str(post.id)
    assert (told["content"], told["matched_content"]) == ("", "")
    assert managing.board.history_texts() == ["on telegram please"]

    harmless = await managing.ada.says(managing.board, "hello")
    await managing.ada.edits(harmless, "telegram me")
    assert len(alerts.messages()) == 2


async def test_an_edit_is_blocked_as_well(community: Community) -> None:
    """The message keeps the words of before."""
    await community.guild.automod.add("No pills", "pills")
    post = await community.ada.says(community.board, "hello")

    with pytest.raises(ApiError, match="200000"):
        await community.ada.edits(post, "pills")
    assert community.board.history_texts() == ["hello"]


async def test_a_quarantined_member_can_only_read(community: Community) -> None:
    """Until released; the entry names the rule and no channel."""
    await community.guild.automod.quarantines(community.ada, "Names")
    with pytest.raises(ApiError, match="50013"):
        await community.ada.says(community.board, "muffled")
    entry = community.guild.audit_log()[-1]
    assert (entry["action_type"], entry["target_id"]) == (146, str(community.ada.id))
    assert entry["options"] == {
        "auto_moderation_rule_name": "Names",
        "auto_moderation_rule_trigger_type": "6",
        "channel_id": "",
    }

    await community.guild.automod.releases(community.ada)
    await community.ada.says(community.board, "back")


async def test_automod_looks_at_guilds_only_and_survives_its_alert_channel(
    community: Community,
) -> None:
    """Direct messages are nobody's business; without the channel nobody is alerted."""
    alerts = await community.guild.channel("alerts")
    rule = await community.guild.automod.add("No pills", "pills", alert=alerts)
    assert community.guild.automod.rules == [rule]
    await community.ada.writes_to_bot("pills")
    await alerts.delete()

    assert await refused(community.ada, community, "pills")
    kinds = [entry["action_type"] for entry in community.guild.audit_log()[-2:]]
    assert kinds == [143, 144]


async def test_some_are_exempt(community: Community) -> None:
    """Who manages the guild, exempt roles and channels with their threads; other bots are not."""
    guild = community.guild
    trusted = await guild.role("Trusted")
    await community.ben.gets_role(trusted)
    free = await guild.channel("free")
    rule = await guild.automod.add(
        "No pills", "pills", exempt_roles=[trusted], exempt_channels=[free]
    )
    thread = await community.ada.starts_thread(free, "aside")
    helper = await guild.member("Helper", bot=True)

    assert await refused(community.ada, community, "pills")
    assert await refused(helper, community, "pills")
    assert not await refused(community.ben, community, "pills")
    assert not await refused(guild.owner, community, "pills")
    await community.ada.says(free, "pills")
    await community.ada.says(thread, "pills")
    await community.board.webhook_says("pills")
    await guild.automod.remove(rule)
    assert not await refused(community.ada, community, "pills")


@pytest.mark.parametrize(
    ("keyword", "caught", "free"),
    [
        ("cat", ["cat", "a CAT"], ["catch", "wildcat", "cat!"]),
        ("cat*", ["catch", "a Catapult"], ["wildcat"]),
        ("*cat", ["wildcat"], ["catch"]),
        ("*cat*", ["location"], ["dog"]),
        ("the mat*", ["in the matrix"], ["breathe mat"]),
        ("c++", ["i like c++"], ["c"]),
    ],
)
def test_keywords_match_as_documented(keyword: str, caught: list[str], free: list[str]) -> None:
    """Whole words, beginnings, ends, anywhere; case never counts."""
    rule = AutomodRule(1, 2, "rule", 3, (), keywords=(keyword,))

    assert all(rule.match(text) for text in caught)
    assert not any(rule.match(text) for text in free)


def test_allowed_words_and_patterns() -> None:
    """What is allowed does not count; patterns find what they say."""
    rule = AutomodRule(1, 2, "rule", 3, (), ("*cat*",), (r"\d{4}",), ("location",))

    assert rule.match("a location") is None
    found = rule.match("call 1234")
    assert found is not None
    assert (found.keyword, found.content) == (r"\d{4}", "1234")


async def test_the_bot_reads_the_rules(community: Community, api: RestClient) -> None:
    """With MANAGE_GUILD."""
    rule = await community.guild.automod.add("No pills", "pills", block="Not here.")
    path = f"/guilds/{community.guild.id}/auto-moderation/rules"
    assert (await api("GET", path)).code == (403, 50013)
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(role, permissions=Permission.MANAGE_GUILD)

    (shown,) = (await api("GET", path)).rows
    assert shown["actions"] == [{"type": 1, "metadata": {"custom_message": "Not here."}}]
    assert (await api("GET", f"{path}/{rule.id}"))["name"] == "No pills"
    assert (await api("GET", f"{path}/1")).status == 404


async def test_the_bots_own_message_is_blocked_too(community: Community, api: RestClient) -> None:
    """Code 200000 over REST."""
    await community.guild.automod.add("No pills", "pills")

    answer = await api("POST", f"/channels/{community.board.id}/messages", {"content": "pills"})
    assert answer.code == (400, 200000)


async def test_without_the_permission_the_bot_hears_only_of_entries(
    community: Community, gateway: GatewayClient
) -> None:
    """The event of the action needs MANAGE_GUILD, the entry of the log does not."""
    await gateway.identify(WITH_AUTOMOD)
    await community.guild.automod.add("No pills", "pills")
    assert await refused(community.ada, community, "pills")
    await community.board.rename("end")

    names = await gateway.events_until("CHANNEL_UPDATE")
    assert "AUTO_MODERATION_ACTION_EXECUTION" not in names
    assert names.count("GUILD_AUDIT_LOG_ENTRY_CREATE") == 2
