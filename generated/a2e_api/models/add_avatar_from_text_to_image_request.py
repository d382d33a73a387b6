"""The request body `AddAvatarFromTextToImageRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.add_avatar_from_text_to_image_request_gender import (
    AddAvatarFromTextToImageRequestGender,
)
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddAvatarFromTextToImageRequest(RequestModel):
    """The image to make an avatar of.

    Attributes:
        id: Id of the text-to-image task, 24 hexadecimal digits.
        gender: Gender of the avatar.
    """

    id: str
    gender: AddAvatarFromTextToImageRequestGender | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {"id": "_id", "gender": "gender"}
