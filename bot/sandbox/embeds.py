"""Embeds: what an app may send, and what Discord makes of it.

Limits: Discord's documentation, resource "Message", section "Embed Limits" (2026-08).
"""

from bot.sandbox.errors import leaf
from bot.sandbox.form import Form
from bot.sandbox.seam import JsonObject

TITLE, DESCRIPTION, FIELDS = 256, 4096, 25
FIELD_NAME, FIELD_VALUE, FOOTER, AUTHOR = 256, 1024, 2048, 256
ALL_TOGETHER = 6000
"""Code points of all embeds of one message."""

_URL_LENGTH = 2048


def read_embeds(form: Form) -> list[JsonObject] | None:
    """Read the embeds of a message; None where the key is absent or null.

    What is wrong is recorded in the form.
    """
    sources = form.objects("embeds", 10)
    if sources is None:
        return None
    errors: JsonObject = {}
    embeds = []
    together = 0
    for index, source in enumerate(sources):
        inner = Form(source)
        embed, length = _read(inner)
        together += length
        embeds.append(embed)
        if inner.errors:
            errors[str(index)] = inner.errors
    if together > ALL_TOGETHER:
        errors["_errors"] = leaf(
            "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {ALL_TOGETHER}"
        )["_errors"]
    if errors:
        form.fail_inside("embeds", errors)
    return embeds


def _read(form: Form) -> tuple[JsonObject, int]:
    embed: JsonObject = {"type": "rich"}
    title, description = form.text("title", TITLE), form.text("description", DESCRIPTION)
    url, moment = form.text("url", _URL_LENGTH), form.moment("timestamp")
    color = form.number("color", 0, 0xFFFFFF)
    footer, footer_length = _read_part(form, "footer", "text", FOOTER)
    author, author_length = _read_part(form, "author", "name", AUTHOR)
    fields, fields_length = _read_fields(form)
    given: JsonObject = {
        "title": title or None,
        "description": description or None,
        "url": url or None,
        "timestamp": None if moment is None else moment.isoformat(),
        "color": color,
        "footer": footer,
        "author": author,
        "image": _read_image(form, "image"),
        "thumbnail": _read_image(form, "thumbnail"),
        "fields": fields or None,
    }
    embed |= {key: value for key, value in given.items() if value is not None}
    length = len(title or "") + len(description or "")
    return embed, length + footer_length + author_length + fields_length


def _read_image(form: Form, key: str) -> JsonObject | None:
    inner = form.form(key)
    if inner is None:
        return None
    url = inner.text("url", _URL_LENGTH)
    form.absorb(key, inner)
    return {"url": url, "proxy_url": url, "width": 0, "height": 0} if url else None


def _read_part(form: Form, key: str, inner_key: str, longest: int) -> tuple[JsonObject | None, int]:
    inner = form.form(key)
    if inner is None:
        return None, 0
    text = inner.text(inner_key, longest)
    part: JsonObject = {inner_key: text or ""}
    for url_key in ("url", "icon_url"):
        url = inner.text(url_key, _URL_LENGTH)
        if url:
            part[url_key] = url
    form.absorb(key, inner)
    return part, len(text or "")


def _read_fields(form: Form) -> tuple[list[object], int]:
    sources = form.objects("fields", FIELDS) or []
    errors: JsonObject = {}
    fields: list[object] = []
    length = 0
    for index, source in enumerate(sources):
        inner = Form(source)
        name, value = inner.text("name", FIELD_NAME), inner.text("value", FIELD_VALUE)
        for key, text in (("name", name), ("value", value)):
            if not text and key not in inner.errors:
                inner.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
        fields.append({"name": name, "value": value, "inline": bool(inner.flag("inline"))})
        length += len(name or "") + len(value or "")
        if inner.errors:
            errors[str(index)] = inner.errors
    if errors:
        form.fail_inside("fields", errors)
    return fields, length
