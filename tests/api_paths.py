"""Paths of the API by their operation, for tests that need a path and are not about it.

They come from the index of operations, so that a path that the vendor renames changes in the spec
and in no test.
"""

from __future__ import annotations

import re

from a2e_api.operations import OPERATIONS


def path_of(operation: str, *values: str) -> str:
    """Return the path of an operation.

    Args:
        operation: its name, for example ``"get_face_swap_task"``.
        values: what stands in the place of each path parameter, as it is, without escapes.
    """
    template = OPERATIONS[operation].path
    parts = re.split(r"{\w+}", template)
    assert len(parts) == len(values) + 1, (template, values)
    return "".join(part + value for part, value in zip(parts, (*values, ""), strict=True))
