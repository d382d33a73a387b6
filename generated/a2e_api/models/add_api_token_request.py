"""The request body `AddApiTokenRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddApiTokenRequest(RequestModel):
    """The token to make.

    Attributes:
        alias: Free label of the token.
    """

    alias: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"alias": "alias"}
