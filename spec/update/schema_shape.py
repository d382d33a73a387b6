"""What a JSON schema allows, in one form for OpenAPI 3.0 and 3.1.

References are followed, `allOf` is merged, `anyOf` and `oneOf` become the union of their branches,
`nullable` becomes the type null, and both forms of exclusive limits become one. A shape is shallow:
properties and items are places in the document, so that circular schemas stay finite. Comparing
shapes is left to comparison.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, NamedTuple

from vendor_document import resolve_pointer

#: The keys that lead from the root of a document to a part of it.
Pointer = tuple[str, ...]


class Place(NamedTuple):
    """A part of a document, and where it stands."""

    node: Any
    pointer: Pointer

    def child(self, *keys: str) -> Place:
        """Return the part below, following mappings only; its node is None if it is missing."""
        node = self.node
        for key in keys:
            node = node.get(key) if isinstance(node, dict) else None
        return Place(node, (*self.pointer, *keys))


class Bound(NamedTuple):
    """A lowest or highest number."""

    value: float
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema allows.

    Attributes:
        types: JSON types; empty if the schema does not say.
        words: The values of an enum without null, or None if any value goes.
        limits: Limits by name; `lower` and `upper` hold a `Bound`.
        required: Names of the properties that must be there.
        properties: The properties by name.
        lists_properties: Whether it lists properties at all, be it none.
        items: The schema of an array's items.
        format: The `format`, or None.
        default: The default in a list of its own, or None; the default itself may be null.
        description: The text, for additions that are written.
        deprecated: Whether it is marked as deprecated.
        pointer: Where it stands in its document, behind all references.
        properties_at: Where a property is added, or None if it has none.
        words_at: Where a word is added, or None if it has none.
    """

    types: frozenset[str] = frozenset()
    words: tuple[Any, ...] | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    properties: Mapping[str, Place] = field(default_factory=dict)
    lists_properties: bool = False
    items: Place | None = None
    format: str | None = None
    default: list[Any] | None = None
    description: str = ""
    deprecated: bool = False
    pointer: Pointer = ()
    properties_at: Pointer | None = None
    words_at: Pointer | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether the schema allows anything."""
        return not self.types


#: Which types a limit speaks about.
LIMITED_TYPES: dict[str, frozenset[str]] = {
    "lower": frozenset({"integer", "number"}),
    "upper": frozenset({"integer", "number"}),
    "multipleOf": frozenset({"integer", "number"}),
    "minLength": frozenset({"string"}),
    "maxLength": frozenset({"string"}),
    "pattern": frozenset({"string"}),
    "minItems": frozenset({"array"}),
    "maxItems": frozenset({"array"}),
}
_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})


def tighter(name: str, before: Any, after: Any) -> bool:
    """Tell whether a limit allows less than another of its name.

    Args:
        name: A name of `LIMITED_TYPES`.
        before: The one limit, or None for no limit.
        after: The other limit, or None.

    Returns:
        True if `after` forbids something that `before` allows, as far as that can be told.
    """
    if after is None or before == after:
        return False
    if before is None:
        return True
    if name == "lower" or name.startswith("min"):
        return bool(after > before)
    if name == "upper":
        return bool((after.value, not after.exclusive) < (before.value, not before.exclusive))
    if name.startswith("max"):
        return bool(after < before)
    # Of two patterns or steps neither is known to be looser.
    return True


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
            The place itself if it is no reference; its node is None where references form a circle.
        """
        seen: set[Pointer] = set()
        while isinstance(place.node, dict) and isinstance(place.node.get("$ref"), str):
            found = resolve_pointer(self.document, place.node["$ref"])
            if found is None or place.pointer in seen:
                return Place(None, place.pointer)
            seen.add(place.pointer)
            place = Place(*found)
        return place

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
        merged = _both(self._read(target), _own(own))
        return replace(merged, pointer=target.pointer)

    def _read(self, place: Place) -> Shape:
        known = self._shapes.get(place.pointer)
        if known is not None:
            return known
        if not isinstance(place.node, dict) or place.pointer in self._open:
            return Shape(pointer=place.pointer)
        self._open.add(place.pointer)
        shape = _own(place)
        for key, merge in (("allOf", _all), ("anyOf", _any), ("oneOf", _any)):
            branches = place.node.get(key)
            if isinstance(branches, list) and branches:
                places = (
                    Place(branch, (*place.pointer, key, str(number)))
                    for number, branch in enumerate(branches)
                )
                shape = _both(shape, merge([self.shape(branch) for branch in places]))
        self._open.discard(place.pointer)
        shape = replace(shape, pointer=place.pointer)
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
    if types and (node.get("nullable") is True):
        types.add("null")
    required = node["required"] if isinstance(node.get("required"), list) else None
    description = node.get("description")
    form = node.get("format")
    return Shape(
        types=frozenset(types),
        words=None if words is None else tuple(word for word in words if word is not None),
        limits=_limits(node, types),
        required=frozenset(name for name in required or () if isinstance(name, str)),
        properties={name: place.child("properties", name) for name in properties},
        lists_properties="properties" in node,
        items=place.child("items") if "items" in node else None,
        format=form if isinstance(form, str) else None,
        default=[node["default"]] if "default" in node else None,
        description=description if isinstance(description, str) else "",
        deprecated=node.get("deprecated") is True,
        pointer=place.pointer,
        properties_at=(*place.pointer, "properties") if properties else None,
        words_at=(*place.pointer, "enum") if words and "enum" in node else None,
    )


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


def _all(shapes: list[Shape]) -> Shape:
    return reduce(_both, shapes)


def _both(one: Shape, two: Shape) -> Shape:
    """Return what both shapes allow together."""
    limits = dict(one.limits)
    for name, limit in two.limits.items():
        if name not in limits or tighter(name, limits[name], limit):
            limits[name] = limit
    words = two.words if one.words is None else one.words
    if one.words is not None and two.words is not None:
        words = tuple(word for word in one.words if word in two.words)
    return Shape(
        types=_common_types(one.types, two.types),
        words=words,
        limits=limits,
        required=one.required | two.required,
        properties={**one.properties, **two.properties},
        lists_properties=one.lists_properties or two.lists_properties,
        items=one.items or two.items,
        format=one.format or two.format,
        default=one.default or two.default,
        description=one.description or two.description,
        deprecated=one.deprecated or two.deprecated,
        pointer=one.pointer,
        # The last part of an `allOf` is the special one, the others are shared.
        properties_at=two.properties_at or one.properties_at,
        words_at=two.words_at or one.words_at,
    )


def _common_types(one: frozenset[str], two: frozenset[str]) -> frozenset[str]:
    if not one or not two:
        return one or two
    common = one & two
    if "integer" in one | two and "number" in one | two:
        common |= {"integer"}
    return common or one


def _any(shapes: list[Shape]) -> Shape:
    """Return what any of the shapes allows."""
    valued = [shape for shape in shapes if shape.types != {"null"}]
    if not valued:
        return shapes[0]
    objects = [shape for shape in valued if "object" in shape.types]
    words: tuple[Any, ...] | None = None
    if all(shape.words is not None for shape in valued):
        words = tuple(dict.fromkeys(word for shape in valued for word in shape.words or ()))
    says_nothing = any(shape.says_nothing for shape in valued)
    union: Callable[[frozenset[str], frozenset[str]], frozenset[str]] = frozenset.union
    return Shape(
        types=frozenset() if says_nothing else reduce(union, (shape.types for shape in shapes)),
        words=words,
        limits=_loosest(valued),
        required=reduce(frozenset.intersection, (shape.required for shape in objects or valued)),
        properties={
            name: place for shape in reversed(valued) for name, place in shape.properties.items()
        },
        lists_properties=any(shape.lists_properties for shape in valued),
        items=next((shape.items for shape in valued if shape.items), None),
        format=valued[0].format if len(valued) == 1 else None,
        default=next((shape.default for shape in valued if shape.default), None),
        description=next((shape.description for shape in valued if shape.description), ""),
        deprecated=all(shape.deprecated for shape in valued),
        pointer=valued[0].pointer,
        properties_at=next((one.properties_at for one in valued if one.properties_at), None),
        words_at=next((one.words_at for one in valued if one.words_at), None),
    )


def _loosest(shapes: list[Shape]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for name, types in LIMITED_TYPES.items():
        found = [shape.limits.get(name) for shape in shapes if shape.types & types]
        if found and None not in found:
            limits[name] = reduce(lambda a, b: a if tighter(name, a, b) else b, found)
    return limits
