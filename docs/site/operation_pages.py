"""The page of operations: method, path, evidence, what it is called here, whether it pays.

This module owns the page; the operations are the generated index, and their names on the client are
those of spec/generate/coverage_page.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk._wire.family_table import TASK_FAMILIES


def operations_page(root: Path) -> str:
    """Return the page.

    Args:
        root: The root of the repository.
    """
    folder = str(root / "spec" / "generate")
    if folder not in sys.path:
        sys.path.append(folder)
    from coverage_page import LOW_LEVEL_ONLY, friendly_methods

    return "\n".join(_lines(friendly_methods(), LOW_LEVEL_ONLY)) + "\n"


def _lines(methods: Mapping[str, str], reasons: Mapping[str, str]) -> Iterator[str]:
    yield "# Operations"
    yield ""
    yield f"All {len(OPERATIONS)} operations of the API, by section. How well each is known is its"
    yield "evidence; [what is covered](../coverage.md) explains the words. An operation that starts"
    yield "a task costs coins; [a quote](../budget.md) says how many."
    tags = dict.fromkeys(operation.tag for operation in OPERATIONS.values())
    for tag in tags:
        yield from ("", f"## {tag}")
        for operation in OPERATIONS.values():
            if operation.tag == tag:
                yield from _operation(operation, methods, reasons)


def _operation(
    row: Operation, methods: Mapping[str, str], reasons: Mapping[str, str]
) -> Iterator[str]:
    method = methods.get(row.id)
    yield from ("", f"### `{row.id}`", "")
    yield row.summary
    yield ""
    yield f"- `{row.method} {row.path}`" + (", deprecated" if row.deprecated else "")
    yield f"- evidence: {row.evidence}"
    yield f"- in Python: `a2e.{method}`" if method else f"- no method: {reasons[row.id]}"
    yield f"- low-level: `a2e_api.api.{row.tag}.{row.id}`"
    command = command_of(row.id)
    if command:
        yield f"- in the terminal: `{command}`"
    yield "- costs coins: " + ("yes, it starts work" if row.effect == "start" else "not known to")


def command_of(operation: str) -> str | None:
    """Return the command that starts, reads, lists or deletes what an operation does.

    Args:
        operation: The operation's id.
    """
    words = {"start": "create", "get": "get", "list": "list", "delete": "delete"}
    for family in TASK_FAMILIES.values():
        for field, word in words.items():
            if getattr(family, field) == operation:
                path = family.attribute.replace("_", "-").replace(".", " ")
                return f"a2e {path} {word}"
    return None
