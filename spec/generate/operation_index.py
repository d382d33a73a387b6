"""Write what the generator leaves out: an index of all operations, and the schemas of their input.

The index, ``a2e_api/operations/``, says for each operation where it lives, what it does and how
well it is known; its rows are loaded section by section, so that their number costs nobody
anything. The schemas, ``a2e_api/schemas/<tag>.py``, are the JSON Schemas of bodies and
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
    *("additionalProperties", "x-media"),
)

_INDEX = '''"""Every operation of the API: where its module is, what it does, how well it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple


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
        schemas: Mapping[str, Mapping[str, Any]] = _load("schemas", self.tag).SCHEMAS
        return schemas[self.id]


class _Operations(Mapping[str, Operation]):
    """The operations by their id; the rows of a section are loaded with the first of them."""

    def __getitem__(self, identifier: str) -> Operation:
        rows: Mapping[str, Operation] = _load("operations", _TAGS[identifier]).ROWS
        return rows[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(_TAGS)

    def __len__(self) -> int:
        return len(_TAGS)


@cache
def _load(package: str, tag: str) -> ModuleType:
    return import_module(f"a2e_api.{package}.{tag}")


#: Every operation by its id.
OPERATIONS: Mapping[str, Operation] = _Operations()

_TAGS: Mapping[str, str] = '''

_ROWS = '''"""The operations of the section `{tag}`."""

from __future__ import annotations

from . import Operation

ROWS = {{operation.id: operation for operation in ({rows})}}
'''


def write_index(document: Mapping[str, Any], package: Path) -> None:
    """Write the index and the schemas into a generated package.

    Args:
        document: The OpenAPI document.
        package: The package that was generated from it.
    """
    by_tag: dict[str, dict[str, Any]] = {}
    rows: dict[str, list[str]] = {}
    tags: dict[str, str] = {}
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
        tags[str(identifier)] = str(tag)
        rows.setdefault(tag, []).append(
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
    index = package / "operations"
    index.mkdir()
    (index / "__init__.py").write_text(f"{_INDEX}{tags!r}\n", encoding="utf-8")
    for tag, lines in rows.items():
        text = _ROWS.format(tag=tag, rows="".join(lines))
        (index / f"{tag}.py").write_text(text, encoding="utf-8")
    folder = package / "schemas"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        '"""The JSON Schemas of the operations\' input, one module for each section."""\n',
        encoding="utf-8",
    )
    answers = {
        str(ClassName(name, "")): bare_schema(document, schema, keep_references=True)
        for name, schema in document.get("components", {}).get("schemas", {}).items()
        if not name.endswith("Request")
    }
    (folder / "answers.py").write_text(
        '"""The JSON Schemas of answers by their model, to tell what in one is not in the document."""\n\n'
        "from __future__ import annotations\n\nfrom typing import Any\n\n"
        f"SCHEMAS: dict[str, dict[str, Any]] = {answers!r}\n",
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
        keep_references: Whether references stay, as the name of a model.
    """
    reference = schema.get("$ref")
    if reference is not None:
        if keep_references:
            return {"$ref": _model(schema)}
        if reference in within:
            return {}
        return bare_schema(document, _resolved(document, schema), (*within, reference))

    def inner_schema(inner: Mapping[str, Any]) -> dict[str, Any]:
        return bare_schema(document, inner, within, keep_references=keep_references)

    bare = {key: schema[key] for key in _KEYWORDS if key in schema}
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
