"""The reason that Discord's audit log keeps: by it our own entries are told from others'."""

import re
from typing import Final

from bot.model.case import Case
from bot.model.guidelines import Guidelines

_OURS: Final = re.compile(r"^Concord (?P<case>C-[0-9]+) · (?P<token>[0-9a-f]{6})\b")


def reason_of(case: Case, token: str, rule: str | None, guidelines: Guidelines) -> str:
    """Return the reason: ``Concord C-12 · TOKEN · guideline 3``.

    Args:
        case: whose reference it names.
        token: of the intent, so that what one intent did is told from what another did.
        rule: the rule it rests on; None, or one that is no longer written, names no guideline.
        guidelines: what numbers the rules have.
    """
    number = next((one.guideline for one in guidelines.rules() if one.id == rule), None)
    said = f"Concord {case.reference} · {token}"
    return said if number is None else f"{said} · guideline {number}"


def is_ours(reason: str) -> bool:
    """Whether a reason is one that Concord writes; who wrote it is said by the entry's actor."""
    return _OURS.match(reason) is not None


def case_named(reason: str) -> str | None:
    """Return the reference of the case that a reason of Concord's names; None for any other."""
    found = _OURS.match(reason)
    return found["case"] if found is not None else None


def token_named(reason: str) -> str | None:
    """Return the token that a reason of Concord's names; None for any other."""
    found = _OURS.match(reason)
    return found["token"] if found is not None else None
