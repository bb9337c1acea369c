"""From an order to the rulings that will be committed, and what their subject will read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.docket import Versions
from bot.model.dossier import Dossier
from bot.model.order import Order
from bot.model.post import AuthorKind
from bot.model.ruling import CONFIRMED, Change, RulingKind, Telling
from bot.model.sanction import SanctionDraft
from bot.model.standing import Person, Standing
from bot.model.unechoed import rules_on, unechoed
from bot.moderation.matter import Matter, unconfirmed
from bot.moderation.together import key_beside
from bot.ports import RulingDraft


def rulings(
    order: Order,
    standing: Standing,
    versions: Versions,
    matter: Matter,
    sanctions: tuple[SanctionDraft, ...],
    now: datetime,
) -> Iterator[tuple[RulingDraft, Dossier | None]]:
    """Yield the ruling, then one for each further case that some of its posts belong to."""
    elsewhere = {post.message for one in matter.further for post in one.case.posts}
    whole = RulingDraft(
        guild=order.guild,
        key=order.key,
        kind=RulingKind.DECIDED,
        at=now,
        by=order.by,
        subject=order.subject,
        subject_kind=_kind_of(standing.subject),
        rule=order.rule,
        words=order.words,
        internal=order.internal,
        because=order.because,
        silent=order.silent,
        changes=confirmed(standing, order.by),
        guidelines_version=versions.guidelines,
        screening_version=versions.screening,
    )
    main = _about(whole, order, matter.main, lambda message: message not in elsewhere)
    yield (
        replace(
            main,
            sanctions=sanctions,
            tells=not order.spam
            and standing.subject.is_somebody
            and bool(sanctions or order.removes),
        ),
        matter.main,
    )
    for dossier in matter.further:
        held = {post.message for post in dossier.case.posts}
        one = _about(whole, order, dossier, held.__contains__)
        removed_now = held & {post.message for post in order.removes}
        tells = not order.spam and standing.subject.is_somebody and bool(removed_now)
        yield replace(one, key=key_beside(order.key, dossier.case.number), tells=tells), dossier


def _about(
    whole: RulingDraft, order: Order, known: Dossier | None, holds: Callable[[int], bool]
) -> RulingDraft:
    """Return the part of a decision that is about one case."""
    removed = tuple(post.message for post in order.removes if holds(post.message))
    confirmed = unconfirmed(known) if known is not None else ()
    return replace(
        whole,
        case=known.case.id if known is not None else None,
        case_version=known.case.version if known is not None else None,
        posts=tuple(
            unechoed(post, order.rule, *(rules_on(known, post.message) if known else ()))
            for post in (*order.removes, *order.evidence)
            if holds(post.message)
        ),
        removes=tuple(dict.fromkeys((*removed, *confirmed))),
    )


def confirmed(standing: Standing, by: int) -> tuple[Change, ...]:
    """Return who confirmed an order; nothing where it was the moderator who gave it."""
    actor = standing.actor.user
    return (Change(CONFIRMED, "", str(actor)),) if actor != by else ()


def telling_of(draft: RulingDraft, known: Dossier | None) -> Telling:
    """Return what the notice about a ruling has to say."""
    held = {post.message: post for post in (known.case.posts if known is not None else ())}
    held |= {post.message: post for post in draft.posts}
    return Telling(
        kind=draft.kind,
        at=draft.at,
        rule=draft.rule,
        words=draft.words,
        sanctions=draft.sanctions,
        removed=tuple(held[one] for one in draft.removes if one in held),
        reference=known.case.reference if known is not None else None,
        changes=draft.changes,
        about=tuple(post for post in draft.posts if post.message not in draft.removes),
    )


def _kind_of(person: Person) -> AuthorKind:
    if not person.is_somebody:
        return AuthorKind.APP
    return AuthorKind.STAFF if person.is_staff else AuthorKind.MEMBER
