"""What members and moderators read about a case: plain, kind, short, guidelines by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.action import Action
from bot.model.case import Case, CasePost
from bot.model.evidence import Finding
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind, IntentState
from bot.ports import GONE_ALREADY, Words
from bot.quoting import for_member, for_moderators

REASONS = 3
"""How many reasons a text names before it says how many more there are; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes the texts about cases, citing the guidelines they were decided by."""

    guidelines: Guidelines

    def notice(
        self, case: Case, removed: frozenset[int], token: str, *, ours: bool = True
    ) -> Words:
        """Return what the author of removed posts is told.

        Args:
            case: the case; at least one of its posts is in ``removed``.
            removed: ids of the posts that are gone.
            token: marks the message, so that it can be found again.
            ours: whether it is known that Concord removed them all. If it is not, nothing is said
                of who did.
        """
        posts = [post for post in case.posts if post.message in removed]
        first = posts[0]
        paragraphs = [_opening(len(posts), f"<#{first.channel}>", ours=ours)]
        if quoted := for_member(first):
            paragraphs.append(f"**What you wrote**\n{quoted}")
        decisive = _decisive(first)
        paragraphs.append(f"**What was found**\n{_listed(_reasons(decisive))}")
        paragraphs.extend(self._guidelines(decisive))
        paragraphs.append(
            "**What happens now**\nNothing more: no warning, no points, and you can keep posting. "
            f"If this was a mistake, please tell a moderator and name {case.reference}: "
            "a person will look at it."
        )
        title = "A post of yours was removed" if ours else "A post of yours is no longer there"
        return Words(title, tuple(paragraphs), _mark(case, token))

    def log_line(self, case: Case, intents: Sequence[Intent], token: str) -> Words:
        """Return the line of the moderators' log on a case, as it stands now."""
        author = f"<@{case.author}>"
        removed = [post for post in case.posts if post.action is Action.REMOVE]
        first = (removed or case.posts)[0]
        deletes = {intent.message: intent for intent in intents if intent.kind is IntentKind.DELETE}
        gone = [post for post in removed if _is_done(deletes.get(post.message))]
        before = [post for post in gone if deletes[post.message].outcome == GONE_ALREADY]
        title, alert = self._title(case, removed, gone, before)
        paragraphs = [f"{author} in <#{first.channel}>, {_link(case.guild, first)}"]
        findings = _decisive(first)
        paragraphs.append(_listed(self._cited(finding) for finding in findings))
        if quoted := for_moderators(first):
            paragraphs.append(quoted)
        if len(case.posts) > 1:
            shown = "the first" if first is case.posts[0] else "the first that was to go"
            paragraphs.append(f"{len(case.posts)} posts in this case; shown is {shown}.")
        if first.degraded:
            paragraphs.append(
                "Part of the post could not be checked, so nothing was done by itself."
            )
        if before:
            paragraphs.append(_gone_before(len(before), len(gone)))
        trouble = [
            intent
            for intent in intents
            if intent.kind in (IntentKind.DELETE, IntentKind.NOTICE)
            and intent.outcome
            and intent.state not in (IntentState.DONE, IntentState.DROPPED)
        ]
        paragraphs.extend(dict.fromkeys(_told(intents)))
        paragraphs.extend(dict.fromkeys(f"⚠️ {_trouble(intent)}" for intent in trouble))
        paragraphs.append(f"Guidelines version {case.guidelines_version}")
        return Words(title, tuple(paragraphs), _mark(case, token), alert or bool(trouble))

    def _title(
        self,
        case: Case,
        removed: list[CasePost],
        gone: list[CasePost],
        before: list[CasePost],
    ) -> tuple[str, bool]:
        if not removed:
            return f"{case.reference} · please look at this post", True
        if not gone:
            return f"{case.reference} · the post is still there", True
        what = "gone" if before else "removed"
        if len(gone) < len(removed):
            return f"{case.reference} · {len(gone)} of {len(removed)} posts {what}", True
        if len(gone) > 1:
            return f"{case.reference} · {len(gone)} posts {what}", False
        return (
            f"{case.reference} · {'the post was gone already' if before else 'post removed'}",
            False,
        )

    def _cited(self, finding: Finding) -> str:
        guideline = "care"
        if finding.guideline is not None:
            title = self.guidelines.guideline(finding.guideline).title
            guideline = f"guideline {finding.guideline}: {title}"
        certainty = f"{finding.evidence.confidence:.0%}"
        cited = f"**{finding.evidence.rule}** ({guideline}): {finding.evidence.reason}, {certainty}"
        return f"{cited}; {finding.because}" if finding.because else cited

    def _guidelines(self, findings: Sequence[Finding]) -> list[str]:
        """Return the guidelines that were broken and what to do instead; the first ones in full."""
        written = {rule.id: rule for rule in self.guidelines.rules()}
        broken = dict.fromkeys(finding.evidence.rule for finding in findings)
        # A case outlives wordings: a rule that is no longer written cannot be cited.
        rules = [written[rule_id] for rule_id in broken if rule_id in written]
        paragraphs = []
        cited: set[int] = set()
        for rule in rules[:REASONS]:
            said = ""
            if rule.guideline is not None and rule.guideline not in cited:
                cited.add(rule.guideline)
                guideline = self.guidelines.guideline(rule.guideline)
                said = f"**Guideline {guideline.number}: {guideline.title}**\n{guideline.wording}\n"
            paragraphs.append(f"{said}{rule.instead} {rule.permitted}")
        others = {rule.guideline for rule in rules if rule.guideline is not None} - cited
        if others:
            paragraphs.append(f"Guidelines that matter too: {', '.join(map(str, sorted(others)))}")
        page = self.guidelines.page("guidelines")
        all_of_them = f"All guidelines: {page}" if page is not None else "Our guidelines"
        paragraphs.append(f"{all_of_them} (version {self.guidelines.version})")
        return paragraphs


def _opening(count: int, where: str, *, ours: bool) -> str:
    if ours and count == 1:
        return f"Your post in {where} was removed automatically, by a rule and not by a person."
    if ours:
        return (
            f"{count} of your posts, the first in {where}, were removed automatically, "
            "by a rule and not by a person."
        )
    if count == 1:
        return (
            f"Your post in {where} does not fit our guidelines, and it is no longer there. "
            "A rule found this, not a person."
        )
    return (
        f"{count} of your posts, the first in {where}, do not fit our guidelines, and they are no "
        "longer there. A rule found this, not a person."
    )


def _decisive(post: CasePost) -> list[Finding]:
    """Return the findings that asked for what was decided, the surest of each reason first."""
    asked = [finding for finding in post.findings if finding.action is post.action]
    asked.sort(key=lambda finding: -finding.evidence.confidence)
    seen: dict[tuple[str, str], Finding] = {}
    for finding in asked:
        seen.setdefault((finding.evidence.rule, finding.evidence.reason), finding)
    return list(seen.values())


def _reasons(findings: Sequence[Finding]) -> list[str]:
    return [finding.evidence.reason for finding in findings]


def _listed(lines: Iterable[str]) -> str:
    every = list(lines)
    shown = [f"• {line}" for line in every[:REASONS]]
    if len(every) > REASONS:
        shown.append(f"• and {len(every) - REASONS} more")
    return "\n".join(shown)


def _mark(case: Case, token: str) -> str:
    return f"{case.reference} · {token}"


def _link(guild: int, post: CasePost) -> str:
    return f"https://discord.com/channels/{guild}/{post.channel}/{post.message}"


def _gone_before(before: int, gone: int) -> str:
    which = "the post was gone" if gone == 1 else f"{before} of them were gone"
    return (
        f"When Concord went to remove it, {which} already: somebody else removed it, or an "
        "earlier attempt of Concord's had worked after all."
    )


def _is_done(intent: Intent | None) -> bool:
    return intent is not None and intent.state is IntentState.DONE


def _told(intents: Sequence[Intent]) -> list[str]:
    return [
        f"The member was told: {intent.outcome}."
        for intent in intents
        if intent.kind is IntentKind.NOTICE and intent.state is IntentState.DONE
    ]


def _trouble(intent: Intent) -> str:
    removing = intent.kind is IntentKind.DELETE
    what = "Removing the post" if removing else "Telling the member"
    match intent.state:
        case IntentState.FAILED:
            return f"{what} did not work: {intent.outcome}."
        case IntentState.UNKNOWN:
            return f"{what}: {intent.outcome}."
        case _:
            return f"{what} has not worked yet and will be tried again: {intent.outcome}."
