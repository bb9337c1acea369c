"""Names of accounts on messengers and social networks, as members give them to be contacted by.

A messenger's name alone says nothing; an account is read where a name stands beside it in the form
of a name: with an at sign, an underscore, a digit, or after words such as "my … is".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.text.patterns import Match, Pattern, any_of, any_word
from bot.text.widths import narrow


class HandleForm(StrEnum):
    """How an account is named."""

    EXPLICIT = "explicit"
    """Messenger and a name that cannot be an ordinary word."""
    LIKELY = "likely"
    """Messenger, words that give an account, and a name that may be an ordinary word."""
    PUBLIC = "public"
    """A name that many may see anyway: ``name#1234`` here, an account on an open network."""


@dataclass(frozen=True, slots=True)
class Handle:
    """An account and its half-open span in the text that was read, messenger included."""

    start: int
    end: int
    form: HandleForm


_MESSENGER: Final = any_word(
    # Where people are asked to continue a talk; chosen by hand, not measured.
    r"tele\s?gram tele tg whats\s?app watsapp wa signal skype we\s?chat weixin line viber "
    r"snap(?:\s?chat)? sc insta(?:\s?gram)? ig kik imo zalo kakao(?:\s?talk)? qq icq "
    r"messenger face\s?book fb twitter linked\s?in tik\s?tok threads slack teams keybase "
    r"wickr session element matrix jabber xmpp wire hangouts "
    r"google\s?(?:chat|meet|hangouts?) bigo botim upwork fiverr"
)
_PLAIN_MESSENGER: Final = any_word(
    # Those of them that mean nothing else.
    r"tele\s?gram whats\s?app skype we\s?chat viber snap\s?chat insta(?:gram)? ig tg kik zalo "
    r"kakao(?:\s?talk)? qq icq discord facebook fb twitter linked\s?in"
)
_NAMED: Final = (
    r"(?:\s?(?:id|i\.d\.?|handle|user\s?name|user|name|nick(?:name)?|"
    r"account|acc|contact|address|add))?"
)
_NAME: Final = r"[a-z0-9](?:[a-z0-9_\-]|\.[a-z0-9_\-]){1,31}"
_AT_RE: Final = Pattern(
    rf"\b{_MESSENGER}{_NAMED}",
    r"(?:\s?[:=\-\x{2013}>|~(]{1,3}\s{0,2}|\s(?:is|at|on|as|me at|to|me)\s{1,2}|\s{1,2})",
    rf"(?P<name>@{_NAME})",
)
_AFTER_RE: Final = Pattern(
    rf"(?P<name>@{_NAME})\s{{1,2}}(?:\(|(?:on|at|in|via|through|is my|my)\s{{1,2}})"
    rf"(?:my\s)?{_MESSENGER}\b"
)
_X_RE: Final = Pattern(
    rf"\b(?:(?:me|us)\son|my)\sx(?:\s(?:is|at)\s|\s?[:(=\-]\s?|\s)(?P<name>@{_NAME})"
)
_FULL_NAME_RE: Final = Pattern(
    rf"\b(?:find|add|search(?:\sfor)?|follow|look(?:\sfor)?)\s(?:me|us)(?:\sup)?\son"
    rf"\s(?:{_PLAIN_MESSENGER})\s(?:as|under)\s\"?"
    r"(?P<name>[a-z][\w'\-]{1,24}\s[a-z][\w'\-]{1,24})\b"
)
_SKYPE_RE: Final = Pattern(r"\b(?P<name>live:(?:\.cid\.)?[a-z0-9][a-z0-9._\-]{2,40})")
_MATRIX_RE: Final = Pattern(r"(?P<name>@[a-z0-9._\-]{2,40}:[a-z0-9\-]+\.[a-z]{2,10})\b")
_GIVEN_RE: Final = Pattern(
    any_of(
        # Somebody's account, said to be theirs: "my telegram is bob".
        r"\b(?:my|our|his|her)\s(?:personal\s|own\s|"
        rf"business\s)?(?:{_PLAIN_MESSENGER}|signal|line|snap)"
        rf"{_NAMED}(?:\s?(?P<is>is|[:=\-])\s{{0,2}}|\s)\"?",
        # A messenger, a sign, a name: "telegram: bob_93".
        rf"\b(?:{_PLAIN_MESSENGER}|snap|signal){_NAMED}\s?[:=\-]\s{{0,2}}\"?",
        # A messenger, what is meant, a name: "skype name bob93".
        rf"\b{_PLAIN_MESSENGER}\s(?:id|handle|user\s?name)\s(?:is\s|:\s?)?\"?",
        # A call to write there, and a name: "add me on skype bob.smith".
        r"\b(?:add|find|message|msg|contact|text|dm|pm|ping|hit|write|reach|"
        r"follow|inbox)\s(?:me|us)(?:\sup)?(?:\sout)?"
        rf"\s(?:on|at|via|in|through|over)\s(?:my\s)?(?:{_PLAIN_MESSENGER}|signal|line|snap)"
        r"(?:\s?[:=\-@(]\s?|\s(?:at|as|with|by|is)\s|\s)\"?",
    ),
    rf"(?P<name>@?{_NAME})",
)
_TAG_RE: Final = Pattern(r"(?P<name>\b[a-z][a-z0-9._]{1,31}\s?#\d{4})\b")
_TAG_CONTEXT_RE: Final = Pattern(
    r"\b(?:discord|add me|dm me|my tag|friend request|hmu|hit me up|message me)\b"
)
_MINE_RE: Final = Pattern(r"^(?:my|our|his|her)\b")
_OPEN_NETWORK_RE: Final = Pattern(
    r"\b(?:twitter|face\s?book|fb|insta\w*|ig|tik\s?tok|threads|linked\s?in|"
    r"upwork|fiverr|discord|slack)\b"
)
_OWN_RE: Final = Pattern(r"\b(?:me|my|mine|us|dm|i'?m|contact|reach)\b")
_QUALITY_RE: Final = Pattern(
    r"(?:ing|ed|ly|en|able|ful|ive|ous)$|^(?:busy|full|slow|fast|fine|dead|"
    r"private|gone|hot|cold)$"
)
_NUMBERED_RE: Final = Pattern(
    r"^(?:bug|issue|pr|case|ticket|order|task|job|no|number|room|channel|"
    r"contract|id|ref|invoice|item|post|page)\b"
)
_NOT_A_NAME_RE: Final = Pattern(
    # Words that follow a messenger's name in ordinary talk.
    r"(?:is|was|are|were|be|been|not|no|yes|nope|ok|okay|and|or|but|for|"
    r"from|with|without|by|on|in|at|to|of|the|a|an|"
    r"my|your|our|his|her|their|its|it|this|that|these|those|they|we|you|he|"
    r"she|i|me|us|them|who|what|when|where|why|"
    r"how|if|so|as|than|then|now|too|also|just|only|still|again|always|"
    r"never|please|pls|plz|thanks|because|since|"
    r"work|works|working|worked|app|apps|web|desktop|group|groups|channel|"
    r"channels|bot|bots|call|calls|chat|chats|"
    r"account|accounts|number|numbers|message|messages|messaging|meeting|"
    r"link|links|page|profile|server|servers|"
    r"has|have|had|do|does|did|doesn|don|will|would|can|could|should|may|"
    r"might|must|keeps|keep|got|get|gets|"
    r"banned|blocked|hacked|down|up|out|off|back|here|there|instead|today|"
    r"tomorrow|anytime|any|all|some|same|"
    r"interview|interviews|scam|scams|scammer|client|clients|support|help|"
    r"video|voice|id|ids|handle|username|user|"
    r"name|details|info|directly|asap|first|before|after|yet|lol|btw|thx|man|dude|bro|sir|already|while|during|until|"
    r"very|really|good|bad|better|best|great|"
    r"more|most|less|like|well|usual|via|using|use|used|uses|user|users|integration|"
    r"notifications?|updates?|version|install|"
    r"installed|download|business|premium|free|new|old|right|wrong|allowed|"
    r"forbidden|against|about|over|outside|"
    r"telegram|whatsapp|skype|signal|discord|email|e-mail|mail|phone|zoom|"
    r"slack|etc|e\.g|i\.e|soon|later|privately|"
    r"api|sdk|ads|marketing|story|stories|reels|posts?|followers?|handles|"
    r"dm|dms|which|whose|one|two|three|"
    r"private|public|secure|encrypted|secret|hidden|unknown|none|n/a|na|tba|"
    r"tbd|optional|required|missing)"
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
        yield from _with_at_sign(text)
    for match in _SKYPE_RE.finditer(text):
        yield Handle(match.start, match.end, HandleForm.EXPLICIT)
    for match in _FULL_NAME_RE.finditer(text):
        if (match.group("name") or "").istitle():
            yield Handle(match.start, match.end, HandleForm.LIKELY)
    for match in _GIVEN_RE.finditer(text):
        form = _given(text, match)
        if form is not None:
            yield Handle(match.start, match.span("name")[1], form)
    if "#" in text:
        yield from _tags(text, reach)


def _with_at_sign(text: str) -> Iterator[Handle]:
    patterns = (_AT_RE, _AFTER_RE, _MATRIX_RE)
    for pattern in (*patterns, _X_RE) if " x" in text.lower() else patterns:
        for match in pattern.finditer(text):
            if not _is_address(text, match):
                yield Handle(match.start, match.end, _openness(text, match))


def _tags(text: str, reach: int) -> Iterator[Handle]:
    for match in _TAG_RE.finditer(text):
        nearby = text[max(0, match.start - reach) : match.end + reach]
        if _TAG_CONTEXT_RE.search(nearby) and not _NUMBERED_RE.search(match.text):
            yield Handle(match.start, match.end, HandleForm.PUBLIC)


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
        return _openness(text, match)
    if _NOT_A_NAME_RE.matches(name) or name.isdigit():
        return None
    given = match.group("is") is not None or not _MINE_RE.search(match.text)
    if any(char.isdigit() or char == "_" for char in name) or (given and "." in name):
        return _openness(text, match)
    if _QUALITY_RE.search(name) or not given:
        return None
    rest = text[start + len(name) :].lstrip(" \"')].!,|;")
    closes = not rest or rest[0] == "\n" or text[end : end + 1] in (",", "|", ";", ".", "\n", "!")
    return HandleForm.LIKELY if closes else None


def _openness(text: str, match: Match) -> HandleForm:
    if _OPEN_NETWORK_RE.search(match.text) is None:
        return HandleForm.EXPLICIT
    own = _OWN_RE.search(text[max(0, match.start - 24) : match.end]) is not None
    return HandleForm.EXPLICIT if own and "discord" not in match.text.lower() else HandleForm.PUBLIC
