"""The operations of an OpenAPI document, with every reference in them followed.

This module reads what an operation is made of, in one form for all documents: path parameters are
known by their position, and of the responses only the successful one counts. Comparing operations
is left to comparison.py and moved_operations.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openapi_document import METHODS, nameless
from schema_shape import Place
from shape_reader import ShapeReader


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document.

    Attributes:
        method: The method in small letters.
        path: The path.
        place: The operation.
        parameters: Its parameters by location and name; path parameters by their number.
        body: The schema of its body by content type.
        body_required: Whether it needs a body.
        response: The schema of its successful response by content type.
        statuses: The successful statuses that it names.
        security: The ways to authorise, each with all that a client has to send, which is nothing
            for a public operation; None if the document does not say.
    """

    method: str
    path: str
    place: Place
    parameters: Mapping[str, Place]
    body: Mapping[str, Place]
    body_required: bool
    response: Mapping[str, Place]
    statuses: frozenset[str]
    security: frozenset[tuple[str, ...]] | None

    @property
    def name(self) -> str:
        """Method and path."""
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """Method and path without the names of parameters."""
        return self.method, nameless(self.path)

    @property
    def deprecated(self) -> bool:
        """Whether it is marked as deprecated."""
        return self.place.node.get("deprecated") is True


def read_operations(reader: ShapeReader) -> list[Operation]:
    """List the operations of a document, in its order.

    Args:
        reader: The document.

    Returns:
        Its operations with every reference to a parameter, body or response followed.
    """
    document = Place(reader.document, ())
    found = []
    for path in document.child("paths").node:
        item = reader.follow(document.child("paths", path))
        for method in METHODS:
            operation = item.child(method)
            if isinstance(operation.node, dict):
                found.append(_read_operation(reader, method, path, item, operation))
    return found


def _read_operation(
    reader: ShapeReader, method: str, path: str, item: Place, operation: Place
) -> Operation:
    parameters: dict[str, Place] = {}
    order = [f"path.{name}" for name in re.findall(r"\{([^{}]*)\}", path)]
    for owner in (item, operation):
        entries = owner.child("parameters")
        for number, node in enumerate(entries.node if isinstance(entries.node, list) else []):
            place = reader.follow(Place(node, (*entries.pointer, str(number))))
            if isinstance(place.node, dict) and not _ignored(place.node):
                name = f"{place.node.get('in')}.{place.node.get('name')}"
                # Path parameters are known by their position; their names are free.
                name = f"path.{order.index(name) + 1}" if name in order else name
                parameters[name] = place
    body = reader.follow(operation.child("requestBody"))
    responses = operation.child("responses")
    statuses = sorted(key for key in responses.node or {} if re.fullmatch(r"2(\d\d|XX)", key))
    success = "default" if not statuses else "200" if "200" in statuses else statuses[0]
    return Operation(
        method,
        path,
        operation,
        parameters,
        _schemas(body),
        isinstance(body.node, dict) and body.node.get("required") is True,
        _schemas(reader.follow(responses.child(success))),
        frozenset(statuses),
        _security(reader, operation),
    )


def _ignored(parameter: Mapping[str, Any]) -> bool:
    """Tell whether OpenAPI wants a parameter to be ignored; other parts of it say the same."""
    name = str(parameter.get("name")).lower()
    return parameter.get("in") == "header" and name in ("accept", "content-type", "authorization")


def _schemas(owner: Place) -> dict[str, Place]:
    content = owner.child("content")
    if not isinstance(content.node, dict):
        return {}
    # What follows a semicolon, such as the charset, is no other type.
    return {
        kind.partition(";")[0].strip().lower(): content.child(kind, "schema")
        for kind in content.node
    }


def _security(reader: ShapeReader, operation: Place) -> frozenset[tuple[str, ...]] | None:
    needed = operation.node.get("security", reader.document.get("security"))
    if not isinstance(needed, list):
        return None
    schemes = Place(reader.document, ()).child("components", "securitySchemes")
    found: set[tuple[str, ...]] = set() if needed else {()}
    for alternative in needed:
        names = sorted(alternative) if isinstance(alternative, dict) else []
        parts = []
        for name in names:
            scheme = reader.follow(schemes.child(name)).node
            scheme = scheme if isinstance(scheme, dict) else {}
            # The scheme's name is free; what it makes a client send is not.
            words = (scheme.get(key) for key in ("type", "scheme", "in", "name"))
            parts.append(" ".join(str(word).lower() for word in words if word))
        found.add(tuple(parts))
    return frozenset(found)
