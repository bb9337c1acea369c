"""Decided cases for tests of texts: sanctions, rulings, dossiers, tellings."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.files.guidelines import read_guidelines
from bot.model.action import Action
from bot.model.case import Case, CasePost, CaseState
from bot.model.dossier import Dossier
from bot.model.evidence import Finding
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import Change, Ending, Ruling, RulingKind, Telling
from bot.model.sanction import ENDLESS, Sanction, SanctionDraft, SanctionKind, SanctionState
from bot.ports import Words
from bot.wording import Wording
from tests.making import ADA, ART, GUILD, NOON, PAINTERS, case, case_post, evidence, intent

WARNING, TIMEOUT, BOARD, GROUP, BAN, REFERRAL = SanctionKind
MODERATOR = 777
TOKEN = "abc123"
CASE = "C-3"
DAY = timedelta(days=1)
PAGE = "https://community.example/guidelines"


def real() -> Guidelines:
    """Return the guidelines that ship, with a page of the community's own."""
    path = Path(__file__).parents[2] / "config" / "guidelines.toml"
    document, problems = read_guidelines(path)
    assert document is not None, problems
    return replace(document, links={**document.links, "guidelines": PAGE})


GUIDELINES = real()
WORDING = Wording(GUIDELINES)


def stamp(at: datetime, style: str = "f") -> str:
    """Return a moment as Discord's own markdown writes it."""
    return f"<t:{int(at.timestamp())}:{style}>"


def draft(kind: SanctionKind, days: float | None = None, **changes: object) -> SanctionDraft:
    """Return a sanction of some days from noon on; without days it has no end."""
    until = NOON + days * DAY if days is not None and kind not in ENDLESS else None
    made = SanctionDraft(
        kind,
        until=until,
        board="Art" if kind is BOARD else None,
        channel=ART if kind is BOARD else None,
        group="Painters" if kind is GROUP else None,
        role=PAINTERS if kind is GROUP else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def counting(kind: SanctionKind, days: float | None = None) -> SanctionDraft:
    """Return a sanction that counts two points for thirty days."""
    return draft(kind, days, points=2, points_until=NOON + 30 * DAY)


def mailed(message: int = 1000) -> CasePost:
    """Return a removed post with an email address that was found in it."""
    found = Finding(
        evidence("contact-info", start=12, end=27, kind="email", reason="an email address"),
        3,
        Action.REMOVE,
    )
    return case_post("Reach me at ada@example.com, thanks", message=message, findings=(found,))


def unseen(text: str = "something that nobody found", message: int = 1000) -> CasePost:
    """Return a post in which screening found nothing."""
    return case_post(text, message=message, findings=())


def telling(kind: RulingKind = RulingKind.DECIDED, **changes: object) -> Telling:
    """Return what a notice about contact details has to say."""
    made = Telling(kind, NOON, rule="contact-info", reference=CASE)
    return replace(made, **changes)  # type: ignore[arg-type]


def notice(kind: RulingKind = RulingKind.DECIDED, **changes: object) -> Words:
    """Return the notice about such a telling."""
    return WORDING.ruling_notice(telling(kind, **changes), TOKEN)


def sanction(
    ordered: SanctionDraft, number: int = 1, state: SanctionState = SanctionState.ACTIVE
) -> Sanction:
    """Return a committed sanction of ruling 1."""
    return Sanction(
        id=number,
        case=7,
        ruling=1,
        guild=GUILD,
        user=ADA,
        rule="contact-info",
        at=NOON,
        ordered=ordered,
        state=state,
        until=ordered.until,
        ended_at=None,
        version=1,
    )


def ruling(kind: RulingKind = RulingKind.DECIDED, number: int = 1, **changes: object) -> Ruling:
    """Return a moderator's ruling about contact details."""
    made = Ruling(
        id=number,
        case=7,
        guild=GUILD,
        kind=kind,
        at=NOON,
        by=MODERATOR,
        rule="contact-info",
        words="",
        internal="",
        because="",
        silent=False,
        tells=True,
        removes=(),
        sanctions=(),
        endings=(),
        changes=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def dossier(
    *rulings: Ruling,
    sanctions: tuple[Sanction, ...] = (),
    intents: tuple[Intent, ...] = (),
    posts: tuple[CasePost, ...] | None = None,
) -> Dossier:
    """Return a case about one post with an email address."""
    held = case(*((mailed(),) if posts is None else posts or (mailed(),)))
    if posts == ():
        held = replace(held, posts=())
    return Dossier(held, rulings, sanctions, intents)


def about(
    *rules: str, action: Action = Action.REMOVE, text: str = "x" * 2000, posts: int = 1
) -> Case:
    """Return a case about posts that break some rules, each word of it another one."""
    document = real()
    findings = tuple(
        Finding(
            evidence(rule, start=2 * n, end=2 * n + 1, reason=f"something against {rule}"),
            document.rule(rule).guideline,
            action,
        )
        for n, rule in enumerate(rules)
    )
    return case(
        *(case_post(text, findings=findings, action=action, message=1000 + n) for n in range(posts))
    )


def done(kind: IntentKind, outcome: str, **changes: object) -> Intent:
    """Return a settled intent of ruling 1."""
    made = replace(intent(kind, IntentState.DONE, outcome=outcome), ruling=1)
    return replace(made, **changes)  # type: ignore[arg-type]


def whole(words: Words) -> str:
    """Return all that can be read of a text."""
    return "\n".join((words.title, *words.paragraphs, words.reference))


def decided_case() -> Dossier:
    """Return a case that was decided, edited and lifted, with a notice that did not arrive."""
    known = dossier(
        ruling(removes=(1000,), sanctions=(1, 2), words="Please stop.", internal="Second time."),
        ruling(
            RulingKind.EDITED,
            2,
            endings=(Ending(1, SanctionState.ACTIVE, NOON + 9 * DAY),),
            changes=(Change("end of the timeout", "a week", "nine days"),),
            because="They asked.",
        ),
        ruling(RulingKind.NOTED, 3, rule=None, internal="Watch this."),
        sanctions=(
            replace(sanction(counting(TIMEOUT, 7)), until=NOON + 9 * DAY),
            sanction(draft(WARNING), 2, SanctionState.ORDERED),
        ),
        intents=(
            done(IntentKind.APPLY, "they are timed out", sanction=1),
            done(IntentKind.NOTICE, "they accept no messages", state=IntentState.FAILED),
        ),
    )
    return replace(known, case=replace(known.case, state=CaseState.CLOSED))
