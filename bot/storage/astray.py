"""Sanctions whose rule is not the one that their rulings have led to: somebody else changed it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select

from bot.model.ruling import RulingKind
from bot.model.sanction import Sanction, SanctionState
from bot.storage.ruling_tables import ruling_endings, rulings

_NEVER: Final = float("inf")


def read_astray(connection: Connection, ordered: Mapping[Sanction, str | None]) -> frozenset[int]:
    """Return, by id, the sanctions whose rule is not what the rulings since their order led to.

    Args:
        connection: in one state of the database.
        ordered: sanctions, each with the rule of the ruling that ordered it.
    """
    if not ordered:
        return frozenset()
    of_cases = rulings.c.case_id.in_({one.case for one in ordered})
    edits = connection.execute(
        select(rulings.c.id, rulings.c.case_id, rulings.c.rule)
        .where(of_cases, rulings.c.kind == RulingKind.EDITED, rulings.c.rule.is_not(None))
        .order_by(rulings.c.id)
    ).all()
    named: defaultdict[int, set[int]] = defaultdict(set)
    voided: dict[int, int] = {}
    for row in connection.execute(
        select(ruling_endings)
        .join(rulings, rulings.c.id == ruling_endings.c.ruling)
        .where(of_cases)
        .order_by(ruling_endings.c.ruling)
    ):
        named[row.ruling].add(row.sanction)
        if row.state is SanctionState.VOIDED:
            voided.setdefault(row.sanction, row.ruling)
    astray = set()
    for one, at_first in ordered.items():
        rule = at_first
        for edit in edits:
            those = named.get(edit.id)
            reached = those is None or one.id in those
            if (
                edit.case_id == one.case
                and reached
                and one.ruling < edit.id < voided.get(one.id, _NEVER)
            ):
                rule = edit.rule
        if one.rule != rule:
            astray.add(one.id)
    return frozenset(astray)
