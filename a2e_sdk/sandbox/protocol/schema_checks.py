"""What the spec asks of a request: body, query and path by the JSON Schemas of the operation.

Owns the way from a raw request to checked values: pure functions that return them or raise the
`RefusedError` that names every wrong field. The schemas are those of the generated client, loaded
when an operation of their section is first asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from attrs import evolve

from a2e_api.operations import Operation
from a2e_sdk._checks.json_schema import Schema, is_blank, problem_with, types_of

from .input_checks import checked_id, field_error, json_object, web_url
from .responses import RefusedError
from .routing import ID_NAMES, Call

__all__ = ["Check", "checked_by_schema", "checked_path"]

Check = Callable[[Operation, Call], Call]
"""Returns the call with the checked body and query, or raises the refusal."""

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def checked_path(_operation: Operation, call: Call) -> Call:
    """Check the ids in the path, and nothing else.

    Args:
        call: what arrived.

    Returns:
        The call as it is.

    Raises:
        RefusedError: an id in the path is not one.
    """
    for name in ID_NAMES:
        if name in call.parameters:
            checked_id(call.parameters[name], "path", name)
    return call


def checked_by_schema(operation: Operation, call: Call) -> Call:
    """Check everything that the spec says about a request.

    Args:
        operation: what is asked for.
        call: what arrived.

    Returns:
        The call with its body and its query, defaults filled in. Unknown fields are left out, but
        for bodies that the spec leaves open.

    Raises:
        RefusedError: something is missing or wrong; all wrong fields are named at once.
    """
    checked_path(operation, call)
    schemas = operation.input
    errors: list[dict[str, str]] = []
    query = _query(call.request.query, schemas["query"], errors)
    body: dict[str, Any] = {}
    if schemas["body"] is not None and (call.request.body or schemas["body_required"]):
        body = _body(json_object(call.request.body), schemas["body"], errors)
    if errors:
        raise RefusedError("Validation failed", errors=errors)
    return evolve(call, body=body, query=query)


def _body(given: dict[str, Any], schema: Schema, errors: list[dict[str, str]]) -> dict[str, Any]:
    fields: Mapping[str, Schema] = schema.get("properties", {})
    required = schema.get("required", ())
    given = cast("dict[str, Any]", _without_nulls(given, schema))
    for name in required:
        if name not in given:
            errors.append(field_error(name, "body", "is required"))
        elif is_blank(given[name], fields.get(name, {})):
            errors.append(field_error(name, "body", "must not be blank"))
    for name, inner in fields.items():
        problem = _problem(given[name], inner) if name in given else None
        if problem is not None:
            errors.append(field_error(name, "body", problem))
    # What the schema says beyond its single fields, such as which of them go together.
    problem = None if errors else problem_with(given, schema)
    if problem is not None:
        raise RefusedError(f"The body {problem}")
    defaults = {name: inner["default"] for name, inner in fields.items() if "default" in inner}
    if not fields or schema.get("additionalProperties"):
        return defaults | given
    return defaults | {name: given[name] for name in given if name in fields}


def _without_nulls(value: Any, schema: Schema) -> Any:
    """Return a value without what is null and not required: clients send null for what they leave
    out."""
    if isinstance(value, list):
        inner = schema.get("items", {})
        return [_without_nulls(item, inner) for item in cast("list[object]", value)]
    if not isinstance(value, dict) or "properties" not in schema:
        return cast(Any, value)
    members = cast("dict[str, Any]", value)
    fields, required = schema["properties"], schema.get("required", ())
    return {
        name: _without_nulls(member, fields.get(name, {}))
        for name, member in members.items()
        if member is not None or name in required
    }


def _problem(value: object, schema: Schema) -> str | None:
    problem = problem_with(value, schema)
    if problem is not None:
        return problem
    # The server fetches files itself.
    if "x-media" in schema:
        return web_url(value)
    if isinstance(value, list) and "x-media" in schema.get("items", {}):
        problems = map(web_url, cast("list[object]", value))
        return next((problem for problem in problems if problem is not None), None)
    return None


def _query(
    given: Mapping[str, str],
    parameters: Mapping[str, Mapping[str, Any]],
    errors: list[dict[str, str]],
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, parameter in parameters.items():
        schema: Schema = parameter["schema"]
        if name in given:
            values[name] = _typed(given[name], schema)
            problem = problem_with(values[name], schema)
            if problem is not None:
                errors.append(field_error(name, "query", problem))
        elif parameter["required"]:
            errors.append(field_error(name, "query", "is required"))
        elif "default" in schema:
            values[name] = schema["default"]
    return values


def _typed(word: str, schema: Schema) -> Any:
    """Return a query parameter as what the schema asks for, or as it is where it is not that."""
    types = types_of(schema)
    if "boolean" in types and word in ("true", "false"):
        return json.loads(word)
    if {"integer", "number"} & set(types) and _NUMBER.fullmatch(word):
        return float(word) if "." in word else int(word)
    return word
