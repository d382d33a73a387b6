"""The page of operations: method, path, evidence, what it is called here, whether it pays.

This module owns the page; the operations are the generated index, and their names on the client are
those of spec/generate/coverage_page.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from a2e_api.operations import OPERATIONS, Operation
from a2e_sdk._http.retry import is_paid
from a2e_sdk._wire.family_table import TASK_FAMILIES

from .command_pages import FOLDER as COMMANDS
from .command_pages import commands
from .links import slug_of
from .pages import relative
from .python_names import CLIENT

_PAGE = "reference/operations"

#: Commands that are called otherwise than the method.
_COMMANDS = {
    "get_coins": "a2e credits",
    "list_credits": "a2e credits history",
    "get_quote": "a2e quote",
}


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
    yield "evidence; [what is covered](../coverage.md) explains the words. What starts a task,"
    yield "uploads a file or makes speech may cost coins; [a quote](../budget.md) says how many."
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
    yield f"- in Python: {python_link(method)}" if method else f"- no method: {reasons[row.id]}"
    yield f"- low-level: `a2e_api.api.{row.tag}.{row.id}`"
    command = command_of(row.id, method or "")
    if command:
        page = relative(_PAGE, f"{COMMANDS}/a2e-{command.split()[1]}.md")
        yield f"- in the terminal: [`{command}`]({page}#{slug_of(command)})"
    yield f"- costs coins: {cost_of(row)}"


def python_link(method: str) -> str:
    """Return a link to a method of the client.

    Args:
        method: The method, such as ``voices.list``.
    """
    page = relative(_PAGE, f"{CLIENT}.{method.split('.')[0]}.md")
    return f"[`a2e.{method}`]({page}#{slug_of(f'a2e.{method}')})"


def cost_of(row: Operation) -> str:
    """Return what is known of the cost of an operation, as the SDK's own budget counts it.

    Args:
        row: The operation.
    """
    if is_paid(row.id):
        return "it may, so a budget counts it"
    return "no, it only reads" if row.effect == "read" else "not known to"


def command_of(operation: str, method: str) -> str | None:
    """Return the command that does what an operation does; None where there is none.

    Args:
        operation: The operation's id.
        method: The method of the client, such as ``voices.list``; empty without one.
    """
    if operation in _COMMANDS:
        return _COMMANDS[operation]
    same = f"a2e {method.replace('_', '-').replace('.', ' ')}"
    if same in commands() and not hasattr(commands()[same], "list_commands"):
        return same
    words = {"start": "create", "get": "get", "list": "list", "delete": "delete"}
    for family in TASK_FAMILIES.values():
        for field, word in words.items():
            if getattr(family, field) == operation:
                path = family.attribute.replace("_", "-").replace(".", " ")
                return f"a2e {path} {word}"
    return None
