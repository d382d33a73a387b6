"""The faster network keeps every rule of the usual one."""

from __future__ import annotations

import pytest_asyncio  # noqa: F401
