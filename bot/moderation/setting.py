"""What decisions are made with: the store, the time, the guidelines and their numbers."""

from dataclasses import dataclass

from bot.docket import Versions
from bot.model.guidelines import Guidelines
from bot.policy.policy import Policy
from bot.ports import Clock, Store
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Setting:
    """What every decision of moderators rests on."""

    store: Store
    clock: Clock
    guidelines: Guidelines
    policy: Policy
    wording: Wording
    versions: Versions
    refers: bool = True
    """Whether members can be reported to the platform: whoever runs Concord has set its address."""
