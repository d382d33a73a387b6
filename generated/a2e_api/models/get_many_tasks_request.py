"""The request body `GetManyTasksRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class GetManyTasksRequest(RequestModel):
    """The tasks to look up.

    Attributes:
        ids: Ids of the tasks, 200 at most where the 2026 reference says a number.
    """

    ids: list[str]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"ids": "ids"}
