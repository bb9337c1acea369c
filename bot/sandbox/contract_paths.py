"""Which path template of Discord's contract an address belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Branch:
    literal: dict[str, "_Branch"] = field(default_factory=dict)
    parameter: "_Branch | None" = None
    template: str | None = None


@dataclass(frozen=True, slots=True)
class PathMatch:
    """The template of an address, and what stands in the place of its parameters."""

    template: str
    parameters: dict[str, str]


class PathTemplates:
    """The templates of a contract, as a tree of segments.

    Law: where a literal segment and a parameter both fit, the literal one wins
    (``/members/@me`` before ``/members/{user_id}``), unless no template ends behind it.
    """

    def __init__(self, templates: Iterable[str]) -> None:
        self._root = _Branch()
        for template in templates:
            branch = self._root
            for segment in template.split("/")[1:]:
                if segment.startswith("{"):
                    branch.parameter = branch.parameter or _Branch()
                    branch = branch.parameter
                else:
                    branch = branch.literal.setdefault(segment, _Branch())
            branch.template = template

    def match(self, path: str) -> PathMatch | None:
        """Return the template of `path` (``/channels/1/messages``); None: there is none."""
        segments = path.split("/")[1:]
        template = _find(self._root, segments)
        if template is None:
            return None
        names = template.split("/")[1:]
        return PathMatch(
            template,
            {
                name[1:-1]: value
                for name, value in zip(names, segments, strict=True)
                if name.startswith("{")
            },
        )


def _find(branch: _Branch, segments: list[str]) -> str | None:
    if not segments:
        return branch.template
    first, rest = segments[0], segments[1:]
    literal = branch.literal.get(first)
    found = _find(literal, rest) if literal is not None else None
    if found is None and branch.parameter is not None and first:
        found = _find(branch.parameter, rest)
    return found
