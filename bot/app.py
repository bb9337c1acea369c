"""The services a cog may use."""

from dataclasses import dataclass

from bot.activity import Activity
from bot.casebook import Casebook
from bot.drafts import Drafts
from bot.enforcement import Enforcement
from bot.intake import Intake
from bot.model.guidelines import Guidelines
from bot.moderation import Moderation
from bot.moves import Moves
from bot.oversight import Watch
from bot.pausing import Pausing
from bot.policy.policy import Policy
from bot.ports import Clock, Store
from bot.screening import Screener
from bot.upkeep import Upkeep
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class App:
    """What bootstrap has put together for the cogs."""

    intake: Intake
    enforcement: Enforcement
    store: Store
    clock: Clock
    activity: Activity
    moderation: Moderation
    moves: Moves
    casebook: Casebook
    drafts: Drafts
    pausing: Pausing
    guidelines: Guidelines
    policy: Policy
    wording: Wording
    screener: Screener
    watch: Watch
    upkeep: Upkeep
