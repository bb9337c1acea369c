"""Phrases of members who offer their own work, or ask for any."""

from typing import Final

from bot.detectors._signals import Signal
from bot.detectors._solicitation_words import I_AM, OTHERS, SERVICE, SOME, TRADE
from bot.text.patterns import Pattern, any_of

_TALE: Final = Pattern(
    any_of(
        rf"\b{OTHERS}(?: \w+)?(?: \w+)? (?:to )?",
        r"(?:n't|\bnot|\bnever|\bwhy|\bhow|\bif|\bwhether|\bwhen|\bbefore|"
        r"\bafter|\buntil|\bunless) (?:\w+ ){0,3}",
        r"\b(?:would|should|will|could|did|does|to|wants?|wanted|ready|decid\w+|"
        r"agreed|willing|refus\w+|plan\w*|interested in) (?:\w+ ){0,1}",
    ),
    r"$",
)

OFFERS: Final = {
    "hire-me": Signal(
        Pattern(
            any_of(
                r"\bhire (?:me|us)\b",
                r"\b(?:you can|feel free to|please|pls) hire (?:me|us)\b",
                r"(?:\[|#)(?:for ?hire|hire ?me)\b",
                rf"\b{I_AM} (?:\w+ ){{0,3}}for hire\b",
                r"\b(?:freelancer|developer|designer|writer|editor|va|"
                r"assistant) for hire\b",
            )
        ),
        _TALE,
    ),
    "available": Signal(
        Pattern(
            any_of(
                rf"\b(?:{I_AM}|currently|now|also|always|"
                r"still) (?:\w+ ){0,3}(?:available|open|free|ready) (?:for|to|"
                rf"to take on) {SOME}{{0,3}}"
                r"(?:hire|work|works|freelance|freelancing|projects?|clients?|gigs?|"
                r"commissions?|opportunit(?:y|ies)|contracts?|jobs?|roles?|orders?|"
                r"collabs?|collaborations?)\b",
                rf"\bavailable for (?:hire|{SOME}{{0,2}}(?:work|freelance|projects?|"
                r"commissions?|gigs?|jobs?|contracts?))\b",
                r"\b(?:my |art |logo |new )?(?:commissions|slots|bookings|"
                r"orders) (?:are |is )?(?:now |currently )?open(?:ed)?\b",
                r"\bopen for (?:commissions?|business|new (?:clients|projects|work)|"
                r"work|projects|hire|orders)\b",
                rf"\b(?:{I_AM}|currently|now) (?:\w+ ){{0,2}}(?:taking|"
                r"accepting)(?: on)? (?:a few |new |more |some )*(?:clients|commissions|"
                r"projects|orders|work|students)\b",
            )
        ),
        Pattern(
            r"(?:\b(?:if|whether|not|are you|is anyone|anyone|when|that|who|how|"
            r"jobs?|options?)|n't) (?:\w+ ){0,2}$"
        ),
    ),
    "seek-work": Signal(
        Pattern(
            rf"(?:^|[.!\n] ?|\b(?:{I_AM}|currently|"
            r"actively) (?:\w+ ){0,2})(?:looking|searching|"
            rf"hunting|seeking)(?: out)?(?: for)? {SOME}{{0,5}}"
            r"(?:work|jobs?|gigs?|clients?|projects?|opportunit(?:y|ies)|positions?|"
            r"roles?|employment|internship|commissions)\b"
        ),
        Pattern(r"\b(?:if|when|while|since|whether|because|who|clients?|people) (?:\w+ ){0,2}$"),
        Pattern(
            r"^(?:'s| who| that| model| (?:history|feed|list|description|posts?|"
            r"board|search|catalog)\b)"
        ),
    ),
    "beg-work": Signal(
        Pattern(
            any_of(
                r"\bif you (?:have|got|know of) (?:any |some |a )?(?:\w+ )?(?:work|"
                r"projects?|jobs?|tasks?|gigs?|vacanc(?:y|"
                r"ies))\b[^.!?\n]{0,60}\b(?:let me know|lmk|dm|pm|contact|message|inbox|"
                r"reach|consider)\b",
                r"\b(?:please|pls|kindly) (?:consider|hire|employ) me\b|"
                r"\bopen to any (?:\w+ ){0,3}(?:work|jobs?|projects?|gigs?)\b",
                r"\b(?:give|offer|provide|get|find|send|assign) me (?:a |an |any |some |"
                r"one |more |your |the )?(?:\w+ )?(?:work|jobs?|projects?|gigs?|chance|"
                r"orders?|opportunity|tasks?)\b",
                r"\b(?:any(?:one|body)|some(?:one|body)|who|you guys|does any(?:one|"
                r"body)|any client) (?:\w+ )?(?:have|has|got|"
                r"having) (?:\w+ ){0,2}(?:work|jobs?|projects?|gigs?|tasks?|"
                r"orders?) for me\b",
                r"\b(?:any|is there (?:any|a)) (?:work|jobs?|projects?|gigs?|"
                r"clients?) (?:\w+ )?for (?:me|a (?:\w+ )?(?:developer|designer|writer|"
                r"beginner|va))\b",
                r"\bi (?:really |badly |urgently )?(?:need|want) (?:a |an |some |any |"
                r"my first )?(?:\w+ )?(?:work|job|clients?|gigs?|orders?)(?: please|"
                r" pls| asap| urgently|[.!]|$)",
            )
        ),
        Pattern(
            r"\b(?:how|why|if|will|would|did|does|do|not|n't|to|clients?|they|he|"
            r"she|it|you|who|upwork|never|when|algorithm|badges?|could|can|help|"
            r"helped) (?:\w+ ){0,2}$"
        ),
    ),
    "offer": Signal(
        Pattern(
            any_of(
                r"\blet (?:me|us) (?:handle|do|build|design|write|edit|manage|"
                r"take care of|create|grow) your\b",
                r"\b(?:my|our) (?:team|agency|company|studio)(?: and i)? (?:can |"
                r"will )?(?:offers?|provides?|develops?|builds?|designs?|creates?|"
                r"writes?|edits?|helps?|specializes?)\b",
                rf"\b{I_AM} [^.?!\n]{{0,50}}\boffering\b",
                r"\b(?:i|we) (?:can |also |will |currently |do |now |could |"
                r"would love to )*(?:offer|provide|do|create|design|build|make|develop|"
                r"write|edit|"
                r"deliver|produce|handle|manage|fix|translate|transcribe|help (?:you|"
                r"businesses|companies|brands|clients|people|startups)(?: with| to)?|"
                r"specialize in|"
                rf"specialise in|sell) {SOME}{{0,7}}{SERVICE}\b",
                r"\bi will (?:\w+ ){0,2}(?:do|create|design|build|make|develop|write|"
                r"edit|produce|be your|provide|translate|transcribe|proofread|setup|"
                r"set up|"
                r"convert|fix|record|draw|craft|deliver|install|redesign|customize|"
                rf"optimize|promote|rank|scrape|publish) {SOME}{{0,9}}{SERVICE}\b",
                rf"\b(?:{I_AM}|im) (?:a |"
                rf"an )?{SOME}{{0,6}}{TRADE}\b[^.?!\n]{{0,80}}\b(?:i|we) (?:can|will|"
                r"offer|provide|do|help|create|design|build)\b",
                rf"\boffering {SOME}{{0,5}}(?:{SERVICE}|services?)\b",
                r"\b(?:my|our) (?:services|packages|offers?|gigs?) (?:include|are|is|"
                r"start|range)\b",
                rf"\b(?:my|our) {SOME}{{0,3}}services\b",
            )
        ),
        Pattern(
            r"\b(?:how|why|what|when|where|should|if|whether|that|which|did|does|do|"
            r"clients? (?:say|said|wants?|asked)|things|work|job|stuff|everything|"
            r"all|than|"
            r"before|after|as|because|since|usually|sometimes|still|never|the \w+) $"
        ),
    ),
    "gig": Signal(
        Pattern(
            r"(?:^|[.!\n] ?)i will (?:\w+ )?(?:do|create|design|build|make|develop|"
            r"write|edit|produce|be your|provide|translate|transcribe|proofread|"
            r"setup|set up|"
            r"convert|fix|record|draw|craft|deliver|install|redesign|customize|"
            rf"optimize|promote|rank|scrape|publish) {SOME}{{0,9}}{SERVICE}\b"
        ),
        None,
        Pattern(
            r"^[^.!?\n]{0,30}\b(?:tomorrow|later|next|soon|then|tonight|myself|"
            r"again|first|when|until|once|if|after|today|eventually|anyway|now)\b"
        ),
    ),
    "opener": Signal(
        Pattern(
            any_of(
                r"(?:^|[.!?:\n] ?)(?:who|any client who|anyone who|anybody who|"
                r"every client who|any business that) (?:needs?|"
                rf"wants?) (?:help with )?{SOME}{{0,5}}(?:{SERVICE}|{TRADE}|services?)\b",
                r"(?:^|[.!?:\n*\-\x{2013}] ?)(?:do you |does your \w+ |are you |"
                r"anyone |anybody |guys |hey |hi |hello )*(?:need|want|looking for|"
                r"in need of|struggling with|"
                r"searching for|tired of|require|wanna|need help with|want to (?:get|"
                rf"have|boost|grow)) {SOME}{{0,6}}(?:{SERVICE}|{TRADE}|"
                r"services?)\b[^?.!\n]{0,60}\?",
                r"\bif (?:you|u|anyone|anybody|someone|your \w+)(?: \w+)? (?:needs?|"
                r"wants?|require[sd]?|(?:are|is|re|'re) (?:looking|interested|"
                r"in need)(?: for| in| of)?) "
                rf"{SOME}{{0,6}}(?:{SERVICE}|{TRADE}|services?)\b",
            )
        ),
    ),
    "tenure": Signal(
        Pattern(
            r"\b(?:i have|i've|with|having|over) (?:over |more than |about |"
            r"around )?\d{1,2}\+? ?(?:years?|"
            r"yrs?)(?: of)?(?: \w+){0,2} (?:experience|exp)\b"
        ),
    ),
    "introduction": Signal(
        Pattern(
            r"\b(?:i ?'?m|i am|im|we are|we're|my name is \w+(?: and)? i ?'?a?m|"
            rf"this is \w+,?) (?:a |an )?{SOME}{{0,6}}{TRADE}\b"
        ),
        Pattern(r"\b(?:as if|like|think|not|sure|if|that|when|since|because|where|what) $"),
    ),
    "years": Signal(
        Pattern(
            r"\b\d{1,2}\+? ?(?:years?|yrs?)(?: of)?(?: \w+){0,2} (?:experience|"
            r"exp)\b|\b(?:experienced|skilled|professional|certified|"
            r"top[- ]rated)\b"
        )
    ),
    "ad-words": Signal(
        Pattern(
            r"\b(?:fast|quick|on[- ]time|timely|24h|same[- ]day) (?:delivery|"
            r"turnaround)\b|\bunlimited revisions\b|"
            r"\bsatisfaction (?:is )?guaranteed\b|\b100 ?% (?:satisfaction|"
            r"job success|client satisfaction|original|money back)\b|"
            r"\bhigh[- ]quality (?:work|service|results|design)\b|"
            r"\bmoney[- ]back\b|\bfree (?:quote|consultation|sample|samples|audit|"
            r"trial|mockup|revision)s?\b|\bserious (?:people|buyers|clients|"
            r"inquiries|candidates|applicants) only\b|\bonly serious\b|"
            r"\bportfolio ?:|\bskills ?:|\bmy portfolio\b|\bready to start\b|"
            r"\bavailable immediately\b|\baffordabl[ey]\b|\bcheaply\b|"
            r"\bfirst (?:one|order|project|page|article|logo|design|month|"
            r"lesson) (?:is |comes )?(?:free|on me|on the house|for free)\b|"
            r"\bcheap (?:rates?|prices?)\b|\d ?% off\b|\bfirst \d+ (?:people|"
            r"clients|customers|buyers)\b"
        )
    ),
    "my-page": Signal(
        Pattern(
            any_of(
                r"\b(?:check(?: ?out)?|checkout|see|visit|view|look at|take a look at|"
                r"have a look at|browse|explore|here(?:'s| is| are)|this is|"
                r"find) (?:out )?(?:my|our) (?:\w+ ){0,3}(?:gigs?|profiles?|portfolios?|"
                r"services?|shop|store|behance|dribbble|fiverr|upwork page)\b",
                r"\b(?:my|our) (?:\w+ ){0,2}(?:portfolio|gig|profile|website|behance|"
                r"dribbble|shop|store)(?: is| link)? ?[:\-] ?(?:https?:|www\.|"
                r"\w+\.\w{2,})",
                r"\b(?:gig|portfolio|profile) link ?:",
                r"\b(?:please|pls|plz|kindly|guys|friends) (?:come |go )?(?:and )?(?:order|buy|"
                r"purchase|favou?rite|save|boost|share|like) (?:from )?(?:my|our) (?:\w+ ){0,2}"
                r"gigs?\b",
                r"\bportfolio ?: ?(?:https?:|www\.|\w+\.\w{2,})",
            )
        ),
        Pattern(
            r"(?:\b(?:did|didn't|does|doesn't|do|don't|not|clients?|they|people|"
            r"nobody|no one|who|can|could|how|to|will|would|when|if|before|after|"
            r"someone|anyone) (?:\w+ ){0,2})$"
        ),
    ),
}
"""Signals by name; what each points to stands in its name."""
