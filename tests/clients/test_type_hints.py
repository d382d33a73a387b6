"""The annotations of everything public can be resolved, as tools that build on them do."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import a2e_sdk
from a2e_sdk import A2E, AsyncA2E, CloudPath, DriftObserver, Task
from a2e_sdk._async.tasks.wait import AsyncWaiter
from a2e_sdk._sync.tasks.wait import Waiter

FOLDERS = ("_async", "_sync")

#: They wait for the tasks of a section, which imports them.
INTERNAL = (AsyncWaiter, Waiter)


def functions_of(owner: type) -> Iterator[tuple[str, Any]]:
    for name, value in vars(owner).items():
        if name.startswith("_") and name != "__init__":
            continue
        if isinstance(value, property):
            yield name, value.fget
        elif isinstance(value, classmethod | staticmethod):
            yield name, value.__func__
        elif inspect.isfunction(value):
            yield name, value


def public_classes() -> Iterator[type]:
    modules = [import_module(f"a2e_sdk.{name}") for name in ("webhooks", "_config.drift")]
    for folder in FOLDERS:
        root = Path(a2e_sdk.__file__).parent
        for path in sorted((root / folder).rglob("*.py")):
            modules.append(
                import_module(f"a2e_sdk.{'.'.join(path.relative_to(root).with_suffix('').parts)}")
            )
    for module in modules:
        for name, value in vars(module).items():
            own = inspect.isclass(value) and value.__module__ == module.__name__
            if own and not name.startswith("_") and not issubclass(value, INTERNAL):
                yield value


PUBLIC = list(public_classes())


@pytest.mark.parametrize(
    "owner",
    PUBLIC,
    ids=lambda owner: f"{owner.__module__.removeprefix('a2e_sdk.')}.{owner.__name__}",
)
def test_the_hints_of_every_public_method_resolve(owner: type) -> None:
    for name, function in functions_of(owner):
        hints = typing.get_type_hints(function, include_extras=True)
        assert set(hints) == set(function.__annotations__), name


def test_every_public_name_is_among_them() -> None:
    assert sum(1 for owner in PUBLIC for _ in functions_of(owner)) > 250
    for name in a2e_sdk.__all__:
        value = getattr(a2e_sdk, name)
        if hasattr(value, "__attrs_attrs__"):
            typing.get_type_hints(value)


@pytest.mark.parametrize("client", [A2E, AsyncA2E])
def test_the_hints_say_what_they_mean(client: type[A2E] | type[AsyncA2E]) -> None:
    hints = typing.get_type_hints(client.download)
    assert hints["return"] == tuple[Path, ...] | tuple[CloudPath, ...]
    assert hints["task"] == Task | str
    built = typing.get_type_hints(client.__init__)
    assert "Client" in str(built["http_client"])
    assert built["drift"] == DriftObserver | None


def test_resolving_them_is_what_loads_them_and_building_a_client_is_not() -> None:
    code = (
        "import sys, typing; from a2e_sdk import A2E; A2E('sk_x');"
        "assert 'httpx' not in sys.modules and 'a2e_sdk._sync.resources.voices' not in sys.modules;"
        "typing.get_type_hints(A2E.download); assert 'a2e_sdk._config.drift' not in sys.modules;"
        "typing.get_type_hints(A2E.__init__); assert 'a2e_sdk._config.drift' in sys.modules;"
        "assert 'httpx' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
