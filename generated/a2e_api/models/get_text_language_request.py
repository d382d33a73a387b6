"""The request body `GetTextLanguageRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class GetTextLanguageRequest(RequestModel):
    """The text to look at.

    Attributes:
        msg: Text whose language is wanted.
    """

    msg: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"msg": "msg"}
