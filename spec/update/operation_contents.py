"""What an operation takes and gives, as names, by which it is known again under another path.

This module is pure. What follows from two operations with the same contents is left to
moved_operations.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api_operations import Operation
from schema_shape import Place
from shape_reader import ShapeReader

#: Responses of one operation share at least so many of the names of both.
ALIKE_RESPONSES = 0.5
#: Levels of a response that are looked at: the envelope, its data, and a row of these.
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Contents:
    """The names of what an operation takes and gives.

    Attributes:
        fields: Its parameters but those of the path, and the fields of its body.
        response: The fields of its response; empty if the document does not say.
    """

    fields: frozenset[str]
    response: frozenset[str]

    def agrees_with(self, other: Contents) -> bool:
        """Tell whether both take the same, and give the same as far as both say."""
        if self.fields != other.fields:
            return False
        return not (self.response and other.response) or (
            len(self.response & other.response)
            >= ALIKE_RESPONSES * len(self.response | other.response)
        )

    def evidence(self, other: Contents) -> int:
        """Return how many names both have."""
        return len(self.fields & other.fields) + len(self.response & other.response)


def contents_of(reader: ShapeReader, operation: Operation) -> Contents:
    """Return the contents of an operation.

    Args:
        reader: The document that it is of.
        operation: The operation.
    """
    fields = {name.partition(".")[2] for name in operation.parameters if name[:5] != "path."}
    for place in operation.body.values():
        fields |= set(reader.shape(place).properties)
    return Contents(frozenset(fields), frozenset(_names(reader, operation.response, _LEVELS)))


def _names(reader: ShapeReader, content: Mapping[str, Place], levels: int) -> Iterator[str]:
    if not levels:
        return
    for place in content.values():
        shape = reader.shape(place)
        yield from shape.properties
        yield from _names(reader, shape.properties, levels - 1)
        if shape.items is not None:
            yield from _names(reader, {"": shape.items}, levels - 1)
