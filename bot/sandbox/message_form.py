"""From the body of a request to a draft or an edit of a message."""

from collections.abc import Mapping

from bot.sandbox import access, errors, posting
from bot.sandbox.channels import AnyChannel
from bot.sandbox.drafts import CONTENT_LIMIT, Draft, File, MentionRules
from bot.sandbox.embeds import read_embeds
from bot.sandbox.files import attach
from bot.sandbox.form import Form, as_integer
from bot.sandbox.interactions.component_form import read_components, refuse_first_kind
from bot.sandbox.interactions.components import with_media
from bot.sandbox.messages import Message, MessageFlag, ReferenceKind
from bot.sandbox.permissions import Permission
from bot.sandbox.polls import read_poll
from bot.sandbox.seam import Upload
from bot.sandbox.world import World

KEPT_FLAGS = 1 << 2 | 1 << 12 | 1 << 15
"""Flags that an app may set: SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2."""


def read_draft(
    world: World, channel: AnyChannel, body: object, uploads: Mapping[int, Upload]
) -> Draft:
    """Read the body of "create message".

    Raises:
        ApiError: 50035 with everything that is wrong.
    """
    form = Form(body)
    flags = (form.number("flags", 0, (1 << 31) - 1) or 0) & KEPT_FLAGS
    second_kind = bool(flags & MessageFlag.IS_COMPONENTS_V2)
    draft = Draft(
        content=form.text("content", CONTENT_LIMIT) or "",
        embeds=read_embeds(form) or [],
        files=_read_files(form, uploads),
        components=read_components(form, second_kind=second_kind),
        tts=form.flag("tts") or False,
        flags=flags,
        nonce=_read_nonce(form),
        enforce_nonce=form.flag("enforce_nonce") or False,
        poll=read_poll(world, form),
        mentions=_read_mention_rules(form),
    )
    _read_reference(world, channel, form, draft)
    if second_kind:
        refuse_first_kind(form)
    if form.raw("sticker_ids"):
        form.fail("sticker_ids", "STICKER_UNKNOWN", "the simulated Discord has no stickers")
    form.check()
    return draft


def apply_edit(world: World, message: Message, body: object, uploads: Mapping[int, Upload]) -> None:
    """Change a message of the bot's own as the body of "edit message" says.

    Raises:
        ApiError: 50035, and what `posting.edit` raises.
    """
    posting.require_own(world, world.bot, message)
    change(world, message, body, uploads)


def change(world: World, message: Message, body: object, uploads: Mapping[int, Upload]) -> None:
    """As `apply_edit`, for a message that the bot may change by right of an interaction.

    Raises:
        ApiError: 50035 with everything that is wrong, 50006 where nothing would be left.
    """
    form = Form(body)
    content = form.text("content", CONTENT_LIMIT)
    embeds = read_embeds(form)
    flags = form.number("flags", 0, (1 << 31) - 1)
    # A message never returns from the second kind of components to the first.
    second_kind = bool((message.flags | (flags or 0)) & MessageFlag.IS_COMPONENTS_V2)
    components = read_components(form, second_kind=second_kind)
    if second_kind:
        refuse_first_kind(form)
        _require_cleared(form, message)
    kept = form.objects("attachments", 10)
    files = _read_files(form, uploads)
    form.check()
    if "embeds" in form:
        message.embeds = embeds or []
    if "attachments" in form or files:
        ids = {as_integer(entry.get("id")) for entry in kept or []}
        message.attachments = [
            *(each for each in message.attachments if each.id in ids or "attachments" not in form),
            *attach(world, message.channel_id, files),
        ]
    if "components" in form:
        message.components = with_media(components, message.attachments)
    if flags is not None:
        message.flags = message.flags & ~KEPT_FLAGS | flags & KEPT_FLAGS
    if second_kind:
        message.flags |= MessageFlag.IS_COMPONENTS_V2
    message.flags &= ~MessageFlag.LOADING
    posting.rewrite(world, message, (content or "") if "content" in form else None)


def _require_cleared(form: Form, message: Message) -> None:
    """Record what has to be taken off a message that becomes one of the second kind.

    discord.py says so where a message is edited (``interactions.py``, ``edit_message``).
    """
    for key, there in (("content", message.content), ("embeds", message.embeds)):
        if there and key not in form:
            form.fail(
                key,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' of the message must be cleared for MessageFlags.IS_COMPONENTS_V2",
            )


def _read_files(form: Form, uploads: Mapping[int, Upload]) -> list[File]:
    described = {
        as_integer(source.get("id")): Form(source)
        for source in form.objects("attachments", 10) or []
    }
    files = []
    for index, upload in sorted(uploads.items()):
        entry = described.get(index, Form(None))
        files.append(
            File(
                entry.text("filename", 1024) or upload.filename,
                upload.data,
                entry.text("description", 1024),
                entry.text("title", 1024),
            )
        )
        if entry.errors:
            form.fail_inside("attachments", {str(index): entry.errors})
    return files


def _read_nonce(form: Form) -> str | int | None:
    value = form.raw("nonce")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    # 25 characters: Discord's documentation, resource "Message", Create Message.
    return form.text("nonce", 25)


def _read_mention_rules(form: Form) -> MentionRules:
    inner = form.form("allowed_mentions")
    if inner is None:
        return MentionRules()
    parse = inner.items("parse", 3)
    parsed = parse if parse is not None else []
    users = inner.snowflakes("users", 100)
    roles = inner.snowflakes("roles", 100)
    replied = inner.flag("replied_user")
    form.absorb("allowed_mentions", inner)
    return MentionRules(
        everyone="everyone" in parsed,
        user_ids=None if "users" in parsed else frozenset(users or ()),
        role_ids=None if "roles" in parsed else frozenset(roles or ()),
        replied_user=bool(replied),
    )


def _read_reference(world: World, channel: AnyChannel, form: Form, draft: Draft) -> None:
    inner = form.form("message_reference")
    if inner is None:
        return
    kind = inner.number("type", 0, 1) or 0
    message_id = inner.snowflake("message_id")
    source = world.channels.get(inner.snowflake("channel_id") or channel.id)
    may_miss = inner.flag("fail_if_not_exists") is False
    form.absorb("message_reference", inner)
    original = None
    if source is not None and message_id is not None:
        original = source.history.get(message_id)
    if kind == ReferenceKind.FORWARD:
        if source is None or original is None:
            raise errors.unknown_message()
        access.require(world, world.bot.id, source, Permission.READ_MESSAGE_HISTORY)
        draft.forwards = original
    elif original is not None and source is channel:
        draft.reply_to = original
    elif not may_miss and not inner.errors:
        form.fail_inside(
            "message_reference", errors.leaf("REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        )
