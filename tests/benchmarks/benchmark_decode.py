"""From the bytes of a page of 1,000 rows to friendly models."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from measuring import Comparison, compare, take_turns
from server import page_body

from a2e_api.api.face_swap import list_face_swap_tasks
from a2e_sdk import A2E
from a2e_sdk._http.messages import HttpRequest, HttpResponse

_GENERATE = Path(__file__).parents[2] / "spec" / "generate" / "low_level_client.py"
_JSON = "json.loads"
_OURS = "1,000 rows, bytes to friendly models"
_WIRE = "1,000 rows, bytes to generated models"
_STOCK = "stock generator's from_dict"

NOTES: list[str] = []


class _Canned:
    """A transport that always has the same answer.

    It works in the caller's thread, as the transport does that a client has by default.
    """

    ends_in_time = True

    def __init__(self, body: bytes) -> None:
        self._reply = HttpResponse(200, {"content-type": "application/json"}, body)

    def send_request(self, request: HttpRequest) -> HttpResponse:
        return self._reply

    def close(self) -> None:
        pass


def run(*, quick: bool) -> list[Comparison]:
    """Measure whole answers; the garbage collector stays on, as it is for users."""
    body = page_body(1, 1000, 1000)
    tasks = A2E("sk_benchmark", base_url="http://localhost", http_client=_Canned(body)).face_swap
    candidates: dict[str, Callable[[], Any]] = {
        _JSON: lambda: json.loads(body),
        _OURS: lambda: tasks.tasks.page(1, page_size=100),
        _WIRE: lambda: list_face_swap_tasks.parse(json.loads(body)),
    }
    with tempfile.TemporaryDirectory() as scratch:
        stock = _stock_package(Path(scratch))
        if stock is not None:
            candidates[_STOCK] = lambda: stock.from_dict(json.loads(body))
        samples = take_turns(candidates, rounds=10 if quick else 60, calls=5, scale=1e6)
    found = [
        compare(samples, _OURS, _JSON, unit="us", target="<= 2x"),
        compare(samples, _WIRE, _JSON, unit="us"),
    ]
    if stock is not None:
        found.append(compare(samples, _OURS, _STOCK, unit="us"))
        found.append(compare(samples, _STOCK, _JSON, unit="us", target="(for comparison)"))
    return found


def _stock_package(folder: Path) -> Any:
    """Generate the client without our templates, and return its model of the listing's answer."""
    command = [sys.executable, str(_GENERATE), "--stock", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        NOTES.append(f"no stock client to compare with: {done.stderr.strip().splitlines()[-1]}")
        return None
    # Under another name, because ours is imported as a2e_api.
    _import("stock_a2e_api", folder / "a2e_api")
    api = importlib.import_module("stock_a2e_api.api.face_swap.list_face_swap_tasks")
    return (
        api.ListFaceSwapTasksResponse200
        if hasattr(api, "ListFaceSwapTasksResponse200")
        else (api.ListFaceSwapTasksResponse)
    )


def _import(name: str, folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
