"""Count what the server sends that the spec does not know, if asked for.

This module owns the observer, its file, and the overlay that is made of it. It keeps the names of
fields, status words and error codes, never a value; what does not look like a name, or has a part
of the API key in it, is kept as ``(not a name)``. Without an observer nothing here is loaded.
"""

from __future__ import annotations

import json
import logging
import os
import re
import stat
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from a2e_sdk._checks.json_schema import Schema, is_of_type, types_of
from a2e_sdk._checks.redaction import Hide, redact

logger = logging.getLogger("a2e_sdk.drift")

NOT_A_NAME = "(not a name)"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,47}")
#: Names made of data, such as ids, have many digits; keys begin as those of A2E do.
_DATA = re.compile(r"[0-9a-fA-F]{12}|[0-9]{6}|^sk_")
#: In bytes; a file of counts has some hundred bytes a finding.
_LARGEST_FILE = 10_000_000
_LARGEST_COUNT = 2**63 - 1
_JSON_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


class Finding(NamedTuple):
    """Something that the spec does not know.

    Attributes:
        operation: The operation whose response had it.
        kind: ``field``, ``word``, ``null``, ``type`` or ``code``.
        place: Where it belongs in the spec, as a JSONPath.
        name: The field, the word, the type or the code.
        types: The JSON types that the spec has there, or that the field was seen with.
    """

    operation: str
    kind: str
    place: str
    name: str
    types: tuple[str, ...] = ()


class DriftObserver:
    """Counts what the server sends that the spec does not know; safe to share between threads.

    Args:
        path: A file that `save` adds the counts to. Default: none, the counts stay in memory.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = None if path is None else Path(path)
        self._lock = threading.Lock()
        self._counts: Counter[Finding] = Counter()

    @property
    def counts(self) -> Mapping[Finding, int]:
        """How often each finding was made."""
        with self._lock:
            return dict(self._counts)

    def answered(self, operation: str, payload: Any, hide: Hide = redact) -> None:
        """Count the findings of a successful response.

        Args:
            operation: The operation's id in snake case.
            payload: The decoded JSON.
            hide: Takes the secrets out of a text. Default: `redact`, which knows no key.
        """
        from a2e_api.operations import OPERATIONS

        if operation in OPERATIONS:
            findings = list(findings_in(payload, {"$ref": OPERATIONS[operation].answer}, operation))
            shown = [one._replace(name=_without_secrets(one.name, hide)) for one in findings]
            with self._lock:
                self._counts.update(shown)

    def refused(self, operation: str, code: object, hide: Hide = redact) -> None:
        """Count the code of a refusal.

        Args:
            operation: The operation's id in snake case.
            code: The envelope's code; None where it had none.
            hide: Takes the secrets out of a text. Default: `redact`, which knows no key.
        """
        if code is not None:
            name = str(code) if isinstance(code, int) else name_of(str(code))
            name = _without_secrets(name, hide)
            with self._lock:
                self._counts[Finding(operation, "code", "$.info", name)] += 1

    def save(self) -> None:
        """Add the counts to the file, whole or not at all, and forget them.

        A file that can't be read or written, or is not one of these, is left as it is and named in
        the log: counting is never worth the failure of a program, which may have paid for something
        by the time its client is closed. The counts stay in memory then.
        """
        try:
            self._save()
        except (OSError, ValueError) as problem:
            logger.warning("the counts of drift were not saved: %s", redact(str(problem)))

    def _save(self) -> None:
        if self.path is None:
            return
        with self._lock:
            counts = Counter(self._counts)
            if self.path.exists():
                counts += load(self.path)
            if not counts:
                return
            rows = [[*finding, count] for finding, count in sorted(counts.items())]
            part = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
            try:
                part.write_text(json.dumps(rows, indent=1), encoding="utf-8")
                part.replace(self.path)
            finally:
                part.unlink(missing_ok=True)
            self._counts.clear()


def load(path: str | os.PathLike[str]) -> Counter[Finding]:
    """Return the counts of a file.

    Raises:
        OSError: The file can't be read.
        ValueError: It is not one that `DriftObserver.save` wrote: no regular file, larger than
            10,000,000 bytes, or with another content.
    """
    counts: Counter[Finding] = Counter()
    try:
        rows = json.loads(_content(path))
        if not isinstance(rows, list):
            raise ValueError("it holds no list")
        for row in cast(list[Any], rows):
            finding, count = _counted(row)
            counts[finding] += count
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{os.fspath(path)!r} is no file of drift counts: {error}") from None
    return counts


def _content(path: str | os.PathLike[str]) -> bytes:
    """Return the content of a regular file, without waiting for a pipe or reading a device."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is no regular file")
        content = file.read(_LARGEST_FILE + 1)
    if len(content) > _LARGEST_FILE:
        raise ValueError(f"it has more than {_LARGEST_FILE:,} bytes")
    return content


def _counted(row: Any) -> tuple[Finding, int]:
    """Return the finding and the count of a row of the file.

    Raises:
        ValueError: It is no such row.
    """
    if not isinstance(row, list) or len(cast(list[Any], row)) != len(Finding._fields) + 1:
        raise ValueError(f"a row has other than {len(Finding._fields) + 1} members")
    operation, kind, place, name, types, count = cast(list[Any], row)
    words: list[Any] = cast(list[Any], types) if isinstance(types, list) else [None]
    texts: list[Any] = [operation, kind, place, name, *words]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("a row has other members than texts before its count")
    if type(count) is not int or not 0 < count <= _LARGEST_COUNT:
        raise ValueError(f"a count is no whole number from 1 to {_LARGEST_COUNT}")
    return Finding(operation, kind, place, name, tuple(words)), count


def findings_in(value: Any, schema: Schema, operation: str, place: str = "$") -> Iterator[Finding]:
    """Yield what a value has that its schema does not know.

    Args:
        value: Decoded JSON.
        schema: The schema, with references to the models of ``a2e_api.schemas.answers``.
        operation: The operation it is a response of.
        place: The schema's own place in the spec, as a JSONPath.
    """
    parts = [part for part in _parts(schema, place) if part[0]]
    parts = _fitting(value, parts)
    types = tuple(dict.fromkeys(name for part, _ in parts for name in types_of(part)))
    where = parts[-1][1] if parts else place
    if value is None:
        if types and "null" not in types:
            yield Finding(operation, "null", where, "null", types)
        return
    if types and not any(is_of_type(value, name) for name in types):
        yield Finding(operation, "type", where, json_type(value), types)
        return
    words = [word for part, _ in parts for word in part.get("enum", ())]
    if words and isinstance(value, str) and value not in words:
        yield Finding(operation, "word", where, name_of(value))
    if isinstance(value, list):
        for item in cast(list[Any], value):
            for part, inside in parts:
                if "items" in part:
                    yield from findings_in(item, part["items"], operation, f"{inside}.items")
                    break
    elif isinstance(value, dict):
        yield from _members(cast(dict[str, Any], value), parts, operation)


def _members(
    value: dict[str, Any], parts: list[tuple[Schema, str]], operation: str
) -> Iterator[Finding]:
    described = [(part, inside) for part, inside in parts if part.get("properties")]
    for key, item in value.items():
        for part, inside in described:
            if key in part["properties"]:
                below = f"{inside}.properties['{key}']"
                yield from findings_in(item, part["properties"][key], operation, below)
                break
        else:
            if described:
                types = (json_type(item),)
                yield Finding(operation, "field", described[-1][1], name_of(key), types)


def _parts(schema: Schema, place: str) -> Iterator[tuple[Schema, str]]:
    """Yield the schemas that together, or each for itself, describe a value."""
    reference = schema.get("$ref")
    if reference is not None:
        from a2e_api.schemas.answers import SCHEMAS

        yield from _parts(SCHEMAS.get(reference, {}), f"$.components.schemas.{reference}")
        return
    yield schema, place
    for key in ("allOf", "anyOf", "oneOf"):
        for number, inner in enumerate(schema.get(key, ())):
            yield from _parts(inner, f"{place}.{key}[{number}]")


def _fitting(value: Any, parts: list[tuple[Schema, str]]) -> list[tuple[Schema, str]]:
    """Return the parts that are about values of this type; all of them where none is."""
    fitting = [
        (part, place)
        for part, place in parts
        if any(is_of_type(value, name) for name in types_of(part))
    ]
    return fitting or parts


def json_type(value: Any) -> str:
    """Return the JSON type of a value, the narrowest one."""
    if isinstance(value, float):
        return "number"
    return next(name for name in _JSON_TYPES if is_of_type(value, name))


def name_of(text: str) -> str:
    """Return a text that is a name, and `NOT_A_NAME` for anything that may be data."""
    return text if _NAME.fullmatch(text) and not _DATA.search(text) else NOT_A_NAME


def _without_secrets(name: str, hide: Hide) -> str:
    return name if hide(name) == name else NOT_A_NAME


def overlay(counts: Mapping[Finding, int]) -> dict[str, Any]:
    """Return an OpenAPI Overlay that adds the findings to the spec.

    Args:
        counts: How often each finding was made.

    Returns:
        A document of the Overlay Specification 1.0.0; applied to the spec it makes the findings
        known. What is no name is left out.
    """
    merged: dict[tuple[str, str, str, tuple[str, ...]], tuple[int, set[str]]] = {}
    for (operation, kind, place, name, types), count in counts.items():
        if name != NOT_A_NAME:
            total, operations = merged.get((kind, place, name, types), (0, set[str]()))
            merged[kind, place, name, types] = (total + count, operations | {operation})
    actions = [
        {
            "x-name": f"{kind} {name} at {place}",
            "target": place,
            "description": f"Seen {count} times: {kind} {name!r}.",
            "x-evidence": "observed",
            "x-evidence-source": f"answers of {', '.join(sorted(operations))}",
            "update": _update(kind, name, types),
        }
        for (kind, place, name, types), (count, operations) in sorted(merged.items())
    ]
    return {
        "overlay": "1.0.0",
        "info": {"title": "What the server sent that the spec does not know", "version": "1"},
        "actions": actions,
    }


def overlay_yaml(counts: Mapping[Finding, int]) -> str:
    """Return `overlay` as YAML, ready to be saved and edited.

    Args:
        counts: How often each finding was made.
    """
    document = overlay(counts)
    lines = [f"overlay: {document['overlay']}", "info:"]
    lines += [f"  {key}: {json.dumps(value)}" for key, value in document["info"].items()]
    lines.append("actions:" if document["actions"] else "actions: []")
    for action in document["actions"]:
        first, *rest = (f"{key}: {json.dumps(value)}" for key, value in action.items())
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "\n".join(lines) + "\n"


def _update(kind: str, name: str, types: tuple[str, ...]) -> dict[str, Any]:
    if kind == "field":
        return {"properties": {name: {"type": types[0], "description": "Seen in answers only."}}}
    if kind == "word":
        return {"enum": [name]}
    if kind == "code":
        return {"x-codes": [int(name) if name.lstrip("-").isdigit() else name]}
    # An overlay appends to an array, so the types that are there already are not repeated.
    return {"type": [name] if len(types) > 1 else [*types, name]}
