"""Turning a removal that was decided and not tried into a question to moderators."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from bot.model.action import Action
from bot.model.case import CaseState
from bot.storage.post_rows import EFFECTIVE, SHOWN_VERSION
from bot.storage.tables import case_posts, cases, findings, post_versions


def ask_instead(connection: Connection, case: int, messages: Sequence[int], because: str) -> None:
    """Let posts of a case be asked about that were to be removed.

    What asked for their removal asks a moderator from then on, and says why; the case is open.
    """
    for message in messages:
        shown = (
            select(case_posts.c.shown)
            .where(case_posts.c.message == message, case_posts.c.case_id == case)
            .scalar_subquery()
        )
        connection.execute(
            update(findings)
            .where(
                findings.c.message == message,
                findings.c.serial == shown,
                findings.c.action == Action.REMOVE,
            )
            .values(action=Action.REVIEW, because=because)
        )
        connection.execute(
            update(post_versions)
            .where(
                post_versions.c.message == message,
                post_versions.c.serial == shown,
                post_versions.c.action == Action.REMOVE,
            )
            .values(action=Action.REVIEW)
        )
        connection.execute(
            update(case_posts)
            .where(case_posts.c.message == message, case_posts.c.case_id == case)
            .values(ruling=None, ruled_action=None)
        )
    strongest = connection.scalar(
        select(func.max(EFFECTIVE))
        .select_from(case_posts)
        .join(post_versions, SHOWN_VERSION)
        .where(case_posts.c.case_id == case)
    )
    action = Action.ALLOW if strongest is None else Action(strongest)
    state = CaseState.ACTED if action is Action.REMOVE else CaseState.OPEN
    connection.execute(
        update(cases)
        .where(cases.c.id == case)
        .values(action=action, state=state, closed_at=None, version=cases.c.version + 1)
    )
