"""A sandbox that kills who pays, and the programs of docs/engines.md as files."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import a2e_api
import a2e_sdk
from a2e_sdk.sandbox import Sandbox, SandboxReply, SandboxRequest

sys.path.insert(0, str(Path(__file__).parents[1] / "documentation"))

from documentation_pages import blocks_of

_PAGE = "docs/engines.md"


def program(words: str, *, with_key: bool = True) -> str:
    """Return the program of the page that has these words.

    Args:
        words: What only this one has.
        with_key: Whether its start has the key that the page gives it.
    """
    (found,) = (block for block in blocks_of(_PAGE, "py") if words in block)
    if with_key:
        return found
    changed, count = re.subn(r'key=f"order-\{order\}", ', "", found)
    assert count == 1
    return changed


def environment(url: str, **variables: str) -> dict[str, str]:
    """Return the environment of a process that has this SDK and the sandbox at a URL."""
    homes = [str(Path(str(package.__file__)).parents[1]) for package in (a2e_sdk, a2e_api)]
    fixed = {
        "PYTHONPATH": os.pathsep.join([*homes, os.environ.get("PYTHONPATH", "")]),
        "A2E_API_KEY": "sk_engines",
        "A2E_BASE_URL": url,
    }
    return os.environ | fixed | variables


class KillingSandbox(Sandbox):
    """A sandbox that kills a process when it has paid, before it gets the response.

    Args:
        victim: Returns the process.
        at: Which payments kill, counted from 1.
        is_group: Whether to kill all of the group of processes.
    """

    def __init__(
        self, victim: Callable[[], int], *at: int, is_group: bool = False, **options: float
    ) -> None:
        super().__init__(
            seed_records=False,
            processing_after=0,
            completed_after=0,
            **options,  # type: ignore[arg-type]
        )
        self._victim, self._at, self._is_group = victim, at, is_group
        self._one_by_one = threading.Lock()
        self.kills = 0

    def handle(self, request: SandboxRequest) -> SandboxReply:
        with self._one_by_one:
            before = self.starts
            reply = super().handle(request)
            if self.starts > before and self.starts in self._at:
                self.kills += 1
                number = self._victim()
                if self._is_group:
                    os.killpg(number, signal.SIGKILL)
                else:
                    os.kill(number, signal.SIGKILL)
        return reply


def until(holds: Callable[[], object], what: Callable[[], str], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what()
        time.sleep(0.05)
