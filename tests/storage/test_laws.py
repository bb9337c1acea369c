"""The store against a model of it in a few lines, over any order of what can happen."""

import asyncio
import os
import shutil
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.errors import StaleVersionError
from bot.model.action import Action
from bot.model.case import Case, CasePost, CaseState
from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
from bot.storage import open_store
from tests.storage.samples import AUTHOR, CHANNEL, GUILD, NOON, draft, post

EXAMPLES = 300 if os.environ.get("CONCORD_LONG") == "1" else 12
MESSAGES = st.integers(1, 6)
ACTIONS = st.sampled_from((Action.REVIEW, Action.REMOVE))
TAKEN_UP = (
    (IntentKind.NOTICE, IntentState.DROPPED),
    (IntentKind.DELETE, IntentState.FAILED),
    (IntentKind.DELETE, IntentState.UNKNOWN),
    (IntentKind.DELETE, IntentState.DROPPED),
)
"""What another post of the case takes up again."""


@dataclass
class Versions:
    """What the model knows of a message."""

    case: int
    judged: dict[str, CasePost] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def shown(self) -> CasePost:
        """The strongest version, the latest judged among equals."""
        return max(
            (self.judged[digest] for digest in self.order),
            key=lambda one: (
                one.action,
                max(i for i, d in enumerate(self.order) if d == one.digest),
            ),
        )


class StoreAgainstModel(RuleBasedStateMachine):
    """Records, edits, bursts, executions, departures, erasures and restarts, in any order."""

    template: Path

    def __init__(self) -> None:
        """Open a store of the example's own."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.database = shutil.copy(self.template, self.folder / "concord.db")
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.open()
        self.posts: dict[int, Versions] = {}
        self.cases: list[int] = []
        self.intents: dict[tuple[int, str], Intent] = {}
        self.progress = 0
        self.seen: dict[int, Case] = {}

    def open(self) -> None:
        """Open the store."""
        self.store = self.runner.run(self.stack.enter_async_context(open_store(self.database)))

    def write(self, work: object) -> object:
        """Run a use case."""
        return self.runner.run(self.store.write(work))

    def teardown(self) -> None:
        """Close everything."""
        self.runner.run(self.stack.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(message=MESSAGES, digest=st.sampled_from("abc"), action=ACTIONS, joins=st.integers(0, 3))
    def record(self, message: int, digest: str, action: Action, joins: int) -> None:
        """A version of a message is judged, perhaps as part of a burst."""
        at = NOON + timedelta(seconds=message)
        version = post(message, digest, action, text=f"{message}{digest}", at=at)
        burst = self.cases[joins] if joins < len(self.cases) else None
        wanted = draft(version, joins=burst)

        case = self.write(lambda tx: tx.record(wanted))

        if message not in self.posts:
            self.posts[message] = Versions(case)
            if burst is None:
                self.cases.append(case)
            else:
                assert case == burst
        known = self.posts[message]
        assert case == known.case
        is_new = digest not in known.judged
        known.judged.setdefault(digest, version)
        if not known.order or known.order[-1] != digest:
            known.order.append(digest)
        if is_new:
            have = {one.key: one for one in self.runner.run(self.store.intents(case))}
            for one in wanted.intents:
                known_one = self.intents.setdefault((case, one.key), have[one.key])
                if (known_one.kind, known_one.state) in TAKEN_UP:
                    taken_up = replace(
                        known_one,
                        state=IntentState.PENDING,
                        attempts=0,
                        attempted_at=None,
                        not_before=wanted.opened_at,
                        outcome="",
                        result=None,
                        version=known_one.version + 1,
                    )
                    self.intents[case, one.key] = taken_up

    @rule(pick=st.integers(0, 20), state=st.sampled_from(sorted(IntentState)), late=st.booleans())
    def execute(self, pick: int, state: IntentState, late: bool) -> None:
        """Somebody moves an intent on, perhaps having seen an older version of it."""
        if not self.intents:
            return
        key = list(self.intents)[pick % len(self.intents)]
        present = self.intents[key]
        seen = replace(present, version=present.version - 1) if late else present

        async def work(tx: object) -> Intent:
            if state is IntentState.PENDING:
                return await tx.postpone(seen, NOON + timedelta(hours=1), "later")
            if state is IntentState.ATTEMPTED:
                return await tx.attempt(seen, NOON)
            return await tx.settle(replace(seen, state=state, outcome="so", result=pick), NOON)

        if late or present.state in SETTLED:
            with pytest.raises(StaleVersionError):
                self.write(work)
        else:
            self.intents[key] = self.write(work)

    @rule(message=st.integers(0, 100))
    def advance(self, message: int) -> None:
        """A channel has been judged up to a message."""
        self.write(lambda tx: tx.advance(GUILD, CHANNEL, message + 1))
        self.progress = max(self.progress, message + 1)

    @rule(message=MESSAGES)
    def undo(self, message: int) -> None:
        """A use case raises after writing."""

        async def work(tx: object) -> None:
            await tx.record(draft(post(message, "never")))
            await tx.advance(GUILD, CHANNEL, 10**6)
            await tx.forget(GUILD, AUTHOR, NOON)
            raise KeyError(message)

        with pytest.raises(KeyError):
            self.write(work)

    @rule()
    def forget(self) -> None:
        """The author's words are erased."""
        acted = {
            known.case
            for known in self.posts.values()
            if any(version.action is Action.REMOVE for version in known.judged.values())
        }  # a case that only asks keeps its words until it is decided
        held = {
            known.case
            for known in self.posts.values()
            if known.case in acted and any(version.parts for version in known.judged.values())
        }
        redacting = {
            (case, sent.id)
            for (case, _), sent in self.intents.items()
            if case in held
            and sent.kind in (IntentKind.NOTICE, IntentKind.LOG)
            and (sent.state not in SETTLED or sent.state is IntentState.DONE)
        }

        cases = self.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

        assert set(cases) == {case for case, _ in redacting}
        for case in cases:
            have = {one.key: one for one in self.runner.run(self.store.intents(case))}
            for of, sent in redacting:
                if of == case:
                    redaction = have[f"redact:{sent}"]
                    assert (redaction.state in SETTLED, redaction.target) == (False, sent)
                    self.intents[case, redaction.key] = redaction
        for known in (one for one in self.posts.values() if one.case in acted):
            for digest, version in known.judged.items():
                known.judged[digest] = replace(version, parts=(), erased=True)

    @rule()
    def restart(self) -> None:
        """The bot is stopped and started."""
        self.runner.run(self.stack.aclose())
        self.open()

    @invariant()
    def agrees(self) -> None:
        """Whatever can be read is what the model says."""
        cases = self.runner.run(self.store.cases(GUILD, 100))
        assert [case.id for case in reversed(cases)] == self.cases
        assert [case.number for case in reversed(cases)] == list(range(1, len(cases) + 1))
        for case in cases:
            before = self.seen.get(case.id, case)
            assert case == before or case.version > before.version
            self.seen[case.id] = case
            members = {m: v for m, v in sorted(self.posts.items()) if v.case == case.id}
            assert case.posts == tuple(known.shown() for known in members.values())
            strongest = max(v.action for known in members.values() for v in known.judged.values())
            assert case.action is strongest
            assert (case.state is CaseState.ACTED) == (strongest is Action.REMOVE)
        unsettled = [one for one in self.intents.values() if one.state not in SETTLED]
        unsettled.sort(key=lambda one: one.id)
        assert self.runner.run(self.store.unsettled()) == tuple(unsettled)
        for message in range(1, 7):
            known = self.posts.get(message)
            digest = self.runner.run(self.store.digest_of(message))
            assert digest == (known.order[-1] if known else None)
        judged = self.runner.run(self.store.judged_until(GUILD))
        assert judged == ({CHANNEL: self.progress} if self.progress else {})


@pytest.mark.long
def test_the_store_is_its_model(migrated: Path) -> None:
    """Over any sequence of events, reads give what the model gives."""
    machine = type("Machine", (StoreAgainstModel,), {"template": migrated})

    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=15, deadline=None)
    )
