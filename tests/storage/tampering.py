"""Every field of every table of decisions, and a hand that changes one behind the store's back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.tables import METADATA

EXEMPT = {
    # which order brought it, so that it happens once; says nothing of what was decided
    "rulings.key",
    # may change by later decisions and with time, which the chain has as well or which are no
    # decisions
    "sanctions.state",
    "sanctions.until_at",
    "sanctions.ended_at",
    "sanctions.version",
    # their order counts, not the number
    "ruling_posts.position",
    "ruling_endings.position",
    "ruling_changes.position",
    "post_parts.position",
    "post_files.position",
    "findings.position",
    "findings.id",
    # what was found may lead to something else later; who says so is a ruling, or a pause
    "findings.action",
    "findings.because",
    "findings.verdict",
    "findings.verdict_by",
    "findings.verdict_at",
    # what holds for a post now, by the rulings that are in the chain, and what became of it
    "case_posts.shown",
    "case_posts.latest",
    "case_posts.ruling",
    "case_posts.ruled_action",
    "case_posts.deleted_at",
}
"""Columns of decisions that the chain does not cover, and why."""

COVERED = [
    (table.name, column.name)
    for table in METADATA.sorted_tables
    if table.name
    in {
        *("rulings", "ruling_posts", "ruling_endings", "ruling_changes", "sanctions"),
        "ruling_recounts",
        *("chain_links", "case_posts", "post_parts", "post_files", "findings"),
    }
    for column in table.columns
    if f"{table.name}.{column.name}" not in EXEMPT
]


def other_value(value: object, column: str) -> object:
    """Something else of the same type that the schema would let stand."""
    others = {
        "kind": "ban" if value == "timeout" else "lifted",
        "state": "voided" if value != "voided" else "lifted",
    }
    if column in others:
        return others[column]
    if column in ("silent", "tells", "by_hand"):
        return 1 - int(str(value))
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and len(value) == 64:
        return ("0" if value[0] != "0" else "1") + value[1:]
    if value is None:
        return "x" if column in ("rule", "board", "community_group") else 5
    return f"{value}x"


def tampered(database: Path, table: str, column: str, row: int) -> bool:
    """Change one field of one row past everything that would refuse it; whether there was one."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.row_factory = sqlite3.Row
        found = connection.execute(f"SELECT * FROM {table} LIMIT 1 OFFSET {row}").fetchone()
        if found is None:
            return False
        value = other_value(found[column], column)
        this = " AND ".join(f"{name} IS ?" for name in found.keys())  # noqa: SIM118 - no mapping
        change_it = f"UPDATE {table} SET {column} = ? WHERE {this}"
        try:
            connection.execute(change_it, (value, *found))
        except sqlite3.IntegrityError:  # a key that is taken: one the row could never have
            connection.execute(change_it, (990 + row, *found))
    return True
