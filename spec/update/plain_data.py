"""JSON or YAML as plain data, and refusing text that is neither or is not safe to use.

This module decodes bytes into dictionaries, lists and scalars, and nothing else. It refuses what is
empty, cut off, a web page, nested too deeply, expands without end, or says two things under one
key. What the data means is left to others.
"""

from __future__ import annotations

import codecs
import json
import math
from typing import Any

import yaml

from yaml_document import Loader, SafeLoader, repeated_key

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
        content = _parse_bracketed(text) if ends_itself(data) else _parse_block(text)
    except RecursionError as error:
        raise RefusedDocument(f"nested deeper than {DEPTH_LIMIT} levels") from error
    return _plain(content)


def ends_itself(data: bytes) -> bool:
    """Tell whether a document shows where it ends: JSON, or YAML within brackets."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")


def _parse_bracketed(text: str) -> Any:
    """Decode JSON, or YAML that is written within brackets."""
    try:
        return _parse_json(text)
    except json.JSONDecodeError as error:
        try:
            return _parse_yaml(text)
        except yaml.YAMLError:
            message = f"not JSON, or half a download: {error.msg} in line {error.lineno}"
            raise RefusedDocument(message) from error


def _parse_json(text: str) -> Any:
    repeated: list[tuple[dict[str, Any], str]] = []

    def refuse(word: str) -> None:
        raise RefusedDocument(f"not JSON: {word} is no number")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            names = [name for name, _ in pairs]
            repeated.append((made, next(name for name in names if names.count(name) > 1)))
        return made

    try:
        content = json.loads(text, parse_constant=refuse, object_pairs_hook=unique)
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # a number of more digits than Python converts
        raise RefusedDocument(f"not usable JSON: {error}") from error
    if repeated:
        # The outermost one ends last, and no other one has hidden it.
        owner, name = repeated[-1]
        raise _twice(name, _place_of(owner, content) or (), "")
    return content


def _parse_block(text: str) -> Any:
    if not text.endswith("\n"):
        raise RefusedDocument(
            "the YAML does not end with a line break: half a download? (add one if it is whole)"
        )
    try:
        return _parse_yaml(text)
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        raise RefusedDocument(f"not YAML, or half a download: {message}") from error


def _parse_yaml(text: str) -> Any:
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
    loader = Loader(text)
    try:
        root = loader.get_single_node()
        repeated = repeated_key(root)
        if repeated:
            lines = " (lines {} and {})".format(*repeated.lines)
            raise _twice(repeated.name, repeated.place, lines)
        return None if root is None else loader.construct_document(root)
    except (ValueError, TypeError) as error:
        raise RefusedDocument(f"not usable YAML: {error}") from error
    finally:
        loader.dispose()


def _place_of(wanted: Any, value: Any) -> tuple[str, ...] | None:
    """Return the keys that lead to an object within a value."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(value, ())]
    while waiting:
        inner, place = waiting.pop()
        if inner is wanted:
            return place
        if isinstance(inner, dict):
            waiting += [(below, (*place, key)) for key, below in inner.items()]
        elif isinstance(inner, list):
            waiting += [(below, (*place, str(number))) for number, below in enumerate(inner)]
    return None


def _twice(name: str, place: tuple[str, ...], lines: str) -> RefusedDocument:
    where = " > ".join(place) or "the top of the document"
    return RefusedDocument(
        f"the key {name!r} is there twice in {where}{lines}, and only one of them would be read:"
        " find out which one holds and delete the other"
    )


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
