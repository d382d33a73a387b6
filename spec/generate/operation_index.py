"""The index of operations, and the JSON Schemas of their input and responses.

The generator leaves both out. The index, `a2e_api/operations/`, says of each operation where it
is, what it does and how well it is known. The schemas, `a2e_api/schemas/<tag>.py`, are those of
bodies and parameters, references resolved and prose left out, so that input can be checked without
the document. Both are split by section, so that only the sections in use are loaded. This module
owns the data of these files; their text is in `templates/operations/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier

from generated_files import render
from openapi_document import follow, operations_of

#: The keywords that say what is allowed, and what the facade needs to know beside.
_KEYWORDS = (
    *("type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems", "pattern", "required", "default"),
    *("additionalProperties", "x-media"),
)
#: Of a response the format is kept too: nothing is refused for it, but differences are told.
_RESPONSE_KEYWORDS = (*_KEYWORDS, "format")
_SCHEMAS_PACKAGE = '''"""The JSON Schemas of the operations' input, one module for each section."""
'''


def index_files(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of the index and of the schemas, not yet formatted.

    Args:
        document: The OpenAPI document that the package was generated from.

    Returns:
        The text of each file by its path in the package.
    """
    rows: dict[str, list[tuple[Any, ...]]] = {}
    schemas: dict[str, dict[str, Any]] = {}
    tags: dict[str, str] = {}
    for method, path, item, operation in operations_of(document):
        identifier = str(PythonIdentifier(operation["operationId"], ""))
        tag = str(PythonIdentifier((operation.get("tags") or ["default"])[0], "tag"))
        parameters = [
            follow(document, parameter)[0]
            for parameter in (*item.get("parameters", ()), *operation.get("parameters", ()))
        ]
        tags[identifier] = tag
        row = _row(document, identifier, tag, method, path, operation, parameters)
        rows.setdefault(tag, []).append(row)
        schemas.setdefault(tag, {})[identifier] = _input_schemas(document, operation, parameters)
    responses = {
        str(ClassName(name, "")): bare_schema(document, schema, keep_references=True)
        for name, schema in document.get("components", {}).get("schemas", {}).items()
        if not name.endswith("Request")
    }
    return {
        "operations/__init__.py": render("operations/index.py.jinja", tags=tags),
        **{
            f"operations/{tag}.py": render("operations/section.py.jinja", tag=tag, rows=of_tag)
            for tag, of_tag in rows.items()
        },
        "schemas/__init__.py": _SCHEMAS_PACKAGE,
        "schemas/answers.py": _schemas_module(
            "answers by their model, to tell what in one is not in the document", responses
        ),
        **{
            f"schemas/{tag}.py": _schemas_module(f"the input of the section `{tag}`", of_tag)
            for tag, of_tag in schemas.items()
        },
    }


def _row(
    document: Mapping[str, Any],
    identifier: str,
    tag: str,
    method: str,
    path: str,
    operation: Mapping[str, Any],
    parameters: list[Mapping[str, Any]],
) -> tuple[Any, ...]:
    """Return the fields of `Operation` in `templates/operations/index.py.jinja`."""
    body = _json_schema(operation.get("requestBody", {}))
    response = _json_schema(operation.get("responses", {}).get("200", {}))
    data = _alternatives(document, _property(document, response or {}, "data"))
    return (
        identifier,
        tag,
        method.upper(),
        path,
        operation.get("x-effect", ""),
        operation.get("x-evidence", ""),
        bool(operation.get("deprecated")),
        _model(body),
        _model(response),
        {one["name"]: str(PythonIdentifier(one["name"], "")) for one in parameters},
        {
            name: wire
            for wire in _properties(document, body or {})
            if (name := str(PythonIdentifier(wire, ""))) != wire
        },
        tuple(dict.fromkeys(one["type"] for one in data if one["type"] != "null")),
        tuple(
            key
            for one in data
            for key in _properties(document, one)
            if _has_rows(document, one, key)
        ),
        operation.get("summary", ""),
        tuple(int(status) for status in operation.get("responses", {}) if status >= "400"),
        tuple(int(status) for status in operation.get("responses", {}) if status < "300"),
    )


def _properties(document: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of an object, those of all its parts."""
    schema = follow(document, schema)[0]
    properties: dict[str, Any] = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        properties |= _properties(document, part)
    return properties


def _property(
    document: Mapping[str, Any], schema: Mapping[str, Any], name: str
) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _properties(document, schema).get(name, {})
    return found


def _alternatives(
    document: Mapping[str, Any], schema: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """Return the schemas, each of one type, that a value may follow; none for any value."""
    schema = follow(document, schema)[0]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return [found for choice in choices for found in _alternatives(document, choice)]
    if "allOf" in schema:
        return [{**schema, "type": "object"}]
    types = schema.get("type", ())
    return [{**schema, "type": one} for one in ([types] if isinstance(types, str) else types)]


def _has_rows(document: Mapping[str, Any], schema: Mapping[str, Any], key: str) -> bool:
    """Tell whether a property of an object is an array of objects."""
    found = _alternatives(document, _property(document, schema, key))
    items = [_alternatives(document, one["items"]) for one in found if "items" in one]
    return any(one["type"] == "object" for item in items for one in item)


def _input_schemas(
    document: Mapping[str, Any], operation: Mapping[str, Any], parameters: list[Mapping[str, Any]]
) -> dict[str, Any]:
    body = _json_schema(operation.get("requestBody", {}))
    return {
        "body": None if body is None else bare_schema(document, body),
        "body_required": bool(operation.get("requestBody", {}).get("required")),
        **{
            place: {
                parameter["name"]: {
                    "required": bool(parameter.get("required")),
                    "schema": bare_schema(document, parameter.get("schema", {})),
                }
                for parameter in parameters
                if parameter["in"] == place
            }
            for place in ("path", "query")
        },
    }


def _schemas_module(subject: str, schemas: Mapping[str, Any]) -> str:
    return render("operations/schemas.py.jinja", subject=subject, schemas=schemas)


def _json_schema(owner: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the schema of a JSON body or response; None without one."""
    schema: Mapping[str, Any] | None
    schema = owner.get("content", {}).get("application/json", {}).get("schema")
    return schema


def bare_schema(
    document: Mapping[str, Any],
    schema: Mapping[str, Any],
    within: tuple[str, ...] = (),
    *,
    keep_references: bool = False,
) -> dict[str, Any]:
    """Return a schema with references resolved and nothing but what decides about a value.

    Args:
        document: The document that references point into.
        schema: The schema.
        within: The references that are being resolved; a cycle is cut and allows anything.
        keep_references: Whether references stay, as the name of a model; of a response they do.
    """
    reference = schema.get("$ref")
    if reference is not None:
        if keep_references:
            return {"$ref": _model(schema)}
        if reference in within:
            return {}
        return bare_schema(document, follow(document, schema)[0], (*within, reference))

    def inner_schema(inner: Mapping[str, Any]) -> dict[str, Any]:
        return bare_schema(document, inner, within, keep_references=keep_references)

    keywords = _RESPONSE_KEYWORDS if keep_references else _KEYWORDS
    bare = {key: schema[key] for key in keywords if key in schema}
    if "items" in schema:
        bare["items"] = inner_schema(schema["items"])
    if "properties" in schema:
        bare["properties"] = {
            name: inner_schema(inner) for name, inner in schema["properties"].items()
        }
    for key in ("anyOf", "allOf", "oneOf"):
        if key in schema:
            bare[key] = [inner_schema(inner) for inner in schema[key]]
    return bare


def _model(schema: Mapping[str, Any] | None) -> str:
    reference: str = (schema or {}).get("$ref", "")
    return str(ClassName(reference.rsplit("/", 1)[-1], "")) if reference else ""
