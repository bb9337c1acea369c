"""What the core needs of the world outside, as protocols; adapters implement them."""

from bot.ports.audit_log import AuditLog, AuditPage
from bot.ports.clock import Clock
from bot.ports.drafts import (
    BY_ITSELF,
    CaseDraft,
    CasePage,
    CaseQuery,
    Keepsake,
    Link,
    Observation,
    Pause,
    PostedHead,
    RemovedPost,
    Restoration,
    Ruled,
    RulingDraft,
)
from bot.ports.enforcer import Enforcer, Words
from bot.ports.measures import (
    Absent,
    BanSeen,
    Deniable,
    Measures,
    MemberSeen,
    OverwriteSeen,
    Referrals,
    Room,
)
from bot.ports.outcome import (
    GONE_ALREADY,
    IN_PLACE,
    IN_PLACE_IN_THREAD,
    IN_THREAD,
    ROLE_GONE,
    ROLE_HELD,
    STANDS_IN_THREAD,
    WITHOUT_FILES,
    Delivery,
    Outcome,
)
from bot.ports.quotes import Quotes
from bot.ports.store import Store
from bot.ports.transaction import Transaction

__all__ = [
    "BY_ITSELF",
    "GONE_ALREADY",
    "IN_PLACE",
    "IN_PLACE_IN_THREAD",
    "IN_THREAD",
    "ROLE_GONE",
    "ROLE_HELD",
    "STANDS_IN_THREAD",
    "WITHOUT_FILES",
    "Absent",
    "AuditLog",
    "AuditPage",
    "BanSeen",
    "CaseDraft",
    "CasePage",
    "CaseQuery",
    "Clock",
    "Delivery",
    "Deniable",
    "Enforcer",
    "Keepsake",
    "Link",
    "Measures",
    "MemberSeen",
    "Observation",
    "Outcome",
    "OverwriteSeen",
    "Pause",
    "PostedHead",
    "Quotes",
    "Referrals",
    "RemovedPost",
    "Restoration",
    "Room",
    "Ruled",
    "RulingDraft",
    "Store",
    "Transaction",
    "Words",
]
