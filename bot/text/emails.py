"""E-mail addresses in a text, also where the at sign and the dots are written in words.

Placeholders (``you@example.com``), addresses nobody reads (``noreply@``) and what only looks like
an address (``git@host:path``, ``user:password@host``, ``package@1.2.3``) are not addresses here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.text.patterns import Match, Pattern, any_of
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
    """One that people pass on in good faith: of a help or legal desk, or in a commit's trailer."""


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An address and its half-open span in the text that was read."""

    start: int
    end: int
    form: EmailForm


_PROVIDER: Final = any_of(
    # The mail hosts open to everyone that members name by brand; chosen by hand, not measured.
    "gmail", "googlemail", "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn",
    "icloud", "protonmail", "proton", "pm", "aol", "gmx", "web", "mail", "inbox", "yandex",
    "zoho", "zohomail", "fastmail", "tutanota", "tuta", "hey", "rediffmail", "qq", "163", "126",
    "naver", "ukr", "rambler", "bk", "list", "me", "mac",
)  # fmt: skip
_BRAND: Final = any_of(
    # Those of the providers that mean nothing but mail when they follow an at sign.
    "gmail", "googlemail", "yahoo", "ymail", "hotmail", "outlook", "icloud", "protonmail",
    "rediffmail", "zohomail", "fastmail",
)  # fmt: skip
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
    r"(?P<local>(?:[a-z0-9._\-] ){3,40})",  # letters one by one
    r"(?:@|at|\(at\)) ",
    r"(?P<domain>(?:[a-z0-9\-] ){2,30}(?:\.|dot) [a-z](?: [a-z]){1,5})",
)
_PARTIAL_RE: Final = Pattern(
    any_of(
        rf"(?P<tight>[a-z0-9][a-z0-9._+\-]{{2,40}})@{_BRAND}",
        rf"(?P<loose>[a-z0-9][a-z0-9._+\-]{{2,40}})(?:\s@\s?|\s?[(\[]at[)\]]\s?|\sat\s){_BRAND}",
        rf"{_BRAND}\s?(?:id|address|account)?(?:\s?[:=]\s?|\sis\s)(?P<named>[a-z0-9][a-z0-9._+\-]{{3,40}})",
    ),
    r"\b",
)
_SHELL_RE: Final = Pattern(
    r"\b(?:ssh|scp|sftp|rsync|mosh|sshfs|telnet|rlogin|ftp|finger|su|sudo|ping|git clone|"
    r"git remote add \S+|user\.email)(?:\s+\S+){0,3}\s+['\"]?$"
)
_TRAILER_RE: Final = Pattern(
    r"(?:\b(?:signed-off|co-authored|co-developed|reviewed|acked|tested|reported|suggested)-by:|"
    r"\bauthor(?:=|:)|^From:)[^\n<]{0,60}<?$"
)
_PLACEHOLDER_NAME_RE: Final = Pattern(
    any_of(
        r"(?:your|my|some|any|this|that|their|his|her)[._\-]?\S*(?:mail|name|address|user|other)\S*",
        r"(?:your|my|some|this\.other|other)[._\-]?(?:e-?mail|self|id|account|login|username)",
        r"your|you|yourname|user(?:name)?\d{0,2}|name|e-?mail|mail|someone|somebody|anyone|anybody|nobody",
        r"example\d*|test\d*|testuser\d*|foo|bar|baz|foobar|abc|abcd|xyz|xxx+|x|aaa+|asdf|qwerty",
        r"first(?:name)?[._]?last(?:name)?|john[._]?doe|jane[._]?doe|joe[._]?bloggs|placeholder|dummy|fake",
        r"login|myuser|my_user|account|recipient|sender|address|person|member|client|customer",
    )
)
_UNREAD_NAME_RE: Final = Pattern(
    r"(?:no[._\-]?reply|do[._\-]?not[._\-]?reply|donotreply|mailer-daemon|postmaster|bounces?|git|hg|svn|"
    r"root|www-data|notifications?)(?:[+._\-]\S*)?"
)
_DESK_NAME_RE: Final = Pattern(
    r"(?:support|help|helpdesk|legal|privacy|abuse|security|dpo|trust|safety|appeals|disputes?|"
    r"customer[._\-]?(?:service|support|care)|copyright|dmca|press|compliance|feedback)"
)
_PLACEHOLDER_DOMAIN_RE: Final = Pattern(
    any_of(
        r"(?:\S+\.)?example\.(?:com|org|net|edu)",  # RFC 2606
        r"\S+\.(?:example|test|invalid|localhost|local|lan|internal|localdomain|home|corp|arpa)",
        r"(?:\S+\.)?(?:your|my|some|their|any)[\-]?(?:domain|company|site|website|host|server|mail|email|"
        r"provider|org|business|client|app|isp)\.\w+",
        r"(?:domain|website|host|hostname|server|provider|test|foo|bar|abc|xyz|xxx+|placeholder)\.\w{2,4}",
        r"(?:foo|bar)\.(?:provider\.)?\w+|users\.noreply\.github\.com|noreply\.\S+",
        r"(?:company|mail|email)\.(?:tld|xyz|example)",
    )
)
_NO_NAME_RE: Final = Pattern(
    # Words before "at" in ordinary talk: "available at", "look at", "me at".
    r"(?:me|us|you|him|her|them|it|this|that|these|those|one|ones|all|any|some|look|looking|looked|looks|"
    r"available|site|out|hosted|host|live|lives|work|works|worked|working|account|accounts|address|addresses|"
    r"email|emails|e-mail|mail|mails|login|log|logged|sign|signed|signup|is|are|was|were|be|been|am|"
    r"located|found|find|here|there|up|down|start|starts|started|begin|stay|everything|anything|something|"
    r"nothing|people|person|team|guys|user|users|member|members|page|pages|website|blog|docs|doc|"
    r"documentation|download|downloads|store|shop|forum|channel|question|questions|answer|answers|"
    r"good|bad|great|best|or|and|but|not|just|only|also|even|still|now|then|today|in|on|over|back|read|"
    r"more|info|information|details|see|check|visit|join|buy|sell|sold|order|ordered|registered|published|"
    r"listed|posted|article|post|posts|job|jobs|engineer|developer|designer|manager|ceo|employee|employees|"
    r"meet|meeting|arrive|arrived|stop|stopped|call|called|price|priced|aimed|once|yell|laugh|stare|glance|"
    r"server|servers|repo|project|code|file|files|version|run|running|time|times|day|week|thing|things|stuff)"
)
_ABOUT_MAIL_RE: Final = Pattern(
    r"\b(?:e-?mails?(?: (?:me|us|address|id))?|gmail|mail me|mail|reach (?:me|us)|contact(?: me| us)?|write (?:to )?(?:me|us))\b"
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
            yield found


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
    passed_on = _DESK_NAME_RE.matches(local) or _TRAILER_RE.search(before)
    form = EmailForm.PASSED_ON if passed_on else EmailForm.PLAIN
    return EmailAddress(match.start, match.end, form)


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
    bracketed = any(char in "[({<*_|~-" for char in at)
    spoken = any(char in "([{<" for char in rest) or "dot" in rest.lower().split()
    if _NO_NAME_RE.matches(local) and not bracketed:
        return None
    if _DESK_NAME_RE.matches(local):
        form = EmailForm.PASSED_ON
    elif bracketed or (is_provider and (spoken or "@" in at)) or (spoken and "@" in at):
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
    tight, loose, named = match.group("tight"), match.group("loose"), match.group("named")
    local = (tight or loose or named or "").rstrip(".")
    if text[match.end : match.end + 1] == "." and text[match.end + 1 : match.end + 2].isalnum():
        return None
    if _NO_NAME_RE.matches(local) or not _is_someones(local, "gmail.com"):
        return None
    telling = any(char.isdigit() or char in "._" for char in local)
    if tight is None and not (telling and (named or _speaks_of_mail(text, match.start, reach))):
        return None
    return EmailAddress(match.start, match.end, EmailForm.PARTIAL)


def _is_someones(local: str, domain: str) -> bool:
    return not (
        _PLACEHOLDER_NAME_RE.matches(local)
        or _UNREAD_NAME_RE.matches(local)
        or _PLACEHOLDER_DOMAIN_RE.matches(domain.lower())
        or not registered_domain(domain.lower())[0]
    )


def _is_message_id(local: str) -> bool:
    digits = sum(char.isdigit() for char in local)
    return "." in local and digits >= 8 and digits * 2 > len(local)


def _speaks_of_mail(text: str, start: int, reach: int) -> bool:
    return _ABOUT_MAIL_RE.search(text[max(0, start - reach) : start]) is not None
