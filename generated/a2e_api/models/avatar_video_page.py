"""The response `AvatarVideoPage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_boolean, as_integer, as_models

if TYPE_CHECKING:
    from ..models.avatar_video import AvatarVideo


@define
class AvatarVideoPage(ResponseModel):
    """One page of avatar videos.

    Attributes:
        data: The videos of this page.
        current: Number of the page.
        total: How many videos there are on all pages.
        success: Whether the list could be read.
    """

    data: list[AvatarVideo] | None = None
    current: int | None = None
    total: int | None = None
    success: bool | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "data": "data",
        "current": "current",
        "total": "total",
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
        from ..models.avatar_video import AvatarVideo

        _get = source.get
        data = _get("data")
        if data is not None:
            data = as_models(AvatarVideo, data)
        current = _get("current")
        if type(current) is not int and current is not None:
            current = as_integer(current)
        total = _get("total")
        if type(total) is not int and total is not None:
            total = as_integer(total)
        success = _get("success")
        if type(success) is not bool and success is not None:
            success = as_boolean(success)
        return cls(data, current, total, success, source)
