"""What a JSON schema allows, in one form for OpenAPI 3.0 and 3.1, and how shapes are combined.

A shape is shallow: properties and items are places in the document, so that circular schemas stay
finite. This module is pure. Making shapes from a document is left to shape_reader.py, comparing
them to comparison.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, NamedTuple

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
        open: Whether other properties are allowed, or None if the schema does not say.
        choices: Groups of properties of which one has to be there, for each `anyOf` that says so.
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
    open: bool | None = None
    choices: frozenset[frozenset[frozenset[str]]] = frozenset()
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


def all_of(shapes: list[Shape]) -> Shape:
    """Return what all of the shapes allow together."""
    return reduce(both, shapes)


def both(one: Shape, two: Shape) -> Shape:
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
        # Who says nothing leaves it to the other one.
        open=None if one.open is two.open is None else False not in (one.open, two.open),
        choices=one.choices | two.choices,
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


def any_of(shapes: list[Shape]) -> Shape:
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
        open=any(says) if None not in (says := [shape.open for shape in valued]) else None,
        choices=_choices([shape.required for shape in objects or valued]),
        properties_at=next((one.properties_at for one in valued if one.properties_at), None),
        words_at=next((one.words_at for one in valued if one.words_at), None),
    )


def _choices(required: list[frozenset[str]]) -> frozenset[frozenset[frozenset[str]]]:
    """Return the choice between branches that each need something of their own."""
    common = reduce(frozenset.intersection, required)
    own = frozenset(names - common for names in required)
    return frozenset() if frozenset() in own else frozenset({own})


def _loosest(shapes: list[Shape]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for name, types in LIMITED_TYPES.items():
        found = [shape.limits.get(name) for shape in shapes if shape.types & types]
        if found and None not in found:
            limits[name] = reduce(lambda a, b: a if tighter(name, a, b) else b, found)
    return limits
