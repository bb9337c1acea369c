"""Reading what a request wants of a channel."""

from bot.sandbox.form import Form
from bot.sandbox.overwrite_form import read_overwrites
from bot.sandbox.rooms import ChannelEdit

LONGEST_TOPIC = 1024
"""Characters (Discord's documentation, resource "Channel", Modify Channel)."""

LONGEST_SLOWMODE_SECONDS = 21_600
"""Same source."""

MOST_POSITIONS = 500
"""The largest position that is taken; as many channels as a guild has, chosen."""

_KNOWN = frozenset(
    {
        "name",
        "topic",
        "nsfw",
        "rate_limit_per_user",
        "position",
        "parent_id",
        "permission_overwrites",
    }
)


def read_edit(form: Form, payload: object, *, also: frozenset[str] = frozenset()) -> ChannelEdit:
    """Return what a form wants of a channel.

    `also` names further fields that somebody else reads.

    Raises:
        ApiError: 50035 with all that is wrong, fields included that are not simulated.
    """
    for key in payload if isinstance(payload, dict) else ():
        if key not in _KNOWN | also:
            form.fail(key, "UNKNOWN", "the simulated Discord does not know this yet")
    category_id = form.snowflake("parent_id")
    edit = ChannelEdit(
        name=form.text("name", 100, 1),
        topic=form.text("topic", LONGEST_TOPIC),
        nsfw=form.flag("nsfw"),
        slowmode_seconds=form.number("rate_limit_per_user", 0, LONGEST_SLOWMODE_SECONDS),
        position=form.number("position", 0, MOST_POSITIONS),
        category_id=0 if category_id is None and "parent_id" in form else category_id,
        overwrites=read_overwrites(form, "permission_overwrites"),
    )
    form.check()
    return edit
