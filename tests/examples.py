"""How many examples a test draws whose space of inputs is larger or smaller than most."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(count: int, **options: Any) -> settings:
    """Return the settings of a test that needs so many examples where most need a hundred.

    Args:
        count: How many; it changes in proportion to those of the profile (see conftest.py).
        options: Further settings of Hypothesis.
    """
    scaled = max(10, count * settings.default.max_examples // 100)
    return settings(deadline=None, max_examples=scaled, **options)
