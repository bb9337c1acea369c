"""Points after an edit: they follow the rule a case rests on, as if it had been named at once."""

from collections.abc import Iterable, Iterator

from bot.model.dossier import Dossier
from bot.model.guidelines import Rule
from bot.model.ruling import POINTS, Change
from bot.model.sanction import Recount, SanctionState
from bot.policy.rungs import Ladder

_COUNTS_NOTHING = frozenset({SanctionState.VOIDED, SanctionState.FAILED})


def recounted(
    dossier: Dossier, rule: Rule, ladder: Ladder, only: frozenset[int]
) -> Iterator[tuple[int, Recount]]:
    """Yield what sanctions count for under another rule, by id; those that count the same are left.

    The points of a decision stand on one of its sanctions; one made by hand, that counted for
    nothing while nobody had named a rule, counts from now on. A reminder stays one.

    Args:
        dossier: the case.
        rule: what it rests on from now on.
        ladder: what a breach of it is worth.
        only: the sanctions that rest on it; empty for all of the case.
    """
    for ruling in dossier.rulings:
        made = [
            one
            for one in dossier.sanctions
            if one.ruling == ruling.id and not one.ordered.is_reminder
        ]
        for one in [one for one in made if one.points] or made[:1]:
            if one.state in _COUNTS_NOTHING or (only and one.id not in only):
                continue
            worth = Recount(ladder.points_of(rule), one.at + ladder.expiry_of(rule))
            if (one.points, one.points_until) != (worth.points, worth.until):
                yield one.id, worth


def said_of_points(dossier: Dossier, recounts: Iterable[tuple[int, Recount]]) -> Iterator[Change]:
    """Yield what a case counts for from now on: by the most of it, as on the ladder."""
    counts = {one.id: one.points for one in dossier.sanctions if one.state not in _COUNTS_NOTHING}
    before = max(counts.values(), default=0)
    counts |= {sanction: worth.points for sanction, worth in recounts}
    after = max(counts.values(), default=0)
    if before != after:
        yield Change(POINTS, str(before), str(after))
