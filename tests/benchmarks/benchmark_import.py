"""What importing the SDK and building a client cost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import httpx
from measuring import Comparison, compare, take_turns

from a2e_sdk import A2E

_CODE = {
    "bare interpreter": "pass",
    "import httpx": "import httpx",
    "import a2e_sdk": "import a2e_sdk",
    "import, A2E(region='sandbox')": "from a2e_sdk import A2E; A2E(region='sandbox')",
}
_BARE, _HTTPX, _IMPORT, _BUILD = _CODE


def run(*, quick: bool) -> list[Comparison]:
    """Measure whole interpreters from start to exit, and clients built in this one."""
    processes = take_turns(
        {name: _interpreter(code) for name, code in _CODE.items()},
        rounds=5 if quick else 25,
        scale=1e3,
    )
    clients = take_turns(
        {"A2E(), a further one": _build_ours, "httpx.Client()": _build_httpx},
        rounds=3 if quick else 10,
        calls=10,
        scale=1e6,
    )
    return [
        compare(processes, _IMPORT, _BARE, unit="ms", target="other + 15 ms"),
        compare(processes, _IMPORT, _HTTPX, unit="ms"),
        compare(processes, _BUILD, _BARE, unit="ms"),
        compare(processes, _BUILD, _HTTPX, unit="ms"),
        compare(clients, "A2E(), a further one", "httpx.Client()", unit="us", target="< 1,000 us"),
    ]


def _interpreter(code: str) -> Callable[[], object]:
    # -P keeps the working directory out of sys.path: it is the installed package that counts.
    command = [sys.executable, "-P", "-c", code]
    return lambda: subprocess.run(command, check=True)


def _build_ours() -> None:
    A2E("sk_benchmark").close()


def _build_httpx() -> None:
    httpx.Client().close()
