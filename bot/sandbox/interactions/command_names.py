"""How commands and their options may be named."""

import unicodedata

from bot.sandbox.form import Form

NAME, DESCRIPTION = 32, 100
"""Code points (Discord's documentation, topic "Application Commands", 2026-08)."""


def read_name(form: Form, *, chat_input: bool) -> str:
    """Read the name of a command or an option; what people type has lower case and no blanks."""
    name = form.text("name", NAME, 1)
    if name is None:
        if "name" not in form.errors:
            form.fail("name", "BASE_TYPE_REQUIRED", "This field is required")
        return ""
    if chat_input and "name" not in form.errors and not _is_typed(name):
        form.fail(
            "name",
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        )
    return name


def _is_typed(name: str) -> bool:
    r"""Say whether Discord's pattern ``^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`` fits."""
    return name == name.lower() and all(
        letter in "-_'" or unicodedata.category(letter)[0] in "LNM" for letter in name
    )
