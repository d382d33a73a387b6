"""An OpenAPI document as plain data: its operations, and what its references point to.

This module owns how references are followed, for the generators and for the comparison of
documents. It reads no files and does not judge whether a document is valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

#: The methods of an OpenAPI path item.
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def operations_of(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield method, path, path item and operation of every operation, in the document's order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item, item[method]


def nameless(path: str) -> str:
    """Return a path without the names of its parameters and without a slash at the end."""
    return re.sub(r"\{[^{}]*\}", "{}", path).rstrip("/") or "/"


def pointer_keys(reference: str) -> tuple[str, ...] | None:
    """Return the keys that a local reference names, or None if it is no JSON pointer.

    As it is part of an address, a character may be percent-encoded; `~1` means a slash.
    """
    if not reference.startswith("#/"):
        return None
    return tuple(
        unquote(part).replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/")
    )


def reference_to(keys: Iterable[str]) -> str:
    """Return the local reference that names these keys."""
    parts = (quote(key.replace("~", "~0").replace("/", "~1"), safe="~") for key in keys)
    return "/".join(("#", *parts))


def resolve_pointer(document: Any, reference: str) -> tuple[Any, tuple[str, ...]] | None:
    """Look up a local reference such as `#/components/schemas/Task`.

    Args:
        document: The document that it stands in.
        reference: The reference.

    Returns:
        What it points to, with the keys that lead there; None if there is nothing.
    """
    keys = pointer_keys(reference)
    if keys is None:
        return None
    value = document
    for key in keys:
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value, keys


def follow(document: Any, value: Any, pointer: tuple[str, ...] = ()) -> tuple[Any, tuple[str, ...]]:
    """Follow references until a value is none.

    Args:
        document: The document that references point into.
        value: A part of the document, which may be a reference.
        pointer: The keys that lead to it.

    Returns:
        The value behind all references, with the keys that lead there. The value is None where a
        reference points to nothing or references form a circle.
    """
    seen: set[tuple[str, ...]] = set()
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        found = resolve_pointer(document, value["$ref"])
        if found is None or pointer in seen:
            return None, pointer
        seen.add(pointer)
        value, pointer = found
    return value, pointer
