"""The response `Wan30Media`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_number, as_string


@define
class Wan30Media(ResponseModel):
    """One file to go by.

    Attributes:
        type_: Kind of the file, for example `reference_image`; the other words are not
            documented.
        url: URL of the file, public, without redirects or spaces.
        duration: Length of the file in seconds.
    """

    type_: str | None = None
    url: str | None = None
    duration: float | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
        "url": "url",
        "duration": "duration",
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
        type_ = _get("type")
        if type(type_) is not str and type_ is not None:
            type_ = as_string(type_)
        url = _get("url")
        if type(url) is not str and url is not None:
            url = as_string(url)
        duration = _get("duration")
        if type(duration) is not int and type(duration) is not float and duration is not None:
            duration = as_number(duration)
        return cls(type_, url, duration, source)
