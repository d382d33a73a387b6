"""JSON or YAML as plain data, and refusing text that is neither or is not safe to use.

This module decodes bytes into dictionaries, lists and scalars, and nothing else. It refuses what is
empty, cut off, a web page, nested too deeply, or expands without end. What the data means is left
to others.
"""

from __future__ import annotations

import json
import math
from typing import Any

import yaml

from yaml_document import Loader, SafeLoader

DEPTH_LIMIT = 100
NODE_LIMIT = 1_000_000


class RefusedDocument(Exception):
    """The document is not used; the message says why."""


def parse(data: bytes) -> Any:
    """Decode JSON or YAML into plain data.

    Args:
        data: The bytes of the document.

    Returns:
        Dictionaries with string keys, lists and scalars, without shared or circular parts.

    Raises:
        RefusedDocument: It is empty, a web page, cut off, too deep, too large, or neither format.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedDocument(f"not UTF-8 text: {error.reason} at byte {error.start}") from error
    start = text.lstrip()[:200].lower()
    if not start:
        raise RefusedDocument("the document is empty")
    if start.startswith("<"):
        raise RefusedDocument("a web page, not an OpenAPI document")
    try:
        content = _parse_json(text) if start[0] in "{[" else _parse_yaml(text)
    except RecursionError as error:
        raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels") from error
    return _plain(content)


def _parse_json(text: str) -> Any:
    def refuse(word: str) -> None:
        raise RefusedDocument(f"not JSON: {word} is no number")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        message = f"not JSON, or half a download: {error.msg} in line {error.lineno}"
        raise RefusedDocument(message) from error
    except ValueError as error:  # a number of more digits than Python converts
        raise RefusedDocument(f"not usable JSON: {error}") from error


def _parse_yaml(text: str) -> Any:
    if not text.endswith("\n"):
        raise RefusedDocument(
            "the YAML does not end with a line break: half a download? (add one if it is whole)"
        )
    try:
        # Events first: they take no memory, whatever the document would expand to.
        depth = 0
        for number, event in enumerate(yaml.parse(text, Loader=SafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEPTH_LIMIT:
                raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels")
            if number > NODE_LIMIT:
                raise RefusedDocument(f"more than {NODE_LIMIT:,} values")
        return yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        raise RefusedDocument(f"not YAML, or half a download: {message}") from error
    except (ValueError, TypeError) as error:
        raise RefusedDocument(f"not usable YAML: {error}") from error


def _plain(content: Any) -> Any:
    """Copy without sharing, so that aliases that expand without end are found out here."""
    count = 0

    def copy(value: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if depth > DEPTH_LIMIT:
            raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels")
        if count > NODE_LIMIT:
            raise RefusedDocument(f"more than {NODE_LIMIT:,} values")
        if isinstance(value, dict):
            return {_key(key): copy(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list):
            return [copy(inner, depth + 1) for inner in value]
        if isinstance(value, float) and not math.isfinite(value):
            raise RefusedDocument("holds a number that is not finite")
        if value is None or isinstance(value, str | int | float):
            return value
        raise RefusedDocument(f"holds a {type(value).__name__}, which JSON does not have")

    return copy(content, 0)


def _key(key: Any) -> str:
    # `200:` is a number in YAML, and means "200" in OpenAPI.
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise RefusedDocument(f"{key!r} is no name")
    return str(key)
