"""Where a domain name ends: the public suffix list bundled with tldextract, no network."""

from functools import cache

import tldextract


@cache
def _extractor() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def registered_domain(host: str) -> str:
    """Return ``example.co.uk`` of ``a.b.example.co.uk``; empty without a public suffix."""
    return _extractor()(host).top_domain_under_public_suffix
