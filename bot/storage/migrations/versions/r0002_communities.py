"""Communities: boards, Community Groups, exceptions, modes, and who is staff."""

from alembic import op

revision = "0002"
down_revision = "0001"

# What a datetime of Python can hold, in microseconds since 1970: years 1 to 9999.
_TIME = "BETWEEN -62135596800000000 AND 253402300799999999"

_STATEMENTS = (
    f"""
    CREATE TABLE guilds (
        guild INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        posture TEXT CHECK (posture IN ('observe', 'ask', 'act')),
        log_name TEXT,
        log_channel INTEGER,
        screen_unmapped INTEGER NOT NULL CHECK (screen_unmapped IN (0, 1)),
        first_set_at INTEGER NOT NULL CHECK (first_set_at {_TIME}),
        set_at INTEGER NOT NULL CHECK (set_at {_TIME}),
        CHECK (log_channel IS NULL OR log_name IS NOT NULL)
    ) STRICT
    """,
    """
    CREATE TABLE boards (
        guild INTEGER NOT NULL REFERENCES guilds (guild) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 0),
        name TEXT NOT NULL,
        channel_name TEXT NOT NULL,
        channel INTEGER,
        purpose TEXT NOT NULL,
        PRIMARY KEY (guild, position),
        UNIQUE (guild, name)
    ) STRICT
    """,
    """
    CREATE TABLE board_languages (
        guild INTEGER NOT NULL,
        board TEXT NOT NULL,
        language TEXT NOT NULL CHECK (language <> ''),
        PRIMARY KEY (guild, board, language),
        FOREIGN KEY (guild, board) REFERENCES boards (guild, name) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE board_modes (
        guild INTEGER NOT NULL,
        board TEXT NOT NULL,
        rule TEXT NOT NULL CHECK (rule <> ''),
        mode INTEGER NOT NULL CHECK (mode BETWEEN 0 AND 3),
        PRIMARY KEY (guild, board, rule),
        FOREIGN KEY (guild, board) REFERENCES boards (guild, name) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE guild_modes (
        guild INTEGER NOT NULL REFERENCES guilds (guild) ON DELETE CASCADE,
        rule TEXT NOT NULL CHECK (rule <> ''),
        mode INTEGER NOT NULL CHECK (mode BETWEEN 0 AND 3),
        PRIMARY KEY (guild, rule)
    ) STRICT
    """,
    """
    CREATE TABLE community_groups (
        guild INTEGER NOT NULL REFERENCES guilds (guild) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 0),
        name TEXT NOT NULL,
        umbrella TEXT NOT NULL CHECK (umbrella IN ('identity', 'industry', 'interest', 'impact')),
        role_name TEXT NOT NULL,
        role INTEGER,
        purpose TEXT NOT NULL,
        PRIMARY KEY (guild, position),
        UNIQUE (guild, name)
    ) STRICT
    """,
    """
    CREATE TABLE group_boards (
        guild INTEGER NOT NULL,
        community_group TEXT NOT NULL,
        board TEXT NOT NULL,
        PRIMARY KEY (guild, community_group, board),
        FOREIGN KEY (guild, community_group)
            REFERENCES community_groups (guild, name) ON DELETE CASCADE,
        FOREIGN KEY (guild, board) REFERENCES boards (guild, name) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX group_boards_of_board ON group_boards (guild, board)",
    f"""
    CREATE TABLE exceptions (
        guild INTEGER NOT NULL REFERENCES guilds (guild) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 0),
        rule TEXT NOT NULL CHECK (rule <> ''),
        board TEXT,
        community_group TEXT,
        until_at INTEGER CHECK (until_at {_TIME}),
        note TEXT NOT NULL,
        PRIMARY KEY (guild, position),
        FOREIGN KEY (guild, board) REFERENCES boards (guild, name) ON DELETE CASCADE,
        FOREIGN KEY (guild, community_group)
            REFERENCES community_groups (guild, name) ON DELETE CASCADE,
        CHECK ((board IS NULL) <> (community_group IS NULL))
    ) STRICT
    """,
    "CREATE INDEX exceptions_of_board ON exceptions (guild, board)",
    "CREATE INDEX exceptions_of_group ON exceptions (guild, community_group)",
    """
    CREATE TABLE exception_kinds (
        guild INTEGER NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (guild, position, kind),
        FOREIGN KEY (guild, position) REFERENCES exceptions (guild, position) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE staff_roles (
        guild INTEGER NOT NULL REFERENCES guilds (guild) ON DELETE CASCADE,
        duty TEXT NOT NULL CHECK (duty IN ('moderator', 'admin')),
        position INTEGER NOT NULL CHECK (position >= 0),
        role_name TEXT NOT NULL,
        role INTEGER,
        PRIMARY KEY (guild, duty, position)
    ) STRICT
    """,
    """
    CREATE TABLE excluded_channels (
        guild INTEGER NOT NULL REFERENCES guilds (guild) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 0),
        channel_name TEXT NOT NULL,
        channel INTEGER,
        PRIMARY KEY (guild, position)
    ) STRICT
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
