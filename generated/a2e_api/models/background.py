"""The response `Background`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_string


@define
class Background(ResponseModel):
    """A background image.

    Attributes:
        id: Id of the background, 24 hexadecimal digits, to be sent as `back_id` or
            `custom_back_id`.
        type_: Whose background it is: default of the service, custom of the user.
        img_url: URL of the image.
        name: Name of the background.
    """

    id: str | None = None
    type_: str | None = None
    img_url: str | None = None
    name: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "type_": "type",
        "img_url": "img_url",
        "name": "name",
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
        type_ = _get("type")
        if type(type_) is not str and type_ is not None:
            type_ = as_string(type_)
        img_url = _get("img_url")
        if type(img_url) is not str and img_url is not None:
            img_url = as_string(img_url)
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        return cls(id, type_, img_url, name, source)
