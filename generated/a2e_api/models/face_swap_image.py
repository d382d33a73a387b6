"""The response `FaceSwapImage`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_datetime, as_string


@define
class FaceSwapImage(ResponseModel):
    """A stored face image.

    Attributes:
        id: Id of the image, 24 hexadecimal digits.
        face_url: URL of the image.
        created_at: When it was stored.
        updated_at: When it last changed.
        user_id: Id of the owner. Named in the field notes of the add page only.
    """

    id: str | None = None
    face_url: str | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "face_url": "face_url",
        "created_at": "createdAt",
        "updated_at": "updatedAt",
        "user_id": "user_id",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        id = _get("_id")
        if type(id) is not str and id is not None:
            id = as_string(id)
        face_url = _get("face_url")
        if type(face_url) is not str and face_url is not None:
            face_url = as_string(face_url)
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        updated_at = _get("updatedAt")
        if updated_at is not None:
            updated_at = as_datetime(updated_at)
        user_id = _get("user_id")
        if type(user_id) is not str and user_id is not None:
            user_id = as_string(user_id)
        return cls(id, face_url, created_at, updated_at, user_id, source)
