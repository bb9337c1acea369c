"""Notices: what one says now, and which earlier one it puts right where nothing new arrives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.agenda import Intents, found_gone, last_notice, removed_by_us, removed_posts
from bot.corrections import is_called_for, is_correction, is_sure, put_right, what_holds
from bot.model.case import Case
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import Ruling, RulingKind, Telling
from bot.model.sanction import Sanction, SanctionKind
from bot.ports import Store, Words
from bot.telling import as_seen, others, says_nothing, still_held, telling_of
from bot.unfinished import is_rest, stuck
from bot.upholding import Upholding
from bot.upholding.matter import matters
from bot.wording import Wording

_CHANGES = (RulingKind.LIFTED, RulingKind.VOIDED, RulingKind.EDITED)
"""Rulings that make untrue what was told of their case before."""

_BEGINS = (RulingKind.DECIDED, RulingKind.BY_HAND, RulingKind.REMOVED)
"""Rulings that something begins with."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Says what members read: what was done, as it stands when it is written."""

    store: Store
    wording: Wording
    upholding: Upholding

    async def words(
        self, notice: Intent, intents: Intents, *, in_place: bool = False
    ) -> Words | str:
        """Return what a notice says now; or why there is nothing to say.

        Args:
            notice: the notice.
            intents: its case's.
            in_place: whether it takes the place of an earlier one: nothing else tells of that then.
        """
        if notice.ruling is None:
            return await self._of_removals(notice, intents)
        dossier = await self._dossier(notice)
        if notice.sanction is not None:
            if not is_called_for(notice, intents):
                return "not sent, because the member had read nothing of it"
            failed, holds = dossier.sanction(notice.sanction).ordered, what_holds(notice, dossier)
            sure = is_sure(notice, intents)
            return self.wording.correction(failed, holds, notice.token, sure=sure)
        ruling = dossier.ruling(notice.ruling)
        theirs = await self.store.sanctions_of(dossier.case.guild, dossier.case.author)
        measures, now = self.upholding.measures, self.upholding.clock.now()
        late = stuck(ruling, dossier, now)
        telling = still_held(theirs, dossier, ruling, late, rest=is_rest(notice))
        if in_place and ruling.kind is RulingKind.EDITED:
            telling = _all_of_it(theirs, dossier, ruling)
        if says_nothing(telling):
            return "not sent, because nothing of it could be done"
        telling = await as_seen(telling, dossier, ruling, measures, now)
        return self.wording.ruling_notice(telling, notice.token)

    async def as_it_stands(self, notice: Intent, intents: Intents) -> Words | str:
        """Return what the message says now that a notice made, or changed; else as above."""
        changed = any(
            one.result == notice.result and one.id < notice.id and one.kind is notice.kind
            for one in intents.values()
        )
        return await self.words(notice, intents, in_place=changed)

    async def made_untrue(self, notice: Intent, intents: Intents) -> Intent | None:
        """Return what the member read last, where a notice makes that untrue; else None.

        A ban of who is banned makes untrue what they read of that.
        """
        if is_correction(notice):
            return put_right(notice, intents)
        if notice.ruling is None:
            return None
        dossier = await self._dossier(notice)
        ruling = dossier.ruling(notice.ruling)
        if ruling.kind in _CHANGES:
            return last_notice(intents, notice)
        begun = (dossier.sanction(one).kind for one in ruling.sanctions)
        if SanctionKind.BAN in begun:
            return await self._of_earlier_ban(notice, dossier)
        return None

    async def in_place(self, notice: Intent, intents: Intents, earlier: Intent) -> Words | str:
        """Return what an earlier notice is to say instead, where no new message arrives."""
        said = await self.words(notice, intents, in_place=True)
        if isinstance(said, str):
            return said
        before = [one for one in await self._said_in(earlier) if one.case != notice.case]
        return await self._above(said, before)

    async def rewritten(self, sent: Intent) -> tuple[Intent, Words | str]:
        """Return what a message of notices says now, with the notice that it was written for last.

        Its words stand first; below it says what other cases' notices had said in it.

        Args:
            sent: any notice that made the message, or changed it.
        """
        last, *before = await self._said_in(sent)
        said = await self.as_it_stands(last, await self._intents(last.case))
        return last, said if isinstance(said, str) else await self._above(said, before)

    async def _above(self, said: Words, before: Sequence[Intent]) -> Words:
        """Return what is said in a message, above what holds of other cases that it had told of."""
        now, stand = self.upholding.clock.now(), []
        for one in before:
            dossier = await self._dossier(one)
            if any(matters(each, now) for each in dossier.sanctions):
                stand.append(await self.as_it_stands(one, await self._intents(one.case)))
        words = [one for one in stand if not isinstance(one, str)]
        return self.wording.with_earlier(said, words) if words else said

    async def _said_in(self, sent: Intent) -> list[Intent]:
        """Return each case's last notice in a message that a notice made or changed, newest first.

        Only bans share a message: who is banned gets no new one.
        """
        cases = {sent.case}
        if sent.result is not None:
            case = await self._case(sent)
            theirs = await self.store.sanctions_of(case.guild, case.author)
            cases |= {one.case for one in theirs if one.kind is SanctionKind.BAN}
        last: dict[int, Intent] = {}
        for number in cases:
            for one in (await self._intents(number)).values():
                same = one.result is not None and one.result == sent.result
                if one.kind is IntentKind.NOTICE and (same or one.id == sent.id):
                    last[number] = one
        return sorted(last.values(), key=lambda one: one.id, reverse=True)

    async def _intents(self, case: int) -> Intents:
        return {one.id: one for one in await self.store.intents(case)}

    async def _of_earlier_ban(self, notice: Intent, dossier: Dossier) -> Intent | None:
        theirs = await self.store.sanctions_of(dossier.case.guild, dossier.case.author)
        bans = (one for one in theirs if one.kind is SanctionKind.BAN and one.in_force)
        read = []
        for case in {one.case for one in bans}:
            intents = {one.id: one for one in await self.store.intents(case)}
            if (last := last_notice(intents, notice)) is not None:
                read.append(last)
        return max(read, key=lambda one: one.id, default=None)

    async def _of_removals(self, notice: Intent, intents: Intents) -> Words | str:
        case = await self._case(notice)
        removed = removed_posts(case, intents, notice)
        if not removed:
            return "not sent, because nothing was removed"
        ours = not found_gone(removed, intents)
        return self.wording.notice(case, removed, notice.token, ours=ours)

    async def _case(self, notice: Intent) -> Case:
        case = await self.store.case(notice.case)
        assert case is not None, "BUG: an intent without a case"
        return case

    async def _dossier(self, notice: Intent) -> Dossier:
        dossier = await self.store.dossier(notice.case)
        assert dossier is not None, "BUG: an intent without a case"
        return dossier


def _all_of_it(theirs: Iterable[Sanction], dossier: Dossier, ruling: Ruling) -> Telling:
    """Return what a member reads of an edit whose notice takes the place of an earlier one.

    All that holds of the case, and why: nothing else tells them any more.
    """
    made = [one for one in dossier.rulings if one.kind in _BEGINS and one.id < ruling.id]
    removes = {each for one in made for each in one.removes}
    gone = {
        one.message
        for one in dossier.intents
        if one.kind is IntentKind.DELETE and one.state is IntentState.DONE
    }
    own = {one.id for one in dossier.sanctions}
    removed = tuple(post for post in dossier.case.posts if post.message in removes & gone)
    return replace(
        telling_of(dossier, ruling),
        at=made[-1].at if made else ruling.at,
        words=ruling.words or next((one.words for one in reversed(made) if one.words), ""),
        sanctions=tuple(one.now for one in dossier.sanctions if one.in_force),
        removed=removed,
        ours=removed_by_us(removed, dossier),
        still=others(theirs, own, ruling.at),
    )
