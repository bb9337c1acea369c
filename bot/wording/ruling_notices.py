"""What a member is told about a moderator's decision; never by whom.

Long, for the notices of all kinds of ruling stand side by side, so that they can be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.model.case import CasePost
from bot.model.guidelines import Guidelines
from bot.model.ruling import BY_BOT, POINTS, RULE, RulingKind, Telling
from bot.model.sanction import ENDLESS, SanctionDraft, SanctionKind
from bot.ports import Words
from bot.quoting import for_member
from bot.text.escaping import quoted
from bot.wording import by_hand, excerpts
from bot.wording.citing import all_of_them, broken, numbered, rule_of, supporting
from bot.wording.consequences import begins, gravest, now_lasts
from bot.wording.decided import no_moderator
from bot.wording.overlapping import beside, longer, over
from bot.wording.parts import CARE, NOTE, Paragraph, counted, fitted, listed, mark, moment

_TITLES: Final = {
    SanctionKind.BAN: "You are removed from this community",
    SanctionKind.TIMEOUT: "You are timed out",
    SanctionKind.GROUP_REMOVAL: "You are removed from a group",
    SanctionKind.BOARD_REMOVAL: "You are removed from a board",
    SanctionKind.WARNING: "A warning",
    SanctionKind.REFERRAL: "We passed something on",
}
_OVER: Final = {
    SanctionKind.BAN: "You can come back",
    SanctionKind.TIMEOUT: "Your timeout is over",
    SanctionKind.GROUP_REMOVAL: "A group is open to you again",
    SanctionKind.BOARD_REMOVAL: "A board is open to you again",
    SanctionKind.WARNING: "A warning is taken back",
    SanctionKind.REFERRAL: "A decision was taken back",
}


_GONE: Final = {1: "is no longer there", 2: "are no longer there"}
"""What is said of one post, and of several, where it is not known who removed them."""


def ruling_notice(telling: Telling, token: str, guidelines: Guidelines) -> Words:
    """Return the notice; see :meth:`bot.wording.Wording.ruling_notice`."""
    match telling.kind:
        case RulingKind.LIFTED:
            title, paragraphs = _lifted(telling)
        case RulingKind.VOIDED:
            title = _undone_title(telling)
            paragraphs = list(_voided(telling))
        case RulingKind.EDITED:
            title, paragraphs = "A decision has changed", list(_edited(telling, guidelines))
        case RulingKind.KEPT | RulingKind.NOTED:
            title, paragraphs = "A moderator looked", [Paragraph("Nothing changes for you.")]
        case RulingKind.DECIDED | RulingKind.BY_HAND | RulingKind.REMOVED:
            title, paragraphs = _title(telling), list(_decided(telling, guidelines))
    return Words(title, fitted(paragraphs), mark(telling.reference, token))


def with_earlier(words: Words, earlier: Sequence[Words]) -> Words:
    """Return a notice together with those whose place it takes, as far as there is room."""
    paragraphs = [Paragraph(one) for one in words.paragraphs]
    for one in earlier:
        paragraphs.append(Paragraph("**What was decided before, as it stands now**", 1))
        paragraphs.extend(Paragraph(text, 1 + len(paragraphs)) for text in one.paragraphs)
    return replace(words, paragraphs=fitted(paragraphs))


def _title(telling: Telling) -> str:
    if telling.sanctions:
        first = gravest(telling.sanctions)[0]
        return "A reminder" if first.is_reminder else _TITLES[first.kind]
    match len(telling.removed):
        case 0:
            return "A decision about you"
        case 1:
            return f"A post of yours {'was removed' if telling.ours else _GONE[1]}"
        case posts:
            return f"{posts} posts of yours {'were removed' if telling.ours else _GONE[2]}"


def _decided(telling: Telling, guidelines: Guidelines) -> Iterator[Paragraph]:
    if telling.finished:
        yield Paragraph(_NOT_ALL if telling.missed else _ALL)
    yield Paragraph("\n".join(_opening(telling, guidelines)))
    yield from _progress(telling)
    yield from _words(telling)
    yield from _about(telling)
    rule = telling.rule
    if rule is not None:
        for place, text in enumerate(broken(guidelines, (rule,))):
            yield Paragraph(text, 2 + place)
        yield Paragraph(all_of_them(guidelines), 1)
    yield Paragraph(f"**What happens now**\n{_what_now(telling)}")
    yield Paragraph(_review(telling))


_ALL: Final = "What had not worked yet has worked now. This is how it stands:"
_NOT_ALL: Final = (
    "Not all of what was decided has worked, as far as we know; it is not tried any more. This is "
    "how it stands:"
)
"""What is said where the first notice told of a part of a decision."""


def _opening(telling: Telling, guidelines: Guidelines) -> Iterator[str]:
    posts = telling.removed
    if len(posts) == 1:
        gone = "was removed" if telling.ours else _GONE[1]
        yield f"Your post in <#{posts[0].channel}> {gone}."
    elif posts:
        gone = "were removed" if telling.ours else _GONE[2]
        yield f"{len(posts)} of your posts, the first in <#{posts[0].channel}>, {gone}."
    lines = [*by_hand.done_to_them(telling.changes)]
    lines += [begins(one, telling.at, guidelines) for one in gravest(telling.sanctions)]
    lines.extend(beside(gravest(telling.sanctions), telling))
    yield from lines if len(lines) < 2 else (f"• {line}" for line in lines)
    rule = rule_of(guidelines, telling.rule)
    by = f", by guideline {rule.guideline}" if rule is not None and rule.guideline else ""
    if telling.kind is RulingKind.REMOVED:
        yield f"A rule found this, not a person{by}."
    else:
        yield f"A moderator decided this{by}."


def _progress(telling: Telling) -> Iterator[Paragraph]:
    if telling.unfinished:
        yield Paragraph(
            "Not all of it has worked yet. We go on trying, and write to you again when it has."
        )


def _words(telling: Telling) -> Iterator[Paragraph]:
    if telling.words.strip():
        yield Paragraph(f"**A note from the moderators**\n{quoted(telling.words, NOTE)}")


def _about(telling: Telling) -> Iterator[Paragraph]:
    posts = (*telling.removed, *telling.about)
    if not posts or telling.rule == CARE:
        return
    yield _written(posts, telling)
    if found := supporting(posts, telling.rule):
        reasons = listed(dict.fromkeys(one.evidence.reason for one in found))
        yield Paragraph(f"**What was found**\n{reasons}", 3)


def _written(posts: Sequence[CasePost], telling: Telling) -> Paragraph:
    """Return what the member wrote, so that they know what it is about."""
    first, *others = posts
    if others:
        rule = telling.rule
        return Paragraph(excerpts.for_member(posts, rule), 4, excerpts.without_words(posts, rule))
    text = for_member(first, telling.rule)
    where = "" if telling.removed else f", in <#{first.channel}>"
    return Paragraph(f"**What you wrote** {moment(first.at)}{where}\n{text}" if text else "", 4)


def _what_now(telling: Telling) -> str:
    sanctions = telling.sanctions
    if all(one.is_reminder for one in sanctions):
        return "Nothing more: no warning and no points."
    kinds = {one.kind for one in sanctions}
    said = []
    if SanctionKind.BAN in kinds:
        said.append("Our boards are closed to you; direct messages from us stay readable.")
    elif kinds == {SanctionKind.WARNING}:
        can = "" if telling.still else ": you can keep posting"
        said.append(f"A warning takes nothing from you{can}.")
    elif len(sanctions) == 1:
        said.extend(_ALONE[kind] for kind in kinds if kind in _ALONE)
    lasting = [one for one in sanctions if one.kind not in ENDLESS and longer(one, telling) is None]
    ending = [one for one in lasting if one.until is not None]
    if ending and len(ending) == len(lasting):
        said.append(_over_by_itself(ending))
    elif lasting:
        said.append("What has no end stays until a moderator lifts it.")
    if not any(one.kind is SanctionKind.BAN and one.until is None for one in sanctions):
        said.extend(_counting(sanctions))
    return " ".join(said)


_ALONE: Final = {
    SanctionKind.BOARD_REMOVAL: "This is about that board alone; elsewhere it changes nothing.",
    SanctionKind.GROUP_REMOVAL: "This is about that group alone; elsewhere it changes nothing.",
}
"""How far a sanction reaches that is the only one of its decision."""


def _over_by_itself(ending: Sequence[SanctionDraft]) -> str:
    if any(one.kind is SanctionKind.BAN for one in ending):
        return "When it is over, you can join again with an invitation."
    if len(ending) == 1:
        return "It ends by itself; you need to do nothing."
    return "Each of these ends by itself; you need to do nothing."


def _counting(sanctions: Sequence[SanctionDraft]) -> Iterator[str]:
    if any(one.points for one in sanctions):
        until = _until(sanctions)
        yield f"This counts{until}: if something like it happens again, more may follow."


def _until(sanctions: Sequence[SanctionDraft]) -> str:
    """Return until when what counts does; empty where some of it counts without end."""
    ends_at = [one.points_until for one in sanctions if one.points]
    known = [one for one in ends_at if one is not None]
    return f" until {moment(max(known), 'D')}" if known and len(known) == len(ends_at) else ""


def _review(telling: Telling) -> str:
    name = telling.reference or "the case"
    if any(one.kind is SanctionKind.BAN for one in telling.sanctions):
        return (
            "If this was a mistake, please write to a moderator directly and name "
            f"{name}: a person will look at it again."
        )
    return (
        f"If this was a mistake, please tell a moderator and name {name}: "
        "a person will look at it again."
    )


def _lifted(telling: Telling) -> tuple[str, list[Paragraph]]:
    ended = gravest(telling.ended)
    lines_of = tuple(dict.fromkeys(over(ended, telling)))
    title = "A decision was lifted"
    if ended and next(over(ended, telling)) == next(over(ended, replace(telling, still=()))):
        title = _OVER[ended[0].kind]
    lines = "\n".join((*lines_of, _ended_by(telling)))
    not_all = Paragraph("Not all of it could be ended in Discord." if telling.missed else "")
    paragraphs = [Paragraph(lines), not_all, *_progress(telling), *_words(telling)]
    paragraphs.append(
        Paragraph(
            "The decision itself stays on your record. Questions? Please tell a moderator and name "
            f"{telling.reference or 'the case'}."
        )
    )
    return title, paragraphs


def _ended_by(telling: Telling) -> str:
    other = no_moderator(telling.changes)
    if other is None:
        return "A moderator ended this early."
    is_bot = any(one.what == BY_BOT for one in telling.changes)
    return f"{other[0].upper()}{other[1:]} ended this early." if is_bot else "It was ended early."


_UNDONE: Final = "is undone and counts for nothing"


def _undone_title(telling: Telling) -> str:
    if telling.missed:
        return "Not all of it is undone"
    return "It is undone now" if telling.finished else "It was our mistake"


def _voided(telling: Telling) -> Iterator[Paragraph]:
    name = telling.reference or "the case"
    if telling.missed:
        yield Paragraph(
            f"What was decided in {name} counts for nothing, but not all of it could be undone in "
            f"Discord. Please tell a moderator and name {name}."
        )
    elif telling.finished:
        yield Paragraph(f"What was decided in {name} is undone now.")
    else:
        undone = "counts for nothing, and is being undone" if telling.unfinished else _UNDONE
        if by_hand.is_left(telling.changes) and not (telling.ended or telling.removed):
            undone = "counts for nothing"
        yield Paragraph(
            f"A moderator looked again: what was decided about you was a mistake. It {undone}. "
            "We are sorry."
        )
    lines = list(dict.fromkeys(over(gravest(telling.ended), telling)))
    closed = by_hand.stays_closed(telling.changes)
    if telling.removed:
        lines.append(_given_back(telling))
    if closed:
        lines.append(by_hand.STAYS_CLOSED)
    if lines:
        yield Paragraph(listed(lines, most=len(lines)))
    yield from _progress(telling)
    yield from _words(telling)
    banned = any(one.kind is SanctionKind.BAN for one in telling.ended)
    if not (telling.missed or closed or banned):
        yield Paragraph("You need to do nothing.")


def _given_back(telling: Telling) -> str:
    posts = telling.removed
    which = "Your post" if len(posts) == 1 else f"Your {counted(len(posts), 'post')}"
    were = "was" if len(posts) == 1 else "were"
    if not telling.restored:
        return f"{which} {were} fine, and you may post the same again."
    where = f" in <#{posts[0].channel}>" if len({one.channel for one in posts}) == 1 else ""
    if telling.again is not None and telling.again < len(posts):
        some = _stands(telling.again, where)
        return f"{which} were fine: {telling.again} of them {some}.{_bare(telling)}"
    return f"{which} {_stands(len(posts), where)}.{_bare(telling)}"


def _bare(telling: Telling) -> str:
    """Return what to know of files that are not there again; empty where all are."""
    if not telling.bare:
        return ""
    which = "Its" if len(telling.removed) == 1 else "Their"
    return f" {which} files are not all there, for not all were kept: you can post them again."


def _stands(number: int, where: str) -> str:
    return f"stands again{where}, as a quote" if number == 1 else f"stand again{where}, as quotes"


def _edited(telling: Telling, guidelines: Guidelines) -> Iterator[Paragraph]:
    """Yield what changed, read from what holds now: the history of an edit is for moderators."""
    changed = f"A moderator changed what was decided in {telling.reference or 'the case'}"
    if telling.sanctions or telling.removed:  # nothing else tells of it any more
        yield Paragraph(f"{changed}; this is how it stands now.")
        yield from _decided(telling, guidelines)
        return
    yield Paragraph(f"{changed}.")
    moved = gravest(telling.ended)
    lines = [*map(now_lasts, moved), *beside(moved, telling)]
    rule = rule_of(guidelines, telling.rule) if _changes_rule(telling) else None
    if rule is not None and rule.guideline is not None:
        lines.append(f"It now rests on guideline {numbered(guidelines, rule.guideline)}.")
    lines.extend(_counting_now(telling))
    if lines:
        yield Paragraph(listed(lines, most=len(lines)))
    yield from _words(telling)
    if rule is not None:
        yield from (Paragraph(text, 1) for text in broken(guidelines, (rule.id,)))
        yield Paragraph(all_of_them(guidelines))
    yield Paragraph(_review(telling))


def _counting_now(telling: Telling) -> Iterator[str]:
    """Yield for how much, and until when, what an edit let count otherwise counts from then on."""
    changed = next((one for one in telling.changes if one.what == POINTS), None)
    if changed is None:
        yield from _counting(telling.counts)
    elif int(changed.after) == 0:
        yield "It counts for nothing any more."
    else:
        more = "more" if int(changed.after) > int(changed.before) else "less"
        yield f"It counts for {more} than before{_until(telling.counts)}."


def _changes_rule(telling: Telling) -> bool:
    return any(one.what == RULE for one in telling.changes)
