"""The check of requests and answers against Discord's contract document."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
from aiohttp import FormData

from bot.sandbox.contract import Contract
from bot.sandbox.contract_deviations import DEVIATIONS, Deviation, Side
from bot.sandbox.contract_document import ContractDocument, ContractUnavailableError
from bot.sandbox.contract_tally import ContractTally
from bot.sandbox.seam import ApiError
from tests.sandbox.app_under_layer import OPENAPI
from tests.sandbox.checked_discord import EDIT_SELF, NEEDS_OPENAPI, SEND, Checked, checking

pytestmark = NEEDS_OPENAPI


@pytest.fixture(scope="module")
def document() -> ContractDocument:
    """The compiled contract."""
    return ContractDocument.load(OPENAPI)


@pytest.fixture
async def discord(document: ContractDocument) -> AsyncIterator[Checked]:
    """An application behind the contract."""
    async with checking(Contract(document)) as checked:
        yield checked


MESSAGE: dict[str, object] = {
    "content": "hello",
    "embeds": [{"title": "t", "fields": [{"name": "n", "value": "v", "inline": False}]}],
    "allowed_mentions": {"parse": ["users"], "replied_user": False},
    "components": [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "l", "custom_id": "case:1"}]}
    ],
    "message_reference": {"message_id": "3", "fail_if_not_exists": False},
    "nonce": "case-1",
    "enforce_nonce": True,
    "tts": False,
}


async def test_a_right_request_passes(discord: Checked) -> None:
    """Nothing is found, and the request is counted."""
    found = await discord.request("POST", "channels/1/messages", MESSAGE)

    assert found == []
    assert discord.contract.checked_requests == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "where", "what"),
    [
        # a misspelt property, at the top, in a nested object, in a branch of a union
        (
            *("PATCH", "guilds/1/members/2", {"communication_disabled_untill": None}),
            *("request body: ", "'communication_disabled_untill' was unexpected"),
        ),
        (
            *("POST", "channels/1/messages", {"embeds": [{"titel": "t"}]}),
            *("request body: embeds[]", "'titel' was unexpected"),
        ),
        (
            *("POST", "channels/1/messages", {"allowed_mentions": {"parsed": []}}),
            *("request body: allowed_mentions", "'parsed' was unexpected"),
        ),
        (
            "POST",
            "channels/1/messages",
            {
                "components": [
                    {"type": 1, "components": [{"type": 2, "style": 1, "custom_idd": "x"}]}
                ]
            },
            "request body: components[].components[]",
            "'custom_idd' was unexpected",
        ),
        # a required field is missing
        (
            *("POST", "channels/1/messages/2/threads", {"auto_archive_duration": 60}),
            *("request body: ", '"name" is a required property'),
        ),
        (
            *("POST", "channels/1/messages", {"embeds": [{"fields": [{"name": "n"}]}]}),
            *("request body: embeds[].fields[]", '"value" is a required property'),
        ),
        # a wrong type, a wrong form, a wrong size
        (
            *("POST", "channels/1/messages", {"content": 5}),
            *("request body: content", 'is not of types "null", "string"'),
        ),
        (
            *("PATCH", "guilds/1/members/2", {"communication_disabled_until": "soon"}),
            *("request body: communication_disabled_until", 'is not a "date-time"'),
        ),
        (
            *("POST", "channels/1/messages", {"content": "x" * 4001}),
            *("request body: content", "longer than 4000"),
        ),
        (
            *("POST", "channels/1/messages", {"nonce": "x" * 26}),
            *("request body: nonce", "longer than 25"),
        ),
        (
            *("POST", "channels/1/messages", {"message_reference": {"message_id": "abc"}}),
            *("request body: message_reference.message_id", "does not match"),
        ),
        # no body, and one too many
        (*("POST", "channels/1/messages", None), *("request body", "is required and missing")),
        (*("POST", "channels/1/typing", {"x": 1}), *("request body", "knows none here")),
        # the address
        (*("POST", "channels/here/typing", None), *("path: channel_id", "does not match")),
        (*("GET", "channels/1/messages?limit=101", None), *("query: limit", "maximum of 100")),
        (*("GET", "channels/1/messages?limit=ten", None), *("query: limit", "is not of type")),
        (*("GET", "channels/1/messages?bevor=1", None), *("query: ", "'bevor' was unexpected")),
        (*("POST", "channels/1/telepathy", {}), *("request", "has no such route")),
    ],
)
async def test_a_wrong_request_is_found(
    discord: Checked, method: str, path: str, body: object, where: str, what: str
) -> None:
    """The place is named, and what is wrong with it."""
    found = await discord.request(method, path, body)

    assert [one.where for one in found] == [where]
    assert what in found[0].message


async def test_no_word_of_a_message_is_repeated(discord: Checked) -> None:
    """Whatever is wrong with them, values do not appear in a violation."""
    secret = "unspeakable"
    await discord.request(
        "POST",
        "channels/1/messages",
        {
            "content": [secret],
            "tts": secret,
            "nonce": secret * 3,
            "embeds": [{"url": 5, "title": secret * 30, "color": secret}],
            "allowed_mentions": {"parse": [secret]},
            "components": [{"type": 1, "components": [{"type": 2, "label": secret * 20}]}],
            "message_reference": {"message_id": secret},
        },
    )

    lines = [str(violation) for violation in discord.contract.violations]
    assert len(lines) > 6
    assert not [line for line in lines if secret in line]


async def test_a_literal_segment_goes_before_a_parameter(discord: Checked) -> None:
    """``@me`` is held to its own schema, which knows no time-out."""
    other = await discord.request(
        "PATCH", "guilds/1/members/2", {"communication_disabled_until": None}
    )
    own = await discord.request(
        "PATCH", "guilds/1/members/@me", {"communication_disabled_until": None}
    )

    assert other == []
    assert [violation.route for violation in own] == [EDIT_SELF]


async def test_the_same_violation_is_listed_once(discord: Checked) -> None:
    """The list does not grow with the traffic; the summary counts."""
    for _ in range(2):
        found = await discord.request("POST", "channels/1/telepathy", {"content": 5})

    assert len(found) == 1
    assert "2 violations (1 different)" in discord.contract.summary()


async def test_what_discordpy_uploads_is_checked_too(discord: Checked) -> None:
    """The JSON part of a multipart request is held to the same schema."""
    form = FormData({"payload_json": '{"contents": "x"}'})
    form.add_field("files[0]", b"x", filename="a.txt")
    async with discord.session.post("channels/1/messages", data=form):
        pass

    assert "'contents' was unexpected" in discord.contract.violations[0].message


async def test_a_session_counts_over_its_simulations(document: ContractDocument) -> None:
    """One line at the end speaks of all of them."""
    session = ContractTally()
    for body in ({"content": "right"}, {"contents": "wrong"}):
        async with checking(Contract(document, session)) as discord:
            discord.answers[SEND] = ApiError(403, 50013, "Missing Permissions").response()
            await discord.request("POST", "channels/1/messages", body)

    assert session.checked_requests == 2
    assert session.checked_answers == 2
    assert session.summary().startswith(
        "Discord's contract: 2 requests and 2 answers checked, 1 violations (1 different), first:"
    )


def test_an_absent_document_is_a_clear_sentence(tmp_path: Path) -> None:
    """Whoever runs the simulation without it learns what is missing."""
    with pytest.raises(ContractUnavailableError, match=r"could not be read from .*nowhere\.json"):
        Contract.load(tmp_path / "nowhere.json")


def test_an_absent_validator_is_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is for tests only, and its name is said."""
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)

    with pytest.raises(ContractUnavailableError, match="jsonschema-rs"):
        Contract.load(OPENAPI)


def test_the_layers_import_nothing_of_the_bot_and_no_validator() -> None:
    """The simulation cannot agree with the bot's mistakes, and runs without test packages."""
    script = (
        "import sys; sys.modules['jsonschema_rs'] = None\n"
        "import bot.sandbox.contract, bot.sandbox.faults, bot.sandbox.ratelimits\n"
        "print([n for n in sys.modules if n.partition('.')[0] == 'discord'"
        " or n.startswith('bot.') and not n.startswith('bot.sandbox')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "deviation", DEVIATIONS, ids=lambda deviation: f"{deviation.side.name}-{deviation.at[-1]}"
)
def test_every_deviation_is_one(deviation: Deviation) -> None:
    """None repeats what the document says already, and each has a reason."""
    place: object = orjson.loads(OPENAPI.read_bytes())
    for key in deviation.at:
        place = place.get(key) if isinstance(place, dict) else None

    assert place != deviation.value
    assert len(deviation.reason) > 20


def test_a_deviation_from_nothing_is_refused() -> None:
    """A place that the document does not have is named."""
    lost = Deviation(Side.REQUESTS, ("components", "schemas", "Gone", "type"), "object", "gone")

    with pytest.raises(ValueError, match="components/schemas/Gone/type"):
        ContractDocument.load(OPENAPI, [lost])


async def test_without_the_deviations_discordpy_would_be_found(document: ContractDocument) -> None:
    """A ban without a body is no violation only because it is listed."""
    strict = Contract(ContractDocument.load(OPENAPI, []))
    path = "guilds/1/bans/2?delete_message_seconds=0"
    async with checking(strict) as discord:
        found = await discord.request("PUT", path)
    async with checking(Contract(document)) as discord:
        listed = await discord.request("PUT", path)

    assert {one.where for one in found} == {"request body", "query: "}
    assert listed == []


def test_every_schema_of_the_document_compiles(document: ContractDocument) -> None:
    """No route can fail when it is first met."""
    raw = orjson.loads(OPENAPI.read_bytes())
    routes = [
        (method.upper(), template, operation)
        for template, path in raw["paths"].items()
        for method, operation in path.items()
        if method != "parameters"
    ]
    for method, template, operation in routes:
        assert document.operation(method, template) is not None
        for status in operation["responses"]:
            assert document.answer(method, template, int(status.replace("XX", "00"))) is not None

    assert len(routes) > 200
