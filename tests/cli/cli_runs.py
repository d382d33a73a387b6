"""How the tests call ``a2e``, and what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from attrs import frozen

A2E_COMMAND = (sys.executable, "-m", "a2e_sdk.cli")

_LAUNCHER = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""

#: Makes the environment of a process, with more variables.
Environment = Callable[..., dict[str, str]]


def interruptible(*arguments: str) -> list[str]:
    """Return the command of an ``a2e`` that Ctrl-C reaches, also where the parent ignores it."""
    return [sys.executable, "-c", _LAUNCHER, *A2E_COMMAND, *arguments]


@frozen
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str
