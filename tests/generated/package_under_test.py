"""The adapter that lets one test run against our package and against a stock one.

It evens out the names only, so that a failure of the stock package is the fault of the row.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx

STOCK = os.environ.get("A2E_STOCK_PACKAGE")
ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "spec" / "generate" / "low_level_client.py"
TOKEN = "sk_never_to_be_seen"
Handler = Callable[[httpx.Request], httpx.Response]


class NeverRaised(Exception):
    """Stands for an error class that the stock package does not have."""


class Package:
    """One package under test, ours or stock."""

    def module(self, name: str = "") -> ModuleType:
        """Return a module of the package by its dotted name inside it."""
        return importlib.import_module(f"a2e_api.{name}" if name else "a2e_api")

    def operation(self, name: str) -> ModuleType:
        """Return the module of an operation, whatever its tag."""
        (path,) = (self.directory() / "api").glob(f"*/{name}.py")
        return self.module(f"api.{path.parent.name}.{name}")

    def directory(self) -> Path:
        """Return where the package is."""
        return Path(str(self.module().__file__)).parent

    def error(self, name: str) -> type[Exception]:
        """Return an error class of the package."""
        found: type[Exception] = getattr(self.module("errors"), name, NeverRaised)
        return found

    def client(self, handler: Handler | None = None, **settings: Any) -> Any:
        """Return a client with a token, whose requests go to `handler`."""
        if handler is not None:
            settings["httpx_args"] = {"transport": httpx.MockTransport(handler)}
        client_class = self.module("client").AuthenticatedClient
        return client_class(base_url="https://api.test", token=TOKEN, **settings)

    def answer(self, status: int = 200, **content: Any) -> Any:
        """Return what `list_face_swap_tasks` makes of an answer with this status and content."""
        client = self.client(lambda _: httpx.Response(status, **content))
        arguments = {"page_num": 1, "page_size": 10}
        return self.operation("list_face_swap_tasks").sync_detailed(client=client, **arguments)

    def parse(self, operation: str, payload: Any) -> Any:
        """Decode `payload` as the answer of `operation`."""
        module = self.operation(operation)
        if STOCK is None:
            return module.parse(payload)
        response = httpx.Response(200, json=payload)
        return module._parse_response(client=self.client(), response=response)


def generate(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run spec/generate/low_level_client.py."""
    command = [sys.executable, str(GENERATOR), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def task(end: str) -> dict[str, Any]:
    """Return a valid task whose id ends with `end`."""
    return {
        "name": "my swap",
        "video_url": "https://media.test/video.mp4",
        "duration": 6,
        "face_url": "https://media.test/face.jpg",
        "current_status": "completed",
        "result_url": "https://media.test/result.mp4",
        "error_code": "0",
        "faild_message": None,
        "_id": f"6674f1765699df7e9d25311{end}",
        "createdAt": "2024-06-21T03:20:22.436Z",
        "updatedAt": "2024-06-21T03:21:00.795Z",
        "initialized_time": "2024-06-21T03:20:22.940Z",
        "processing_time": "2024-06-21T03:20:23.358Z",
        "completed_time": "2024-06-21T03:20:58.625Z",
    }
