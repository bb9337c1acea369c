"""The tables as queries name them; the schema itself, with its checks, is in the migrations.

Those of rulings and of moderators' work are in ``bot.storage.ruling_tables``.
"""

from enum import StrEnum

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, Table

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.community import Umbrella
from bot.model.intent import IntentKind, IntentState
from bot.model.mode import Mode, Posture
from bot.model.post import AuthorKind, Surface
from bot.model.verdict import Verdict
from bot.storage.column_types import AdminWords, MemberWords, Moment, Named, OurWords, Ranked


class Duty(StrEnum):
    """What a staff role is for."""

    MODERATOR = "moderator"
    ADMIN = "admin"


METADATA = MetaData()


def whole(name: str) -> Column[int]:
    """Return a column of whole numbers that is never empty."""
    return Column(name, Integer, nullable=False)


def _finding_columns() -> tuple[Column[object], ...]:
    return (
        Column("rule", OurWords, nullable=False),
        Column("kind", OurWords, nullable=False),
        Column("guideline", Integer),
        Column("confidence", Float, nullable=False),
        Column("surface", Named(Surface), nullable=False),
        Column("part", Integer, nullable=False),
        Column("span_start", Integer, nullable=False),
        Column("span_end", Integer, nullable=False),
        Column("reason", OurWords, nullable=False),
        Column("quoted", Boolean, nullable=False),
        Column("action", Ranked(Action), nullable=False),
        Column("because", OurWords),
    )


case_numbers = Table("case_numbers", METADATA, whole("guild"), whole("last"))

cases = Table(
    "cases",
    METADATA,
    whole("id"),
    whole("guild"),
    whole("number"),
    whole("author"),
    Column("author_kind", Named(AuthorKind), nullable=False),
    Column("origin", Named(CaseOrigin), nullable=False),
    Column("state", Named(CaseState), nullable=False),
    Column("action", Ranked(Action), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("newest_post_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("guidelines_version", OurWords, nullable=False),
    Column("screening_version", OurWords, nullable=False),
    whole("version"),
)

case_posts = Table(
    "case_posts",
    METADATA,
    whole("message"),
    whole("case_id"),
    whole("channel"),
    whole("shown"),
    whole("latest"),
    Column("deleted_at", Moment),
    Column("ruling", Integer),
    Column("ruled_action", Ranked(Action)),
)

post_versions = Table(
    "post_versions",
    METADATA,
    whole("message"),
    whole("serial"),
    Column("digest", OurWords, nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("judged_at", Moment, nullable=False),
    Column("action", Ranked(Action), nullable=False),
    Column("degraded", Boolean, nullable=False),
    Column("guidelines_version", OurWords, nullable=False),
    Column("screening_version", OurWords, nullable=False),
    Column("held", Boolean, nullable=False),
)

post_parts = Table(
    "post_parts",
    METADATA,
    whole("message"),
    whole("serial"),
    whole("position"),
    Column("surface", Named(Surface), nullable=False),
    Column("text", MemberWords, nullable=False),
)

post_files = Table(
    "post_files",
    METADATA,
    whole("message"),
    whole("serial"),
    whole("position"),
    whole("file"),
    Column("name", MemberWords, nullable=False),
    Column("address", MemberWords, nullable=False),
    whole("size"),
    Column("kind", MemberWords, nullable=False),
)

findings = Table(
    "findings",
    METADATA,
    whole("id"),
    whole("message"),
    whole("serial"),
    whole("position"),
    *_finding_columns(),
    Column("verdict", Named(Verdict)),
    Column("verdict_by", Integer),
    Column("verdict_at", Moment),
)

intents = Table(
    "intents",
    METADATA,
    whole("id"),
    whole("case_id"),
    Column("kind", Named(IntentKind), nullable=False),
    Column("key", OurWords, nullable=False),
    Column("channel", Integer),
    Column("message", Integer),
    Column("user", Integer),
    Column("state", Named(IntentState), nullable=False),
    whole("attempts"),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempted_at", Moment),
    Column("settled_at", Moment),
    Column("outcome", OurWords, nullable=False),
    Column("result", Integer),
    whole("version"),
    Column("sanction", Integer),
    Column("ruling", Integer),
    Column("target", Integer),
)

observations = Table(
    "observations",
    METADATA,
    whole("id"),
    whole("guild"),
    whole("message"),
    whole("channel"),
    whole("author"),
    Column("posted_at", Moment, nullable=False),
    *_finding_columns(),
)

channel_progress = Table(
    "channel_progress", METADATA, whole("guild"), whole("channel"), whole("message")
)

guilds = Table(
    "guilds",
    METADATA,
    whole("guild"),
    Column("name", AdminWords, nullable=False),
    Column("posture", Named(Posture)),
    Column("log_name", AdminWords),
    Column("log_channel", Integer),
    Column("screen_unmapped", Boolean, nullable=False),
    Column("first_set_at", Moment, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("public_log_name", AdminWords),
    Column("public_log_channel", Integer),
)

boards = Table(
    "boards",
    METADATA,
    whole("guild"),
    whole("position"),
    Column("name", AdminWords, nullable=False),
    Column("channel_name", AdminWords, nullable=False),
    Column("channel", Integer),
    Column("purpose", AdminWords, nullable=False),
)

board_languages = Table(
    "board_languages",
    METADATA,
    whole("guild"),
    Column("board", AdminWords, nullable=False),
    Column("language", AdminWords, nullable=False),
)

board_modes = Table(
    "board_modes",
    METADATA,
    whole("guild"),
    Column("board", AdminWords, nullable=False),
    Column("rule", OurWords, nullable=False),
    Column("mode", Ranked(Mode), nullable=False),
)

guild_modes = Table(
    "guild_modes",
    METADATA,
    whole("guild"),
    Column("rule", OurWords, nullable=False),
    Column("mode", Ranked(Mode), nullable=False),
)

community_groups = Table(
    "community_groups",
    METADATA,
    whole("guild"),
    whole("position"),
    Column("name", AdminWords, nullable=False),
    Column("umbrella", Named(Umbrella), nullable=False),
    Column("role_name", AdminWords, nullable=False),
    Column("role", Integer),
    Column("purpose", AdminWords, nullable=False),
)

group_boards = Table(
    "group_boards",
    METADATA,
    whole("guild"),
    Column("community_group", AdminWords, nullable=False),
    Column("board", AdminWords, nullable=False),
)

exceptions = Table(
    "exceptions",
    METADATA,
    whole("guild"),
    whole("position"),
    Column("rule", OurWords, nullable=False),
    Column("board", AdminWords),
    Column("community_group", AdminWords),
    Column("until_at", Moment),
    Column("note", AdminWords, nullable=False),
)

exception_kinds = Table(
    "exception_kinds",
    METADATA,
    whole("guild"),
    whole("position"),
    Column("kind", OurWords, nullable=False),
)

staff_roles = Table(
    "staff_roles",
    METADATA,
    whole("guild"),
    Column("duty", Named(Duty), nullable=False),
    whole("position"),
    Column("role_name", AdminWords, nullable=False),
    Column("role", Integer),
)

excluded_channels = Table(
    "excluded_channels",
    METADATA,
    whole("guild"),
    whole("position"),
    Column("channel_name", AdminWords, nullable=False),
    Column("channel", Integer),
)
