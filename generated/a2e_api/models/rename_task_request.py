"""The request body `RenameTaskRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class RenameTaskRequest(RequestModel):
    """The new name.

    Attributes:
        name: Name that the task gets.
    """

    name: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"name": "name"}
