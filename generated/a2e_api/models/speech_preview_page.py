"""The response `SpeechPreviewPage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_boolean, as_integer, as_models

if TYPE_CHECKING:
    from ..models.speech_preview import SpeechPreview


@define
class SpeechPreviewPage(ResponseModel):
    """One page of speech.

    Attributes:
        data: The speech of this page.
        total: How many there are on all pages.
        current: Number of this page.
        success: Whether the page could be made.
    """

    data: list[SpeechPreview] | None = None
    total: int | None = None
    current: int | None = None
    success: bool | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "data": "data",
        "total": "total",
        "current": "current",
        "success": "success",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.speech_preview import SpeechPreview

        _get = source.get
        data = _get("data")
        if data is not None:
            data = as_models(SpeechPreview, data)
        total = _get("total")
        if type(total) is not int and total is not None:
            total = as_integer(total)
        current = _get("current")
        if type(current) is not int and current is not None:
            current = as_integer(current)
        success = _get("success")
        if type(success) is not bool and success is not None:
            success = as_boolean(success)
        return cls(data, total, current, success, source)
