"""From a report on a post to what is committed: a case with its intents, or observations."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from bot.model.action import Action
from bot.model.case import Case, CasePost
from bot.model.intent import IntentDraft, IntentKind
from bot.model.post import AuthorKind, Post
from bot.model.report import Report
from bot.policy.policy import Policy
from bot.ports import CaseDraft, Observation


@dataclass(frozen=True, slots=True)
class Versions:
    """By what a post was judged; every case keeps it."""

    guidelines: str
    screening: str


def digest(post: Post) -> str:
    """Return a digest of all that screening reads of a post: equal for equal versions only."""
    hasher = blake2b(digest_size=12)
    for part in post.parts:
        text = part.text.encode("utf-8", "surrogatepass")
        # The length comes first, so that no text can hold what looks like the border of two.
        hasher.update(f"{part.surface.value} {len(text)} ".encode())
        hasher.update(text)
    return hasher.hexdigest()


def observations(post: Post, report: Report) -> tuple[Observation, ...]:
    """Return the findings worth a note that no case will hold."""
    return tuple(
        Observation(post.guild, post.id, post.channel, post.author, post.at, finding)
        for finding in report.findings
        if finding.action is Action.NOTE
    )


def removing_rules(report: Report) -> tuple[str, ...]:
    """Return the rules for which a post is removed, sorted; empty if it stays."""
    return tuple(sorted({f.evidence.rule for f in report.findings if f.action is Action.REMOVE}))


def belongs_to_burst(case: Case, post: Post, policy: Policy) -> bool:
    """Whether a post that is removed continues an earlier case of the same author and rule.

    Decided by the times of the posts alone, so that a restart in between changes nothing.
    """
    latest = max(case.posts, key=lambda one: one.at)
    return (
        case.action is Action.REMOVE
        and case.author == post.author
        and abs(post.at - latest.at) <= policy.burst
    )


def draft(
    post: Post,
    report: Report,
    versions: Versions,
    now: datetime,
    *,
    continues: Case | None,
    log: bool,
) -> CaseDraft:
    """Return the case that a report calls for.

    Args:
        post: what was judged.
        report: its report; decides REVIEW or REMOVE.
        versions: by what it was judged.
        now: aware UTC.
        continues: the case of an earlier version of the post, or of the burst it belongs to.
        log: whether the community has a moderators' log.
    """
    action = report.decision.action
    assert action >= Action.REVIEW, "BUG: a case needs at least a question to moderators"
    intents: list[IntentDraft] = []
    if action is Action.REMOVE:
        intents.append(IntentDraft(IntentKind.DELETE, f"delete:{post.id}", post.channel, post.id))
        if post.author_kind is AuthorKind.MEMBER:
            intents.append(IntentDraft(IntentKind.NOTICE, "notice", post.channel, user=post.author))
    if log:
        intents.append(IntentDraft(IntentKind.LOG, "log"))
        if continues is not None:
            key = f"log-edit:{post.id}:{digest(post)[:8]}"
            intents.append(IntentDraft(IntentKind.LOG_EDIT, key))
    return CaseDraft(
        guild=post.guild,
        author=post.author,
        author_kind=post.author_kind,
        post=CasePost(
            message=post.id,
            channel=post.channel,
            at=post.at,
            action=action,
            parts=post.parts,
            findings=report.findings,
            digest=digest(post),
            degraded=report.degraded,
        ),
        opened_at=now,
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
        joins=continues.id if continues is not None else None,
        intents=tuple(intents),
    )
