"""The request body `AddUserRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddUserRequest(RequestModel):
    """The user to add. Other keys exist, which were not seen.

    Attributes:
        username: Name of the user.
    """

    username: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"username": "username"}
