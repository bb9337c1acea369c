"""The simulated Discord as a process of its own: ``python -m bot.sandbox --port 0``.

It prints one line of JSON with its addresses and token, serves until SIGTERM or SIGINT, and is
played over ``POST /control``.
"""

import argparse
import asyncio
import json
import signal
import sys

from aiohttp import web

from bot.sandbox.control import Control
from bot.sandbox.simulation import TOKEN, Simulation


def main() -> int:
    """Serve as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="Serve a simulated Discord on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="0, the default: any free one")
    parser.add_argument("--token", default=TOKEN, help="the bot's token")
    parser.add_argument("--shards", type=int, default=1, help="recommended shards (default: 1)")
    parser.add_argument(
        "--limited", action="store_true", help="apply Discord's rate limits (default: none)"
    )
    options = parser.parse_args()
    return asyncio.run(_serve(options.port, options.token, options.shards, limited=options.limited))


async def _serve(port: int, token: str, shards: int, *, limited: bool) -> int:
    sim = Simulation(token=token, shards=shards, port=port, limited=limited)
    sim.server.extra_routes.append(web.post("/control", Control(sim).serve))
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with sim:
        addresses = {
            "api_base": sim.api_base,
            "gateway_url": sim.gateway_url,
            "cdn_base": sim.cdn_base,
            "control": f"{sim.world.base_url}/control",
            "token": token,
        }
        sys.stdout.write(json.dumps(addresses) + "\n")
        sys.stdout.flush()
        await stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
