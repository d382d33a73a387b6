"""The response `CaptionAlign`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_number, as_string


@define
class CaptionAlign(ResponseModel):
    """How captions look. Seen in clients.

    Attributes:
        language: Language of the captions, for example en-US.
        primary_colour: Colour of the letters, for example rgba(255,255,255,1).
        outline_colour: Colour of the outline, in the same form.
        border_style: Style of the border, for example 4.
        back_colour: Colour behind the letters, in the same form.
        font_name: Name of the font, for example Arial.
        fontsize: Size of the letters, for example 42.
        subtitle_position: Position of the captions, for example "0.2" or 0.85.
    """

    language: str | None = None
    primary_colour: str | None = None
    outline_colour: str | None = None
    border_style: int | None = None
    back_colour: str | None = None
    font_name: str | None = None
    fontsize: int | None = None
    subtitle_position: str | float | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "language": "language",
        "primary_colour": "PrimaryColour",
        "outline_colour": "OutlineColour",
        "border_style": "BorderStyle",
        "back_colour": "BackColour",
        "font_name": "FontName",
        "fontsize": "Fontsize",
        "subtitle_position": "subtitle_position",
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
        language = _get("language")
        if type(language) is not str and language is not None:
            language = as_string(language)
        primary_colour = _get("PrimaryColour")
        if type(primary_colour) is not str and primary_colour is not None:
            primary_colour = as_string(primary_colour)
        outline_colour = _get("OutlineColour")
        if type(outline_colour) is not str and outline_colour is not None:
            outline_colour = as_string(outline_colour)
        border_style = _get("BorderStyle")
        if type(border_style) is not int and border_style is not None:
            border_style = as_integer(border_style)
        back_colour = _get("BackColour")
        if type(back_colour) is not str and back_colour is not None:
            back_colour = as_string(back_colour)
        font_name = _get("FontName")
        if type(font_name) is not str and font_name is not None:
            font_name = as_string(font_name)
        fontsize = _get("Fontsize")
        if type(fontsize) is not int and fontsize is not None:
            fontsize = as_integer(fontsize)
        subtitle_position = _get("subtitle_position")
        if (
            type(subtitle_position) is not str
            and type(subtitle_position) is not int
            and type(subtitle_position) is not float
            and subtitle_position is not None
        ):
            subtitle_position = (
                decoded
                if (decoded := as_string(subtitle_position)) is not None
                else as_number(subtitle_position)
            )
        return cls(
            language,
            primary_colour,
            outline_colour,
            border_style,
            back_colour,
            font_name,
            fontsize,
            subtitle_position,
            source,
        )
