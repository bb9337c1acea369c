"""Rulings with their sanctions, the chain of decisions, and what moderators' work needs.

It is long because a migration stands for itself: every table as it was then, in full.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

# What a datetime of Python can hold, in microseconds since 1970: years 1 to 9999.
_TIME = "BETWEEN -62135596800000000 AND 253402300799999999"

# Reference tables where orders to come add words, so that adding one is an INSERT;
# CHECK where the set is closed.
_NEW_INTENT_KINDS = ("apply", "keep", "end", "public-log", "evidence", "restore", "redact")
_WORDS = {
    "case_origins": ("screening", "moderator", "by-hand"),
    "ruling_kinds": (
        "removed",
        "decided",
        "by-hand",
        "lifted",
        "voided",
        "edited",
        "noted",
        "kept",
    ),
}

_SANCTION_KINDS = """
            kind IN ('warning', 'timeout', 'board-removal', 'group-removal', 'ban', 'referral')
"""

# A case may have no posts now, and a post may be permitted; so the least action is 0.
_CASES = (
    f"""
    CREATE TABLE new_cases (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        number INTEGER NOT NULL CHECK (number >= 1),
        author INTEGER NOT NULL,
        author_kind TEXT NOT NULL CHECK (author_kind IN ('member', 'staff', 'app')),
        origin TEXT NOT NULL REFERENCES case_origins (word),
        state TEXT NOT NULL CHECK (state IN ('open', 'acted', 'closed')),
        action INTEGER NOT NULL CHECK (action BETWEEN 0 AND 3),
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
    """
    INSERT INTO new_cases
    SELECT id, guild, number, author, author_kind, 'screening', state, action, opened_at,
           newest_post_at, closed_at, guidelines_version, screening_version, version
    FROM cases
    """,
    "DROP TABLE cases",
    "ALTER TABLE new_cases RENAME TO cases",
    "CREATE INDEX cases_of_author ON cases (author, guild, newest_post_at)",
    "CREATE INDEX cases_by_state ON cases (guild, state)",
)

_POST_VERSIONS = (
    f"""
    CREATE TABLE new_post_versions (
        message INTEGER NOT NULL REFERENCES case_posts (message),
        serial INTEGER NOT NULL CHECK (serial >= 1),
        digest TEXT NOT NULL,
        posted_at INTEGER NOT NULL CHECK (posted_at {_TIME}),
        judged_at INTEGER NOT NULL CHECK (judged_at {_TIME}),
        action INTEGER NOT NULL CHECK (action BETWEEN 0 AND 3),
        degraded INTEGER NOT NULL CHECK (degraded IN (0, 1)),
        guidelines_version TEXT NOT NULL,
        screening_version TEXT NOT NULL,
        held INTEGER NOT NULL DEFAULT 1 CHECK (held IN (0, 1)),
        PRIMARY KEY (message, serial),
        UNIQUE (message, digest),
        CHECK (action < 3 OR degraded = 0)
    ) STRICT
    """,
    """
    INSERT INTO new_post_versions
    SELECT message, serial, digest, posted_at, judged_at, action, degraded, guidelines_version,
           screening_version, held
    FROM post_versions
    """,
    "DROP TABLE post_versions",
    "ALTER TABLE new_post_versions RENAME TO post_versions",
    "CREATE INDEX post_versions_by_time ON post_versions (posted_at)",
    "CREATE INDEX post_versions_held ON post_versions (message) WHERE held = 1",
    """
    CREATE TABLE post_files (
        message INTEGER NOT NULL,
        serial INTEGER NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
        file INTEGER NOT NULL,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        kind TEXT NOT NULL,
        PRIMARY KEY (message, serial, position),
        FOREIGN KEY (message, serial) REFERENCES post_versions (message, serial)
    ) STRICT
    """,
)

_FINDINGS = (
    f"""
    CREATE TABLE new_findings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message INTEGER NOT NULL,
        serial INTEGER NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
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
        verdict TEXT CHECK (verdict IN ('confirmed', 'not-confirmed', 'wrong')),
        verdict_by INTEGER,
        verdict_at INTEGER CHECK (verdict_at {_TIME}),
        UNIQUE (message, serial, position),
        FOREIGN KEY (message, serial) REFERENCES post_versions (message, serial),
        CHECK ((verdict IS NULL) = (verdict_by IS NULL)),
        CHECK ((verdict IS NULL) = (verdict_at IS NULL))
    ) STRICT
    """,
    """
    INSERT INTO new_findings
    SELECT id, message, serial, position, rule, kind, guideline, confidence, surface, part,
           span_start, span_end, reason, quoted, action, because, NULL, NULL, NULL
    FROM findings
    """,
    "DROP TABLE findings",
    "ALTER TABLE new_findings RENAME TO findings",
    "CREATE INDEX findings_by_rule ON findings (rule, message)",
)

_RULINGS = (
    f"""
    CREATE TABLE rulings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        key TEXT NOT NULL CHECK (key <> ''),
        case_id INTEGER NOT NULL REFERENCES cases (id),
        kind TEXT NOT NULL REFERENCES ruling_kinds (word),
        ruled_at INTEGER NOT NULL CHECK (ruled_at {_TIME}),
        moderator INTEGER,
        rule TEXT CHECK (rule <> ''),
        words TEXT NOT NULL,
        internal TEXT NOT NULL,
        because TEXT NOT NULL,
        silent INTEGER NOT NULL CHECK (silent IN (0, 1)),
        tells INTEGER NOT NULL CHECK (tells IN (0, 1)),
        UNIQUE (guild, key),
        CHECK (kind <> 'removed' OR moderator IS NULL)
    ) STRICT
    """,
    "CREATE INDEX rulings_of_case ON rulings (case_id)",
    # What Concord removes by itself is found by its findings; its way into the file is kept short.
    """
    CREATE INDEX rulings_by_moderator ON rulings (moderator, guild, ruled_at)
        WHERE moderator IS NOT NULL
    """,
    "CREATE INDEX rulings_by_rule ON rulings (rule, guild) WHERE moderator IS NOT NULL",
    """
    CREATE TABLE ruling_posts (
        ruling INTEGER NOT NULL REFERENCES rulings (id),
        position INTEGER NOT NULL CHECK (position >= 0),
        message INTEGER NOT NULL REFERENCES case_posts (message),
        serial INTEGER NOT NULL,
        seal TEXT NOT NULL,
        salt TEXT,
        PRIMARY KEY (ruling, position),
        FOREIGN KEY (message, serial) REFERENCES post_versions (message, serial)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TABLE sanctions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES cases (id),
        ruling INTEGER NOT NULL REFERENCES rulings (id),
        guild INTEGER NOT NULL,
        user INTEGER NOT NULL,
        rule TEXT CHECK (rule <> ''),
        decided_at INTEGER NOT NULL CHECK (decided_at {_TIME}),
        kind TEXT NOT NULL CHECK ({_SANCTION_KINDS}),
        points INTEGER NOT NULL CHECK (points >= 0),
        points_until_at INTEGER CHECK (points_until_at {_TIME}),
        ordered_until_at INTEGER CHECK (ordered_until_at {_TIME}),
        board TEXT,
        channel INTEGER,
        community_group TEXT,
        role INTEGER,
        delete_message_seconds INTEGER NOT NULL
            CHECK (delete_message_seconds BETWEEN 0 AND 604800),
        by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
        state TEXT NOT NULL CHECK (
            state IN ('ordered', 'active', 'expired', 'lifted', 'voided', 'failed')
        ),
        until_at INTEGER CHECK (until_at {_TIME}),
        ended_at INTEGER CHECK (ended_at {_TIME}),
        version INTEGER NOT NULL CHECK (version >= 1),
        CHECK ((kind = 'board-removal') = (board IS NOT NULL)),
        CHECK ((kind = 'board-removal') = (channel IS NOT NULL)),
        CHECK ((kind = 'group-removal') = (community_group IS NOT NULL)),
        CHECK ((kind = 'group-removal') = (role IS NOT NULL)),
        CHECK (kind NOT IN ('warning', 'referral') OR ordered_until_at IS NULL),
        CHECK (kind NOT IN ('warning', 'referral') OR until_at IS NULL),
        CHECK ((state IN ('ordered', 'active')) = (ended_at IS NULL))
    ) STRICT
    """,
    "CREATE INDEX sanctions_of_member ON sanctions (user, guild)",
    "CREATE INDEX sanctions_of_case ON sanctions (case_id)",
    "CREATE INDEX sanctions_of_ruling ON sanctions (ruling)",
    "CREATE INDEX sanctions_by_state ON sanctions (guild, state, kind)",
    "CREATE INDEX sanctions_by_kind ON sanctions (guild, kind)",
    f"""
    CREATE TABLE ruling_endings (
        ruling INTEGER NOT NULL REFERENCES rulings (id),
        position INTEGER NOT NULL CHECK (position >= 0),
        sanction INTEGER NOT NULL REFERENCES sanctions (id),
        state TEXT NOT NULL CHECK (
            state IN ('ordered', 'active', 'expired', 'lifted', 'voided', 'failed')
        ),
        until_at INTEGER CHECK (until_at {_TIME}),
        PRIMARY KEY (ruling, position),
        UNIQUE (ruling, sanction)
    ) STRICT
    """,
    """
    CREATE TABLE ruling_changes (
        ruling INTEGER NOT NULL REFERENCES rulings (id),
        position INTEGER NOT NULL CHECK (position >= 0),
        what TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (ruling, position)
    ) STRICT
    """,
    f"""
    CREATE TABLE ruling_recounts (
        ruling INTEGER NOT NULL REFERENCES rulings (id),
        sanction INTEGER NOT NULL REFERENCES sanctions (id),
        points INTEGER NOT NULL CHECK (points >= 0),
        until_at INTEGER CHECK (until_at {_TIME}),
        PRIMARY KEY (sanction, ruling)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX ruling_recounts_of_ruling ON ruling_recounts (ruling)",
    "ALTER TABLE case_posts ADD COLUMN ruling INTEGER REFERENCES rulings (id)",
    """
    ALTER TABLE case_posts ADD COLUMN ruled_action INTEGER
        CHECK (ruled_action BETWEEN 0 AND 3)
        CHECK ((ruling IS NULL) = (ruled_action IS NULL))
    """,
    "CREATE INDEX case_posts_of_ruling ON case_posts (ruling) WHERE ruling IS NOT NULL",
    "ALTER TABLE intents ADD COLUMN sanction INTEGER REFERENCES sanctions (id)",
    "ALTER TABLE intents ADD COLUMN ruling INTEGER REFERENCES rulings (id)",
    "ALTER TABLE intents ADD COLUMN target INTEGER REFERENCES intents (id)",
    "CREATE INDEX intents_of_ruling ON intents (ruling) WHERE ruling IS NOT NULL",
)

# A link has no time, kind or rule of its own: they are the ruling's, so that a change there shows.
_CHAIN = (
    """
    CREATE TABLE chain_links (
        guild INTEGER NOT NULL,
        number INTEGER NOT NULL CHECK (number >= 1),
        ruling INTEGER NOT NULL UNIQUE REFERENCES rulings (id),
        previous TEXT NOT NULL,
        commitment TEXT NOT NULL CHECK (length(commitment) = 64),
        salt TEXT CHECK (length(salt) = 64),
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        PRIMARY KEY (guild, number),
        CHECK (length(previous) = CASE number WHEN 1 THEN 0 ELSE 64 END)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TABLE posted_heads (
        guild INTEGER NOT NULL,
        posted_at INTEGER NOT NULL CHECK (posted_at {_TIME}),
        number INTEGER NOT NULL CHECK (number >= 1),
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        PRIMARY KEY (guild, posted_at)
    ) STRICT, WITHOUT ROWID
    """,
)

_WORK = (
    f"""
    CREATE TABLE holds (
        guild INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK ({_SANCTION_KINDS}),
        user INTEGER NOT NULL,
        target INTEGER NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (guild, user, kind, target)
    ) STRICT
    """,
    "CREATE INDEX holds_on_target ON holds (guild, target)",
    f"""
    CREATE TABLE keepsakes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        user INTEGER NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose <> ''),
        text TEXT NOT NULL,
        kept_at INTEGER NOT NULL CHECK (kept_at {_TIME}),
        until_at INTEGER NOT NULL CHECK (until_at {_TIME})
    ) STRICT
    """,
    "CREATE INDEX keepsakes_by_end ON keepsakes (until_at)",
    f"""
    CREATE TABLE pauses (
        guild INTEGER NOT NULL,
        rule TEXT CHECK (rule <> ''),
        paused_by INTEGER NOT NULL,
        paused_at INTEGER NOT NULL CHECK (paused_at {_TIME})
    ) STRICT
    """,
    "CREATE UNIQUE INDEX pauses_once ON pauses (guild, ifnull(rule, ''))",
    f"""
    CREATE TABLE restorations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        rule TEXT CHECK (rule <> ''),
        since_at INTEGER NOT NULL CHECK (since_at {_TIME}),
        ordered_by INTEGER NOT NULL,
        ordered_at INTEGER NOT NULL CHECK (ordered_at {_TIME}),
        cases INTEGER NOT NULL CHECK (cases >= 0),
        posts INTEGER NOT NULL CHECK (posts >= cases)
    ) STRICT
    """,
    """
    CREATE TABLE audit_log_progress (
        guild INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL
    ) STRICT
    """,
    f"""
    CREATE TABLE erasures_asked (
        guild INTEGER NOT NULL,
        user INTEGER NOT NULL,
        asked_at INTEGER NOT NULL CHECK (asked_at {_TIME}),
        PRIMARY KEY (guild, user)
    ) STRICT
    """,
    f"""
    CREATE TABLE moved_posts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild INTEGER NOT NULL,
        message INTEGER NOT NULL UNIQUE,
        author INTEGER NOT NULL,
        origin INTEGER NOT NULL,
        target INTEGER NOT NULL,
        moved_by INTEGER NOT NULL,
        moved_at INTEGER NOT NULL CHECK (moved_at {_TIME}),
        quote INTEGER UNIQUE,
        done INTEGER NOT NULL CHECK (done IN (0, 1)),
        erasing INTEGER NOT NULL CHECK (erasing IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX moved_posts_of_author ON moved_posts (author, guild)",
    "CREATE INDEX moved_posts_by_moderator ON moved_posts (moved_by, guild, moved_at)",
    "ALTER TABLE guilds ADD COLUMN public_log_name TEXT",
    """
    ALTER TABLE guilds ADD COLUMN public_log_channel INTEGER
        CHECK (public_log_channel IS NULL OR public_log_name IS NOT NULL)
    """,
)


def upgrade() -> None:
    """Make the tables, rebuild those that hold more from now on, and fill the reference tables."""
    for table, words in _WORDS.items():
        op.execute(f"CREATE TABLE {table} (word TEXT PRIMARY KEY NOT NULL) STRICT")
        _add_words(table, words)
    _add_words("intent_kinds", _NEW_INTENT_KINDS)
    for statement in (*_CASES, *_POST_VERSIONS, *_FINDINGS, *_RULINGS, *_CHAIN, *_WORK):
        op.execute(statement)


def _add_words(table: str, words: tuple[str, ...]) -> None:
    values = ", ".join(f"('{word}')" for word in words)
    op.execute(f"INSERT INTO {table} (word) VALUES {values}")  # noqa: S608 - constants
