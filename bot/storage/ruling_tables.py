"""The tables of rulings, sanctions, the chain of decisions, and of moderators' work under way."""

from sqlalchemy import Boolean, Column, Integer, Table

from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.storage.column_types import AdminWords, MemberWords, Moment, Named, OurWords
from bot.storage.tables import METADATA, whole

rulings = Table(
    "rulings",
    METADATA,
    whole("id"),
    whole("guild"),
    Column("key", OurWords, nullable=False),
    whole("case_id"),
    Column("kind", Named(RulingKind), nullable=False),
    Column("ruled_at", Moment, nullable=False),
    Column("moderator", Integer),
    Column("rule", OurWords),
    Column("words", MemberWords, nullable=False),
    Column("internal", MemberWords, nullable=False),
    Column("because", MemberWords, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("tells", Boolean, nullable=False),
)

ruling_posts = Table(
    "ruling_posts",
    METADATA,
    whole("ruling"),
    whole("position"),
    whole("message"),
    whole("serial"),
    Column("seal", OurWords, nullable=False),
    Column("salt", OurWords),
)

ruling_endings = Table(
    "ruling_endings",
    METADATA,
    whole("ruling"),
    whole("position"),
    whole("sanction"),
    Column("state", Named(SanctionState), nullable=False),
    Column("until_at", Moment),
)

ruling_changes = Table(
    "ruling_changes",
    METADATA,
    whole("ruling"),
    whole("position"),
    Column("what", OurWords, nullable=False),
    Column("before", MemberWords, nullable=False),
    Column("after", MemberWords, nullable=False),
)

ruling_recounts = Table(
    "ruling_recounts",
    METADATA,
    whole("ruling"),
    whole("sanction"),
    whole("points"),
    Column("until_at", Moment),
)

sanctions = Table(
    "sanctions",
    METADATA,
    whole("id"),
    whole("case_id"),
    whole("ruling"),
    whole("guild"),
    whole("user"),
    Column("rule", OurWords),
    Column("decided_at", Moment, nullable=False),
    Column("kind", Named(SanctionKind), nullable=False),
    whole("points"),
    Column("points_until_at", Moment),
    Column("ordered_until_at", Moment),
    Column("board", AdminWords),
    Column("channel", Integer),
    Column("community_group", AdminWords),
    Column("role", Integer),
    whole("delete_message_seconds"),
    Column("by_hand", Boolean, nullable=False),
    Column("state", Named(SanctionState), nullable=False),
    Column("until_at", Moment),
    Column("ended_at", Moment),
    whole("version"),
)

chain_links = Table(
    "chain_links",
    METADATA,
    whole("guild"),
    whole("number"),
    whole("ruling"),
    Column("previous", OurWords, nullable=False),
    Column("commitment", OurWords, nullable=False),
    Column("salt", OurWords),
    Column("hash", OurWords, nullable=False),
)

posted_heads = Table(
    "posted_heads",
    METADATA,
    whole("guild"),
    Column("posted_at", Moment, nullable=False),
    whole("number"),
    Column("hash", OurWords, nullable=False),
)

holds = Table(
    "holds",
    METADATA,
    whole("guild"),
    Column("kind", Named(SanctionKind), nullable=False),
    whole("user"),
    whole("target"),
    Column("before", OurWords, nullable=False),
    Column("after", OurWords, nullable=False),
)

keepsakes = Table(
    "keepsakes",
    METADATA,
    whole("id"),
    whole("guild"),
    whole("user"),
    Column("purpose", OurWords, nullable=False),
    Column("text", MemberWords, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
)

pauses = Table(
    "pauses",
    METADATA,
    whole("guild"),
    Column("rule", OurWords),
    whole("paused_by"),
    Column("paused_at", Moment, nullable=False),
)

restorations = Table(
    "restorations",
    METADATA,
    whole("id"),
    whole("guild"),
    Column("rule", OurWords),
    Column("since_at", Moment, nullable=False),
    whole("ordered_by"),
    Column("ordered_at", Moment, nullable=False),
    whole("cases"),
    whole("posts"),
)

audit_log_progress = Table("audit_log_progress", METADATA, whole("guild"), whole("entry"))

erasures_asked = Table(
    "erasures_asked",
    METADATA,
    whole("guild"),
    whole("user"),
    Column("asked_at", Moment, nullable=False),
)
