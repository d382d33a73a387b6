"""New operations of a vendor's document, written into ours in its own style.

This module owns what an added operation consists of: its name, parameters, body and responses, and
its place in the document. Schemas are left to schema_writing.py, names to operation_naming.py, and
which operations are added, to additions.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from api_operations import Operation, read_operations
from openapi_document import nameless
from operation_naming import (
    OperationName,
    family_of,
    first_segment,
    name_operation,
    plain_sentence,
    safe_parameter,
    safe_path,
)
from schema_shape import Place, Shape
from schema_writing import (
    LeftToMaintainer,
    block_map,
    flow,
    quoted,
    text,
    written_request,
    written_schema,
)
from shape_reader import ShapeReader

_FAILURES = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "402": "PaymentRequired",
    "403": "Forbidden",
    "404": "NotFound",
    "500": "ServerError",
    "503": "Unavailable",
}


class OperationWriter:
    """Writes one operation at a time; one that is refused has changed nothing.

    Args:
        document: Our document as ruamel.yaml read it; it is changed in place.
        ours: The operations of our document.
        paths: The paths of our document.
        theirs: The vendor's document.
        label: Title, version and fingerprint of the vendor's document.
    """

    def __init__(
        self,
        document: CommentedMap,
        ours: Iterable[Operation],
        paths: Iterable[str],
        theirs: ShapeReader,
        label: str,
    ) -> None:
        self._document = document
        self._label = label
        self._theirs = theirs
        self._their_operations = {
            operation.place.pointer: operation for operation in read_operations(theirs)
        }
        self._paths = {nameless(path): path for path in paths}
        self._ids = {operation.place.node.get("operationId") for operation in ours}
        self._families = {
            first_segment(operation.path): tag
            for operation in ours
            for tag in operation.place.node.get("tags", [])[:1]
        }

    def write(self, place: Place) -> str:
        """Write the operation at a place of the vendor's document.

        Returns:
            What to look at.

        Raises:
            LeftToMaintainer: It can't be written; nothing was changed.
            UnsafeName: A name of it is not plain; nothing was changed.
        """
        found = self._their_operations[place.pointer]
        path = self._paths.get(nameless(found.path)) or safe_path(found.path)
        name = name_operation(found.method, path, family_of(path, self._families))
        title = name.operation_id[0].upper() + name.operation_id[1:]
        if name.operation_id in self._ids:
            raise LeftToMaintainer(f"another operation is called {name.operation_id}")
        body, schema = self._body(found, f"{title}Request")
        operation = self._operation(found, path, name, body)
        # From here on nothing can be refused.
        if schema is not None:
            self._document["components"]["schemas"][f"{title}Request"] = schema
        self._add_tag(name)
        self._put(path, found.method, operation)
        self._ids.add(name.operation_id)
        self._families.setdefault(first_segment(path), name.tag)
        self._paths[nameless(path)] = path
        return f"called {name.operation_id}; its response is not modelled"

    def parameter(self, place: Place) -> CommentedMap:
        """Return a query parameter of the vendor's document as ours has it.

        Raises:
            LeftToMaintainer: It is no query parameter, or can't be written.
            UnsafeName: Its name is not plain.
        """
        node = place.node
        if node.get("in") != "query":
            raise LeftToMaintainer(f"a parameter in the {plain_sentence(str(node.get('in')), '')}")
        name = safe_parameter(str(node.get("name")))
        required = node.get("required") is True
        reference = self._component("query", name, required=required)
        if reference:
            return block_map({"$ref": reference})
        schema = written_schema(self._theirs, place.child("schema"), node.get("description"))
        return block_map({
            "name": text(name), "in": "query", "required": required,
            "schema": schema,
        })  # fmt: skip

    def _operation(
        self, found: Operation, path: str, name: OperationName, body: CommentedMap | None
    ) -> CommentedMap:
        operation = CommentedMap()
        operation["operationId"] = name.operation_id
        operation["tags"] = flow([name.tag])
        operation["summary"] = name.summary
        operation["x-effect"] = name.effect
        operation["x-evidence"] = "reference"
        operation["x-evidence-source"] = f"{self._label}; its response was not looked at"
        if found.deprecated:
            operation["deprecated"] = True
        if found.security is not None and () in found.security:
            operation["security"] = flow([])
        parameters = CommentedSeq(self._path_parameters(path))
        for key, place in found.parameters.items():
            if key.startswith("query."):
                parameters.append(self.parameter(place))
            elif not key.startswith("path.") and place.node.get("required") is True:
                raise LeftToMaintainer(f"it needs the parameter {key}")
        if parameters:
            operation["parameters"] = parameters
        if body is not None:
            operation["requestBody"] = body
        operation["responses"] = self._responses(found, name)
        return operation

    def _path_parameters(self, path: str) -> list[CommentedMap]:
        parameters = []
        for name in re.findall(r"\{([^{}]*)\}", path):
            reference = self._component("path", name, required=True)
            description = "Id in the path."
            schema = flow({"type": "string", "description": description})
            inline = {"name": name, "in": "path", "required": True, "schema": schema}
            parameters.append(block_map({"$ref": reference}) if reference else block_map(inline))
        return parameters

    def _component(self, where: str, name: str, *, required: bool) -> str | None:
        parameters = self._document["components"].get("parameters", {})
        for key, node in parameters.items():
            if (node["in"], node["name"], node.get("required") is True) == (where, name, required):
                return f"#/components/parameters/{key}"
        return None

    def _body(
        self, found: Operation, title: str
    ) -> tuple[CommentedMap | None, CommentedMap | None]:
        """Return the request body, and the schema that has to be added for it."""
        if not found.body:
            return None, None
        kind = next((kind for kind in found.body if "json" in kind or kind == "*/*"), None)
        if kind is None:
            raise LeftToMaintainer(f"its body is {plain_sentence(next(iter(found.body)), '')}")
        shape = self._theirs.shape(found.body[kind])
        if shape.types - {"object", "null"}:
            raise LeftToMaintainer("its body is no object")
        schemas = self._document["components"]["schemas"]
        shared = _shared_request(shape)
        if shared not in schemas:
            shared = None
        if title in schemas:
            raise LeftToMaintainer(f"another schema is called {title}")
        reference = flow({"$ref": f"#/components/schemas/{shared or title}"})
        content = block_map({"application/json": block_map({"schema": reference})})
        body = block_map({"required": found.body_required, "content": content})
        return body, None if shared else written_request(self._theirs, shape)

    def _responses(self, found: Operation, name: OperationName) -> CommentedMap:
        components = self._document["components"]
        candidates = [name.response, "LooseResponse", "Envelope"]
        schema_name = next((title for title in candidates if title in components["schemas"]), None)
        if schema_name is None:
            raise LeftToMaintainer("our document has no schema for its response")
        schema = flow({"$ref": f"#/components/schemas/{schema_name}"})
        content = block_map({"application/json": block_map({"schema": schema})})
        responses = CommentedMap()
        responses[quoted("200")] = block_map({"description": "The response.", "content": content})
        listed = found.place.node.get("responses") or {}
        for status in sorted({*listed, "401"} & _FAILURES.keys()):
            if _FAILURES[status] in components.get("responses", {}):
                reference = f"#/components/responses/{_FAILURES[status]}"
                responses[quoted(status)] = flow({"$ref": quoted(reference)})
        return responses

    def _add_tag(self, name: OperationName) -> None:
        tags = self._document.setdefault("tags", CommentedSeq())
        if all(tag["name"] != name.tag for tag in tags):
            description = f"Tasks of {name.tag.replace('_', ' ')}."
            tags.append(block_map({"name": text(name.tag), "description": description}))

    def _put(self, path: str, method: str, operation: CommentedMap) -> None:
        paths = self._document["paths"]
        if path in paths:
            paths[path][method] = operation
            return
        family = [
            number
            for number, other in enumerate(paths)
            if first_segment(other) == first_segment(path)
        ]
        position = family[-1] + 1 if family else len(paths)
        paths.insert(position, path, block_map({method: operation}))


def _shared_request(shape: Shape) -> str | None:
    fields = (set(shape.properties), set(shape.required))
    if fields == ({"ids"}, {"ids"}):
        return "GetManyTasksRequest"
    return "RenameTaskRequest" if fields == ({"name"}, {"name"}) else None
