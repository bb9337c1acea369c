"""What is wrong with an order in itself, in sentences: before anybody asks who may give it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.model.community import Community
from bot.model.guidelines import Guidelines
from bot.model.order import Order, Wanted
from bot.model.sanction import ENDLESS, MOST_DELETED, SanctionKind
from bot.text.durations import LONGEST, SHORTEST, said
from bot.text.escaping import escaped
from bot.wording.parts import known_names, moment

DISCRETION: Final = "discretion"
"""The rule for what the guidelines do not foresee: the moderator's words are all it rests on."""

MOST_WORDS: Final = 1000
"""Characters of a note to the member, or of one for moderators; chosen, not measured."""

MOST_POSTS: Final = 100
"""Posts of one order; as many as Discord gives in one page of history."""


NO_REFERRALS: Final = (
    "Referrals to the platform are off here: REFERRAL_URL and REFERRAL_SECRET are not set; whoever "
    "runs Concord can set them."
)


def problems(
    order: Order,
    community: Community,
    guidelines: Guidelines,
    now: datetime,
    *,
    refers: bool = True,
) -> tuple[str, ...]:
    """Return what is wrong with an order at a moment, all at once; empty if nothing is.

    Args:
        order: what is asked for.
        community: its boards and groups.
        guidelines: what rules there are.
        now: aware UTC.
        refers: whether members can be reported to the platform.
    """
    found = [*_rule(order, guidelines), *_texts(order), *_posts(order)]
    for wanted in order.sanctions:
        found.extend(_sanction(wanted, community, now))
    if not refers and any(one.kind is SanctionKind.REFERRAL for one in order.sanctions):
        found.append(NO_REFERRALS)
    whole = [(one.kind, one.board, one.group) for one in order.sanctions]
    if len(set(whole)) < len(whole):
        found.append("The same sanction is in this decision twice; please give it once.")
    if any(one.reminder for one in order.sanctions) and len(order.sanctions) > 1:
        found.append("A reminder is instead of a sanction: please choose one of the two.")
    if order.spam and not any(one.kind is SanctionKind.BAN for one in order.sanctions):
        found.append("Only a ban can be for spam: everybody else is told.")
    if not (order.sanctions or order.removes or order.case):
        found.append("Nothing would happen: please choose posts to remove, or a sanction.")
    return tuple(dict.fromkeys(found))


def rule_problem(rule_id: str, guidelines: Guidelines) -> str | None:
    """Return why a decision cannot rest on a rule, or None."""
    try:
        rule = guidelines.rule(rule_id)
    except KeyError:
        return f"The guidelines have no rule {rule_id!r}; please choose one from the list."
    if rule.guideline is None:
        return (
            f"{rule_id} is about care: nobody is sanctioned and nothing is removed for it. "
            "Please write to the member, kindly."
        )
    return None


def length_problem(length: timedelta | None) -> str | None:
    """Return why a sanction cannot last so long, or None; no length means without end."""
    if length is None or SHORTEST <= length <= LONGEST:
        return None
    return f"A sanction lasts {said(SHORTEST)} to {said(LONGEST)}, or has no end."


def end_problem(end: datetime | None, now: datetime) -> str | None:
    """Return why a sanction cannot end at a moment that was named, or None."""
    if end is None:
        return None
    if end <= now:
        return f"The end that was named, {moment(end)}, has passed; please name another."
    return length_problem(end - now)


def _rule(order: Order, guidelines: Guidelines) -> Iterator[str]:
    if order.rule is None:
        yield (
            "Please say which guideline it rests on; where none fits, choose discretion and say "
            "why in the note to the member."
        )
        return
    if problem := rule_problem(order.rule, guidelines):
        yield problem
    elif order.rule == DISCRETION and not order.words.strip() and not order.spam:
        yield "Discretion needs words: please write the member why."


def _texts(order: Order) -> Iterator[str]:
    for what, text in (
        ("note to the member", order.words),
        ("internal note", order.internal),
        ("reason for another decision than proposed", order.because),
    ):
        if len(text) > MOST_WORDS:
            yield f"The {what} has {len(text)} characters; at most {MOST_WORDS} fit."


def _posts(order: Order) -> Iterator[str]:
    messages = [post.message for post in (*order.removes, *order.evidence)]
    if len(messages) > MOST_POSTS:
        yield f"{len(messages)} posts are too many for one decision; at most {MOST_POSTS} fit."
    if len(set(messages)) < len(messages):
        yield "The same post is in this decision twice."


def _sanction(wanted: Wanted, community: Community, now: datetime) -> Iterator[str]:
    kind = wanted.kind
    if kind in ENDLESS and wanted.end(now) is not None:
        yield f"A {kind} happens once and has no length."
    elif problem := length_problem(wanted.duration) or end_problem(wanted.until, now):
        yield problem
    if wanted.reminder and kind is not SanctionKind.WARNING:
        yield f"A {kind} is no reminder."
    if kind is SanctionKind.BOARD_REMOVAL:
        yield from _board(wanted.board, community)
    elif wanted.board is not None:
        yield f"A {kind} is not about one board."
    if kind is SanctionKind.GROUP_REMOVAL:
        yield from _group(wanted.group, community)
    elif wanted.group is not None:
        yield f"A {kind} is not about one Community Group."
    deleted = wanted.delete_messages
    if deleted and kind is not SanctionKind.BAN:
        yield f"Only a ban can delete a member's latest messages; a {kind} does not."
    elif not timedelta() <= deleted <= timedelta(seconds=MOST_DELETED):
        yield f"A ban deletes at most {said(timedelta(seconds=MOST_DELETED))} of messages."


def _board(name: str | None, community: Community) -> Iterator[str]:
    board = community.board(name) if name is not None else None
    if board is None:
        known = known_names(one.name for one in community.boards)
        yield f"There is no board {_called(name)}; boards are: {known}."
    elif board.channel.id is None:
        yield (
            f"Of the board {_called(board.name)} Concord does not know the channel; an admin can "
            "set it."
        )


def _group(name: str | None, community: Community) -> Iterator[str]:
    group = next((one for one in community.groups if one.name == name), None)
    if group is None:
        known = known_names(one.name for one in community.groups)
        yield f"There is no Community Group {_called(name)}; groups are: {known}."
    elif group.role.id is None:
        yield (
            f"Of the group {_called(group.name)} Concord does not know the role; an admin can set "
            "it."
        )


def _called(name: str | None) -> str:
    return "of that name" if name is None else f"'{escaped(name)}'"
