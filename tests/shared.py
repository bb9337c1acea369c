"""What lies beside the checkout and not in it: labelled text, and Discord's own contract."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The folder beside the checkout; tests that need it skip with a reason where it is absent."""

CONTRACT = SHARED / "discord" / "openapi.json"
DATA = SHARED / "data"


def need(path: Path) -> Path:
    """Return a path beside the checkout, or skip the test with a reason."""
    if not path.exists():
        pytest.skip(f"needs ../shared/{path.relative_to(SHARED)}, which is not beside the checkout")
    return path
