"""What a notice about a committed ruling has to say: what was done, not what was meant to be.

Long, for what is told of and what is left out stand side by side, so that they can be compared.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.agenda import removed_by_us
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import TRACES, Change, Ruling, RulingKind, Telling
from bot.model.sanction import Sanction, SanctionDraft, SanctionKind, SanctionState
from bot.ports import ROLE_HELD, WITHOUT_FILES, BanSeen, Measures, MemberSeen
from bot.unfinished import missed


def telling_of(
    dossier: Dossier, ruling: Ruling, stuck: Collection[int] = frozenset(), *, rest: bool = False
) -> Telling:
    """Return what the member is told of a ruling, as far as it was carried out.

    A sanction that could not be put in force is not told of, nor a post that still stands, nor an
    end that Discord refused. What is under way counts as done: a ban has to be told of before. An
    edit may have been quicker than the first notice: a sanction ends when it does now.

    Args:
        dossier: its case.
        ruling: the ruling.
        stuck: intents, by id, that do not go through: what they are about is not told of yet.
        rest: whether the member was told of a part of it: what was taken back since is left out.
    """
    if ruling.kind is RulingKind.EDITED and (first := first_told(dossier, ruling)) is not None:
        return replace(first, words=ruling.words or first.words)
    removes = frozenset(ruling.removes)
    about = tuple(post for post in dossier.case.posts if post.message in removes)
    others = tuple(
        post
        for post in dossier.case.posts
        if post.ruling == ruling.id and post.message not in removes
    )
    failed = {
        (one.kind, one.message)
        for one in dossier.intents
        if one.state in (IntentState.FAILED, IntentState.UNKNOWN) or one.id in stuck
    }
    waiting = {
        one.sanction for one in dossier.intents if one.id in stuck and one.kind is IntentKind.APPLY
    }
    voids = ruling.kind is RulingKind.VOIDED
    if voids:
        # What was never removed need not be given back; they were told nothing of it.
        standing = {
            one.message
            for one in dossier.intents
            if one.kind is IntentKind.DELETE
            and one.state not in (IntentState.DONE, IntentState.UNKNOWN)
        }
        removed = tuple(post for post in about if post.message not in standing)
    else:
        removed = tuple(post for post in about if (IntentKind.DELETE, post.message) not in failed)
    back, not_back = _roles(dossier, ruling)
    posted = [
        one
        for one in dossier.intents
        if one.kind is IntentKind.RESTORE
        and one.ruling == ruling.id
        and one.state is IntentState.DONE
    ]
    return Telling(
        kind=ruling.kind,
        at=ruling.at,
        rule=ruling.rule,
        words=ruling.words,
        sanctions=tuple(
            replace(one.ordered, until=one.until)
            for one in map(dossier.sanction, ruling.sanctions)
            if one.state is not SanctionState.FAILED
            and one.id not in waiting
            and not _called_off(dossier, one)
            and not (rest and one.state in _TAKEN_BACK)
        ),
        ended=tuple(_ended(dossier, ruling, stuck)),
        removed=removed,
        ours=removed_by_us(removed, dossier),
        reference=dossier.case.reference,
        changes=(*ruling.changes, *(left_by_hand(dossier, ruling) if voids else ())),
        about=others,
        restored=bool(posted),
        again=len(posted),
        bare=sum(one.outcome == WITHOUT_FILES for one in posted),
        back=back,
        not_back=not_back,
        counts=tuple(
            replace(dossier.sanction(one).ordered, points=worth.points, points_until=worth.until)
            for one, worth in ruling.recounts
        ),
        unfinished=bool(stuck),
        finished=rest,
        missed=rest and missed(ruling, dossier),
    )


_TAKEN_BACK = (SanctionState.LIFTED, SanctionState.VOIDED)


def first_told(
    dossier: Dossier, ruling: Ruling | None = None, rule: str | None = None
) -> Telling | None:
    """Return what a member is told who never read of a case's decision: all that holds of it.

    None where they read of it, or nothing of it holds. So it is with what was done by hand: nobody
    had named the guideline it rests on.

    Args:
        dossier: the case.
        ruling: the edit that is to be told of; None before it is committed.
        rule: the guideline's rule it names; of a ruling, its own.
    """
    own = ruling.id if ruling is not None else None
    told = any(one.ruling is None or one.ruling != own for one in told_by(dossier))
    made = next((one for one in dossier.rulings if one.kind is RulingKind.BY_HAND), None)
    named = ruling.rule if ruling is not None else rule
    if told or made is None or named is None:
        return None
    in_force = tuple(one for one in dossier.sanctions if one.in_force)
    removed = tuple(post for post in dossier.case.posts if post.message in made.removes)
    left = tuple(one for one in made.changes if one.what in TRACES)
    if not (in_force or removed or left):
        return None
    return Telling(
        kind=RulingKind.DECIDED,
        at=made.at,
        rule=named,
        words=made.words,
        sanctions=tuple(one.now for one in in_force),
        removed=removed,
        ours=removed_by_us(removed, dossier),
        reference=dossier.case.reference,
        changes=left,
    )


def left_by_hand(dossier: Dossier, ruling: Ruling | None = None) -> tuple[Change, ...]:
    """Return what the member has read that was done by hand and Concord can undo nothing of.

    Args:
        dossier: the case.
        ruling: what takes it back; None before it is committed.
    """
    if all(ruling is not None and one.ruling == ruling.id for one in told_by(dossier)):
        return ()
    by_hand = (one for one in dossier.rulings if one.kind is RulingKind.BY_HAND)
    return tuple(each for one in by_hand for each in one.changes if each.what in TRACES)


def told_by(dossier: Dossier) -> Iterator[Intent]:
    """Yield the notices of a case that the member has read, or may yet."""
    for one in dossier.intents:
        if one.kind is IntentKind.NOTICE and one.state not in UNTOLD:
            yield one


UNTOLD = frozenset({IntentState.FAILED, IntentState.DROPPED})
"""States of a notice that nobody has read."""


def still_held(
    sanctions: Iterable[Sanction],
    dossier: Dossier,
    ruling: Ruling,
    stuck: Collection[int] = frozenset(),
    *,
    rest: bool = False,
) -> Telling:
    """Return what a ruling's notice has to say, with what other decisions hold of the member.

    Args:
        sanctions: all of the member on that server.
        dossier: the ruling's case.
        ruling: the ruling.
        stuck: as above.
        rest: as above.
    """
    own = {*ruling.sanctions, *(one.sanction for one in ruling.endings)}
    telling = telling_of(dossier, ruling, stuck, rest=rest)
    if telling.kind is not ruling.kind:  # all that holds of the case is told of
        own = {one.id for one in dossier.sanctions}
    return replace(telling, still=others(sanctions, own, ruling.at))


async def as_seen(
    telling: Telling, dossier: Dossier, ruling: Ruling, measures: Measures, now: datetime
) -> Telling:
    """Return a telling with what somebody else put on the member in Discord and no case tells of.

    Discord is asked only where putting something in force, or ending it, has met what is not
    Concord's own.

    Args:
        telling: what is known without asking.
        dossier: the ruling's case.
        ruling: what is told of.
        measures: asks Discord; where it does not answer, nothing is added.
        now: aware UTC.
    """
    guild, user = dossier.case.guild, dossier.case.author
    for number in (*ruling.sanctions, *(one.sanction for one in ruling.endings)):
        one = dossier.sanction(number)
        if not _met_something(one, dossier):
            continue
        if one.kind is SanctionKind.TIMEOUT:
            seen = await measures.member(guild, user)
            until = seen.timed_out_until if isinstance(seen, MemberSeen) else None
            known = [each.until for each in telling.still if each.kind is one.kind]
            known += [one.until] if one.in_force else []  # their own, as an edit left it
            if until is None or until <= now or any(_covers(each, until) for each in known):
                continue
            found = SanctionDraft(one.kind, until=until, by_hand=True)
        elif one.kind is SanctionKind.BAN and not one.in_force:
            if not isinstance(await measures.ban_of(guild, user), BanSeen):
                continue
            found = SanctionDraft(one.kind, by_hand=True)
        else:
            continue
        telling = replace(telling, still=(*telling.still, found))
    return telling


def _met_something(sanction: Sanction, dossier: Dossier) -> bool:
    """Whether there was something to say of how Discord showed a sanction when it was done."""
    return any(
        one.sanction == sanction.id
        and one.kind in _PUTS
        and one.state is IntentState.DONE
        and one.outcome
        for one in dossier.intents
    )


_PUTS = (IntentKind.APPLY, IntentKind.KEEP, IntentKind.END)

_ROUNDED = timedelta(seconds=1)
"""Discord keeps milliseconds of an end, and rounds."""


def _covers(known: datetime | None, seen: datetime) -> bool:
    return known is None or known + _ROUNDED >= seen


def others(
    sanctions: Iterable[Sanction], own: Collection[int], at: datetime
) -> tuple[SanctionDraft, ...]:
    """Return what holds at a moment beside some sanctions, with the ends it has now."""
    return tuple(
        replace(one.ordered, until=one.until)
        for one in sanctions
        if one.in_force and one.id not in own and (one.until is None or one.until > at)
    )


def says_nothing(telling: Telling) -> bool:
    """Whether nothing of a ruling came about, so that there is nothing to tell of."""
    if telling.kind in (RulingKind.EDITED, RulingKind.KEPT, RulingKind.NOTED):
        return False
    waits = telling.unfinished or telling.missed
    if waits and telling.kind in (RulingKind.LIFTED, RulingKind.VOIDED):
        return False  # that it is taken back is news by itself
    left = any(one.what in TRACES for one in telling.changes)
    return not (telling.sanctions or telling.ended or telling.removed or left)


def overruled(dossier: Dossier, ruling: Ruling, *, only_voided: bool = False) -> bool:
    """Whether all that a ruling began was taken back by later ones: it is not told of any more.

    Args:
        dossier: the case.
        ruling: the ruling.
        only_voided: whether only what was a mistake counts, and not what ended early.
    """
    if not (ruling.sanctions or ruling.removes) or ruling.kind is RulingKind.VOIDED:
        return False
    later = [one for one in dossier.rulings if one.id > ruling.id]
    over = {SanctionState.VOIDED} if only_voided else {SanctionState.LIFTED, SanctionState.VOIDED}
    ended = {each.sanction for one in later for each in one.endings if each.state in over}
    back = {each for one in later if one.kind is RulingKind.VOIDED for each in one.removes}
    return ended.issuperset(ruling.sanctions) and back.issuperset(ruling.removes)


def _ended(dossier: Dossier, ruling: Ruling, stuck: Collection[int]) -> list[SanctionDraft]:
    last = {one.sanction: one for one in dossier.intents if one.kind is IntentKind.END}
    refused = {
        sanction
        for sanction, one in last.items()
        if one.state in (IntentState.FAILED, IntentState.UNKNOWN) or one.id in stuck
    }
    ended = []
    for ending in ruling.endings:
        sanction = dossier.sanction(ending.sanction)
        if sanction.id in refused or not was_in_force(dossier, sanction, ruling):
            continue
        moved = ending.state is SanctionState.ACTIVE
        if not moved and not _began(dossier, sanction):
            continue
        ended.append(replace(sanction.ordered, until=ending.until if moved else sanction.until))
    return ended


def _roles(dossier: Dossier, ruling: Ruling) -> tuple[frozenset[int], frozenset[int]]:
    """Return the groups' roles that the member has again since a ruling, and those they have not.

    In neither while Discord is still being asked.
    """
    last = {one.sanction: one for one in dossier.intents if one.kind is IntentKind.END}
    back: set[int] = set()
    not_back: set[int] = set()
    for ending in ruling.endings:
        role, end = dossier.sanction(ending.sanction).ordered.role, last.get(ending.sanction)
        if role is not None and end is not None and end.state is IntentState.DONE:
            (back if end.outcome in ("", ROLE_HELD) else not_back).add(role)
    return frozenset(back), frozenset(not_back)


def was_in_force(dossier: Dossier, sanction: Sanction, ruling: Ruling) -> bool:
    """Whether a ruling ended a sanction that was in force: what was over is not told of again.

    One that Discord went on showing, for it had refused to end it, was in force all the same: a
    ruling makes an end of its own for what is shown, and only for that.
    """
    ends_it = any(
        one.kind is IntentKind.END and one.sanction == sanction.id and one.ruling == ruling.id
        for one in dossier.intents
    )
    if not ends_it and sanction.until is not None and sanction.until <= ruling.at:
        return False
    lifted_before = any(
        ending.sanction == sanction.id and ending.state is SanctionState.LIFTED
        for earlier in dossier.rulings
        if earlier.id < ruling.id
        for ending in earlier.endings
    )
    applied = list(_orders(dossier, sanction))
    failed = any(one.state in (IntentState.FAILED, IntentState.UNKNOWN) for one in applied)
    return (ends_it or not lifted_before) and not failed


def _orders(dossier: Dossier, sanction: Sanction) -> Iterator[Intent]:
    """Yield what was to put a sanction in force."""
    for one in dossier.intents:
        if one.kind is IntentKind.APPLY and one.sanction == sanction.id:
            yield one


_TOLD_FIRST = (SanctionKind.BAN, SanctionKind.WARNING)
"""What the member is told of before it is put in force, or by being told."""


def _began(dossier: Dossier, sanction: Sanction) -> bool:
    """Whether a sanction came about, or the member has read, or may yet, that it did."""
    orders = list(_orders(dossier, sanction))
    if not orders or any(one.state is IntentState.DONE for one in orders):
        return True
    told = any(one.ruling == sanction.ruling for one in told_by(dossier))
    return sanction.kind in _TOLD_FIRST and told


def _called_off(dossier: Dossier, sanction: Sanction) -> bool:
    """Whether a sanction was taken back, or had run out, before it could be put in force."""
    dropped = any(one.state is IntentState.DROPPED for one in _orders(dossier, sanction))
    return dropped and not _began(dossier, sanction)
