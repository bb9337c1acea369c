"""When Discord does not let Concord in, or not far enough: clear words instead of a traceback."""

from pathlib import Path

from bot.sandbox import Permission, Simulation
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, opened


async def test_a_missing_privileged_intent_is_named(folder: Path) -> None:
    """The bot ends, and says which switches to turn on where."""
    async with Simulation() as sim:
        await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        sim.app.allowed_intents = type(sim.app.allowed_intents)(0)

        await bot.start(wait=False)

        assert await bot.ended() == 1
        assert "Server Members Intent and Message Content Intent" in bot.log()
        assert "Traceback" not in bot.log()


async def test_a_wrong_token_is_named_and_never_shown(folder: Path) -> None:
    """The bot ends, and says where to copy the token from."""
    async with Simulation() as sim:
        await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        bot.env_file.write_text(bot.env_file.read_text().replace(sim.app.token, "wrong.token.here"))

        await bot.start(wait=False)

        assert await bot.ended() == 1
        assert "DISCORD_TOKEN was not accepted" in bot.log()
        assert "wrong.token.here" not in bot.log()


async def test_a_missing_permission_is_named_with_what_it_breaks(folder: Path) -> None:
    """At the start the log names board, right, consequence and remedy."""
    async with Simulation() as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        await town.guild.remove_bot()
        await town.guild.invite_bot(
            permissions=Permission.VIEW_CHANNEL
            | Permission.READ_MESSAGE_HISTORY
            | Permission.SEND_MESSAGES
            | Permission.EMBED_LINKS
        )

        await bot.start()
        await bot.stop()

        missing = "In #General Concord lacks Manage Messages: posts there cannot be removed"
        assert missing in bot.log()


async def test_the_token_is_never_logged(folder: Path) -> None:
    """Neither at the start nor at debug level."""
    async with Simulation() as sim:
        await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        bot.env_file.write_text(bot.env_file.read_text() + "CONCORD_LOG_LEVEL=debug\n")

        await bot.start()
        await bot.stop()

        assert sim.app.token not in bot.log()
