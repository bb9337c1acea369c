"""Cases with their evidence and intents, observations, and how far each channel was judged."""

from alembic import op

revision = "0001"
down_revision = None

# What a datetime of Python can hold, in microseconds since 1970: years 1 to 9999.
_TIME = "BETWEEN -62135596800000000 AND 253402300799999999"

# Reference tables where orders to come add words, so that adding one is an INSERT;
# CHECK where the set is closed.
_WORDS = {
    "intent_kinds": ("delete", "notice", "log", "log-edit"),
    "surfaces": (
        "content",
        "embed",
        "link-preview",
        "file-name",
        "alt-text",
        "file-text",
        "poll",
        "thread-title",
        "sticker",
        "forward",
        "reply",
        "component",
    ),
}

_FINDING = """
        rule TEXT NOT NULL CHECK (rule <> ''),
        kind TEXT NOT NULL,
        guideline INTEGER CHECK (guideline >= 1),
        confidence REAL NOT NULL CHECK (confidence > 0 AND confidence <= 1),
        surface TEXT NOT NULL REFERENCES surfaces (word),
        part INTEGER NOT NULL CHECK (part >= 0),
        span_start INTEGER NOT NULL CHECK (span_start >= 0),
        span_end INTEGER NOT NULL CHECK (span_end > span_start),
        reason TEXT NOT NULL,
        quoted INTEGER NOT NULL CHECK (quoted IN (0, 1)),
        action INTEGER NOT NULL CHECK (action BETWEEN 0 AND 3),
        because TEXT,
"""

_STATEMENTS = (
    """
    CREATE TABLE case_numbers (
        guild INTEGER PRIMARY KEY,
        last INTEGER NOT NULL CHECK (last >= 1)
    ) STRICT
    """,
    f"""
    CREATE TABLE cases (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        number INTEGER NOT NULL CHECK (number >= 1),
        author INTEGER NOT NULL,
        author_kind TEXT NOT NULL CHECK (author_kind IN ('member', 'staff', 'app')),
        state TEXT NOT NULL CHECK (state IN ('open', 'acted', 'closed')),
        action INTEGER NOT NULL CHECK (action BETWEEN 2 AND 3),
        opened_at INTEGER NOT NULL CHECK (opened_at {_TIME}),
        newest_post_at INTEGER NOT NULL CHECK (newest_post_at {_TIME}),
        closed_at INTEGER CHECK (closed_at {_TIME}),
        guidelines_version TEXT NOT NULL,
        screening_version TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        UNIQUE (guild, number),
        CHECK ((state = 'closed') = (closed_at IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX cases_of_author ON cases (author, guild, newest_post_at)",
    f"""
    CREATE TABLE case_posts (
        message INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases (id),
        channel INTEGER NOT NULL,
        shown INTEGER NOT NULL,
        latest INTEGER NOT NULL,
        deleted_at INTEGER CHECK (deleted_at {_TIME}),
        FOREIGN KEY (message, shown) REFERENCES post_versions (message, serial)
            DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (message, latest) REFERENCES post_versions (message, serial)
            DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    "CREATE INDEX case_posts_of_case ON case_posts (case_id)",
    f"""
    CREATE TABLE post_versions (
        message INTEGER NOT NULL REFERENCES case_posts (message),
        serial INTEGER NOT NULL CHECK (serial >= 1),
        digest TEXT NOT NULL,
        posted_at INTEGER NOT NULL CHECK (posted_at {_TIME}),
        judged_at INTEGER NOT NULL CHECK (judged_at {_TIME}),
        action INTEGER NOT NULL CHECK (action BETWEEN 2 AND 3),
        degraded INTEGER NOT NULL CHECK (degraded IN (0, 1)),
        guidelines_version TEXT NOT NULL,
        screening_version TEXT NOT NULL,
        held INTEGER NOT NULL DEFAULT 1 CHECK (held IN (0, 1)),
        PRIMARY KEY (message, serial),
        UNIQUE (message, digest),
        CHECK (action < 3 OR degraded = 0)
    ) STRICT
    """,
    "CREATE INDEX post_versions_by_time ON post_versions (action, posted_at)",
    "CREATE INDEX post_versions_held ON post_versions (message) WHERE held = 1",
    """
    CREATE TABLE post_parts (
        message INTEGER NOT NULL,
        serial INTEGER NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
        surface TEXT NOT NULL REFERENCES surfaces (word),
        text TEXT NOT NULL,
        PRIMARY KEY (message, serial, position),
        FOREIGN KEY (message, serial) REFERENCES post_versions (message, serial)
    ) STRICT
    """,
    f"""
    CREATE TABLE findings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message INTEGER NOT NULL,
        serial INTEGER NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
        {_FINDING}
        verdict TEXT,
        verdict_by INTEGER,
        verdict_at INTEGER CHECK (verdict_at {_TIME}),
        UNIQUE (message, serial, position),
        FOREIGN KEY (message, serial) REFERENCES post_versions (message, serial),
        CHECK ((verdict IS NULL) = (verdict_by IS NULL)),
        CHECK ((verdict IS NULL) = (verdict_at IS NULL))
    ) STRICT
    """,
    f"""
    CREATE TABLE intents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES cases (id),
        kind TEXT NOT NULL REFERENCES intent_kinds (word),
        key TEXT NOT NULL CHECK (key <> ''),
        channel INTEGER,
        message INTEGER,
        user INTEGER,
        state TEXT NOT NULL CHECK (
            state IN ('pending', 'attempted', 'done', 'failed', 'unknown', 'dropped')
        ),
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        created_at INTEGER NOT NULL CHECK (created_at {_TIME}),
        not_before INTEGER NOT NULL CHECK (not_before {_TIME}),
        attempted_at INTEGER CHECK (attempted_at {_TIME}),
        settled_at INTEGER CHECK (settled_at {_TIME}),
        outcome TEXT NOT NULL,
        result INTEGER,
        version INTEGER NOT NULL CHECK (version >= 1),
        UNIQUE (case_id, key),
        CHECK ((state IN ('pending', 'attempted')) = (settled_at IS NULL)),
        CHECK ((attempts = 0) = (attempted_at IS NULL)),
        CHECK (state <> 'attempted' OR attempts > 0)
    ) STRICT
    """,
    "CREATE INDEX intents_unsettled ON intents (id) WHERE settled_at IS NULL",
    f"""
    CREATE TABLE observations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        message INTEGER NOT NULL,
        channel INTEGER NOT NULL,
        author INTEGER NOT NULL,
        posted_at INTEGER NOT NULL CHECK (posted_at {_TIME}),
        {_FINDING}
        UNIQUE (message, rule, part, span_start, span_end)
    ) STRICT
    """,
    "CREATE INDEX observations_of_guild ON observations (guild, posted_at)",
    "CREATE INDEX observations_of_author ON observations (author)",
    "CREATE INDEX observations_by_time ON observations (posted_at)",
    """
    CREATE TABLE channel_progress (
        guild INTEGER NOT NULL,
        channel INTEGER NOT NULL,
        message INTEGER NOT NULL,
        PRIMARY KEY (guild, channel)
    ) STRICT
    """,
)


def upgrade() -> None:
    """Make the tables and fill the reference tables."""
    for table, words in _WORDS.items():
        op.execute(f"CREATE TABLE {table} (word TEXT PRIMARY KEY NOT NULL) STRICT")
        values = ", ".join(f"('{word}')" for word in words)
        op.execute(f"INSERT INTO {table} (word) VALUES {values}")  # noqa: S608 - constants
    for statement in _STATEMENTS:
        op.execute(statement)
