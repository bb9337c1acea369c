"""Reading overwrites from request bodies."""

from bot.sandbox.form import Form
from bot.sandbox.permissions import Overwrite, OverwriteKind, Permission

MOST_BITS = (1 << 63) - 1
"""The largest number of permission bits that is taken; chosen, above any that is given out."""

MOST_OVERWRITES = 100
"""Overwrites of one channel in one request (Discord's contract, maxItems)."""


def read_overwrite(form: Form, target_id: int) -> Overwrite:
    """Return the overwrite that a form describes; what is wrong is recorded in the form."""
    kind = form.number("type", 0, 1)
    if kind is None and not form.errors:
        form.fail("type", "BASE_TYPE_REQUIRED", "This field is required")
    allow = form.number("allow", 0, MOST_BITS) or 0
    deny = form.number("deny", 0, MOST_BITS) or 0
    return Overwrite(target_id, OverwriteKind(kind or 0), Permission(allow), Permission(deny))


def read_overwrites(form: Form, key: str) -> dict[int, Overwrite] | None:
    """Return a list of overwrites by whom they are for; None where none is given."""
    objects = form.objects(key, MOST_OVERWRITES)
    if objects is None:
        return None
    found: dict[int, Overwrite] = {}
    for item in objects:
        inner = Form(item)
        target_id = inner.snowflake("id")
        if target_id is None and not inner.errors:
            inner.fail("id", "BASE_TYPE_REQUIRED", "This field is required")
        overwrite = read_overwrite(inner, target_id or 0)
        form.absorb(key, inner)
        found[overwrite.target_id] = overwrite
    return found
