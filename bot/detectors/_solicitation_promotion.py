"""Phrases of advertisements for what is sold, watched, joined or earned."""

from typing import Final

from bot.detectors._signals import Signal
from bot.text.patterns import Pattern, any_of

PROMOTION: Final = {
    "referral": Signal(
        Pattern(
            any_of(
                r"\b(?:use|using|with|through|via|enter|apply|click|clicking|here'?s|"
                r"here is|grab|get|take|try|join|follow|need) (?:\w+ ){0,2}(?:my|"
                r"our) (?:\w+[ -]){0,3}(?:(?:referral|ref|invite|invitation|"
                r"promo(?:tion(?:al)?)?|discount|coupon|affiliate|"
                r"voucher)[ -]?(?:codes?|links?|url)|referral)\b",
                r"\b(?:sign|signing|signed|join|register|"
                r"subscribe)(?: ?up)? (?:\w+ ){0,3}(?:with|using|through|via|"
                r"from) (?:my|this|our) (?:\w+ ){0,2}(?:code|link|url)\b",
                r"\bmy (?:referral|ref|affiliate|promo|invite|discount|coupon) (?:code|"
                r"link)(?: is)?(?: ?[:=]| [a-z]*\d[a-z0-9]*)",
                r"\b(?:use|with|enter|apply) (?:the |this )?(?:promo |discount |coupon |"
                r"referral |voucher )?code:? [\"'`]?[a-z]{2,}\d{1,}[a-z0-9]*\b",
                r"\b(?:promo|discount|coupon|voucher|referral) code ?[:=] ?\w{4,}",
            )
        ),
        Pattern(
            r"\b(?:how|why|if|should i|can i|clients?|they|did|never|not|n't|who|"
            r"is it|allowed to|supposed to) (?:\w+ ){0,2}$"
        ),
    ),
    "earn": Signal(
        Pattern(
            any_of(
                r"\bturn(?:ed)? [$\x{20ac}\x{a3}] ?\d[\d,.]*k? into [$\x{20ac}\x{a3}] ?\d",
                r"\b(?:earn|make|earning|making|earned|get paid|get) (?:up ?to |over |"
                r"around |at least |extra |about |more than |easy |"
                r"a )*(?:[$\x{20ac}\x{a3}\x{20b9}] ?\d[\d,.]*k?\+?|"
                r"\d[\d,.]*k?\+? ?(?:\$|usd|dollars?|eur|euros?|bucks|pounds|inr|rs|"
                r"btc)) ?\+?(?:\w+ ){0,3}(?:(?:a|per|every|each|/) ?(?:day|week|month|"
                r"hour)|daily|weekly|monthly|hourly|from home|online|"
                r"in (?:just )?(?:\d+|a few|one|a|an|24) (?:days?|hours?|weeks?|"
                r"months?)|from your (?:phone|home|couch))",
                r"\b(?:guaranteed|risk[- ]free|100%) (?:profits?|returns?|income|roi|"
                r"earnings)\b",
                r"\b(?:who|anyone|anybody|do you|does anyone|you guys) (?:here )?wants? to (?:earn|"
                r"make) (?:some |extra |more |easy |good |quick |fast )*(?:money|cash|income|"
                r"dollars|bucks|usd)\b",
                r"\bdouble your (?:money|bitcoin|btc|income|investment|crypto)\b",
                r"\bfinancial freedom\b|\bpassive income\b|\bside hustle opportunity\b|"
                r"\bwork from home (?:opportunity|job|and earn)\b|\b(?:easy|quick|"
                r"fast) (?:money|cash)\b",
            )
        ),
        Pattern(
            r"\b(?:how (?:do|can|to)|can you|is it possible to|clients?|they|"
            r"want to|trying to|hope to|who|if) (?:\w+ ){0,2}$"
        ),
    ),
    "trading": Signal(
        Pattern(
            r"\b(?:forex|crypto|bitcoin|binary|btc|stock|trading|"
            r"investment) (?:signals?|platform|mentor|expert|trader|manager|"
            r"investment|opportunity|group|course)\b"
        )
    ),
    "account-trade": Signal(
        Pattern(
            any_of(
                r"\b(?:use|rent|borrow|lease|buy|"
                r"access)(?: me)? your (?:\w+ ){0,2}(?:upwork|fiverr|verified|"
                r"freelanc\w+|linkedin|paypal|bank)(?: \w+)? (?:account|profile)\b",
                r"\b(?:buy|cheap|sell(?:ing)?) (?:\w+ ){0,2}(?:followers|"
                r"subscribers|backlinks)\b|\bsmm panel\b|\b(?:accounts|"
                r"account) for sale\b",
                r"\b(?:buy(?:ing)?|sell(?:ing)?|rent(?:ing)?(?: out)?|lease|wts|wtb|"
                r"for sale:?|purchase|provide|"
                r"offer(?:ing)?) (?:\w+[ -]){0,5}(?:verified|aged|old|upwork|fiverr|"
                r"freelancer|linkedin|paypal|payoneer|wise|stripe|gmail|facebook|"
                r"instagram|discord|twitter|reddit|tiktok|youtube|netflix|bank|"
                r"top[- ]rated)(?: \w+){0,2} (?:accounts?|profiles?)\b",
                r"\b(?:rent|lend|lease|sell|give) (?:(?:us|me) your (?:\w+ ){0,2}(?:account|"
                r"profile)|your (?:\w+ ){0,2}(?:accounts?|profiles?) to (?:us|me))\b",
                r"\b(?:upwork|fiverr|freelancer|linkedin|paypal|payoneer|verified|aged|"
                r"top[- ]rated)(?: \w+){0,2} (?:accounts?|profiles?) (?:is |"
                r"are )?(?:for (?:sale|rent)|available|on rent|to rent|needed|wanted)\b",
            )
        ),
        Pattern(
            r"(?:\b(?:don't|not|never|allowed|illegal|against|how|why|if|can i|"
            r"should i|is it|people|who|someone|they|about|from|of|stop|ban|"
            r"banned for|of you|caught|prohibit\w*|forbidden|report\w*|for|by|"
            r"to not) (?:\w+ ){0,3})$"
        ),
    ),
    "my-media": Signal(
        Pattern(
            any_of(
                # what is taught, discounted or handed out by the author
                r"\b(?:my|our) (?:\w+ ){0,2}(?:shop|store|course|gigs?|services|etsy|packages?|"
                r"prints?)\b[^.!?\n]{0,50}\b\d{1,2} ?% off\b|"
                r"\b\d{1,2} ?% off (?:on |of |for )?(?:all |everything in |everything on )?"
                r"(?:my|our) (?:\w+ ){0,2}(?:shop|store|course|gigs?|services|packages?|prints?)\b",
                r"\b(?:\d+x|double|triple|skyrocket|boost|grow|scale) your (?:\w+ )?(?:income|"
                r"earnings|revenue|sales|business|profits?) (?:with|through|in|using|"
                r"via) (?:\w+ ){0,1}(?:my|our)\b",
                r"\b(?:join|enrol?l in|sign up for|register for|apply to|"
                r"buy) (?:my|our) (?:\w+ ){0,3}(?:mentorship|mentoring|coaching|bootcamp|"
                r"program(?:me)?|academy|cohort|workshop|training)\b",
                r"\bfree (?:\w+ )?(?:webinar|masterclass|workshop|training)\b[^.!?\n]{0,60}"
                r"\b(?:register|sign up|save your (?:seat|spot)|rsvp|reserve your)\b|"
                r"\b(?:register|sign up|save your (?:seat|spot)|rsvp) (?:\w+ ){0,4}free "
                r"(?:\w+ )?(?:webinar|masterclass|workshop|training)\b",
                r"\b(?:my|our) (?:\w+ ){0,3}(?:course|bootcamp|academy|program(?:me)?|cohort|"
                r"class|masterclass) (?:is|are) (?:now |finally )?open\b|"
                r"\benrol?l?ments? (?:is |are )?(?:now )?open\b|\bopen for enrol?l?ment\b",
                r"\bairdrop\b[^.!?\n]{0,60}\b(?:connect (?:your |ur )?wallet|claim (?:your|"
                r"ur|now|here))\b",
                r"\b(?:please|pls) sub(?:scribe)?\b|\bsub(?:scribe)? (?:please|pls)\b",
                r"\b(?:download|grab|get) my (?:free )?(?:\w+ ){0,2}(?:templates?|guide|"
                r"checklist|cheat ?sheet|pdf|kit|ebook|swipe file|presets?)\b",
                r"\b(?:new|my new|my latest) (?:\w+ )?(?:ebook|book|course|video|song|"
                r"album|podcast|episode|single) (?:is )?(?:out|live)(?: now)?\b",
                r"\b(?:subscribe|sub|check(?: ?out)?|checkout|visit|watch|follow|"
                r"support|share|join|read|download|try|listen|see|view|click|stream|"
                r"vote|look|donate|contribute)(?: (?:to|at|on|out|up|for|and|it|please|"
                r"me|us|is|a|look|my page))* (?:my|our) (?:\w+[ -]){0,4}(?:channels?|"
                r"videos?|vids?|youtube|page|blog|website|site|course|book|ebook|"
                r"podcast|newsletter|app|songs?|music|mixtape|album|instagram|insta|"
                r"twitter|tiktok|facebook|fb|server|discord|group|community|patreon|"
                r"kickstarter|saas|startup|product|tool|agency|gofundme|covers?|remix|"
                r"beats|stream|twitch|soundcloud|rap|tutorial|playlist|first video|"
                r"webinar|masterclass|ebay|etsy)\b",
                r"\b(?:subscribe|sub) (?:to )?(?:me|us)\b|\bsub(?:scribe)? ?(?:4|"
                r"for) ?sub\b|\blike and subscribe\b|\bfollow (?:me|us) (?:on|"
                r"at) (?:my )?(?:@?instagram|insta|ig|twitter|x|linkedin|youtube|tiktok|"
                r"facebook|fb|github|medium|twitch|soundcloud|behance|dribbble|threads|"
                r"snap\w*)\b|\bfollow ?(?:4|for) ?follow\b|\bi(?:'ll|"
                r" will) sub(?:scribe)? back\b",
                r"\b(?:check|look|visit)(?: it| this| me| us)? out (?:on|at) (?:my|"
                r"our)\b|\b(?:i|we) (?:just )?(?:launched|released|uploaded|published|"
                r"dropped) (?:my|our|a) (?:new |first |latest )?(?:channel|video|song|"
                r"album|app|course|book|ebook|podcast|newsletter|saas|startup|"
                r"product)\b",
            )
        ),
        Pattern(
            r"(?:\b(?:did|didn't|does|doesn't|do|don't|not|clients?|they|people|"
            r"nobody|no one|who|could|how|will|would|when|if|before|after|someone|"
            r"anyone|to|never|i|can) (?:\w+ ){0,1})$"
        ),
    ),
    "built": Signal(
        Pattern(
            r"\b(?:i|we|i've|we've|i have|we have) (?:just |recently |"
            r"finally )?(?:built|made|created|launched|developed|released|wrote|"
            r"started|published|recorded) (?:a|an|this|my|our|"
            r"the) (?:\w+[ -]){0,5}(?:tool|app|website|site|extension|plugin|"
            r"platform|saas|course|ebook|template|templates|newsletter|podcast|"
            r"channel|community|blog|article|post|video|guide|bot|startup|"
            r"service)\b"
        ),
        Pattern(r"\b(?:client|when|if|how|because|that|who|for) (?:\w+ ){0,2}$"),
        Pattern(
            r"^ (?:for (?:a|my|the|one|some|our) (?:\w+ )?clients?|last|of the|"
            r"of my|about this|with the (?:problem|bug|error))"
        ),
    ),
    "sale": Signal(
        Pattern(
            any_of(
                r"\b(?:for sale|wts|\[selling\]|i ?'?m selling (?:my|a|an|some|these|"
                r"two|it)|i am selling|we sell|i sell|selling (?:my|some|these|two)|"
                r"sale:|buy now|order now|shop now|call now|limited (?:time )?offer|"
                r"special offer|(?:\d{1,2}|fifty|thirty|twenty) ?% off|free trial|"
                r"best offer|o\.?b\.?o\.?|(?:brand )?new in box|asking price)\b",
                r"\b(?:txt|text|reply|call) (?:\w+ ){0,4}(?:to )?\d{4,6}\b",
                r"\bclick (?:here|(?:on )?(?:the |this )?link(?: below)?)\b",
                r"\b(?:claim|win|won|winner|awarded) (?:\w+ ){0,4}(?:prize|cash|reward|"
                r"voucher|gift)\b",
            )
        ),
        Pattern(
            r"\b(?:not|n't|is it|was it|how|why|who|clients?|they|if|when|to|"
            r"should i|can i|are they|anything) (?:\w+ ){0,2}$"
        ),
    ),
}
"""Signals by name; what each points to stands in its name."""
