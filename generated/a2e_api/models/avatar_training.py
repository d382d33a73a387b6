"""The response `AvatarTraining`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..models.avatar_training_status import AvatarTrainingStatus
from ..types import ResponseModel, as_datetime, as_enum, as_string


@define
class AvatarTraining(ResponseModel):
    """The training of a custom avatar. The keys are those that clients read; there are others.

    Attributes:
        id: Id of the training, 24 hexadecimal digits.
        name: Name of the avatar.
        gender: Gender of the avatar.
        image_url: URL of the image that was given.
        current_status: State of the training of an avatar. Words that are not listed may come,
            and count as still running.
        anchor_id: Id of the avatar, set when it can be used.
        preview_result_url: URL of the preview.
        user_video_twin_id: Id of the training, as `listAvatars` takes it.
        video_twin_id: Another name of `user_video_twin_id`.
        failed_message: Why it failed.
        faild_message: Why it failed, as the server also spells it.
        created_at: When it was made.
    """

    id: str | None = None
    name: str | None = None
    gender: str | None = None
    image_url: str | None = None
    current_status: AvatarTrainingStatus | None = None
    anchor_id: str | None = None
    preview_result_url: str | None = None
    user_video_twin_id: str | None = None
    video_twin_id: str | None = None
    failed_message: str | None = None
    faild_message: str | None = None
    created_at: datetime.datetime | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "_id",
        "name": "name",
        "gender": "gender",
        "image_url": "image_url",
        "current_status": "current_status",
        "anchor_id": "anchor_id",
        "preview_result_url": "preview_result_url",
        "user_video_twin_id": "user_video_twin_id",
        "video_twin_id": "video_twin_id",
        "failed_message": "failed_message",
        "faild_message": "faild_message",
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
        name = _get("name")
        if type(name) is not str and name is not None:
            name = as_string(name)
        gender = _get("gender")
        if type(gender) is not str and gender is not None:
            gender = as_string(gender)
        image_url = _get("image_url")
        if type(image_url) is not str and image_url is not None:
            image_url = as_string(image_url)
        current_status = _get("current_status")
        if current_status is not None:
            current_status = as_enum(AvatarTrainingStatus, current_status)
        anchor_id = _get("anchor_id")
        if type(anchor_id) is not str and anchor_id is not None:
            anchor_id = as_string(anchor_id)
        preview_result_url = _get("preview_result_url")
        if type(preview_result_url) is not str and preview_result_url is not None:
            preview_result_url = as_string(preview_result_url)
        user_video_twin_id = _get("user_video_twin_id")
        if type(user_video_twin_id) is not str and user_video_twin_id is not None:
            user_video_twin_id = as_string(user_video_twin_id)
        video_twin_id = _get("video_twin_id")
        if type(video_twin_id) is not str and video_twin_id is not None:
            video_twin_id = as_string(video_twin_id)
        failed_message = _get("failed_message")
        if type(failed_message) is not str and failed_message is not None:
            failed_message = as_string(failed_message)
        faild_message = _get("faild_message")
        if type(faild_message) is not str and faild_message is not None:
            faild_message = as_string(faild_message)
        created_at = _get("createdAt")
        if created_at is not None:
            created_at = as_datetime(created_at)
        return cls(
            id,
            name,
            gender,
            image_url,
            current_status,
            anchor_id,
            preview_result_url,
            user_video_twin_id,
            video_twin_id,
            failed_message,
            faild_message,
            created_at,
            source,
        )
