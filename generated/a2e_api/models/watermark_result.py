"""The response `WatermarkResult`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_string


@define
class WatermarkResult(ResponseModel):
    """A watermarked file.

    Attributes:
        result_url: URL of the watermarked file.
    """

    result_url: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"result_url": "result_url"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        result_url = _get("result_url")
        if type(result_url) is not str and result_url is not None:
            result_url = as_string(result_url)
        return cls(result_url, source)
