"""No contact information: e-mail addresses, telephone numbers, accounts elsewhere, postal addresses.

Reasoning:
    What is posted in a public community is copied within minutes and cannot be taken back; and a
    member who answers leaves the place where these guidelines protect both sides.

Catches:
    PLACEHOLDER

Source:
    PLACEHOLDER
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from bot.detectors._detector import Detector, Examples
from bot.detectors._evidence import Kind, at_raw, seen
from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.screened import Link, ScreenedPart, ScreenedPost
from bot.text.addresses import AddressForm, find_addresses
from bot.text.emails import EmailForm, find_emails
from bot.text.handles import HandleForm, find_handles
from bot.text.patterns import Pattern, any_of
from bot.text.phones import PhoneForm, find_phones
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
    EmailForm.DISGUISED: Kind("email", 0.95, "an e-mail address written in a disguised form"),
    EmailForm.PARTIAL: Kind("email", 0.85, _EMAIL),
    EmailForm.LOOSE: Kind("email", 0.80, "what reads like an e-mail address in words"),
    EmailForm.PASSED_ON: Kind("email", 0.60, _EMAIL),
}
_PHONES: Final = {
    PhoneForm.INTERNATIONAL: Kind("phone", 0.97, _PHONE),
    PhoneForm.INTRODUCED: Kind("phone", 0.97, _PHONE),
    PhoneForm.NATIONAL: Kind("phone", 0.95, _PHONE),
    PhoneForm.SPELLED: Kind("phone", 0.85, "a telephone number written in words"),
    PhoneForm.LOCAL: Kind("phone", 0.80, _PHONE),
    PhoneForm.TOLL_FREE: Kind("phone", 0.80, _PHONE),
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

_CONTACT_HOST: Final = any_of(
    r"(?:www\.)?t\.me/(?:\+|joinchat/)?[a-z0-9_]{4,}",
    r"(?:www\.)?telegram\.(?:me|dog)/[a-z0-9_+]{4,}",
    r"wa\.me/[+a-z0-9]{5,}",
    r"(?:api|web|chat)\.whatsapp\.com/\S{4,}",
    r"whatsapp\.com/channel/\S{4,}",
    r"(?:www\.)?m\.me/[a-z0-9.]{3,}",
    r"line\.me/(?:r/)?ti/\S{3,}",
    r"lin\.ee/\w{3,}",
    r"signal\.(?:me|group)/\S{3,}",
    r"u\.wechat\.com/\S{3,}",
    r"join\.skype\.com/\S{3,}",
    r"kik\.me/\w{3,}",
    r"zalo\.me/\w{3,}",
    r"viber\.(?:me|click)/\S{3,}",
    r"(?:www\.)?snapchat\.com/add/\S{2,}",
    r"discord(?:app)?\.com/users/\d{15,}",
    r"matrix\.to/\#/\S{3,}",
)
_BOOKING_HOST: Final = any_of(
    r"(?:www\.)?calendly\.com/[\w-]{3,}",
    r"(?:app\.)?cal\.com/[\w-]{3,}",
    r"tidycal\.com/[\w-]{3,}",
    r"savvycal\.com/[\w-]{3,}",
    r"koalendar\.com/e/\S+",
    r"(?:[\w-]+\.)?zoom\.us/(?:j|my|s)/\S+",
    r"meet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}",
    r"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/\S+",
    r"calendar\.app\.google/\S+",
)
_PROFILE_HOST: Final = any_of(
    r"(?:\w{2,3}\.)?linkedin\.com/in/[\w%-]{3,}",
    r"(?:www\.|m\.)?facebook\.com/(?:profile\.php\?id=\d+|people/\S+|"
    r"[\w.]{5,}/?$)",
    r"(?:www\.)?fb\.com/[\w.]{4,}/?$",
    r"(?:www\.)?instagram\.com/[\w.]{3,}/?(?:\?\S*)?$",
    r"(?:www\.)?(?:twitter|x)\.com/\w{3,15}/?(?:\?\S*)?$",
    r"(?:www\.)?tiktok\.com/@[\w.]{3,}/?(?:\?\S*)?$",
    r"(?:www\.)?threads\.(?:net|com)/@[\w.]{3,}/?$",
    r"(?:www\.)?linktr\.ee/[\w.-]{2,}",
    r"(?:www\.)?about\.me/[\w.-]{3,}",
    r"bio\.link/\S{2,}",
    r"beacons\.ai/\S{2,}",
    r"bsky\.app/profile/[\w.-]+/?$",
    r"(?:www\.)?vk\.com/[\w.]{4,}/?$",
)
_CONTACT_RE: Final = Pattern(rf"^(?:https?://)?{_CONTACT_HOST}")
_BOOKING_RE: Final = Pattern(rf"^(?:https?://)?{_BOOKING_HOST}")
_PROFILE_RE: Final = Pattern(rf"^(?:https?://)?{_PROFILE_HOST}")
_NO_PERSON_RE: Final = Pattern(
    # Pages of such hosts that belong to nobody.
    r"(?:t\.me/(?:s/|share\b|iv\?|addstickers|proxy|setlanguage)|"
    r"(?:facebook|fb|instagram|twitter|x)\.com/(?:help|about|policies|legal|"
    r"login|home|explore|search|settings|"
    r"groups|events|marketplace|watch|business|ads|terms|privacy|hashtag|"
    r"intent|share|sharer|i|p|reel|tos|signup|"
    r"upwork|fiverr|freelancer|discord)\b)"
)
_WRITTEN_RE: Final = Pattern(
    # Contact links as text, also where they were broken up to escape link readers.
    r"\b(?P<link>",
    any_of(
        r"(?:t|wa|m|telegram|kik|zalo)\s?(?:\.|\(dot\)|\[dot\]|"
        r"\sdot\s)\s?me\s?/\s?[+a-z0-9_]{4,}",
        r"(?:skype|viber|whatsapp|tg|line|"
        r"signal):(?://)?(?:[a-z0-9._:\-]{3,})\?(?:chat|call|add|text|phone|"
        r"send)\S*",
        r"tg://\S{4,}|whatsapp://\S{4,}|viber://\S{4,}",
    ),
    r")",
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
    for email in find_emails(text, reach):
        yield seen(_RULE, part, view, (email.start, email.end), _EMAILS[email.form])
    for link in part.links:
        kind = _kind_of(link)
        if kind is not None:
            yield at_raw(_RULE, part, (link.start, link.end), kind)
    for written in _WRITTEN_RE.finditer(narrow(text)):
        if _NO_PERSON_RE.search(written.text):
            continue
        yield seen(_RULE, part, view, written.span("link"), _CONTACT_LINK)
    for phone in find_phones(text, windows, reach):
        yield seen(_RULE, part, view, (phone.start, phone.end), _PHONES[phone.form])
    for handle in find_handles(text, reach):
        yield seen(_RULE, part, view, (handle.start, handle.end), _HANDLES[handle.form])
    for address in find_addresses(text, reach):
        yield seen(_RULE, part, view, (address.start, address.end), _ADDRESSES[address.form])


def _kind_of(link: Link) -> Kind | None:
    url = f"{link.host}{link.path}"
    if _NO_PERSON_RE.search(url):
        return None
    if _CONTACT_RE.search(url):
        return _CONTACT_LINK
    if _BOOKING_RE.search(url):
        return _BOOKING_LINK
    return _PROFILE_LINK if _PROFILE_RE.search(url) else None


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
)
