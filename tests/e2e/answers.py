"""What people see after a command or a press, in few words for tests."""

from bot.sandbox import InteractionHandle
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message


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
    pressed = await member.press(handle, label="Confirm")
    return await pressed.answered()


async def decided(member: MemberHandle, handle: InteractionHandle) -> InteractionHandle:
    """Return what came of a command: at once, or after Confirm where a preview is shown first."""
    await handle.answered()
    return await confirmed(member, handle) if "Confirm" in buttons(handle) else handle
