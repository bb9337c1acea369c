"""A real discord.py bot lives in the simulated Discord."""

import asyncio
import io
from collections.abc import AsyncIterator

import discord
import pytest

from bot.sandbox import Contract, File, Simulation
from bot.sandbox.contract_document import ContractDocument
from bot.sandbox.contract_tally import ContractTally
from tests.sandbox.conftest import Community
from tests.sandbox.discordpy import PlainBot, logged_in


@pytest.fixture
async def sim(
    document: ContractDocument | None, contract_tally: ContractTally
) -> AsyncIterator[Simulation]:
    """A simulation that holds requests and answers against Discord's contract."""
    contract = None if document is None else Contract(document, contract_tally)
    async with Simulation(contract=contract) as simulation:
        yield simulation
    assert simulation.refused == []
    assert contract is None or contract.violations == []


class Remover(PlainBot):
    """Deletes what people post and tells them so."""

    async def on_message(self, message: discord.Message) -> None:
        """Delete, notify, log."""
        if message.author.bot:
            return
        await message.delete()
        await message.author.send(
            f"Your post was removed: {message.content}", embed=discord.Embed(title="Notice")
        )
        await message.channel.send("removed", nonce="case-1")


async def test_a_sharded_bot_logs_in_and_knows_its_guild(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """READY, GUILD_CREATE and the member list reach discord.py over two shards."""
    community.sim.app.shards = 2
    role = await community.guild.role("Design Portfolio", position=3)
    await community.ada.gets_role(role)

    async with logged_in(community.sim, PlainBot(), monkeypatch) as bot:
        (guild,) = bot.guilds
        ada = guild.get_member(community.ada.id)
        assert bot.shard_count == 2
        assert guild.chunked
        assert [channel.name for channel in guild.text_channels] == ["general"]
        assert ada is not None
        assert [each.name for each in ada.roles] == ["@everyone", "Design Portfolio"]
        assert guild.me.guild_permissions.manage_messages
        assert guild.me.top_role > ada.top_role
        assert (await bot.application_info()).id == community.sim.app.id


async def test_a_bot_deletes_a_post_and_tells_its_author(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The post is gone, the direct message is there, the channel line too."""
    async with logged_in(community.sim, Remover(), monkeypatch):
        post = await community.ada.says(community.board, "write to me elsewhere")
        await community.sim.until(lambda: community.board.history_texts() == ["removed"])

        assert post.deleted
        (notice,) = community.ada.dms()
        assert notice.content == "Your post was removed: write to me elsewhere"
        assert notice.embeds[0]["title"] == "Notice"


async def test_a_bot_comes_back_by_resume_and_by_identify(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a dropped socket nothing is missed; after op 9 it logs in anew."""
    sim = community.sim
    async with logged_in(sim, Remover(), monkeypatch) as bot:
        (session,) = sim.gateway.connected
        sim.gateway.drop(session)
        missed = await community.ada.says(community.board, "while away")
        await asyncio.wait_for(bot.resumed.wait(), 10)
        await sim.until(lambda: missed.deleted)
        assert sim.gateway.identifies == 1
        sim.gateway.invalidate(session)
        await sim.until(lambda: sim.gateway.identifies == 2, timeout=15)
        await sim.connected()
        again = await community.ada.says(community.board, "after")
        await sim.until(lambda: again.deleted)


async def test_discordpy_reads_everything_a_message_carries(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attachments, replies, forwards, polls, stickers, threads and history."""
    ada, ben, board = community.ada, community.ben, community.board
    async with logged_in(community.sim, PlainBot(), monkeypatch) as bot:
        channel = bot.get_channel(board.id)
        assert isinstance(channel, discord.TextChannel)
        first = await ada.says(board, "one", files=[File("a.txt", b"bytes", "alt")])
        await ben.says(board, "two", reply_to=first)
        await ben.says(board, forwards=first)
        await ben.says(board, poll=("Which?", ["this", "that"]), stickers=["wave"])
        thread = await ada.starts_thread(board, "a thread", message=first)
        await ada.says(thread, "inside")

        read = [message async for message in channel.history(oldest_first=True)]
        found = await channel.fetch_message(first.id)
        fetched = await bot.fetch_channel(thread.id)
        assert isinstance(fetched, discord.Thread)

        assert [message.content for message in read] == ["one", "two", "", ""]
        assert read[0].attachments[0].description == "alt"
        assert await read[0].attachments[0].read() == b"bytes"
        assert isinstance(read[1].reference.resolved, discord.Message)
        assert read[2].message_snapshots[0].content == "one"
        assert read[3].poll is not None
        assert read[3].poll.question == "Which?"
        assert [sticker.name for sticker in read[3].stickers] == ["wave"]
        assert found.thread is not None
        assert [m.content async for m in fetched.history()] == ["inside", ""]


async def test_discordpy_acts_on_channels_threads_and_members(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Uploads, edits, bulk deletions, private threads, timeouts and roles."""
    board, ada = community.board, community.ada
    role = await community.guild.role("Low", position=2)
    async with logged_in(community.sim, PlainBot(), monkeypatch) as bot:
        channel = bot.get_channel(board.id)
        assert isinstance(channel, discord.TextChannel)
        guild = channel.guild
        sent = await channel.send(
            "see", file=discord.File(io.BytesIO(b"log"), "log.txt", description="the log")
        )
        await sent.edit(content="seen")
        posts = [await ada.says(board, f"{number}") for number in range(3)]
        await channel.delete_messages([discord.Object(post.id) for post in posts])
        private = await channel.create_thread(name="notice", invitable=False)
        member = guild.get_member(ada.id)
        assert member is not None
        await private.add_user(member)
        await private.send("for you")
        await member.timeout(discord.utils.utcnow() + discord.utils.datetime.timedelta(hours=1))
        await member.add_roles(discord.Object(role.id), reason="because")
        entries = [entry async for entry in guild.audit_logs(limit=2)]
        with pytest.raises(discord.Forbidden) as refused:
            await guild.owner.timeout(discord.utils.utcnow())

        assert board.history_texts() == ["seen"]
        assert board.messages()[0].attachments[0].description == "the log"
        assert ada.sees(community.guild.find_channel("notice"))
        assert ada.is_timed_out
        assert ada.member.role_ids == [role.id]
        assert entries[0].reason == "because"
        assert refused.value.code == 50013
