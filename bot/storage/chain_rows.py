"""A guild's chain of decisions: adding a link to it, and reading it with what the tables hold now.

A link's time, kind and rule are its ruling's own, and its content is made anew of the ruling's rows
at each reading: whoever changes them changes what is compared.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_hex

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, select, update

from bot import chain
from bot.model.ruling import Ruling, RulingKind
from bot.model.sanction import Sanction
from bot.model.sealed import SealedPost
from bot.ports import Link
from bot.storage.astray import read_astray
from bot.storage.change_words import holds_words
from bot.storage.ruling_reading import read_rulings
from bot.storage.ruling_tables import chain_links, posted_heads, rulings, sanctions
from bot.storage.sanctions import read_sanctions
from bot.storage.seals import read_sealed
from bot.storage.tables import cases

_LINKS = (
    select(
        chain_links,
        rulings.c.kind,
        rulings.c.ruled_at,
        rulings.c.rule,
        cases.c.number.label("case_number"),
        cases.c.author,
    )
    .join(
        rulings,
        and_(rulings.c.id == chain_links.c.ruling, rulings.c.guild == chain_links.c.guild),
    )
    .join(cases, cases.c.id == rulings.c.case_id)
)

# Made once: SQLAlchemy takes longer to make a statement than SQLite to run it.
_NEWEST = (
    select(chain_links.c.number, chain_links.c.hash)
    .where(chain_links.c.guild == bindparam("of_guild"))
    .order_by(chain_links.c.number.desc())
    .limit(1)
)
_ADD = insert(chain_links)


def add_link(
    connection: Connection,
    ruling: Ruling,
    case_number: int,
    subject: int,
    ordered: Sequence[Sanction] = (),
    posts: Sequence[SealedPost] = (),
) -> None:
    """Add a ruling that was just stored to its guild's chain."""
    newest = connection.execute(_NEWEST, {"of_guild": ruling.guild}).first()
    number, previous = (1, "") if newest is None else (newest.number + 1, newest.hash)
    salt = token_hex(chain.SALT_BYTES)
    said = chain.content(ruling, case_number, subject, ordered, posts)
    committed = chain.commitment(salt, said)
    connection.execute(
        _ADD,
        {
            "guild": ruling.guild,
            "number": number,
            "ruling": ruling.id,
            "previous": previous,
            "commitment": committed,
            "salt": salt,
            "hash": chain.link_hash(
                ruling.guild, number, ruling.at, ruling.kind, ruling.rule, previous, committed
            ),
        },
    )


def drop_salts(connection: Connection, erased: Sequence[int]) -> None:
    """Forget the keys of rulings whose words are erased; their commitments stay."""
    connection.execute(
        update(chain_links).where(chain_links.c.ruling.in_(erased)).values(salt=None)
    )


def read_chain(connection: Connection, guild: int, after: int, limit: int) -> tuple[Link, ...]:
    """Return links of a guild's chain after a number, in order."""
    return _read(
        connection,
        _LINKS.where(chain_links.c.guild == guild, chain_links.c.number > after)
        .order_by(chain_links.c.number)
        .limit(limit),
    )


def read_head(connection: Connection, guild: int, before: datetime | None = None) -> Link | None:
    """Return the newest link of a guild's chain, or the newest decided before a moment."""
    query = (
        _LINKS.where(chain_links.c.guild == guild).order_by(chain_links.c.number.desc()).limit(1)
    )
    if before is not None:
        query = query.where(rulings.c.ruled_at < before)
    found = _read(connection, query)
    return found[0] if found else None


def read_numbers(connection: Connection, guild: int, after: int, limit: int) -> tuple[int, ...]:
    """Return the numbers of links after a number, in order; also of links without a ruling."""
    return tuple(
        connection.scalars(
            select(chain_links.c.number)
            .where(chain_links.c.guild == guild, chain_links.c.number > after)
            .order_by(chain_links.c.number)
            .limit(limit)
        )
    )


def unreadable(connection: Connection, guild: int, number: int) -> Link:
    """Return what is left of a link whose ruling holds what no ruling can: it shows as altered."""
    row = connection.execute(
        select(chain_links).where(chain_links.c.guild == guild, chain_links.c.number == number)
    ).one()
    return Link(
        guild=guild,
        number=number,
        at=datetime.min.replace(tzinfo=UTC),
        kind=RulingKind.NOTED,
        rule=None,
        previous=row.previous,
        commitment=row.commitment,
        salt=row.salt,
        content=None,
        hash=row.hash,
    )


def chained_guilds(connection: Connection) -> tuple[int, ...]:
    """Return the guilds with decisions, or with heads that were posted, in the order of ids."""
    every = select(chain_links.c.guild).union(select(rulings.c.guild), select(posted_heads.c.guild))
    return tuple(sorted(set(connection.scalars(every))))


def count_outside(connection: Connection, guild: int) -> int:
    """Return how many rulings of a guild stand in no chain; Concord itself leaves none out."""
    return connection.execute(
        select(func.count())
        .select_from(rulings)
        .outerjoin(
            chain_links,
            and_(chain_links.c.ruling == rulings.c.id, chain_links.c.guild == rulings.c.guild),
        )
        .where(rulings.c.guild == guild, chain_links.c.ruling.is_(None))
    ).scalar_one()


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Link, ...]:
    rows = connection.execute(query).all()
    ids = [row.ruling for row in rows]
    if not ids:
        return ()
    decided = {one.id: one for one in read_rulings(connection, ids)}
    ordered: dict[int, list[Sanction]] = {}
    for one in read_sanctions(connection, sanctions.c.ruling.in_(ids)):
        ordered.setdefault(one.ruling, []).append(one)
    posts = read_sealed(connection, ids)
    rules = {one.id: one.rule for one in decided.values()}
    astray = read_astray(
        connection, {one: rules[one.ruling] for some in ordered.values() for one in some}
    )
    return tuple(
        _link_of(
            row,
            decided[row.ruling],
            ordered.get(row.ruling, ()),
            tuple(posts.get(row.ruling, ())),
            astray,
        )
        for row in rows
    )


def _link_of(
    row: Row[tuple[object, ...]],
    ruling: Ruling,
    ordered: Sequence[Sanction],
    posts: tuple[SealedPost, ...],
    astray: frozenset[int],
) -> Link:
    erased = row.salt is None and not (ruling.words or ruling.internal or ruling.because)
    erased = erased and not any(map(holds_words, ruling.changes))
    content = chain.content(ruling, row.case_number, row.author, ordered, posts, astray)
    return Link(
        guild=row.guild,
        number=row.number,
        at=row.ruled_at,
        kind=row.kind,
        rule=row.rule,
        previous=row.previous,
        commitment=row.commitment,
        salt=row.salt,
        content=None if erased else content,
        hash=row.hash,
        posts=posts,
    )
