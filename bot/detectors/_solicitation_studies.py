"""Phrases of calls to take part in surveys, studies, interviews and contests."""

from typing import Final

from bot.detectors._signals import Signal
from bot.text.patterns import Pattern, any_of

STUDIES: Final = {
    "study": Signal(
        Pattern(
            any_of(
                r"\b(?:fill(?:ing)?(?: (?:out|in|up))?|take|taking|complete|completing|"
                r"participate in|take part in|answer|answering|do|doing|help (?:me|"
                r"us) (?:out )?(?:with|by)|respond to|try) (?:my|our|this|these|"
                r"the following|(?:a|this|our|my) (?:short|quick|brief|small|"
                r"\d+[ -]minutes?|anonymous|few[ -]minutes?|tiny|"
                r"simple)) (?:\w+[ -]){0,5}(?:surveys?|questionnaires?|google form|form|"
                r"study|poll|research|interviews?|user test)\b",
                r"\b(?:looking for|seeking|need|needing|recruiting|searching for|"
                r"inviting|wanted|want|calling for|in search of|"
                r"interview(?:ing)?) (?:\w+[ -]){0,6}(?:participants?|respondents?|"
                r"interviewees?|volunteers?|testers?|freelancers?|people|users?|folks|"
                r"designers?|developers?|someone|anyone|"
                r"students?) (?:\w+[ -]){0,5}(?:(?:to|for|in|who (?:can|would|"
                r"want)) (?:\w+[ -]){0,6}(?:study|survey|interview|interviews|research|"
                r"thesis|dissertation|usability|questionnaire|focus group|"
                r"user test(?:ing)?)|to (?:be interviewed|interview|survey))\b",
                r"\b(?:participants?|respondents?|interviewees?|testers?|"
                r"volunteers?) (?:are |is )?(?:needed|wanted|required)\b",
                r"\b(?:my|our) (?:\w+[ -]){0,3}(?:survey|questionnaire)(?: link)? ?:",
                r"\bi(?:'m| am) (?:conducting|doing|running) (?:a |an |"
                r"some )?(?:\w+[ -]){0,4}(?:survey|research|study|interviews|"
                r"user interviews)\b",
                r"\b(?:can|could|may|would love to|want to|like to|looking to|"
                r"hoping to) (?:i |we )?interview (?:you|some|a few|freelancers?|people|"
                r"anyone|\d+|designers?|developers?)\b",
            )
        ),
        Pattern(
            r"\b(?:clients?|they|he|she|who|how|asked (?:me )?to|want(?:s|ed) me to|"
            r"to pay|paid to|had to|me to|if|don't|not|never|did you|upwork|"
            r"support) (?:\w+ ){0,2}$"
        ),
    ),
    "research": Signal(
        Pattern(
            r"\b(?:survey|poll|questionnaire|thesis|dissertation|master'?s|phd|"
            r"university|academic|research(?:er)?|study|anonymous|google form|"
            r"forms\.gle|typeform|surveymonkey|interview|participants?|"
            r"responses?)\b"
        )
    ),
    "reward": Signal(
        Pattern(
            r"\b(?:gift card|voucher|compensat\w+|reward\w*|incentive|prizes?|win|"
            r"winner|paid|amazon card|raffle|free)\b|[$\x{20ac}\x{a3}\x{20b9}] ?\d"
        )
    ),
    "minutes": Signal(
        Pattern(
            r"\b(?:\d{1,2}|five|ten|fifteen|twenty|thirty|few)(?: ?- ?\d{1,2}|"
            r" to \d{1,2})?[ -]?(?:min|mins|minutes?|questions?)\b"
        )
    ),
    "contest-word": Signal(
        Pattern(r"\b(?:contest|giveaway|raffle|competition|sweepstakes?|hackathon)\b"),
        Pattern(r"\b(?:the|a|to|i|no|not|never|about|of|past|last) (?:\w+ )?$"),
    ),
    "prize": Signal(
        Pattern(
            r"\b(?:wins? [$\x{20ac}\x{a3}\x{20b9}]|prizes?|gift card|"
            r"best entry|to enter)\b|\bwins? [$\x{20ac}\x{a3}]"
        )
    ),
    "contest": Signal(
        Pattern(
            any_of(
                r"\b(?:enter|join|participate in|take part in|sign up for|register for|"
                r"compete in|submit (?:\w+ ){0,3}(?:to|for)) (?:my|our|"
                r"this) (?:\w+[ -]){0,4}(?:contest|giveaway|raffle|competition|"
                r"hackathon|sweepstakes?|tournament)\b",
                r"\b(?:hosting|running|launching|organi[sz]ing|doing|announcing) (?:a|"
                r"an|our|my|another) (?:\w+[ -]){0,4}(?:contest|giveaway|raffle|"
                r"competition|hackathon|sweepstakes?)\b",
                r"\bgiveaway (?:time|alert|is live|now)\b|\bfree nitro\b",
                r"\btag (?:\d+|two|three|five|your) (?:\w+ )?friends?\b",
                r"\bvote for (?:me|my|our|us)\b",
                r"\b(?:contest|giveaway|hackathon) (?:is )?(?:now )?(?:live|open for|"
                r"ends|closes|starts)\b",
            )
        ),
        Pattern(
            r"\b(?:how|why|if|should i|can i|ever|clients?|they|did|to|never|not|"
            r"n't|used to|someone|who) (?:\w+ ){0,2}$"
        ),
    ),
}
"""Signals by name; what each points to stands in its name."""
