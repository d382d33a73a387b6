"""The response `FaceSwapTaskPage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_models

if TYPE_CHECKING:
    from ..models.face_swap_task import FaceSwapTask


@define
class FaceSwapTaskPage(ResponseModel):
    """One page of face swap tasks.

    Attributes:
        rows: The tasks of this page, newest first.
        count: How many tasks there are on all pages.
    """

    rows: list[FaceSwapTask] | None = None
    count: int | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"rows": "rows", "count": "count"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.face_swap_task import FaceSwapTask

        _get = source.get
        rows = _get("rows")
        if rows is not None:
            rows = as_models(FaceSwapTask, rows)
        count = _get("count")
        if type(count) is not int and count is not None:
            count = as_integer(count)
        return cls(rows, count, source)
