"""The path of one intent: committed before, tried, asked after when in doubt, settled once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.agenda import UPHOLDS, Intents, kept_with, line_of
from bot.corrections import IN_DOUBT, is_correction
from bot.model.action import Action
from bot.model.case import Case, CasePost
from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
from bot.model.ruling import RulingKind
from bot.model.sanction import Sanction
from bot.notices import Notices
from bot.ports import (
    IN_PLACE,
    IN_PLACE_IN_THREAD,
    STANDS_IN_THREAD,
    Delivery,
    Enforcer,
    MemberSeen,
    Outcome,
    Store,
    Words,
)
from bot.sending import send_once
from bot.settling import Settling
from bot.telling import overruled, says_nothing, telling_of
from bot.upholding import Upheld, Upholding
from bot.wording import Wording

MESSAGES = frozenset(
    {
        IntentKind.NOTICE,
        IntentKind.LOG,
        IntentKind.PUBLIC_LOG,
        IntentKind.EVIDENCE,
        IntentKind.RESTORE,
    }
)
"""What makes a message of ours; an update of a line names the line's."""

_NO_MESSAGE = "there is no message to take words out of"

_UNREAD = (
    "what they were told last stands in a private thread that they cannot open: they are told if "
    "they come back"
)

Message = Callable[[Intent], Awaitable[Outcome]]


@dataclass
class Execution:
    """Carries out single intents, and commits what became of them.

    Law: nothing is done twice; what is not done says why.
    """

    store: Store
    enforcer: Enforcer
    wording: Wording
    upholding: Upholding
    settling: Settling

    async def carry_out(self, intent: Intent, intents: Intents) -> Intent:
        """Try an intent, and return it as it is then; the case's others are read, not changed."""
        if intent.kind in UPHOLDS:
            return await self._uphold(intent)
        paths = {
            IntentKind.DELETE: self._delete,
            IntentKind.NOTICE: self._notice,
            IntentKind.LOG: self._line,
            IntentKind.LOG_EDIT: self._edit_line,
            IntentKind.PUBLIC_LOG: self._public_line,
            IntentKind.EVIDENCE: self._evidence,
            IntentKind.RESTORE: self._restore,
            IntentKind.REDACT: self._redact,
        }
        return await paths[intent.kind](intent, intents)

    async def _delete(self, intent: Intent, _: Intents) -> Intent:
        # A removal is not kept waiting for the case to be read: it says all that it needs. One
        # that waited may have been decided otherwise meanwhile.
        if intent.attempts:
            case = await self._case(intent)
            post = next((one for one in case.posts if one.message == intent.message), None)
            if post is not None and post.action is not Action.REMOVE:
                words = "not removed: it was decided that it stays"
                return await self.settling.settle(intent, IntentState.DROPPED, words)
        return await self.settling.conclude(intent, await self.enforcer.delete(intent))

    async def _uphold(self, intent: Intent) -> Intent:
        case = await self._case(intent)

        async def conclude(sanction: Sanction, upheld: Upheld | None) -> Intent:
            return await self.settling.conclude_sanction(intent, sanction, upheld)

        return await self.upholding.carry_out(intent, case, conclude)

    async def _notice(self, intent: Intent, intents: Intents) -> Intent:
        case = await self._case(intent)

        async def find(current: Intent) -> Outcome:
            return await self.enforcer.find_notice(current, case)

        said = await self._notices.words(intent, intents)
        if intent.ruling is not None and not is_correction(intent):
            dossier = await self._dossier(intent)
            if overruled(dossier, dossier.ruling(intent.ruling)):
                said = "not sent, because all of it was taken back before it could be told"
        if isinstance(said, str):
            if intent.attempts and (seen := await find(intent)).delivery is not Delivery.LATER:
                if seen.delivery is Delivery.DONE:
                    return await self.settling.conclude(intent, seen)
                said = f"{said}; {IN_DOUBT}"
            return await self._drop(intent, said)
        words = said

        async def send(current: Intent) -> Outcome:
            outcome = await self.enforcer.tell(current, case, words)
            if outcome.delivery is Delivery.REFUSED:
                return await self._put_right(current, intents, outcome)
            return outcome

        return await self._send(intent, send, find)

    async def _put_right(self, notice: Intent, intents: Intents, refused: Outcome) -> Outcome:
        """Change what the member read last; as refused where nothing of it is untrue, or it fails.

        Who is banned, or has left, gets no new message, and opens no thread of the server.
        """
        earlier = await self._notices.made_untrue(notice, intents)
        if earlier is None:
            return refused
        case, done = await self._case(earlier), IN_PLACE
        if earlier.outcome in STANDS_IN_THREAD:
            seen = await self.upholding.measures.member(case.guild, case.author)
            if isinstance(seen, Outcome) and seen.delivery is not Delivery.REFUSED:
                return replace(seen, delivery=Delivery.LATER)
            if not isinstance(seen, MemberSeen):
                return replace(refused, words=f"{refused.words}; {_UNREAD}")
            done = IN_PLACE_IN_THREAD
        words = await self._notices.in_place(notice, intents, earlier)
        if isinstance(words, str):
            return refused
        changed = await self.enforcer.redact(notice, earlier, case, words)
        if changed.delivery is not Delivery.DONE or changed.result is None:
            return refused
        return replace(changed, words=done)

    async def _line(self, intent: Intent, _: Intents) -> Intent:
        async def send(current: Intent) -> Outcome:
            return await self.enforcer.log(current, await self._words_of_line(intent))

        return await self._send(intent, send, self.enforcer.find_log)

    async def _edit_line(self, intent: Intent, _: Intents) -> Intent:
        now = {one.id: one for one in await self.store.intents(intent.case)}
        line = line_of(intent, now)
        if line is None or line.result is None:
            return await self._drop(intent, "there is no line in the log to bring up to date")
        words = await self._words_of_line(line)
        outcome = await self.enforcer.edit_log(intent, line.result, words)
        return await self.settling.conclude(intent, outcome)

    async def _public_line(self, intent: Intent, _: Intents) -> Intent:
        dossier = await self._dossier(intent)
        ruling = dossier.ruling(intent.ruling) if intent.ruling is not None else None
        if ruling is None or says_nothing(telling_of(dossier, ruling)):
            return await self._drop(intent, "not written, because nothing of it could be done")
        # One that was tried may stand there already.
        if not intent.attempts and overruled(dossier, ruling, only_voided=True):
            return await self._drop(intent, "not written, because it was voided before")
        words = self.wording.public_line(dossier, ruling, intent.token)

        async def send(current: Intent) -> Outcome:
            return await self.enforcer.public_log(current, words)

        return await self._send(intent, send, self.enforcer.find_public_log)

    async def _evidence(self, intent: Intent, _: Intents) -> Intent:
        case = await self._case(intent)
        post = _post_of(case, intent)
        if post is None or not post.files:
            return await self._drop(intent, "there are no files to keep")
        held = post

        async def send(current: Intent) -> Outcome:
            return await self.enforcer.keep_files(current, case, held)

        return await self._send(intent, send, self.enforcer.find_files)

    async def _restore(self, intent: Intent, intents: Intents) -> Intent:
        removals = {
            one.state
            for one in await self.store.intents(intent.case)
            if one.kind is IntentKind.DELETE and one.message == intent.message
        }
        if IntentState.DONE not in removals:  # a quote beside a post that stands would double it
            if removals - SETTLED:
                under_way = Outcome(Delivery.LATER, "the removal is still under way")
                return await self.settling.conclude(intent, under_way)
            return await self._drop(intent, "not posted again, for the post was not removed")
        case = await self._case(intent)
        post = _post_of(case, intent)
        if post is None or not (post.parts or post.files):
            return await self._drop(intent, "not posted again, for its words have been erased")
        held, kept = post, kept_with(post.message, intents)
        words = self.wording.restored(case, held, intent.token)
        bare = self.wording.restored(case, held, intent.token, bare=True)

        async def send(current: Intent) -> Outcome:
            return await self.enforcer.restore(current, held, kept, words, bare)

        async def find(current: Intent) -> Outcome:
            return await self.enforcer.find_restored(current, held)

        return await self._send(intent, send, find)

    async def _redact(self, intent: Intent, intents: Intents) -> Intent:
        sent = intents.get(intent.target or 0)
        if sent is None or sent.kind not in MESSAGES or not sent.may_be_seen:
            return await self._drop(intent, _NO_MESSAGE)
        case = await self._case(intent)
        words = await self._words_without(sent)
        outcome = await self.enforcer.redact(intent, sent, case, words)
        if sent.result is None:  # looked for, since nobody knows whether it arrived
            not_found = outcome.delivery is Delivery.DONE and outcome.result is None
            refused = outcome.delivery is Delivery.REFUSED and sent.state is IntentState.FAILED
            if not_found or refused:
                return await self._drop(intent, _NO_MESSAGE)
        return await self.settling.conclude(intent, outcome)

    async def _words_without(self, sent: Intent) -> Words | None:
        """Return what a message says once its words are erased; None where it goes altogether.

        It is written anew from what is left: what was decided is nobody's words, and stays.
        """
        match sent.kind:
            case IntentKind.LOG:
                return self.wording.erased(await self._words_of_line(sent))
            case IntentKind.PUBLIC_LOG if sent.ruling is not None:
                dossier = await self._dossier(sent)
                return self.wording.public_line(dossier, dossier.ruling(sent.ruling), sent.token)
            case IntentKind.NOTICE:
                # One that was put right says what the later notice has to say.
                last, said = await self._notices.rewritten(sent)
                if isinstance(said, str):
                    return self.wording.redacted_notice(await self._case(last), last.token)
                return self.wording.erased(said, undone=await self._is_undone(last))
            case _:
                return None

    async def _is_undone(self, notice: Intent) -> bool:
        """Whether all that a notice tells of was a mistake: written anew, it says so, too."""
        if notice.ruling is None:
            return False
        dossier = await self._dossier(notice)
        voided = self.wording.is_voided(dossier.rulings)
        return voided and overruled(dossier, dossier.ruling(notice.ruling))

    async def _words_of_line(self, line: Intent) -> Words:
        """Return what a line of the log says now."""
        dossier = await self._dossier(line)
        if line.ruling is None:
            decided = [one for one in dossier.rulings if one.kind is not RulingKind.REMOVED]
            return self.wording.log_line(dossier.case, dossier.intents, line.token, decided)
        return self.wording.ruling_line(dossier, dossier.ruling(line.ruling), line.token)

    @property
    def _notices(self) -> Notices:
        return Notices(self.store, self.wording, self.upholding)

    async def _case(self, intent: Intent) -> Case:
        case = await self.store.case(intent.case)
        assert case is not None, "BUG: an intent without a case"
        return case

    async def _dossier(self, intent: Intent) -> Dossier:
        dossier = await self.store.dossier(intent.case)
        assert dossier is not None, "BUG: an intent without a case"
        return dossier

    async def _drop(self, intent: Intent, words: str) -> Intent:
        return (await self.settling.drop([intent], words))[0]

    async def _send(self, intent: Intent, send: Message, find: Message) -> Intent:
        attempt = await send_once(intent, mark=self.settling.mark, send=send, find=find)
        if attempt.unknown:
            words = attempt.outcome.words
            return await self.settling.settle(attempt.intent, IntentState.UNKNOWN, words)
        return await self.settling.conclude(attempt.intent, attempt.outcome)


def _post_of(case: Case, intent: Intent) -> CasePost | None:
    return next((one for one in case.posts if one.message == intent.message), None)
