"""Discord's markdown, as much of it as Concord's own messages use, for a terminal."""

import re

from rich.text import Text

_BLOCK_RE = re.compile(r"(?P<hidden>\|\|)?```\n(?P<words>.*?)\n```(?:\|\|)?", re.DOTALL)
_BOLD_RE = re.compile(r"\*\*(?P<words>.+?)\*\*")


def to_text(body: str, bar: str) -> Text:
    """Return a message's text with its emphasis as style.

    Args:
        body: in Discord's markdown.
        bar: put before the lines of a code block, which Concord quotes members in.
    """
    text = Text()
    at = 0
    for block in _BLOCK_RE.finditer(body):
        text.append_text(_emphasised(body[at : block.start()]))
        if block["hidden"]:
            text.append(f"{bar} behind a spoiler:\n", "dim")
        quoted = "\n".join(f"{bar} {line}" for line in block["words"].split("\n"))
        text.append(quoted, "italic")
        at = block.end()
    text.append_text(_emphasised(body[at:]))
    return text


def _emphasised(words: str) -> Text:
    text = Text()
    at = 0
    for bold in _BOLD_RE.finditer(words):
        text.append(words[at : bold.start()])
        text.append(bold["words"], "bold")
        at = bold.end()
    text.append(words[at:])
    return text
