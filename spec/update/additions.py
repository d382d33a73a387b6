"""Writing what is new for users into our own document, in its own style.

New operations, new optional fields, new words and deprecations of a vendor's document are added to
the parsed openapi.yaml, whose comments and layout survive. Everything else stays for the
maintainer, and so does an addition whose names are not plain, or whose place other operations
share. Each addition names the vendor's document as its source. Files are left to update.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from api_operations import Operation, nameless, read_operations
from comparison import Change, Kind, Side
from operation_naming import (
    OperationName,
    UnsafeName,
    family_of,
    first_segment,
    name_operation,
    plain_sentence,
    python_name,
    safe_parameter,
    safe_path,
    safe_property,
)
from schema_shape import Place, Pointer, Shape, ShapeReader
from schema_writing import (
    WORD_LIMIT,
    LeftToMaintainer,
    block_map,
    flow,
    quoted,
    text,
    written_request,
    written_schema,
    written_word,
)
from verdict import Verdict

_FAILURES = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "402": "PaymentRequired",
    "403": "Forbidden",
    "404": "NotFound",
    "500": "ServerError",
    "503": "Unavailable",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing.

    Attributes:
        done: The changes that were written, each with what to look at.
        left: The changes that were not, each with the reason.
    """

    done: tuple[tuple[Change, str], ...]
    left: tuple[tuple[Change, str], ...]


def add(
    document: CommentedMap,
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    verdict: Verdict,
    label: str,
) -> Written:
    """Add what is new for users and can be added.

    Args:
        document: Our document as ruamel.yaml read it; it is changed in place.
        ours: Our document as plain data.
        theirs: The vendor's document as plain data.
        verdict: The changes that lead from ours to the vendor's.
        label: Title, version and fingerprint of the vendor's document.

    Returns:
        Which changes were written and which were left.
    """
    writer = _Writer(document, ours, theirs, plain_sentence(label, "vendor document")[:-1])
    done: list[tuple[Change, str]] = []
    left: list[tuple[Change, str]] = []
    moved = {one.operation for one in verdict.breaks if one.kind is Kind.OPERATION_MOVED}
    for change in verdict.new:
        try:
            if change.operation in moved:
                raise LeftToMaintainer("the operation has moved, which comes first")
            done.append((change, writer.write(change)))
        except (LeftToMaintainer, UnsafeName) as error:
            left.append((change, str(error)))
    return Written(tuple(done), tuple(left))


class _Writer:
    """Writes one change at a time; a change that is refused has changed nothing."""

    def __init__(
        self,
        document: CommentedMap,
        ours: Mapping[str, Any],
        theirs: Mapping[str, Any],
        label: str,
    ) -> None:
        self._document = document
        self._label = label
        self._theirs = ShapeReader(theirs)
        self._their_operations = {
            operation.place.pointer: operation for operation in read_operations(self._theirs)
        }
        reader = ShapeReader(ours)
        operations = read_operations(reader)
        self._ids = {operation.place.node.get("operationId") for operation in operations}
        self._paths = {nameless(path): path for path in ours["paths"]}
        self._families = {
            first_segment(operation.path): tag
            for operation in operations
            for tag in operation.place.node.get("tags", [])[:1]
        }
        self._users = _users_of_components(ours, operations)

    def write(self, change: Change) -> str:
        """Write one change; return what to look at, or raise why it is left."""
        writers: dict[Kind, Callable[[Change], str]] = {
            Kind.OPERATION_ADDED: self._write_operation,
            Kind.FIELD_ADDED: self._write_field,
            Kind.WORDS_ADDED: self._write_words,
            Kind.OPERATION_DEPRECATED: self._write_deprecation,
            Kind.FIELD_DEPRECATED: self._write_deprecation,
        }
        if change.kind not in writers:
            raise LeftToMaintainer("needs a decision")
        return writers[change.kind](change)

    # Fields, words and deprecations of what we have.

    def _write_field(self, change: Change) -> str:
        if change.target is None or change.addition is None:
            raise LeftToMaintainer("our document has no place for it")
        self._check_not_shared(change.target)
        if change.target[-1] == "parameters":
            entry = self._with_source(self._parameter(change.addition))
            self._parameters(change.target).append(entry)
            return "added to the parameters"
        properties = self._node(change.target)
        name = safe_property(change.addition.pointer[-1])
        if python_name(name) in {python_name(str(other)) for other in properties}:
            raise LeftToMaintainer("another field has the same name in Python")
        schema = written_schema(self._theirs, change.addition)
        properties[text(name)] = self._with_source(schema)
        return "added to the schema"

    def _write_words(self, change: Change) -> str:
        if change.target is None:
            raise LeftToMaintainer("our document has no list for it")
        if change.side is Side.REQUEST:
            self._check_not_shared(change.target)
        words = self._node(change.target)
        added = [written_word(word, words) for word in change.after]
        if len(words) + len(added) > WORD_LIMIT:
            raise LeftToMaintainer(f"more than {WORD_LIMIT} words")
        words.extend(added)
        self._note(self._node(change.target[:-1]), f"added words from {self._label}")
        return ", ".join(str(word) for word in added)

    def _write_deprecation(self, change: Change) -> str:
        if change.target is None:
            raise LeftToMaintainer("our document has no place for it")
        self._check_not_shared(change.target)
        node = self._node(change.target)
        if "$ref" in node:
            raise LeftToMaintainer("our document refers to it from several places")
        before = [key for key in ("parameters", "requestBody", "responses") if key in node]
        position = list(node).index(before[0]) if before else len(node)
        node.insert(position, "deprecated", True)
        self._note(node, f"deprecated in {self._label}")
        return "deprecated"

    def _with_source(self, node: CommentedMap) -> CommentedMap:
        if "$ref" not in node:
            node["x-evidence"] = "reference"
            node["x-evidence-source"] = self._label
        return node

    def _note(self, node: CommentedMap, text: str) -> None:
        present = node.get("x-evidence-source")
        node["x-evidence-source"] = f"{present}; {text}" if present else text

    def _check_not_shared(self, target: Pointer) -> None:
        if target[0] == "components" and len(self._users.get(target[:3], ())) > 1:
            raise LeftToMaintainer(f"{target[2]} is shared by several operations")

    def _node(self, pointer: Pointer) -> Any:
        node: Any = self._document
        for key in pointer:
            node = node[int(key) if isinstance(node, list) else key]
        return node

    def _parameters(self, pointer: Pointer) -> Any:
        """Return the parameters of an operation, made where they are missing."""
        operation = self._node(pointer[:-1])
        if "parameters" not in operation:
            after = [key for key in ("requestBody", "responses") if key in operation]
            position = list(operation).index(after[0]) if after else len(operation)
            operation.insert(position, "parameters", CommentedSeq())
        return operation["parameters"]

    # New operations.

    def _write_operation(self, change: Change) -> str:
        if change.addition is None:
            raise LeftToMaintainer("our document has no place for it")
        found = self._their_operations[change.addition.pointer]
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
        return f"called {name.operation_id}; its answer is not modelled"

    def _operation(
        self, found: Operation, path: str, name: OperationName, body: CommentedMap | None
    ) -> CommentedMap:
        operation = CommentedMap()
        operation["operationId"] = name.operation_id
        operation["tags"] = flow([name.tag])
        operation["summary"] = name.summary
        operation["x-effect"] = name.effect
        operation["x-evidence"] = "reference"
        operation["x-evidence-source"] = f"{self._label}; its answer was not looked at"
        if found.deprecated:
            operation["deprecated"] = True
        if found.security == frozenset():
            operation["security"] = flow([])
        parameters = CommentedSeq(self._path_parameters(path))
        for key, place in found.parameters.items():
            if key.startswith("query."):
                parameters.append(self._parameter(place))
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

    def _parameter(self, place: Place) -> CommentedMap:
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
        answers = [name.answer, "LooseResponse", "Envelope"]
        answer = next((title for title in answers if title in components["schemas"]), None)
        if answer is None:
            raise LeftToMaintainer("our document has no schema for its answer")
        schema = flow({"$ref": f"#/components/schemas/{answer}"})
        content = block_map({"application/json": block_map({"schema": schema})})
        responses = CommentedMap()
        responses[quoted("200")] = block_map({"description": "The answer.", "content": content})
        for status in sorted({*found.place.node["responses"], "401"} & _FAILURES.keys()):
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


def _users_of_components(
    ours: Mapping[str, Any], operations: Iterable[Operation]
) -> dict[Pointer, set[str]]:
    """Return which operations reach each component, over any number of references."""
    users: dict[Pointer, set[str]] = {}

    def visit(node: Any, user: str) -> None:
        if isinstance(node, list):
            for inner in node:
                visit(inner, user)
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                pointer = tuple(reference[2:].split("/"))
                if user not in users.setdefault(pointer, set()):
                    users[pointer].add(user)
                    visit(ours["components"][pointer[1]][pointer[2]], user)
            for inner in node.values():
                visit(inner, user)

    for operation in operations:
        visit(operation.place.node, operation.name)
    return users


def _shared_request(shape: Shape) -> str | None:
    fields = (set(shape.properties), set(shape.required))
    if fields == ({"ids"}, {"ids"}):
        return "GetManyTasksRequest"
    return "RenameTaskRequest" if fields == ({"name"}, {"name"}) else None
