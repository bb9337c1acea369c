"""Hosts and paths that lead to a person.

From the services' own help pages and links as people share them; chosen by hand, not measured one
by one.
"""

from typing import Final

from bot.text.patterns import Pattern, any_of

_CONTACT_HOST: Final = any_of(
    r"(?:www\.)?t\.me/(?:\+|joinchat/)?[a-z0-9_]{4,}",
    r"(?:www\.)?telegram\.(?:me|dog)/[a-z0-9_+]{4,}",
    r"wa\.me/[+a-z0-9]{5,}",
    r"(?:api|web|chat)\.whatsapp\.com/\S{4,}",
    r"whatsapp\.com/channel/\S{4,}",
    r"(?:www\.)?m\.me/[a-z0-9.]{3,}",
    r"line\.me/(?:r/)?ti/\S{3,}",
    r"lin\.ee/\w{3,}",
    r"signal\.(?:me|group)/\S{3,}",
    r"u\.wechat\.com/\S{3,}",
    r"join\.skype\.com/\S{3,}",
    r"kik\.me/\w{3,}",
    r"zalo\.me/\w{3,}",
    r"viber\.(?:me|click)/\S{3,}",
    r"(?:www\.)?snapchat\.com/add/\S{2,}",
    r"discord(?:app)?\.com/users/\d{15,}",
    r"matrix\.to/\#/\S{3,}",
)
_BOOKING_HOST: Final = any_of(
    r"(?:www\.)?calendly\.com/[\w-]{3,}",
    r"(?:app\.)?cal\.com/[\w-]{3,}",
    r"tidycal\.com/[\w-]{3,}",
    r"savvycal\.com/[\w-]{3,}",
    r"koalendar\.com/e/\S+",
    r"(?:[\w-]+\.)?zoom\.us/(?:j|my|s)/\S+",
    r"meet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}",
    r"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/\S+",
    r"calendar\.app\.google/\S+",
)
_PROFILE_HOST: Final = any_of(
    r"(?:\w{2,3}\.)?linkedin\.com/in/[\w%-]{3,}",
    r"(?:www\.|m\.)?facebook\.com/(?:profile\.php\?id=\d+|people/\S+|"
    r"[a-z]+\.[a-z]+(?:\.\w+)?/?$)",
    r"(?:www\.)?instagram\.com/[\w.]{3,}/?(?:\?\S*)?$",
    r"(?:www\.)?(?:twitter|x)\.com/\w{3,15}/?(?:\?\S*)?$",
    r"(?:www\.)?tiktok\.com/@[\w.]{3,}/?(?:\?\S*)?$",
    r"(?:www\.)?threads\.(?:net|com)/@[\w.]{3,}/?$",
    r"(?:www\.)?linktr\.ee/[\w.-]{2,}",
    r"(?:www\.)?about\.me/[\w.-]{3,}",
    r"bio\.link/\S{2,}",
    r"beacons\.ai/\S{2,}",
    r"bsky\.app/profile/[\w.-]+/?$",
    r"(?:www\.)?vk\.com/[\w.]{4,}/?$",
)
CONTACT_RE: Final = Pattern(rf"^(?:https?://)?{_CONTACT_HOST}")
"""Links that open a talk with somebody elsewhere."""
BOOKING_RE: Final = Pattern(rf"^(?:https?://)?{_BOOKING_HOST}")
"""Links to a personal meeting."""
PROFILE_RE: Final = Pattern(rf"^(?:https?://)?{_PROFILE_HOST}")
"""Links to a person's profile."""
PAGE_RE: Final = Pattern(
    r"^(?:https?://)?(?:(?:www\.|m\.)?facebook\.com/[\w.]{5,}/?$|(?:www\.)?fb\.com/[\w.]{4,}/?$)"
)
"""Pages that are a person's as often as an organisation's or a cause's."""
NOBODY_RE: Final = Pattern(
    r"(?:t\.me/(?:s/|share\b|iv\?|addstickers|proxy|setlanguage)|"
    r"(?:facebook|fb|instagram|twitter|x)\.com/(?:help|about|policies|legal|"
    r"login|home|explore|search|settings|"
    r"groups|events|marketplace|watch|business|ads|terms|privacy|hashtag|"
    r"intent|share|sharer|i|p|reel|tos|signup|photo|pages|notes|media|story|permalink|"
    r"video|videos|photo\.php|story\.php|permalink\.php|"
    r"upwork|fiverr|freelancer|discord)\b)"
)
"""Pages of such hosts that belong to nobody."""
WRITTEN_RE: Final = Pattern(
    r"\b(?P<link>",
    any_of(
        r"(?:t|wa|m|telegram|kik|zalo)\s?(?:\.|\(dot\)|\[dot\]|"
        r"\sdot\s)\s?me\s?[/\\]\s?[+a-z0-9_]{4,}",
        r"(?:skype|viber|whatsapp|tg|line|"
        r"signal):(?://)?(?:[a-z0-9._:\-]{3,})\?(?:chat|call|add|text|phone|"
        r"send)\S*",
        r"tg://\S{4,}|whatsapp://\S{4,}|viber://\S{4,}",
    ),
    r")",
)
"""Contact links as text, also where they were broken up to escape readers of links."""
