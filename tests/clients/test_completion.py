"""What an editor offers on a client's resources is what a user may call, and nothing else."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from a2e_sdk import A2E, AsyncA2E
from a2e_sdk._wire.family_table import TASK_FAMILIES
from driver import Driver


def resources(client: Any) -> dict[str, Any]:
    """Return the sections of a client, and what hangs on them, by their path."""
    found: dict[str, Any] = {}
    waiting = [("a2e", client)]
    while waiting:
        path, owner = waiting.pop()
        for name in dir(owner):
            if name.startswith("_") or (path == "a2e" and name in NOT_RESOURCES):
                continue
            value = getattr(owner, name)
            if type(value).__module__.startswith("a2e_sdk.") and not callable(value):
                found[f"{path}.{name}"] = value
                waiting.append((f"{path}.{name}", value))
    return found


NOT_RESOURCES = {"api", "region", "base_url", "submissions"}


@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_every_public_name_of_a_resource_is_a_documented_method_or_a_resource(
    client_class: Any,
) -> None:
    client = client_class(region="sandbox")
    found = resources(client)
    assert len(found) > 40, "all sections were looked at"
    odd = []
    for path, resource in found.items():
        for name in dir(resource):
            if name.startswith("_") or f"{path}.{name}" in found:
                continue
            value = getattr(resource, name)
            if not inspect.isroutine(value) or "Args:" not in (value.__doc__ or "Args:"):
                documented = inspect.isroutine(value) and bool(value.__doc__)
                if not documented:
                    odd.append(f"{path}.{name}")
    assert odd == []


INTERNAL = {"caller", "family", "friendly", "newest", "read", "read_many", "until"}


@pytest.mark.parametrize("client_class", [A2E, AsyncA2E])
def test_internals_are_not_offered(client_class: Any) -> None:
    for path, resource in resources(client_class(region="sandbox")).items():
        assert INTERNAL.isdisjoint(dir(resource)), path


def test_every_family_of_tasks_hangs_where_its_row_says(driver: Driver) -> None:
    found = resources(driver.client(region="sandbox"))
    for family in TASK_FAMILIES.values():
        assert f"a2e.{family.attribute}" in found
