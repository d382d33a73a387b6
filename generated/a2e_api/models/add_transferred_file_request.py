"""The request body `AddTransferredFileRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class AddTransferredFileRequest(RequestModel):
    """The file to copy.

    Attributes:
        url: Public URL of the file, without redirects or spaces.
    """

    url: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"url": "url"}
