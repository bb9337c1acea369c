"""Sealing the posts that a ruling removes: their words are in the chain, and can leave it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from secrets import token_hex

from sqlalchemy import Connection, Row, Select, and_, insert, select, tuple_, update

from bot import chain
from bot.model.case import CasePost
from bot.model.post import Part, PostFile
from bot.model.sealed import SealedPost
from bot.storage.case_reading import whole_posts
from bot.storage.column_types import storable
from bot.storage.post_rows import SHOWN_VERSION
from bot.storage.ruling_tables import ruling_posts
from bot.storage.tables import case_posts, cases, post_versions

_AT_ONCE = 500
"""Posts sealed in one step; well below the 32,766 values SQLite takes in one statement."""

# Made once: SQLAlchemy takes longer to make a statement than SQLite to run it.
_ADD = insert(ruling_posts)


def add_sealed(
    connection: Connection, ruling: int, posts: Sequence[tuple[CasePost, int, int]]
) -> tuple[SealedPost, ...]:
    """Store which posts a ruling removes or gives back, in order, each sealed as it is shown.

    Args:
        connection: in a transaction.
        ruling: just stored.
        posts: each with the version that is shown, and the number of the case it belongs to.
    """
    sealed = [(_sealed(post, case), serial) for post, serial, case in posts]
    if sealed:
        connection.execute(
            _ADD,
            [
                {
                    "ruling": ruling,
                    "position": position,
                    "message": one.message,
                    "serial": serial,
                    "seal": one.seal,
                    "salt": one.salt,
                }
                for position, (one, serial) in enumerate(sealed)
            ],
        )
    return tuple(one for one, _ in sealed)


def seal_shown(
    connection: Connection, ruling: int, messages: Iterable[int]
) -> tuple[SealedPost, ...]:
    """Do the same for posts that are stored, by their messages; each counts once."""
    wanted = list(dict.fromkeys(messages))
    shown: dict[int, tuple[CasePost, int, int]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(
            select(case_posts, post_versions, cases.c.number)
            .join(post_versions, SHOWN_VERSION)
            .join(cases, cases.c.id == case_posts.c.case_id)
            .where(case_posts.c.message.in_(wanted[start : start + _AT_ONCE]))
        ).all()
        for row, post in zip(rows, whole_posts(connection, rows), strict=True):
            shown[post.message] = (post, row.serial, row.number)
    return add_sealed(connection, ruling, [shown[message] for message in wanted])


def read_sealed(
    connection: Connection, rulings: Sequence[int]
) -> Mapping[int, Sequence[SealedPost]]:
    """Return the posts of some rulings as the tables hold them now, in order, by ruling."""
    rows = connection.execute(
        select(
            case_posts,
            post_versions,
            cases.c.number,
            ruling_posts.c.ruling.label("removed_by"),
            ruling_posts.c.seal,
            ruling_posts.c.salt,
        )
        .select_from(ruling_posts)
        .join(case_posts, case_posts.c.message == ruling_posts.c.message)
        .join(cases, cases.c.id == case_posts.c.case_id)
        .join(
            post_versions,
            and_(
                post_versions.c.message == ruling_posts.c.message,
                post_versions.c.serial == ruling_posts.c.serial,
            ),
        )
        .where(ruling_posts.c.ruling.in_(rulings))
        .order_by(ruling_posts.c.ruling, ruling_posts.c.position)
    ).all()
    found: defaultdict[int, list[SealedPost]] = defaultdict(list)
    for row, post in zip(rows, whole_posts(connection, rows), strict=True):
        found[row.removed_by].append(_held(row, post))
    return found


def drop_words_of(connection: Connection, versions: Select[tuple[int, int]]) -> None:
    """Forget the keys of posts whose words are erased, by message and serial; their seals stay."""
    sealed = tuple_(ruling_posts.c.message, ruling_posts.c.serial)
    connection.execute(update(ruling_posts).where(sealed.in_(versions)).values(salt=None))


def _sealed(post: CasePost, case: int) -> SealedPost:
    salt, words = token_hex(chain.SALT_BYTES), _words(post)
    return SealedPost(
        message=post.message,
        channel=post.channel,
        case=case,
        found=post.findings,
        seal=chain.commitment(salt, words),
        salt=salt,
        words=words,
        is_bare=_is_bare(post),
    )


def _held(row: Row[tuple[object, ...]], post: CasePost) -> SealedPost:
    return SealedPost(
        message=post.message,
        channel=post.channel,
        case=row.number,
        found=post.findings,
        seal=row.seal,
        salt=row.salt,
        words=_words(post),
        is_bare=_is_bare(post),
    )


def _words(post: CasePost) -> str:
    """Return a post's words as they are read back from the tables."""
    return chain.words_of(
        [Part(one.surface, storable(one.text)) for one in post.parts],
        [
            PostFile(
                one.id, storable(one.name), storable(one.address), one.size, storable(one.kind)
            )
            for one in post.files
        ],
    )


def _is_bare(post: CasePost) -> bool:
    return not post.parts and not any(one.name or one.address for one in post.files)
