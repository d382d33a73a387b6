"""The response `Avatar`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_datetime, as_list, as_string


@define
class Avatar(ResponseModel):
    """An avatar that can speak. The keys are those that clients read.

    Attributes:
        id: Id of the avatar, 24 hexadecimal digits, to be sent as `anchor_id`.
        type_: Kind of the avatar, default or custom.
        name: Name of the avatar.
        gender: Gender of the avatar.
        lang: Languages of the avatar.
        video_cover: URL of a still of the avatar.
        people_img: URL of an image of the person.
        base_video: URL of the video that the avatar is made from.
        image_url: URL of the image that the avatar is made from.
        user_video_twin_id: Id of the training; custom avatars only.
        created_at: When it was made.
    """

    id: str | None = None
    type_: str | None = None
    name: str | None = None
    gender: str | None = None
    lang: list[str] | None = None
    video_cover: str | None = None
    people_img: str | None = None
    base_video: str | None = None
    image_url: str | None = None
    user_video_twin_id: str | None = None
    created_at: datetime.datetime | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "type_": "type",
        "name": "name",
        "gender": "gender",
        "lang": "lang",
        "video_cover": "video_cover",
        "people_img": "people_img",
        "base_video": "base_video",
        "image_url": "image_url",
        "user_video_twin_id": "user_video_twin_id",
        "created_at": "createdAt",
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
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        gender = _get("gender")
        if type(gender) is not str and gender is not None:
            gender = as_string(gender)
        lang = _get("lang")
        if lang is not None:
            lang = as_list(lambda item: as_string(item), lang)
        video_cover = _get("video_cover")
        if type(video_cover) is not str and video_cover is not None:
            video_cover = as_string(video_cover)
        people_img = _get("people_img")
        if type(people_img) is not str and people_img is not None:
            people_img = as_string(people_img)
        base_video = _get("base_video")
        if type(base_video) is not str and base_video is not None:
            base_video = as_string(base_video)
        image_url = _get("image_url")
        if type(image_url) is not str and image_url is not None:
            image_url = as_string(image_url)
        user_video_twin_id = _get("user_video_twin_id")
        if type(user_video_twin_id) is not str and user_video_twin_id is not None:
            user_video_twin_id = as_string(user_video_twin_id)
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        return cls(
            id,
            type_,
            name,
            gender,
            lang,
            video_cover,
            people_img,
            base_video,
            image_url,
            user_video_twin_id,
            created_at,
            source,
        )
