"""The response `PublicPool`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_boolean


@define
class PublicPool(ResponseModel):
    """The choice on the public pool.

    Attributes:
        is_auto_to_public_pool: Whether tasks beyond the dedicated lines go to the public pool.
    """

    is_auto_to_public_pool: bool | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"is_auto_to_public_pool": "isAutoToPublicPool"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        is_auto_to_public_pool = _get("isAutoToPublicPool")
        if type(is_auto_to_public_pool) is not bool and is_auto_to_public_pool is not None:
            is_auto_to_public_pool = as_boolean(is_auto_to_public_pool)
        return cls(is_auto_to_public_pool, source)
