"""Check path, query and body of a request by the JSON Schemas of its operation.

This module owns all checks that the spec can express; there are no others beside it, but for rules
that a schema has no words for, which are in the sections. It is pure. The schemas are those of the
generated client, loaded when an operation of their section is first called.

One rule holds for what is empty. Null for a field that is not required counts as a field that was
left out, because clients send it. A required text must not be white space alone: a start with an
empty prompt would be paid for. Any other empty text is refused where the schema says so.

One rule is the sandbox's own: a ``webhook_url`` may be http where its host is the loopback's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from attrs import evolve

from a2e_api.operations import Operation
from a2e_sdk._checks.json_schema import Schema, is_blank, problem_with, types_of
from a2e_sdk._checks.validation import is_loopback_http

from .json_input import read_json
from .responses import RefusedError, field_error
from .routing import Call

__all__ = ["checked_input"]

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_WEB_ADDRESS: Schema = {"type": "string", "pattern": "^https?://[^ ]*$"}


def checked_input(operation: Operation, call: Call) -> Call:
    """Check everything that the spec says about a request.

    Args:
        operation: what is called.
        call: what arrived.

    Returns:
        The call with its body and its query, defaults filled in. Unknown fields are left out, but
        for bodies that the spec leaves open.

    Raises:
        RefusedError: something is missing or wrong; all wrong fields are named at once.
    """
    schemas = operation.input
    errors: list[dict[str, str]] = []
    for name, parameter in schemas["path"].items():
        problem = problem_with(call.parameters[name], parameter["schema"])
        if problem is not None:
            errors.append(field_error(name, "path", problem))
    query = _query(call.request.query, schemas["query"], errors)
    body: dict[str, Any] = {}
    if schemas["body"] is not None and (call.request.body or schemas["body_required"]):
        body = _body(_json_object(call.request.body), schemas["body"], errors)
    if errors:
        raise RefusedError("Validation failed", errors=errors)
    return evolve(call, body=body, query=query)


def _json_object(body: bytes) -> dict[str, Any]:
    """Read a JSON body; nothing at all counts as an empty object."""
    try:
        content: Any = read_json(body or b"{}")
    except json.JSONDecodeError:
        raise RefusedError("The body is not valid JSON", of_input=True) from None
    except ValueError as problem:
        text = f"The body is not JSON that can be taken: {problem}"
        raise RefusedError(text, of_input=True) from None
    if not isinstance(content, dict):
        raise RefusedError("The body must be a JSON object", of_input=True)
    return cast("dict[str, Any]", content)


def _body(given: dict[str, Any], schema: Schema, errors: list[dict[str, str]]) -> dict[str, Any]:
    schema = _with_loopback_webhook(schema, given)
    fields: Mapping[str, Schema] = schema.get("properties", {})
    required = schema.get("required", ())
    given = cast("dict[str, Any]", _without_nulls(given, schema))
    for name in required:
        if name not in given:
            errors.append(field_error(name, "body", "is required"))
    for name, inner in fields.items():
        problem = _problem(given[name], inner, name in required) if name in given else None
        if problem is not None:
            errors.append(field_error(name, "body", problem))
    # What the schema says beyond its single fields, such as which of them go together.
    problem = None if errors else problem_with(given, schema)
    if problem is not None:
        raise RefusedError(f"The body {problem}", of_input=True)
    defaults = {name: inner["default"] for name, inner in fields.items() if "default" in inner}
    if not fields or schema.get("additionalProperties"):
        return defaults | given
    return defaults | {name: given[name] for name in given if name in fields}


def _with_loopback_webhook(schema: Schema, given: Mapping[str, Any]) -> Schema:
    """Return the schema of a body, which lets a webhook be http on this machine's loopback.

    The spec has https alone, since A2E calls nothing else.
    """
    if not is_loopback_http(str(given.get("webhook_url"))):
        return schema
    fields: dict[str, Schema] = dict(schema.get("properties", {}))
    if "webhook_url" in fields:
        kept = fields["webhook_url"]
        fields["webhook_url"] = {key: kept[key] for key in kept if key != "pattern"}
    return {**schema, "properties": fields}


def _without_nulls(value: Any, schema: Schema) -> Any:
    """Return a value without what is null and not required."""
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


def _problem(value: object, schema: Schema, is_required: bool) -> str | None:
    problem = problem_with(value, schema)
    if problem is not None:
        return problem
    if is_required and is_blank(value, schema):
        return "must not be blank"
    # The server fetches files itself.
    if "x-media" in schema:
        return problem_with(value, _WEB_ADDRESS)
    if "x-media" in schema.get("items", {}):
        return problem_with(value, {"items": _WEB_ADDRESS})
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
