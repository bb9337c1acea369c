"""Names and hosts that look like somebody's e-mail address and are not.

Chosen by hand from placeholders in documentation and from ordinary talk, not measured one by one.
"""

from typing import Final

from bot.text.patterns import Pattern, any_of

PLACEHOLDER_NAME_RE: Final = Pattern(
    any_of(
        r"(?:your|my|some|any|this|that|their|his|her)[._\-]?\S*(?:mail|name|"
        r"address|user|other)\S*",
        r"(?:your|my|some|this\.other|other)[._\-]?(?:e-?mail|self|id|account|"
        r"login|username)",
        r"your|you|yourname|user(?:name)?\d{0,2}|name|e-?mail|mail|someone|"
        r"somebody|anyone|anybody|nobody",
        r"example\d*|test\d*|testuser\d*|foo|bar|baz|foobar|abc|abcd|xyz|xxx+|x|"
        r"aaa+|asdf|qwerty",
        r"first(?:name)?[._]?last(?:name)?|john[._]?doe|jane[._]?doe|"
        r"joe[._]?bloggs|placeholder|dummy|fake",
        r"login|myuser|my_user|account|recipient|sender|address|person|member|"
        r"client|customer",
    )
)
"""Names before the at sign that stand for "your name here"."""
UNREAD_NAME_RE: Final = Pattern(
    r"(?:no[._\-]?reply|do[._\-]?not[._\-]?reply|donotreply|mailer-daemon|"
    r"postmaster|bounces?|git|hg|svn|"
    r"root|www-data|notifications?)(?:[+._\-]\S*)?"
)
"""Names behind which nobody reads."""
DESK_NAME_RE: Final = Pattern(
    r"(?:support|help|helpdesk|legal|privacy|abuse|security|dpo|trust|"
    r"safety|appeals|disputes?|"
    r"customer[._\-]?(?:service|support|care)|copyright|dmca|press|compliance|feedback)"
)
"""Names of an organisation's desks, passed on in good faith."""
PLACEHOLDER_DOMAIN_RE: Final = Pattern(
    any_of(
        r"(?:\S+\.)?example\.(?:com|org|net|edu)",  # RFC 2606
        r"\S+\.(?:example|test|invalid|localhost|local|lan|internal|localdomain|"
        r"home|corp|arpa)",
        r"(?:\S+\.)?(?:your|my|some|their|any)[\-]?(?:domain|company|site|"
        r"website|host|server|mail|email|"
        r"provider|org|business|client|app|isp)\.\w+",
        r"(?:domain|website|host|hostname|server|provider|test|foo|bar|abc|xyz|"
        r"xxx+|placeholder)\.\w{2,4}",
        r"(?:foo|bar)\.(?:provider\.)?\w+|users\.noreply\.github\.com|noreply\.\S+",
        r"(?:company|mail|email)\.(?:tld|xyz|example)",
    )
)
"""Hosts kept for examples (RFC 2606), of private networks, or standing for "your host here"."""
NO_NAME_RE: Final = Pattern(
    r"(?:me|us|you|him|her|them|it|this|that|these|those|one|ones|all|any|"
    r"some|look|looking|looked|looks|"
    r"available|site|out|hosted|host|live|lives|work|works|worked|working|"
    r"account|accounts|address|addresses|"
    r"email|emails|e-mail|mail|mails|login|log|logged|sign|signed|signup|is|"
    r"are|was|were|be|been|am|"
    r"located|found|find|here|there|up|down|start|starts|started|begin|stay|"
    r"everything|anything|something|"
    r"nothing|people|person|team|guys|user|users|member|members|page|pages|"
    r"website|blog|docs|doc|"
    r"documentation|download|downloads|store|shop|forum|channel|question|"
    r"questions|answer|answers|"
    r"good|bad|great|best|or|and|but|not|just|only|also|even|still|now|then|"
    r"today|in|on|over|back|read|"
    r"more|info|information|details|see|check|visit|join|buy|sell|sold|"
    r"order|ordered|registered|published|"
    r"listed|posted|article|post|posts|job|jobs|engineer|developer|designer|"
    r"manager|ceo|employee|employees|"
    r"meet|meeting|arrive|arrived|stop|stopped|call|called|price|priced|"
    r"aimed|once|yell|laugh|stare|glance|"
    r"server|servers|repo|project|code|file|files|version|run|running|time|"
    r"times|day|week|thing|things|stuff)"
)
"""Words before "at" in ordinary talk: "available at", "look at", "me at"."""
