"""Discord's error answers by name.

Source of the codes: Discord's documentation, topic "Opcodes and Status Codes", section "JSON Error
Codes" (2026-08). The words, and the HTTP statuses where the documentation names none, are not
promised by Discord; nothing should depend on them.
"""

from collections.abc import Mapping

from bot.sandbox.seam import ApiError


def unknown_channel() -> ApiError:
    """Return the error for a channel that is not there."""
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    """Return the error for a guild that is not there or that the bot is not in."""
    return ApiError(404, 10004, "Unknown Guild")


def unknown_member() -> ApiError:
    """Return the error for a user who is not in the guild."""
    return ApiError(404, 10007, "Unknown Member")


def unknown_message() -> ApiError:
    """Return the error for a message that is not there."""
    return ApiError(404, 10008, "Unknown Message")


def unknown_overwrite() -> ApiError:
    """Return the error for a channel's overwrite that is not there, or for nobody."""
    return ApiError(404, 10009, "Unknown Overwrite")


def unknown_role() -> ApiError:
    """Return the error for a role that is not there."""
    return ApiError(404, 10011, "Unknown Role")


def unknown_user() -> ApiError:
    """Return the error for a user that is not there."""
    return ApiError(404, 10013, "Unknown User")


def unknown_ban() -> ApiError:
    """Return the error for the ban of somebody who is not banned."""
    return ApiError(404, 10026, "Unknown Ban")


def banned() -> ApiError:
    """Return the error for joining where one is banned."""
    return ApiError(403, 40007, "The user is banned from this guild.")


def too_many_stranger_bans() -> ApiError:
    """Return the error for one ban too many of users who are no members."""
    return ApiError(
        400,
        30035,
        "Maximum number of bans for non-guild members have been exceeded. Try again later",
    )


def nobody_banned() -> ApiError:
    """Return the error for a bulk ban of which nothing came."""
    return ApiError(400, 500000, "Failed to ban users")


def unknown_automod_rule() -> ApiError:
    """Return the error for a rule of AutoMod that is not there; Discord documents no code."""
    return ApiError(404, 0, "404: Not Found")


def unauthorized() -> ApiError:
    """Return the error for a missing or wrong token."""
    return ApiError(401, 0, "401: Unauthorized")


def missing_access() -> ApiError:
    """Return the error for a channel that the user may not see."""
    return ApiError(403, 50001, "Missing Access")


def cannot_send_to_user() -> ApiError:
    """Return the error for closed direct messages."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def no_mutual_guild() -> ApiError:
    """Return the error for a direct message to somebody with whom the bot shares no guild."""
    return ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")


def missing_permissions() -> ApiError:
    """Return the error for a permission or a rank that is missing."""
    return ApiError(403, 50013, "Missing Permissions")


def not_the_author() -> ApiError:
    """Return the error for editing somebody else's message."""
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    """Return the error for a message with nothing in it."""
    return ApiError(400, 50006, "Cannot send an empty message")


def not_a_text_channel() -> ApiError:
    """Return the error for posting where nothing can be posted."""
    return ApiError(400, 50008, "Cannot send messages in a non-text channel")


def wrong_channel_type() -> ApiError:
    """Return the error for an action that this type of channel does not have."""
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def system_message() -> ApiError:
    """Return the error for editing what nobody wrote."""
    return ApiError(403, 50021, "Cannot execute action on a system message")


def too_few_or_many_messages() -> ApiError:
    """Return the error for a bulk delete of fewer than 2 or more than 100 messages."""
    return ApiError(
        400,
        50016,
        "Provided too few or too many messages to delete. "
        "Must provide at least 2 and fewer than 100 messages to delete",
    )


def too_old_to_bulk_delete() -> ApiError:
    """Return the error for a bulk delete that names a message older than 14 days."""
    return ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.")


def invalid_recipients() -> ApiError:
    """Return the error for opening direct messages with nobody."""
    return ApiError(400, 50033, "Invalid Recipient(s)")


def archived_thread() -> ApiError:
    """Return the error for changing something in an archived thread."""
    return ApiError(400, 50083, "Thread is archived")


def locked_thread() -> ApiError:
    """Return the error for writing in a locked thread."""
    return ApiError(400, 160005, "Thread is locked")


def thread_exists() -> ApiError:
    """Return the error for a second thread from one message."""
    return ApiError(400, 160004, "A thread has already been created for this message")


def no_reply_without_history() -> ApiError:
    """Return the error for a reply by who may not read the history."""
    return ApiError(400, 160002, "You cannot reply without permission to read message history")


def blocked_by_automod() -> ApiError:
    """Return the error for a message that Discord's own AutoMod does not let through."""
    return ApiError(400, 200000, "Message was blocked by automatic moderation")


def invalid_json() -> ApiError:
    """Return the error for a body that is not JSON."""
    return ApiError(400, 50109, "The request body contains invalid JSON.")


def file_too_large() -> ApiError:
    """Return the error for a body over the limit."""
    return ApiError(413, 40005, "Request entity too large")


def invalid_form(errors: Mapping[str, object]) -> ApiError:
    """Return the error for a body that is JSON but not what was expected.

    Args:
        errors: nested by key; each leaf is ``{"_errors": [{"code": …, "message": …}]}``.
    """
    return ApiError(400, 50035, "Invalid Form Body", errors)


def leaf(code: str, message: str) -> dict[str, object]:
    """Return the leaf of an invalid form's errors."""
    return {"_errors": [{"code": code, "message": message}]}


def wrong_in_direct_messages() -> ApiError:
    """Return the error for what cannot be done in direct messages."""
    return ApiError(403, 50003, "Cannot execute action on a DM channel")
