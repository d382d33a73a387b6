"""The response `TaskRecordPage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_models

if TYPE_CHECKING:
    from ..models.task_record import TaskRecord


@define
class TaskRecordPage(ResponseModel):
    """One page of tasks. Which key holds the rows, and which their number, depends on the
    operation.

    Attributes:
        rows: The tasks of this page.
        list_: The tasks of this page.
        data: The tasks of this page.
        count: How many tasks there are on all pages.
        total: How many tasks there are on all pages.
    """

    rows: list[TaskRecord] | None = None
    list_: list[TaskRecord] | None = None
    data: list[TaskRecord] | None = None
    count: int | None = None
    total: int | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "rows": "rows",
        "list_": "list",
        "data": "data",
        "count": "count",
        "total": "total",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.task_record import TaskRecord

        _get = source.get
        rows = _get("rows")
        if rows is not None:
            rows = as_models(TaskRecord, rows)
        list_ = _get("list")
        if list_ is not None:
            list_ = as_models(TaskRecord, list_)
        data = _get("data")
        if data is not None:
            data = as_models(TaskRecord, data)
        count = _get("count")
        if type(count) is not int and count is not None:
            count = as_integer(count)
        total = _get("total")
        if type(total) is not int and total is not None:
            total = as_integer(total)
        return cls(rows, list_, data, count, total, source)
