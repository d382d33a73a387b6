"""The response `CreditEntry`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_datetime, as_string


@define
class CreditEntry(ResponseModel):
    """Something spent or granted. No source names the other keys.

    Attributes:
        id: Id of the entry.
        created_at: When it was booked.
    """

    id: str | None = None
    created_at: datetime.datetime | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"id": "_id", "created_at": "createdAt"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        return cls(id, created_at, source)
