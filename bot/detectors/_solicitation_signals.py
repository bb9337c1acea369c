"""The phrases advertisements, recruiting and offers are made of.

Written from how such posts read on freelancing boards; chosen, not measured one by one: what is
measured are the combinations in ``solicitation.py``. Read on the folded copy of a text: lower-case,
look-alikes and disguises undone.
"""

from typing import Final

from bot.detectors._signals import Signal
from bot.text.lexicon_files import word_lists
from bot.text.patterns import Pattern, any_of


def _words(key: str) -> str:
    entries = sorted(word_lists("solicitation")["words"][key], key=lambda word: (-len(word), word))
    return any_of(
        *(
            entry.replace("*", "[a-z]{0,3}").replace("_", "[ -]").replace(".", r"\.")
            for entry in entries
        )
    )


_TRADE: Final = _words("trades")
_SERVICE: Final = _words("services")
_SOME: Final = r"(?:[\w'&/+#.-]{1,20}[ ,]{1,2})"
"""A word between."""
_I_AM: Final = r"(?:i ?'?a?m|i am|we ?'?re|we are|am|iam)"
_OTHERS: Final = (
    r"(?:they|he|she|it|who|that|which|clients?|people|someone|somebody|anyone|anybody|nobody|no one|recruiters?|scammers?|"
    r"guys?|person|bots?|strangers?|everyone|companies|employers?|freelancers?|users?|members?)"
)
_REPORTED: Final = Pattern(
    # What makes an order to write somewhere a tale about one: "clients who", "asked me to", "don't".
    any_of(
        rf"\b{_OTHERS}(?: \w+)?(?: \w+)? (?:to )?",
        r"(?:n't|nt|\bnot|\bnever|\bno need to|\bstop|\bwithout|\binstead of|\bhow to|\bto only) (?:\w+ )?",
        r"\b(?:ask(?:ed|s|ing)?|want(?:ed|s|ing)?|tr(?:y|ied|ies|ying)|told|tells?|allowed|able|going|start(?:ed)?|began|refus\w+|"
        r"like[sd]?|agreed|promised|offered|forced|expect\w*|encourage\w*|invited|beg\w*|supposed|said)(?: \w+){0,2} (?:to|and) (?:\w+ )?",
        r"\b(?:did|does|do|will|would|could|might|ever|keeps?|kept|always|often|sometimes|usually) (?:they |he |she |it |you |clients? )?",
        r"\b(?:when|if|why|who|has|have|had|was|were|been|being|get|gets|got) (?:\w+ ){0,2}",
    ),
    r"$",
)
_TALE: Final = Pattern(
    any_of(
        rf"\b{_OTHERS}(?: \w+)?(?: \w+)? (?:to )?",
        r"(?:n't|\bnot|\bnever|\bwhy|\bhow|\bif|\bwhether|\bwhen|\bbefore|\bafter|\buntil|\bunless) (?:\w+ ){0,3}",
        r"\b(?:would|should|will|could|did|does|to|wants?|wanted|ready|decid\w+|agreed|willing|refus\w+|plan\w*|interested in) (?:\w+ ){0,1}",
    ),
    r"$",
)
_QUESTION: Final = Pattern(
    r"\b(?:how|why|when|what|where|who|which|whether|if|should i|should we|can i|is it|it is|to) (?:\w+ ){0,4}$"
)

_NOT_SEEKING: Final = Pattern(
    r"\b(?:clients?|they|he|she|who|people|companies|how|if|why|does anyone|do i|do you|are you|you|someone|employers?|"
    r"that|when|would|not|n't|businesses|really|even) (?:\w+ ){0,2}$"
)

SIGNALS: Final = {
    "hire-me": Signal(
        Pattern(
            any_of(
                r"\bhire (?:me|us)\b", r"\b(?:you can|feel free to|please|pls) hire (?:me|us)\b", r"(?:\[|#)(?:for ?hire|hire ?me)\b",
                rf"\b{_I_AM} (?:\w+ ){{0,3}}for hire\b", r"\b(?:freelancer|developer|designer|writer|editor|va|assistant) for hire\b",
            )
        ),
        _TALE,
    ),
    "available": Signal(
        Pattern(
            any_of(
                rf"\b(?:{_I_AM}|currently|now|also|always|still) (?:\w+ ){{0,3}}(?:available|open|free|ready) (?:for|to|to take on) {_SOME}{{0,3}}"
                r"(?:hire|work|works|freelance|freelancing|projects?|clients?|gigs?|commissions?|opportunit(?:y|ies)|contracts?|jobs?|roles?|orders?|collabs?|collaborations?)\b",
                rf"\bavailable for (?:hire|{_SOME}{{0,2}}(?:work|freelance|projects?|commissions?|gigs?|jobs?|contracts?))\b",
                r"\b(?:my |art |logo |new )?(?:commissions|slots|bookings|orders) (?:are |is )?(?:now |currently )?open(?:ed)?\b",
                r"\bopen for (?:commissions?|business|new (?:clients|projects|work)|work|projects|hire|orders)\b",
                rf"\b(?:{_I_AM}|currently|now) (?:\w+ ){{0,2}}(?:taking|accepting)(?: on)? (?:a few |new |more |some )*(?:clients|commissions|projects|orders|work|students)\b",
            )
        ),
        Pattern(r"(?:\b(?:if|whether|not|are you|is anyone|anyone|when|that|who|how|jobs?|options?)|n't) (?:\w+ ){0,2}$"),
    ),
    "seek-work": Signal(
        Pattern(
            rf"\b(?:{_I_AM}|currently|actively) (?:\w+ ){{0,2}}(?:looking|searching|hunting|seeking)(?: out)?(?: for)? {_SOME}{{0,5}}"
            r"(?:work|jobs?|gigs?|clients?|projects?|opportunit(?:y|ies)|positions?|roles?|employment|internship|commissions)\b"
        ),
        Pattern(r"\b(?:if|when|while|since|whether|because|who|clients?|people) (?:\w+ ){0,2}$"),
    ),
    "offer": Signal(
        Pattern(
            any_of(
                rf"\b(?:i|we) (?:can |also |will |currently |do |now |could |would love to )*(?:offer|provide|do|create|design|build|make|develop|write|edit|"
                rf"deliver|produce|handle|manage|fix|translate|transcribe|help (?:you|businesses|companies|brands|clients|people|startups)(?: with| to)?|specialize in|"
                rf"specialise in|sell) {_SOME}{{0,7}}{_SERVICE}\b",
                rf"\bi will (?:\w+ ){{0,2}}(?:do|create|design|build|make|develop|write|edit|produce|be your|provide|translate|transcribe|proofread|setup|set up|"
                rf"convert|fix|record|draw|craft|deliver|install|redesign|customize|optimize|promote|rank|scrape) {_SOME}{{1,9}}",
                rf"\b(?:{_I_AM}|im) (?:a |an )?{_SOME}{{0,6}}{_TRADE}\b[^.?!\n]{{0,80}}\b(?:i|we) (?:can|will|offer|provide|do|help|create|design|build)\b",
                rf"\boffering {_SOME}{{0,5}}(?:{_SERVICE}|services?)\b", r"\b(?:my|our) (?:services|packages|offers?|gigs?) (?:include|are|is|start|range)\b",
                rf"\b(?:my|our) {_SOME}{{0,3}}services\b",
            )
        ),
        Pattern(
            r"\b(?:how|why|what|when|where|should|if|whether|that|which|did|does|do|clients? (?:say|said|wants?|asked)|things|work|job|stuff|everything|all|than|"
            r"before|after|as|because|since|usually|sometimes|still|never|the \w+) $"
        ),
    ),
    "opener": Signal(
        Pattern(
            any_of(
                rf"(?:^|[.!?:\n*\-\x{{2013}}] ?)(?:do you |does your \w+ |are you |anyone |anybody |guys |hey |hi |hello )*(?:need|want|looking for|in need of|struggling with|"
                rf"searching for|tired of|require|wanna|need help with|want to (?:get|have|boost|grow)) {_SOME}{{0,6}}(?:{_SERVICE}|{_TRADE}|services?)\b[^?.!\n]{{0,60}}\?",
                rf"\bif (?:you|u|anyone|anybody|someone|your \w+)(?: \w+)? (?:needs?|wants?|require[sd]?|(?:are|is|re|'re) (?:looking|interested|in need)(?: for| in| of)?) "
                rf"{_SOME}{{0,6}}(?:{_SERVICE}|{_TRADE}|services?|help|work)\b",
            )
        ),
    ),
    "introduction": Signal(
        Pattern(rf"\b(?:i ?'?m|i am|im|we are|we're|my name is \w+(?: and)? i ?'?a?m|this is \w+,?) (?:a |an )?{_SOME}{{0,6}}{_TRADE}\b"),
        Pattern(r"\b(?:as if|like|think|not|sure|if|that|when|since|because|where|what) $"),
    ),
    "years": Signal(Pattern(r"\b\d{1,2}\+? ?(?:years?|yrs?)(?: of)?(?: \w+){0,2} (?:experience|exp)\b|\b(?:experienced|skilled|professional|certified|top[- ]rated)\b")),
    "call": Signal(
        Pattern(
            any_of(
                r"\b(?:dm|pm|message|msg|inbox|contact|text|whatsapp|email|e-mail|ping|write|hmu|invite|call) (?:me|us|my inbox)\b", r"\bhmu\b|\bhit (?:me|us) up\b",
                r"\b(?:reach out|reach|get in touch|drop|connect|talk|write)(?: to| with)? (?:me|us)\b", r"\bsend (?:me|us) (?:a |an |your |ur )?(?:\w+ )?(?:dm|pm|message|msg|invite|offer|request|text|details?|portfolio|cv|resume|samples?|rates?|proposals?)\b",
                r"\b(?:my )?(?:dms?|pms?|inbox) (?:is|are|r) (?:always )?open\b", r"\bslide into my dms?\b", r"\b(?:dm|pm|inbox|message|contact|comment|whatsapp|email)(?: me| us)? (?:for|to|if|with|now|today|below|asap)\b",
                r"\b(?:let me know|lmk) if you(?:'re| are)? (?:need|want|interested|looking)\b", r"\b(?:place|book) (?:an? |your )?(?:order|call|slot)\b", r"\b(?:order|book) (?:now|today|here)\b",
                r"\blink (?:is )?in (?:my )?bio\b", r"\binterested (?:people|candidates|parties|persons?|ones?|freelancers|developers|designers|writers|applicants|clients|folks)?(?:,)? ?(?:can|please|should|kindly|dm|pm|contact|message|may|must)\b",
                r"\bif (?:you(?:'re| are)?|ur|u r|u are|anyone(?:'s| is)?) ?interested\b", r"\bapply (?:now|here|today|at|via|by|below|online|through|in)\b", r"\bto apply\b", r"\bsend (?:your|ur|over your|cvs?|resumes?)\b",
            )
        ),
        _REPORTED,
    ),
    "price": Signal(
        Pattern(
            any_of(
                r"[$\x{20ac}\x{a3}\x{20b9}] ?\d", r"\b\d[\d,.]* ?(?:k )?(?:usd|dollars?|eur|euros?|gbp|inr|bucks|\$|/ ?hr|/ ?hour|per hour|an hour|hourly|per word|per page|per month)",
                r"\b(?:paid (?:project|work|gig|job|position|role|task|trial|study|interview|opportunity|survey)|well paid|good pay|pay is|fixed price|budget (?:is|of|around|:)|negotiable)\b",
                r"\b(?:affordable|cheap(?:est)?|low|reasonable|competitive|best|fair|discounted) (?:price|prices|pricing|rate|rates|cost)\b|\bgift card\b", r"\bsalary\b",
                r"\b(?:prices?|rates?|packages?|services?) start(?:ing|s)? (?:at|from)\b|\bstarting (?:at|from) (?:just |only )?[$\x{20ac}\x{a3}\x{20b9}]? ?\d",
            )
        )
    ),
    "my-page": Signal(
        Pattern(
            any_of(
                r"\b(?:check(?: ?out)?|checkout|see|visit|view|look at|take a look at|have a look at|browse|explore|here(?:'s| is| are)|this is|find) (?:out )?(?:my|our) (?:\w+ ){0,3}(?:gigs?|profiles?|portfolios?|services?|shop|store|behance|dribbble|fiverr|upwork page)\b",
                r"\b(?:my|our) (?:\w+ ){0,2}(?:portfolio|gig|profile|website|behance|dribbble|shop|store)(?: is| link)? ?[:\-] ?(?:https?:|www\.|\w+\.\w{2,})",
                r"\b(?:gig|portfolio|profile) link ?:", r"\bportfolio ?: ?(?:https?:|www\.|\w+\.\w{2,})",
            )
        ),
        Pattern(r"(?:\b(?:did|didn't|does|doesn't|do|don't|not|clients?|they|people|nobody|no one|who|can|could|how|to|will|would|when|if|before|after|someone|anyone) (?:\w+ ){0,2})$"),
    ),
    "hiring": Signal(
        Pattern(
            any_of(
                r"\b(?:we ?'?re|we are|i ?'?m|i am|our (?:company|team|agency|startup|studio|firm)(?: is)?|my (?:company|team|agency|startup|studio|firm)(?: is)?|now|currently|urgently|actively|also|is) (?:\w+ ){0,2}(?:hiring|recruiting)\b",
                r"(?:^|[.!?:\n*\[#\-] ?)(?:hiring|now hiring|we hire|job (?:alert|opening|offer|opportunity|vacancy))\b", r"\[hiring\]|#hiring|#nowhiring",
                rf"\b(?:hiring|recruiting) (?:a|an|for|remote|freelance|experienced|\d+|some|multiple|several|new) {_SOME}{{0,6}}{_TRADE}\b",
            )
        ),
        Pattern(r"\b(?:they|he|she|clients?|who|that|when|if|whether|while|of|for|company|before|by|are you|about|not|think|saw|why|how|in|see|nobody|no one|anyone|anybody|someone|everyone) (?:\w+ )?$"),
        Pattern(r"^ ?(?:manager|process|team|seems|is |was |has |freeze|season|slow|decision|practice|on (?:here|upwork|fiverr)|someone|people|a freelancer|freelancers is|test|bias|budget|rate|partner)"),
    ),
    "seek-worker": Signal(
        Pattern(
            r"\b(?:(?:looking|searching|hunting)(?: for| to (?:hire|recruit|find|work with|partner with|collaborate with))|"
            rf"in (?:need|search) of|seeking|want to hire|wanna hire|need to hire) {_SOME}{{0,7}}{_TRADE}\b"
        ),
        _NOT_SEEKING,
    ),
    "need-worker": Signal(
        Pattern(
            r"(?:^|[.!?\n,:] ?|\b(?:i|we|also|urgently|asap|still) )(?:need(?:ed)?:?|wanted:?|require) "
            rf"(?:(?:an?|some|one|two|\d|more|the help of|help from) )?{_SOME}{{0,3}}{_TRADE}\b"
        ),
        _NOT_SEEKING,
    ),
    "project": Signal(Pattern(r"\b(?:for|on|in) (?:my|our|a|an|the) (?:\w+[ -]){0,4}(?:project|startup|company|business|team|website|app|store|agency|game|client|brand|channel|shop|job|position|role)\b|\bjoin (?:my|our) team\b|\b(?:long|short)[- ]term\b|\b(?:full|part)[- ]time\b|\bremote\b")),
    "study": Signal(
        Pattern(
            any_of(
                r"\b(?:fill(?:ing)?(?: (?:out|in|up))?|take|taking|complete|completing|participate in|take part in|answer|answering|do|doing|help (?:me|us) (?:with|by)|respond to|try) (?:my|our|this|a|these|the following) (?:\w+[ -]){0,5}(?:surveys?|questionnaires?|google form|form|study|poll|research|interviews?|user test)\b",
                r"\b(?:looking for|seeking|need|needing|recruiting|searching for|inviting|wanted|want|calling for|in search of|interview(?:ing)?) (?:\w+[ -]){0,6}(?:participants?|respondents?|interviewees?|volunteers?|testers?|freelancers?|people|users?|folks|designers?|developers?|someone|anyone|students?) (?:\w+[ -]){0,5}(?:(?:to|for|in|who (?:can|would|want)) (?:\w+[ -]){0,6}(?:study|survey|interview|interviews|research|thesis|dissertation|usability|questionnaire|focus group|user test(?:ing)?)|to (?:be interviewed|interview|survey))\b",
                r"\b(?:participants?|respondents?|interviewees?|testers?|volunteers?) (?:are |is )?(?:needed|wanted|required)\b", r"\b(?:my|our) (?:\w+[ -]){0,3}(?:survey|questionnaire)(?: link)? ?:", r"\bi(?:'m| am) (?:conducting|doing|running) (?:a |an |some )?(?:\w+[ -]){0,4}(?:survey|research|study|interviews|user interviews)\b",
                r"\b(?:can|could|may|would love to|want to|like to|looking to|hoping to) (?:i |we )?interview (?:you|some|a few|freelancers?|people|anyone|\d+|designers?|developers?)\b",
            )
        ),
        Pattern(r"\b(?:clients?|they|he|she|who|how|asked (?:me )?to|want(?:s|ed) me to|to pay|paid to|had to|me to|if|don't|not|never|did you|upwork|support) (?:\w+ ){0,2}$"),
    ),
    "research": Signal(Pattern(r"\b(?:survey|questionnaire|thesis|dissertation|master'?s|phd|university|academic|research(?:er)?|study|anonymous|google form|forms\.gle|typeform|surveymonkey|interview|participants?|responses?)\b")),
    "reward": Signal(Pattern(r"\b(?:gift card|voucher|compensat\w+|reward\w*|incentive|prizes?|win|winner|paid|amazon card|raffle|free)\b|[$\x{20ac}\x{a3}\x{20b9}] ?\d")),
    "minutes": Signal(Pattern(r"\b(?:\d{1,2}|five|ten|fifteen|twenty|thirty|few)(?: ?- ?\d{1,2}| to \d{1,2})?[ -]?(?:min|mins|minutes?|questions?)\b")),
    "contest": Signal(
        Pattern(
            any_of(
                r"\b(?:enter|join|participate in|take part in|sign up for|register for|compete in|submit (?:\w+ ){0,3}(?:to|for)) (?:my|our|this|the) (?:\w+[ -]){0,4}(?:contest|giveaway|raffle|competition|hackathon|sweepstakes?|tournament|awards?)\b",
                r"\b(?:hosting|running|launching|organi[sz]ing|doing|announcing) (?:a|an|our|my|another) (?:\w+[ -]){0,4}(?:contest|giveaway|raffle|competition|hackathon|sweepstakes?)\b", r"\bgiveaway (?:time|alert|is live|now)\b|\bfree nitro\b",
                r"\bvote for (?:me|my|our|us)\b", r"\b(?:contest|giveaway|hackathon) (?:is )?(?:now )?(?:live|open for|ends|closes|starts)\b",
            )
        ),
        Pattern(r"\b(?:how|why|if|should i|can i|ever|clients?|they|did|to|never|not|n't|used to|someone|who) (?:\w+ ){0,2}$"),
    ),
    "referral": Signal(
        Pattern(
            any_of(
                r"\b(?:use|using|with|through|via|enter|apply|click|clicking|here'?s|here is|grab|get|take|try|join|follow|need) (?:\w+ ){0,2}(?:my|our) (?:\w+[ -]){0,3}(?:referral|ref|invite|invitation|promo(?:tion(?:al)?)?|discount|coupon|affiliate|voucher)\b(?:[ -]?(?:code|link|url))?",
                r"\b(?:sign|signing|signed|join|register|subscribe)(?: ?up)? (?:\w+ ){0,3}(?:with|using|through|via|from) (?:my|this|our) (?:\w+ ){0,2}(?:code|link|url)\b", r"\bmy (?:referral|ref|affiliate|promo|invite|discount|coupon) (?:code|link)(?: is)?(?: ?[:=]| [a-z]*\d[a-z0-9]*)",
                r"\b(?:use|with|enter|apply) (?:the |this )?(?:promo |discount |coupon |referral |voucher )?code:? [\"'`]?[a-z]{2,}\d{1,}[a-z0-9]*\b", r"\b(?:promo|discount|coupon|voucher|referral) code ?[:=] ?\w{4,}",
            )
        ),
        Pattern(r"\b(?:how|why|if|should i|can i|clients?|they|did|never|not|n't|who|is it|allowed to|supposed to) (?:\w+ ){0,2}$"),
    ),
    "earn": Signal(
        Pattern(
            any_of(
                r"\b(?:earn|make|earning|making|earned|get paid|get) (?:up ?to |over |around |at least |extra |about |more than |easy |a )*(?:[$\x{20ac}\x{a3}\x{20b9}] ?\d[\d,.]*k?\+?|\d[\d,.]*k?\+? ?(?:\$|usd|dollars?|eur|euros?|bucks|pounds|inr|rs|btc)) ?\+?(?:\w+ ){0,3}(?:(?:a|per|every|each|/) ?(?:day|week|month|hour)|daily|weekly|monthly|hourly|from home|online|in (?:just )?(?:\d+|a few|one|a|an|24) (?:days?|hours?|weeks?|months?)|from your (?:phone|home|couch))",
                r"\b(?:guaranteed|risk[- ]free|100%) (?:profits?|returns?|income|roi|earnings)\b", r"\bdouble your (?:money|bitcoin|btc|income|investment|crypto)\b", r"\bfinancial freedom\b|\bpassive income\b|\bside hustle opportunity\b|\bwork from home (?:opportunity|job|and earn)\b|\b(?:easy|quick|fast) (?:money|cash)\b",
                r"\b(?:forex|crypto|bitcoin|binary|btc|stock|trading|investment) (?:signals?|platform|mentor|expert|trader|manager|investment|opportunity|group|course)\b",
            )
        ),
        Pattern(r"\b(?:how (?:do|can|to)|can you|is it possible to|clients?|they|want to|trying to|hope to|who|if) (?:\w+ ){0,2}$"),
    ),
    "account-trade": Signal(
        Pattern(
            any_of(
                r"\b(?:buy(?:ing)?|sell(?:ing)?|rent(?:ing)?(?: out)?|lease|wts|wtb|for sale:?|purchase|provide|offer(?:ing)?) (?:\w+[ -]){0,5}(?:verified|aged|old|upwork|fiverr|freelancer|linkedin|paypal|payoneer|wise|stripe|gmail|facebook|instagram|discord|twitter|reddit|tiktok|youtube|netflix|bank|top[- ]rated)(?: \w+){0,2} (?:accounts?|profiles?)\b",
                r"\b(?:upwork|fiverr|freelancer|linkedin|paypal|payoneer|verified|aged|top[- ]rated)(?: \w+){0,2} (?:accounts?|profiles?) (?:is |are )?(?:for (?:sale|rent)|available|on rent|to rent|needed|wanted)\b",
            )
        ),
        Pattern(r"(?:\b(?:don't|not|never|allowed|illegal|against|how|why|if|can i|should i|is it|people|who|someone|they|about|from|of|stop|ban|banned for|of you|caught|prohibit\w*|forbidden|report\w*|for|by|to not) (?:\w+ ){0,3})$"),
    ),
    "my-media": Signal(
        Pattern(
            any_of(
                r"\b(?:subscribe|sub|check(?: ?out)?|checkout|visit|watch|follow|support|share|join|read|download|try|listen|see|view|click|stream|vote|look|donate|contribute)(?: (?:to|at|on|out|up|for|and|it|please|me|us|is|a|look|my page))* (?:my|our) (?:\w+[ -]){0,4}(?:channels?|videos?|vids?|youtube|page|blog|website|site|course|book|ebook|podcast|newsletter|app|songs?|music|mixtape|album|instagram|insta|twitter|tiktok|facebook|fb|server|discord|group|community|patreon|kickstarter|saas|startup|product|tool|agency|gofundme|covers?|remix|beats|stream|twitch|soundcloud|rap|tutorial|playlist|first video|webinar|masterclass|ebay|etsy)\b",
                r"\b(?:subscribe|sub) (?:to )?(?:me|us)\b|\bsub(?:scribe)? ?(?:4|for) ?sub\b|\blike and subscribe\b|\bfollow (?:me|us) on\b|\bfollow ?(?:4|for) ?follow\b|\bi(?:'ll| will) sub(?:scribe)? back\b",
                r"\b(?:check|look|visit)(?: it| this| me| us)? out (?:on|at) (?:my|our)\b|\b(?:i|we) (?:just )?(?:launched|released|uploaded|published|dropped) (?:my|our|a) (?:new |first |latest )?(?:channel|video|song|album|app|course|book|ebook|podcast|newsletter|saas|startup|product)\b",
            )
        ),
        Pattern(r"(?:\b(?:did|didn't|does|doesn't|do|don't|not|clients?|they|people|nobody|no one|who|could|how|will|would|when|if|before|after|someone|anyone|to|never|i|can) (?:\w+ ){0,1})$"),
    ),
    "sale": Signal(
        Pattern(
            any_of(
                r"\b(?:for sale|wts|\[?selling\]?:?|i ?'?m selling|i am selling|we sell|i sell|selling (?:my|a|an|some|these|two)|sale:|buy now|order now|shop now|call now|limited (?:time )?offer|special offer|(?:\d{1,2}|fifty|thirty|twenty) ?% off|free trial|best offer|o\.?b\.?o\.?|(?:brand )?new in box|asking price)\b",
                r"\b(?:txt|text|reply|call) (?:\w+ ){0,4}(?:to )?\d{4,6}\b", r"\bclick (?:here|(?:on )?(?:the |this )?link(?: below)?)\b", r"\b(?:claim|win|won|winner|awarded) (?:\w+ ){0,4}(?:prize|cash|reward|voucher|gift)\b",
            )
        ),
        Pattern(r"\b(?:not|n't|is it|was it|how|why|who|clients?|they|if|when|to|should i|can i|are they|anything) (?:\w+ ){0,2}$"),
    ),
    "advice": Signal(
        Pattern(
            r"\b(?:how (?:do|can|should|would|did|to|long|much|many)|any (?:advice|tips?|ideas?|suggestions?|feedback|thoughts)|is (?:it|this|that) (?:ok|okay|allowed|legal|normal|possible|safe|legit|a scam|against|worth)|should i|does anyone (?:know|else)|has anyone|what (?:do|does|should|is|are|would|can) |"
            r"why (?:do|does|is|are|am|can't|would)|tips (?:on|for)|advice (?:on|for|about)|feedback|i(?:'m| am) (?:confused|wondering|curious|struggling|frustrated)|wondering (?:if|how|why)|am i allowed|is anyone else|review my|critique|what am i doing wrong|no luck|without success)"
        )
    ),
}  # fmt: skip
"""By name; what each points to stands in its name."""

ASKS_ABOUT_IT: Final = Pattern(
    # A member showing others what they were sent, to ask whether it can be trusted.
    any_of(
        r"\b(?:is|are|was|were) (?:this|that|it|these|they|he|she)(?: \w+){0,4} (?:a |an )?(?:scam\w*|legit\w*|spam|fake|phishing|real|safe|fraud\w*|trustworthy|suspicious|genuine|serious)\b",
        r"\b(?:scam|legit|fake|real|safe|genuine)(?: or (?:not|scam|fake|real|legit))? ?\?", r"\b(?:legit|real|genuine) or (?:a )?(?:scam|fake|not)\b", r"\b(?:should|can|do) i (?:report|trust|answer|reply|respond|accept|ignore|block|flag)\b",
        r"\b(?:got|received|keep getting|getting|saw|sent me|was sent|came across|found)(?: \w+){0,6} (?:message|dm|invite|invitation|email|offer|job post|post|ad|text)s?\b[^\n]{0,20}[:\"]", r"\b(?:how|where) (?:do|can|to) (?:i |we |you )?(?:report|flag|block)\b", r"\b(?:beware|watch out|be careful|warning|stay away|psa)\b", r"\bscam(?:mer|mers|s)?\b[^.!?\n]{0,40}\b(?:say|says|saying|post|posts|posting|message|messages|ask|asks|asking|offer|offers|like|send|sends|sending)\b",
    )
)  # fmt: skip
"""Where it stands in a text, advertising words in it are read as borrowed."""
