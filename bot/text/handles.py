"""Names of accounts on messengers and social networks, as members give them to be contacted by.

A messenger's name alone says nothing; an account is read where a name stands beside it in the form
of a name: with an at sign, an underscore, a digit, or after words such as "my … is".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.text.patterns import Match, Pattern, any_of
from bot.text.widths import narrow


class HandleForm(StrEnum):
    """How an account is named."""

    EXPLICIT = "explicit"
    """Messenger and a name that cannot be an ordinary word."""
    LIKELY = "likely"
    """Messenger, words that give an account, and a name that may be an ordinary word."""
    TAG = "tag"
    """``name#1234`` or a name on the very platform members are on."""


@dataclass(frozen=True, slots=True)
class Handle:
    """An account and its half-open span in the text that was read, messenger included."""

    start: int
    end: int
    form: HandleForm


_MESSENGER: Final = any_of(
    # Where people are asked to continue a talk; chosen by hand, not measured.
    r"tele\s?gram", r"tele", "tg", r"whats\s?app", r"watsapp", "wa", "signal", "skype", r"we\s?chat", "weixin",
    "line", "viber", r"snap(?:\s?chat)?", "sc", r"insta(?:\s?gram)?", "ig", "kik", "imo", "zalo", r"kakao(?:\s?talk)?",
    "qq", "icq", "messenger", r"face\s?book", "fb", "twitter", r"linked\s?in", r"tik\s?tok", "threads",
    "slack", "teams", "keybase", "wickr", "session", "element", "matrix", "jabber", "xmpp", "wire", "hangouts",
    r"google\s?(?:chat|meet|hangouts?)", "bigo", "botim", "upwork", "fiverr",
)  # fmt: skip
_PLAIN_MESSENGER: Final = any_of(
    # Those of them that mean nothing else.
    r"tele\s?gram", r"whats\s?app", "skype", r"we\s?chat", "viber", r"snap\s?chat", r"insta(?:gram)?", "ig", "tg", "kik",
    "zalo", r"kakao(?:\s?talk)?", "qq", "icq", "discord", "facebook", "fb", "twitter", r"linked\s?in",
)  # fmt: skip
_NAMED: Final = r"(?:\s?(?:id|i\.d\.?|handle|user\s?name|user|name|nick(?:name)?|account|acc|contact|address|add))?"
_NAME: Final = r"[a-z0-9](?:[a-z0-9._\-]{1,31})"
_AT_RE: Final = Pattern(
    rf"\b{_MESSENGER}{_NAMED}",
    r"(?:\s?[:=\-\x{2013}>|~(]{1,3}\s{0,2}|\s(?:is|at|on|as|me at|to|me)\s{1,2}|\s{1,2})",
    rf"(?P<name>@{_NAME})",
)
_AFTER_RE: Final = Pattern(
    rf"(?P<name>@{_NAME})\s{{1,2}}\(?(?:on|at|in|via|through|is my|my|\()\s{{0,2}}(?:my\s)?{_MESSENGER}\b"
)
_SKYPE_RE: Final = Pattern(r"\b(?P<name>live:(?:\.cid\.)?[a-z0-9][a-z0-9._\-]{2,40})")
_MATRIX_RE: Final = Pattern(r"(?P<name>@[a-z0-9._\-]{2,40}:[a-z0-9\-]+\.[a-z]{2,10})\b")
_GIVEN_RE: Final = Pattern(
    any_of(
        # "my telegram is bob", "our skype id: bob.smith"
        rf"\b(?:my|our|his|her|their|the)\s(?:personal\s|own\s|business\s)?(?:{_PLAIN_MESSENGER}|signal|line|snap|discord)"
        rf"{_NAMED}(?:\s?(?:is|[:=\-])\s{{0,2}}|\s)\"?",
        # "telegram: bob_93"
        rf"\b(?:{_PLAIN_MESSENGER}|snap|signal){_NAMED}\s?[:=\-]\s{{0,2}}\"?",
        # "telegram id bob93", "skype name bob93"
        rf"\b{_PLAIN_MESSENGER}\s(?:id|handle|user\s?name)\s(?:is\s|:\s?)?\"?",
        # "add me on skype bob.smith", "find me on insta: bob"
        rf"\b(?:add|find|message|msg|contact|text|dm|pm|ping|hit|write|reach|follow|inbox)\s(?:me|us)(?:\sup)?(?:\sout)?"
        rf"\s(?:on|at|via|in|through|over)\s(?:my\s)?(?:{_PLAIN_MESSENGER}|signal|line|snap)"
        r"(?:\s?[:=\-@(]\s?|\s(?:at|as|with|by|is)\s|\s)\"?",
    ),
    rf"(?P<name>@?{_NAME})",
)
_TAG_RE: Final = Pattern(r"(?P<name>\b[a-z][a-z0-9._]{1,31}\s?#\d{4})\b")
_TAG_CONTEXT_RE: Final = Pattern(r"\b(?:discord|add me|dm me|my tag|friend request|hmu|hit me up|message me)\b")
_NUMBERED_RE: Final = Pattern(
    r"^(?:bug|issue|pr|case|ticket|order|task|job|no|number|room|channel|contract|id|ref|invoice|item|post|page)\b"
)
_NOT_A_NAME_RE: Final = Pattern(
    # Words that follow a messenger's name in ordinary talk.
    r"(?:is|was|are|were|be|been|not|no|yes|nope|ok|okay|and|or|but|for|from|with|without|by|on|in|at|to|of|the|a|an|"
    r"my|your|our|his|her|their|its|it|this|that|these|those|they|we|you|he|she|i|me|us|them|who|what|when|where|why|"
    r"how|if|so|as|than|then|now|too|also|just|only|still|again|always|never|please|pls|plz|thanks|because|since|"
    r"work|works|working|worked|app|apps|web|desktop|group|groups|channel|channels|bot|bots|call|calls|chat|chats|"
    r"account|accounts|number|numbers|message|messages|messaging|meeting|link|links|page|profile|server|servers|"
    r"has|have|had|do|does|did|doesn|don|will|would|can|could|should|may|might|must|keeps|keep|got|get|gets|"
    r"banned|blocked|hacked|down|up|out|off|back|here|there|instead|today|tomorrow|anytime|any|all|some|same|"
    r"interview|interviews|scam|scams|scammer|client|clients|support|help|video|voice|id|ids|handle|username|user|"
    r"name|details|info|directly|asap|first|before|after|while|during|until|very|really|good|bad|better|best|great|"
    r"more|most|less|like|via|using|use|used|uses|user|users|integration|notifications?|updates?|version|install|"
    r"installed|download|business|premium|free|new|old|right|wrong|allowed|forbidden|against|about|over|outside|"
    r"telegram|whatsapp|skype|signal|discord|email|e-mail|mail|phone|zoom|slack|etc|e\.g|i\.e|soon|later|privately|"
    r"api|sdk|ads|marketing|story|stories|reels|posts?|followers?|handles|dm|dms|which|whose|one|two|three|"
    r"private|public|secure|encrypted|secret|hidden|unknown|none|n/a|na|tba|tbd|optional|required|missing)"
)


def find_handles(text: str, reach: int) -> Iterator[Handle]:
    """Yield accounts named in a text; spans never overlap.

    Args:
        text: without lone surrogates.
        reach: code points round a ``name#1234`` in which words may say that it is an account.
    """
    text = narrow(text)
    taken: list[tuple[int, int]] = []
    for found in _candidates(text, reach):
        if all(found.end <= start or end <= found.start for start, end in taken):
            taken.append((found.start, found.end))
            yield found


def _candidates(text: str, reach: int) -> Iterator[Handle]:
    if "@" in text:
        for pattern in (_AT_RE, _AFTER_RE, _MATRIX_RE):
            for match in pattern.finditer(text):
                if not _is_address(text, match):
                    yield Handle(match.start, match.end, HandleForm.EXPLICIT)
    for match in _SKYPE_RE.finditer(text):
        yield Handle(match.start, match.end, HandleForm.EXPLICIT)
    for match in _GIVEN_RE.finditer(text):
        form = _given(text, match)
        if form is not None:
            here = "discord" in match.text.lower()
            yield Handle(match.start, match.span("name")[1], HandleForm.TAG if here else form)
    if "#" in text:
        for match in _TAG_RE.finditer(text):
            nearby = text[max(0, match.start - reach) : match.end + reach]
            if _TAG_CONTEXT_RE.search(nearby) and not _NUMBERED_RE.search(match.text):
                yield Handle(match.start, match.end, HandleForm.TAG)


def _is_address(text: str, match: Match) -> bool:
    start, end = match.span("name")
    return text[max(0, start - 1) : start].isalnum() or text[end : end + 1] == "@"


def _given(text: str, match: Match) -> HandleForm | None:
    start, end = match.span("name")
    name = (match.group("name") or "").rstrip(".-_")
    after = text[end : end + 1]
    if after in ("@", "/") or (after == ":" and text[end + 1 : end + 2] == "/") or len(name) < 3:
        return None
    if name.startswith("@"):
        return HandleForm.EXPLICIT
    if _NOT_A_NAME_RE.matches(name) or name.isdigit():
        return None
    if any(char.isdigit() or char in "._" for char in name):
        return HandleForm.EXPLICIT
    rest = text[start + len(name) :].lstrip(" \"')].!,|;")
    closes = not rest or rest[0] == "\n" or text[start + len(name) : start + len(name) + 1] in (",", "|", ";", ".", "\n", "!")
    return HandleForm.LIKELY if closes else None
