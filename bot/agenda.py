"""A case's intents as they are worked through: what is open, and what a change calls for."""

from bot.model.action import Action
from bot.model.case import Case
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.ports import GONE_ALREADY

Intents = dict[int, Intent]
"""A case's intents by id, each in its newest known state."""


def open_intents(intents: Intents, kind: IntentKind | None = None) -> list[Intent]:
    """Return what is not settled, of one kind or of all, in the order it was decided."""
    return sorted(
        (
            one
            for one in intents.values()
            if one.state not in SETTLED and (kind is None or one.kind is kind)
        ),
        key=lambda one: one.id,
    )


def update_of_log(intent: Intent, intents: Intents) -> IntentDraft | None:
    """Return the update a line of the log needs when something settles after it was written."""
    if intent.kind not in (IntentKind.DELETE, IntentKind.NOTICE):
        return None
    # Also a line that may have arrived: what it says was true when it was attempted.
    written = (IntentState.DONE, IntentState.ATTEMPTED)
    if any(one.kind is IntentKind.LOG and one.state in written for one in intents.values()):
        # Taken up again, it settles again, and then its version is another.
        return IntentDraft(IntentKind.LOG_EDIT, f"log-edit:{intent.key}:{intent.version}")
    return None


def notice_after_all(intent: Intent, intents: Intents) -> IntentDraft | None:
    """Return the notice to take up again now that a removal worked: it was dropped before that.

    Args:
        intent: as it is about to be settled.
        intents: the case's; a notice is dropped while none of its posts is gone, and one that is
            recorded meanwhile may go only later.
    """
    if intent.kind is not IntentKind.DELETE or intent.state is not IntentState.DONE:
        return None
    notice = _notice_about(intent.message or 0, _notices(intents))
    if notice is None or notice.state is not IntentState.DROPPED:
        return None
    return IntentDraft(notice.kind, notice.key, intent.channel, notice.message, notice.user)


def removed_posts(case: Case, intents: Intents, notice: Intent) -> frozenset[int]:
    """Return the posts a notice is about that were to be removed and are gone from Discord.

    A notice is about the posts from its own on, up to those of the next notice of the case.
    """
    notices = _notices(intents)
    deleted = {
        one.message
        for one in intents.values()
        if one.kind is IntentKind.DELETE and one.state is IntentState.DONE
    }
    return frozenset(
        post.message
        for post in case.posts
        if post.action is Action.REMOVE
        and post.message in deleted
        and _notice_about(post.message, notices) == notice
    )


def found_gone(posts: frozenset[int], intents: Intents) -> bool:
    """Whether any of these posts was gone already when Concord went to remove it."""
    return any(
        one.message in posts and one.outcome == GONE_ALREADY
        for one in intents.values()
        if one.kind is IntentKind.DELETE
    )


def _notices(intents: Intents) -> list[Intent]:
    return [one for one in intents.values() if one.kind is IntentKind.NOTICE]


def _notice_about(message: int, notices: list[Intent]) -> Intent | None:
    """Return the notice that tells of a removed post: the last that begins at it or before it."""
    begun = [one for one in notices if (one.message or 0) <= message]
    return max(begun, key=lambda one: one.message or 0, default=None)
