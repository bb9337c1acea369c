"""An answer that Discord does not take is told of in a sentence: nobody waits for ever."""

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from structlog.testing import capture_logs

from bot.discord_io.interactions.answers import Answer, Attached, Interaction, refused, said, show
from tests.fakes import FakeClock


class Screen:
    """What somebody sees after a press; Discord refuses the first answers."""

    def __init__(self, *refusals: int) -> None:
        self.refusals = list(refusals)
        self.seen: list[str] = []
        self.client = SimpleNamespace(app=SimpleNamespace(clock=FakeClock()))

    async def edit_original_response(self, **fields: Any) -> None:
        """Show an answer, or refuse it."""
        if self.refusals:
            status = self.refusals.pop(0)
            answer = SimpleNamespace(status=status, reason="")
            raise discord.HTTPException(answer, {"code": 50035})  # type: ignore[arg-type]
        self.seen.append(f"{fields['embeds'][0].title}: {fields['embeds'][0].description}")


async def shown(screen: Screen, answer: Answer) -> list[str]:
    """Show an answer and return what is seen."""
    await show(cast(Interaction, screen), answer)
    return screen.seen


@pytest.mark.parametrize("status", [400, 403, 413])
async def test_an_answer_that_discord_does_not_take_is_told_with_an_id_of_the_log(
    status: int,
) -> None:
    """So that whoever runs Concord can find it."""
    with capture_logs() as logs:
        (seen,) = await shown(Screen(status), said("A decision.", "C-1 · done"))

    trouble = next(one["trouble"] for one in logs if "trouble" in one)
    assert seen.startswith("The answer cannot be shown: ")
    assert f"**{trouble}**" in seen
    assert "What was decided stands" in seen


async def test_a_file_that_discord_does_not_take_is_told_as_that() -> None:
    """There is nothing to look for in a log."""
    answer = said("All of it.").having(Attached("data.json", b"{}"))

    (seen,) = await shown(Screen(413), answer)

    assert "did not take the file" in seen


async def test_where_nothing_is_taken_there_is_an_end_to_it() -> None:
    """The interaction may be over."""
    screen = Screen(404, 404, 404)

    assert await shown(screen, said("A decision.")) == []
    assert len(screen.refusals) == 1


async def test_an_answer_of_any_length_is_taken() -> None:
    """It is cut; a refusal names reasons that may be long."""
    reasons = ("There are: " + ", ".join(f"board {number}" for number in range(900)), "Twice.")

    (seen,) = await shown(Screen(), refused(reasons, "T" * 300))

    assert seen.startswith("TTT")
    assert len(seen) <= 256 + 2 + 4096
