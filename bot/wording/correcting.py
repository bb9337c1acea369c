"""What a member is told of a sanction that they were told of and that did not come about."""

from collections.abc import Iterator

from bot.model.guidelines import Guidelines
from bot.model.ruling import Telling
from bot.model.sanction import SanctionDraft, SanctionKind
from bot.ports import Words
from bot.text.escaping import escaped
from bot.wording.consequences import begins, gravest
from bot.wording.parts import Paragraph, fitted, listed, mark


def correction(
    failed: SanctionDraft, telling: Telling, token: str, guidelines: Guidelines, *, sure: bool
) -> Words:
    """Return the notice; see :meth:`bot.wording.Wording.correction`."""
    paragraphs = _paragraphs(failed, telling, guidelines, sure=sure)
    return Words("That did not come about", fitted(paragraphs), mark(telling.reference, token))


def _paragraphs(
    failed: SanctionDraft, telling: Telling, guidelines: Guidelines, *, sure: bool
) -> Iterator[Paragraph]:
    ban = failed.kind is SanctionKind.BAN
    said = [f"We told you that {_told(failed)}."]
    if sure:
        said.append("That did not come about, and it counts for nothing.")
        said.extend(["You are a member as before."] if ban else [])
    else:
        said.append("That did not come about as far as we know, and it counts for nothing.")
        said.extend(["As long as you can see our boards, you are a member."] if ban else [])
    yield Paragraph(" ".join(said))
    others = [begins(one, telling.at, guidelines) for one in gravest(telling.sanctions)]
    if others:
        lines = listed(others, most=len(others))
        yield Paragraph(f"**What was decided with it holds**\n{lines}")
    yield Paragraph(
        "You need to do nothing. If moderators decide anything else, we tell you. Questions? "
        f"Please tell a moderator and name {telling.reference or 'the case'}."
    )


def _told(draft: SanctionDraft) -> str:
    match draft.kind:
        case SanctionKind.BAN:
            return "you are removed from this community"
        case SanctionKind.TIMEOUT:
            return "you are timed out"
        case SanctionKind.BOARD_REMOVAL:
            return f"you cannot write on the board **{escaped(draft.board or '', 100)}**"
        case SanctionKind.GROUP_REMOVAL:
            return f"you are no longer in the group **{escaped(draft.group or '', 100)}**"
        case SanctionKind.WARNING:
            return "you were given a warning"
        case SanctionKind.REFERRAL:
            return "we passed something on"
