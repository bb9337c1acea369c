"""The cogs: where they lie, and loading each of them."""

from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from bot.discord_io.client import ConcordClient
from bot.errors import ConcordError

COGS = Path(__file__).resolve().parents[1] / "cogs"
"""Where the cogs lie, in a checkout and in an installed package."""


def refuse_foreign_cogs() -> None:
    """Refuse to start where ``cogs`` is found elsewhere than beside ``bot``; imports nothing.

    Raises:
        ConcordError: in words that say where it was found.
    """
    spec = find_spec("cogs")
    found = [Path(entry).resolve() for entry in (spec and spec.submodule_search_locations) or ()]
    if found != [COGS]:
        raise ConcordError(
            f"The folder cogs was found at {', '.join(map(str, found)) or 'no place'}, expected "
            f"{COGS}; start Concord from another folder, or remove the other one from PYTHONPATH."
        )


async def load_cogs(client: ConcordClient) -> None:
    """Load every cog; one whose name begins with an underscore is none."""
    for module in iter_modules([str(COGS)]):
        if not module.name.startswith("_"):
            await client.load_extension(f"cogs.{module.name}")
