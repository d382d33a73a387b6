"""Write what the generator leaves out: an index of all operations, and the schemas of their input.

The index, ``a2e_api/operations.py``, says for each operation where it lives, what it does and how
well it is known. The schemas, ``a2e_api/schemas/<tag>.py``, are the JSON Schemas of bodies and
parameters, references resolved and prose left out, so that input can be checked without the
document. This module owns these files' content; formatting is left to the generator's own hooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

#: The keywords that say what is allowed, and what the facade needs to know beside.
_KEYWORDS = (
    *("type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems", "pattern", "required", "default"),
    "x-media",
)

_INDEX = '''"""Every operation of the API: where its module is, what it does, how well it is known."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, Mapping, NamedTuple


class Operation(NamedTuple):
    """One operation.

    Attributes:
        id: Its id in snake case, as `Request.operation` has it.
        tag: The package below `a2e_api.api` that has its module, named by its section.
        method: The HTTP method in capitals.
        path: The path, with its parameters in braces.
        effect: `read`, `delete`, `write` or `start`; an empty text where the document does not say.
        evidence: `documented`, `reference` or `observed`; likewise.
        deprecated: Whether the server's reference has another operation in its place.
        body: The model of the request body; an empty text without one.
        answer: The model of a successful answer.
        parameters: The arguments of `build_request` beside the body, by their name on the wire.
        summary: What it does, in a sentence.
    """

    id: str
    tag: str
    method: str
    path: str
    effect: str
    evidence: str
    deprecated: bool
    body: str
    answer: str
    parameters: Mapping[str, str]
    summary: str

    @property
    def module(self) -> ModuleType:
        """The operation's module, with `build_request`, `parse`, `sync` and `asyncio`."""
        return import_module(f"a2e_api.api.{self.tag}.{self.id}")

    @property
    def input(self) -> Mapping[str, Any]:
        """The JSON Schemas of its input: `body` (None without one), `query` and `path`."""
        schemas: Mapping[str, Mapping[str, Any]] = _schemas(self.tag)
        return schemas[self.id]


@cache
def _schemas(tag: str) -> Any:
    return import_module(f"a2e_api.schemas.{tag}").SCHEMAS


#: Every operation by its id.
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.id: operation for operation in (
'''


def write_index(document: Mapping[str, Any], package: Path) -> None:
    """Write the index and the schemas into a generated package.

    Args:
        document: The OpenAPI document.
        package: The package that was generated from it.
    """
    by_tag: dict[str, dict[str, Any]] = {}
    lines: list[str] = []
    for method, path, item, operation in _operations(document):
        identifier = PythonIdentifier(operation["operationId"], "")
        tag = PythonIdentifier((operation.get("tags") or ["default"])[0], "tag")
        content = operation.get("requestBody", {}).get("content", {})
        body = content.get("application/json", {}).get("schema")
        success = operation.get("responses", {}).get("200", {}).get("content", {})
        answer = success.get("application/json", {}).get("schema")
        parameters = [
            _resolved(document, parameter)
            for parameter in (*item.get("parameters", ()), *operation.get("parameters", ()))
        ]
        lines.append(
            f"Operation({identifier!r}, {tag!r}, {method.upper()!r}, {path!r}, "
            f"{operation.get('x-effect', '')!r}, {operation.get('x-evidence', '')!r}, "
            f"{bool(operation.get('deprecated'))!r}, {_model(body)!r}, {_model(answer)!r}, "
            f"{ {p['name']: str(PythonIdentifier(p['name'], '')) for p in parameters}!r}, "
            f"{operation.get('summary', '')!r},),\n"
        )
        by_tag.setdefault(tag, {})[str(identifier)] = {
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
    (package / "operations.py").write_text(_INDEX + "".join(lines) + ")})\n", encoding="utf-8")
    folder = package / "schemas"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        '"""The JSON Schemas of the operations\' input, one module for each section."""\n',
        encoding="utf-8",
    )
    for tag, schemas in by_tag.items():
        (folder / f"{tag}.py").write_text(
            f'"""The JSON Schemas of the input of the section `{tag}`."""\n\n'
            "from __future__ import annotations\n\nfrom typing import Any\n\n"
            f"SCHEMAS: dict[str, dict[str, Any]] = {schemas!r}\n",
            encoding="utf-8",
        )


def bare_schema(
    document: Mapping[str, Any], schema: Mapping[str, Any], within: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return a schema with references resolved and nothing but what decides about a value.

    Args:
        document: The document that references point into.
        schema: The schema.
        within: The references that are being resolved; a cycle is cut and allows anything.
    """
    reference = schema.get("$ref")
    if reference is not None:
        if reference in within:
            return {}
        return bare_schema(document, _resolved(document, schema), (*within, reference))
    bare = {key: schema[key] for key in _KEYWORDS if key in schema}
    if "items" in schema:
        bare["items"] = bare_schema(document, schema["items"], within)
    if "properties" in schema:
        bare["properties"] = {
            name: bare_schema(document, inner, within)
            for name, inner in schema["properties"].items()
        }
    for key in ("anyOf", "allOf", "oneOf"):
        if key in schema:
            bare[key] = [bare_schema(document, inner, within) for inner in schema[key]]
    return bare


def _operations(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield method, path, item, item[method]


def _model(schema: Mapping[str, Any] | None) -> str:
    reference: str = (schema or {}).get("$ref", "")
    return str(ClassName(reference.rsplit("/", 1)[-1], "")) if reference else ""


def _resolved(document: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = value.get("$ref")
    if reference is None:
        return value
    found: Any = document
    for key in reference.removeprefix("#/").split("/"):
        found = found[key.replace("~1", "/").replace("~0", "~")]
    return _resolved(document, found)
