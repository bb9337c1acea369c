"""Polls: read from a request, and written as Discord does."""

from datetime import timedelta

from bot.sandbox.form import Form
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import iso
from bot.sandbox.world import World


def read_poll(world: World, form: Form) -> JsonObject | None:
    """Read the poll of a new message; None where there is none."""
    inner = form.form("poll")
    if inner is None:
        return None
    question = (inner.form("question") or Form({})).text("text", 300)
    answers = inner.objects("answers", 10)
    hours = inner.number("duration", 1, 768) or 24
    if not question:
        inner.fail("question", "BASE_TYPE_REQUIRED", "This field is required")
    if not answers:
        inner.fail("answers", "BASE_TYPE_REQUIRED", "This field is required")
    form.absorb("poll", inner)
    texts = [(Form(each.get("poll_media"))).text("text", 55) or "" for each in answers or []]
    return poll_payload(
        world, question or "", texts, timedelta(hours=hours), inner.flag("allow_multiselect")
    )


def poll_payload(
    world: World,
    question: str,
    answers: list[str],
    duration: timedelta = timedelta(hours=24),
    several: bool | None = None,
) -> JsonObject:
    """Return a poll as Discord writes it, without any votes."""
    return {
        "question": {"text": question},
        "answers": [
            {"answer_id": number, "poll_media": {"text": text}}
            for number, text in enumerate(answers, start=1)
        ],
        "expiry": iso(world.clock.now() + duration),
        "allow_multiselect": bool(several),
        "layout_type": 1,
        "results": {"answer_counts": [], "is_finalized": False},
    }
