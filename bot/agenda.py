"""A case's intents as they are worked through: what is open, and what a change calls for."""

from bot.model.action import Action
from bot.model.case import Case
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState

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
        return IntentDraft(IntentKind.LOG_EDIT, f"log-edit:{intent.key}")
    return None


def removed_posts(case: Case, intents: Intents) -> frozenset[int]:
    """Return the posts of a case that are gone from Discord by our doing."""
    deleted = {
        one.message
        for one in intents.values()
        if one.kind is IntentKind.DELETE and one.state is IntentState.DONE
    }
    return frozenset(
        post.message
        for post in case.posts
        if post.action is Action.REMOVE and post.message in deleted
    )
