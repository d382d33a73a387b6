"""The request body `AddImageToVideoPromptRequest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from ..models.add_image_to_video_prompt_request_template import AddImageToVideoPromptRequestTemplate
from ..types import UNSET, RequestModel, Unset


@define(kw_only=True)
class AddImageToVideoPromptRequest(RequestModel):
    """The prompt to extend.

    Attributes:
        reference_id: Id that the request refers to; of what is not documented.
        image_url: URL of the image, public, without redirects or spaces.
        prompt: Prompt to be extended.
        negative_prompt: What is not wanted.
        lang: Language of the extended prompt.
        max_length: Longest prompt wanted; the unit is not documented.
        stream: Whether to answer with server-sent events (delta, result, done, error) instead of
            JSON.
        template: Style of the extended prompt.
        shot_count: How many shots to describe.
        with_audio: Whether to describe sound as well.
    """

    reference_id: str
    image_url: str
    prompt: str
    negative_prompt: str
    lang: str | Unset = UNSET
    max_length: int | Unset = UNSET
    stream: bool | Unset = UNSET
    template: AddImageToVideoPromptRequestTemplate | Unset = UNSET
    shot_count: int | Unset = UNSET
    with_audio: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    _wire_names: ClassVar[Mapping[str, str]] = {
        "reference_id": "reference_id",
        "image_url": "image_url",
        "prompt": "prompt",
        "negative_prompt": "negative_prompt",
        "lang": "lang",
        "max_length": "max_length",
        "stream": "stream",
        "template": "template",
        "shot_count": "shot_count",
        "with_audio": "with_audio",
    }
