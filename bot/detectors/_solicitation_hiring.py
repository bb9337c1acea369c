"""Phrases of members who look for others to work for them."""

from typing import Final

from bot.detectors._signals import Signal
from bot.detectors._solicitation_words import SOME, TRADE
from bot.text.patterns import Pattern, any_of

_NOT_SEEKING: Final = Pattern(
    r"\b(?:clients?|they|he|she|who|people|companies|how|if|why|does anyone|"
    r"do i|do you|are you|you|someone|employers?|"
    r"that|when|would|not|n't|businesses|really|even) (?:\w+ ){0,2}$"
)
_NOT_A_WORKER: Final = Pattern(
    r"^(?: model| console| tools?| account| mode| panel| rights| access|"
    r" program| center| menu| settings| job\b| role| "
    r"feedback| preview| options?|'s|s' |"
    r"(?: \w+)? (?:communit(?:y|ies)|groups?|forums?|meetups?|servers?|channels?|blogs?|"
    r"podcasts?|courses?|tutorials?|resources|friends|budd(?:y|ies)|peers|conferences?|"
    r"events?)\b|(?: \w+){0,2} to (?:learn from|follow|talk (?:to|with)|chat with|"
    r"connect with|exchange|network with|hang out with|share (?:tips|experiences?|ideas)))"
)

HIRING: Final = {
    "hiring": Signal(
        Pattern(
            any_of(
                r"(?:^|[.!?:\n] ?)help wanted\b|(?:^|[.!?:\n] ?)paid (?:gig|task|job|"
                r"project|work) ?[:\-]",
                r"\b(?:we ?'?re|we are|i ?'?m|i am|our (?:company|team|agency|startup|"
                r"studio|firm)(?: is)?|my (?:company|team|agency|startup|studio|"
                r"firm)(?: is)?|now|currently|urgently|actively|also|"
                r"is) (?:\w+ ){0,2}(?:hiring|recruiting)\b",
                r"(?:^|[.!?:\n*\[#\-] ?)(?:hiring|now hiring|we hire|job (?:alert|"
                r"opening|offer|opportunity|vacancy))\b",
                r"\[hiring\]|#hiring|#nowhiring",
                r"\b(?:hiring|recruiting) (?:a|an|for|remote|freelance|experienced|\d+|"
                rf"some|multiple|several|new) {SOME}{{0,6}}{TRADE}\b",
            )
        ),
        Pattern(
            r"\b(?:they|he|she|clients?|who|that|when|if|whether|while|of|for|"
            r"company|before|by|are you|about|not|think|saw|why|how|in|see|nobody|"
            r"no one|anyone|anybody|someone|everyone) (?:\w+ )?$"
        ),
        Pattern(
            r"^ ?(?:manager|process|team|seems|is |was |has |freeze|season|slow|"
            r"decision|practice|on (?:here|upwork|fiverr)|someone|people|"
            r"a freelancer|freelancers is|test|bias|budget|rate|partner)"
        ),
    ),
    "seek-worker": Signal(
        Pattern(
            r"\b(?:(?:looking|searching|hunting)(?: for| to (?:hire|recruit|find|"
            r"work with|partner with|collaborate with))|"
            r"in (?:need|search) of|iso|seeking|want to hire|wanna hire|"
            rf"need to hire) {SOME}{{0,7}}{TRADE}\b"
        ),
        _NOT_SEEKING,
        _NOT_A_WORKER,
    ),
    "need-worker": Signal(
        Pattern(
            r"(?:^|[.!?\n,:] ?|\b(?:i|we|also|urgently|asap|"
            r"still) )(?:need(?:ed)?:?|wanted:?|require) "
            rf"(?:(?:an?|some|one|two|\d|more|the help of|help from) )?{SOME}{{0,3}}{TRADE}\b|"
            rf"\bwe want (?:\d+|some|more|two|three|several) {SOME}{{0,3}}{TRADE}\b"
        ),
        _NOT_SEEKING,
        _NOT_A_WORKER,
    ),
    "need-someone": Signal(
        Pattern(
            any_of(
                r"\bwho (?:can|could|is able to|wants to) (?:\w+ ){0,2}(?:build|design|"
                r"make|create|write|edit|develop|translate|code|do|proofread|transcribe|"
                r"draw|record) [^.?!\n]{0,60}\bfor (?:me|us|my)\b",
                r"\b(?:my|our) (?:\w+ )?(?:team|agency|company|studio|startup|"
                r"client) (?:has|have) (?:an?|some|several|"
                r"\d+) (?:\w+ ){0,2}(?:openings?|vacanc(?:y|ies)|positions?|roles?)\b",
                r"\b(?:need|needing|looking for|want|seeking|searching for|hiring|hire|"
                r"pay|paying) (?:\w+ ){0,2}(?:someone|somebody|some one|anyone|a person|"
                r"people|a guy|folks|a freelancer|freelancers|"
                r"individuals) (?:\w+ ){0,3}(?:to|who|that|with|for|good at|experienced|"
                r"skilled|from|in|based)\b",
                r"\b(?:can|could|would) (?:someone|anyone|somebody|"
                r"anybody) (?:here )?(?:build|design|make|create|write|edit|develop|"
                r"translate|code|do|proofread|transcribe|draw|"
                r"record) [^.?!\n]{0,60}\bfor (?:me|us|my)\b",
                r"\b(?:i|we) have (?:a|an|some) (?:\w+ ){0,3}(?:project|job|task|gig|"
                r"work|position|role|opening)s? (?:\w+ ){0,3}(?:for (?:a|an|someone|you|"
                r"anyone|people|freelancers|developers|designers|writers)|available|"
                r"that needs)\b",
                r"\b(?:open|available) (?:positions?|roles?|vacanc(?:y|ies))\b|"
                r"\b(?:positions?|vacanc(?:y|ies)) (?:is |are )?(?:now )?(?:open|"
                r"available)\b",
                r"(?:^|[.!?:\n] ?)(?:\w+ )?native (?:\w+ )?speakers? (?:needed |wanted |"
                r"required )?to (?:record|translate|transcribe|proofread|write|test|review|read)\b",
                r"\bjoin (?:my|our) (?:\w+ )?(?:team|agency|company|startup)\b|"
                r"\bwe(?:'re| are) (?:expanding|growing) our team\b",
            )
        ),
        _NOT_SEEKING,
        Pattern(
            r"^ (?:\w+ ){0,2}(?:explain|understand|tell|talk|answer|listen|clarify|"
            r"confirm|check if|advice|advise|look at|guide|teach me|vent|chat|"
            r"relate|point me|share|help me (?:understand|with this error))"
        ),
    ),
    "project": Signal(
        Pattern(
            r"\b(?:for|on|in) (?:my|our|a|an|the) (?:\w+[ -]){0,4}(?:project|"
            r"startup|company|business|team|website|app|store|agency|game|client|"
            r"brand|channel|shop|job|position|role)\b|\bjoin (?:my|our) team\b|"
            r"\b(?:long|short)[- ]term\b|\b(?:full|part)[- ]time\b|\bremote\b"
        )
    ),
}
"""Signals by name; what each points to stands in its name."""
