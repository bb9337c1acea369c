"""Fragments that the phrases of advertisements are put together from.

The phrases are written from how such posts read on freelancing boards; chosen, not measured one by
one: what is measured are the combinations in ``solicitation.py``. They are read on the folded copy
of a text: lower-case, look-alikes and disguises undone.
"""

from typing import Final

from bot.text.lexicon_files import word_lists
from bot.text.patterns import any_of


def _words(key: str) -> str:
    entries = sorted(word_lists("solicitation")["words"][key], key=lambda word: (-len(word), word))
    return any_of(
        *(
            entry.replace("*", "[a-z]{0,3}").replace("_", "[ -]").replace(".", r"\.")
            for entry in entries
        )
    )


TRADE: Final = _words("trades")
"""Who is offered or sought."""
SERVICE: Final = _words("services")
"""What is offered or sought."""
SOME: Final = r"(?:[\w'&/+#-]{1,20}(?:\.[\w#]{1,8})?[ ,]{1,2})"
"""A word between."""
I_AM: Final = r"(?:i ?'?a?m|i am|we ?'?re|we are|am|iam)"
"""The author, speaking of the present."""
OTHERS: Final = (
    r"(?:they|he|she|it|who|that|which|clients?|people|someone|somebody|"
    r"anyone|anybody|nobody|no one|recruiters?|scammers?|"
    r"guys?|person|bots?|strangers?|everyone|companies|employers?|"
    r"freelancers?|users?|members?)"
)
"""Those of whom tales are told: what they do is not what the author does."""
