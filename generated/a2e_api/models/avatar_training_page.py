"""The response `AvatarTrainingPage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_models

if TYPE_CHECKING:
    from ..models.avatar_training import AvatarTraining


@define
class AvatarTrainingPage(ResponseModel):
    """One page of trainings. Which key holds the rows is not documented.

    Attributes:
        rows: The trainings of this page.
        list_: The trainings of this page.
        count: How many trainings there are on all pages.
    """

    rows: list[AvatarTraining] | None = None
    list_: list[AvatarTraining] | None = None
    count: int | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"rows": "rows", "list_": "list", "count": "count"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.avatar_training import AvatarTraining

        _get = source.get
        rows = _get("rows")
        if rows is not None:
            rows = as_models(AvatarTraining, rows)
        list_ = _get("list")
        if list_ is not None:
            list_ = as_models(AvatarTraining, list_)
        count = _get("count")
        if type(count) is not int and count is not None:
            count = as_integer(count)
        return cls(rows, list_, count, source)
