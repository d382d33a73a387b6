"""The inputs of the calls that verify the contract: the cheapest that a schema allows.

This module owns these values. They name nothing of the account: ids come from the account's own
listings and are put in by ``run``. It is pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from a2e_sdk._checks.json_schema import Schema, problem_with

#: Values of the fields that a schema does not describe closely enough, by their names.
_VALUES: Mapping[str, Any] = {
    "pageNum": 1,
    "pageSize": 10,
    "current": 1,
    "msg": "Hello, and welcome.",
    "prompt": "a calm sea at sunrise",
    "negative_prompt": "blurred",
    "target_lang": "de",
    "name": "a2e verify",
    "title": "a2e verify",
}
#: Fields that are given though they need not be: without them a start makes nothing, or more.
_CHEAPER = ("prompt", "duration", "resolution")
#: The options of ``a2e verify`` that give the addresses of files.
MEDIA = ("image", "video", "audio")


class NoInput(Exception):
    """There is no input for an operation; the message says why, and what would give one."""


def body_of(schema: Schema, media: Mapping[str, str]) -> dict[str, Any]:
    """Return the cheapest body that a schema allows.

    Args:
        schema: The schema of the body.
        media: Addresses of files by their kind: ``image``, ``video``, ``audio``.

    Raises:
        NoInput: A file is needed and not given, or no value is known that the schema allows.
    """
    body = _fields_of(schema, media)
    problem = problem_with(body, schema)
    if problem is not None:
        raise NoInput(f"no input is known that the spec allows: the body {problem}")
    return body


def query_of(
    parameters: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the query parameters that must be there, and those that are given.

    Args:
        parameters: The parameters, as `Operation.input` has them.
        given: Values that are known, such as ids.
    """
    return {
        name: given[name] if name in given else _value(name, parameter["schema"], {})
        for name, parameter in parameters.items()
        if parameter["required"] or name in given
    }


def _fields_of(schema: Schema, media: Mapping[str, str]) -> dict[str, Any]:
    required = schema.get("required", ())
    values: dict[str, Any] = {}
    for name, inner in schema.get("properties", {}).items():
        if name in required:
            values[name] = _value(name, inner, media)
        elif name in _CHEAPER:
            # One that only makes it cheaper is left out where no value is known.
            with suppress(NoInput):
                values[name] = _value(name, inner, media)
    return values


def _value(name: str, schema: Schema, media: Mapping[str, str]) -> Any:
    kinds = schema.get("x-media")
    if kinds is not None:
        found = next((media[kind] for kind in kinds if kind in media), None)
        if found is None:
            options = " or ".join(f"--{kind} URL" for kind in kinds)
            raise NoInput(f"needs a file: give {options}")
        return found
    words = schema.get("enum")
    if words:
        numbers = [word for word in words if str(word).isdigit()]
        return min(numbers, key=int) if numbers else words[0]
    if name in _VALUES and problem_with(_VALUES[name], schema) is None:
        return _VALUES[name]
    if "anyOf" in schema:
        return _value(name, schema["anyOf"][0], media)
    return _by_type(name, schema, media)


def _by_type(name: str, schema: Schema, media: Mapping[str, str]) -> Any:
    types = schema.get("type")
    kind = types if isinstance(types, str) or not types else types[0]
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("default", 1))
    if kind == "boolean":
        return schema.get("default", False)
    if kind == "array":
        return [_value(name, schema.get("items", {}), media)] * max(1, schema.get("minItems", 1))
    if kind == "object":
        return _fields_of(schema, media)
    if kind == "string" and "default" in schema:
        return schema["default"]
    raise NoInput(f"needs {name!r}, for which no cheap value is known")
