"""Where a host's registered name begins; the only place that speaks to tldextract."""

from functools import lru_cache
from typing import Final

from tldextract import TLDExtract

_EXTRACT: Final = TLDExtract(suffix_list_urls=(), cache_dir=None)
"""The public suffix list of the installed release; no network, nothing written."""


@lru_cache(maxsize=1 << 12)
def registered_domain(host: str) -> tuple[str, str]:
    """Return the registered domain of a lower-case host, and its public suffix.

    Both are empty for an address without a public suffix: an IP address, ``localhost``,
    ``node.js``.
    """
    parts = _EXTRACT(host)
    if not parts.domain or not parts.suffix:
        return "", ""
    return f"{parts.domain}.{parts.suffix}", parts.suffix
