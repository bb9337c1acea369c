"""Words beside a run of digits that say what it is: a telephone number, or another figure.

Chosen by hand from how such figures are introduced, not measured one by one.
"""

from typing import Final

from bot.text.patterns import Pattern, any_of

ID_BEFORE_RE: Final = Pattern(
    r"(?:#|\b(?:d-?u-?n-?s|siret|siren|kvk|abn|acn|gstin|hrb|krs|crn|company|"
    r"[ei]nquiry|complaint|reservation|booking|confirmation|customer|member(?:ship)?|"
    r"employee|student|registration|room|flight|pnr|batch|order|ticket|case|invoice|id|ids|issue|bug|pr|ref|reference|"
    r"tracking|transaction|txn|serial|"
    r"account|acct|isbn|issn|doi|contract|job|proposal|article|post|message|"
    r"msg|commit|build|version|part|"
    r"model|sku|item|product|pin|code|otp|passport|licen[cs]e|vat|tax|ein|"
    r"ssn|iban|swift|routing|card|"
    r"policy|patent|port|rfc|kb|lp|launchpad|pid|uid|gid|inode|sector|block|"
    r"page|line|row|seed|nonce)"
    r"(?:\s?(?:no|nr|num|number|id|ref|is|of|was)){0,2}\.?\s?[:#=(]?\s?[#\"']?)$"
)
"""What a number that is no telephone number is called."""
SPEAKS_BEFORE_RE: Final = Pattern(
    any_of(
        r"\b(?:call|ring|dial|phone|telephone|text|sms|whats\s?app|wa|viber|imo|"
        r"signal|telegram|zalo)"
        r"(?: (?:me|us|him|her|them|now|today|back|directly|anytime|or text|"
        r"or whats\s?app|or call|or sms))*"
        r"(?: (?:at|on|to|via|with|@))?(?: (?:my|our|this|the|his|"
        r"her))?(?: (?:number|no|cell|mobile|phone))?",
        r"\b(?:phone|tel|telephone|mobile|mob|cell|cellphone|fax|contact|"
        r"whats\s?app|hp|handphone|landline|ph|"
        r"call(?:ing)?|helpline|hotline|toll[ -]?free|office)"
        r"(?: (?:number|no|num|nr|#))?\.?(?: (?:is|at|on))?",
        r"\b(?:my|our|his|her|their|the|personal|direct|business|home|work|your)"
        r" (?:\w+ )?(?:number|no|num|nr|cell|digits|mobile|phone|line)(?: (?:is|"
        r"now is|again is|was|at|on|to))?",
        r"\b(?:reach|contact|hit|ping|message|msg|dm|text) (?:me|us|him|"
        r"her)(?: up)?(?: (?:at|on|via|directly|back))*",
        r"\bnumber(?:'s| is)",
    ),
    r"[^\w\n]{0,6}(?:\(?(?:0|24/7|now|also|here|either)\)?[^\w\n]{0,3})?$",
)
"""What introduces a telephone number."""
SPEAKS_AFTER_RE: Final = Pattern(
    r"^\W{0,4}(?:is (?:(?:my|our|his|her) (?:\w+ )?|(?:the|a) (?:(?:phone|mobile|"
    r"contact|office|direct|business|real|working|private|personal|"
    r"whats\s?app) )?)(?:number|no|cell|phone|mobile|whats\s?app)|"
    r"(?:call|text|whats\s?app|sms|ring|phone|dial) (?:me|us|him|her|now|only|for|or)\b|"
    r"(?:on |via |for )?(?:whats\s?app|viber|imo|telegram|signal)\b|"
    r"\(?(?:cell|mobile|phone|whats\s?app|office|home|work|fax)\b|\(?tel(?:[.:)]|\s*$))"
)
"""What says afterwards that it was one."""
PUBLIC_LINE_RE: Final = Pattern(
    r"\b(?:crisis|suicide|life\s?line|samaritans|emergency|hot\s?line|help\s?line|abuse|"
    r"police|government|tax office|hmrc|irs|embassy|consulate|public|poison)\b"
)
"""Lines that everybody may need."""
COMPANY_LINE_RE: Final = Pattern(
    r"\b(?:support|customer|care|refund|recover\w*|account|bank|wallet|virus|paypal|"
    r"upwork|fiverr|amazon|microsoft|coinbase|our|my)\b"
)
"""What false desks of companies call themselves."""
LINE_REACH: Final = 48
"""Code points round a help line in which words say whose it is; chosen."""
NOT_CALL_RE: Final = Pattern(
    r"\b(?:call(?:s|ed)?|function|method|api|system call|text (?:file|"
    r"field))\W{0,3}\w*\($"
)
"""Calls of functions, not of people."""
