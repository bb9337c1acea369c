"""The services a cog may use."""

from dataclasses import dataclass

from bot.activity import Activity
from bot.enforcement import Enforcement
from bot.intake import Intake
from bot.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class App:
    """What bootstrap has put together for the cogs."""

    intake: Intake
    enforcement: Enforcement
    store: Store
    clock: Clock
    activity: Activity
