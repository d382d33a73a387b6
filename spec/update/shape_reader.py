"""The shapes of the schemas of one document.

References are followed, `allOf` is merged, `anyOf` and `oneOf` become the union of their branches,
`nullable` becomes the type null, and both forms of exclusive limits become one. What a shape is,
and how two are combined, is left to schema_shape.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from openapi_document import follow
from schema_shape import Bound, Place, Pointer, Shape, all_of, any_of, both

_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


class ShapeReader:
    """Reads the shapes of one document, each place once."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._shapes: dict[Pointer, Shape] = {}
        self._open: set[Pointer] = set()

    def follow(self, place: Place) -> Place:
        """Return what a place refers to, behind all references.

        Args:
            place: A place of this document.

        Returns:
            The place itself if it is no reference; its node is None where references lead nowhere.
        """
        return Place(*follow(self.document, place.node, place.pointer))

    def shape(self, place: Place) -> Shape:
        """Return the shape of the schema at a place.

        Args:
            place: A place of this document.

        Returns:
            Its shape; one that says nothing where the schema refers to itself without end.
        """
        target = self.follow(place)
        node = place.node
        siblings = isinstance(node, dict) and "$ref" in node and len(node) > 1
        if not siblings:
            return self._read(target)
        own = Place({key: node[key] for key in node if key != "$ref"}, place.pointer)
        merged = _with_null(own, both(self._read(target), _own(own)))
        return replace(merged, pointer=target.pointer)

    def _read(self, place: Place) -> Shape:
        known = self._shapes.get(place.pointer)
        if known is not None:
            return known
        if not isinstance(place.node, dict) or place.pointer in self._open:
            return Shape(pointer=place.pointer)
        self._open.add(place.pointer)
        shape = _own(place)
        for key, merge in (("allOf", all_of), ("anyOf", any_of), ("oneOf", any_of)):
            branches = place.node.get(key)
            if isinstance(branches, list) and branches:
                places = (
                    Place(branch, (*place.pointer, key, str(number)))
                    for number, branch in enumerate(branches)
                )
                shape = both(shape, merge([self.shape(branch) for branch in places]))
        self._open.discard(place.pointer)
        shape = replace(_with_null(place, shape), pointer=place.pointer)
        self._shapes[place.pointer] = shape
        return shape


def _own(place: Place) -> Shape:
    node = place.node
    listed = node.get("type")
    types = {word for word in (listed if isinstance(listed, list) else [listed]) if word in _TYPES}
    words = node.get("enum") if isinstance(node.get("enum"), list) else None
    if "const" in node:
        words = [node["const"]]
    properties = node.get("properties") if isinstance(node.get("properties"), dict) else {}
    if not types:
        if words:
            types = {_type_of(word) for word in words}
        elif properties:
            types = {"object"}
        elif "items" in node:
            types = {"array"}
    required = node["required"] if isinstance(node.get("required"), list) else None
    description = node.get("description")
    form = node.get("format")
    limits = _limits(node, types)
    lower, upper = limits.get("lower"), limits.get("upper")
    if words is None and lower is not None and lower == upper and not lower.exclusive:
        # One number is left, which is the way of some to write a constant.
        words = [lower.value]
        limits = {name: limit for name, limit in limits.items() if name not in ("lower", "upper")}
    return Shape(
        types=frozenset(types),
        words=None if words is None else tuple(word for word in words if word is not None),
        limits=limits,
        required=frozenset(name for name in required or () if isinstance(name, str)),
        properties={name: place.child("properties", name) for name in properties},
        lists_properties="properties" in node,
        items=place.child("items") if "items" in node else None,
        format=form if isinstance(form, str) else None,
        default=[node["default"]] if "default" in node else None,
        description=description if isinstance(description, str) else "",
        deprecated=node.get("deprecated") is True,
        open=other if isinstance(other := node.get("additionalProperties"), bool) else None,
        pointer=place.pointer,
        properties_at=(*place.pointer, "properties") if properties else None,
        words_at=(*place.pointer, "enum") if words and "enum" in node else None,
    )


def _with_null(place: Place, shape: Shape) -> Shape:
    # Also beside `$ref` or `allOf`: OpenAPI 3.0 gives it no meaning without a type, its authors do.
    if place.node.get("nullable") is True and shape.types:
        return replace(shape, types=shape.types | {"null"})
    return shape


def _type_of(word: Any) -> str:
    for kinds, name in (
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
    ):
        if isinstance(word, kinds):
            return name
    return "null"


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def _limits(node: Mapping[str, Any], types: Iterable[str]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for name, keyword, exclusive, step in (
        ("lower", "minimum", "exclusiveMinimum", 1),
        ("upper", "maximum", "exclusiveMaximum", -1),
    ):
        bound = _bound(node, keyword, exclusive)
        if bound is None:
            continue
        whole = not ({"number"} & set(types)) and bound.value == int(bound.value)
        if bound.exclusive and whole:
            # Over whole numbers, more than 0 is 1 or more.
            bound = Bound(bound.value + step, False)
        limits[name] = bound
    for name in ("minLength", "maxLength", "minItems", "maxItems", "multipleOf"):
        number = _number(node.get(name))
        if number is not None:
            limits[name] = number
    if isinstance(node.get("pattern"), str):
        limits["pattern"] = node["pattern"]
    return limits


def _bound(node: Mapping[str, Any], keyword: str, exclusive: str) -> Bound | None:
    plain, strict = _number(node.get(keyword)), _number(node.get(exclusive))
    if plain is not None and node.get(exclusive) is True:  # OpenAPI 3.0
        return Bound(plain, True)
    if strict is not None:
        return Bound(strict, True)
    return None if plain is None else Bound(plain, False)
