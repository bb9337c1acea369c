"""The real bot, as its own process."""

import asyncio
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.sandbox import Simulation
from bot.settings import surroundings

ROOT = Path(__file__).resolve().parents[2]


class BotProcess:
    """``python -m bot run`` pointed at a simulated Discord, with a database of its own.

    Args:
        sim: the simulated Discord.
        folder: of the process's own: settings, database, log.
        more: further settings by name.
    """

    def __init__(
        self, sim: Simulation, folder: Path, more: Mapping[str, str] | None = None
    ) -> None:
        self.sim = sim
        self.folder = folder
        self.database = folder / "concord.sqlite3"
        self.env_file = folder / ".env"
        self.log_file = folder / "bot.log"
        self.env_file.write_text(
            f"DISCORD_TOKEN={sim.app.token}\n"
            f"CONCORD_DATABASE={self.database}\n"
            f"DISCORD_API_BASE={sim.api_base}\n"
            f"DISCORD_GATEWAY_URL={sim.gateway_url}\n"
            "CONCORD_LOG_FORMAT=json\n"
            + "".join(f"{name}={value}\n" for name, value in (more or {}).items())
        )
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The running process's id."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def start(self, *, wait: bool = True) -> None:
        """Start the process; with ``wait``, return once it has caught up and is idle."""
        assert not self.running, "the bot is running already"
        with self.log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                "--env",
                str(self.env_file),
                cwd=ROOT,
                env=surroundings(),
                stdout=log,
                stderr=log,
            )
        if wait:
            await self.ready()

    async def ready(self) -> None:
        """Return once the bot is connected and idle; fail at once if it has ended."""
        assert self._process is not None
        ended = asyncio.create_task(self._process.wait())
        settled = asyncio.create_task(self._settled())
        done, waiting = await asyncio.wait({ended, settled}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if ended in done:
            raise AssertionError(f"the bot ended with {ended.result()}:\n{self.log()[-4000:]}")
        settled.result()

    async def ended(self) -> int:
        """Return the exit status once the process has ended.

        Raises:
            TimeoutError: if it has not within two minutes.
        """
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), 120)

    async def kill(self) -> None:
        """End the process at once, as ``kill -9`` does."""
        if self.running:
            assert self._process is not None
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def stop(self) -> int:
        """Ask the process to stop, and return its exit status."""
        assert self._process is not None
        if self.running:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), 20)

    def log(self) -> str:
        """Return all that the process has logged."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    async def command(self, *arguments: str) -> tuple[int, str]:
        """Run another command of Concord with the same settings; return its status and output."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            "--env",
            str(self.env_file),
            cwd=ROOT,
            env=surroundings(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, output.decode()

    async def _settled(self) -> None:
        await self.sim.connected()
        await self.sim.settled(timeout=60)
