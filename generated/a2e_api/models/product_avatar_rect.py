"""The response `ProductAvatarRect`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_number


@define
class ProductAvatarRect(ResponseModel):
    """Where the product goes; the units are not documented.

    Attributes:
        x: Horizontal position, for example 100.
        y: Vertical position, for example 150.
        width: Width, for example 200.
        height: Height, for example 300.
        rotation: Rotation, for example 0.
        scale: Scale, for example 1.
    """

    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    rotation: float | None = None
    scale: float | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "x": "x",
        "y": "y",
        "width": "width",
        "height": "height",
        "rotation": "rotation",
        "scale": "scale",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        x = _get("x")
        if type(x) is not int and type(x) is not float and x is not None:
            x = as_number(x)
        y = _get("y")
        if type(y) is not int and type(y) is not float and y is not None:
            y = as_number(y)
        width = _get("width")
        if type(width) is not int and type(width) is not float and width is not None:
            width = as_number(width)
        height = _get("height")
        if type(height) is not int and type(height) is not float and height is not None:
            height = as_number(height)
        rotation = _get("rotation")
        if type(rotation) is not int and type(rotation) is not float and rotation is not None:
            rotation = as_number(rotation)
        scale = _get("scale")
        if type(scale) is not int and type(scale) is not float and scale is not None:
            scale = as_number(scale)
        return cls(x, y, width, height, rotation, scale, source)
