"""The response `KlingOmniShot`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_number, as_string


@define
class KlingOmniShot(ResponseModel):
    """One shot of the video.

    Attributes:
        prompt: What is asked for in this shot.
        duration: Length of the shot in seconds; whether a text or a number is not documented.
    """

    prompt: str | None = None
    duration: str | float | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {"prompt": "prompt", "duration": "duration"}

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        prompt = _get("prompt")
        if type(prompt) is not str and prompt is not None:
            prompt = as_string(prompt)
        duration = _get("duration")
        if (
            type(duration) is not str
            and type(duration) is not int
            and type(duration) is not float
            and duration is not None
        ):
            duration = (
                decoded if (decoded := as_string(duration)) is not None else as_number(duration)
            )
        return cls(prompt, duration, source)
