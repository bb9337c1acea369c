"""Sanctions in words: for the member, for moderators, and for everybody without a name."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.model.guidelines import Guidelines
from bot.model.sanction import ENDLESS, Sanction, SanctionDraft, SanctionKind, SanctionState
from bot.text.durations import said
from bot.text.escaping import escaped
from bot.wording.parts import counted, lasting, moment

GRAVEST_FIRST: Sequence[SanctionKind] = (
    SanctionKind.BAN,
    SanctionKind.TIMEOUT,
    SanctionKind.GROUP_REMOVAL,
    SanctionKind.BOARD_REMOVAL,
    SanctionKind.WARNING,
    SanctionKind.REFERRAL,
)
"""The order in which texts name them: what changes most for the member comes first."""

NAMES: Mapping[SanctionKind, str] = MappingProxyType(
    {
        SanctionKind.WARNING: "warning",
        SanctionKind.TIMEOUT: "timeout",
        SanctionKind.BOARD_REMOVAL: "board removal",
        SanctionKind.GROUP_REMOVAL: "group removal",
        SanctionKind.BAN: "ban",
        SanctionKind.REFERRAL: "referral",
    }
)
"""A kind as moderators say it."""


def named(draft: SanctionDraft) -> str:
    """Return a sanction's kind as moderators say it; a warning without points is a reminder."""
    return "reminder" if draft.is_reminder else NAMES[draft.kind]


def begins(draft: SanctionDraft, since: datetime, guidelines: Guidelines) -> str:
    """Return to the member what a sanction means, and until when."""
    until = "" if draft.until is None else f" {lasting(since, draft.until)}"
    match draft.kind:
        case SanctionKind.WARNING:
            return f"This is a {'reminder, and no warning' if draft.is_reminder else 'warning'}."
        case SanctionKind.TIMEOUT:
            return f"You are timed out{until}: you can read, and not write anywhere."
        case SanctionKind.BOARD_REMOVAL:
            return f"You cannot write on the board {_board(draft)}{until or ' any more'}."
        case SanctionKind.GROUP_REMOVAL:
            return (
                f"You are no longer in the group {_group(draft)}, and cannot join it again{until}."
            )
        case SanctionKind.BAN:
            return f"You are removed from this community{until or ' for good'}."
        case SanctionKind.REFERRAL:
            return f"We passed this on to {guidelines.platform}, which decides by its own terms."


def ends(draft: SanctionDraft, *, back: bool | None = None) -> str:
    """Return to the member what is as it was, now that a sanction is over.

    Args:
        draft: the sanction.
        back: of a group removal, whether they are in the group again; None while nobody knows.
    """
    match draft.kind:
        case SanctionKind.WARNING:
            return f"The {named(draft)} is taken back."
        case SanctionKind.TIMEOUT:
            return "Your timeout is over: you can write again."
        case SanctionKind.BOARD_REMOVAL:
            return f"You can write on the board {_board(draft)} again."
        case SanctionKind.GROUP_REMOVAL:
            return _group_again(_group(draft), back=back)
        case SanctionKind.BAN:
            return "You can join this community again, with an invitation."
        case SanctionKind.REFERRAL:
            return "What we passed on to the platform is withdrawn."


def _group_again(group: str, *, back: bool | None) -> str:
    if back is None:
        return f"The group {group} is open to you again; if you were in it, its role comes back."
    if back:
        return f"You are in the group {group} again."
    return (
        f"You can join the group {group} again: choose it as you did the first time, or ask a "
        "moderator."
    )


def now_lasts(draft: SanctionDraft) -> str:
    """Return to the member when a sanction ends, now that its end was moved."""
    until = "has no end now" if draft.until is None else f"now lasts until {moment(draft.until)}"
    match draft.kind:
        case SanctionKind.BOARD_REMOVAL:
            return f"Your removal from the board {_board(draft)} {until}."
        case SanctionKind.GROUP_REMOVAL:
            return f"Your removal from the group {_group(draft)} {until}."
        case SanctionKind.BAN:
            return f"Your removal from this community {until}."
        case _:
            return f"Your {NAMES[draft.kind]} {until}."


def described(draft: SanctionDraft, since: datetime) -> str:
    """Return a sanction as moderators read it: "Timeout until <t:…:f> (24 hours)"."""
    until = "" if draft.kind in ENDLESS else f" {lasting(since, draft.until)}"
    what = f"{named(draft).capitalize()}{_of_what(draft)}{until}"
    if draft.delete_message_seconds:
        deleted = said(timedelta(seconds=draft.delete_message_seconds))
        what += f", with what they wrote in the last {deleted}"
    return what


def happens(draft: SanctionDraft, since: datetime) -> str:
    """Return what a sanction will do, as one line of a preview for moderators."""
    line = described(draft, since)
    if draft.points:
        counts = f"; counts {counted(draft.points, 'point')}"
        until = "" if draft.points_until is None else f" until {moment(draft.points_until, 'D')}"
        line += f"{counts}{until}"
    elif draft.is_reminder:
        line += "; counts no points"
    return f"{line}."


def standing(sanction: Sanction) -> str:
    """Return where a sanction stands, as moderators read it."""
    once = sanction.kind in ENDLESS
    ended = f" {moment(sanction.ended_at)}" if sanction.ended_at is not None else ""
    in_force = "given" if once else "in force"
    words = {
        SanctionState.ORDERED: "not known to have worked yet" if once else "not in force yet",
        SanctionState.ACTIVE: f"{in_force}, by hand" if sanction.ordered.by_hand else in_force,
        SanctionState.EXPIRED: f"over{' since' if ended else ''}{ended}",
        SanctionState.LIFTED: f"lifted{ended}",
        SanctionState.VOIDED: f"voided{ended}, counts for nothing",
        SanctionState.FAILED: "could not be put in force",
    }
    return words[sanction.state]


def anonymous(draft: SanctionDraft, since: datetime) -> str:
    """Return a sanction as everybody may read it: "a timeout of 24 hours"."""
    if draft.kind in ENDLESS:
        return f"a {named(draft)}"
    length = "without end" if draft.until is None else f"of {said(draft.until - since)}"
    return f"a {NAMES[draft.kind]} {length}"


def gravest(drafts: Sequence[SanctionDraft]) -> list[SanctionDraft]:
    """Return sanctions in the order in which texts name them."""
    return sorted(drafts, key=lambda one: GRAVEST_FIRST.index(one.kind))


def _board(draft: SanctionDraft) -> str:
    return f"**{escaped(draft.board or '', 100)}**"


def _group(draft: SanctionDraft) -> str:
    return f"**{escaped(draft.group or '', 100)}**"


def _of_what(draft: SanctionDraft) -> str:
    if draft.board is not None:
        return f" ({escaped(draft.board, 100)})"
    return f" ({escaped(draft.group, 100)})" if draft.group is not None else ""
