"""What both clients share the work of by default, and what each of them tries nightly.

The sync client is generated from the async one, so that what both read and send is the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest

#: Whether each client tries everything, which the nightly session does.
EVERYTHING = os.environ.get("A2E_TEST_EVERYTHING") == "1"

CLIENTS = ("sync", "async")


def on_one_client(name: str, rows: Mapping[str, tuple[Any, bool]]) -> pytest.MarkDecorator:
    """Parametrise a test by ``driver`` and a row; each client takes every second row.

    Args:
        name: The argument of the test that takes a row.
        rows: By the id of a row: the row, and whether both clients take it.
    """
    return pytest.mark.parametrize(
        ("driver", name),
        [
            pytest.param(
                client,
                row,
                id=f"{client}-{row_id}",
                marks=() if both or number % 2 == place else pytest.mark.nightly,
            )
            for place, client in enumerate(CLIENTS)
            for number, (row_id, (row, both)) in enumerate(rows.items())
        ],
        indirect=["driver"],
    )
