"""The real bot as a process of its own, pointed at a simulated Discord."""

import asyncio
import ctypes
import signal
import sys
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import TypeVar

from bot.errors import ConcordError
from bot.sandbox import Simulation

_HERE = Path(__file__).resolve().parents[2]
"""The folder that holds ``bot``: where ``python -m bot`` finds this code and no other."""

_STOP = 12.0
"""Seconds that a process may take to stop before it is killed; it drains for at most eight."""

_TAIL = 2_000
"""Characters of its log shown when the bot ends by itself."""

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG (Linux, prctl(2)): the signal a process gets when its parent ends."""

T = TypeVar("T")


class BotProcess:
    """``python -m bot`` with settings and a database in a folder of its own.

    Law: it never outlives the demo.
    """

    def __init__(self, sim: Simulation, folder: Path, environ: Mapping[str, str]) -> None:
        """Write the settings; nothing is started.

        Args:
            sim: the Discord it is pointed at.
            folder: where its settings, database and log lie.
            environ: its environment; holds no variable of Concord's, which would win over the file.
        """
        self._environ = environ
        self._env_file = folder / "demo.env"
        self._log = folder / "bot.log"
        self._env_file.write_text(
            f"DISCORD_TOKEN={sim.app.token}\n"
            f"CONCORD_DATABASE={folder / 'concord.sqlite3'}\n"
            f"DISCORD_API_BASE={sim.api_base}\n"
            f"DISCORD_GATEWAY_URL={sim.gateway_url}\n",
            encoding="utf-8",
        )
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The id of the process that was started last."""
        assert self._process is not None, "BUG: the bot was never started"
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def command(self, *arguments: str) -> str:
        """Run a command of Concord to its end and return what it printed.

        Raises:
            ConcordError: if it fails, with what it printed.
        """
        process = await self._spawn(*arguments, output=asyncio.subprocess.PIPE)
        try:
            output, _ = await process.communicate()
        finally:
            await _end(process)
        text = output.decode("utf-8", "replace")
        if process.returncode != 0:
            raise ConcordError(f"concord {arguments[0]} did not work:\n{text.rstrip()}")
        return text

    async def start(self) -> None:
        """Start the bot; it is done starting when the simulation has settled."""
        assert not self.running, "BUG: the bot is running already"
        with self._log.open("ab") as log:
            self._process = await self._spawn("run", output=log.fileno())

    async def meanwhile(self, waited: Awaitable[T]) -> T:
        """Return what is waited for, unless the bot ends before it comes.

        Raises:
            ConcordError: if the bot has ended by itself, with the end of its log.
        """
        assert self._process is not None, "BUG: the bot was never started"
        task = asyncio.ensure_future(waited)
        ended = asyncio.ensure_future(self._process.wait())
        try:
            await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ConcordError(
                    f"The bot ended by itself, with exit status {ended.result()}. "
                    f"The end of its log:\n{self._log.read_text('utf-8', 'replace')[-_TAIL:]}"
                )
            return task.result()
        finally:
            task.cancel()
            ended.cancel()

    async def kill(self) -> None:
        """End it as a power cut would: kill -9."""
        assert self._process is not None, "BUG: the bot was never started"
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """Have it stop, and kill it if it does not."""
        if self._process is not None:
            await _end(self._process)

    async def _spawn(self, *arguments: str, output: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            "--env",
            str(self._env_file),
            cwd=_HERE,
            env=self._environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            # Ctrl+C reaches the demo alone, which then ends the bot in its own order.
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP)
    except TimeoutError:
        process.kill()
        await process.wait()


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Ask Linux to kill this process when the demo itself is killed."""
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
