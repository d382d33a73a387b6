"""The response `Wan30Parameters`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_boolean, as_integer, as_number, as_string


@define
class Wan30Parameters(ResponseModel):
    """How the video is made.

    Attributes:
        resolution: Size of the video, for example `1080P`.
        ratio: Shape of the video, for example `adaptive`.
        duration: Length of the video in seconds, for example 5.
        audio: Whether the video has sound.
        prompt_extend: Whether the server may extend the prompt.
        seed: Seed of the random numbers.
        watermark: Whether the video gets a watermark.
    """

    resolution: str | None = None
    ratio: str | None = None
    duration: float | None = None
    audio: bool | None = None
    prompt_extend: bool | None = None
    seed: int | None = None
    watermark: bool | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "resolution": "resolution",
        "ratio": "ratio",
        "duration": "duration",
        "audio": "audio",
        "prompt_extend": "prompt_extend",
        "seed": "seed",
        "watermark": "watermark",
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
        resolution = _get("resolution")
        if type(resolution) is not str and resolution is not None:
            resolution = as_string(resolution)
        ratio = _get("ratio")
        if type(ratio) is not str and ratio is not None:
            ratio = as_string(ratio)
        duration = _get("duration")
        if type(duration) is not int and type(duration) is not float and duration is not None:
            duration = as_number(duration)
        audio = _get("audio")
        if type(audio) is not bool and audio is not None:
            audio = as_boolean(audio)
        prompt_extend = _get("prompt_extend")
        if type(prompt_extend) is not bool and prompt_extend is not None:
            prompt_extend = as_boolean(prompt_extend)
        seed = _get("seed")
        if type(seed) is not int and seed is not None:
            seed = as_integer(seed)
        watermark = _get("watermark")
        if type(watermark) is not bool and watermark is not None:
            watermark = as_boolean(watermark)
        return cls(resolution, ratio, duration, audio, prompt_extend, seed, watermark, source)
