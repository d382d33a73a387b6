"""The pytest plugin: one fixture, ``a2e_sandbox``.

pytest loads this module in every run of everybody who has the SDK installed, so it imports nothing
of the sandbox before a test asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import SandboxForTests

__all__ = ["a2e_sandbox"]


@pytest.fixture
def a2e_sandbox() -> SandboxForTests:
    """A fresh stand-in for A2E; ``.client()`` and ``.async_client()`` talk to it in process.

    Its clock stands still until the test, or a wait of these clients, turns it.
    """
    from .testing import SandboxForTests

    return SandboxForTests()
