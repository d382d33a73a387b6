"""State what one vendor document changes, and the verdict a careful maintainer gives.

The expected verdicts were written down before anybody looked at the comparison. A verdict is about
a program written for the last release: does it still run, and does it still get what it got?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Document: TypeAlias = dict[str, Any]
Sureness: TypeAlias = Literal["sure", "fairly sure", "unsure"]
Source: TypeAlias = Literal["document", "yaml", "json"]

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

WHOLE_API = "the whole API"
"""In place of operations: at least one entry of that class, for the API or for operations."""


@dataclass(frozen=True, kw_only=True)
class VendorCase:
    """A change of spec/openapi.yaml and what the report on it has to say.

    Operations are named by the operationId of spec/openapi.yaml. An operation that no field lists
    must appear neither as breaking users nor as new for users.
    """

    name: str
    did: str
    """What the vendor did."""
    change: Callable[[Any], Any]
    """Changes the loaded document in place, or returns another text for the given one."""
    source: Source = "document"
    breaks: frozenset[str] = frozenset()
    """Named as breaking users."""
    moved: frozenset[str] = frozenset()
    """Named as breaking users, each as moved, and not as gone here and new there."""
    new: frozenset[str] = frozenset()
    """Named as new for users. An operation that is only in the vendor's document: its path."""
    look: frozenset[str] = frozenset()
    """Named as breaking users or as new for users, or the document refused: not passed over."""
    may: frozenset[str] = frozenset()
    """May be named as well; either is right."""
    refused: str = ""
    """Pattern of what the refusal says; empty where the document has to be compared."""
    refusal_allowed: bool = False
    previous: bool = True
    """Whether the unchanged document is given as the vendor's previous one."""
    sure: Sureness = "sure"


CASES: list[VendorCase] = []


def case(
    name: str,
    *,
    breaks: str | Iterable[str] = (),
    moved: str | Iterable[str] = (),
    new: str | Iterable[str] = (),
    look: str | Iterable[str] = (),
    may: str | Iterable[str] = (),
    refused: str = "",
    refusal_allowed: bool = False,
    previous: bool = True,
    source: Source = "document",
    sure: Sureness = "sure",
) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Add the decorated change to the table; its docstring says what the vendor did."""

    def add(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
        CASES.append(
            VendorCase(
                name=name,
                did=(change.__doc__ or "").strip(),
                change=change,
                source=source,
                breaks=_names(breaks),
                moved=_names(moved),
                new=_names(new),
                look=_names(look),
                may=_names(may),
                refused=refused,
                refusal_allowed=refusal_allowed,
                previous=previous,
                sure=sure,
            )
        )
        return change

    return add


def _names(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)


def family(word: str) -> frozenset[str]:
    """Give the operations of a family of five, as Grok or Veo has them."""
    return frozenset(
        {
            f"start{word}Task",
            f"list{word}Tasks",
            f"getMany{word}Tasks",
            f"get{word}Task",
            f"delete{word}Task",
        }
    )


def operation(document: Document, operation_id: str) -> dict[str, Any]:
    """Find an operation."""
    path, method = place(document, operation_id)
    found: dict[str, Any] = document["paths"][path][method]
    return found


def place(document: Document, operation_id: str) -> tuple[str, str]:
    """Find the path and the method of an operation."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if item.get(method, {}).get("operationId") == operation_id:
                return path, method
    raise LookupError(operation_id)


def schema(document: Document, name: str) -> dict[str, Any]:
    """Find a schema of the components."""
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def field(document: Document, name: str, key: str) -> dict[str, Any]:
    """Find a field of a schema of the components."""
    found: dict[str, Any] = schema(document, name)["properties"][key]
    return found


def parameter(document: Document, operation_id: str, name: str) -> dict[str, Any]:
    """Find an inline parameter of an operation."""
    for found in operation(document, operation_id)["parameters"]:
        if found.get("name") == name:
            return found
    raise LookupError(name)


def move(document: Document, old: str, new: str) -> None:
    """Move every path that begins with one prefix to another, the order kept."""
    document["paths"] = {
        (new + path[len(old) :] if path.startswith(old) else path): item
        for path, item in document["paths"].items()
    }


def rewrite(node: Any, change: Callable[[dict[str, Any]], None]) -> None:
    """Apply a change in place to every mapping of a document."""
    if isinstance(node, dict):
        change(node)
        for child in list(node.values()):
            rewrite(child, change)
    elif isinstance(node, list):
        for child in node:
            rewrite(child, change)
