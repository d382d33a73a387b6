"""The response `StreamingAvatar`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_string


@define
class StreamingAvatar(ResponseModel):
    """An avatar that can stream.

    Attributes:
        id: Id of the avatar, to be sent as `avatar_id`. Some clients read `id`.
        name: Name of the avatar.
        type_: Kind of the avatar. Read by one client.
        preview_url: URL of a preview. Read by one client.
    """

    id: str | None = None
    name: str | None = None
    type_: str | None = None
    preview_url: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "name": "name",
        "type_": "type",
        "preview_url": "preview_url",
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
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        type_ = _get("type")
        if type(type_) is not str and type_ is not None:
            type_ = as_string(type_)
        preview_url = _get("preview_url")
        if type(preview_url) is not str and preview_url is not None:
            preview_url = as_string(preview_url)
        return cls(id, name, type_, preview_url, source)
