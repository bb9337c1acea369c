"""A whole case on one page for moderators, and cases as lines of a list."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.model.case import CaseOrigin, CasePost, CaseState
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.ruling import Ruling
from bot.model.sanction import SanctionState
from bot.ports import Words
from bot.quoting import for_moderators
from bot.text.escaping import escaped, quoted
from bot.wording.citing import cited_finding, cited_rule, where_to_report
from bot.wording.consequences import described, named, standing
from bot.wording.decided import changes, is_voided, left_behind, verb, who
from bot.wording.parts import NOTE, counted, joined, lasting, link, listed, moment
from bot.wording.troubles import remarks, told, troubles

SHOWN_POSTS = 5
"""Posts that a page shows whole before it says how many more there are; chosen, not measured."""

WHY_ERASED = "their author asked for it, or they had been kept long enough"
"""Why words are not there any more; which of the two it was is nobody's business later."""

_STATES = {
    CaseState.OPEN: "waits for a moderator",
    CaseState.ACTED: "removed by Concord, not confirmed yet",
    CaseState.CLOSED: "decided",
}
_UNCOUNTED = (SanctionState.VOIDED, SanctionState.FAILED)

_ORIGINS = {
    CaseOrigin.SCREENING: "found by screening",
    CaseOrigin.MODERATOR: "opened by a moderator",
    CaseOrigin.BY_HAND: "done by hand in Discord",
}


def case_page(dossier: Dossier, guidelines: Guidelines) -> Words:
    """Return the page; see :meth:`bot.wording.Wording.case_page`."""
    case = dossier.case
    stands, state = _done(dossier), _STATES[case.state]
    opened = f"<@{case.author}> · {_ORIGINS[case.origin]} {moment(case.opened_at)}"
    # Where nothing stands yet, the title says how far it is.
    paragraphs = [opened if stands == state else f"{opened} · {state}"]
    paragraphs.extend(_sanctions(dossier))
    rule = next((one.rule for one in reversed(dossier.rulings) if one.rule is not None), None)
    for post in case.posts[:SHOWN_POSTS]:
        paragraphs.extend(_post(dossier, post, rule, guidelines))
    if len(case.posts) > SHOWN_POSTS:
        paragraphs.append(f"And {counted(len(case.posts) - SHOWN_POSTS, 'more post')}.")
    if gone := _erased(case.posts):
        paragraphs.append(gone)
    if report := where_to_report(guidelines, case.posts, rule):
        paragraphs.append(report)
    paragraphs.extend(_ruling(ruling, guidelines) for ruling in dossier.rulings)
    paragraphs.extend(dict.fromkeys(told(dossier.intents)))
    paragraphs.extend(troubles(dossier.intents, dossier))
    paragraphs.append(f"Guidelines version {case.guidelines_version}")
    return Words(f"{case.reference} · {stands}", tuple(paragraphs), case.reference)


def case_entry(dossier: Dossier) -> str:
    """Return a case as one line of a list for moderators."""
    case = dossier.case
    rule = _rule(dossier)
    named = f" · {rule}" if rule is not None else ""
    return (
        f"**{case.reference}** · <@{case.author}> · {_done(dossier)}{named} · "
        f"{moment(case.opened_at, 'd')}"
    )


def _rule(dossier: Dossier) -> str | None:
    ruled = next((one.rule for one in reversed(dossier.rulings) if one.rule is not None), None)
    if ruled is not None:
        return escaped(ruled)
    found = [one for one in dossier.case.findings() if one.action is dossier.case.action]
    return found[0].evidence.rule if found else None


def _done(dossier: Dossier) -> str:
    """Return what stands of a case in a few words."""
    if is_voided(dossier.rulings):
        return "voided"
    alike = Counter((named(one.ordered), _short(dossier, one.id)) for one in dossier.sanctions)
    parts = [
        f"{what if number == 1 else counted(number, what)} {state}".strip()
        for (what, state), number in alike.items()
    ]
    if removed := sum(post.action.word == "remove" for post in dossier.case.posts):
        parts.append(f"{counted(removed, 'post')} removed")
    by_hand = left_behind(dossier.rulings) if dossier.case.origin is CaseOrigin.BY_HAND else ""
    return joined(parts) or by_hand or _STATES[dossier.case.state]


def _short(dossier: Dossier, sanction: int) -> str:
    one = dossier.sanction(sanction)
    return "" if one.in_force else f"({one.state.value})"


def _sanctions(dossier: Dossier) -> Iterator[str]:
    if not dossier.sanctions:
        return
    lines = []
    for one in dossier.sanctions:
        line = f"{described(one.ordered, one.at)}: {standing(one)}"
        if one.until != one.ordered.until:
            line += f"; now {lasting(one.at, one.until)}"
        if one.points and one.state not in _UNCOUNTED:
            end = one.points_until
            until = f" until {moment(end, 'D')}" if end is not None else ""
            line += f"; {counted(one.points, 'point')}{until}"
        lines.append("; ".join((line, *remarks(one.id, dossier.intents))))
    yield listed(lines, most=len(lines))


def _post(
    dossier: Dossier, post: CasePost, rule: str | None, guidelines: Guidelines
) -> Iterator[str]:
    files = f", {counted(len(post.files), 'file')}" if post.files else ""
    yield (
        f"**Post of** {moment(post.at)} in <#{post.channel}>{files}\n"
        f"{link(dossier.case.guild, post)}"
    )
    if post.findings:
        yield listed(cited_finding(guidelines, one) for one in post.findings)
    if words := for_moderators(post, rule):
        yield words


def _erased(posts: Sequence[CasePost]) -> str:
    """Return that words were erased, so that nobody looks for them; nothing where none were."""
    erased = sum(post.erased for post in posts)
    if not erased:
        return ""
    which = f"{erased} of its {len(posts)} posts"
    if erased == len(posts):
        which = "its post" if erased == 1 else f"all its {erased} posts"
    return f"The words of {which} are erased: {WHY_ERASED}. What was decided stays."


def _ruling(ruling: Ruling, guidelines: Guidelines) -> str:
    lines = [f"**{verb(ruling)}** by {who(ruling)} {moment(ruling.at)}"]
    if ruling.rule is not None:
        lines.append(cited_rule(guidelines, ruling.rule))
    lines.extend(changes(ruling))
    for title, text in (
        ("Note to the member", ruling.words),
        ("Not as proposed" if ruling.deviates else "Why", ruling.because),
        ("Note for moderators", ruling.internal),
    ):
        if text.strip():
            lines.append(f"{title}:\n{quoted(text, NOTE)}")
    return "\n".join(lines)
