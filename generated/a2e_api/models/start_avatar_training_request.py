"""The request body `StartAvatarTrainingRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.start_avatar_training_request_gender import StartAvatarTrainingRequestGender
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class StartAvatarTrainingRequest(RequestModel):
    """The avatar to make. One of `video_url` and `image_url` is needed.

    Attributes:
        name: Name of the avatar. Required by the 2025 page.
        gender: Gender of the avatar. Required by the 2025 page, absent from the 2026 reference.
        video_url: Public URL of a video of one face (mp4, mov), 10 seconds or longer, without
            redirects or spaces.
        image_url: Public URL of an image of one face, without redirects or spaces.
        video_background_color: Colour of the background in the video, for example
            rgba(255,255,255,1).
        video_background_image: Public URL of the background in the video.
        video_backgroud_color: Deprecated: `video_background_color` as it was spelled in 2025.
        video_backgroud_image: Deprecated: `video_background_image` as it was spelled in 2025.
        model_version: Version of the model, V2.0 or V2.1; a later client sends 4.5.
        prompt: What is wanted of the avatar.
        negative_prompt: What is not wanted.
        skip_preview: Whether the preview is left out.
        is_transcoding: Whether the video is transcoded. Seen in one client.
    """

    name: str | Unset = UNSET
    gender: StartAvatarTrainingRequestGender | Unset = UNSET
    video_url: str | Unset = UNSET
    image_url: str | Unset = UNSET
    video_background_color: str | Unset = UNSET
    video_background_image: str | Unset = UNSET
    video_backgroud_color: str | Unset = UNSET
    video_backgroud_image: str | Unset = UNSET
    model_version: str | Unset = UNSET
    prompt: str | Unset = UNSET
    negative_prompt: str | Unset = UNSET
    skip_preview: bool | Unset = UNSET
    is_transcoding: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "gender": "gender",
        "video_url": "video_url",
        "image_url": "image_url",
        "video_background_color": "video_background_color",
        "video_background_image": "video_background_image",
        "video_backgroud_color": "video_backgroud_color",
        "video_backgroud_image": "video_backgroud_image",
        "model_version": "model_version",
        "prompt": "prompt",
        "negative_prompt": "negative_prompt",
        "skip_preview": "skipPreview",
        "is_transcoding": "isTranscoding",
    }
