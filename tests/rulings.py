"""Moderators' decisions about one member, committed as the use cases commit them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.community import Community, Place
from bot.model.order import Amendment, AmendmentOrder
from bot.model.ruling import Ending, RulingKind
from bot.model.sanction import Sanction, SanctionDraft, SanctionKind, SanctionState
from bot.moderation import effects
from bot.moderation.amending import plan
from bot.moderation.plan import Plan
from bot.ports import Ruled, RulingDraft
from tests.enforcing import Scene
from tests.making import ADA, BEA, GUILD, VERSIONS, community, guidelines, policy
from tests.moderating import standing

PUBLIC = 303
TOWN: Community = community(public_log=Place("decisions", PUBLIC))


@dataclass
class Bench:
    """A moderator who decides; nothing is carried out before a test says so."""

    scene: Scene
    made: int = 0

    async def decide(
        self,
        *sanctions: SanctionDraft,
        removes: tuple[CasePost, ...] = (),
        user: int = ADA,
        rule: str = "vulgarity",
        tells: bool = True,
        silent: bool = False,
    ) -> Ruled:
        """Commit a decision."""
        self.made += 1
        draft = RulingDraft(
            guild=GUILD,
            key=f"order-{self.made}",
            kind=RulingKind.DECIDED,
            at=self.scene.clock.now(),
            by=BEA,
            subject=user,
            posts=removes,
            removes=tuple(one.message for one in removes),
            rule=rule,
            sanctions=sanctions,
            tells=tells,
            silent=silent,
            guidelines_version="1.0",
            screening_version="0.1.0+test",
        )

        async def work(tx):  # type: ignore[no-untyped-def]
            ruled = await tx.rule(draft)
            for one in effects.of_decision(draft, ruled, TOWN, None):
                await tx.add_intent(ruled.case, one, draft.at)
            return ruled

        return await self.scene.store.write(work)

    async def end(
        self,
        case: int,
        *,
        void: bool = False,
        restore: bool = True,
        only: SanctionKind | None = None,
    ) -> Ruled:
        """Lift all that is in force in a case, or what is of one kind, or void all of it."""
        self.made += 1
        dossier = await self.scene.store.dossier(case)
        assert dossier is not None
        chosen = [one for one in dossier.sanctions if void or one.in_force]
        chosen = [one for one in chosen if only in (None, one.ordered.kind)]
        removed = [post for post in dossier.case.posts if post.action is Action.REMOVE and void]
        now = self.scene.clock.now()
        state = SanctionState.VOIDED if void else SanctionState.LIFTED
        draft = RulingDraft(
            guild=GUILD,
            key=f"order-{self.made}",
            kind=RulingKind.VOIDED if void else RulingKind.LIFTED,
            at=now,
            by=BEA,
            subject=dossier.case.author,
            case=case,
            removes=tuple(post.message for post in removed),
            rule="vulgarity",
            endings=tuple(Ending(one.id, state) for one in chosen),
        )

        async def work(tx):  # type: ignore[no-untyped-def]
            ruled = await tx.rule(draft)
            for one in chosen:
                if not one.in_force:
                    continue
                waiting = effects.pending_end(one, dossier.intents)
                if waiting is not None:
                    await tx.reschedule(waiting, now)
                ending = effects.end_now(one, ruled.ruling, dossier.intents)
                if ending is not None:
                    await tx.add_intent(case, ending, now)
            for post in removed if restore else ():
                await tx.add_intent(case, effects.restore(post, ruled.ruling), now)
            for one in effects.of_telling(draft, ruled.ruling, TOWN, dossier, None):
                await tx.add_intent(case, one, now)
            return ruled

        return await self.scene.store.write(work)

    async def edit(self, case: int, **changes: object) -> Ruled:
        """Change a decision as a moderator orders it."""
        self.made += 1
        dossier = await self.scene.store.dossier(case)
        assert dossier is not None
        order = AmendmentOrder(f"order-{self.made}", GUILD, BEA, case, Amendment.EDIT)
        order = replace(order, **changes)  # type: ignore[arg-type]
        now = self.scene.clock.now()
        found = plan(order, dossier, standing(), guidelines(), policy().ladder, VERSIONS, now)
        assert isinstance(found, Plan), found
        return await self.scene.store.write(lambda tx: found.commit(tx, TOWN))

    async def act(self, ruled: Ruled) -> None:
        """Carry a decision's case out as far as it goes now."""
        await self.scene.act(ruled.case)

    async def wait(self, ruled: Ruled, by: timedelta) -> None:
        """Let time pass, and take up what is due then."""
        await self.scene.wait(ruled.case, by)

    async def sanction(self, ruled: Ruled, which: int = 0) -> Sanction:
        """Return a sanction of a decision as it stands."""
        found = await self.scene.store.sanction(ruled.sanctions[which])
        assert found is not None
        return found
