"""Forgetting: what members wrote goes, on request or in time; numbers and counts stay."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from bot.errors import UncleanError
from bot.model.case import CaseState
from bot.model.intent import IntentDraft, IntentKind
from bot.model.sanction import ENDLESS, IN_FORCE
from bot.storage import asked_erasures, change_words, moves
from bot.storage.chain_rows import drop_salts
from bot.storage.intents import add_intents, read_intents
from bot.storage.keepsakes import (
    discard_about,
    discard_holding,
    discard_over,
    discard_searches,
)
from bot.storage.ruling_tables import ruling_changes, rulings, sanctions
from bot.storage.seals import drop_words_of
from bot.storage.tables import (
    case_posts,
    cases,
    intents,
    observations,
    post_files,
    post_parts,
    post_versions,
)

_SHOWS_EVIDENCE = frozenset({IntentKind.NOTICE, IntentKind.LOG, IntentKind.EVIDENCE})
"""Messages of ours that go, or lose the words, when a case's evidence has been kept long enough."""
_SHOWS_WORDS = _SHOWS_EVIDENCE | {IntentKind.RESTORE}
"""The same where a person asked: also what was posted again of theirs."""
_SHOWS_ONE_POST = (IntentKind.EVIDENCE, IntentKind.RESTORE)
"""Messages of ours that show a post and nothing else."""

_HOLDS_WORDS = or_(
    rulings.c.words != "",
    rulings.c.internal != "",
    rulings.c.because != "",
    exists().where(
        ruling_changes.c.ruling == rulings.c.id,
        change_words.HOLDS_WORDS,
    ),
)
_AT_ONCE = 500
"""Rulings erased in one step; well below the 32,766 values SQLite takes in one statement."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What must follow the commit of an erasure: the write-ahead log and copies hold the words."""

    copies_before: datetime | None
    """Copies of the database made before that time go; None: all of them."""
    on_request: bool
    """Whether a person asked for it, and must be told when something cannot be cleaned yet; else
    the log is cut again with what expires every day."""


def forget(connection: Connection, guild: int, user: int, at: datetime) -> tuple[int, ...]:
    """Erase, on one guild, the words of a person's posts and of rulings, and all observations.

    A case that waits for a moderator keeps its words until it is decided. Drafts and views that
    name the person go as well, and so do searches for words.

    Returns:
        The cases with messages of ours that are to be redacted.
    """
    theirs = select(cases.c.id).where(
        cases.c.guild == guild, cases.c.author == user, cases.c.state != CaseState.OPEN
    )
    redacting = _erase(
        connection, _versions_of(theirs), rulings.c.case_id.in_(theirs), _SHOWS_WORDS, at
    )
    quoting = asked_erasures.take_quotes(connection, theirs, at)
    connection.execute(
        delete(observations).where(observations.c.guild == guild, observations.c.author == user)
    )
    discard_about(connection, guild, user)
    discard_searches(connection, guild)
    moves.erase_of(connection, guild, user)
    return tuple(dict.fromkeys((*redacting, *quoting)))


def expire(
    connection: Connection, now: datetime, evidence_days: int, observation_days: int
) -> tuple[int, ...]:
    """Erase what has been kept long enough, and what was asked for and had to wait.

    Evidence is kept for its days after the case was closed, or a moderator ruled on it last, or
    after the newest post of a case that Concord acted on and nobody looked at. A case that waits
    for a moderator, or that has an intent still to be carried out, keeps its evidence; an end or a
    renewal that is due one day does not hold it back. What a moderator wrote goes with it, but
    not while a sanction that lasts is in force: somebody must be able to read why. What a person
    asked for takes only what was there when they asked.

    Returns:
        The cases with messages of ours that are to be redacted.
    """
    cutoff = now - timedelta(days=evidence_days)
    planned = and_(
        intents.c.kind.in_((IntentKind.END, IntentKind.KEEP)), intents.c.not_before > now
    )
    waits = exists().where(
        intents.c.case_id == cases.c.id,
        intents.c.settled_at.is_(None),
        intents.c.kind != IntentKind.REDACT,
        ~planned,
    )
    ruled_since = exists().where(
        rulings.c.case_id == cases.c.id,
        rulings.c.moderator.is_not(None),
        rulings.c.ruled_at > cutoff,
    )
    lasting = exists().where(
        sanctions.c.case_id == cases.c.id,
        sanctions.c.state.in_(sorted(IN_FORCE)),
        sanctions.c.kind.not_in(sorted(ENDLESS)),
    )
    over = select(cases.c.id).where(
        or_(
            cases.c.closed_at <= cutoff,
            and_(cases.c.state == CaseState.ACTED, cases.c.newest_post_at <= cutoff),
        ),
        ~ruled_since,
        ~waits,
    )
    asked = asked_erasures.versions_asked(waits), asked_erasures.rulings_asked(waits)
    read_by_nobody = rulings.c.case_id.in_(over.where(~lasting))
    redacting = (
        *_erase(connection, *asked, _SHOWS_WORDS, now),
        *_erase(connection, _versions_of(over), read_by_nobody, _SHOWS_EVIDENCE, now),
    )
    asked_erasures.forget_done(connection, waits)
    connection.execute(
        delete(observations).where(
            observations.c.posted_at <= now - timedelta(days=observation_days)
        )
    )
    discard_over(connection, now)
    moves.expire(connection, cutoff)
    return tuple(dict.fromkeys(redacting))


def _versions_of(of_cases: Select[tuple[int]]) -> ColumnElement[bool]:
    """Return which versions of posts are of some cases."""
    return post_versions.c.message.in_(
        select(case_posts.c.message).where(case_posts.c.case_id.in_(of_cases))
    )


def _erase(
    connection: Connection,
    versions: ColumnElement[bool],
    ruled: ColumnElement[bool],
    shows: frozenset[IntentKind],
    at: datetime,
) -> tuple[int, ...]:
    """Erase the words of some posts' versions and of some rulings, and have ours redacted.

    Args:
        connection: in a transaction.
        versions: those whose words and files go.
        ruled: rulings whose words go.
        shows: kinds of messages that may show what is erased.
        at: when.

    Returns:
        The cases with messages to redact.
    """
    held = and_(versions, post_versions.c.held == literal_column("1"))
    holding = (
        select(case_posts.c.case_id)
        .join(post_versions, post_versions.c.message == case_posts.c.message)
        .where(held)
    )
    written = select(rulings.c.case_id).where(_HOLDS_WORDS, ruled)
    touched = sorted(
        set(connection.scalars(holding.distinct())) | set(connection.scalars(written.distinct()))
    )
    _erase_rulings(connection, ruled)
    going = select(post_versions.c.message, post_versions.c.serial).where(held)
    if touched:
        drop_words_of(connection, going)
    for table in (post_parts, post_files):
        connection.execute(delete(table).where(tuple_(table.c.message, table.c.serial).in_(going)))
    connection.execute(update(post_versions).where(held).values(held=False))
    redacting = []
    of_guilds: defaultdict[int, list[int]] = defaultdict(list)
    for case in touched:
        guild = connection.execute(
            update(cases)
            .where(cases.c.id == case)
            .values(version=cases.c.version + 1)
            .returning(cases.c.guild)
        ).scalar_one()
        of_guilds[guild].append(case)
        redactions = _redactions(connection, case, shows)
        add_intents(connection, case, redactions, at)
        if redactions:
            redacting.append(case)
    for guild, of_guild in of_guilds.items():
        discard_holding(connection, guild, of_guild)
    return tuple(redacting)


def _erase_rulings(connection: Connection, ruled: ColumnElement[bool]) -> None:
    """Erase what moderators wrote in rulings, and the keys of their links in the chain."""
    written = select(rulings.c.id).where(_HOLDS_WORDS, ruled)
    ids = connection.scalars(written).all()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        drop_salts(connection, some)
        change_words.erase_words(connection, some)
        connection.execute(
            update(rulings).where(rulings.c.id.in_(some)).values(words="", internal="", because="")
        )


def _redactions(
    connection: Connection, case: int, shows: frozenset[IntentKind]
) -> list[IntentDraft]:
    """Return what must be done about messages of ours that show, or may yet show, erased words.

    Files and quotes of what is still held, in a later version or post, show nothing erased.
    """
    of_held = set(
        connection.scalars(
            select(intents.c.id).where(
                intents.c.case_id == case,
                intents.c.kind.in_(_SHOWS_ONE_POST),
                exists().where(
                    post_versions.c.message == intents.c.message,
                    post_versions.c.held == literal_column("1"),
                    post_versions.c.judged_at <= intents.c.created_at,
                ),
            )
        )
    )
    return [
        sent.redaction()
        for sent in read_intents(connection, case)
        if sent.kind in shows and sent.may_be_seen and sent.id not in of_held
    ]


def empty_log(connection: Connection) -> None:
    """Move all changes from the write-ahead log into the file, and cut the log to nothing.

    Raises:
        UncleanError: if another program is reading the database and does not stop.
    """
    busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    if busy:
        raise UncleanError(
            "What was erased is gone from the tables, but not yet from the database's log: another "
            "program is reading the database. Once that is closed it goes from there too, within a "
            "day; whoever runs Concord can see to it now."
        )
