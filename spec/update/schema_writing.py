"""A vendor's schema in the style of our document: only what we understand, and nothing unsafe.

This module owns how a schema is written: names and words are checked, texts become one plain
sentence, and patterns are left out, because they are programs of the vendor's that our checks would
run. What can't be written raises. Where a schema belongs is left to additions.py and
new_operations.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from operation_naming import plain_sentence, python_name, safe_property, safe_word
from schema_shape import Place, Pointer, Shape
from shape_reader import ShapeReader

#: A list longer than this is no list of words to choose from.
WORD_LIMIT = 200
#: Plain scalars that every YAML reader takes for text.
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_][A-Za-z0-9_-]*", re.I)


class LeftToMaintainer(Exception):
    """An addition is not written; the message says why."""


def written_request(reader: ShapeReader, shape: Shape) -> CommentedMap:
    """Return the schema of a request body.

    Args:
        reader: The vendor's document.
        shape: The body; it allows objects only.

    Returns:
        The schema in block style.

    Raises:
        LeftToMaintainer: Two fields would have one name in Python, or a field can't be written.
        UnsafeName: A name or word is not plain.
    """
    schema = block_map({"type": "object", "description": "What is asked for."})
    schema.update(_fields(reader, shape, (shape.pointer,)))
    return schema


def written_schema(
    reader: ShapeReader, place: Place, description: Any = None, above: tuple[Pointer, ...] = ()
) -> CommentedMap:
    """Return a schema in flow style.

    Args:
        reader: The vendor's document.
        place: The schema in it.
        description: A text for a schema without one.
        above: The schemas that this one is a part of; one of them again is written without fields.

    Returns:
        The schema.

    Raises:
        LeftToMaintainer: It can't be written.
        UnsafeName: A name or word is not plain.
    """
    shape = reader.shape(place)
    schema = CommentedMap()
    listed = shape.types - {"null"} if shape.words else shape.types
    types = [text(name) for name in sorted(listed, key=lambda name: (name == "null", name))]
    if types:
        schema["type"] = types[0] if len(types) == 1 else flow(types)
    if shape.words:
        if len(shape.words) > WORD_LIMIT:
            raise LeftToMaintainer(f"more than {WORD_LIMIT} words")
        schema["enum"] = flow([written_word(word, shape.words) for word in shape.words])
    schema.update(_limits(shape))
    if shape.default is not None and _writable_default(shape):
        (value,) = shape.default
        schema["default"] = text(safe_word(value)) if isinstance(value, str) else value
    if shape.pointer not in above:
        inside = (*above, shape.pointer)
        if "array" in shape.types:
            items = shape.items
            inner = CommentedMap() if items is None else written_schema(reader, items, None, inside)
            inner.pop("description", None)
            inner.fa.set_flow_style()
            schema["items"] = inner
        if "object" in shape.types:
            schema.update(_fields(reader, shape, inside))
    own = shape.description or (description if isinstance(description, str) else "")
    sentence = plain_sentence(own, "The vendor does not describe it")
    schema["description"] = sentence if sentence[0].isalpha() else quoted(sentence)
    if shape.deprecated:
        schema["deprecated"] = True
    schema.fa.set_flow_style()
    return schema


def _fields(reader: ShapeReader, shape: Shape, above: tuple[Pointer, ...]) -> dict[str, Any]:
    names: set[str] = set()
    properties = CommentedMap()
    for name, place in shape.properties.items():
        if python_name(name) in names:
            raise LeftToMaintainer(f"two of its fields are called {python_name(name)}")
        names.add(python_name(name))
        properties[text(safe_property(name))] = written_schema(reader, place, None, above)
    required = [text(name) for name in shape.properties if name in shape.required]
    fields: dict[str, Any] = {"required": flow(required)} if required else {}
    return {**fields, "properties": properties} if properties else fields


def written_word(word: Any, words: Iterable[Any]) -> Any:
    """Return a word of an enum.

    Args:
        word: The word, a string or an integer.
        words: The words beside it.

    Returns:
        The word as it is written.

    Raises:
        LeftToMaintainer: The words are of several types, or of another one.
        UnsafeName: It is not plain.
    """
    kinds = {str if isinstance(other, str) else type(other) for other in [word, *words]}
    if len(kinds) > 1 or kinds - {str, int}:
        raise LeftToMaintainer("words of several types")
    return text(safe_word(word)) if isinstance(word, str) else word


def _writable_default(shape: Shape) -> bool:
    (value,) = shape.default or [None]
    if not isinstance(value, bool | int | float | str) or value == "":
        return False
    return shape.words is None or value in shape.words


def _limits(shape: Shape) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for name, keyword in (("lower", "minimum"), ("upper", "maximum")):
        bound = shape.limits.get(name)
        if bound is not None:
            strict = f"exclusive{keyword.capitalize()}"
            limits[strict if bound.exclusive else keyword] = bound.value
    for name in ("minLength", "maxLength", "minItems", "maxItems", "multipleOf"):
        if name in shape.limits:
            limits[name] = shape.limits[name]
    return limits


def text(value: str) -> str:
    """Return a string that every YAML reader takes for text, also one of YAML 1.1."""
    return value if _PLAIN.fullmatch(value) else quoted(value)


def quoted(value: str) -> str:
    """Return a string that is written in double quotes."""
    # ruamel.yaml's strings have no types.
    made: str = DoubleQuotedScalarString(value)
    return made


def block_map(values: Mapping[str, Any]) -> CommentedMap:
    """Return a mapping that is written over several lines."""
    made = CommentedMap()
    for key, value in values.items():
        made[key] = quoted(value) if key == "$ref" else value
    return made


def flow(values: Any) -> Any:
    """Return a mapping or list that is written on one line."""
    made = block_map(values) if isinstance(values, dict) else CommentedSeq(values)
    made.fa.set_flow_style()
    return made
