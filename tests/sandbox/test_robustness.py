"""Nothing that is sent to the simulation is answered with a failure of its own."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.seam import API_PREFIX
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient

KEYS = [
    "content", "embeds", "title", "description", "fields", "name", "value", "footer", "text",
    "author", "timestamp", "color", "image", "url", "attachments", "id", "filename", "components",
    "type", "flags", "nonce", "enforce_nonce", "poll", "question", "answers", "poll_media",
    "duration", "allowed_mentions", "parse", "users", "roles", "message_reference", "message_id",
    "channel_id", "messages", "nick", "communication_disabled_until", "recipient_id", "archived",
    "locked", "auto_archive_duration", "rate_limit_per_user", "topic", "invitable", "seq", "kind",
    "session_id", "sticker_ids", "op", "d", "token", "intents", "shard", "guild_id", "query",
    "limit", "user_ids", "allow", "deny", "delete_message_seconds", "permission_overwrites",
    "parent_id", "position", "lock_permissions",
]  # fmt: skip
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["1", "2026-01-01T00:00:00+00:00", "everyone"]),
)
bodies = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
queries = st.dictionaries(
    st.sampled_from(["limit", "before", "after", "around", "action_type", "user_id"]),
    st.sampled_from(["", "1", "-1", "99999999999999999999999", "x", "2026-01-01T00:00:00Z"]),
    max_size=2,
)


class _Ids(dict[str, int]):
    """The ids of an address; what is not named is nobody's."""

    def __missing__(self, _name: str) -> int:
        """Return the id of nothing."""
        return 1


async def test_any_body_on_any_route_is_answered_below_500(
    community: Community, api: RestClient
) -> None:
    """Each route takes whatever JSON there is."""
    app = community.sim.server.application()
    post = await community.ada.says(community.board, "x")
    thread = await community.ada.starts_thread(community.board, "thread")
    routes = sorted(
        {
            (route.method, route.resource.canonical.removeprefix(API_PREFIX))
            for route in app.router.routes()
            if route.resource is not None and route.resource.canonical.startswith(API_PREFIX)
        }
    )
    channels = [community.board.id, thread.id, community.sim.world.bot.id]

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def make_up(data: st.DataObject) -> None:
        method, template = data.draw(st.sampled_from(routes))
        path = template.format_map(
            _Ids(
                channel_id=data.draw(st.sampled_from(channels)),
                guild_id=community.guild.id,
                message_id=post.id,
                user_id=data.draw(st.sampled_from([community.ada.id, community.bot.id, 1])),
                role_id=community.guild.id,
                overwrite_id=data.draw(st.sampled_from([community.ada.id, community.guild.id])),
                application_id=community.sim.app.id,
            )
        )
        query = "&".join(f"{key}={value}" for key, value in data.draw(queries).items())
        calls.append((method, f"{path}?{query}", data.draw(bodies)))

    calls: list[tuple[str, str, object]] = []
    make_up()
    for method, path, body in calls:
        answer = await api(method, path, body)
        assert answer.status < 500, (method, path, body)
    assert community.sim.bugs == []


async def test_any_frame_on_the_gateway_is_survived(
    community: Community, gateway: GatewayClient
) -> None:
    """The socket closes with a code of its own at worst; the next login works."""

    @settings(max_examples=60, deadline=None)
    @given(bodies, st.sampled_from([1, 2, 3, 6, 8, 99, None, "2"]))
    def make_up(body: object, op: object) -> None:
        frames.append((op, body))

    frames: list[tuple[object, object]] = []
    make_up()
    for op, body in frames:
        await gateway.open()
        await gateway.send(op, body)
        await gateway.close()

    assert (await gateway.identify())["session_id"]
    assert community.sim.bugs == []


async def test_two_hundred_posts_a_second_are_no_burden(
    community: Community, gateway: GatewayClient
) -> None:
    """A thousand posts to a connected session take well under five seconds."""
    await gateway.identify()
    started = time.monotonic()
    for number in range(1000):
        await community.ada.says(community.board, f"post {number}")
    while (await gateway.event("MESSAGE_CREATE"))["content"] != "post 999":
        pass

    assert time.monotonic() - started < 5
    assert len(community.board.messages()) == 1000
