"""From a report on a post to what is committed: a case with its intents, or observations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.model.action import Action
from bot.model.case import Case, CasePost, CaseState
from bot.model.intent import IntentDraft, IntentKind
from bot.model.post import AuthorKind, Post
from bot.model.report import Report
from bot.model.unechoed import is_unechoed, unechoed
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


REPEATS = frozenset({"spam-repeat"})
"""Rules about saying the same again: a later repeat belongs to the case of the first one."""


def continuing_rules(report: Report) -> tuple[str, ...]:
    """Return the rules by which a post may continue an earlier case, sorted.

    Those for which it is removed, and repeats that a moderator is asked about.
    """
    return tuple(
        sorted(
            {
                finding.evidence.rule
                for finding in report.findings
                if finding.action is Action.REMOVE
                or (finding.action is Action.REVIEW and finding.evidence.rule in REPEATS)
            }
        )
    )


def least_continued(rule: str) -> Action:
    """Return what a rule must have led to in a case for that case to be continued by it."""
    return Action.REVIEW if rule in REPEATS else Action.REMOVE


def continues(case: Case, post: Post, rule: str, policy: Policy) -> bool:
    """Whether a post continues an author's earlier case by the same rule: a burst, or a repeat.

    Decided by the times of the posts alone, so that a restart in between changes nothing. A closed
    case is over: what comes later is a new matter.
    """
    apart = abs(post.at - max(one.at for one in case.posts))
    if case.author != post.author or case.state is CaseState.CLOSED:
        return False
    if rule in REPEATS:
        return apart <= policy.memory
    return case.action is Action.REMOVE and apart <= policy.burst


def draft(
    post: Post,
    report: Report,
    versions: Versions,
    now: datetime,
    *,
    earlier: Case | None,
    log: bool,
    burst: timedelta,
    said: tuple[str | None, ...] = (),
) -> CaseDraft:
    """Return the case that a report calls for.

    Args:
        post: what was judged.
        report: its report; decides REVIEW or REMOVE.
        versions: by what it was judged.
        now: aware UTC.
        earlier: the case of an earlier version of the post, or the one that it continues.
        log: whether the community has a moderators' log.
        burst: how far apart posts of a burst are at most: a burst gives one notice, and a removal
            that continues a case later gives one of its own.
        said: the rules that its case says it is about: of what may show a child nothing is kept,
            whatever is found in a later version.
    """
    action = report.decision.action
    assert action >= Action.REVIEW, "BUG: a case needs at least a question to moderators"
    intents: list[IntentDraft] = []
    kept = unechoed(
        CasePost(
            message=post.id,
            channel=post.channel,
            at=post.at,
            action=action,
            parts=post.parts,
            findings=report.findings,
            digest=digest(post),
            degraded=report.degraded,
            files=post.files,
        ),
        *said,
    )
    if action is Action.REMOVE:
        if kept.files and log and not is_unechoed(kept, *said):
            key = f"evidence:{post.id}"
            intents.append(IntentDraft(IntentKind.EVIDENCE, key, post.channel, post.id))
        intents.append(IntentDraft(IntentKind.DELETE, f"delete:{post.id}", post.channel, post.id))
        if post.author_kind is AuthorKind.MEMBER:
            intents.append(_notice(post, earlier, burst))
    if log:
        intents.append(IntentDraft(IntentKind.LOG, "log"))
        if earlier is not None:
            key = f"log-edit:{post.id}:{digest(post)[:8]}"
            intents.append(IntentDraft(IntentKind.LOG_EDIT, key))
    return CaseDraft(
        guild=post.guild,
        author=post.author,
        author_kind=post.author_kind,
        post=kept,
        opened_at=now,
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
        joins=earlier.id if earlier is not None else None,
        intents=tuple(intents),
    )


def asking(intents: tuple[IntentDraft, ...]) -> tuple[IntentDraft, ...]:
    """Return what is left to be done about a post that is asked about instead of removed."""
    acting = (IntentKind.EVIDENCE, IntentKind.DELETE, IntentKind.NOTICE)
    return tuple(one for one in intents if one.kind not in acting)


def _notice(post: Post, earlier: Case | None, burst: timedelta) -> IntentDraft:
    """Return the notice that tells of a removal: its burst's, whose first post it names."""
    posts = earlier.posts if earlier is not None else ()
    removed = [one for one in posts if one.action is Action.REMOVE and one.message != post.id]
    begins: int | None = None
    at = post.at
    for one in reversed([one for one in removed if one.message < post.id]):
        if at - one.at > burst:
            break
        begins, at = one.message, one.at
    if begins is None:  # posts need not be judged in the order they were written in
        after = (one for one in removed if one.message > post.id and one.at - post.at <= burst)
        begins = next((one.message for one in after), post.id)
    if not removed or begins == removed[0].message:
        return IntentDraft(IntentKind.NOTICE, "notice", post.channel, user=post.author)
    key = f"notice:{begins}"
    return IntentDraft(IntentKind.NOTICE, key, post.channel, begins, post.author)
