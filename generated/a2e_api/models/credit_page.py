"""The response `CreditPage`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_models

if TYPE_CHECKING:
    from ..models.credit_entry import CreditEntry


@define
class CreditPage(ResponseModel):
    """One page of entries. Which key holds the rows is not documented.

    Attributes:
        rows: The entries of this page.
        list_: The entries of this page.
        count: How many entries there are on all pages.
        total: How many entries there are on all pages.
    """

    rows: list[CreditEntry] | None = None
    list_: list[CreditEntry] | None = None
    count: int | None = None
    total: int | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "rows": "rows",
        "list_": "list",
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
        from ..models.credit_entry import CreditEntry

        _get = source.get
        rows = _get("rows")
        if rows is not None:
            rows = as_models(CreditEntry, rows)
        list_ = _get("list")
        if list_ is not None:
            list_ = as_models(CreditEntry, list_)
        count = _get("count")
        if type(count) is not int and count is not None:
            count = as_integer(count)
        total = _get("total")
        if type(total) is not int and total is not None:
            total = as_integer(total)
        return cls(rows, list_, count, total, source)
