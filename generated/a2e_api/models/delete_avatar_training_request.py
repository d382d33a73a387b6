"""The request body `DeleteAvatarTrainingRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..types import RequestModel


@define(kw_only=True)
class DeleteAvatarTrainingRequest(RequestModel):
    """The training.

    Attributes:
        id: Id of the training, 24 hexadecimal digits.
    """

    id: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"id": "_id"}
