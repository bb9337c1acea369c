"""What an act by hand means for what Concord upholds, and what is written down of it.

One path for each kind of act, side by side, so that they can be compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.docket import Versions
from bot.errors import StaleVersionError
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.intent import IntentDraft, IntentKind
from bot.model.manual_act import ActKind, ManualAct
from bot.model.ruling import ACCESS_BACK, ROLE_BACK, Change
from bot.model.sanction import Sanction, SanctionDraft, SanctionKind
from bot.moderation import effects
from bot.moderation.plan import Plan
from bot.oversight import drafting
from bot.oversight.traces import Traces
from bot.oversight.unknown import NotKnownError
from bot.ports import Absent, Measures, MemberSeen, Outcome, Ruled, RulingDraft, Store, Transaction
from bot.upholding import denials, timeouts
from bot.upholding.hands import Hand, hand_on_board, hand_on_role, hand_on_timeout
from bot.upholding.matter import asks, keeps_out
from bot.upholding.moved import as_now
from bot.upholding.reach import reach_of
from bot.upholding.reasons import is_ours
from bot.upkeep import Upkeep

Consequence = RulingDraft | Plan
"""A new ruling, or a change to a case; all of one act are committed together."""

_LASTS = {ActKind.BAN: (SanctionDraft(SanctionKind.BAN, by_hand=True),)}

_MAY_COME_BACK = (
    "The member may take it again: Concord keeps nobody out of a group for this alone. Once you "
    "name the guideline, they are told of it, and kept out until you lift it."
)

ATTEMPTS = 5
"""How often an act is considered anew when its case changes meanwhile; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Oversight:
    """Turns acts by hand into cases.

    Laws: the same entry twice changes nothing; what Concord did itself, known by its account and
    the case its reason names, is no act by hand; what anybody ends by hand counts as lifted; what a
    moderator gives back by hand stays so, and the case asks; what a bot or the member gives back is
    taken again.
    """

    store: Store
    measures: Measures
    upkeep: Upkeep
    versions: Versions
    traces: Traces
    """Writes down what leaves nothing to uphold."""
    carry_out: Callable[[Iterable[int]], None]
    """Begins to carry out what is unsettled in these cases."""

    async def learn(self, act: ManualAct) -> None:
        """Consider one act, and commit what follows from it.

        Raises:
            NotKnownError: if Discord does not answer a question that it depends on.
        """
        if act.to_app or (act.by_concord and is_ours(act.reason)):
            return
        community = await self.store.community(act.guild)
        if community is None:
            return
        known = await self.store.ruling_keyed(act.guild, act.key)
        if known is not None:  # its further rulings were committed with it
            self.carry_out((known.case,))
            return
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._commit(act, await self._consider(act, community), community)
            except StaleVersionError:
                if attempt == ATTEMPTS:
                    raise
            else:
                return

    async def _consider(self, act: ManualAct, community: Community) -> Sequence[Consequence]:
        match act.kind:
            case ActKind.BAN | ActKind.KICK | ActKind.AUTOMOD_QUARANTINE:
                return [self._opened(act, *_LASTS.get(act.kind, ()))]
            case ActKind.UNBAN:
                return await self._lifted(act, await self._in_force(act, SanctionKind.BAN))
            case ActKind.TIMEOUT:
                return await self._timeout(act)
            case ActKind.AUTOMOD_TIMEOUT:
                return [await self._automod_timeout(act)]
            case ActKind.ROLES:
                return await self._roles(act, community)
            case ActKind.OVERWRITE | ActKind.POST_DELETED | ActKind.AUTOMOD_BLOCK:
                upheld = await self._overwrite(act) if act.kind is ActKind.OVERWRITE else ()
                return [*upheld, *await self.traces.of(act, community)]

    async def _timeout(self, act: ManualAct) -> Sequence[Consequence]:
        seen = act.until if act.until is not None and act.until > act.at else None
        opened = [self._opened(act, _timeout(seen))] if seen is not None else []
        asking = await self._in_force(act, SanctionKind.TIMEOUT)
        if not asking:
            return opened
        wanted = timeouts.wanted_end(asking)
        mark = await self._timeout_mark(act)
        if mark is not None and mark.was(seen):
            return opened  # read late: Concord has found it there and set its own since
        hand = hand_on_timeout(
            wanted if wanted != timeouts.ENDLESS else None,
            mark.latest if mark is not None else None,
            seen,
        )
        if hand is Hand.NOTHING:
            return []
        if seen is not None and all(one.ordered.by_hand for one in asking):
            last = asking[-1]
            dossier = await self._dossier(last.case)
            return [drafting.moved(act, dossier, last, seen, self.versions)]
        return [*(await self._lifted(act, asking) if hand is Hand.LIFTED else ()), *opened]

    async def _automod_timeout(self, act: ManualAct) -> Consequence:
        seen = await self.measures.member(act.guild, act.target)
        if isinstance(seen, Outcome):
            raise NotKnownError(seen.words)
        until = seen.timed_out_until if isinstance(seen, MemberSeen) else None
        mark = await self._timeout_mark(act)
        if mark is not None and mark.is_ours(until):
            opened = self._opened(act, more="Concord's own timeout lasts longer.")
        else:
            # One that is over already, or whose end nobody knows any more, is put down as over.
            opened = self._opened(act, _timeout(until or act.at))
        return await self.traces.with_its_block(act, opened)

    async def _timeout_mark(self, act: ManualAct) -> timeouts.Mark | None:
        holds = await self.store.holds_of(act.guild, act.target)
        held = (hold for hold in holds if hold.kind is SanctionKind.TIMEOUT)
        return timeouts.Mark.of(next(held, None))

    async def _roles(self, act: ManualAct, community: Community) -> Sequence[Consequence]:
        removals = await self._in_force(act, SanctionKind.GROUP_REMOVAL)
        found: list[Consequence] = []
        roles = {one.id: as_now(one, community).ordered.role for one in removals}
        for role in sorted(act.given):
            held = [one for one in removals if roles[one.id] == role]
            if held:
                found.extend(await self._role_given(act, role, held))
        if act.by_staff:  # bots take roles as members ask them to, and members as they like
            held_roles = set(roles.values())
            taken = [
                SanctionDraft(
                    SanctionKind.GROUP_REMOVAL, group=group.name, role=group.role.id, by_hand=True
                )
                for group in community.groups
                if group.role.id in act.taken and group.role.id not in held_roles
            ]
            if taken:
                found.append(self._opened(act, *taken, more=_MAY_COME_BACK))
        return found

    async def _role_given(
        self, act: ManualAct, role: int, held: Sequence[Sanction]
    ) -> Sequence[Consequence]:
        if not any(keeps_out(one) for one in held):
            return await self._lifted(act, held)
        if hand_on_role(staff=act.by_staff) is Hand.AGAIN:
            await self.upkeep.take_again(act.guild, act.target, role, str(act.entry))
            return []
        if all(one.ordered.by_hand for one in held):
            return await self._lifted(act, held)
        return [await self._asked(act, held[-1], Change(ROLE_BACK, "", str(role)))]

    async def _overwrite(self, act: ManualAct) -> Sequence[Consequence]:
        channel = act.channel
        assert channel is not None, "BUG: permissions changed nowhere"
        removals = await self._in_force(act, SanctionKind.BOARD_REMOVAL)
        holds = await self.store.holds_of(act.guild, act.target)
        on_boards = (one for one in holds if one.kind is SanctionKind.BOARD_REMOVAL)
        mark = denials.Mark.of(next((one for one in on_boards if one.target == channel), None))
        if not removals or mark is None:
            return []
        seen = await self.measures.overwrite(act.guild, channel, act.target)
        if isinstance(seen, Outcome):
            raise NotKnownError(seen.words)
        denied = 0 if isinstance(seen, Absent) else seen.deny
        given_back = mark.taken & ~mark.unsure & ~denied  # what was not denied, nobody gave back
        if not given_back:
            return []
        if hand_on_board(staff=act.by_staff) is Hand.AGAIN:
            await self.upkeep.deny_again(act.guild, act.target, channel, str(act.entry))
            return []
        if not await self._reaches(act, removals, channel):
            return []  # it left the board, and with it what was denied there
        what = Change(ACCESS_BACK, denials.named(given_back), str(channel))
        return [await self._asked(act, removals[-1], what)]

    async def _reaches(self, act: ManualAct, removals: Sequence[Sanction], channel: int) -> bool:
        """Whether a channel is one that a member's removals from boards reach now."""
        rooms = await self.measures.rooms(act.guild)
        if isinstance(rooms, Outcome):
            raise NotKnownError(rooms.words)
        reach = await reach_of(act.guild, removals, self.measures, self.store, rooms)
        if isinstance(reach, Outcome):
            raise NotKnownError(reach.words)
        return channel in reach.channels

    async def _in_force(self, act: ManualAct, kind: SanctionKind) -> tuple[Sanction, ...]:
        """Return the member's sanctions of a kind that were in force when it was done."""
        return tuple(
            one
            for one in await self.store.sanctions_of(act.guild, act.target)
            if one.kind is kind and one.at <= act.at and asks(one, act.at)
        )

    def _opened(self, act: ManualAct, *sanctions: SanctionDraft, more: str = "") -> RulingDraft:
        return drafting.by_hand(act, sanctions, self.versions, more)

    async def _lifted(self, act: ManualAct, sanctions: Sequence[Sanction]) -> Sequence[Plan]:
        cases: defaultdict[int, list[Sanction]] = defaultdict(list)
        for one in sanctions:
            cases[one.case].append(one)
        return [
            drafting.lifted(act, await self._dossier(case), ended, self.versions)
            for case, ended in cases.items()
        ]

    async def _asked(self, act: ManualAct, sanction: Sanction, what: Change) -> RulingDraft:
        return drafting.asked(act, await self._dossier(sanction.case), what, self.versions)

    async def _dossier(self, case: int) -> Dossier:
        dossier = await self.store.dossier(case)
        assert dossier is not None, "BUG: a sanction without a case"
        return dossier

    async def _commit(
        self, act: ManualAct, consequences: Sequence[Consequence], community: Community
    ) -> None:
        """Commit all that follows from an act, or nothing."""

        async def work(tx: Transaction) -> list[int]:
            cases = []
            for number, one in enumerate(consequences):
                key = act.key if number == 0 else f"{act.key}:{number}"
                if isinstance(one, Plan):
                    plan = replace(one, draft=replace(one.draft, key=key))
                    ruled = await plan.commit(tx, community)
                else:
                    ruled = await _rule(tx, replace(one, key=key), community)
                cases.append(ruled.case)
            return cases

        if consequences:
            self.carry_out(await self.store.write(work))


async def _rule(tx: Transaction, draft: RulingDraft, community: Community) -> Ruled:
    ruled = await tx.rule(draft)
    if ruled.repeated:
        return ruled
    for sanction, ordered in zip(ruled.sanctions, draft.sanctions, strict=True):
        for intent in effects.of_sanction(sanction, ordered, ruled.ruling, draft.subject):
            if intent.kind is IntentKind.END:  # it is in force already
                await tx.add_intent(ruled.case, intent, draft.at)
    # A note is read in its case; this one asks something, so it is shown.
    line = IntentDraft(IntentKind.LOG, f"log:ruling:{ruled.ruling}", ruling=ruled.ruling)
    if community.log is not None:
        await tx.add_intent(ruled.case, line, draft.at)
    return ruled


def _timeout(until: datetime) -> SanctionDraft:
    return SanctionDraft(SanctionKind.TIMEOUT, until=until, by_hand=True)
