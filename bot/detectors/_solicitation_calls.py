"""Phrases that stand in every kind of advertisement, and those that say it is none."""

from typing import Final

from bot.detectors._signals import Signal
from bot.detectors._solicitation_words import OTHERS, SERVICE, TRADE
from bot.text.patterns import Pattern, any_of

_REPORTED: Final = Pattern(
    # What makes a call to write a tale about one: "clients who", "asked me to", "don't".
    any_of(
        r"\b(?:link|way|app|telegram|whatsapp|skype|number|email|address|page|"
        r"someone|who) to ",
        rf"\b{OTHERS}(?: \w+)?(?: \w+)? (?:to )?",
        r"(?:n't|nt|\bnot|\bnever|\bno need to|\bstop|\bwithout|\binstead of|"
        r"\bhow to|\bto only) (?:\w+ )?",
        r"\b(?:ask(?:ed|s|ing)?|want(?:ed|s|ing)?|tr(?:y|ied|ies|ying)|told|"
        r"tells?|allowed|able|going|start(?:ed)?|began|refus\w+|"
        r"like[sd]?|agreed|promised|offered|forced|expect\w*|encourage\w*|"
        r"invited|beg\w*|supposed|said)(?: \w+){0,2} (?:to|and) (?:\w+ )?",
        r"\b(?:did|does|do|will|would|could|might|ever|keeps?|kept|always|often|"
        r"sometimes|usually) (?:they |he |she |it |you |clients? )?",
        r"\b(?:when|if|why|who|has|have|had|was|were|been|being|get|gets|got) (?:\w+ ){0,2}",
    ),
    r"$",
)

CALLS: Final = {
    "call": Signal(
        Pattern(
            any_of(
                r"\b(?:please |kindly |feel free to |just )?get in touch\b|"
                r"\breach out(?: today| now| if|[!.]|$)|\bask me how\b|\b(?:message|dm|"
                r"pm|inbox) for (?:details|samples|info|more|prices?|rates?)\b",
                r"\b(?:dm|pm|message|msg|inbox|contact|text|whatsapp|email|e-mail|ping|"
                r"write|hmu|invite|call) (?:me|us|my inbox)\b",
                r"\bhmu\b|\bhit (?:me|us) up\b",
                r"\b(?:reach out|reach|get in touch|drop|connect|talk|write)(?: to|"
                r" with)? (?:me|us)\b",
                r"\bsend (?:me|us) (?:a |an |your |ur )?(?:\w+ )?(?:dm|pm|message|msg|"
                r"invite|offer|request|text|details?|portfolio|cv|resume|samples?|"
                r"rates?|proposals?)\b",
                r"\b(?:my )?(?:dms?|pms?|inbox) (?:is|are|r) (?:always )?open\b",
                r"\bslide into my dms?\b",
                r"\b(?:dm|pm|inbox|message|contact|comment|whatsapp|email)(?: me|"
                r" us)? (?:for|if|now|today|below|asap|to (?:order|hire|get|discuss|apply|book|"
                r"learn|know|start|claim|join|see|buy|work)|with (?:your|ur|details?|rates?|"
                r"samples?|portfolio|cv|resume|price))\b|\b(?:dm|pm|inbox) (?:to|with)\b",
                r"\b(?:let me know|lmk) if you(?:'re| are)? (?:need|want|interested|"
                r"looking)\b",
                r"\b(?:place|book) (?:an? |your )?(?:order|call|slot)\b",
                r"\b(?:order|book) (?:now|today|here)\b",
                r"\blink (?:is )?in (?:my )?bio\b",
                r"\binterested (?:people|candidates|parties|persons?|ones?|freelancers|"
                r"developers|designers|writers|applicants|clients|folks)?(?:,)? ?(?:can|"
                r"please|should|kindly|dm|pm|contact|message|may|must)\b",
                r"\bif (?:you(?:'re| are)?|ur|u r|u are|anyone(?:'s|"
                r" is)?) ?interested\b",
                r"\bapply (?:now|here|today|at|via|by|below|online|through|in)\b",
                r"\bto apply\b",
                r"\bsend (?:your|ur|over your|cvs?|resumes?)\b",
            )
        ),
        _REPORTED,
        Pattern(
            # "call me crazy" calls nobody.
            r"^ (?:crazy|mad|old|naive|stupid|picky|lazy|cynical|paranoid|weird|silly|dumb|"
            r"ignorant|spoiled|biased|nuts|maybe|a (?:cynic|fool|pessimist|snob|nerd)|an "
            r"(?:optimist|idiot))\b"
        ),
    ),
    "price": Signal(
        Pattern(
            any_of(
                r"[$\x{20ac}\x{a3}\x{20b9}] ?\d",
                r"\b\d[\d,.]* ?(?:k )?(?:usd|dollars?|eur|euros?|gbp|inr|bucks|\$|/ ?hr|"
                r"/ ?hour|per hour|an hour|hourly|per word|per page|per month)",
                r"\b(?:paid (?:project|work|gig|job|position|role|task|trial|study|"
                r"interview|opportunity|survey)|well paid|good pay|pay is|fixed price|"
                r"budget (?:is|of|around|:)|negotiable)\b",
                r"\b(?:affordable|cheap(?:est)?|low|reasonable|competitive|best|fair|"
                r"discounted) (?:price|prices|pricing|rate|rates|cost)\b|\bgift card\b",
                r"\bsalary\b|\bpay(?:ing|ment)? (?:is )?(?:weekly|daily|monthly|per (?:word|"
                r"hour|page|task|article))\b",
                r"\b(?:prices?|rates?|packages?|services?) start(?:ing|s)? (?:at|"
                r"from)\b|\bstarting (?:at|from) (?:just |"
                r"only )?[$\x{20ac}\x{a3}\x{20b9}]? ?\d",
            )
        )
    ),
    "price-ad": Signal(
        Pattern(
            any_of(
                r"\b(?:only|just|from|flat|packages?|starting|now|for just|"
                r"for only)(?: \w+){0,2} [$\x{20ac}\x{a3}\x{20b9}] ?\d",
                r"[$\x{20ac}\x{a3}\x{20b9}] ?\d[\d,.]*(?:/\w+)? (?:flat|only|each|today)\b",
            )
        )
    ),
    "work-word": Signal(
        Pattern(rf"\b(?:{SERVICE}|{TRADE}|gig|services?|transcribe|editing|packages?)\b")
    ),
    "newcomer": Signal(
        Pattern(
            r"\b(?:my|a|the|their|your) (?:very )?first (?:\w+ )?(?:clients?|jobs?|"
            r"projects?|gigs?|contracts?|orders?)\b|\bnew (?:here|to (?:this|upwork|"
            r"freelancing|the|fiverr))\b|\b(?:newbie|newcomer|noob)\b|\bjust (?:joined|"
            r"started|signed up)\b"
        )
    ),
    "advice": Signal(
        Pattern(
            r"\b(?:how (?:do|can|should|would|did|to|long|much|many)|any (?:advice|"
            r"tips?|ideas?|suggestions?|feedback|thoughts)|is (?:it|this|"
            r"that) (?:ok|okay|allowed|legal|normal|possible|safe|legit|a scam|"
            r"against|worth)|should i|does anyone (?:know|else)|has anyone|"
            r"what (?:do|does|should|is|are|would|can) |"
            r"why (?:do|does|is|are|am|can't|would)|tips (?:on|for)|advice (?:on|"
            r"for|about)|feedback|i(?:'m| am) (?:confused|wondering|curious|"
            r"struggling|frustrated)|wondering (?:if|how|why)|am i allowed|"
            r"is anyone else|review my|critique|what am i doing wrong|no luck|"
            r"without success|where (?:do|can|should|would|to|did) |"
            r"(?:got|getting|was|been|keep being|always) rejected|rejected (?:again|me|my)|"
            r"no (?:replies|response|responses|interviews?|invites)|still (?:no|can't|cannot)|"
            r"never hear|ghosted)"
        )
    ),
}
"""Signals by name; what each points to stands in its name."""


ASKS_ABOUT_IT: Final = Pattern(
    # A member showing others what they were sent, to ask whether it can be trusted.
    any_of(
        r"\b(?:is|are|was|were) (?:this|that|it|these|they|he|"
        r"she)(?: \w+){0,4} (?:a |an )?(?:scam\w*|legit\w*|spam|fake|phishing|"
        r"real|safe|fraud\w*|trustworthy|suspicious|genuine|serious)\b",
        r"\b(?:scam|legit|fake|real|safe|genuine)(?: or (?:not|scam|fake|real|"
        r"legit))? ?\?",
        r"\b(?:legit|real|genuine) or (?:a )?(?:scam|fake|not)\b",
        r"\b(?:should|can|do) i (?:report|trust|answer|reply|respond|accept|"
        r"ignore|block|flag)\b",
        r"\b(?:got|received|keep getting|getting|saw|sent me|was sent|"
        r"came across|found)(?: \w+){0,6} (?:message|dm|invite|invitation|email|"
        r"offer|job post|post|ad|text)s?\b[^\n]{0,20}[:\"]",
        r"\b(?:how|where) (?:do|can|to) (?:i |we |you )?(?:report|flag|block)\b",
        r"\b(?:beware|watch out|be careful|warning|stay away|psa)\b",
        r"\bscam(?:mer|mers|s)?\b[^.!?\n]{0,40}\b(?:say|says|saying|post|posts|"
        r"posting|message|messages|ask|asks|asking|offer|offers|like|send|sends|"
        r"sending)\b",
    )
)
"""Where it stands in a text, advertising words in it are read as borrowed."""
