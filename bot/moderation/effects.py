"""What a ruling asks of Discord, as intents: enforced first, then told, then written down."""

from collections.abc import Iterator, Sequence

from bot.model.case import CasePost
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.model.sanction import Sanction, SanctionDraft, SanctionKind
from bot.model.unechoed import UNECHOED_RULES, is_unechoed
from bot.ports import Ruled, RulingDraft

UNLOGGED = frozenset({RulingKind.NOTED})
"""Rulings of which nothing is sent anywhere: a note is read in the case."""


def of_decision(
    draft: RulingDraft, ruled: Ruled, community: Community, known: Dossier | None
) -> Iterator[IntentDraft]:
    """Yield what a moderator's decision asks of Discord, in the order it is to be done.

    Args:
        draft: the decision.
        ruled: what it was committed as.
        community: names the logs, and the boards where a private thread can be opened.
        known: its case as it was before; None for a new one.
    """
    removed = frozenset(draft.removes)
    if community.log is not None:
        for post in draft.posts:
            if any(one.address for one in post.files) and not is_unechoed(post, draft.rule):
                yield IntentDraft(
                    IntentKind.EVIDENCE,
                    f"evidence:{post.message}",
                    post.channel,
                    post.message,
                    ruling=ruled.ruling,
                )
    for post in draft.posts:
        if post.message in removed:
            yield IntentDraft(
                IntentKind.DELETE,
                f"delete:{post.message}",
                post.channel,
                post.message,
                ruling=ruled.ruling,
            )
    for sanction, ordered in zip(ruled.sanctions, draft.sanctions, strict=True):
        yield from of_sanction(sanction, ordered, ruled.ruling, draft.subject)
    yield from unshown(draft, known)
    yield from of_telling(draft, ruled.ruling, community, known, place_of(draft.posts, community))


def unshown(draft: RulingDraft, known: Dossier | None) -> Iterator[IntentDraft]:
    """Yield what takes back what our own messages show of a post that nothing may be shown of.

    Notices, kept files, quotes, and lines about earlier rulings; the first line is written anew.
    """
    if draft.rule not in UNECHOED_RULES or known is None:
        return
    for sent in known.intents:
        shows = sent.kind in (IntentKind.NOTICE, IntentKind.EVIDENCE, IntentKind.RESTORE) or (
            sent.kind is IntentKind.LOG and sent.ruling is not None
        )
        if shows and sent.may_be_seen:
            yield sent.redaction()


def of_sanction(
    sanction: int, ordered: SanctionDraft, ruling: int, subject: int
) -> Iterator[IntentDraft]:
    """Yield what puts a sanction in force, and what ends it at its time."""
    yield IntentDraft(
        IntentKind.APPLY, f"apply:{sanction}", user=subject, sanction=sanction, ruling=ruling
    )
    if ordered.until is not None:
        yield IntentDraft(
            IntentKind.END,
            f"end:{sanction}",
            user=subject,
            sanction=sanction,
            ruling=ruling,
            not_before=ordered.until,
        )


def of_telling(
    draft: RulingDraft,
    ruling: int,
    community: Community,
    known: Dossier | None,
    place: int | None,
) -> Iterator[IntentDraft]:
    """Yield what tells of a ruling: the member first, then moderators, then everybody.

    Args:
        draft: the ruling.
        ruling: its id.
        community: names the logs.
        known: its case as it was before; its first line in the log is brought up to date.
        place: a channel in which a private thread can be opened.
    """
    if draft.kind in UNLOGGED:
        return
    if draft.tells:
        yield IntentDraft(
            IntentKind.NOTICE,
            f"notice:ruling:{ruling}",
            place,
            user=draft.subject,
            ruling=ruling,
        )
    if community.log is not None:
        yield IntentDraft(IntentKind.LOG, f"log:ruling:{ruling}", ruling=ruling)
        if known is not None and any(one.key == "log" for one in known.intents):
            yield IntentDraft(IntentKind.LOG_EDIT, f"log-edit:ruling:{ruling}")
    if community.public_log is not None and not draft.silent and draft.kind is not RulingKind.KEPT:
        yield IntentDraft(IntentKind.PUBLIC_LOG, f"public:ruling:{ruling}", ruling=ruling)


def end_now(sanction: Sanction, ruling: int, intents: Sequence[Intent]) -> IntentDraft | None:
    """Return what ends a sanction at once; None where an end that waits can be moved instead."""
    if pending_end(sanction, intents) is not None or sanction.kind is SanctionKind.WARNING:
        return None
    return IntentDraft(
        IntentKind.END,
        _end_key(sanction, ruling, intents),
        user=sanction.user,
        sanction=sanction.id,
        ruling=ruling,
    )


def pending_end(sanction: Sanction, intents: Sequence[Intent]) -> Intent | None:
    """Return the end of a sanction that waits for its time, or None."""
    return next(
        (
            one
            for one in intents
            if one.kind is IntentKind.END
            and one.sanction == sanction.id
            and one.state is IntentState.PENDING
        ),
        None,
    )


def is_shown(sanction: Sanction, intents: Sequence[Intent]) -> bool:
    """Whether Discord shows a sanction, as far as is known: also one whose end it refused."""
    ends = [one for one in intents if one.kind is IntentKind.END and one.sanction == sanction.id]
    refused = bool(ends) and ends[-1].state in (IntentState.FAILED, IntentState.UNKNOWN)
    return sanction.in_force or refused


def end_later(sanction: Sanction, ruling: int, intents: Sequence[Intent]) -> IntentDraft:
    """Return what ends, at a time that the caller fills in, a sanction that had no end."""
    return IntentDraft(
        IntentKind.END,
        _end_key(sanction, ruling, intents),
        user=sanction.user,
        sanction=sanction.id,
        ruling=ruling,
    )


def keep(sanction: Sanction, ruling: int) -> IntentDraft:
    """Return what shows a moved end on Discord."""
    return IntentDraft(
        IntentKind.KEEP,
        f"keep:{sanction.id}:r{ruling}",
        user=sanction.user,
        sanction=sanction.id,
        ruling=ruling,
    )


def restore(post: CasePost, ruling: int) -> IntentDraft:
    """Return what posts a removed post again, as a quote."""
    return IntentDraft(
        IntentKind.RESTORE,
        f"restore:{post.message}",
        post.channel,
        post.message,
        ruling=ruling,
    )


def lost_files(post: CasePost, intents: Sequence[Intent]) -> bool:
    """Whether a post had files, and none of them is kept or still about to be."""
    lost = (IntentState.FAILED, IntentState.UNKNOWN, IntentState.DROPPED)
    return bool(post.files) and not any(
        one.kind is IntentKind.EVIDENCE and one.message == post.message and one.state not in lost
        for one in intents
    )


def place_of(posts: Sequence[CasePost], community: Community) -> int | None:
    """Return a channel in which a private thread for a notice can be opened; None if there is none.

    The first post's; where there is no post, the first board's.
    """
    if posts:
        return posts[0].channel
    return next((one.channel.id for one in community.boards if one.channel.id is not None), None)


def _end_key(sanction: Sanction, ruling: int, intents: Sequence[Intent]) -> str:
    key = f"end:{sanction.id}"
    return f"{key}:{ruling}" if any(one.key == key for one in intents) else key
