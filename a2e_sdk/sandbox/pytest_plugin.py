"""The pytest plugin: one fixture and one marker, both called ``a2e_sandbox``.

pytest loads this module in every run of everybody who has the SDK installed, so it imports nothing
of the sandbox before a test asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .testing import SandboxForTests

__all__ = ["a2e_sandbox", "pytest_configure"]


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest know the marker."""
    config.addinivalue_line(
        "markers", "a2e_sandbox(**options): arguments of Sandbox for the fixture a2e_sandbox."
    )


@pytest.fixture
def a2e_sandbox(request: pytest.FixtureRequest) -> SandboxForTests:
    """A fresh stand-in for A2E; ``.client()`` and ``.async_client()`` talk to it in process.

    Its clock stands still until the test, or a wait of these clients, turns it. Other settings are
    given by a marker, for example ``@pytest.mark.a2e_sandbox(max_running=2)``; what is set on the
    test wins over what is set on its class or module.
    """
    from .testing import SandboxForTests

    options: dict[str, Any] = {}
    for marker in request.node.iter_markers("a2e_sandbox"):
        options = {**marker.kwargs, **options}
    return SandboxForTests(**options)
