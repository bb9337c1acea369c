"""What people see after a command or a press, in few words for tests."""

from bot.sandbox import InteractionHandle
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message

WHY = "Why other than the ladder proposes?"
"""The field of the form behind Confirm where a decision is not what the ladder proposes."""

BECAUSE = "As we agreed among moderators."
"""What the moderators of tests say there, unless a test is about it."""


async def says(handle: InteractionHandle) -> str:
    """Return all that the person reads in the final answer."""
    return (await handle.answered()).text


def buttons(handle: InteractionHandle) -> list[str]:
    """Return the labels of the buttons under an answer, in order."""
    return [
        str(part["label"])
        for row in handle.message.components
        for part in row["components"]  # type: ignore[attr-defined]
        if part["type"] == 2
    ]


def link(message: Message) -> str:
    """Return what Copy Message Link gives."""
    return f"https://discord.com/channels/{message.guild_id}/{message.channel_id}/{message.id}"


async def confirmed(member: MemberHandle, handle: InteractionHandle) -> InteractionHandle:
    """Press Confirm under a preview, and return what came of it."""
    await handle.answered()
    assert "Confirm" in buttons(handle), handle.text
    return await explained(member, await member.press(handle, label="Confirm"))


async def explained(member: MemberHandle, pressed: InteractionHandle) -> InteractionHandle:
    """Return what came of Confirm; where it asks why not as the ladder proposes, say why."""
    await pressed.answered()
    if not asks_why(pressed):
        return pressed
    sent = await member.submit(pressed, {WHY: BECAUSE})
    return await sent.answered()


def asks_why(pressed: InteractionHandle) -> bool:
    """Whether a press was answered with the form that asks for a reason."""
    form = pressed.interaction.modal
    return form is not None and form.custom_id.startswith("why:")


async def decided(member: MemberHandle, handle: InteractionHandle) -> InteractionHandle:
    """Return what came of a command: at once, or after Confirm where a preview is shown first."""
    await handle.answered()
    return await confirmed(member, handle) if "Confirm" in buttons(handle) else handle
