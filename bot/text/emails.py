"""E-mail addresses in a text, also where the at sign and the dots are written in words.

Placeholders (``you@example.com``), addresses nobody reads (``noreply@``) and what only looks like
an address (``git@host:path``, ``user:password@host``, ``package@1.2.3``) are not addresses here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.text.email_names import (
    DESK_NAME_RE,
    NO_NAME_RE,
    PLACEHOLDER_DOMAIN_RE,
    PLACEHOLDER_NAME_RE,
    UNREAD_NAME_RE,
)
from bot.text.made_up import is_example
from bot.text.patterns import Match, Pattern, any_of, any_word
from bot.text.suffixes import registered_domain
from bot.text.widths import narrow


class EmailForm(StrEnum):
    """How an address is written."""

    PLAIN = "plain"
    """``name@host.tld``."""
    DISGUISED = "disguised"
    """Signs in brackets, words or spaced letters: ``name (at) host dot tld``."""
    LOOSE = "loose"
    """Bare words that usually mean an address, but need not: ``name at host dot tld``."""
    PARTIAL = "partial"
    """A name at a mail provider without its ending: ``name@gmail``."""
    PASSED_ON = "passed-on"
    """One that may be passed on in good faith: the author's own desk, or in a commit's trailer."""
    DESK = "desk"
    """Of a help or legal desk that is not said to be the author's."""
    EXAMPLE = "example"
    """One that the words beside it call an example, or judge by its form."""


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An address and its half-open span in the text that was read."""

    start: int
    end: int
    form: EmailForm


_PROVIDER: Final = any_word(
    # The mail hosts open to everyone that members name by brand; chosen by hand, not measured.
    r"gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud protonmail "
    r"proton pm aol gmx web mail inbox yandex zoho zohomail fastmail tutanota tuta hey "
    r"rediffmail qq 163 126 naver ukr rambler bk list me mac"
)
_BRAND: Final = any_word(
    # Those of the providers that mean nothing but mail when they follow an at sign.
    r"gmail googlemail yahoo ymail hotmail outlook icloud protonmail rediffmail zohomail "
    r"fastmail"
)
_PROVIDER_RE: Final = Pattern(_PROVIDER)
_PLAIN_RE: Final = Pattern(
    r"(?P<local>[a-z0-9][a-z0-9._%+'\-]{0,63})",  # the name
    r"@",
    r"(?P<domain>(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,4}",  # labels of the host
    r"[a-z]{2,18})",  # its last label
)
_OPEN: Final = r"[\[({<*_|~\-]{1,2}"
_CLOSE: Final = r"[\])}>*_|~\-]{1,2}"
_DISGUISED_RE: Final = Pattern(
    r"(?P<local>[a-z0-9][a-z0-9_+\-]{0,40}",
    r"(?:(?:\.|\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?|\sdot\s)[a-z0-9_+\-]{1,40}){0,3})",
    r"(?P<at>",
    any_of(
        rf"\s{{0,2}}{_OPEN}\s?(?:at|@|a\.t|a t)\s?{_CLOSE}\s{{0,2}}",  # (at), [@], -at-
        r"\s{0,3}@\s{0,3}",
        r"\s{1,3}(?:at|at\s+sign|a\s?t\s?sign)\s{1,3}",
    ),
    r")",
    r"(?P<host>[a-z0-9][a-z0-9\-]{0,40})",
    r"(?P<rest>(?:",
    any_of(
        rf"\s{{0,2}}{_OPEN}\s?(?:dot|d0t|\.|point)\s?{_CLOSE}\s{{0,2}}",  # (dot), [.]
        r"\s{1,3}(?:dot|d0t)\s{1,3}",
        r"\s{0,2}\.\s{0,2}",
    ),
    r"[a-z0-9\-]{2,18}){1,3})",
)
_REST_DOT_RE: Final = Pattern(
    any_of(rf"\s*{_OPEN}\s?(?:dot|d0t|\.|point)\s?{_CLOSE}\s*", r"\s+(?:dot|d0t)\s+", r"\s*\.\s*"),
)
_SPACED_RE: Final = Pattern(
    r"\b(?P<local>(?:[a-z0-9._\-] ){3,40})",  # letters one by one
    r"(?:@|at|\(at\)) ",
    r"(?P<domain>(?:[a-z0-9\-] ){2,30}(?:\.|dot) [a-z](?: [a-z]){1,5})\b",
)
_PARTIAL_RE: Final = Pattern(
    any_of(
        rf"(?P<tight>[a-z0-9][a-z0-9._+\-]{{2,40}})@{_BRAND}",
        r"(?P<loose>[a-z0-9][a-z0-9._+\-]{2,40})(?:\s@\s?|\s?[(\[]at[)\]]\s?|"
        rf"\sat\s){_BRAND}",
        rf"\b(?:my|our) (?:e-?mail|mail|gmail)(?: (?:id|address))?(?: is|:) "
        rf"(?P<mine>[a-z0-9][a-z0-9._+\-]{{2,40}})\s(?:at\s)?{_BRAND}",
        rf"(?P<bare>[a-z0-9][a-z0-9._+\-]{{2,40}})\s{_BRAND}\s(?:dot\s)?com",
        rf"{_BRAND}\s?(?:id|address|account)?(?:\s?[:=]\s?|"
        r"\sis\s)(?P<named>[a-z0-9][a-z0-9._+\-]{3,40})",
    ),
    r"\b",
)
_SHELL_RE: Final = Pattern(
    r"\b(?:ssh|scp|sftp|rsync|mosh|sshfs|telnet|rlogin|ftp|finger|su|sudo|"
    r"ping|git clone|"
    r"git remote add \S+|user\.email)(?:\s+\S+){0,3}\s+['\"]?$"
)
_TRAILER_RE: Final = Pattern(
    r"(?:\b(?:signed-off|co-authored|co-developed|reviewed|acked|tested|"
    r"reported|suggested)-by:|"
    r"\bauthor(?:=|:)|^From:)[^\n<]{0,60}<?$"
)
_OURS_RE: Final = Pattern(
    r"\b(?:mail|contact|reach|write(?: to)?|message|call|ask) (?:us|me)\b|\b(?:our|"
    r"my) (?:\w+ )?(?:e-?mail|mail|address|team|support|agency|company|studio|shop|store|"
    r"service|services|desk|website|site)\b"
)
_ABOUT_MAIL_RE: Final = Pattern(
    r"\b(?:e-?mails?(?: (?:me|us|address|id))?|gmail|mail me|mail|"
    r"reach (?:me|us)|contact(?: me| us)?|write (?:to )?(?:me|us))\b"
    r"[^\n]{0,20}$"
)


def find_emails(text: str, reach: int) -> Iterator[EmailAddress]:
    """Yield the addresses in a text, from left to right for each form; spans never overlap.

    Args:
        text: without lone surrogates.
        reach: code points before an address in which a word such as "email" still speaks of it.
    """
    text = narrow(text)
    taken: list[tuple[int, int]] = []
    for found in _candidates(text, reach):
        if all(found.end <= start or end <= found.start for start, end in taken):
            taken.append((found.start, found.end))
            example = is_example(text, found.start, found.end)
            yield replace(found, form=EmailForm.EXAMPLE) if example else found


def _candidates(text: str, reach: int) -> Iterator[EmailAddress]:
    if "@" in text:
        yield from filter(None, (_plain(text, match) for match in _PLAIN_RE.finditer(text)))
    lowered = text.lower()
    if "@" not in text and "at" not in lowered and "mail" not in lowered:
        return
    yield from filter(None, (_disguised(text, m, reach) for m in _DISGUISED_RE.finditer(text)))
    yield from filter(None, (_spaced(match) for match in _SPACED_RE.finditer(text)))
    yield from filter(None, (_partial(text, match, reach) for match in _PARTIAL_RE.finditer(text)))


def _plain(text: str, match: Match) -> EmailAddress | None:
    local, domain = match.group("local") or "", match.group("domain") or ""
    before, after = text[max(0, match.start - 80) : match.start], text[match.end : match.end + 2]
    is_path = len(after) == 2 and after[0] == ":" and not after[1].isspace()
    if is_path or before.endswith("@") or _SHELL_RE.search(before) or _is_login(before, domain):
        return None
    if _is_message_id(local) or not _is_someones(local, domain):
        return None
    return EmailAddress(match.start, match.end, _plain_form(local, domain, before))


def _plain_form(local: str, domain: str, before: str) -> EmailForm:
    if DESK_NAME_RE.matches(local):
        free = _PROVIDER_RE.matches(domain.partition(".")[0])
        return EmailForm.PASSED_ON if free or _OURS_RE.search(before) else EmailForm.DESK
    return EmailForm.PASSED_ON if _TRAILER_RE.search(before) else EmailForm.PLAIN


def _is_login(before: str, domain: str) -> bool:
    token = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    _, scheme, authority = token.rpartition("://")
    if not scheme or "/" in authority or "?" in authority:
        return False
    return ":" in authority or not _PROVIDER_RE.matches(domain.partition(".")[0])


def _disguised(text: str, match: Match, reach: int) -> EmailAddress | None:
    local, at, host = match.group("local") or "", match.group("at") or "", match.group("host") or ""
    rest = match.group("rest") or ""
    if at == "@" and not any(char.isspace() or char in "([{<" for char in rest + local):
        return None  # the plain form, judged already
    domain, end = _longest_domain(host, rest, match.end)
    if domain is None or not _is_someones(local, domain):
        return None
    is_provider = _PROVIDER_RE.matches(host)
    bracketed = any(char in "[({<*|~" for char in at)
    spoken = any(char in "([{<_" for char in rest) or "dot" in rest.lower().split()
    if not bracketed and any(char in "_-" for char in at) and not (spoken or is_provider):
        return None  # stay-at-home.com is a name of its own
    if NO_NAME_RE.matches(local) and not bracketed:
        return None
    if DESK_NAME_RE.matches(local):
        form = EmailForm.PASSED_ON
    elif bracketed or (is_provider and (spoken or at.strip() != "at")) or (spoken and "@" in at):
        form = EmailForm.DISGUISED
    elif spoken or is_provider or _speaks_of_mail(text, match.start, reach):
        form = EmailForm.LOOSE
    else:
        return None
    return EmailAddress(match.start, end, form)


def _longest_domain(host: str, rest: str, end: int) -> tuple[str | None, int]:
    dots = list(_REST_DOT_RE.finditer(rest))
    for count in range(len(dots), 0, -1):
        stop = dots[count].start if count < len(dots) else len(rest)
        labels = [host]
        for index in range(count):
            label_end = dots[index + 1].start if index + 1 < len(dots) else len(rest)
            labels.append(rest[dots[index].end : label_end])
        domain = ".".join(labels).lower()
        if labels[-1].isalpha() and registered_domain(domain)[0]:
            return domain, end - (len(rest) - stop)
    return None, end


def _spaced(match: Match) -> EmailAddress | None:
    domain = (match.group("domain") or "").replace(" dot ", ".").replace(" ", "").lower()
    if not registered_domain(domain)[0]:
        return None
    return EmailAddress(match.start, match.end, EmailForm.DISGUISED)


def _partial(text: str, match: Match, reach: int) -> EmailAddress | None:
    tight, named, mine = match.group("tight"), match.group("named"), match.group("mine")
    bare = match.group("bare")
    local = (tight or match.group("loose") or named or mine or bare or "").rstrip(".")
    if text[match.end : match.end + 1] == "." and text[match.end + 1 : match.end + 2].isalnum():
        return None
    if NO_NAME_RE.matches(local) or not _is_someones(local, "gmail.com"):
        return None
    telling = any(char.isdigit() or char in "._" for char in local)
    if bare and telling:
        return EmailAddress(match.start, match.end, EmailForm.LOOSE)
    told = tight or mine or (telling and (named or _speaks_of_mail(text, match.start, reach)))
    if not told:
        return None
    return EmailAddress(match.start, match.end, EmailForm.PARTIAL)


def _is_someones(local: str, domain: str) -> bool:
    return not (
        PLACEHOLDER_NAME_RE.matches(local)
        or UNREAD_NAME_RE.matches(local)
        or PLACEHOLDER_DOMAIN_RE.matches(domain.lower())
        or not registered_domain(domain.lower())[0]
    )


def _is_message_id(local: str) -> bool:
    digits = sum(char.isdigit() for char in local)
    return "." in local and digits >= 8 and digits * 2 > len(local)


def _speaks_of_mail(text: str, start: int, reach: int) -> bool:
    return _ABOUT_MAIL_RE.search(text[max(0, start - reach) : start]) is not None
