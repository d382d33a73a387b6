"""Writing what is new for users into our own document, in its own style.

This module owns which changes are written, and adds optional fields, words and deprecations to the
parsed openapi.yaml, whose comments and layout survive. Everything else stays for the maintainer,
and so does an addition whose names are not plain, or whose place other operations share. Each
addition names the vendor's document as its source. New operations are left to new_operations.py,
files to update.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from api_operations import Operation, read_operations
from changes import Change, Kind, Side
from new_operations import OperationWriter
from operation_naming import UnsafeName, plain_sentence, python_name, safe_property
from schema_shape import Pointer
from schema_writing import (
    WORD_LIMIT,
    LeftToMaintainer,
    text,
    written_schema,
    written_word,
)
from shape_reader import ShapeReader
from verdict import Verdict


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
        operations = read_operations(ShapeReader(ours))
        self._operations = OperationWriter(document, operations, ours["paths"], self._theirs, label)
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

    def _write_operation(self, change: Change) -> str:
        if change.addition is None:
            raise LeftToMaintainer("our document has no place for it")
        return self._operations.write(change.addition)

    def _write_field(self, change: Change) -> str:
        if change.target is None or change.addition is None:
            raise LeftToMaintainer("our document has no place for it")
        self._check_not_shared(change.target)
        if change.target[-1] == "parameters":
            entry = self._with_source(self._operations.parameter(change.addition))
            self._parameters(change.target).append(entry)
            return "added to the parameters"
        properties = self._node(change.target)
        name = safe_property(change.addition.pointer[-1])
        if python_name(name) in {python_name(str(other)) for other in properties}:
            raise LeftToMaintainer("another field has the same name in Python")
        schema = written_schema(self._theirs, change.addition)
        properties[text(name)] = self._with_source(schema)
        note = f"; it is {change.because}" if change.because else ""
        return f"added to the schema{note}"

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
        _insert(node, "deprecated", True, before=("parameters", "requestBody", "responses"))
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
            _insert(operation, "parameters", CommentedSeq(), before=("requestBody", "responses"))
        return operation["parameters"]


def _insert(node: CommentedMap, key: str, value: Any, *, before: Iterable[str]) -> None:
    """Insert a key before the first of some others, or at the end if none is there."""
    following = [other for other in before if other in node]
    node.insert(list(node).index(following[0]) if following else len(node), key, value)


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
