"""Web addresses in a text: with a scheme or without, behind masked links, and disguised."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.model.screened import Link, View
from bot.text.markup import MaskedLink
from bot.text.suffixes import registered_domain

MOST_LINKS: Final = 50
"""Links read of one part; chosen, not measured: bounds the cost of a part made of links."""

SCHEME_RE: Final = re.compile(
    r"(?<![a-z0-9])h(?:tt|xx|\*\*)p(?P<secure>s?)"  # hxxp and h**p: schemes made unclickable
    r"(?:\s?\[?:\]?\s?/{1,2}|\s:\s?/\s?/)\s?"
    r"(?P<rest>[^\s<>\"'|]{1,2000})"
)
"""An address with a scheme."""

BARE_RE: Final = re.compile(
    r"(?<![\w@./\\-])(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"(?P<port>:\d{1,5})?(?P<path>[/?#][^\s<>\"'|]{0,2000})?(?![\w@(\\])"
)
"""Names joined by dots, as addresses are typed without a scheme."""

SPACED_RE: Final = re.compile(
    r"(?<![\w@./-])(?P<name>[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,8})"
    r"(?:(?P<bracketed>\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?)|(?P<apart>\s(?:\.|dot)\s)|\s\.|\.\s)"
    r"(?P<top>[a-z]{2,10})"
    r"(?P<path>(?:\s?/\s?|\sslash\s)[\w/?=&%-]{1,200})?(?![\w@(])"
)
"""``discord . gg / x``, ``discord[.]gg``, ``discord dot gg slash x``."""

BARE_SUFFIXES: Final = frozenset(
    {
        *("com", "net", "org", "info", "biz", "edu", "gov", "int", "io", "gg", "co", "dev", "app"),
        *("ai", "tv", "ly", "gl", "xyz", "icu", "shop", "store", "site", "online", "website"),
        *("tech", "cloud", "eu", "uk", "de", "fr", "nl", "ru", "ca", "au", "br", "cn", "jp", "kr"),
        *("ch", "se", "dk", "fi", "ua", "mx", "za", "nz", "ph", "pk", "bd", "ng", "ke", "lk"),
    }
)
"""Suffixes that make an address of two bare names; others end sentences and file names too often
(``is``, ``so``, ``it``, ``me``, ``py``, ``sh``, ``md``, ``zip``). Chosen, not measured."""

SPACED_SUFFIXES: Final = frozenset(
    {"com", "net", "org", "info", "io", "gg", "co", "ly", "me", "tv"}
)
"""Suffixes believed where dots are spelled out or set apart; chosen, not measured."""

FILE_ENDINGS: Final = frozenset({"py", "rs", "sh", "md", "pl", "cc", "so", "zip", "mov", "ps"})
"""Public suffixes that are file name endings too; even with a path they need a scheme."""

FRAMEWORKS: Final = frozenset({"asp.net", "vb.net", "ado.net", "ml.net"})
"""Names of software that look like addresses."""

_CLOSERS: Final = ".,;:!?*_~\"'>"


def links_of(raw: str, folded: View, masked: Iterable[MaskedLink]) -> tuple[tuple[Link, ...], bool]:
    """Return the links of a text by where they start, and whether all were read.

    Args:
        raw: the text.
        folded: its matching copy.
        masked: its masked links.
    """
    finder = _Finder(raw, folded)
    found: list[Link] = []
    for link in finder.all(masked):
        if len(found) == MOST_LINKS:
            return tuple(sorted(found, key=lambda one: one.start)), False
        found.append(link)
    return tuple(sorted(found, key=lambda one: one.start)), True


class _Finder:
    def __init__(self, raw: str, folded: View) -> None:
        self.raw = raw
        self.view = folded
        self.taken = bytearray(len(folded.text))

    def all(self, masked: Iterable[MaskedLink]) -> Iterator[Link]:
        for one in masked:
            yield _link(one.start, one.end, one.url)
        if "/" in self.view.text:
            for found in SCHEME_RE.finditer(self.view.text):
                yield from self._with_scheme(found)
        if "." in self.view.text or "dot" in self.view.text:
            for found in BARE_RE.finditer(self.view.text):
                yield from self._bare(found)
            for found in SPACED_RE.finditer(self.view.text):
                yield from self._spaced(found)

    def _with_scheme(self, found: re.Match[str]) -> Iterator[Link]:
        rest = _trimmed(found["rest"])
        if not rest[:1].isalnum() and rest[:1] != "[":
            return
        scheme = f"http{found['secure']}"
        end = found.start("rest") + len(rest)
        yield self._take(found.start(), end, f"{scheme}://{self._typed(found.start('rest'), end)}")

    def _bare(self, found: re.Match[str]) -> Iterator[Link]:
        if any(self.taken[found.start() : found.end()]):
            return
        host = found["host"]
        _, suffix = registered_domain(host)
        top = suffix.rpartition(".")[2]
        if not suffix or host in FRAMEWORKS or not self._is_address(found, suffix, top):
            return
        end = found.start() + len(_trimmed(found[0]))
        yield self._take(found.start(), end, self._typed(found.start(), end))

    def _is_address(self, found: re.Match[str], suffix: str, top: str) -> bool:
        host = found["host"]
        if top in FILE_ENDINGS:
            return False
        if host.startswith("www.") or "." in suffix:
            return True
        if len((found["path"] or "").strip(_CLOSERS)) > 1:
            return True
        typed = self._typed(found.end("host") - len(top), found.end("host"))
        return (
            suffix in BARE_SUFFIXES
            and (typed.islower() or top == "com" or self._typed(*found.span("host")).isupper())
            and not host.removesuffix(f".{suffix}").replace(".", "").isdigit()
        )

    def _spaced(self, found: re.Match[str]) -> Iterator[Link]:
        if any(self.taken[found.start() : found.end()]):
            return
        top, path = found["top"], found["path"] or ""
        believed = found["bracketed"] or path or (found["apart"] and top in {"com", "org"})
        if top not in SPACED_SUFFIXES or not believed:
            return
        start, end = found.span("path")
        tail = path.replace("slash", "/", 1) if "/" not in path else path
        typed = self._typed(start, end) if path and len(tail) == len(path) else tail
        url = f"{found['name']}.{top}{''.join(typed.split())}"
        yield self._take(found.start(), found.end(), url)

    def _take(self, start: int, end: int, url: str) -> Link:
        self.taken[start:end] = b"\x01" * (end - start)
        return _link(*self.view.span(start, end), url)

    def _typed(self, start: int, end: int) -> str:
        """Return a stretch of the matching copy with the capitals it was typed with."""
        return "".join(
            typed if typed.lower() == self.view.text[index] else self.view.text[index]
            for index in range(start, end)
            for typed in (self.raw[self.view.starts[index] : self.view.ends[index]],)
        )


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence it stands in."""
    while address:
        if address[-1] in _CLOSERS:
            address = address.rstrip(_CLOSERS)
        elif address[-1] in ")]}" and address.count(address[-1]) > address.count(
            "([{"[")]}".index(address[-1])]
        ):
            address = address[:-1]
        else:
            break
    return address


def _link(start: int, end: int, url: str) -> Link:
    rest = url.partition("://")[2] if "://" in url[:8] else url
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    path = rest[len(authority) :]
    host = authority.rpartition("@")[2].lower()
    if host.startswith("["):  # an address of IPv6 has colons of its own
        host = f"{host.partition(']')[0]}]"
    else:
        host = host.partition(":")[0].rstrip(".")
    return Link(start, end, url, host, registered_domain(host)[0], path)
