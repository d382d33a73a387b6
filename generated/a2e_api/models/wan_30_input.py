"""The response `Wan30Input`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_models, as_string

if TYPE_CHECKING:
    from ..models.wan_30_media import Wan30Media


@define
class Wan30Input(ResponseModel):
    """What the video is made from.

    Attributes:
        prompt: What is asked for.
        media: Files to go by.
    """

    prompt: str | None = None
    media: list[Wan30Media] | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"prompt": "prompt", "media": "media"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        from ..models.wan_30_media import Wan30Media

        _get = source.get
        prompt = _get("prompt")
        if type(prompt) is not str and prompt is not None:
            prompt = as_string(prompt)
        media = _get("media")
        if media is not None:
            media = as_models(Wan30Media, media)
        return cls(prompt, media, source)
