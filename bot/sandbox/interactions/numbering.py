"""The numbers that Discord gives to components that come without one."""

from bot.sandbox.seam import JsonObject


def numbered(components: list[JsonObject]) -> list[JsonObject]:
    """Return components with an ``id`` on each, unique among them.

    discord.py matches a form's answers by these ids.
    """
    taken = _ids(components)
    counter = 0

    def number(value: object) -> object:
        nonlocal counter
        if isinstance(value, list):
            return [number(each) for each in value]
        if not isinstance(value, dict) or "type" not in value:
            return value
        given = value.get("id")
        if not given:
            counter += 1
            while counter in taken:
                counter += 1
            given = counter
        return {
            **value,
            "id": given,
            **{
                key: number(value[key])
                for key in ("components", "component", "accessory")
                if key in value
            },
        }

    return [each for each in map(number, components) if isinstance(each, dict)]


def _ids(value: object) -> set[object]:
    if isinstance(value, list):
        return {found for each in value for found in _ids(each)}
    if not isinstance(value, dict):
        return set()
    inner = {
        found for key in ("components", "component", "accessory") for found in _ids(value.get(key))
    }
    return inner | ({value["id"]} if value.get("id") else set())
