"""What the tests beside other systems share: the event loop on which the async client is tried."""

from __future__ import annotations

import pytest

#: These files try each promise on the sync client and on one event loop of the async one.
ONE_LOOP = ("test_cloud_files.py", "test_cloud_batch.py")
LOOPS = ("async", "trio")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as nightly one of the two event loops, in turn from test function to test function.

    What differs between the loops is beneath the store, in anyio, and has tests of its own.
    """
    functions: dict[tuple[str, str], int] = {}
    for item in items:
        if not isinstance(item, pytest.Function) or item.path.name not in ONE_LOOP:
            continue
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        if "driver" in parameters:
            function = (item.path.name, item.originalname)
            number = functions.setdefault(function, len(functions))
            if parameters["driver"] == LOOPS[number % 2]:
                item.add_marker(pytest.mark.nightly)
