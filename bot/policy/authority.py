"""Who may do what to whom: why a moderator's order is refused, and how to mend it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.model.guidelines import Rule
from bot.model.sanction import SanctionKind
from bot.model.standing import Person, Power, Standing
from bot.text.escaping import escaped

NEEDS: Mapping[SanctionKind, Power] = MappingProxyType(
    {
        SanctionKind.TIMEOUT: Power.MODERATE_MEMBERS,
        SanctionKind.BOARD_REMOVAL: Power.MANAGE_ROLES,
        SanctionKind.GROUP_REMOVAL: Power.MANAGE_ROLES,
        SanctionKind.BAN: Power.BAN_MEMBERS,
    }
)
"""What Concord must be permitted on Discord; warnings and referrals need nothing."""

_ACTS = MappingProxyType(
    {
        SanctionKind.TIMEOUT: "time them out",
        SanctionKind.BOARD_REMOVAL: "remove them from a board",
        SanctionKind.GROUP_REMOVAL: "take a role from them",
        SanctionKind.BAN: "ban them",
    }
)
_RANKED = (SanctionKind.TIMEOUT, SanctionKind.BAN)
"""What Discord lets Concord end only for members below it."""

_WAITING = (SanctionKind.TIMEOUT, SanctionKind.BOARD_REMOVAL, SanctionKind.GROUP_REMOVAL)
"""What can only be put on a member, and so waits for one who has left."""

_ROLES = "Server Settings > Roles"


def refusals(
    standing: Standing,
    kinds: Collection[SanctionKind] = (),
    *,
    removes: bool = False,
    admin_only: bool = False,
    rule: Rule | None = None,
) -> tuple[str, ...]:
    """Return why an order must not be carried out: all reasons, as sentences; empty if none.

    Laws: nobody sanctions staff, apps, webhooks, the owner, themselves, or who stands above
    themselves or Concord; further kinds never take a reason away. Who may decide nothing is told
    nothing else.

    Args:
        standing: who matters, read at this moment.
        kinds: the sanctions that are ordered.
        removes: whether posts are removed; those of apps and webhooks may be, whatever their roles.
        admin_only: whether it is for admins.
        rule: what it rests on, if anything.
    """
    if (barred := _barred(standing.actor, admin_only=admin_only)) is not None:
        return (barred,)
    reasons = [*_of_rule(rule), *_of_subject(standing, kinds)]
    reasons.extend(_of_discord(standing, kinds))
    reasons.extend(_of_concord(standing, kinds, tuple(SanctionKind)))
    if removes and Power.MANAGE_MESSAGES not in standing.powers:
        reasons.append(_lacking(Power.MANAGE_MESSAGES, "remove posts"))
    return tuple(dict.fromkeys(reasons))


def untouchable(standing: Standing) -> tuple[str, ...]:
    """Return why nothing can be ordered about a person at all, as sentences; empty if it can.

    Law: whatever is ordered about them, :func:`refusals` says all of this.
    """
    if (barred := _barred(standing.actor, admin_only=False)) is not None:
        return (barred,)
    return tuple(_of_subject(standing, ()))


def refusals_to_change(
    standing: Standing,
    kinds: Collection[SanctionKind] = (),
    *,
    harsher: bool = False,
    admin_only: bool = False,
) -> tuple[str, ...]:
    """Return why sanctions must not be lifted, voided or changed: all reasons, as sentences.

    Also whoever has become staff meanwhile may have theirs ended, but nobody decides about
    themselves, and what weighs more than before needs all that a new decision needs. A note about
    a case asks for no kind.

    Args:
        standing: who matters, read at this moment.
        kinds: the sanctions that are changed.
        harsher: whether one lasts longer afterwards, or rests on another rule.
        admin_only: whether it is for admins.
    """
    if (barred := _barred(standing.actor, admin_only=admin_only)) is not None:
        return (barred,)
    reasons = []
    if harsher:
        reasons = [*_of_subject(standing, kinds), *_of_discord(standing, kinds)]
    elif standing.actor.user == standing.subject.user:
        reasons.append("Nobody decides about themselves: please ask another moderator.")
    reasons.extend(_of_concord(standing, kinds, _RANKED))
    return tuple(dict.fromkeys(reasons))


def cautions(standing: Standing, kinds: Iterable[SanctionKind]) -> tuple[str, ...]:
    """Return what a moderator should know first, though it refuses nothing."""
    if standing.subject.is_member:
        return ()
    waiting = [kind for kind in _WAITING if kind in set(kinds)]
    said = ["They are no member now, so they may not be told by direct message."]
    if waiting:
        words = " and ".join(_WAITING_WORDS[kind] for kind in waiting)
        said.append(f"The {words} will hold when they come back, until it ends.")
    return tuple(said)


_WAITING_WORDS = MappingProxyType(
    {
        SanctionKind.TIMEOUT: "timeout",
        SanctionKind.BOARD_REMOVAL: "removal from the board",
        SanctionKind.GROUP_REMOVAL: "removal from the group",
    }
)


def _barred(actor: Person, *, admin_only: bool) -> str | None:
    if admin_only and not (actor.is_admin or actor.is_owner):
        return "Only admins may do this."
    return None if actor.is_staff else "Only moderators may do this."


def _of_rule(rule: Rule | None) -> Iterator[str]:
    if rule is not None and rule.guideline is None:
        yield (
            f"Nobody is sanctioned, and nothing is removed, because of {rule.id}: please look "
            "after the member instead."
        )


_APP = "That is an app, and apps are not sanctioned; an admin can remove it from the server."
_NOBODY = (
    "Discord knows no such account: it is a webhook's, or it was deleted, and nobody is there to "
    "be sanctioned."
)


def _of_subject(standing: Standing, kinds: Collection[SanctionKind]) -> Iterator[str]:
    actor, subject = standing.actor, standing.subject
    if subject.user == actor.user:
        yield "Nobody decides about themselves: please ask another moderator."
    if not subject.is_somebody:
        if kinds:
            yield _NOBODY if not subject.is_account else _APP
        return
    if subject.is_owner:
        yield "They own this server, so nobody here can act on them."
    elif subject.is_staff and subject.user != actor.user:
        yield "They are staff: please talk to an admin."
    if subject.user != actor.user and not actor.is_owner and subject.rank > actor.rank:
        yield "Their highest role stands above yours: please ask somebody above them."


def _of_discord(standing: Standing, kinds: Collection[SanctionKind]) -> Iterator[str]:
    subject = standing.subject
    if not subject.is_administrator or subject.is_owner:
        return
    how = f"take Administrator from them first, in {_ROLES}"
    if SanctionKind.TIMEOUT in kinds:
        yield f"Discord lets nobody time out administrators: {how}."
    if SanctionKind.BOARD_REMOVAL in kinds:
        yield f"Administrators may write everywhere, so no board can be closed to them: {how}."


def _of_concord(
    standing: Standing, kinds: Collection[SanctionKind], ranked: Collection[SanctionKind]
) -> Iterator[str]:
    ordered = [kind for kind in SanctionKind if kind in kinds]
    for kind in ordered:
        if kind in NEEDS and NEEDS[kind] not in standing.powers:
            yield _lacking(NEEDS[kind], _ACTS[kind])
    concord, subject = standing.concord, standing.subject
    above = subject.is_member and subject.rank >= concord.rank and not subject.is_owner
    if above and any(kind in ranked for kind in ordered):
        yield _below(concord, _named(subject.top_role) or "their highest role")
    if SanctionKind.GROUP_REMOVAL in ordered:
        for role, rank in standing.role_ranks:
            if rank >= concord.rank:
                yield _below(concord, f"<@&{role}>")


def _lacking(power: Power, act: str) -> str:
    return (
        f"Concord may not {act}: give its role the permission '{power.value}' in {_ROLES}, "
        "then try again."
    )


def _below(concord: Person, other: str) -> str:
    mine = f"role {_named(concord.top_role)}" if concord.top_role else "highest role"
    return f"Concord's {mine} is not above {other}: drag it above in {_ROLES}, then try again."


def _named(role: str) -> str:
    return f"'{escaped(role, 100)}'" if role else ""
