"""The tables as queries name them; the schema itself, with its checks, is in the migrations."""

from enum import StrEnum

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, Table

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.community import Umbrella
from bot.model.intent import IntentKind, IntentState
from bot.model.mode import Mode, Posture
from bot.model.post import AuthorKind, Surface
from bot.storage.column_types import AdminWords, MemberWords, Moment, Named, OurWords, Ranked


class Duty(StrEnum):
    """What a staff role is for."""

    MODERATOR = "moderator"
    ADMIN = "admin"


METADATA = MetaData()


def _whole(name: str) -> Column[int]:
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


case_numbers = Table("case_numbers", METADATA, _whole("guild"), _whole("last"))

cases = Table(
    "cases",
    METADATA,
    _whole("id"),
    _whole("guild"),
    _whole("number"),
    _whole("author"),
    Column("author_kind", Named(AuthorKind), nullable=False),
    Column("state", Named(CaseState), nullable=False),
    Column("action", Ranked(Action), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("newest_post_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("guidelines_version", OurWords, nullable=False),
    Column("screening_version", OurWords, nullable=False),
    _whole("version"),
)

case_posts = Table(
    "case_posts",
    METADATA,
    _whole("message"),
    _whole("case_id"),
    _whole("channel"),
    _whole("shown"),
    _whole("latest"),
    Column("deleted_at", Moment),
)

post_versions = Table(
    "post_versions",
    METADATA,
    _whole("message"),
    _whole("serial"),
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
    _whole("message"),
    _whole("serial"),
    _whole("position"),
    Column("surface", Named(Surface), nullable=False),
    Column("text", MemberWords, nullable=False),
)

findings = Table(
    "findings",
    METADATA,
    _whole("id"),
    _whole("message"),
    _whole("serial"),
    _whole("position"),
    *_finding_columns(),
    Column("verdict", OurWords),
    Column("verdict_by", Integer),
    Column("verdict_at", Moment),
)

intents = Table(
    "intents",
    METADATA,
    _whole("id"),
    _whole("case_id"),
    Column("kind", Named(IntentKind), nullable=False),
    Column("key", OurWords, nullable=False),
    Column("channel", Integer),
    Column("message", Integer),
    Column("user", Integer),
    Column("state", Named(IntentState), nullable=False),
    _whole("attempts"),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempted_at", Moment),
    Column("settled_at", Moment),
    Column("outcome", OurWords, nullable=False),
    Column("result", Integer),
    _whole("version"),
)

observations = Table(
    "observations",
    METADATA,
    _whole("id"),
    _whole("guild"),
    _whole("message"),
    _whole("channel"),
    _whole("author"),
    Column("posted_at", Moment, nullable=False),
    *_finding_columns(),
)

channel_progress = Table(
    "channel_progress", METADATA, _whole("guild"), _whole("channel"), _whole("message")
)

guilds = Table(
    "guilds",
    METADATA,
    _whole("guild"),
    Column("name", AdminWords, nullable=False),
    Column("posture", Named(Posture)),
    Column("log_name", AdminWords),
    Column("log_channel", Integer),
    Column("screen_unmapped", Boolean, nullable=False),
    Column("first_set_at", Moment, nullable=False),
    Column("set_at", Moment, nullable=False),
)

boards = Table(
    "boards",
    METADATA,
    _whole("guild"),
    _whole("position"),
    Column("name", AdminWords, nullable=False),
    Column("channel_name", AdminWords, nullable=False),
    Column("channel", Integer),
    Column("purpose", AdminWords, nullable=False),
)

board_languages = Table(
    "board_languages",
    METADATA,
    _whole("guild"),
    Column("board", AdminWords, nullable=False),
    Column("language", AdminWords, nullable=False),
)

board_modes = Table(
    "board_modes",
    METADATA,
    _whole("guild"),
    Column("board", AdminWords, nullable=False),
    Column("rule", OurWords, nullable=False),
    Column("mode", Ranked(Mode), nullable=False),
)

guild_modes = Table(
    "guild_modes",
    METADATA,
    _whole("guild"),
    Column("rule", OurWords, nullable=False),
    Column("mode", Ranked(Mode), nullable=False),
)

community_groups = Table(
    "community_groups",
    METADATA,
    _whole("guild"),
    _whole("position"),
    Column("name", AdminWords, nullable=False),
    Column("umbrella", Named(Umbrella), nullable=False),
    Column("role_name", AdminWords, nullable=False),
    Column("role", Integer),
    Column("purpose", AdminWords, nullable=False),
)

group_boards = Table(
    "group_boards",
    METADATA,
    _whole("guild"),
    Column("community_group", AdminWords, nullable=False),
    Column("board", AdminWords, nullable=False),
)

exceptions = Table(
    "exceptions",
    METADATA,
    _whole("guild"),
    _whole("position"),
    Column("rule", OurWords, nullable=False),
    Column("board", AdminWords),
    Column("community_group", AdminWords),
    Column("until_at", Moment),
    Column("note", AdminWords, nullable=False),
)

exception_kinds = Table(
    "exception_kinds",
    METADATA,
    _whole("guild"),
    _whole("position"),
    Column("kind", OurWords, nullable=False),
)

staff_roles = Table(
    "staff_roles",
    METADATA,
    _whole("guild"),
    Column("duty", Named(Duty), nullable=False),
    _whole("position"),
    Column("role_name", AdminWords, nullable=False),
    Column("role", Integer),
)

excluded_channels = Table(
    "excluded_channels",
    METADATA,
    _whole("guild"),
    _whole("position"),
    Column("channel_name", AdminWords, nullable=False),
    Column("channel", Integer),
)
