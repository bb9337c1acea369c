"""No contact information: e-mail addresses, telephone numbers, accounts elsewhere, addresses.

Reasoning:
    What is posted in a public community is copied within minutes and cannot be taken back, whoever
    it belongs to; and a member who answers it leaves the place whose rules protect both sides.

Catches:
    E-mail addresses, also with the signs in words, brackets, spaces or full-width letters.
    Telephone numbers with a country code, beside a word such as "call", grouped as their country
    groups them, or spelled out. Names of accounts on messengers and networks. Links that open a
    talk, a meeting or a profile. Postal addresses with a house number.

Permits:
    Talking about mail, calls and messengers; placeholders such as you@example.com; addresses
    nobody reads; code, machines, identifiers, dates, prices and other figures; help pages.
    An address or a number that the words beside it call an example is a note; a number kept for
    fiction is asked about, unless members are told to call it.

Known gaps:
    National numbers of countries outside the regions in bot/text/phones.py, when no word says what
    they are: on the templates below 54 of 172 numbers were missed. Letters in place of digits
    ("4l5") where no word introduces the number. Addresses with bare words ("name at host dot tld")
    and help lines are only asked about, crisis lines and desks of organisations only noted.
    Account names without the name of a service.

Source:
    Confidence is precision at a prevalence of 1 %: 0.01 r / (0.01 r + 0.99 f), r the recall and f
    the rate of wrong findings, each at the worse end of its 95 % Wilson interval; measured on
    2026-11-22 with the shipped numbers. r on 63 addresses and 172 numbers in presidio-research's
    synthetic posts: the half of their templates (few: 16 in all, so the intervals flatter) whose
    misses building never looked at; two payment cards there, taken for numbers, led to a change.
    f on 159,367 posts nobody wrote for this purpose: tweets (TweetEval emoji and stance, Davidson,
    OLID, complaints, Broad Twitter, W-NUT 2015), forum sentences (Stormfront, Stack Exchange,
    GoEmotions, Civil Comments, Firefox and wine reviews, Quora), chat (CONDA, SMS ham, YouTube
    ham) and innocent look-alikes (rustrict); every finding there was read.
    Plain addresses: r 63 of 63, f 0 wrong (about 40 posts do hold one): 0.997, given as 0.99.
    Numbers with country code, introduced or grouped: r 87 of 172, f 0 wrong (23 posts do hold
    one): 0.994, given as 0.97. Numbers that fit no plan, beside such a word: r 29 of 172, f 1
    wrong: 0.97, held at 0.90, since the wrong one led to a change. Disguised addresses: r 63 of 63
    in each of three bracketed rewritings of the same addresses, f 0 wrong; given as 0.96, because
    the rewriting is our own. Addresses by post: 187 of 487 in the held-out templates, most of the
    rest in other languages; all 11 found in the other posts were real, many of them shops: held
    at 0.85 and 0.60.
    All other kinds: chosen, not measured. Repeated on the same day after examples, numbers kept
    for fiction, public help lines and disguises of single characters came in: no finding more in
    those posts, in chat of #ubuntu, a software forum and code review (206,441 in all), and the
    same findings in the 3,315 synthetic posts.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from bot.detectors._contact_hosts import (
    BOOKING_RE,
    CONTACT_RE,
    NOBODY_RE,
    PAGE_RE,
    PROFILE_RE,
    WRITTEN_RE,
)
from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw, seen
from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.screened import Link, ScreenedPart, ScreenedPost, View
from bot.text.addresses import AddressForm, find_addresses
from bot.text.emails import EmailForm, find_emails
from bot.text.handles import HandleForm, find_handles
from bot.text.phones import PhoneForm, find_phones
from bot.text.undisguised import undisguised
from bot.text.widths import narrow

_RULE: Final = "contact-info"
_MOST: Final = 32
"""Findings of one text at most: more would change nothing for anyone; bounds the cost."""

_EMAIL: Final = "an e-mail address"
_PHONE: Final = "a telephone number"
_ACCOUNT: Final = "an account on a messenger or a social network"
_ADDRESS: Final = "a postal address"

_EMAILS: Final = {
    EmailForm.PLAIN: Kind("email", 0.99, _EMAIL),
    EmailForm.DISGUISED: Kind("email", 0.96, "an e-mail address written in a disguised form"),
    EmailForm.PARTIAL: Kind("email", 0.85, _EMAIL),
    EmailForm.LOOSE: Kind("email", 0.80, "what reads like an e-mail address in words"),
    EmailForm.PASSED_ON: Kind("email", 0.60, _EMAIL),
    EmailForm.DESK: Kind("email", 0.40, "an address of a help desk"),
    EmailForm.EXAMPLE: Kind("email", 0.40, "an e-mail address given as an example"),
}
_PHONES: Final = {
    PhoneForm.INTERNATIONAL: Kind("phone", 0.97, _PHONE),
    PhoneForm.INTRODUCED: Kind("phone", 0.97, _PHONE),
    PhoneForm.NATIONAL: Kind("phone", 0.97, _PHONE),
    PhoneForm.SPELLED: Kind("phone", 0.85, "a telephone number written in words"),
    PhoneForm.LOCAL: Kind("phone", 0.90, _PHONE),
    PhoneForm.TOLL_FREE: Kind("phone", 0.85, _PHONE),
    PhoneForm.PUBLIC: Kind("phone", 0.40, "a public help line"),
    PhoneForm.FICTIONAL: Kind("phone", 0.60, "a number of a kind kept for fiction"),
    PhoneForm.EXAMPLE: Kind("phone", 0.40, "a made-up telephone number"),
}
_HANDLES: Final = {
    HandleForm.EXPLICIT: Kind("messenger", 0.90, _ACCOUNT),
    HandleForm.LIKELY: Kind("messenger", 0.75, _ACCOUNT),
    HandleForm.PUBLIC: Kind("messenger", 0.55, _ACCOUNT),
}
_ADDRESSES: Final = {
    AddressForm.FULL: Kind("address", 0.85, _ADDRESS),
    AddressForm.STREET: Kind("address", 0.60, _ADDRESS),
}
_CONTACT_LINK: Final = Kind("contact-link", 0.90, "a link to write to or call somebody elsewhere")
_BOOKING_LINK: Final = Kind("booking-link", 0.60, "a link to a personal meeting")
_PROFILE_LINK: Final = Kind("profile-link", 0.55, "a link to a personal profile")
_PAGE_LINK: Final = Kind("profile-link", 0.40, "a link to a page that may be a person's")
_LINKS: Final = (
    (CONTACT_RE, _CONTACT_LINK),
    (BOOKING_RE, _BOOKING_LINK),
    (PROFILE_RE, _PROFILE_LINK),
    (PAGE_RE, _PAGE_LINK),
)


def _find(screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
    del memory  # what others posted changes nothing here
    windows = round(screened.number(_RULE, "phone_windows"))
    reach = round(screened.number(_RULE, "context_reach"))
    for part in screened.parts:
        taken: list[tuple[int, int]] = []
        for evidence in islice(_read(part, windows, reach), _MOST):
            if all(evidence.end <= start or end <= evidence.start for start, end in taken):
                taken.append((evidence.start, evidence.end))
                yield evidence


def _read(part: ScreenedPart, windows: int, reach: int) -> Iterator[Evidence]:
    view = part.plain
    text = view.text
    clear = undisguised(part)
    if clear is None:
        for email in find_emails(text, reach):
            yield seen(_RULE, part, view, (email.start, email.end), _EMAILS[email.form])
    else:  # instead of the plain text: two readings would cost twice as much
        yield from _disguised(part, clear, windows, reach)
    for link in part.links:
        kind = _kind_of(link)
        if kind is not None:
            yield at_raw(_RULE, part, (link.start, link.end), kind)
    for written in WRITTEN_RE.finditer(narrow(text)):
        if NOBODY_RE.search(written.text):
            continue
        yield seen(_RULE, part, view, written.span("link"), _CONTACT_LINK)
    for phone in find_phones(text, windows, reach):
        yield seen(_RULE, part, view, (phone.start, phone.end), _PHONES[phone.form])
    for handle in find_handles(text, reach):
        yield seen(_RULE, part, view, (handle.start, handle.end), _HANDLES[handle.form])
    for address in find_addresses(text, reach):
        yield seen(_RULE, part, view, (address.start, address.end), _ADDRESSES[address.form])


def _disguised(part: ScreenedPart, view: View, windows: int, reach: int) -> Iterator[Evidence]:
    for email in find_emails(view.text, reach):
        start, end = view.span(email.start, email.end)
        form = email.form
        if part.raw[start:end].lower() != view.text[email.start : email.end]:
            is_link = any(link.start <= start and end <= link.end for link in part.links)
            if is_link:  # encoded because a link may not hold it otherwise
                form = EmailForm.PASSED_ON
            elif form is EmailForm.PLAIN:
                form = EmailForm.DISGUISED
        yield at_raw(_RULE, part, (start, end), _EMAILS[form])
    for phone in find_phones(view.text, windows, reach):
        yield seen(_RULE, part, view, (phone.start, phone.end), _PHONES[phone.form])


def _kind_of(link: Link) -> Kind | None:
    url = f"{link.host}{link.path}".replace("\\", "/")  # as browsers read it
    if NOBODY_RE.search(url):
        return None
    for pattern, kind in _LINKS:
        if pattern.search(url):
            return kind
    return None


DETECTOR = Detector(
    rule=_RULE,
    find=_find,
    examples=Examples(
        breaches=(
            "You can reach me at maria.keller@gmail.com any time",
            "Write to sam (at) riverstone (dot) studio and I will send the files",
            "Call me at (415) 555-2671 after six",
            "my whatsapp is +44 7911 123456",
            "Telegram: @pixel_maria",
            "add me on skype live:maria.k_2",
        ),
        permitted=(
            "How do I change the email address of my account?",
            "Use you@example.com as a placeholder in the form",
            "git clone git@github.com:acme/site.git fails for me",
            "My order number is 4155552671 and it is still pending",
            "The server answers on 192.168.100.200:8080 since 2026-11-22 10:15",
            "Is WhatsApp allowed for calls with a client?",
        ),
    ),
    numbers=frozenset({"phone_windows", "context_reach"}),
    kinds=frozenset(
        kind.name
        for form in (_EMAILS, _PHONES, _HANDLES, _ADDRESSES, dict(_LINKS))
        for kind in form.values()
    ),
)
