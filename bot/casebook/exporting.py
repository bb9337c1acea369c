"""All that is held about a member, as a text they may take with them."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from bot.casebook.record import Points, told_of
from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.dossier import Dossier
from bot.model.move import Move
from bot.model.ruling import CONFIRMED, Ruling, RulingKind
from bot.model.sanction import Sanction
from bot.ports import Observation

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

FORMAT: Final = 1
"""Changes where a reader of an earlier one would misread it."""


def export(
    guild: int,
    member: int,
    now: datetime,
    points: Points,
    cases: Iterable[Dossier],
    observations: Iterable[Observation],
    moves: Iterable[Move],
) -> str:
    """Return what is held as JSON, ids as strings: too large for the numbers of some readers.

    Nothing of reporters, moderators or internal notes is in it.
    """
    document: dict[str, Json] = {
        "format": FORMAT,
        "server": str(guild),
        "member": str(member),
        "written_at": now.isoformat(),
        "points": {
            "now": points.now,
            "left": [{"from": at.isoformat(), "points": left} for at, left in points.runs_out],
        },
        "cases": [_case(one) for one in cases],
        "observations": [_observation(one) for one in observations],
        "moved_posts": [_move(one) for one in moves],
    }
    return json.dumps(document, indent=2, ensure_ascii=False).encode(errors="replace").decode()


def _move(move: Move) -> Json:
    return {
        "at": move.draft.at.isoformat(),
        "post": str(move.draft.message),
        "from_channel": str(move.draft.origin),
        "to_channel": str(move.draft.target),
        "quote": None if move.quote is None else str(move.quote),
    }


def _case(dossier: Dossier) -> Json:
    case = dossier.case
    names: Mapping[int, Sanction] = {one.id: one for one in dossier.sanctions}
    return {
        "case": case.reference,
        "opened_at": case.opened_at.isoformat(),
        "state": case.state.value,
        "guidelines_version": case.guidelines_version,
        "posts": [_post(one) for one in case.posts],
        "decisions": [_decision(one, names) for one in told_of(dossier.rulings)],
    }


def _post(post: CasePost) -> Json:
    return {
        "message": str(post.message),
        "channel": str(post.channel),
        "written_at": post.at.isoformat(),
        "removed": post.action is Action.REMOVE,
        "erased": post.erased,
        "texts": [{"where": one.surface.value, "text": one.text} for one in post.parts],
        "files": [{"name": one.name, "bytes": one.size} for one in post.files],
        "found": [
            {"rule": one.evidence.rule, "guideline": one.guideline, "what": one.evidence.reason}
            for one in post.findings
            if one.action > Action.ALLOW
        ],
    }


def _decision(ruling: Ruling, sanctions: Mapping[int, Sanction]) -> Json:
    return {
        "at": ruling.at.isoformat(),
        "what": ruling.kind.value,
        "automatic": ruling.kind is RulingKind.REMOVED,
        "rule": ruling.rule,
        "note_to_you": ruling.words,
        "posts": [str(one) for one in ruling.removes],
        "sanctions": [_sanction(sanctions[one]) for one in ruling.sanctions],
        "changes": [
            {"what": one.what, "before": one.before, "after": one.after}
            for one in ruling.changes
            if one.what != CONFIRMED
        ],
    }


def _sanction(sanction: Sanction) -> Json:
    ordered = sanction.ordered
    return {
        "kind": sanction.kind.value,
        "state": sanction.state.value,
        "rule": sanction.rule,
        "points": sanction.points,
        "points_until": _moment(sanction.points_until),
        "until": _moment(sanction.until),
        "ended_at": _moment(sanction.ended_at),
        "board": ordered.board,
        "group": ordered.group,
    }


def _observation(observation: Observation) -> Json:
    return {
        "message": str(observation.message),
        "channel": str(observation.channel),
        "written_at": observation.at.isoformat(),
        "rule": observation.finding.evidence.rule,
        "what": observation.finding.evidence.reason,
    }


def _moment(at: datetime | None) -> Json:
    return at.isoformat() if at is not None else None
