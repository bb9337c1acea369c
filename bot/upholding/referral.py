"""A member reported to the platform: one signed event, and one that withdraws it."""

import json
from typing import Final

from bot.model.case import Case
from bot.model.guidelines import Guidelines
from bot.model.intent import IntentKind, IntentState
from bot.model.sanction import Sanction
from bot.ports import Delivery, Outcome, Referrals
from bot.upholding.matter import Matter, Upheld, is_done

REFERRAL, WITHDRAWN = "referral", "withdrawn"

FORM: Final = 1
"""The version of the facts' form, so that a receiver can tell."""


def facts_of(case: Case, sanction: Sanction, guidelines: Guidelines) -> str:
    """Return what the platform is told, as canonical JSON: ids, times and the guideline.

    No words of anybody: what was written stays with the community, where its author can have it
    erased. Nothing of a reporter, and not who decided.
    """
    number = next((one.guideline for one in guidelines.rules() if one.id == sanction.rule), None)
    facts = {
        "form": FORM,
        "case": case.reference,
        "guild": str(case.guild),
        "member": str(sanction.user),
        "decided_at": sanction.at.isoformat(),
        "rule": sanction.rule,
        "guideline": number,
        "guidelines_version": case.guidelines_version,
        "posts": [
            {"message": str(one.message), "channel": str(one.channel), "at": one.at.isoformat()}
            for one in case.posts
        ],
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def uphold(matter: Matter, referrals: Referrals, guidelines: Guidelines) -> Upheld:
    """Tell the platform, or tell it that it was a mistake."""
    event = REFERRAL
    if matter.intent.kind is IntentKind.END:
        event = WITHDRAWN
        if not await _was_told(matter):
            return Upheld(is_done("the platform had not been told"))
    facts = facts_of(matter.case, matter.sanction, guidelines)
    key = f"concord-{matter.guild}-{matter.sanction.id}-{event}"
    return Upheld(await referrals.refer(key, event, facts))


async def _was_told(matter: Matter) -> bool:
    """Whether the platform may know of it: a referral that may have arrived is withdrawn too."""
    return any(
        one.attempts > 0 or one.state is IntentState.DONE
        for one in await matter.store.intents(matter.case.id)
        if one.kind is IntentKind.APPLY and one.sanction == matter.sanction.id
    )


class NoReferrals(Referrals):
    """Where no platform's address is set: every referral is refused, in words that say so."""

    async def refer(self, key: str, event: str, facts: str) -> Outcome:
        """Refuse."""
        del key, event, facts
        return Outcome(Delivery.REFUSED, "no address is set that members could be referred to")
