"""What is done by hand and leaves nothing in force that Concord upholds: it is written down.

Posts deleted, a board closed to a member, a message that AutoMod kept back. It counts for nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.docket import Versions
from bot.model.case import CaseState
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.manual_act import ActKind, ManualAct
from bot.model.ruling import BY_AUTOMOD, DENIED, KEPT_BACK, POSTS_DELETED, Change
from bot.model.sanction import SanctionKind
from bot.oversight import drafting
from bot.oversight.unknown import NotKnownError
from bot.placing import Location, is_screened
from bot.policy.writing import SEEING
from bot.ports import CaseQuery, Measures, MemberSeen, Outcome, RulingDraft, Store
from bot.upholding import denials
from bot.upholding.reach import Rooms, leads

QUIET: Final = timedelta(hours=1)
"""How long after a line nothing more is written of what AutoMod keeps back of the same member in
the same channel: it does so at each attempt of a spammer. Chosen, not measured."""

TOGETHER: Final = timedelta(seconds=10)
"""How far apart what AutoMod does about one message is at most; chosen, not measured."""

LOOKED_THROUGH: Final = 25
"""A member's newest cases in which the same act is looked for; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Writes down acts that leave nothing to uphold.

    Laws: only on boards, for what is not screened is nobody's business; of a burst, the same done
    by the same to the same member in the same channel, one is written down; what stands where an
    open case of the member already waits is noted there.
    """

    store: Store
    measures: Measures
    versions: Versions
    burst: timedelta
    """Within which acts that are alike are one."""
    board_bits: int
    """What a removal from a board denies, as bits of Discord's permissions."""

    async def of(self, act: ManualAct, community: Community) -> Sequence[RulingDraft]:
        """Return what is written down of an act.

        Raises:
            NotKnownError: if Discord does not answer a question that it depends on.
        """
        if act.by_concord:
            return []
        if act.kind is ActKind.OVERWRITE:
            return await self._of_overwrite(act, community)
        return await self._of_post(act, community)

    async def _of_post(self, act: ManualAct, community: Community) -> Sequence[RulingDraft]:
        """Return what is written down of a deleted post, or of a message that AutoMod kept back.

        Nothing of who is no member: webhooks cannot be told from who has left.
        """
        blocked = act.kind is ActKind.AUTOMOD_BLOCK
        if not _on_board(act, community) or (act.actor == act.target) != blocked:
            return []
        what = KEPT_BACK if blocked else POSTS_DELETED
        done = Change(what, act.automod_rule if blocked else "", str(act.channel))
        cases = await self._cases_of(act)
        if any(self._is_same(act, one, done) or _is_timeout_with(act, one) for one in cases):
            return []
        if not await self._is_member(act):
            return []
        waiting = next((one for one in cases if _waits_there(one, act)), None)
        if waiting is not None and not blocked:
            return [drafting.asked(act, waiting, done, self.versions)]
        return [self._opened(act, done)]

    async def _of_overwrite(self, act: ManualAct, community: Community) -> Sequence[RulingDraft]:
        """Return what is written down of permissions that somebody denied a member on a board.

        Nothing of those that Concord denies there as well, or that were denied before; nor of what
        the category denies them: it is copied when somebody brings the channel in step with it.
        """
        denied = act.denied & (self.board_bits | SEEING) & ~await self._ours(act)
        if not denied or act.actor == act.target:
            return []
        rooms = await self._rooms(act)
        denied &= ~_by_category(act, rooms)
        if not denied or not (_on_board(act, community) or _leads_board(act, rooms, community)):
            return []
        return [self._opened(act, Change(DENIED, denials.named(denied), str(act.channel)))]

    async def with_its_block(self, act: ManualAct, opened: RulingDraft) -> RulingDraft:
        """Return AutoMod's timeout as it is written down: in the case of the message it kept back.

        Both follow from one message, and are one matter.
        """
        for one in await self._cases_of(act):
            if any(
                change.what == KEPT_BACK
                and change.before == act.automod_rule
                and abs(ruling.at - act.at) <= TOGETHER
                for ruling in one.rulings
                for change in ruling.changes
            ):
                return replace(opened, case=one.case.id, case_version=one.case.version)
        return opened

    def _opened(self, act: ManualAct, done: Change) -> RulingDraft:
        # What a change says already, a note need not.
        plain = replace(act, automod_rule="") if done.what == KEPT_BACK else act
        draft = drafting.by_hand(plain, (), self.versions)
        return replace(draft, changes=(done, *draft.changes))

    async def _cases_of(self, act: ManualAct) -> tuple[Dossier, ...]:
        query = CaseQuery(act.guild, member=act.target)
        return (await self.store.find_cases(query, 0, LOOKED_THROUGH)).cases

    def _is_same(self, act: ManualAct, dossier: Dossier, done: Change) -> bool:
        """Whether a case tells of the same act, done shortly before or after."""
        apart = QUIET if done.what == KEPT_BACK else self.burst
        by = None if done.what == KEPT_BACK else act.actor
        return any(
            done in one.changes and one.by == by and abs(one.at - act.at) <= apart
            for one in dossier.rulings
        )

    async def _is_member(self, act: ManualAct) -> bool:
        seen = await self.measures.member(act.guild, act.target)
        if isinstance(seen, Outcome):
            raise NotKnownError(seen.words)
        return isinstance(seen, MemberSeen)

    async def _ours(self, act: ManualAct) -> int:
        """Return what Concord is known to deny the member in that channel."""
        holds = await self.store.holds_of(act.guild, act.target)
        kept = (one for one in holds if one.kind is SanctionKind.BOARD_REMOVAL)
        mark = denials.Mark.of(next((one for one in kept if one.target == act.channel), None))
        return mark.taken & ~mark.unsure if mark is not None else 0

    async def _rooms(self, act: ManualAct) -> Rooms:
        rooms = await self.measures.rooms(act.guild)
        if isinstance(rooms, Outcome):
            raise NotKnownError(rooms.words)
        return rooms


def _by_category(act: ManualAct, rooms: Rooms) -> int:
    """Return what the member is denied in the category of the channel."""
    room = rooms.get(act.channel or 0)
    category = rooms.get(room.category or 0) if room is not None else None
    seen = category.overwrites.get(act.target) if category is not None else None
    return seen.deny if seen is not None else 0


def _leads_board(act: ManualAct, rooms: Rooms, community: Community) -> bool:
    """Whether boards are in step with the category whose permissions were changed."""
    return any(leads(rooms, one) == act.channel for one in _screened(community))


def _on_board(act: ManualAct, community: Community) -> bool:
    """Whether it was done on a board; elsewhere nothing that is done by hand is written down."""
    return is_screened(Location(act.places, public=False), community)


def _screened(community: Community) -> Iterable[int]:
    places = (one.channel.id for one in community.boards)
    return (one for one in places if one and is_screened(Location((one,), public=False), community))


def _is_timeout_with(act: ManualAct, dossier: Dossier) -> bool:
    """Whether a case tells of the timeout by AutoMod that came with the message it kept back."""
    return act.kind is ActKind.AUTOMOD_BLOCK and any(
        ruling.sanctions
        and abs(ruling.at - act.at) <= TOGETHER
        and any(change.what == BY_AUTOMOD for change in ruling.changes)
        for ruling in dossier.rulings
    )


def _waits_there(dossier: Dossier, act: ManualAct) -> bool:
    """Whether a moderator is still asked about a post of that channel."""
    case = dossier.case
    return case.state is CaseState.OPEN and any(one.channel == act.channel for one in case.posts)
