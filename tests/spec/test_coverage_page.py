"""Every operation of the spec has a friendly method or a reason for none, and the page says so."""

from __future__ import annotations

import re
import sys
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from a2e_api.operations import OPERATIONS
from a2e_sdk import A2E, AsyncA2E

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.generator


@pytest.fixture(scope="module")
def coverage_page() -> Any:
    folder = str(ROOT / "spec" / "generate")
    sys.path.insert(0, folder)
    try:
        import coverage_page

        return coverage_page
    finally:
        sys.path.remove(folder)


def test_every_operation_has_a_friendly_method_or_a_reason_for_none(coverage_page: Any) -> None:
    friendly = coverage_page.friendly_methods()
    low_level = coverage_page.LOW_LEVEL_ONLY
    assert friendly.keys() | low_level.keys() == set(OPERATIONS)
    assert not friendly.keys() & low_level.keys()
    assert all(len(reason) > 10 for reason in low_level.values())


@pytest.mark.parametrize("client", [A2E, AsyncA2E])
def test_every_friendly_method_is_there(coverage_page: Any, client: type[A2E]) -> None:
    a2e = client(region="sandbox")
    for operation, method in coverage_page.friendly_methods().items():
        assert callable(attrgetter(method)(a2e)), operation


def test_no_friendly_method_is_said_to_be_of_another_operation(coverage_page: Any) -> None:
    """The docstring of a method of its own names its operation, as the spec writes it."""
    a2e = A2E(region="sandbox")
    for operation, method in coverage_page.METHODS.items():
        words = re.split("_", operation)
        identifier = words[0] + "".join(word.capitalize() for word in words[1:])
        section = attrgetter(method.rpartition(".")[0])(a2e)
        described = (attrgetter(method)(a2e).__doc__ or "") + (type(section).__doc__ or "")
        module = sys.modules[type(section).__module__]
        assert f"``{identifier}``" in described + Path(module.__file__ or "").read_text("utf-8"), (
            operation
        )


def test_what_is_deprecated_has_a_current_form_or_none_at_all(coverage_page: Any) -> None:
    friendly = coverage_page.friendly_methods()
    deprecated = {row.id for row in OPERATIONS.values() if row.deprecated}
    assert deprecated - set(coverage_page.LOW_LEVEL_ONLY) <= {"add_api_token"}
    assert all(operation in friendly for operation in ("list_avatars", "list_avatar_videos"))


def test_the_sandbox_serves_every_operation(coverage_page: Any) -> None:
    assert set(OPERATIONS) <= coverage_page.Sandbox().operations


def test_the_page_is_current(coverage_page: Any) -> None:
    assert coverage_page.PAGE.read_text("utf-8") == coverage_page.page()
