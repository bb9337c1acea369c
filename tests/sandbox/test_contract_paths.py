"""Finding the contract's template of an address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.contract_paths import PathMatch, PathTemplates

TEMPLATES = PathTemplates(
    (
        "/guilds/{guild_id}",
        "/guilds/{guild_id}/members/@me",
        "/guilds/{guild_id}/members/{user_id}",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        "/guilds/templates/{code}",
    )
)


@pytest.mark.parametrize(
    ("path", "template", "parameters"),
    [
        ("/guilds/1", "/guilds/{guild_id}", {"guild_id": "1"}),
        ("/guilds/1/members/@me", "/guilds/{guild_id}/members/@me", {"guild_id": "1"}),
        (
            "/guilds/1/members/2",
            "/guilds/{guild_id}/members/{user_id}",
            {"guild_id": "1", "user_id": "2"},
        ),
        # the literal segment leads nowhere, so the parameter is tried
        (
            "/guilds/1/members/@me/roles/3",
            "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
            {"guild_id": "1", "user_id": "@me", "role_id": "3"},
        ),
        ("/guilds/templates/x", "/guilds/templates/{code}", {"code": "x"}),
    ],
)
def test_an_address_has_its_template(path: str, template: str, parameters: dict[str, str]) -> None:
    """Literal segments go before parameters, and the parameters are read."""
    assert TEMPLATES.match(path) == PathMatch(template, parameters)


@pytest.mark.parametrize(
    "path", ["", "/", "/guilds", "/guilds/", "/guilds/1/", "/guilds/1/members"]
)
def test_an_address_without_a_template_has_none(path: str) -> None:
    """Nothing is guessed; an empty segment is no parameter."""
    assert TEMPLATES.match(path) is None


_SEGMENT = st.sampled_from(["a", "b", "{x}", "{y}"])
_TEMPLATE = st.lists(_SEGMENT, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))


@settings(deadline=None)  # the machine may be busy
@given(st.lists(_TEMPLATE, min_size=1, max_size=6))
def test_every_template_matches_what_is_made_from_it(templates: list[str]) -> None:
    """The template found for an address of a template is that one, or one as fitting."""
    paths = PathTemplates(templates)
    for template in templates:
        path = template.replace("{x}", "17").replace("{y}", "17")

        match = paths.match(path)

        assert match is not None
        assert [
            part if not part.startswith("{") else "17" for part in match.template.split("/")
        ] == (path.split("/"))
