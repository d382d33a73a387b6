"""The request body `UpdatePublicPoolRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class UpdatePublicPoolRequest(RequestModel):
    """The choice.

    Attributes:
        is_auto_to_public_pool: Whether tasks beyond the dedicated lines go to the public pool.
    """

    is_auto_to_public_pool: bool
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"is_auto_to_public_pool": "isAutoToPublicPool"}
