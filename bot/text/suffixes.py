"""Where a host's registered name begins; the only place that speaks to tldextract."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract.tldextract import ExtractResult


@lru_cache(maxsize=1 << 12)
def registered_domain(host: str) -> tuple[str, str]:
    """Return the registered domain of a lower-case host, and its public suffix.

    Both are empty for an address without a public suffix: an IP address, ``localhost``,
    ``node.js``.
    """
    parts = _extract()(host)
    if not parts.domain or not parts.suffix:
        return "", ""
    return f"{parts.domain}.{parts.suffix}", parts.suffix


@cache
def _extract() -> "Callable[[str], ExtractResult]":
    """Return the reader of the installed public suffix list: no network, nothing written.

    Imported at the first host, which most posts do not have: 0.2 s on a busy machine, 2026-11-22.
    """
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
