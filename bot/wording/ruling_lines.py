"""The line of the moderators' log on one ruling, and the public line without names."""

from collections.abc import Iterator
from itertools import chain

from bot.model.case import CasePost
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import Sanction, SanctionState
from bot.ports import GONE_ALREADY, WITHOUT_FILES, Words
from bot.quoting import for_moderators
from bot.text.escaping import quoted
from bot.wording import excerpts
from bot.wording.by_hand import left_to_undo
from bot.wording.citing import cited_rule, numbered, rule_of, where_to_report
from bot.wording.consequences import anonymous, described, gravest, named, standing
from bot.wording.decided import changes, left_behind, no_moderator, verb, who
from bot.wording.parts import (
    NOTE,
    Paragraph,
    counted,
    fitted,
    joined,
    lasting,
    link,
    mark,
)
from bot.wording.troubles import remarks, told, troubles

_GIVES_BACK = (RulingKind.VOIDED,)

_ASKS_FOR_RULE = (
    "It was done in Discord itself, so nobody has said which guideline it rests on, and the member "
    "has not been told by Concord. Please name the guideline with `/case edit` for case {number}."
)


_ASKS_TO_LIFT = (
    "It stays so, and the sanction stands. Was it meant to be lifted? Then please press Lift."
)


def ruling_line(dossier: Dossier, ruling: Ruling, token: str, guidelines: Guidelines) -> Words:
    """Return the line of the moderators' log; see :meth:`bot.wording.Wording.ruling_line`."""
    case = dossier.case
    own = _own(dossier, ruling)
    trouble = troubles(own, dossier)
    paragraphs = [
        Paragraph(f"<@{case.author}> · {verb(ruling)} by {who(ruling)}"),
        Paragraph(cited_rule(guidelines, ruling.rule) if ruling.rule is not None else ""),
        Paragraph("\n".join(chain(_sanctions(dossier, ruling), _posts(dossier, ruling)))),
        Paragraph("\n".join(changes(ruling))),
    ]
    posts = _posts_of(dossier, ruling)
    if posts and ruling.kind is not RulingKind.EDITED:
        paragraphs.append(_quotes(dossier, posts, ruling.rule))
    if ruling.kind is not RulingKind.VOIDED:
        paragraphs.append(Paragraph(where_to_report(guidelines, posts, ruling.rule)))
    paragraphs.extend(_notes(ruling))
    if ruling.kind is RulingKind.VOIDED:
        paragraphs.extend(Paragraph(one) for one in left_to_undo(dossier.rulings))
    paragraphs.extend(Paragraph(one) for one in dict.fromkeys(told(own)))
    if not ruling.tells and ruling.kind is RulingKind.DECIDED:
        paragraphs.append(Paragraph("The member is not told."))
    if ruling.kind is RulingKind.BY_HAND and not _is_named(ruling, dossier):
        paragraphs.append(Paragraph(_ASKS_FOR_RULE.format(number=case.number)))
    elif ruling.asks_to_lift:
        paragraphs.append(Paragraph(_ASKS_TO_LIFT))
    elif ruling.silent:
        paragraphs.append(Paragraph("Nothing is said of it in public.", 1))
    paragraphs.extend(Paragraph(one) for one in trouble)
    title = f"{case.reference} · {_title(dossier, ruling)}"
    # Notes of moderators have no line: one that has asks something.
    alert = bool(trouble) or ruling.kind is RulingKind.NOTED
    return Words(title, fitted(paragraphs), mark(case.reference, token), alert, ruling.asks_to_lift)


def _is_named(ruling: Ruling, dossier: Dossier) -> bool:
    """Whether it was said, then or since, which guideline it rests on, or that it was wrong."""
    since = (one for one in dossier.rulings if one.id >= ruling.id)
    return any(one.rule is not None or one.kind is RulingKind.VOIDED for one in since)


def public_line(dossier: Dossier, ruling: Ruling, token: str, guidelines: Guidelines) -> Words:
    """Return the line of the public log; see :meth:`bot.wording.Wording.public_line`."""
    done = [
        anonymous(one.ordered, one.at)
        for one in _ordered(dossier, ruling)
        if one.state is not SanctionState.FAILED
    ]
    posts = len(ruling.removes) - _still_there(dossier, ruling)
    match ruling.kind:
        case RulingKind.LIFTED:
            ended = [f"a {named(one.ordered)}" for one in _ended(dossier, ruling)]
            text = f"{joined(ended) or 'a decision'} ended early."
        case RulingKind.VOIDED:
            text = "a decision was a mistake. It is undone and counts for nothing."
        case RulingKind.EDITED:
            text = "a decision was changed."
        case _:
            if posts:
                done.insert(0, f"{counted(posts, 'post')} removed")
            text = f"{joined(done) or 'looked at, and nothing follows'}."
    paragraphs = [f"{text[0].upper()}{text[1:]}"]
    rule = rule_of(guidelines, ruling.rule)
    if rule is not None and rule.guideline is not None:
        paragraphs.append(f"Guideline {numbered(guidelines, rule.guideline)}")
    reference = dossier.case.reference
    other = no_moderator(ruling.changes) is not None
    title = f"{reference} · {'done in Discord itself' if other else 'a moderator decided'}"
    return Words(title, tuple(paragraphs), mark(reference, token))


def _still_there(dossier: Dossier, ruling: Ruling) -> int:
    """Return how many of the posts could not be removed, or were not to be any more."""
    return sum(
        one.kind is IntentKind.DELETE
        and one.message in ruling.removes
        and one.state in (IntentState.FAILED, IntentState.UNKNOWN, IntentState.DROPPED)
        for one in dossier.intents
    )


def _own(dossier: Dossier, ruling: Ruling) -> list[Intent]:
    """Return what a ruling asked of Discord, and what is done since about what it ordered or ended.

    The end of a sanction may have been asked for when it was ordered.
    """
    ended = {one.sanction for one in ruling.endings if one.state is not SanctionState.ACTIVE}
    return [
        one
        for one in dossier.intents
        if one.ruling == ruling.id
        or (one.ruling is None and one.sanction is not None and one.sanction in ruling.sanctions)
        or (one.kind is IntentKind.END and one.sanction in ended)
    ]


def _ordered(dossier: Dossier, ruling: Ruling) -> list[Sanction]:
    ordered = [one for one in dossier.sanctions if one.id in ruling.sanctions]
    order = gravest([one.ordered for one in ordered])
    return sorted(ordered, key=lambda one: order.index(one.ordered))


def _ended(dossier: Dossier, ruling: Ruling) -> list[Sanction]:
    ids = [one.sanction for one in ruling.endings]
    return [one for one in dossier.sanctions if one.id in ids]


def _title(dossier: Dossier, ruling: Ruling) -> str:
    ended = joined([named(one.ordered) for one in _ended(dossier, ruling)])
    match ruling.kind:
        case RulingKind.LIFTED:
            return f"{ended or 'sanction'} lifted"
        case RulingKind.VOIDED:
            return "voided"
        case RulingKind.EDITED:
            return "changed"
        case RulingKind.NOTED:
            return "please look at this"
        case RulingKind.KEPT:
            return "looked at, nothing follows"
        case _:
            done = [named(one.ordered) for one in _ordered(dossier, ruling)]
            if ruling.removes:
                done.append(f"{counted(len(ruling.removes), 'post')} removed")
            by_hand = ruling.kind is RulingKind.BY_HAND
            otherwise = left_behind([ruling]) or "something done"
            what = joined(done) or (otherwise if by_hand else "decided")
            return f"{what}, by hand" if by_hand else what


def _sanctions(dossier: Dossier, ruling: Ruling) -> Iterator[str]:
    for one in _ordered(dossier, ruling):
        line = f"• {described(one.ordered, one.at)}: {standing(one)}"
        if one.until != one.ordered.until:
            line += f"; now {lasting(one.at, one.until)}"
        # What came of it in Discord's words: a channel left alone, a member who is away.
        yield "; ".join((line, *remarks(one.id, dossier.intents)))
    for ending in ruling.endings:
        one = dossier.sanction(ending.sanction)
        what = described(one.ordered, one.at)
        if ending.state is SanctionState.ACTIVE:
            yield f"• {what}: now {lasting(one.at, ending.until)}"
        else:
            yield "; ".join((f"• {what}: {standing(one)}", *remarks(one.id, dossier.intents)))


def _posts_of(dossier: Dossier, ruling: Ruling) -> list[CasePost]:
    return [post for post in dossier.case.posts if post.message in ruling.removes]


def _posts(dossier: Dossier, ruling: Ruling) -> Iterator[str]:
    posts = _posts_of(dossier, ruling)
    if not posts:
        return
    which = counted(len(posts), "post")
    # Several are listed below, each with its own address.
    at = f": {link(dossier.case.guild, posts[0])}" if len(posts) == 1 else ""
    if ruling.kind in _GIVES_BACK:
        again = [
            one.outcome
            for one in _own(dossier, ruling)
            if one.kind is IntentKind.RESTORE and one.state is IntentState.DONE
        ]
        yield f"• {which} permitted after all, {len(again)} posted again{at}"
        if bare := again.count(WITHOUT_FILES):
            yield f"• {counted(bare, 'post')} {WITHOUT_FILES}"
        return
    deletes = {
        one.message: one
        for one in dossier.intents
        if one.kind is IntentKind.DELETE and one.state is IntentState.DONE
    }
    gone = [post for post in posts if post.message in deletes]
    line = f"• {which} to be removed, {len(gone)} gone{at}"
    if len(gone) == len(posts):
        line = f"• {which} removed{at}"
    already = sum(deletes[post.message].outcome == GONE_ALREADY for post in gone)
    yield f"{line} ({already} gone already)" if already else line


def _quotes(dossier: Dossier, posts: list[CasePost], rule: str | None) -> Paragraph:
    if len(posts) == 1:
        return Paragraph(for_moderators(posts[0], rule), 4)
    which = excerpts.for_moderators(dossier.case.guild, posts, rule)
    return Paragraph(which, 4, excerpts.without_words(posts, rule))


def _notes(ruling: Ruling) -> Iterator[Paragraph]:
    if ruling.words.strip():
        yield Paragraph(f"**Note to the member**\n{quoted(ruling.words, NOTE)}", 2)
    if ruling.because.strip():
        title = "Not as proposed" if ruling.deviates else "Why"
        yield Paragraph(f"**{title}**\n{quoted(ruling.because, NOTE)}", 1)
    if ruling.internal.strip():
        yield Paragraph(f"**Note for moderators**\n{quoted(ruling.internal, NOTE)}", 3)
