"""The package under test: ours, or a stock one to prove that each row test catches its fault.

With `A2E_STOCK_PACKAGE=DIRECTORY` (made by `spec/generate/low_level_client.py --stock DIRECTORY`) the tests marked
with `row` run against the stock package, where each must fail; the others are left out.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from package_under_test import STOCK, Package, generate, task

if STOCK:
    sys.path.insert(0, STOCK)
    # A conftest above may have imported ours.
    for loaded in [name for name in sys.modules if name.split(".")[0] == "a2e_api"]:
        del sys.modules[loaded]


@pytest.fixture(scope="session")
def package() -> Package:
    """The package under test."""
    if STOCK:
        path = Path(str(importlib.import_module("a2e_api").__file__))
        if not path.is_relative_to(STOCK):  # No assert: a strict xfail would take it for the fault.
            pytest.exit(f"{path} is not the stock package", returncode=1)
    return Package()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Turn `row` marks into strict xfails for the stock package, and leave the other tests out."""
    here = Path(__file__).parent
    for item in items:
        if STOCK is None or here not in item.path.parents:
            continue
        row = item.get_closest_marker("row")
        if row is None:
            item.add_marker(
                pytest.mark.skip(reason="no row of the table, says nothing about stock")
            )
        else:
            expected = row.kwargs["stock"]
            reason = f"stock: {row.args[0]}"
            item.add_marker(pytest.mark.xfail(raises=expected, strict=True, reason=reason))


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark of this directory."""
    config.addinivalue_line("markers", "row(fault, stock): a fault of the stock generator")


@pytest.fixture(scope="session")
def run_generate() -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs spec/generate/low_level_client.py."""
    return generate


@pytest.fixture(scope="session")
def other_kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a package made from other_kinds.yaml, ours or stock."""
    output = tmp_path_factory.mktemp("other_kinds")
    document = Path(__file__).with_name("other_kinds.yaml")
    done = generate("--document", document, *(["--stock"] if STOCK else []), output)
    assert done.returncode == 0, done.stderr
    # A name of its own, so that it can be imported beside the package under test.
    (output / "a2e_api").rename(output / "other_kinds_api")
    return output


@pytest.fixture
def other_kinds_module(
    other_kinds: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], ModuleType]:
    """A function that imports a module of the package made from other_kinds.yaml."""
    monkeypatch.syspath_prepend(other_kinds)
    return lambda name: importlib.import_module(f"other_kinds_api.{name}")


@pytest.fixture
def records() -> dict[str, Any]:
    """A valid page of two tasks."""
    return {"code": 0, "data": {"rows": [task("1"), task("2")], "count": 2}}
