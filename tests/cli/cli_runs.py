"""How the tests call ``a2e``, and what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from attrs import frozen

A2E_COMMAND = (sys.executable, "-m", "a2e_sdk.cli")

#: Makes the environment of a process, with more variables.
Environment = Callable[..., dict[str, str]]


@frozen
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str
