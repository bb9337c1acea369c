"""Nothing that a bot sends about commands and interactions makes the simulation fail."""

from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox import MemberHandle
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.interactions.answering_bot import AnsweringBot, button, row
from tests.sandbox.rest_client import RestClient

KEYS = [
    "type", "data", "components", "component", "accessory", "custom_id", "label", "title", "style",
    "options", "choices", "name", "value", "values", "description", "required", "autocomplete",
    "min_values", "max_values", "min_value", "max_length", "emoji", "url", "media", "items", "id",
    "content", "flags", "embeds", "attachments", "contexts", "integration_types", "file",
    "disabled", "default_member_permissions", "name_localizations", "channel_types", "default",
]  # fmt: skip
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 25),
    st.sampled_from([32768, 64, 2**63]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
bodies = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=25,
)
kinds = st.sampled_from([4, 5, 6, 7, 8, 9])
MENU = {"type": 3, "custom_id": "m", "options": [{"label": "a", "value": "a"}], "max_values": 1}
PICTURE = {"media": {"url": "https://example.org/a.png"}}
PANEL = {
    "type": 17,
    "components": [
        {"type": 9, "components": [{"type": 10, "content": "x"}], "accessory": button("b")},
        {"type": 12, "items": [PICTURE]},
        {"type": 14, "divider": True, "spacing": 1},
        {"type": 13, "file": {"url": "attachment://a"}},
    ],
}
BOXES = [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]
FIELDS = [
    {"type": 4, "custom_id": "t", "style": 1, "max_length": 5},
    MENU,
    {"type": 19, "custom_id": "f"},
    {"type": 21, "custom_id": "r", "options": BOXES},
    {"type": 22, "custom_id": "c", "options": BOXES, "max_values": 2},
]
RIGHT = [
    {"content": "x", "embeds": [{"title": "x"}], "components": [row(button()), row(MENU)]},
    {"flags": 32768, "components": [PANEL]},
    {
        "custom_id": "f",
        "title": "x",
        "components": [{"type": 18, "label": "x", "component": each} for each in FIELDS],
    },
    {"choices": [{"name": "x", "value": "x"}]},
    {
        "name": "a",
        "description": "x",
        "options": [
            {
                "type": 2,
                "name": "g",
                "description": "x",
                "options": [
                    {
                        "type": 1,
                        "name": "s",
                        "description": "x",
                        "options": [
                            {
                                "type": 4,
                                "name": "o",
                                "description": "x",
                                "choices": [{"name": "x", "value": 1}],
                                "min_value": 1,
                            }
                        ],
                    }
                ],
            }
        ],
    },
]
"""What is right; one spot of it is spoiled."""


def spots(body: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return the way to every value in a body."""
    inside: list[tuple[object, object]] = []
    if isinstance(body, dict):
        inside = list(body.items())
    elif isinstance(body, list):
        inside = list(enumerate(body))
    return [path, *(spot for key, value in inside for spot in spots(value, (*path, key)))]


def spoiled(body: object, path: tuple[object, ...], value: object) -> object:
    """Return a body with another value at one spot."""
    if not path:
        return value
    key, *rest = path
    if isinstance(body, dict):
        return {**body, key: spoiled(body[key], tuple(rest), value)}
    assert isinstance(body, list)
    return [
        spoiled(each, tuple(rest), value) if index == key else each
        for index, each in enumerate(body)
    ]


@st.composite
def nearly_right(draw: st.DrawFn) -> object:
    """Draw a body that is right but for one spot."""
    body = draw(st.sampled_from(RIGHT))
    return spoiled(body, draw(st.sampled_from(spots(body))), draw(bodies))


async def test_any_body_about_commands_and_interactions_is_answered_below_500(
    community: Community,
    http: ClientSession,
    gateway: GatewayClient,
    api: RestClient,
    mod: MemberHandle,
) -> None:
    """Callbacks of every kind, follow-ups, edits and commands take whatever JSON there is."""
    bot = AnsweringBot(community, http, gateway)
    await bot.log_in(api)
    commands = f"/applications/{community.sim.app.id}/commands"
    path = f"/channels/{community.board.id}/messages"
    made_up: list[tuple[int, object]] = []

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(kinds, bodies | nearly_right() | nearly_right())
    def make_up(kind: int, body: object) -> None:
        made_up.append((kind, body))

    make_up()
    for kind, body in made_up:
        await api("PUT", commands, [{"name": "ask", "description": "Ask the bot"}])
        await api("POST", path, {"content": "x", "components": [row(button())]})
        message = community.board.messages()[-1]
        for outcome in (
            await mod.press(message, label="Confirm"),
            await mod.slash("ask", community.board),
        ):
            assert (await bot.respond(outcome, kind, body)).status < 500, (kind, body)
            assert (await bot.follow(outcome, body)).status < 500, body
            edited = await bot.follow(outcome, body, "PATCH", "/messages/@original")
            assert edited.status < 500, body
        assert (await api("POST", commands, body)).status < 500, body
        assert (await api("PUT", commands, [body])).status < 500, body
        # New commands are counted by the day.
        await community.sim.advance(hours=24)
    assert community.sim.bugs == []
