"""Values for tests of the core: a small rule book, a small community, posts in them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from bot.detectors._detector import Detector, Examples
from bot.docket import Versions
from bot.model.action import Action
from bot.model.case import Case, CasePost, CaseState
from bot.model.community import Board, Community, CommunityGroup, Place, RuleException, Umbrella
from bot.model.evidence import Evidence, Finding
from bot.model.guidelines import Guideline, Guidelines, Rule, Severity
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.memory import Memory
from bot.model.mode import Mode, Posture
from bot.model.post import AuthorKind, Part, Post, Surface
from bot.model.sanction import SanctionKind
from bot.model.screened import ScreenedPost
from bot.model.snowflake import first_at
from bot.placing import Location, Written
from bot.policy.falling_back import FallingBack
from bot.policy.policy import Bounds, CatchUp, Policy, Thresholds
from bot.policy.practice import EvidenceBounds, Lengths, MassActions, Practice
from bot.policy.rungs import Consequence, Ladder, Rung
from bot.screening import Screener

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GUILD = 900
GENERAL, ART, LOUNGE, LOG, STAFF = 201, 202, 203, 301, 302
PAINTERS, MODERATORS = 401, 402
ADA, BEA, CYD = 501, 502, 503
VERSIONS = Versions("1.0", "0.1.0+test")


def rule(
    rule_id: str,
    guideline: int | None = 1,
    *,
    max_action: Action = Action.REMOVE,
    exceptable: bool = True,
    default_mode: Mode = Mode.ENFORCE,
) -> Rule:
    """Return a rule whose words are as plain as its id."""
    return Rule(
        id=rule_id,
        guideline=guideline,
        label=f"Breaks {rule_id}",
        severity=Severity.MODERATE,
        exceptable=exceptable,
        max_action=max_action,
        default_mode=default_mode,
        permitted=f"What is near {rule_id} is fine.",
        instead=f"Please do something other than {rule_id}.",
    )


def guidelines() -> Guidelines:
    """Return a document with a rule of each kind."""
    chapters = (
        (1, rule("language", 1, max_action=Action.REVIEW)),
        (2, rule("solicitation", 2)),
        (5, rule("vulgarity", 5)),
        (5, rule("hate", 5, exceptable=False)),
        (8, rule("spam-repeat", 8)),
        (12, rule("unsafe-download", 12)),
    )
    numbers = dict.fromkeys(number for number, _ in chapters)
    return Guidelines(
        version="1.0",
        dated=date(2026, 11, 1),
        platform="the platform",
        links=MappingProxyType({"guidelines": "https://community.example/guidelines"}),
        guidelines=tuple(
            Guideline(
                number,
                f"Title {number}",
                f"Wording {number}.",
                tuple(one for other, one in chapters if other == number),
            )
            for number in numbers
        ),
        care=(rule("self-harm", None, max_action=Action.REVIEW),),
    )


THRESHOLDS = Thresholds(note=0.3, review=0.5, remove=0.95)


def ladder() -> Ladder:
    """Return a ladder: a warning from 1 point on, a day's timeout from 4, a ban from 10."""
    return Ladder(
        points=MappingProxyType(
            {Severity.MINOR: 1, Severity.MODERATE: 2, Severity.SERIOUS: 4, Severity.CRITICAL: 10}
        ),
        expires=MappingProxyType(dict.fromkeys(Severity, timedelta(days=30))),
        rungs=(
            Rung(1, (Consequence(SanctionKind.WARNING),)),
            Rung(4, (Consequence(SanctionKind.TIMEOUT, timedelta(days=1)),)),
            Rung(10, (Consequence(SanctionKind.BAN),)),
        ),
        rules=MappingProxyType({}),
        reminders=frozenset({Severity.MINOR}),
    )


def practice() -> Practice:
    """Return how sanctions are carried out: easy to reckon with."""
    day = timedelta(days=1)
    return Practice(
        lengths=Lengths(timeout=day, board_removal=day, group_removal=day, ban=None),
        board_removal_takes=frozenset({"send_messages", "add_reactions"}),
        hides_board=False,
        mass_actions=MassActions(members=10, within=timedelta(minutes=10)),
        same_matter=timedelta(minutes=10),
        evidence=EvidenceBounds(files=10, file_bytes=1_000_000, total_bytes=1_000_000),
        notice_first=timedelta(seconds=5),
    )


def policy() -> Policy:
    """Return numbers that are easy to reckon with."""
    return Policy(
        thresholds=THRESHOLDS,
        rule_thresholds=MappingProxyType({}),
        numbers=MappingProxyType({}),
        bounds=Bounds(part_length=4000, parts=32, post_length=6000),
        catch_up=CatchUp(window=timedelta(hours=24), remove_within=timedelta(hours=1)),
        burst=timedelta(minutes=2),
        memory=timedelta(hours=72),
        memory_posts=5000,
        ladder=ladder(),
        practice=practice(),
        falling_back=FallingBack(
            members=60,
            within=timedelta(minutes=10),
            restored=3,
            restored_ratio=0.1,
            restored_within=timedelta(hours=24),
        ),
    )


def word_detector(rule_id: str, words: dict[str, float], kind: str = "word") -> Detector:
    """Return a detector that finds words with the confidence given for each."""

    def find(screened: ScreenedPost, _memory: Memory) -> Iterator[Evidence]:
        for part in screened.parts:
            for word, confidence in words.items():
                start = part.raw.find(word)
                while start >= 0:
                    yield Evidence(
                        rule_id,
                        part.index,
                        part.part.surface,
                        start,
                        start + len(word),
                        confidence,
                        kind,
                        f"the word of {rule_id}",
                    )
                    start = part.raw.find(word, start + len(word))

    return Detector(rule_id, find, Examples((), ()))


def third_copy_detector() -> Detector:
    """Return a detector that finds the third post of an author with the same text within a day."""

    def find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
        post = screened.post
        mine = screened.parts[0].raw if screened.parts else ""
        copies = sum(
            other.text == mine and other.id != post.id
            for other in memory.recent(post.author, post.at, 86_400)
        )
        if mine and copies >= 2:
            yield Evidence(
                "spam-repeat",
                0,
                screened.parts[0].part.surface,
                0,
                len(mine),
                0.99,
                "copy",
                "the same text again",
            )

    return Detector("spam-repeat", find, Examples((), ()))


def failing_detector(rule_id: str, word: str) -> Detector:
    """Return a detector that raises on posts with a word."""

    def find(screened: ScreenedPost, _memory: Memory) -> Iterator[Evidence]:
        if any(word in part.raw for part in screened.parts):
            raise RuntimeError("words of the member")
        yield from ()

    return Detector(rule_id, find, Examples((), ()))


def screener(*more: Detector) -> Screener:
    """Return a screener: ``bad`` goes, ``iffy`` asks, ``meh`` is noted, third copies go."""
    detectors = (
        word_detector("vulgarity", {"bad": 0.99, "iffy": 0.6, "meh": 0.4}),
        word_detector("solicitation", {"hire": 0.99}, "offer"),
        third_copy_detector(),
        *more,
    )
    return Screener(guidelines(), policy(), detectors)


def community(**changes: object) -> Community:
    """Return a community that acts, with two boards, a group of one of them and a log."""
    whole = Community(
        name="Freelance Community",
        posture=Posture.ACT,
        boards=(
            Board("general", Place("general", GENERAL)),
            Board("art", Place("art", ART)),
        ),
        groups=(
            CommunityGroup(
                "Painters", Umbrella.INTEREST, Place("Painters", PAINTERS), frozenset({"art"})
            ),
        ),
        exceptions=(RuleException("solicitation", group="Painters"),),
        moderators=(Place("Moderators", MODERATORS),),
        log=Place("mod-log", LOG),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def post(
    text: str = "hello",
    *,
    at: datetime = NOON,
    number: int = 0,
    author: int = ADA,
    channel: int = GENERAL,
    board: str | None = "general",
    edited_at: datetime | None = None,
    kind: AuthorKind = AuthorKind.MEMBER,
    groups: frozenset[str] = frozenset(),
    parts: tuple[Part, ...] | None = None,
) -> Post:
    """Return a post; its id carries its time, ``number`` tells posts of one moment apart."""
    return Post(
        id=first_at(at) + number,
        guild=GUILD,
        channel=channel,
        author=author,
        parts=parts if parts is not None else (Part(Surface.CONTENT, text),),
        at=at,
        board=board,
        groups=groups,
        author_kind=kind,
        edited_at=edited_at,
    )


def written(one: Post, *, roles: frozenset[int] = frozenset(), public: bool = True) -> Written:
    """Return a post as it arrives, before it is placed."""
    return Written(
        replace(one, board=None, groups=frozenset()), Location((one.channel,), public), roles
    )


def evidence(
    rule_id: str = "vulgarity",
    confidence: float = 0.99,
    *,
    start: int = 0,
    end: int = 3,
    part: int = 0,
    surface: Surface = Surface.CONTENT,
    kind: str = "word",
    quoted: bool = False,
    reason: str = "a rude word",
) -> Evidence:
    """Return one piece of evidence."""
    return Evidence(rule_id, part, surface, start, end, confidence, kind, reason, quoted)


def finding(action: Action = Action.REMOVE, **changes: object) -> Finding:
    """Return a finding that asks for an action."""
    return Finding(evidence(**changes), 5, action)  # type: ignore[arg-type]


def case_post(
    text: str = "a bad post",
    *,
    message: int = first_at(NOON),
    action: Action = Action.REMOVE,
    findings: tuple[Finding, ...] | None = None,
    parts: tuple[Part, ...] | None = None,
    at: datetime = NOON,
    degraded: bool = False,
) -> CasePost:
    """Return a post as a case holds it."""
    return CasePost(
        message=message,
        channel=GENERAL,
        at=at,
        action=action,
        parts=parts if parts is not None else (Part(Surface.CONTENT, text),),
        findings=findings if findings is not None else (finding(action, start=2, end=5),),
        digest="d" * 24,
        degraded=degraded,
    )


def case(*posts: CasePost, author: int = ADA) -> Case:
    """Return a case about posts."""
    held = posts or (case_post(),)
    action = max(one.action for one in held)
    return Case(
        id=7,
        number=3,
        guild=GUILD,
        author=author,
        author_kind=AuthorKind.MEMBER,
        state=CaseState.ACTED if action is Action.REMOVE else CaseState.OPEN,
        action=action,
        opened_at=NOON,
        guidelines_version="1.0",
        screening_version="0.1.0+test",
        posts=held,
        version=1,
    )


def intent(
    kind: IntentKind = IntentKind.DELETE,
    state: IntentState = IntentState.DONE,
    *,
    key: str | None = None,
    message: int | None = None,
    outcome: str = "",
    result: int | None = None,
) -> Intent:
    """Return an intent of :func:`case`."""
    return Intent(
        id=1,
        case=7,
        guild=GUILD,
        kind=kind,
        key=key or kind.value,
        channel=GENERAL,
        message=message,
        user=ADA,
        state=state,
        attempts=1,
        not_before=NOON,
        outcome=outcome,
        result=result,
        version=1,
    )
